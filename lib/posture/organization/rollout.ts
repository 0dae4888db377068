import {
  CloudFormationClient,
  DescribeStackSetCommand,
  paginateListStackInstances,
} from '@aws-sdk/client-cloudformation';
import type { BaselineConfig } from '../../config/config';
import { memberGroupsOf } from '../../organization/members/member-groups';
import { memberKind, stackNameOf } from '../../stacks/stack-kinds';
import { fail, findingOf, given, type Observation, pass, type Topic } from '../checks/check';
import type { Clients } from '../clients';
import type { Finding } from '../finding';
import { all, noAnswer, readIfThere } from '../read';
import { shell } from '../shell';
import type { Part } from '../snapshot';
import type { Member } from './members';

/** A stack of the StackSet in a member. */
export interface StackInstance {
  /** CURRENT, OUTDATED, or INOPERABLE. */
  readonly status: string;
  readonly reason?: string;
  readonly region: string;
  /** ARN of the stack. @default - there is none yet */
  readonly stack?: string;
  /** NOT_CHECKED, UNKNOWN, IN_SYNC, or DRIFTED. */
  readonly drift: string;
}

/** A StackSet of members, as the management account sees it. */
export interface Rollout {
  readonly stackSet: string;
  /** Region of the StackSet. */
  readonly region: string;
  /** When drift was last looked for, in ISO 8601. @default - never */
  readonly driftChecked?: string;
  /** By account. */
  readonly instances: Readonly<Record<string, StackInstance>>;
}

/** How far each StackSet has come, by the name of its group; undefined if it does not exist. */
export type Rollouts = ReadonlyMap<string, Part<Rollout | undefined>>;

/** Reads how far the StackSets of the members have come. */
export async function readRollouts(clients: Clients, config: BaselineConfig): Promise<Rollouts> {
  return new Map(
    await Promise.all(
      memberGroupsOf(config).map(
        async ({ name }) =>
          [name, await readRollout(clients, stackNameOf(config.stackName, memberKind(name)))] as const,
      ),
    ),
  );
}

function readRollout(clients: Clients, StackSetName: string): Promise<Part<Rollout | undefined>> {
  const client = clients.get(CloudFormationClient);
  return readIfThere(['StackSetNotFoundException'], async () => {
    const { StackSet = noAnswer('the StackSet') } = await client.send(
      new DescribeStackSetCommand({ StackSetName }),
    );
    const found = await all(
      paginateListStackInstances({ client }, { StackSetName }),
      (page) => page.Summaries ?? noAnswer('the stacks of the StackSet'),
    );
    const checked = StackSet.StackSetDriftDetectionDetails?.LastDriftCheckTimestamp;
    return {
      stackSet: StackSetName,
      region: await client.config.region(),
      ...(checked ? { driftChecked: checked.toISOString() } : {}),
      instances: Object.fromEntries(
        found.map(({ Account = noAnswer('the account of a stack'), ...one }): [string, StackInstance] => [
          Account,
          {
            status: one.Status ?? noAnswer('the status of a stack'),
            region: one.Region ?? noAnswer('the Region of a stack'),
            drift: one.DriftStatus ?? 'UNKNOWN',
            ...(one.StatusReason === undefined ? {} : { reason: one.StatusReason }),
            ...(one.StackId === undefined ? {} : { stack: one.StackId }),
          },
        ]),
      ),
    };
  });
}

const STACK: Topic = {
  check: 'member-stack',
  title: 'The account has the current stack of the StackSet',
  problem: 'The account lacks the current stack of the StackSet',
  area: 'stack',
  severity: 'high',
  controls: [],
};

const DRIFT: Topic = {
  check: 'member-drift',
  title: 'The stack matches its template',
  problem: 'The stack was changed manually',
  area: 'stack',
  severity: 'high',
  controls: [],
};

/** What the StackSet says about a member. Unchecked drift is not a finding of an account. */
export function rolloutFindings(rollout: Part<Rollout | undefined>, { id }: Pick<Member, 'id'>): Finding[] {
  const stack = given({ rollout }, ({ rollout: found }): Observation => {
    if (!found) {
      return fail('The StackSet of the members does not exist.', {
        text: 'Deploy the stacks.',
        command: 'npx cdk deploy --all',
      });
    }
    const { stackSet, region, instances } = found;
    const instance = instances[id];
    if (!instance) {
      return fail(`The StackSet ${stackSet} has no stack in the account.`, {
        text: 'Check that the account is in an OU that the StackSet covers. Then run the command in the output Retry of the stack Members.',
        command: shell`aws cloudformation list-stack-set-operations --region ${region} --stack-set-name ${stackSet}`,
      });
    }
    if (instance.status === 'CURRENT') return pass('The stack is current.');
    return fail(`The stack is ${instance.status}: ${instance.reason ?? 'CloudFormation gives no reason'}.`, {
      text: 'Correct the reason. Then run the command in the output Retry of the stack Members.',
      command: shell`aws cloudformation describe-stack-instance --region ${region} --stack-set-name ${stackSet} --stack-instance-account ${id} --stack-instance-region ${instance.region}`,
    });
  });
  const {
    drift,
    stack: arn = '',
    region = '',
  } = ('value' in rollout ? rollout.value?.instances[id] : undefined) ?? {};
  return [
    ...stack.map((seen) => findingOf(STACK, seen)),
    ...(drift === 'IN_SYNC' ? [findingOf(DRIFT, pass('No resource differs from the template.'))] : []),
    ...(drift === 'DRIFTED'
      ? [
          findingOf(
            DRIFT,
            fail('Resources of the stack differ from its template.', {
              text: 'Find out who changed them, and restore them in the account, where the command shows them. A deployment of Members restores only what its template changes.',
              command: shell`aws cloudformation describe-stack-resource-drifts --region ${region} --stack-name ${arn}`,
            }),
          ),
        ]
      : []),
  ];
}

/** A line about drift for each StackSet that exists; undefined if there is none. */
export function driftLines(rollouts: Rollouts): string | undefined {
  const lines = [...rollouts].flatMap(([group, rollout]) => {
    if (!('value' in rollout) || !rollout.value) return [];
    const { stackSet, region, driftChecked } = rollout.value;
    const command = shell`aws cloudformation detect-stack-set-drift --region ${region} --stack-set-name ${stackSet}`;
    const when =
      driftChecked === undefined ? 'never checked' : `last checked on ${driftChecked.slice(0, 10)}`;
    const whose = group ? `the stacks of the group ${group}` : "the members' stacks";
    return `Drift of ${whose} was ${when}. To check it: ${command}`;
  });
  return lines.length > 0 ? lines.join('\n') : undefined;
}

/** The stack of a member, of whatever StackSet: an account that has moved waits for that of its new group. */
export function stackOf(rollouts: Rollouts, account: string, group: string): string | undefined {
  return [rollouts.get(group), ...rollouts.values()]
    .map((rollout) => (rollout && 'value' in rollout ? rollout.value?.instances[account]?.stack : undefined))
    .find((stack) => stack !== undefined);
}
