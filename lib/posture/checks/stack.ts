import { z } from 'zod';
import { FILTER_STACKS } from '../../detections/filter-stacks';
import { regionOf, type StackKind, stackKindsOf, stackNameOf } from '../../stacks/stack-kinds';
import { partsOf } from '../baseline-parts';
import { referencesOf } from '../differences';
import type { Remedy } from '../finding';
import { isAsDeployed, normalized } from '../policy-documents';
import { outputsReadBy } from '../stack-outputs';
import type { DeployedStack, DriftDetection, Part, ResourcePolicy, Snapshot } from '../snapshot';
import {
  AS_ROOT,
  check,
  counted,
  daysBetween,
  fail,
  given,
  minute,
  pass,
  REDEPLOY,
  unknown,
  type Observation,
} from './check';
import { removeCommand, unprotect } from '../remedies';
import { shell } from '../shell';

/** States in which the last deployment is complete. */
const WHOLE = [
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE',
  'IMPORT_COMPLETE',
  'IMPORT_ROLLBACK_COMPLETE',
];

/** Days for which a drift result is valid. */
const FRESH_DAYS = 7;

const OTHERS = 'the other checks cover what matters.';

const NOT_ASKED: Part<undefined> = { value: undefined };

const DETECT: Remedy = {
  text: 'Run drift detection. It takes a few minutes and changes nothing.',
  command: 'npx aws-account-baseline verify --detect-drift',
};

/** The deployed stacks that a configuration needs. */
const wantedOf = (suite: readonly DeployedStack[], wanted: readonly StackKind[]) =>
  suite.filter(({ kind }) => wanted.includes(kind));

export const STACK_CHECKS = [
  check(
    {
      check: 'stack',
      title: 'The baseline is deployed',
      problem: 'The baseline is not deployed completely',
      area: 'stack',
      severity: 'critical',
      controls: [],
    },
    ({ suite, region }, config) =>
      given({ suite }, ({ suite: deployed }) => {
        const wanted = stackKindsOf(config);
        const leftOver = deployed.filter(({ kind }) => !wanted.includes(kind));
        return [
          ...wanted.map((kind) => {
            const name = stackNameOf(config.stackName, kind);
            const found = deployed.find((stack) => stack.kind === kind);
            const its = regionOf(kind, region);
            return found ? judgeStatus(name, found, its) : missing(name, its);
          }),
          ...leftOver.map(({ kind, stack: { StackId: resource } }) => {
            const name = stackNameOf(config.stackName, kind);
            return fail(
              `The stack ${name} is deployed, but the configuration no longer includes it.`,
              {
                text: 'Delete the stack with this command, because the app no longer includes it. Or enable the option again.',
                command: removeCommand(name, regionOf(kind, region)),
              },
              { resource, severity: 'medium' },
            );
          }),
        ];
      }),
  ),
  check(
    {
      check: 'termination-protection',
      title: 'The stacks are protected against deletion',
      problem: 'A stack is not protected against deletion',
      area: 'stack',
      severity: 'medium',
      controls: [],
    },
    ({ suite, region }, config) =>
      config.terminationProtection
        ? given({ suite }, ({ suite: deployed }) => {
            const stacks = wantedOf(deployed, stackKindsOf(config));
            if (stacks.length === 0) return unknown('The baseline is not deployed.');
            const open = stacks.filter(({ stack }) => stack.EnableTerminationProtection !== true);
            if (open.length === 0) return pass('Termination protection is enabled.');
            return open.map(({ kind, stack: { StackName: name = '', StackId: resource } }) =>
              fail(
                `Termination protection of ${name} is disabled.`,
                {
                  text: 'Enable it.',
                  command: shell`aws cloudformation update-termination-protection --enable-termination-protection --stack-name ${name} --region ${regionOf(kind, region)}`,
                },
                { resource },
              ),
            );
          })
        : [],
  ),
  check(
    {
      check: 'references',
      title: 'Each stack uses the current outputs of the others',
      problem: 'A stack uses an old output of another stack',
      area: 'stack',
      severity: 'high',
      controls: [],
    },
    ({ suite, region }) =>
      given({ suite }, ({ suite: deployed }) => {
        if (deployed.length === 0) return unknown('The baseline is not deployed.');
        const faults = deployed.flatMap((consumer) => staleReferences(consumer, deployed, region));
        return faults.length > 0 ? faults : pass('All references between stacks are current.');
      }),
  ),
  check(
    {
      check: 'resource-policies',
      title: 'The policies of the baseline’s resources are unmodified',
      problem: 'The policy of a resource of the baseline was changed',
      area: 'stack',
      severity: 'critical',
      controls: [],
    },
    (snapshot) =>
      given(
        { resourcePolicies: snapshot.resourcePolicies, suite: snapshot.suite },
        ({ resourcePolicies, suite }) =>
          resourcePolicies.flatMap((policy) =>
            given({ document: policy.actual }, ({ document }) =>
              judgePolicy(policy, document, snapshot, suite),
            ),
          ),
      ),
  ),
  check(
    {
      check: 'drift',
      title: 'The stacks match their templates',
      problem: 'A stack has drifted from its template',
      area: 'stack',
      severity: 'medium',
      controls: [],
    },
    ({ suite, driftDetection, at }, config) =>
      given({ suite }, ({ suite: deployed }) => {
        const stacks = wantedOf(deployed, stackKindsOf(config));
        if (stacks.length === 0) return unknown('The baseline is not deployed.');
        const never = stacks.filter(({ kind, stack }) => !driftDetection?.[kind] && !wasCompared(stack));
        // A new suite has no other findings: one line instead of one for each stack.
        const together = never.length > 1 ? never : [];
        return [
          ...stacks
            .filter((stack) => !together.includes(stack))
            .flatMap((stack) => judgeDrift(stack, driftDetection?.[stack.kind] ?? NOT_ASKED, at)),
          ...(together.length > 0
            ? [
                unknown(`Drift detection has not run for ${together.length} stacks; ${OTHERS}`, {
                  remedy: DETECT,
                }),
              ]
            : []),
        ];
      }),
  ),
];

const Document = z.object({ Statement: z.unknown() });

/** The statements of a document; the services add an ID of their own. */
function statementsIn(document: unknown): unknown[] {
  return document === undefined ? [] : [normalized(Document.parse(document).Statement)].flat();
}

const Statement = z.object({
  Sid: z.string().optional(),
  Effect: z.unknown().optional(),
  Action: z.unknown().optional(),
});

/** A statement as a reader would look for it: by its ID, or by its content. */
function nameOf(statement: unknown): string {
  const { Sid, Effect, Action } = Statement.parse(statement);
  return Sid ?? `${String(Effect)} ${[Action].flat().join(', ')}`;
}

const listed = (verb: string, names: readonly string[]) =>
  names.length === 0 ? [] : [`${verb} ${names.join(', ')}`];

function judgePolicy(
  { kind, type, resource, wanted }: ResourcePolicy,
  document: unknown,
  snapshot: Snapshot,
  suite: readonly DeployedStack[],
): Observation {
  const of = referencesOf(snapshot, suite, kind);
  const isFunction = type === 'AWS::Lambda::Function';
  // CloudFormation chooses the ID of a permission.
  const matches = (one: unknown, other: unknown) =>
    isAsDeployed(one, isFunction ? { ...(other as object), Sid: undefined } : other, of);
  const templates = statementsIn(wanted).map((one) =>
    isFunction ? { ...(one as object), Sid: undefined } : one,
  );
  const actual = statementsIn(document);
  const added = actual.filter((one) => !templates.some((other) => matches(other, one)));
  const lost = templates.filter((one) => !actual.some((other) => matches(one, other)));
  const isSame = added.length === 0 && lost.length === 0 && actual.length === templates.length;
  if (isSame) return pass(`The policy of ${resource} matches the template.`, { resource });
  const [more, less] = [added.map(nameOf), lost.map(nameOf)];
  const what = [
    ...listed(
      'has',
      more.filter((name) => !less.includes(name)),
    ),
    ...listed(
      'has another',
      more.filter((name) => less.includes(name)),
    ),
    ...listed(
      'lacks',
      less.filter((name) => !more.includes(name)),
    ),
  ];
  const detail = `The policy of ${resource} differs from the template${what.length > 0 ? `: it ${what.join(', and ')}` : ''}.`;
  const ids = added.flatMap((one) => Statement.parse(one).Sid ?? []);
  if (!isFunction || ids.length === 0) return fail(detail, REDEPLOY, { resource });
  return fail(
    detail,
    {
      text: `Find out who added it. A redeployment does not remove it, because it is not in the template. Remove it ${AS_ROOT}.`,
      command: ids
        .map(
          (id) =>
            shell`aws lambda remove-permission --region ${regionOf(kind, snapshot.region)} --function-name ${resource} --statement-id ${id}`,
        )
        .join(' && '),
    },
    { resource },
  );
}

function missing(name: string, region: string): Observation {
  return fail(
    `There is no stack ${name} in ${region}.`,
    { text: 'Deploy it, or set its Region with --region.', command: 'npx cdk deploy --all' },
    { resource: name },
  );
}

function judgeStatus(name: string, { stack }: DeployedStack, region: string): Observation {
  const { StackStatus: status = '', StackId: resource } = stack;
  if (WHOLE.includes(status)) return pass(`The stack ${name} is in ${status}.`, { resource });
  if (status.endsWith('_IN_PROGRESS'))
    return unknown(`The stack ${name} is in ${status}; run this again when it is done.`, { resource });
  return fail(
    `The stack ${name} is in ${status}.`,
    unprotect(stack, name, region) ?? {
      text: 'Find the first failure in the stack events, fix it, and deploy again.',
      command: shell`aws cloudformation describe-stack-events --stack-name ${name} --region ${region}`,
    },
    { resource },
  );
}

/**
 * References to stacks that were deleted, or created again after this stack was deployed. CloudFormation
 * resolves the outputs of other stacks only when it creates or updates a stack.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getstackoutput.html
 */
function staleReferences(
  { kind, stack, template }: DeployedStack,
  suite: readonly DeployedStack[],
  region: string,
): Observation[] {
  const { StackName: name = '', StackId: resource, LastUpdatedTime, CreationTime } = stack;
  const deployedAt = LastUpdatedTime ?? CreationTime;
  const producers = [...new Set(outputsReadBy(template).map(({ stackName }) => stackName))];
  return producers.flatMap((producer): Observation[] => {
    const found = suite.find(({ stack: { StackName } }) => StackName === producer)?.stack;
    if (!found) {
      return [
        fail(
          `${name} uses outputs of ${producer}, which is not deployed.`,
          { text: 'Deploy both.', command: 'npx cdk deploy --all' },
          { resource },
        ),
      ];
    }
    if (deployedAt === undefined || found.CreationTime === undefined) {
      return [
        unknown(`CloudFormation did not say when ${name} and ${producer} were deployed.`, { resource }),
      ];
    }
    if (found.CreationTime <= deployedAt) return [];
    return [
      fail(
        `${producer} was created again after ${name} was deployed: ${name} still uses the old outputs.`,
        (FILTER_STACKS as readonly string[]).includes(kind)
          ? {
              text: 'Delete the stack and deploy it again: it holds no data, and metric filters have no tags that an update could change.',
              command: `${removeCommand(name, region)} && ${shell`aws cloudformation wait stack-delete-complete --stack-name ${name} --region ${region} && npx cdk deploy ${name}`}`,
            }
          : {
              text: "Add or change a tag in the configuration, such as tags: { refreshed: '2026-11-28' }, and deploy: CloudFormation ignores an unchanged template, and any update reads the outputs again.",
              command: shell`npx cdk deploy ${name}`,
            },
        { resource },
      ),
    ];
  });
}

/** Whether drift detection has ever run for a stack. */
function wasCompared({ DriftInformation }: DeployedStack['stack']): boolean {
  return ['DRIFTED', 'IN_SYNC'].includes(DriftInformation?.StackDriftStatus ?? '');
}

function judgeDrift(
  deployed: DeployedStack,
  driftDetection: Part<DriftDetection | undefined>,
  at: Date,
): Observation[] {
  const { stack, resources } = deployed;
  const { StackName: name = '', StackId: resource } = stack;
  const { StackDriftStatus: status, LastCheckTimestamp: last } = stack.DriftInformation ?? {};
  const age = last ? daysBetween(last, at) : Infinity;
  const when = last ? ` on ${minute(last)}${age > 0 ? `, ${counted(age, 'day')} ago` : ''}` : '';
  if (status === 'DRIFTED') {
    const all = resources.filter(({ DriftInformation }) =>
      ['MODIFIED', 'DELETED'].includes(DriftInformation?.StackResourceDriftStatus ?? ''),
    );
    // The policy of a secret has the ID of the secret.
    const passwords = partsOf([deployed], 'first-password').map(({ id }) => id);
    const drifted = all
      .filter(
        ({ DriftInformation, PhysicalResourceId = '' }) =>
          DriftInformation?.StackResourceDriftStatus !== 'DELETED' || !passwords.includes(PhysicalResourceId),
      )
      .map(({ LogicalResourceId = '' }) => LogicalResourceId);
    if (all.length > 0 && drifted.length === 0) {
      return [
        pass(
          `CloudFormation found no drift of ${name}${when}, except for first-time passwords that were deleted.`,
          {
            resource,
          },
        ),
      ];
    }
    return [
      fail(
        `CloudFormation found drift of ${name}${when}${drifted.length > 0 ? `: ${drifted.join(', ')}` : ''}.`,
        REDEPLOY,
        { resource },
      ),
    ];
  }
  return given({ driftDetection }, ({ driftDetection: detection }) => {
    if (detection?.isComplete === false) {
      return unknown(
        `CloudFormation could not compare every resource of ${name}: ${detection.reason ?? 'no reason given'}`,
        {
          resource,
          remedy: {
            text: 'CloudFormation reads each resource with your credentials. The AWS managed policy ReadOnlyAccess is enough.',
          },
        },
      );
    }
    if (status !== 'IN_SYNC') {
      return unknown(`Drift detection has not run for ${name}; ${OTHERS}`, { resource, remedy: DETECT });
    }
    return age <= FRESH_DAYS
      ? pass(`CloudFormation found no drift of ${name}${when}.`, { resource })
      : unknown(`CloudFormation found no drift of ${name}${when}; that is too long ago, but ${OTHERS}`, {
          resource,
          remedy: DETECT,
        });
  });
}
