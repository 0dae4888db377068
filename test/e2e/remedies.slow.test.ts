import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { type Budget, Budgets } from '@aws-sdk/client-budgets';
import { CloudTrailClient, StopLoggingCommand } from '@aws-sdk/client-cloudtrail';
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  DisableAlarmActionsCommand,
} from '@aws-sdk/client-cloudwatch';
import { ConfigService } from '@aws-sdk/client-config-service';
import { DisableRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { GuardDuty } from '@aws-sdk/client-guardduty';
import { IAM } from '@aws-sdk/client-iam';
import { DisableKeyCommand, DisableKeyRotationCommand, KMS, KMSClient } from '@aws-sdk/client-kms';
import { AddPermissionCommand, LambdaClient, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import type { BaselineOptions } from '../../lib/config/config';
import type { Finding } from '../../lib/posture/finding';
import { type QuickAwsCli, quickAwsCli } from '../../emulator/aws-cli';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { BaselineSuite } from './baseline-suite';
import { settingClients } from './settings';
import { verified } from './verified';

jest.setTimeout(300_000);

const OPTIONS: Partial<BaselineOptions> = {
  administrators: ['alice', 'bob'],
  profile: 'strict',
  accountSettings: { alias: 'acme', removeDefaultVpcs: true, emptyDefaultSecurityGroups: true },
};

/** A budget that never notifies. */
const DEAF: Budget = {
  BudgetName: 'set below',
  BudgetType: 'COST',
  TimeUnit: 'MONTHLY',
  BudgetLimit: { Amount: '1000000', Unit: 'USD' },
};

const defaultGroup = async (account: Emulator) => {
  const ec2 = settingClients(account).ec2('eu-central-1');
  await ec2.createVpc({ CidrBlock: '10.0.0.0/16' });
  const { SecurityGroups: [group] = [] } = await ec2.describeSecurityGroups({
    Filters: [{ Name: 'group-name', Values: ['default'] }],
  });
  return { ec2, GroupId: group?.GroupId };
};

/** Physical IDs of the stacks. */
type Ids = Readonly<Record<string, string | undefined>>;

/** What somebody does, by the check that finds it. */
const DONE: readonly (readonly [check: string, (account: Emulator, ids: Ids) => Promise<unknown>])[] = [
  [
    'trail-logging',
    ({ clientConfig }) =>
      new CloudTrailClient(clientConfig).send(new StopLoggingCommand({ Name: 'account-baseline' })),
  ],
  [
    'alarms',
    async ({ clientConfig }) => {
      const client = new CloudWatchClient(clientConfig);
      const { MetricAlarms = [] } = await client.send(new DescribeAlarmsCommand({}));
      const alarm = MetricAlarms.find(({ MetricName }) => MetricName === 'RootUser');
      await client.send(new DisableAlarmActionsCommand({ AlarmNames: [alarm?.AlarmName ?? ''] }));
    },
  ],
  [
    'event-rules',
    ({ clientConfig }, { OnTopics: Name }) =>
      new EventBridgeClient(clientConfig).send(new DisableRuleCommand({ Name })),
  ],
  [
    'password-policy',
    ({ clientConfig }) =>
      new IAM(clientConfig).updateAccountPasswordPolicy({
        MinimumPasswordLength: 8,
        MaxPasswordAge: 90,
        HardExpiry: true,
      }),
  ],
  [
    'key-rotation',
    ({ clientConfig }, { Key }) =>
      new KMSClient(clientConfig).send(new DisableKeyRotationCommand({ KeyId: Key })),
  ],
  [
    'key-rotation',
    ({ clientConfig }, { Key }) => new KMSClient(clientConfig).send(new DisableKeyCommand({ KeyId: Key })),
  ],
  [
    'functions',
    ({ clientConfig }, { WeeklySummaryFunction: FunctionName }) =>
      new LambdaClient(clientConfig).send(
        new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }),
      ),
  ],
  [
    'resource-policies',
    ({ clientConfig }, { Settings: FunctionName }) =>
      new LambdaClient(clientConfig).send(
        new AddPermissionCommand({
          FunctionName,
          StatementId: 'mine',
          Action: 'lambda:InvokeFunction',
          Principal: '210987654321',
        }),
      ),
  ],
  [
    'subscribers',
    ({ clientConfig }, { NotificationsTopic }) =>
      new SNSClient(clientConfig).send(
        new SubscribeCommand({
          TopicArn: NotificationsTopic,
          Protocol: 'sqs',
          Endpoint: 'arn:aws:sqs:us-east-1:123456789012:other',
        }),
      ),
  ],
  [
    'administrators',
    ({ clientConfig }) =>
      new IAM(clientConfig).removeUserFromGroup({ GroupName: 'Administrators', UserName: 'bob' }),
  ],
  [
    'administrators',
    async ({ clientConfig }) => {
      const iam = new IAM(clientConfig);
      await iam.createUser({ UserName: 'mallory' });
      await iam.addUserToGroup({ GroupName: 'Administrators', UserName: 'mallory' });
    },
  ],
  [
    'identity-providers',
    ({ clientConfig }) =>
      new IAM(clientConfig).createOpenIDConnectProvider({
        Url: 'https://id.example.com',
        ClientIDList: ['a'],
      }),
  ],
  [
    'ebs-encryption',
    (account) => settingClients(account).ec2('eu-central-1').disableEbsEncryptionByDefault({}),
  ],
  [
    'budget',
    ({ clientConfig, accountId: AccountId }, { SpendAlertsBudget = '' }) =>
      new Budgets(clientConfig).updateBudget({
        AccountId,
        NewBudget: { ...DEAF, BudgetName: SpendAlertsBudget },
      }),
  ],
  [
    'budget',
    async ({ clientConfig, accountId: AccountId }, { SpendAlertsBudget: BudgetName = '' }) => {
      const budgets = new Budgets(clientConfig);
      const budget = { AccountId, BudgetName };
      const { Notifications: [first, second] = [] } = await budgets.describeNotificationsForBudget(budget);
      await budgets.deleteNotification({ ...budget, Notification: first });
      await budgets.createSubscriber({
        ...budget,
        Notification: second,
        Subscriber: { SubscriptionType: 'EMAIL', Address: 'mallory@example.com' },
      });
    },
  ],
  [
    'config-recorder',
    ({ clientConfig }, { ConfigRecorderRecorder: ConfigurationRecorderName }) =>
      new ConfigService(clientConfig).stopConfigurationRecorder({ ConfigurationRecorderName }),
  ],
  [
    'config-recorder',
    ({ clientConfig }, { ConfigRecorderRecorder: name }) =>
      new ConfigService(clientConfig).putConfigurationRecorder({
        ConfigurationRecorder: {
          name,
          roleARN: 'arn:aws:iam::123456789012:role/other',
          recordingGroup: { allSupported: false, resourceTypes: ['AWS::EC2::Instance'] },
        },
      }),
  ],
  [
    'config-recorder',
    ({ clientConfig }, { ConfigRecorderChannel: name, ConfigRecorderBucket: s3BucketName }) =>
      new ConfigService(clientConfig).putDeliveryChannel({ DeliveryChannel: { name, s3BucketName } }),
  ],
  [
    'guard-duty',
    ({ clientConfig }, { GuardDuty: DetectorId }) =>
      new GuardDuty(clientConfig).updateDetector({ DetectorId, Enable: false }),
  ],
  [
    'key-alias',
    async ({ clientConfig }, { KeyAlias: AliasName }) => {
      const kms = new KMS(clientConfig);
      const { KeyMetadata } = await kms.createKey({});
      await kms.updateAlias({ AliasName, TargetKeyId: KeyMetadata?.KeyId });
    },
  ],
  [
    'key-alias',
    ({ clientConfig }, { KeyAlias: AliasName }) => new KMS(clientConfig).deleteAlias({ AliasName }),
  ],
  ['account-alias', ({ clientConfig }) => new IAM(clientConfig).deleteAccountAlias({ AccountAlias: 'acme' })],
  [
    'first-passwords',
    ({ clientConfig }, { AdminAccessalicePassword: SecretId }) =>
      new SecretsManager(clientConfig).putSecretValue({ SecretId, SecretString: 'Somebody-wrote-this-1' }),
  ],
  ['default-vpcs', (account) => settingClients(account).ec2('us-west-2').createDefaultVpc({})],
  [
    'default-security-groups',
    async (account) => {
      const { ec2, GroupId } = await defaultGroup(account);
      await ec2.authorizeSecurityGroupIngress({
        GroupId,
        IpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      });
    },
  ],
  ['serial-console', (account) => settingClients(account).ec2('us-west-2').enableSerialConsoleAccess({})],
  [
    'image-public-block',
    (account) => settingClients(account).ec2('us-east-1').disableImageBlockPublicAccess({}),
  ],
];

let emulator: Emulator;
let cli: QuickAwsCli;
let ids: Ids;

beforeAll(async () => {
  emulator = await startEmulator();
  cli = await quickAwsCli(emulator);
  const suite = new BaselineSuite(emulator);
  await suite.deployBaseline(OPTIONS);
  ids = await suite.all();
});

afterAll(async () => {
  cli.stop();
  await emulator.stop();
});

async function failed(check: string): Promise<readonly Finding[]> {
  const findings = await verified(emulator, { ...OPTIONS, terminationProtection: true });
  return findings.filter((one) => one.check === check && one.status === 'fail');
}

/** Runs a command as it is printed. */
const run = promisify(execFile);
const shell = (command: string) =>
  run('bash', ['-ec', command], {
    env: { ...emulator.env, PATH: `${cli.folder}:${process.env['PATH'] ?? ''}` },
  });

test.each(DONE)('the remedy of %s, as it is printed, makes the check pass', async (check, act) => {
  const before = await failed(check);
  await act(emulator, ids);
  const [found, ...others] = (await failed(check)).filter(
    ({ detail }) => !before.some((one) => one.detail === detail),
  );
  const { remedy: { command = '' } = {} } = found ?? {};
  expect(found?.check).toBe(check);
  // Several findings can have the same remedy.
  expect(others.filter((one) => one.remedy?.command !== command)).toEqual([]);
  expect(command).toMatch(/^(aws|for region|for place|\(set -e; for place) /);
  await shell(command);
  expect(await failed(check)).toEqual(before);
});

test('the remedy of a default VPC that is in use deletes nothing, and says what uses it', async () => {
  const ec2 = settingClients(emulator).ec2('us-west-2');
  const { Vpc: { VpcId = '' } = {} } = await ec2.createDefaultVpc({});
  const subnets = async () =>
    (await ec2.describeSubnets({ Filters: [{ Name: 'vpc-id', Values: [VpcId] }] })).Subnets ?? [];
  const before = await subnets();
  const [{ remedy: { command = '' } = {} } = {}] = await failed('default-vpcs');
  const isRefused = async (by = '') => {
    await expect(shell(command)).rejects.toMatchObject({ stdout: `${VpcId} is in use: ${by}\n` });
    expect(await subnets()).toEqual(before);
  };
  // In the last subnet, so that the others would be deleted first.
  const { NetworkInterface: { NetworkInterfaceId } = {} } = await ec2.createNetworkInterface({
    SubnetId: before.at(-1)?.SubnetId,
  });
  await isRefused(NetworkInterfaceId);
  await ec2.deleteNetworkInterface({ NetworkInterfaceId });
  const { GroupId } = await ec2.createSecurityGroup({ GroupName: 'web', Description: 'Web', VpcId });
  await isRefused(GroupId);
  await ec2.deleteSecurityGroup({ GroupId });
  const { RouteTable: { RouteTableId } = {} } = await ec2.createRouteTable({ VpcId });
  await isRefused(RouteTableId);
  await ec2.deleteRouteTable({ RouteTableId });
  await shell(command);
  expect(await failed('default-vpcs')).toEqual([]);
});

test('the remedy of termination protection, as it is printed, makes the check pass', async () => {
  const open = await failed('termination-protection');
  expect(open).toHaveLength(12);
  for (const { remedy } of open) await shell(remedy?.command ?? '');
  expect(await failed('termination-protection')).toEqual([]);
});
