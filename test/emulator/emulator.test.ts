import { readFileSync } from 'node:fs';
import { BudgetsClient, DescribeBudgetCommand } from '@aws-sdk/client-budgets';
import {
  CloudTrailClient,
  GetEventSelectorsCommand,
  GetTrailCommand,
  GetTrailStatusCommand,
} from '@aws-sdk/client-cloudtrail';
import {
  CloudWatchLogsClient,
  CreateLogStreamCommand,
  DescribeLogGroupsCommand,
  DescribeMetricFiltersCommand,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
  type FilteredLogEvent,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  CreateGroupCommand,
  CreateUserCommand,
  DeleteGroupCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  DetachGroupPolicyCommand,
  GetAccountPasswordPolicyCommand,
  GetGroupCommand,
  GetLoginProfileCommand,
  IAMClient,
  ListAttachedGroupPoliciesCommand,
  ListGroupPoliciesCommand,
  PutUserPolicyCommand,
  RemoveUserFromGroupCommand,
  UpdateAccountPasswordPolicyCommand,
} from '@aws-sdk/client-iam';
import { GetBucketLifecycleConfigurationCommand, HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import {
  ConfirmSubscriptionCommand,
  PublishCommand,
  type PublishCommandInput,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { harness } from './harness';
import { startHttpInbox, subscribeInbox, until, waitForMessages } from '../../emulator/inbox';
import { publishMetrics, quietAlarms } from '../../emulator/metric-filters';
import { EmulatedStack } from '../../emulator/stack';

// The tests share one account and follow one stack through its life: their order matters.
jest.setTimeout(120_000);

let emulator: Emulator;
let stack: EmulatedStack;
let outputs: Record<string, string | undefined>;

beforeAll(async () => {
  emulator = await startEmulator();
  stack = new EmulatedStack(emulator, 'Harness');
});

afterAll(async () => {
  await emulator.stop();
});

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

test('every type can be deployed', async () => {
  expect(await stack.deploy(harness())).toBe('CREATE_COMPLETE');
  outputs = await stack.outputs();
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
  const notifications = await subscribeInbox(emulator, outputs.NotificationsArn ?? '');
  const server = await startHttpInbox(emulator, outputs.NotificationsArn ?? '');
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
    NewStateReason: expect.stringMatching(
      /^Threshold Crossed: 1 out of the last 1 datapoints \[1\.0 \(\d\d\/\d\d\/\d\d \d\d:\d[05]:00\)\] was greater than or equal to the threshold \(1\.0\) \(minimum 1 datapoint for OK -> ALARM transition\)\.$/,
    ),
    Trigger: { MetricName: 'RootUse', Namespace: 'Harness' },
  });

  // The function behind the topic found the filter and its events, and had a text for each protocol.
  const [notification] = await waitForMessages(emulator, notifications, 2);
  expect(notification).toMatchObject({
    subject: 'harness-root-use',
    text: expect.stringMatching(/^harness-root-use: [12]$/),
  });
  await until(() => server.messages.length === 2, 'two messages did not come over http');
  expect(server.messages[0]?.text).toMatch(/^\{"text":"harness-root-use: [12]"\}$/);
  await server.close();
});

// CloudTrail's events are of about this size, and 5,000 of them fill several batches and pages.
const start = Date.now() - 60 * 60 * 1000;
const signIns = Array.from({ length: 5000 }, (_, index) => ({
  eventName: index % 2 === 0 ? 'ConsoleLogin' : 'AssumeRole',
  index,
  padding: 'x'.repeat(1450),
}));
const LOGINS = '{ ($.eventName = "ConsoleLogin") && ($.index != 0) }';

async function filtered(
  request: Omit<FilterLogEventsCommandInput, 'logGroupName'>,
): Promise<FilteredLogEvent[][]> {
  const client = new CloudWatchLogsClient(emulator.clientConfig);
  const pages: FilteredLogEvent[][] = [];
  let nextToken: string | undefined;
  do {
    const command = new FilterLogEventsCommand({ ...request, logGroupName: '/harness/evidence', nextToken });
    const page = await client.send(command);
    pages.push(page.events ?? []);
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return pages;
}

const indexes = (pages: FilteredLogEvent[][]): unknown[] =>
  pages.flat().map(({ message = '' }) => (JSON.parse(message) as { index: number }).index);

test('FilterLogEvents finds what matches a JSON pattern, page by page', async () => {
  await publishMetrics(emulator, '/harness/evidence', signIns, (event) => start + Number(event.index));
  const pages = await filtered({ filterPattern: LOGINS });

  expect(indexes(pages)).toEqual(signIns.map(({ index }) => index).filter((i) => i > 0 && i % 2 === 0));
  expect(pages.length).toBeGreaterThan(3);
  for (const page of pages) {
    expect(Buffer.byteLength(page.map(({ message }) => message).join(''))).toBeLessThanOrEqual(1_048_576);
  }
  expect(pages[0]?.[0]).toEqual({
    eventId: expect.any(String),
    ingestionTime: expect.any(Number),
    logStreamName: `${emulator.accountId}_CloudTrail_us-east-1`,
    message: JSON.stringify(signIns[2]),
    timestamp: start + 2,
  });
});

test('FilterLogEvents keeps to its window, limit and the order of time over all streams', async () => {
  const client = new CloudWatchLogsClient(emulator.clientConfig);
  const other = { logGroupName: '/harness/evidence', logStreamName: 'other' };
  await client.send(new CreateLogStreamCommand(other));
  const late = {
    timestamp: start + 11,
    message: JSON.stringify({ eventName: 'ConsoleLogin', index: 'late' }),
  };
  await client.send(new PutLogEventsCommand({ ...other, logEvents: [late] }));
  const window = { startTime: start + 10, endTime: start + 14 };

  expect(indexes(await filtered({ ...window, filterPattern: LOGINS }))).toEqual([10, 'late', 12, 14]);
  expect((await filtered({ ...window, limit: 2 })).map((page) => page.length)).toEqual([2, 2, 2]);
  // Pages without a match are empty, not the last.
  const last = await filtered({ filterPattern: '{ $.index = 4999 }' });
  expect(last.map((page) => page.length)).toEqual([0, 1]);
  await expect(filtered({ filterPattern: '{ $.index = }' })).rejects.toMatchObject({
    name: 'InvalidParameterException',
  });
});

test('a metric filter is found by its metric, but not together with its log group', async () => {
  const client = new CloudWatchLogsClient(emulator.clientConfig);
  const metric = { metricName: 'RootUse', metricNamespace: 'Harness' };
  const expected = [
    {
      filterName: 'root-use',
      filterPattern: '{ $.userIdentity.type = "Root" }',
      logGroupName: '/harness/trail',
      metricTransformations: [{ ...metric, metricValue: '1' }],
    },
  ];

  const logGroupName = '/harness/trail';
  const byMetric = await client.send(new DescribeMetricFiltersCommand(metric));
  const byGroup = await client.send(new DescribeMetricFiltersCommand({ logGroupName }));
  expect(byMetric.metricFilters).toMatchObject(expected);
  expect(byGroup.metricFilters).toMatchObject(expected);
  await expect(
    client.send(new DescribeMetricFiltersCommand({ ...metric, logGroupName })),
  ).rejects.toMatchObject({ name: 'InvalidParameterException' });
});

const publishTo = (topic: string, request: PublishCommandInput) =>
  new SNSClient(emulator.clientConfig).send(new PublishCommand({ TopicArn: outputs[topic], ...request }));

test('a topic calls a function that admits it, and the record of a failure goes to the destination', async () => {
  const inbox = await subscribeInbox(emulator, outputs.NotificationsArn ?? '');
  const MessageAttributes = { colour: { DataType: 'String', StringValue: 'red' } };
  const { UninvitedArn: TopicArn, FaultyArn: Endpoint } = outputs;
  const subscription = new SubscribeCommand({ TopicArn, Protocol: 'lambda', Endpoint });
  await new SNSClient(emulator.clientConfig).send(subscription);
  await publishTo('UninvitedArn', { Message: 'without a permission' });
  await publishTo('FaultsArn', { Message: 'it broke', Subject: 'Fault', MessageAttributes });
  const [first] = await waitForMessages(emulator, inbox, 1);
  await publishTo('FaultsArn', { Message: 'too slow', Subject: 'sleep' });
  const [second] = await waitForMessages(emulator, inbox, 1);

  expect(first?.subject).toBeUndefined();
  expect(JSON.parse(first?.text ?? '')).toEqual({
    version: '1.0',
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    requestContext: {
      requestId: expect.any(String),
      functionArn: `${outputs.FaultyArn ?? ''}:$LATEST`,
      condition: 'RetriesExhausted',
      approximateInvokeCount: 1,
    },
    requestPayload: {
      Records: [
        {
          EventSource: 'aws:sns',
          EventVersion: '1.0',
          EventSubscriptionArn: expect.stringContaining(`${outputs.FaultsArn ?? ''}:`),
          Sns: {
            Type: 'Notification',
            MessageId: expect.any(String),
            TopicArn: outputs.FaultsArn,
            Subject: 'Fault',
            Message: 'it broke',
            Timestamp: expect.any(String),
            SignatureVersion: '1',
            Signature: expect.any(String),
            SigningCertUrl: expect.any(String),
            UnsubscribeUrl: expect.any(String),
            MessageAttributes: { colour: { Type: 'String', Value: 'red' } },
          },
        },
      ],
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: {
      errorType: 'TypeError',
      errorMessage: 'it broke',
      trace: expect.arrayContaining(['TypeError: it broke']),
    },
  });
  expect(JSON.parse(second?.text ?? '')).toMatchObject({
    responsePayload: {
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringMatching(/^RequestId: \S+ Error: Task timed out after 1\.00 seconds$/),
    },
  });
});

test('a topic refuses what SNS refuses', async () => {
  const Message = 'text';
  const refusals: [PublishCommandInput, string][] = [
    [{ Message, Subject: 'x'.repeat(101) }, 'Invalid parameter: Subject'],
    [{ Message, Subject: 'two\nlines' }, 'Invalid parameter: Subject'],
    [{ Message, Subject: ' space' }, 'Invalid parameter: Subject'],
    [{ Message, Subject: 'Zürich' }, 'Invalid parameter: Subject'],
    [{ Message, Subject: '' }, 'Invalid parameter: Subject'],
    [{ Message: 'x'.repeat(262_145) }, 'Invalid parameter: Message too long'],
    [{ Message, MessageStructure: 'json' }, 'JSON message body failed to parse'],
    [{ Message: '{"sqs":"x"}', MessageStructure: 'json' }, 'No default entry in JSON message body'],
  ];
  for (const [request, message] of refusals) {
    await expect(publishTo('UninvitedArn', request)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: expect.stringContaining(message),
    });
  }
  await publishTo('UninvitedArn', { Message: 'x'.repeat(262_144), Subject: 'x'.repeat(100) });

  const inbox = await subscribeInbox(emulator, outputs.UninvitedArn ?? '');
  const texts = { default: 'for all', sqs: 'for queues', email: 'for people' };
  await publishTo('UninvitedArn', { Message: JSON.stringify(texts), MessageStructure: 'json' });
  expect(await waitForMessages(emulator, inbox, 1)).toMatchObject([{ text: 'for queues' }]);
});

test('an address gets e-mails once it is confirmed as its first e-mail says', async () => {
  const mails = () => readFileSync(emulator.mailFile, 'utf8').split(/-{72}\n/);
  const [, TopicArn = '', Token = ''] =
    /^aws sns confirm-subscription .* --topic-arn (\S+) --token (\S+)$/m.exec(mails()[0] ?? '') ?? [];
  const sns = new SNSClient(emulator.clientConfig);
  await sns.send(new PublishCommand({ TopicArn, Message: 'too early' }));
  await sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token }));
  const texts = { default: 'for all', email: 'for people' };
  await sns.send(
    new PublishCommand({
      TopicArn,
      Subject: 'News',
      Message: JSON.stringify(texts),
      MessageStructure: 'json',
    }),
  );
  expect(mails().slice(1)).toEqual(['To: security@example.com\nSubject: News\n\nfor people\n\n', '']);
});

test('a user or group to which something belongs is not deleted', async () => {
  const iam = new IAMClient(emulator.clientConfig);
  const [GroupName, UserName, PolicyName] = ['temporary', 'temporary', 'temporary'];
  await iam.send(new CreateGroupCommand({ GroupName }));
  await iam.send(new CreateUserCommand({ UserName }));
  await iam.send(new AddUserToGroupCommand({ GroupName, UserName }));
  const PolicyArn = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
  await iam.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn }));
  const Statement = { Effect: 'Deny', Action: '*', Resource: '*' };
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument }));
  const deleteUser = () => iam.send(new DeleteUserCommand({ UserName }));
  const deleteGroup = () => iam.send(new DeleteGroupCommand({ GroupName }));

  const members = 'Cannot delete entity, must remove users from group first.';
  await expect(deleteUser()).rejects.toThrow(members);
  await expect(deleteGroup()).rejects.toThrow(members);
  await iam.send(new RemoveUserFromGroupCommand({ GroupName, UserName }));
  await expect(deleteUser()).rejects.toThrow('must delete policies first');
  await expect(deleteGroup()).rejects.toThrow('must detach all policies first');
  await iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName }));
  await iam.send(new DetachGroupPolicyCommand({ GroupName, PolicyArn }));
  await deleteUser();
  await deleteGroup();
});

test('a dashboard does not overwrite another one with its name', async () => {
  const Properties = { DashboardName: 'taken', DashboardBody: '{"widgets":[]}' };
  const template = { Resources: { Board: { Type: 'AWS::CloudWatch::Dashboard', Properties } } };
  expect(await new EmulatedStack(emulator, 'First').deploy(template)).toBe('CREATE_COMPLETE');
  const second = new EmulatedStack(emulator, 'Second');
  expect(await second.deploy(template)).toBe('ROLLBACK_COMPLETE');
  expect((await second.failures())['Board']).toContain('already exists');
});

test('chat channels have the ARNs of AWS', () => {
  const prefix = `arn:aws:chatbot::${emulator.accountId}:chat-configuration`;
  expect(outputs).toMatchObject({
    SlackArn: `${prefix}/slack-channel/harness`,
    TeamsArn: `${prefix}/microsoft-teams-channel/harness`,
  });
});

test('an update changes members and budget in place', async () => {
  expect(await stack.deploy(harness({ withGrace: false, budget: 20 }))).toBe('UPDATE_COMPLETE');
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

test('a removal keeps what is retained', async () => {
  expect(await stack.destroy()).toBeUndefined();
  const logs = new CloudWatchLogsClient(emulator.clientConfig);
  const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/harness/' }));

  await expect(members()).rejects.toThrow('cannot be found');
  expect(logGroups?.map((group) => group.logGroupName)).toEqual(['/harness/evidence']);
  await new S3Client(emulator.clientConfig).send(new HeadBucketCommand({ Bucket: outputs.BucketName }));
});
