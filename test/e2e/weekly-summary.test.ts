import { CloudWatchClient, DisableAlarmActionsCommand } from '@aws-sdk/client-cloudwatch';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { DeleteLogGroupCommand, CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { InvokeCommand, LambdaClient, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import {
  ListSubscriptionsByTopicCommand,
  SetSubscriptionAttributesCommand,
  SNSClient,
} from '@aws-sdk/client-sns';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { subscribeInbox, waitForMessages } from '../../emulator/inbox';
import { publishMetrics, quietAlarms } from '../../emulator/metric-filters';
import { rootSignIn } from '../../emulator/root-sign-in';
import { signIn, user } from '../detections/events/record';
import { allIn, BaselineSuite } from './baseline-suite';

jest.setTimeout(180_000);

const OPTIONS = {
  accountName: 'acme-prod',
  notifications: { emails: ['security@example.com'], slack: { workspaceId: 'T0123', channelId: 'C0123' } },
};

let emulator: Emulator;
let ids: Readonly<Record<string, string | undefined>>;
let inbox: string;

beforeAll(async () => {
  emulator = await startEmulator();
  const suite = new BaselineSuite(emulator);
  expect(await suite.deployBaseline(OPTIONS)).toEqual(allIn('CREATE_COMPLETE', OPTIONS));
  ids = await suite.all();
  inbox = await subscribeInbox(emulator, id('NotificationsTopic'));
});

afterAll(async () => {
  await emulator.stop();
});

const id = (logicalId: string): string => ids[logicalId] ?? `no ${logicalId}`;

/** Calls the function as the schedule does, and returns the summary. */
async function summary(): Promise<{ subject: string | undefined; lines: string[] }> {
  const client = new LambdaClient(emulator.clientConfig);
  const event = { source: 'aws.events', 'detail-type': 'Scheduled Event', time: new Date().toISOString() };
  await client.send(
    new InvokeCommand({
      FunctionName: id('WeeklySummaryFunction'),
      InvocationType: 'Event',
      Payload: JSON.stringify(event),
    }),
  );
  for (;;) {
    const [message] = await waitForMessages(emulator, inbox, 1, 60_000);
    const { subject, text = '' } = message ?? {};
    if (subject?.startsWith('[WEEKLY]') || text.includes('Scheduled Event')) {
      return { subject, lines: text.split('\n') };
    }
  }
}

/** What to do, without its number. */
const todoIn = (lines: readonly string[]) =>
  lines.filter((line) => /^\d+\. /.test(line)).map((line) => line.replace(/^\d+\. /, ''));

test('the schedule calls the function', async () => {
  const events = new EventBridge(emulator.clientConfig);
  const { ScheduleExpression, State } = await events.describeRule({ Name: id('WeeklySummarySchedule') });
  expect({ ScheduleExpression, State }).toEqual({
    ScheduleExpression: 'cron(0 7 ? * MON *)',
    State: 'ENABLED',
  });
  const { Targets = [] } = await events.listTargetsByRule({ Rule: id('WeeklySummarySchedule') });
  expect(Targets.map(({ Arn }) => Arn?.split(':').pop())).toEqual([id('WeeklySummaryFunction')]);
});

test('the summary counts the events of the week, and says what waits for a person', async () => {
  await publishMetrics(emulator, id('AuditTrailLogGroup'), [
    rootSignIn(emulator.accountId),
    signIn(user('alice'), 'Yes'),
    signIn(user('alice'), 'Yes'),
  ]);
  const { subject, lines } = await summary();
  expect(subject).toMatch(/^\[WEEKLY\] acme-prod 123456789012: \d+ to do$/);
  expect(lines).toEqual(
    expect.arrayContaining([
      'Console sign-ins: 3 (users and role sessions: 2); failed: 0',
      'Events of root: 1',
      'Manual changes: 0',
      'Findings of IAM Access Analyzer: 0 active',
      'First-time passwords: 1 stored',
    ]),
  );
  expect(lines.find((line) => line.startsWith('Alarms triggered: '))).toMatch(
    /: 1 of \d+; CRITICAL: Root user used \(times: 1\)$/,
  );
  const todo = todoIn(lines);
  expect(todo).toContain('CRITICAL: Root has no MFA');
  expect(todo).toContain('HIGH: User without MFA: alice');
  expect(todo.join('\n')).not.toMatch(/Could not be read|missing|without actions|filter policy/);
});

test('what silences the alarms is in the next summary', async () => {
  await quietAlarms(emulator);
  const sns = new SNSClient(emulator.clientConfig);
  await new CloudWatchClient(emulator.clientConfig).send(
    new DisableAlarmActionsCommand({ AlarmNames: [id('AlarmsRootUser')] }),
  );
  const { Subscriptions = [] } = await sns.send(
    new ListSubscriptionsByTopicCommand({ TopicArn: id('NotificationsAlarmTopic') }),
  );
  await sns.send(
    new SetSubscriptionAttributesCommand({
      SubscriptionArn: Subscriptions[0]?.SubscriptionArn,
      AttributeName: 'FilterPolicy',
      AttributeValue: '{"nothing":["matches"]}',
    }),
  );
  const todo = todoIn((await summary()).lines);
  expect(todo).toContain('CRITICAL: Alarm without actions: CRITICAL: Root user used');
  expect(todo).toContain(`CRITICAL: A filter policy keeps messages from ${id('NotificationsExplainer')}`);
});

test('without its log group, the rest of the summary comes all the same', async () => {
  await new CloudWatchLogsClient(emulator.clientConfig).send(
    new DeleteLogGroupCommand({ logGroupName: id('AuditTrailLogGroup') }),
  );
  const { lines } = await summary();
  expect(todoIn(lines)).toContain('HIGH: Could not be read: Console sign-ins');
  expect(lines).toContain('First-time passwords: 1 stored');
});

test('a function that can’t run is noticed: recipients get the failed call', async () => {
  await new LambdaClient(emulator.clientConfig).send(
    new UpdateFunctionConfigurationCommand({
      FunctionName: id('WeeklySummaryFunction'),
      Handler: 'index.gone',
    }),
  );
  const { lines } = await summary();
  expect(lines.join('\n')).toContain('Scheduled Event');
});
