import Table from 'cli-table3';
import { counted } from '../checks/check';
import type { Output } from '../commands/output';
import { groupBy } from '../report/group-by';
import { PLAIN } from '../render-posture';
import { allPrintable } from '../shell';
import type { PlannedDenial } from './plan-policies';

/** What `org plan` found. */
export interface PolicyPlanResult {
  readonly logGroup: string;
  /** First and last time of the events, in ISO 8601. */
  readonly since: string;
  readonly until: string;
  /** Whether there are later events that were not read. */
  readonly isCut: boolean;
  /** Calls that were evaluated. */
  readonly calls: number;
  /** Events that could not be evaluated. */
  readonly ignored: number;
  /** Names of the policies that were evaluated. */
  readonly policies: readonly string[];
  /** Policies for which calls cannot be evaluated, and why. */
  readonly left: readonly { readonly policy: string; readonly why: string }[];
  readonly denials: readonly PlannedDenial[];
}

/** Actions that a row names. */
const NAMED = 4;

/** The plan as text: for each policy, a table of callers. */
export function renderPolicyPlan(plan: PolicyPlanResult, output: Omit<Output, 'print'>): string {
  const { colors } = output;
  const { denials, policies, left, calls, ignored, logGroup, since, until, isCut } = allPrintable(plan);
  const minutes = (time: string) => `${time.slice(0, 16).replace('T', ' ')} UTC`;
  return [
    colors.bold(
      `${counted(calls, 'call')} of members, ${minutes(since)} to ${minutes(until)}, in ${logGroup}`,
    ),
    '',
    ...policies.flatMap((policy) =>
      section(
        policy,
        denials.filter((one) => one.policy === policy),
        output,
      ),
    ),
    ...left.map(({ policy, why }) => `${policy}: not evaluated: ${why}`),
    ...(isCut
      ? [colors.yellow(`The trail has later events: repeat the command with fewer --days, or more --pages.`)]
      : []),
    ...(ignored > 0 ? [`${counted(ignored, 'event')} could not be parsed.`] : []),
    'Not included: calls that failed, data events that the trail does not record, and what nobody did in this time.',
  ].join('\n');
}

function section(
  policy: string,
  denials: readonly PlannedDenial[],
  { colors }: Omit<Output, 'print'>,
): string[] {
  if (denials.length === 0) return [`${colors.bold(policy)}: would have denied none of them`, ''];
  const table = new Table({
    chars: PLAIN,
    style: { head: [], border: [], 'padding-left': 2, 'padding-right': 0 },
    head: ['Calls', 'Caller', 'Account', 'Region', 'Actions', 'Denied'],
  });
  const groups = groupBy(denials, ({ principal, account, region, unless }) =>
    [principal, account, region, unless].join(' '),
  );
  for (const own of groups.values()) {
    const [first] = own;
    if (!first) continue;
    const { principal, account, region, unless } = first;
    const actions = [...new Set(own.map(({ action }) => action))];
    const more = actions.length - NAMED;
    table.push([
      sum(own),
      principal.replace(/^arn:[^:]*:(?:iam|sts)::\d*:/, ''),
      account,
      region,
      `${actions.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
      unless === undefined ? colors.red('yes') : colors.yellow(`perhaps: ${unless}`),
    ]);
  }
  const certain = denials.filter(({ unless }) => unless === undefined);
  const possible = denials.filter(({ unless }) => unless !== undefined);
  return [
    `${colors.bold(policy)}: would have denied ${counted(sum(certain), 'call')}, and perhaps ${sum(possible)} more`,
    table.toString().replace(/ +$/gm, ''),
    '',
  ];
}

const sum = (denials: readonly PlannedDenial[]) => denials.reduce((total, { calls }) => total + calls, 0);
