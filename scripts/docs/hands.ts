import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nounOf } from '../../lib/upgrade/words';
import { UNTRIED } from '../hands/by-service/others';
import { HANDS, type Row } from '../hands/hand';
import type { Outcome, Said } from '../hands/outcome';
import { SERVICES } from '../hands/rows';
import { SILENT } from '../hands/silent';
import { table } from './markdown';

/** What `npm run hands` wrote, and when. */
export interface Recorded {
  readonly on: string;
  readonly outcomes: readonly Outcome[];
}

/** File of the recorded outcomes. */
export const OUTCOMES = join(__dirname, 'hands/outcomes.json');

/** Reads the recorded outcomes. */
export function recorded(): Recorded {
  return JSON.parse(readFileSync(OUTCOMES, 'utf8')) as Recorded;
}

const code = (text: string) => `\`${text}\``;
const unique = (texts: readonly string[]) => [...new Set(texts)];

const SETTING = 'Custom::';

/** A setting by its name; others by what they are. */
const nameOf = ({ type, of: [, logicalId] }: Row) =>
  type.startsWith(SETTING)
    ? `setting ${code(type.slice(SETTING.length))}`
    : `${nounOf(type)} ${code(logicalId)}`;

/** Such as "`gone` × 58". */
const said = ({ kind, more }: Said) => `${code(kind)}${more === undefined ? '' : ` × ${more + 1}`}`;

const listed = (texts: readonly string[]) => (texts.length === 0 ? '–' : texts.join(', '));

/** Checks that fail, without those that cannot tell because of it. */
const failed = ({ verify }: Outcome) => verify.filter(({ kind }) => !kind.startsWith('unknown '));

/** Those of these checks that the hand made fail. */
const left = (checks: readonly string[], outcome: Outcome) =>
  checks.filter((check) => failed(outcome).some(({ kind }) => kind === check));

/** What a deployment with a change does. */
function changed(outcome: Outcome, { change: how }: Row): string {
  if (typeof how !== 'function') return how.why;
  const { change, open } = outcome;
  if (/was not found|doesn't exist/.test(change)) return 'fails: not found';
  if (!/^(UPDATE|CREATE)_COMPLETE$/.test(change)) return `fails: ${reason(change)}`;
  if (failed(outcome).length === 0) return 'succeeds';
  const others = left(open, outcome);
  return others.length === 0 ? 'restores it' : `leaves ${others.map(code).join(', ')}`;
}

/** The message of a service in CloudFormation's words around it. */
function reason(change: string): string {
  const [, message] = /message: "(.*?)( \(Service|")/.exec(change) ?? [];
  return message ?? change;
}

function removed(outcome: Outcome): string {
  const { destroy, after, openAfter } = outcome;
  if (destroy.length > 0) return `fails: ${destroy.join('; ')}`;
  if (after.length > 0) return `deleted; then fails: ${after.map(reason).join('; ')}`;
  const others = left(openAfter, outcome);
  return others.length === 0 ? 'as new' : `leaves ${others.map(code).join(', ')}`;
}

/** A remedy in a phrase; the commands print it in full. */
function phrase(remedy: string): string {
  if (remedy.startsWith('aws iam remove-user-from-group') && remedy.includes(REVERT))
    return `take strangers out of the group, then ${code(REVERT)}`;
  if (remedy.includes(REVERT)) return `deploy with ${code(REVERT)}`;
  // In a loop over Regions or networks, the last call that changes something.
  const calls = [...remedy.matchAll(/aws [\w-]+ (?!describe-)[\w-]+/g)].map(([call]) => call);
  const command = /^\(?(set -e; )?for /.test(remedy)
    ? calls.at(-1)
    : /^aws /.test(remedy)
      ? calls[0]
      : undefined;
  if (command !== undefined) return code(command);
  if (remedy.startsWith('npx cdk deploy'))
    return 'rename it back; or remove the name, deploy, and add it again';
  return remedy;
}

const REVERT = '--revert-drift';

function steps({ preflight, verify }: Outcome): string {
  return listed(unique([...preflight, ...verify].flatMap(({ remedy }) => remedy ?? []).map(phrase)));
}

function lines(row: Row, outcomes: readonly Outcome[]): string[][] {
  return HANDS.flatMap((kind) => {
    const hand = row.hands[kind];
    const outcome = outcomes.find((one) => one.type === row.type && one.hand === kind);
    if (!('act' in hand) || outcome === undefined) return [];
    return [
      [
        nameOf(row),
        `${kind}: ${hand.what}`,
        listed(outcome.preflight.map(said)),
        listed(failed(outcome).map(said)),
        changed(outcome, row),
        removed(outcome),
        steps(outcome),
      ],
    ];
  });
}

const HEAD = [
  'resource',
  'manual change',
  '`preflight` says',
  '`verify` fails',
  'deployed with a change of it',
  'destroyed and deployed',
  'what to do',
];

/** Reasons, each with the resources that it holds for. */
function without(rows: readonly Row[]): string {
  const reasons = rows.flatMap((row) =>
    HANDS.flatMap((kind) => {
      const hand = row.hands[kind];
      return 'why' in hand ? [{ what: `${nounOf(row.type)} (${kind})`, why: hand.why }] : [];
    }),
  );
  return unique(reasons.map(({ why }) => why))
    .map((why) => {
      const whats = unique(reasons.filter((one) => one.why === why).map(({ what }) => what));
      return `- ${why} ${whats.join(', ')}.`;
    })
    .join('\n');
}

const INTRODUCTION = (on: string, cells: number) => `# Manual changes

Generated by \`npm run docs\` from scripts/hands/ and from what \`npm run hands\` recorded on ${on}; do not edit.

1. CloudFormation compares templates, not the account: an unchanged deployment restores nothing, whatever was deleted or changed.
2. To create what was **deleted** again, run \`npx cdk deploy --all --revert-drift\`. A deployment that changes it fails and is rolled back.
3. What was **changed** stays until its part of the template changes or \`--revert-drift\` compares it; \`verify\` tells you what.
4. CloudFormation takes a **replacement** of the same name for the original: before you deploy, check who is in it and what it allows.
5. Users, log files, events, and the key outlive the stacks. To adopt users again afterwards, deploy with
   \`--import-existing-resources\`.

Each of the ${cells} changes was made in an emulated account, followed by \`preflight\`, \`verify\`, a deployment without a change, a
deployment that changes the resource, the removal of all stacks, and another deployment. None of these steps deleted evidence, locked
anybody out, or gave anybody more permissions, with one exception: people whom somebody added to a group get the permissions that
a deployment gives the group. \`preflight\` names them first. A deployment without a change never changed anything.

What is from AWS's documentation: [an update of what does not exist fails](https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-faq.html),
[deleting it succeeds](https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-test-contract.html), and
[\`--revert-drift\` compares with the account](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/drift-aware-change-sets.html).
Seen on the emulator only: which manual changes a deployment overwrites, and that it creates deleted policies and memberships again. \`--revert-drift\` itself cannot be tried there.
`;

/** The page of manual changes. */
export function handsPage(): string {
  const { on, outcomes } = recorded();
  const services = Object.entries(SERVICES).map(
    ([service, rows]) =>
      `## ${service}\n\n${table(
        HEAD,
        rows.flatMap((row) => lines(row, outcomes)),
      )}\n`,
  );
  const untried = unique(UNTRIED.map(({ why }) => why)).map((why) => {
    const types = UNTRIED.filter((one) => one.why === why).map(({ type }) => code(type));
    return `- ${why} ${types.join(', ')}.`;
  });
  return [
    INTRODUCTION(on, outcomes.length),
    ...services,
    '## What nobody sees\n',
    table(
      ['manual change', 'why neither `preflight` nor `verify` reports it'],
      Object.entries(SILENT).map(([cell, why]) => {
        const [type = '', kind = ''] = cell.split(' ');
        return [`${nounOf(type)} (${code(type)}) ${kind}`, why];
      }),
    ),
    '',
    '## What cannot be done, and what was not tried\n',
    without(Object.values(SERVICES).flat()),
    '',
    'Not tried at all:\n',
    untried.join('\n'),
    '',
  ].join('\n');
}
