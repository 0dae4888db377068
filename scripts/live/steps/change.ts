import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { GetAccountPasswordPolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { CallFailed, Clients } from '../../../lib/posture/clients';
import { stackNameOf } from '../../../lib/stacks/stack-kinds';
import { arrivalOf, isSo } from '../person';
import { expected, type Live, observe, type Observation, type Step } from '../step';
import { DEPLOY_ALL, deployedPart } from './deploy';

/** A Region that is enabled on request only, so that AWS refuses the settings there. */
const CLOSED_REGION = 'af-south-1';

/** The change of the update: each resource that can have tags is updated, and no user is. */
const CHANGE = { 'live-test': 'update' };

export const CHANGE_STEPS: readonly Step[] = [
  {
    id: 'update',
    title: 'Update every stack, as an administrator with MFA',
    minutes: 11,
    async run(live) {
      const { config, programs, person } = live;
      const [name = ''] = config.administrators;
      const profile = await person.ask(
        'administrator-profile',
        `A profile of the AWS CLI in which ${name} is signed in with MFA, such as by \`aws login\` [- to use the current credentials]`,
      );
      const isAdministrator = profile !== '-' && profile !== '';
      const since = new Date();
      const { code, minutes } = await programs.cdk(
        DEPLOY_ALL,
        { tags: { ...config.tags, ...CHANGE } },
        isAdministrator ? profile : undefined,
      );
      const updated: Observation = {
        what: `An update of all stacks succeeds${isAdministrator ? ` for ${name}, whom the guard denies the same changes outside CloudFormation` : ''}`,
        outcome: expected(code === 0),
        detail: code === 0 ? undefined : 'see programs.log',
        minutes,
        answers: isAdministrator ? ['called-via', 'mfa-passed-on'] : [],
      };
      return [
        updated,
        isAdministrator
          ? await guarded(live, profile)
          : { what: 'The guard denies a manual change', outcome: 'unanswered', answers: ['called-via'] },
        await arrivalOf(
          person,
          'update-rule',
          'a message that a stack of the baseline is being deployed',
          since,
          ['events'],
        ),
        await isSo(
          person,
          'update-password',
          `After the update, the password and the device of ${name} still work`,
          ['permissions'],
        ),
      ];
    },
  },
  {
    id: 'roll-back',
    title: 'Let an update fail, and see that it is rolled back',
    minutes: 5,
    async run(live) {
      const { config, programs } = live;
      const before = await once(live, 'password-length', () => passwordLengthOf(live));
      const { accountSettings, passwordPolicy } = config;
      const { code, minutes } = await programs.cdk(
        ['deploy', stackNameOf(config.stackName, 'Settings'), '--exclusively', '--require-approval', 'never'],
        {
          // Applied once for the account, before the calls in the Region have failed often enough.
          passwordPolicy: { ...passwordPolicy, minimumLength: passwordPolicy.minimumLength + 1 },
          accountSettings: { ...accountSettings, regions: [live.region, CLOSED_REGION] },
        },
      );
      return [
        {
          what: 'A Region that is not enabled fails the update',
          outcome: expected(code !== 0),
          minutes,
          answers: ['settings'],
        },
        await observe(
          'The password policy is as before the failed update',
          async () => {
            const after = await passwordLengthOf(live);
            return { outcome: expected(after === before), detail: `${String(after)} characters` };
          },
          ['settings'],
        ),
      ];
    },
  },
  {
    id: 'drift',
    title: 'Change the retention of the log group, and let CloudFormation revert it',
    minutes: 4,
    async run(live) {
      return [
        await observe(
          '`cdk deploy --revert-drift` brings back what somebody changed',
          async () => {
            const { config, clients, programs } = live;
            const logs = clients.get(CloudWatchLogsClient);
            const logGroupName = await deployedPart(live, 'log-group');
            const retention = async () => {
              const { logGroups: [group] = [] } = await logs.send(
                new DescribeLogGroupsCommand({ logGroupNamePrefix: logGroupName }),
              );
              return group?.retentionInDays;
            };
            const before = await once(live, 'retention', retention);
            const other = before === 400 ? 545 : 400;
            await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: other }));
            const stack = stackNameOf(config.stackName, 'Audit');
            const words = ['deploy', stack, '--exclusively', '--revert-drift', '--require-approval', 'never'];
            const { code, minutes } = await programs.cdk(words, { tags: { ...config.tags, ...CHANGE } });
            const after = await retention();
            if (after !== before) {
              await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: before }));
            }
            return {
              outcome: expected(code === 0 && after === before),
              detail: `from ${other} to ${after ?? 'no'} days, instead of ${before ?? 'no'}`,
              minutes,
            };
          },
          ['revert-drift'],
        ),
      ];
    },
  },
];

/** What was read before the first try of a step: an interrupted one may have changed it. */
async function once<T>({ recall, remember }: Live, key: string, read: () => Promise<T>): Promise<T> {
  if (recall(key) === undefined) remember(key, await read());
  return recall(key) as T;
}

/** What the administrator may do with CloudFormation only: here, nothing would change. */
function guarded(live: Live, profile: string): Promise<Observation> {
  return observe(
    'The guard denies a manual change',
    async () => {
      const logGroupName = await deployedPart(live, 'log-group');
      const logs = new Clients({ region: live.region, profile }).get(CloudWatchLogsClient);
      const { logGroups: [group] = [] } = await logs.send(
        new DescribeLogGroupsCommand({ logGroupNamePrefix: logGroupName }),
      );
      try {
        await logs.send(
          new PutRetentionPolicyCommand({ logGroupName, retentionInDays: group?.retentionInDays }),
        );
        return { outcome: 'unexpected', detail: 'it was allowed' };
      } catch (error) {
        if (!(error instanceof CallFailed) || !error.code.startsWith('AccessDenied')) throw error;
        return { outcome: 'expected', detail: error.message };
      }
    },
    ['called-via', 'permissions'],
  );
}

async function passwordLengthOf({ clients }: Live): Promise<number | undefined> {
  const { PasswordPolicy } = await clients.get(IAMClient).send(new GetAccountPasswordPolicyCommand({}));
  return PasswordPolicy?.MinimumPasswordLength;
}
