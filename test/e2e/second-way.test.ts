import {
  EventBridgeClient,
  ListRulesCommand,
  PutEventsCommand,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { eventMatcher } from '../../emulator/event-pattern';
import { subscribeInbox, waitForMessages } from '../../emulator/inbox';
import { silencingCalls } from '../../scripts/docs/silencing/calls';
import { DeployedAccount } from '../../scripts/docs/silencing/deployed';
import { onBus } from '../../scripts/docs/silencing/ways';
import { smallest } from '../../scripts/docs/smallest';
import { call, CLOUDFORMATION, denied, user } from '../detections/events/record';
import { allIn, BaselineSuite } from './baseline-suite';

jest.setTimeout(60_000);

let emulator: Emulator;
let suite: BaselineSuite;
let events: EventBridgeClient;
let ids: Readonly<Record<string, string>>;

beforeAll(async () => {
  emulator = await startEmulator();
  suite = new BaselineSuite(emulator);
  events = new EventBridgeClient(emulator.clientConfig);
  expect(await suite.deployBaseline()).toEqual(allIn('CREATE_COMPLETE'));
  ids = await suite.all();
});

afterAll(async () => {
  events.destroy();
  await emulator.stop();
});

/** Puts events as their services do. */
async function happen(...all: readonly { source: string; type: string; detail: unknown }[]): Promise<void> {
  const { FailedEntryCount } = await events.send(
    new PutEventsCommand({
      Entries: all.map(({ source, type, detail }) => ({
        Source: source,
        DetailType: type,
        Detail: JSON.stringify(detail),
      })),
    }),
  );
  expect(FailedEntryCount).toBe(0);
}

const ALICE = user('alice', true);

/** A call with the parameters, made by an administrator unless CloudFormation makes it. */
function called(service: string, name: string, requestParameters: object, by = ALICE, how = call) {
  return {
    source: `aws.${service}`,
    type: 'AWS API Call via CloudTrail',
    detail: how(service, name, by, { requestParameters }),
  };
}

const status = (stack: string, value: string) => ({
  source: 'aws.cloudformation',
  type: 'CloudFormation Stack Status Change',
  detail: {
    'stack-id': `arn:aws:cloudformation:${emulator.region}:${emulator.accountId}:stack/${stack}/1a2b3c`,
    'status-details': { status: value, 'status-reason': 'http://evil.example.com' },
  },
});

test('people get a message of what silences the alarms, without the function that explains them', async () => {
  const {
    NotificationsTopic = '',
    NotificationsAlarmTopic = '',
    NotificationsExplainer = '',
    Key = '',
  } = ids;
  const inbox = await subscribeInbox(emulator, NotificationsTopic);
  await happen(
    called('sns', 'DeleteTopic', { topicArn: NotificationsAlarmTopic }, ALICE, denied),
    called('lambda', 'UpdateFunctionCode20150331v2', { functionName: 'orders' }),
    called(
      'lambda',
      'UpdateFunctionCode20150331v2',
      { functionName: NotificationsExplainer },
      CLOUDFORMATION,
    ),
    status('AccountBaseline-Alarms', 'UPDATE_COMPLETE'),
    called('lambda', 'UpdateFunctionCode20150331v2', { functionName: NotificationsExplainer }),
    called('sns', 'SetTopicAttributes', { topicArn: NotificationsAlarmTopic }, CLOUDFORMATION),
    called('kms', 'DisableKey', { keyId: Key }),
    status('AccountBaseline-Alarms', 'UPDATE_IN_PROGRESS'),
  );
  const messages = await waitForMessages(emulator, inbox, 4);
  const lines = messages.map(({ text }) => text.split('\n').map((line) => line.replaceAll(/^"|"$/g, '')));
  expect(lines.map(([title]) => title).sort()).toEqual([
    'CRITICAL: The key of the baseline was changed, disabled or granted to somebody',
    'HIGH: A function or role of the baseline was changed, such as the function that explains alarms',
    'MEDIUM: A stack changed a policy, permission, role, subscription or log group of the baseline',
    'MEDIUM: A stack of the baseline is being deployed or deleted',
  ]);
  const changed = lines.find(([title]) => title?.startsWith('HIGH'));
  expect(changed).toEqual([
    'HIGH: A function or role of the baseline was changed, such as the function that explains alarms',
    `Account ${emulator.accountId}, home Region ${emulator.region}`,
    'Call UpdateFunctionCode20150331v2 of lambda.amazonaws.com at 2026-11-24T12:00:00Z, by IAMUser from 198.51.100.7',
    expect.stringMatching(
      /^1\. See who made the call, after a few minutes: https:\/\/us-east-1\.console\.aws\.amazon\.com\/cloudtrailv2\/home\?region=us-east-1#\/events\/[\da-f-]{36}$/,
    ),
    expect.stringMatching(
      /^2\. If nobody on your team planned it, deactivate the credentials of the caller\. /,
    ),
    'Now: Ask your team whether one of you did this. If not, start with step 1.',
  ]);
  // Nothing that somebody else chose: no name, no reason of a status.
  expect(messages.map(({ text }) => text).join('\n')).not.toMatch(/alice|evil/);
});

test('EventBridge and our evaluator agree on each rule and each call of the table', async () => {
  const account = new DeployedAccount(smallest('standard'));
  const calls = silencingCalls(account).flatMap((group) => group.calls);
  const differ: string[] = [];
  for (const { id, properties } of account.ofType('AWS::Events::Rule')) {
    const { EventPattern } = properties as { EventPattern?: Readonly<Record<string, unknown>> };
    if (!EventPattern) continue;
    const matches = eventMatcher(EventPattern);
    const answers = calls.map(async ({ title, happening }) => {
      const event = onBus(happening.record);
      const { Result } = await events.send(
        new TestEventPatternCommand({
          EventPattern: JSON.stringify(EventPattern),
          Event: JSON.stringify(event),
        }),
      );
      if (Result !== matches(event)) differ.push(`${id} of ${title}: ${String(Result)}`);
    });
    await Promise.all(answers);
  }
  expect(differ).toEqual([]);
});

test('the rules are enabled, and their names begin with the prefix that the first way watches', async () => {
  const { Rules = [] } = await events.send(new ListRulesCommand({}));
  const watchdog = Rules.filter(({ Name }) => Name?.startsWith('AccountBaseline-Watchdog-On'));
  expect(watchdog.length).toBeGreaterThanOrEqual(9);
  expect(watchdog.filter(({ State }) => State !== 'ENABLED')).toEqual([]);
});
