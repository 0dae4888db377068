import fc from 'fast-check';
// First: the function reads variables when it is loaded.
import { ENVIRONMENT } from '../notifications/explainer-environment';
import { DescribeAccountCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { PublishCommand, type PublishCommandInput, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../lib/notifications/explain-alarm.handler';
import { root, signIn } from '../detections/events/record';
import { contextWith } from '../functions/cloudformation';
import { alarmOf, notified, START } from '../notifications/alarm';
import { LogGroup } from '../notifications/log-group';
import { take } from '../notifications/sns';
import { hostile, mischief } from './mischief';
import { runs } from './runs';

const CHAT_TOPIC = 'arn:aws:sns:us-east-1:123456789012:chat';

const anything = fc.oneof(
  { weight: 4, arbitrary: hostile },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  // SNS accepts 262,144 bytes.
  {
    weight: 1,
    arbitrary: fc.constantFrom('a.', 'x\n', '\u{1F600}', '\u3002a', '"\\').map((text) => text.repeat(50_000)),
  },
  { weight: 1, arbitrary: fc.constantFrom('a', 1, null).map((one) => Array<unknown>(20_000).fill(one)) },
);

/** Alarms of the baseline in which somebody has changed fields, and what is not an alarm at all. */
const message = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .record(
        {
          AlarmName: anything,
          AlarmDescription: fc.oneof(
            anything,
            fc.array(hostile, { maxLength: 5 }).map((lines) => lines.join('\n')),
          ),
          NewStateValue: fc.oneof(fc.constantFrom('OK', 'ALARM', 'INSUFFICIENT_DATA'), anything),
          NewStateReason: anything,
          StateChangeTime: fc.oneof(
            fc.constantFrom('', '9999-99-99', '2026-11-24T12:02:41.000+0000'),
            anything,
          ),
          AlarmArn: fc.oneof(
            { weight: 4, arbitrary: fc.constant(`${ENVIRONMENT.ALARMS}AlarmsRootUser-x`) },
            { weight: 1, arbitrary: hostile.map((text) => `${ENVIRONMENT.ALARMS}${text}`) },
          ),
          Trigger: fc.oneof(
            anything,
            fc.record({
              MetricName: fc.oneof(fc.constant('RootUser'), anything),
              Namespace: fc.oneof(fc.constant('Baseline'), anything),
              Period: fc.oneof(fc.integer(), anything),
            }),
          ),
          Now: anything,
        },
        { requiredKeys: [] },
      )
      .map((fields) => alarmOf('RootUser', fields)),
  },
  {
    weight: 1,
    arbitrary: fc.oneof(
      hostile,
      fc.json(),
      anything.map((value) => JSON.stringify({ AlarmArn: value })),
    ),
  },
);

const environment = fc.record(
  {
    ACCOUNT_NAME: fc.constant('production'),
    ORGANIZATION: fc.constant('1'),
    TOOLS: fc.constant('1'),
    CHAT_TOPIC: fc.constant(CHAT_TOPIC),
  },
  { requiredKeys: [] },
);

const logGroup = new LogGroup(ENVIRONMENT.LOG_GROUP);
const sns = mockClient(SNSClient);
const organizations = mockClient(OrganizationsClient);
const NAMES = ['ACCOUNT_NAME', 'ORGANIZATION', 'TOOLS', 'CHAT_TOPIC'];

beforeAll(() => {
  jest.spyOn(console, 'error').mockReturnValue(undefined);
  // The second search would wait for five seconds.
  jest.spyOn(global, 'setTimeout').mockImplementation((callback) => {
    callback();
    return undefined as unknown as NodeJS.Timeout;
  });
});

afterAll(() => {
  jest.restoreAllMocks();
  for (const name of NAMES) Reflect.deleteProperty(process.env, name);
});

/** What the function publishes about a message, as SNS takes it. */
async function publishedFor(
  text: string,
  variables: Readonly<Record<string, string>>,
  name: string,
): Promise<PublishCommandInput[]> {
  for (const each of NAMES) Reflect.deleteProperty(process.env, each);
  Object.assign(process.env, variables);
  logGroup.reset('RootUsed');
  logGroup.put({ ...signIn(root(), 'Yes'), recipientAccountId: '111111111111' }, START);
  organizations.reset();
  organizations.on(DescribeAccountCommand).resolves({ Account: { Name: name } });
  sns.reset();
  const taken: PublishCommandInput[] = [];
  sns.on(PublishCommand).callsFake((input: PublishCommandInput) => {
    const answer = take(input);
    taken.push(input);
    return answer;
  });
  await handler(notified(text, null), contextWith(60_000));
  return taken;
}

/** Links of ours. */
const OURS =
  /^Runbook: docs\/runbooks\/alarms\.md#[\w-]+$|https:\/\/aws\.amazon\.com\/|^Link: https:\/\/[\w-]+\.console\.aws\.amazon\.com\/\S*$|docs\/runbooks\/[\w.#-]+/;

/** Texts in a value, line by line. */
function linesOf(value: unknown): string[] {
  if (typeof value === 'string') return value.split('\n');
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(linesOf) : [];
}

/** The lines that people read: of a message that is an alarm as JSON, those of its fields. */
function shown({ TopicArn, Message = '', MessageStructure }: PublishCommandInput): string[] {
  if (TopicArn === CHAT_TOPIC) {
    const { content } = JSON.parse(Message) as { content: { description: string } };
    const [before, code = '', ...after] = content.description.split('```');
    // One block of code, which nothing in it ends.
    expect([before, ...after]).toEqual(['', '']);
    // Where the alarm as JSON is in it, it may be cut off.
    return linesOf({ ...content, textType: '', description: code.replace(/\\[n"]/g, ' ') });
  }
  const text = MessageStructure === 'json' ? (JSON.parse(Message) as { default: string }).default : Message;
  // The alarm as JSON, alone or among words.
  return linesOf(text.replace(/^\{\n[^]*?\n\}$/m, (json) => linesOf(JSON.parse(json)).join('\n')));
}

/** One of each kind of message, which random ones may miss. */
const KINDS: [string, Record<string, string>, string][] = [
  [alarmOf('RootUser'), {}, 'a'],
  [alarmOf('RootUser', { NewStateValue: 'OK' }), {}, 'a'],
  [alarmOf('RootUser', { StateChangeTime: 'never' }), {}, 'a'],
  ['hello', {}, 'a'],
];

test('whatever message comes, people get one that SNS takes, without a link, markup, or a mention that is not ours', async () => {
  const subjects = new Set<string>();
  await fc.assert(
    fc.asyncProperty(message, environment, hostile, async (text, variables, name) => {
      const published = await publishedFor(text, variables, name);
      const topics = published.map(({ TopicArn }) => TopicArn);
      expect(topics.filter((topic) => topic === ENVIRONMENT.TOPIC)).toHaveLength(1);
      expect(topics.length).toBeLessThanOrEqual(variables.CHAT_TOPIC === undefined ? 1 : 2);
      for (const one of published) {
        subjects.add(one.Subject?.slice(0, 6) ?? '');
        const lines = shown(one).map((line) => line.replace(OURS, ''));
        expect(lines.flatMap(mischief)).toEqual([]);
      }
    }),
    { ...runs(120), examples: KINDS },
  );
  // Explained, over, without its events, and from somebody else.
  expect([...subjects]).toEqual(expect.arrayContaining(['[CRITI', '[OVER]', 'ALARM:', '[UNKNO']));
});
