import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { BudgetsClient, DescribeBudgetCommand } from '@aws-sdk/client-budgets';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  CloudTrailClient,
  GetEventSelectorsCommand,
  GetTrailCommand,
  GetTrailStatusCommand,
} from '@aws-sdk/client-cloudtrail';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  GetAccountPasswordPolicyCommand,
  GetGroupCommand,
  GetLoginProfileCommand,
  IAMClient,
  ListAttachedGroupPoliciesCommand,
  ListGroupPoliciesCommand,
  UpdateAccountPasswordPolicyCommand,
} from '@aws-sdk/client-iam';
import { GetBucketLifecycleConfigurationCommand, HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { type CdkOptions, type CdkResult, runCdk } from './cdk';
import { type Emulator, EMULATOR_HOME, startEmulator } from './emulator';
import { subscribeInbox, waitForMessages } from './inbox';
import { publishMetrics, quietAlarms } from './metric-filters';

// The tests share one account and follow one stack through its life: their order matters.
jest.setTimeout(60_000);

let emulator: Emulator;
let outputs: Record<string, string>;

beforeAll(async () => {
  emulator = await startEmulator();
}, 180_000); // The first start on a machine installs the emulator.

afterAll(async () => {
  await emulator.stop();
  rmSync(ASSEMBLY, { recursive: true, force: true });
});

const APP = 'node --import tsx test/emulator/fixtures/app.ts';
// What the first deploy synthesizes serves the runs that need the same again.
const ASSEMBLY = join(EMULATOR_HOME, 'cdk.out-harness');

const deploy = (options: CdkOptions, ...args: string[]): Promise<CdkResult> =>
  runCdk(emulator, ['deploy', '--require-approval', 'never', ...args], options);

async function stackOutputs(): Promise<Record<string, string>> {
  const client = new CloudFormationClient(emulator.clientConfig);
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: 'Harness' }));
  return Object.fromEntries(
    (Stacks?.[0]?.Outputs ?? []).map((o) => [o.OutputKey ?? '', o.OutputValue ?? '']),
  );
}

async function members(): Promise<(string | undefined)[]> {
  const { Users } = await new IAMClient(emulator.clientConfig).send(
    new GetGroupCommand({ GroupName: 'harness-admins' }),
  );
  return (Users ?? []).map(({ UserName }) => UserName).sort();
}

async function budgetLimit(): Promise<string | undefined> {
  const request = { AccountId: emulator.accountId, BudgetName: 'harness' };
  const { Budget } = await new BudgetsClient(emulator.clientConfig).send(new DescribeBudgetCommand(request));
  return Budget?.BudgetLimit?.Amount;
}

test('cdk deploy puts every type into an account that was never bootstrapped', async () => {
  const { code, output } = await deploy({ app: APP, output: ASSEMBLY });
  expect({ code, output }).toMatchObject({ code: 0 });
  outputs = await stackOutputs();
});

test('people have their groups, policies and first password', async () => {
  const iam = new IAMClient(emulator.clientConfig);
  const GroupName = 'harness-admins';
  const { AttachedPolicies } = await iam.send(new ListAttachedGroupPoliciesCommand({ GroupName }));
  const { PolicyNames } = await iam.send(new ListGroupPoliciesCommand({ GroupName }));
  const { LoginProfile } = await iam.send(new GetLoginProfileCommand({ UserName: 'harness-ada' }));

  expect(AttachedPolicies?.map((policy) => policy.PolicyArn)).toEqual(
    expect.arrayContaining([
      'arn:aws:iam::aws:policy/AdministratorAccess',
      `arn:aws:iam::${emulator.accountId}:policy/harness/harness-viewer`,
      expect.stringContaining('policy/Harness-Attached'),
    ]),
  );
  expect(PolicyNames).toHaveLength(1);
  expect(LoginProfile?.PasswordResetRequired).toBe(true);
  expect(await members()).toEqual(['harness-ada', 'harness-grace']);
});

test('the trail keeps its log group, key and settings, and it is logging', async () => {
  const cloudtrail = new CloudTrailClient(emulator.clientConfig);
  const Name = outputs.TrailArn;
  const { Trail } = await cloudtrail.send(new GetTrailCommand({ Name }));
  const { EventSelectors } = await cloudtrail.send(new GetEventSelectorsCommand({ TrailName: Name }));

  expect(Trail).toMatchObject({
    CloudWatchLogsLogGroupArn: expect.stringContaining(':log-group:/harness/trail:*') as string,
    CloudWatchLogsRoleArn: expect.stringContaining(':role/') as string,
    IsMultiRegionTrail: true,
    KmsKeyId: expect.stringContaining(':key/') as string,
    LogFileValidationEnabled: true,
    S3BucketName: outputs.BucketName,
  });
  expect(EventSelectors).toMatchObject([{ ReadWriteType: 'All', IncludeManagementEvents: true }]);
  expect((await cloudtrail.send(new GetTrailStatusCommand({ Name }))).IsLogging).toBe(true);
});

test('buckets and log groups have their settings', async () => {
  const s3 = new S3Client(emulator.clientConfig);
  const logs = new CloudWatchLogsClient(emulator.clientConfig);
  const lifecycle = await s3.send(
    new GetBucketLifecycleConfigurationCommand({ Bucket: outputs.AccessLogsName }),
  );
  const { logGroups } = await logs.send(
    new DescribeLogGroupsCommand({ logGroupNamePrefix: '/harness/trail' }),
  );

  expect(lifecycle.Rules).toMatchObject([{ Expiration: { Days: 90 }, Status: 'Enabled' }]);
  expect(logGroups).toMatchObject([
    { kmsKeyId: expect.stringContaining(':key/') as string, retentionInDays: 365 },
  ]);
});

test('an event goes through filter, metric, alarm and topic to a subscriber', async () => {
  const inbox = await subscribeInbox(emulator, outputs.TopicArn ?? '');
  const root = { eventName: 'ConsoleLogin', userIdentity: { type: 'Root' } };

  expect(await publishMetrics(emulator, '/harness/trail', [{ userIdentity: { type: 'IAMUser' } }])).toEqual(
    [],
  );
  expect(await publishMetrics(emulator, '/harness/trail', [root])).toEqual(['root-use']);
  await quietAlarms(emulator);
  await publishMetrics(emulator, '/harness/trail', [root]);

  const messages = await waitForMessages(emulator, inbox, 2);
  expect(messages[0]?.subject).toBe('ALARM: "harness-root-use" in US East (N. Virginia)');
  expect(JSON.parse(messages[0]?.text ?? '')).toMatchObject({
    AlarmName: 'harness-root-use',
    NewStateValue: 'ALARM',
    Trigger: { MetricName: 'RootUse', Namespace: 'Harness' },
  });
});

test('a second deploy has nothing to do', async () => {
  const { code, output } = await deploy({ app: ASSEMBLY });
  expect(code).toBe(0);
  expect(output).toContain('no changes');
});

test('an update changes members and budget in place', async () => {
  const { code } = await deploy({ app: APP }, '--context', 'members=ada', '--context', 'budget=20');
  expect(code).toBe(0);
  expect(await members()).toEqual(['harness-ada']);
  expect(await budgetLimit()).toBe('20');
});

test('a password policy that AWS refuses fails in its words and rolls everything back', async () => {
  const { code, output } = await deploy({ app: APP }, '--context', 'passwordLength=200');
  const policy = await new IAMClient(emulator.clientConfig).send(new GetAccountPasswordPolicyCommand({}));

  expect(code).toBe(1);
  expect(output).toContain(
    "ValidationError: 1 validation error detected: Value '200' at 'minimumPasswordLength' failed to satisfy " +
      'constraint: Member must have value less than or equal to 128',
  );
  expect(policy.PasswordPolicy).toMatchObject({ MinimumPasswordLength: 14, RequireSymbols: true });
  expect(await members()).toEqual(['harness-ada']);
  expect(await budgetLimit()).toBe('20');
});

test('an update of the password policy replaces all of it', async () => {
  const iam = new IAMClient(emulator.clientConfig);
  await iam.send(new UpdateAccountPasswordPolicyCommand({ MaxPasswordAge: 90 }));
  const { PasswordPolicy } = await iam.send(new GetAccountPasswordPolicyCommand({}));

  expect(PasswordPolicy).toMatchObject({
    MinimumPasswordLength: 6,
    RequireSymbols: false,
    MaxPasswordAge: 90,
  });
});

test('cdk destroy removes the stack and keeps what is retained', async () => {
  const { code } = await runCdk(emulator, ['destroy', '--force'], { app: ASSEMBLY });
  const iam = new IAMClient(emulator.clientConfig);
  const logs = new CloudWatchLogsClient(emulator.clientConfig);
  const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/harness/' }));

  expect(code).toBe(0);
  await expect(stackOutputs()).rejects.toThrow('does not exist');
  await expect(members()).rejects.toThrow('cannot be found');
  await expect(iam.send(new GetAccountPasswordPolicyCommand({}))).rejects.toThrow('does not exist');
  expect(logGroups?.map((group) => group.logGroupName)).toEqual(['/harness/evidence']);
  await new S3Client(emulator.clientConfig).send(new HeadBucketCommand({ Bucket: outputs.BucketName }));
});
