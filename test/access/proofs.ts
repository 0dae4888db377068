import { ACCESS, PRINCIPALS } from '../../lib/access/access-matrix';
import { ACCIDENTS, EVERYDAY, THROUGH_CLOUDFORMATION } from '../../scripts/docs/access-rows/administrator';
import { mustBe, PRINCIPAL, TRIED_ON, TRIED_ON_ONESELF } from '../../scripts/docs/access-rows/catalog';
import { FIRST_SIGN_IN, STEPS, viewerMay } from '../../scripts/docs/access-rows/first-sign-in';
import { SUPPORT, VIEWER } from '../../scripts/docs/access-rows/people';
import {
  ALICE,
  type Answer,
  CAROL,
  type Context,
  type InProfile,
  type Request,
  type Task,
  via,
  VIA_CLOUDFORMATION,
  WITH_MFA,
  WITHOUT_MFA,
} from '../../scripts/docs/access-rows/request';
import { RESOURCES } from '../../scripts/docs/access-rows/resources';
import { ROLES } from '../../scripts/docs/access-rows/roles';

/** A request, and what IAM must answer to each of its actions. */
export interface Proof extends Request {
  /** What it belongs to. */
  readonly heading: string;
  readonly title: string;
  readonly actions: readonly string[];
  readonly answer: Answer;
}

/** What the rows say about a profile, request by request. */
export function proofs(profile: 'standard' | 'strict'): Proof[] {
  const exists = ({ only }: InProfile) => only === undefined || only === profile;
  return [...administrator(exists), ...viewer(), ...atAGlance(), ...services(exists)];
}

function administrator(exists: (row: InProfile) => boolean): Proof[] {
  const accidents = ACCIDENTS.filter(exists);
  const throughCloudFormation = [...THROUGH_CLOUDFORMATION, ...accidents];
  return [
    ...STEPS.flatMap(({ name, context }, index) =>
      FIRST_SIGN_IN.map((row) =>
        proof(`first sign-in, ${name}: an administrator may`, row, ALICE, context, row.may[index]),
      ),
    ),
    ...EVERYDAY.map((row) => proof('an administrator with MFA may', row, ALICE, WITH_MFA, 'yes')),
    // Whether CloudFormation passes MFA on to other services is documented nowhere that we found.
    ...throughCloudFormation.map((row) =>
      proof('through CloudFormation, an administrator may', row, ALICE, VIA_CLOUDFORMATION, 'yes'),
    ),
    ...throughCloudFormation.map((row) =>
      proof(
        'through CloudFormation, which passes MFA on, an administrator may',
        row,
        ALICE,
        { ...VIA_CLOUDFORMATION, ...WITH_MFA },
        'yes',
      ),
    ),
    ...accidents.map((row) => proof('by hand, an administrator may', row, ALICE, WITH_MFA, 'no')),
    ...accidents.map((row) =>
      proof(
        'through another service, an administrator may',
        row,
        ALICE,
        { ...WITH_MFA, ...via('athena.amazonaws.com') },
        'no',
      ),
    ),
  ];
}

function viewer(): Proof[] {
  return [
    ...STEPS.flatMap(({ name, context }, index) =>
      FIRST_SIGN_IN.map((row) =>
        proof(
          `first sign-in, ${name}: a billing viewer may`,
          // What an administrator does to herself, a viewer does to herself.
          { ...row, on: row.on === ALICE ? CAROL : row.on },
          CAROL,
          context,
          viewerMay(row)[index],
        ),
      ),
    ),
    ...VIEWER.map((row) => proof('a billing viewer with MFA may', row, CAROL, WITH_MFA, row.may)),
    ...VIEWER.filter(({ on }) => on !== CAROL).map((row) =>
      proof('a billing viewer without MFA may', row, CAROL, WITHOUT_MFA, 'no'),
    ),
  ];
}

/** The tasks of lib/access/access-matrix.ts that IAM decides. */
function atAGlance(): Proof[] {
  return ACCESS.flatMap(({ task, actions, may }) =>
    PRINCIPALS.flatMap(({ id, name }) =>
      actions.flatMap((action) => {
        // Root is not a user, and does it to one.
        const oneself = id === 'root' ? ALICE : PRINCIPAL[id];
        const row = {
          task: `${task} (${action})`,
          actions: [action],
          on: TRIED_ON_ONESELF.includes(action) ? oneself : TRIED_ON[action],
        };
        return mustBe(id, may[id]).map(([context, answer]) =>
          proof(`at a glance: ${name} may`, row, PRINCIPAL[id], context, answer),
        );
      }),
    ),
  );
}

/** Roles, and policies of resources. */
function services(exists: (row: InProfile) => boolean): Proof[] {
  return [
    ...SUPPORT.map((row) => proof('the support role may', row, '${SupportRole.Arn}', {}, row.may)),
    ...Object.entries(RESOURCES).flatMap(([heading, rows]) =>
      rows
        .filter(exists)
        .map((row) => ({ ...row, heading, title: `${row.by} may ${row.task}: ${row.may}`, answer: row.may })),
    ),
    ...ROLES.filter(exists).flatMap(({ role, name, may, mayNot }) => {
      const rows = [
        ...may.filter(exists).map((row) => ({ ...row, answer: 'yes' as const })),
        ...mayNot.filter(exists).map((row) => ({ ...row, answer: 'no' as const })),
      ];
      return rows.map((row) => proof(`${name} may`, row, `\${${role}.Arn}`, row.context, row.answer));
    }),
  ];
}

function proof(
  heading: string,
  { task, actions, on = '*', context: ofResource }: Task,
  who: string,
  context: Context | undefined,
  answer: Answer = 'no',
): Proof {
  return {
    heading,
    title: `${task}: ${answer}`,
    who,
    actions,
    on,
    context: { ...ofResource, ...context },
    answer,
  };
}
