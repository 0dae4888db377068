import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { IAM } from '@aws-sdk/client-iam';
import { KMS } from '@aws-sdk/client-kms';
import { SNS } from '@aws-sdk/client-sns';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { EmulatedStack } from '../../emulator/stack';

// One stack, of which one resource after the other is deleted.
jest.setTimeout(60_000);

let emulator: Emulator;
let stack: EmulatedStack;
let ids: Record<string, string | undefined>;

const TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};
const METRIC = { Namespace: 'Test', Statistic: 'Sum', Period: 60, EvaluationPeriods: 1, Threshold: 1 };
const ALARM = { ...METRIC, MetricName: 'Test', ComparisonOperator: 'GreaterThanThreshold' };

/** What is deleted, by logical ID: its type, its properties, what changes, and the call that deletes it. */
const RESOURCES: Readonly<
  Record<string, readonly [type: string, properties: object, changed: object, remove: () => Promise<unknown>]>
> = {
  Topic: [
    'AWS::SNS::Topic',
    {},
    { DisplayName: 'changed' },
    () => new SNS(emulator.clientConfig).deleteTopic({ TopicArn: ids['Topic'] }),
  ],
  Alarm: [
    'AWS::CloudWatch::Alarm',
    ALARM,
    { AlarmDescription: 'changed' },
    () => new CloudWatch(emulator.clientConfig).deleteAlarms({ AlarmNames: [ids['Alarm'] ?? ''] }),
  ],
  Dashboard: [
    'AWS::CloudWatch::Dashboard',
    { DashboardBody: '{"widgets":[]}' },
    { DashboardBody: '{"start":"-PT1H","widgets":[]}' },
    () =>
      new CloudWatch(emulator.clientConfig).deleteDashboards({ DashboardNames: [ids['Dashboard'] ?? ''] }),
  ],
  Rule: [
    'AWS::Events::Rule',
    { ScheduleExpression: 'rate(1 day)' },
    { Description: 'changed' },
    () => new EventBridge(emulator.clientConfig).deleteRule({ Name: ids['Rule'] }),
  ],
  LogGroup: [
    'AWS::Logs::LogGroup',
    { RetentionInDays: 30 },
    { RetentionInDays: 60 },
    () => new CloudWatchLogs(emulator.clientConfig).deleteLogGroup({ logGroupName: ids['LogGroup'] }),
  ],
  Role: [
    'AWS::IAM::Role',
    { AssumeRolePolicyDocument: TRUST },
    { Description: 'changed' },
    () => new IAM(emulator.clientConfig).deleteRole({ RoleName: ids['Role'] }),
  ],
  Key: [
    'AWS::KMS::Key',
    {
      KeyPolicy: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } },
            Action: 'kms:*',
            Resource: '*',
          },
        ],
      },
    },
    { Description: 'changed' },
    () => new KMS(emulator.clientConfig).scheduleKeyDeletion({ KeyId: ids['Key'] }),
  ],
};

/** The template, in which one resource may have other properties. */
const template = (changed?: string) => ({
  Resources: Object.fromEntries(
    Object.entries(RESOURCES).map(([id, [Type, properties, others]]) => [
      id,
      { Type, Properties: { ...properties, ...(id === changed && others) } },
    ]),
  ),
});

beforeAll(async () => {
  emulator = await startEmulator();
  stack = new EmulatedStack(emulator, 'Gone');
  expect(await stack.deploy(template())).toBe('CREATE_COMPLETE');
  ids = await stack.resources();
});

afterAll(() => emulator.stop());

test.each(Object.keys(RESOURCES))('an update of a %s that somebody deleted does not find it', async (id) => {
  const [type, , , remove] = RESOURCES[id] ?? [];
  await remove?.();
  expect(await stack.deploy(template(id))).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect((await stack.failures())[id]).toBe(
    `Resource of type '${type ?? ''}' with identifier '${ids[id] ?? ''}' was not found.`,
  );
});

test('a replacement of what somebody deleted creates another one', async () => {
  const named = new EmulatedStack(emulator, 'Replaced');
  const topic = (TopicName: string) => ({
    Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName } } },
  });
  expect(await named.deploy(topic('one'))).toBe('CREATE_COMPLETE');
  const { Topic: TopicArn } = await named.resources();
  await new SNS(emulator.clientConfig).deleteTopic({ TopicArn });
  expect(await named.deploy(topic('two'))).toBe('UPDATE_COMPLETE');
});

test('the stack can be deleted, although nothing is there', async () => {
  expect(await stack.destroy()).toBeUndefined();
});
