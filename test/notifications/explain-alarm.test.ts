import { ENVIRONMENT } from './explainer-environment';
import { FilterLogEventsCommand, DescribeMetricFiltersCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  PublishCommand,
  type PublishCommandInput,
  SNSClient,
  SNSServiceException,
} from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../lib/notifications/explain-alarm.handler';
import type { CloudTrailEvent } from '../../emulator/metric-filters';
import { call, consoleCall, denied, identified, ROOT, root, signIn, user } from '../detections/events/record';
import { alarmOf, notified, START } from './alarm';
import { contextWith } from '../functions/cloudformation';
import { filterOf, LogGroup, refusal } from './log-group';

const MINUTE = 60_000;
const CHAT_TOPIC = 'arn:aws:sns:us-east-1:123456789012:chat';
const RAW_SUBJECT = 'ALARM: "AccountBaseline-Alarms-AlarmsRootUser-AbCdEf123456" in US East (N. Virginia)';
const ROOT_SIGN_IN = signIn(root(), 'Yes');

const logGroup = new LogGroup(ENVIRONMENT.LOG_GROUP);
const sns = mockClient(SNSClient);
const logged = jest.spyOn(console, 'error');

beforeEach(() => {
  logGroup.reset('RootUsed', 'RootUsedDirectly');
  sns.reset();
  sns.on(PublishCommand).callsFake(take);
  logged.mockReset().mockReturnValue(undefined);
});

afterEach(() => {
  for (const name of ['ACCOUNT_NAME', 'TOOLS', 'CHAT_TOPIC', 'NOTIFY_ON_OK'])
    Reflect.deleteProperty(process.env, name);
});

/**
 * Refuses what SNS, or the SDK on the way to it, refuses.
 * @see https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
 */
function take({ Subject, Message = '' }: PublishCommandInput): object {
  // Part of the request as a form: throws at half a surrogate pair.
  encodeURIComponent(Message);
  const taken =
    (Subject === undefined || /^[!-~][ -~]{0,99}$/.test(Subject)) &&
    Message !== '' &&
    Buffer.byteLength(Message) <= 262_144;
  if (!taken) throw snsRefusal('InvalidParameter');
  return {};
}

function snsRefusal(name: string): SNSServiceException {
  return new SNSServiceException({ name, message: 'no', $fault: 'client', $metadata: {} });
}

/** Calls the function and returns what it published. */
async function explain(
  alarm: string,
  subject: string | null = RAW_SUBJECT,
  remaining = MINUTE,
): Promise<PublishCommandInput[]> {
  await handler(notified(alarm, subject), contextWith(remaining));
  return published();
}

function published(): PublishCommandInput[] {
  return sns.commandCalls(PublishCommand).map(({ args: [{ input }] }) => input);
}

/** Subject and lines of the only message. */
async function only(alarm: string): Promise<{ subject: string; lines: string[] }> {
  const messages = await explain(alarm);
  expect(messages).toHaveLength(1);
  return { subject: messages[0]?.Subject ?? '', lines: messages[0]?.Message?.split('\n') ?? [] };
}

/** Titles of the events, with their numbers. */
function titlesIn(lines: readonly string[]): string[] {
  return lines.filter((line, index) => /^\d+\. /.test(line) && lines[index + 1]?.startsWith('Who: '));
}

/** Calls of root by number: the later, the higher. */
function putCalls(count: number): CloudTrailEvent[] {
  const events = Array.from({ length: count }, (_, index) =>
    identified(consoleCall('s3', `Call${index}`, ROOT), String(index)),
  );
  for (const [index, event] of events.entries()) logGroup.put(event, START + index);
  return events;
}

const callsIn = (lines: readonly string[]) =>
  lines.flatMap((line) => /^What: s3 (\w+)/.exec(line)?.[1] ?? []);

describe('the message', () => {
  test('of a root sign-in', async () => {
    logGroup.put(ROOT_SIGN_IN, START);
    expect(await explain(alarmOf('RootUser'))).toEqual([
      {
        TopicArn: ENVIRONMENT.TOPIC,
        Subject: '[CRITICAL] 123456789012: Root used directly',
        Message: `CRITICAL: Root used directly
Account 123456789012

1. Ask immediately who used root, and for which task.
2. If nobody did: change the root password, delete its access keys and unknown MFA devices.
Runbook: docs/runbooks/alarms.md#root-used-directly

1 event(s), newest first

1. Root used directly
Who:  root user, console, with MFA
What: signin ConsoleLogin
When: 2026-11-24 12:00:00 UTC
From: 198.51.100.7, Firefox on Linux, us-east-1
Root: may need root: was it planned?
Link: https://us-east-1.console.aws.amazon.com/cloudtrailv2/home?region=us-east-1#/events/${String(ROOT_SIGN_IN['eventID'])}`,
      },
    ]);
  });

  test('of several detections has the title of their signal, and each event that of its own', async () => {
    logGroup.reset('AccessKeyCreated', 'SignInWithoutMfa');
    const requestParameters = { userName: 'bob' };
    logGroup.put(signIn(user('bob'), 'No'), START);
    logGroup.put(call('iam', 'CreateAccessKey', user('alice', true), { requestParameters }), START + 1);
    const { subject, lines } = await only(alarmOf('Safeguards'));
    expect(subject).toBe('[HIGH] 123456789012: Safeguard disabled or new access path created');
    expect(lines[0]).toBe('HIGH: Safeguard disabled or new access path created');
    expect(lines.filter((line) => line.startsWith('Runbook:'))).toEqual([
      'Runbook: docs/runbooks/alarms.md#access-key-created',
      'Runbook: docs/runbooks/alarms.md#sign-in-without-mfa',
    ]);
    expect(lines).toContain('2 event(s), newest first');
    expect(titlesIn(lines)).toEqual(['1. Access key created', '2. Sign in without MFA']);
  });

  test('names the account when it has a name', async () => {
    process.env['ACCOUNT_NAME'] = 'production';
    logGroup.put(ROOT_SIGN_IN, START);
    const { subject, lines } = await only(alarmOf('RootUser'));
    expect(subject).toBe('[CRITICAL] production 123456789012: Root used directly');
    expect(lines[1]).toBe('Account production 123456789012');
  });

  test('says nothing of a record but who, what, when and from where', async () => {
    const secrets = {
      requestParameters: { userName: 'bob', password: 'SECRET1', tags: ['SECRET2'] },
      responseElements: { accessKey: { secretAccessKey: 'SECRET3' } },
      additionalEventData: { note: 'SECRET4' },
    };
    logGroup.put(consoleCall('iam', 'CreateLoginProfile', ROOT, secrets), START);
    const { lines } = await only(alarmOf('RootUser'));
    expect(lines).toContain('What: iam CreateLoginProfile (userName bob)');
    expect(lines.join()).not.toContain('SECRET');
  });

  test('is all that the function tells: its log stays empty', async () => {
    logGroup.put(ROOT_SIGN_IN, START);
    const printed = (['log', 'info', 'warn', 'error', 'debug'] as const).map((level) =>
      jest.spyOn(console, level),
    );
    await explain(alarmOf('RootUser'));
    for (const level of printed) expect(level).not.toHaveBeenCalled();
  });
});

describe('an event that two filters find', () => {
  test.each([
    ['as CloudWatch Logs sorts them', ['RootUsed', 'RootUsedDirectly']],
    // A hash behind the id can bring the longer name first.
    ['the other way round', ['RootUsedDirectly', 'RootUsed']],
  ])('is listed once with the more specific title: %s', async (_shows, detections) => {
    logGroup.reset(...detections);
    logGroup.put(ROOT_SIGN_IN, START);
    const { subject, lines } = await only(alarmOf('RootUser'));
    expect(titlesIn(lines)).toEqual(['1. Root used directly']);
    expect(lines).toContain('1 event(s), newest first');
    expect(subject).toBe('[CRITICAL] 123456789012: Root used directly');
  });

  test('has the title of the one that counts more, wherever CloudWatch Logs lists it', async () => {
    logGroup.reset('ChangedByHand', 'IamPolicyChanged');
    logGroup.put(call('iam', 'PutUserPolicy', user('bob')), START);
    expect(titlesIn((await only(alarmOf('Activity'))).lines)).toEqual(['1. Changed by hand']);
  });
});

describe('the filters that are read', () => {
  test('are those of the metric, with the patterns as they are deployed', async () => {
    logGroup.reset('AccessKeyCreated', 'CallDenied', 'RootUsed', 'SignInFailed', 'TrailChanged');
    const foreign = { metricName: 'RootUser', metricNamespace: 'Another', metricValue: '1' };
    logGroup.filters.unshift(
      { ...filterOf('AccountSettingsChanged'), metricTransformations: [foreign] },
      { filterName: 'without a metric', filterPattern: '{$.x=1}' },
    );
    logGroup.filters.push({ ...filterOf('RootUsedDirectly'), filterPattern: '{$.eventName="ConsoleLogin"}' });
    logGroup.put(ROOT_SIGN_IN, START);
    await explain(alarmOf('RootUser'));
    expect(logGroup.searched).toEqual([filterOf('RootUsed').filterPattern, '{$.eventName="ConsoleLogin"}']);
  });

  test.each([
    ['AccountBaseline-Alarms-AlarmsOnRootUsed-AbCdEf123456', 'Root used'],
    ['AccountBaseline-Alarms-AlarmsOnRootUsed0123ABCD-AbCdEf123456', 'Root used'],
    ['AccountBaseline-Alarms-AlarmsOnRootUsedFEDCBA98-ABCDEF123456', 'Root used'],
    // Prefixes and stacks of other apps can contain the word.
    ['ProdOnCall-Alarms-AlarmsOnSignInWithoutMfa0123ABCD-1A2B3C4D5E6F', 'Sign in without MFA'],
    ['On-OnCall-AlarmsOnCallDenied-1A2B3C4D5E6F', 'Call denied'],
    // The longest prefix, with every character of a stack name.
    [`${'Team-9'.repeat(20)}-Alarms-AlarmsOnIamPolicyChanged-x`, 'IAM policy changed'],
    ['AccountBaseline-Alarms-AlarmsOnNetworkAclChanged-x', 'Network ACL changed'],
    ['byhand', 'byhand'],
  ])('give their title to the event: %s makes %s', async (filterName, title) => {
    logGroup.reset();
    logGroup.filters.push({ ...filterOf('RootUsed'), filterName });
    logGroup.put(ROOT_SIGN_IN, START);
    const { subject, lines } = await only(alarmOf('RootUser'));
    expect(titlesIn(lines)).toEqual([`1. ${title}`]);
    expect(subject).toBe(`[CRITICAL] 123456789012: ${title}`);
  });
});

describe('the events', () => {
  test('are the newest 20, newest first; the rest is counted', async () => {
    putCalls(27);
    const { lines } = await only(alarmOf('RootUser'));
    expect(lines).toContain('27 event(s), newest first');
    expect(callsIn(lines)).toEqual(Array.from({ length: 20 }, (_, index) => `Call${26 - index}`));
    expect(titlesIn(lines).map((line) => parseInt(line))).toEqual(
      Array.from({ length: 20 }, (_, i) => i + 1),
    );
    expect(lines.slice(-2)).toEqual(['', '7 more in log group trail-logs']);
  });

  test('are all there when there are 20', async () => {
    putCalls(20);
    const { lines } = await only(alarmOf('RootUser'));
    expect(callsIn(lines)).toHaveLength(20);
    expect(lines.at(-1)).toMatch(/^Link: /);
  });

  test('of the same time are the other way round than the log has them', async () => {
    for (const event of putCalls(5)) logGroup.put(event, START + 9);
    logGroup.events.splice(0, 5);
    expect(callsIn((await only(alarmOf('RootUser'))).lines)).toEqual(
      [4, 3, 2, 1, 0].map((number) => `Call${number}`),
    );
  });

  test('of several filters are sorted together', async () => {
    logGroup.reset('CallDenied', 'ChangedByHand', 'SignInFailed');
    const bob = user('bob');
    logGroup.put(call('iam', 'PutUserPolicy', bob), START);
    logGroup.put(denied('s3', 'First', bob), START + 1);
    logGroup.put(call('ec2', 'CreateRoute', bob), START + 2);
    logGroup.put(denied('s3', 'Second', bob), START + 3);
    expect(titlesIn((await only(alarmOf('Activity'))).lines)).toEqual([
      '1. Call denied',
      '2. Changed by hand',
      '3. Call denied',
      '4. Changed by hand',
    ]);
  });

  test('begin with the period that raised the alarm', async () => {
    const [early] = putCalls(2);
    logGroup.events.length = 0;
    logGroup.put(early ?? '', START - 1);
    logGroup.put(ROOT_SIGN_IN, START);
    expect((await only(alarmOf('RootUser'))).lines).toContain('1 event(s), newest first');
    const [search] = logGroup.mock.commandCalls(FilterLogEventsCommand);
    expect(search?.args[0].input).toMatchObject({ logGroupName: 'trail-logs', startTime: START });
  });

  test.each(['null', '5', '"x"', '[]', 'no JSON', '{"eventName":'])(
    'may be anything that the log has: %s',
    async (line) => {
      logGroup.reset();
      logGroup.filters.push({ ...filterOf('RootUsed'), filterPattern: '' });
      logGroup.put(line, START);
      const { lines } = await only(alarmOf('RootUser'));
      expect(titlesIn(lines)).toEqual(['1. Root used']);
    },
  );
});

describe('when the time runs out', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: START + 10 * MINUTE });
    logGroup.onSearch = () => {
      jest.setSystemTime(Date.now() + 10_000);
    };
  });
  afterEach(() => jest.useRealTimers());

  test('15 seconds are left to tell at least what was found', async () => {
    logGroup.reset('RootUsed');
    logGroup.onSearch = () => {
      jest.setSystemTime(Date.now() + 10_000);
    };
    putCalls(9);
    const { lines } = await only(alarmOf('RootUser'));
    expect(Date.now()).toBe(START + 10 * MINUTE + 50_000);
    expect(lines).toContain('At least 4 event(s), newest first');
  });

  test('with one filter, it is "at least" though the next one is read to its end', async () => {
    putCalls(9);
    logGroup.filters.splice(1, 1, { ...filterOf('RootUsedDirectly'), filterPattern: '{$.eventName="None"}' });
    expect((await only(alarmOf('RootUser'))).lines).toContain('At least 4 event(s), newest first');
  });

  test('at the last page, the number is exact', async () => {
    logGroup.reset('RootUsed');
    logGroup.onSearch = () => {
      jest.setSystemTime(Date.now() + 15_000);
    };
    putCalls(4);
    expect((await only(alarmOf('RootUser'))).lines).toContain('4 event(s), newest first');
  });
});

describe('when no event is found', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  /** Published by a look, and by the second one. */
  async function twoLooks(alarm: string, between: () => void): Promise<number[]> {
    const done = explain(alarm);
    await jest.advanceTimersByTimeAsync(4999);
    const before = published().length;
    between();
    await jest.advanceTimersByTimeAsync(1);
    await done;
    return [before, published().length];
  }

  test('a second look after five seconds may find it', async () => {
    const put = () => {
      logGroup.put(ROOT_SIGN_IN, START);
    };
    expect(await twoLooks(alarmOf('RootUser'), put)).toEqual([0, 1]);
    expect(published()[0]?.Message).toContain('\n1 event(s), newest first\n');
  });

  test('the message has the unmodified alarm', async () => {
    const alarm = alarmOf('RootUser');
    expect(await twoLooks(alarm, () => undefined)).toEqual([0, 1]);
    expect(published()).toEqual([
      {
        TopicArn: ENVIRONMENT.TOPIC,
        Subject: '[CRITICAL] 123456789012: Root user used',
        Message: `CRITICAL: Root user used
Account 123456789012

1. Ask immediately who used root, and for which task.
2. If nobody did: change the root password, delete its access keys and unknown MFA devices.

No event found. The unmodified alarm:
${alarm}`,
      },
    ]);
  });

  test('because no filter is left, it is the same', async () => {
    logGroup.reset();
    await twoLooks(alarmOf('RootUser'), () => undefined);
    expect(published()[0]?.Message).toContain('No event found.');
  });

  test('chat shows the alarm in a code block', async () => {
    process.env['CHAT_TOPIC'] = CHAT_TOPIC;
    await twoLooks(alarmOf('RootUser'), () => undefined);
    expect(chatContent().description).toMatch(/^```No event found\.[^`]*```$/);
  });
});

describe('whatever goes wrong, the unmodified alarm goes to the topic:', () => {
  const alarm = alarmOf('RootUser');
  const raw = {
    TopicArn: ENVIRONMENT.TOPIC,
    Subject: 'ALARM: AccountBaseline-Alarms-AlarmsRootUser-AbCdEf123456 in US East (N. Virginia)',
  };

  test.each<[shows: string, message: string]>([
    ['it is no JSON', 'budget exceeded'],
    ['it is null', 'null'],
    ['it is no alarm', '{"hello":"world"}'],
    ['it is a list', '[]'],
    ['it has no description', alarmOf('RootUser', { AlarmDescription: null })],
    ['it has no metric', alarmOf('RootUser', { Trigger: undefined })],
    ['somebody set its state by hand', alarmOf('RootUser', { NewStateReason: 'test' })],
    ['its reason is missing', alarmOf('RootUser', { NewStateReason: undefined })],
    ['its reason has no time', alarmOf('RootUser', { NewStateReason: 'Threshold Crossed: no datapoints' })],
  ])('%s', async (_shows, message) => {
    logGroup.put(ROOT_SIGN_IN, START);
    expect(await explain(message)).toEqual([{ ...raw, Message: message }]);
    expect(logged).toHaveBeenCalledTimes(1);
  });

  test.each([
    ['the filters', DescribeMetricFiltersCommand, 'AccessDeniedException'],
    ['the events', FilterLogEventsCommand, 'ThrottlingException'],
  ] as const)('CloudWatch Logs refuses %s', async (_shows, command, name) => {
    const error = refusal(name, 'no');
    logGroup.mock.on(command).rejects(error);
    expect(await explain(alarm)).toEqual([{ ...raw, Message: alarm }]);
    expect(logged.mock.calls).toEqual([[error]]);
  });

  test('the second page of events is refused', async () => {
    putCalls(3);
    logGroup.onSearch = () => {
      if (logGroup.searches > 2) throw refusal('ThrottlingException', 'no');
    };
    expect(await explain(alarm)).toEqual([{ ...raw, Message: alarm }]);
  });

  test('SNS refuses the explanation', async () => {
    logGroup.put(ROOT_SIGN_IN, START);
    sns.on(PublishCommand).rejectsOnce(snsRefusal('Throttled')).callsFake(take);
    expect((await explain(alarm)).at(-1)).toEqual({ ...raw, Message: alarm });
  });

  test('chat refuses: people read both', async () => {
    process.env['CHAT_TOPIC'] = CHAT_TOPIC;
    logGroup.put(ROOT_SIGN_IN, START);
    sns.on(PublishCommand, { TopicArn: CHAT_TOPIC }).rejects(snsRefusal('NotFound'));
    expect((await explain(alarm)).map(({ TopicArn, Subject }) => [TopicArn, Subject])).toEqual([
      [ENVIRONMENT.TOPIC, '[CRITICAL] 123456789012: Root used directly'],
      [CHAT_TOPIC, '[CRITICAL] 123456789012: Root used directly'],
      [ENVIRONMENT.TOPIC, raw.Subject],
    ]);
  });

  test('without a subject if it had none', async () => {
    expect(await explain('budget exceeded', null)).toEqual([
      { TopicArn: ENVIRONMENT.TOPIC, Message: 'budget exceeded' },
    ]);
  });

  test('and when even that is refused, the call fails: its failure destination gets the event', async () => {
    const error = snsRefusal('KMSDisabled');
    sns.on(PublishCommand).rejects(error);
    logGroup.put(ROOT_SIGN_IN, START);
    await expect(explain(alarm)).rejects.toBe(error);
  });
});

describe('the subject', () => {
  const long = 'x'.repeat(300);

  test.each<[shows: string, AlarmDescription: string, account: string | undefined]>([
    ['is short', `CRITICAL: ${long}`, undefined],
    ['is short with a long name', 'CRITICAL: title', long],
    ['has one line', 'CRIT\r\u2028ICAL: ti\u0000tle\u007f\u0085', 'a\nb'],
    ['is ASCII', 'CRITICAL: tïtle 🔑', 'Prodüction 鍵'],
    ['has no empty begin', '\t \n', '  '],
    ['is there without a description', '', undefined],
    ['is there without a severity', 'my own words', undefined],
  ])('%s', async (_shows, AlarmDescription, account) => {
    if (account) process.env['ACCOUNT_NAME'] = account;
    logGroup.reset('RootUsed');
    logGroup.filters.push(filterOf('AccessKeyCreated', 'RootUser'));
    logGroup.put(call('iam', 'CreateAccessKey', ROOT), START);
    logGroup.put(ROOT_SIGN_IN, START);
    const { subject } = await only(alarmOf('RootUser', { AlarmDescription }));
    expect(subject).toMatch(/^[!-~][ -~]{0,99}$/);
  });

  test.each([
    ['lines', 'ALARM: ä\r\nBcc: x'],
    ['many characters', long],
    ['no ASCII', '🔑'.repeat(99)],
    ['nothing to see', '\u0000'],
  ])('of a raw alarm is so too if it had %s', async (_shows, before) => {
    const [message] = await explain('no JSON', before);
    expect(message?.Subject ?? 'none').toMatch(/^[!-~][ -~]{0,99}$/);
  });
});

describe('an alarm that is over', () => {
  const over = alarmOf('RootUser', { NewStateValue: 'OK', OldStateValue: 'ALARM' });

  test.each([{}, { TOOLS: 'true', CHAT_TOPIC }])('is told in short, as it came: %j', async (options) => {
    Object.assign(process.env, { NOTIFY_ON_OK: 'true', ...options });
    expect(await explain(over)).toEqual([
      { TopicArn: ENVIRONMENT.TOPIC, Subject: '[OVER] 123456789012: Root user used', Message: over },
    ]);
    expect(logGroup.searched).toEqual([]);
  });

  test('is not told so when nobody asked', async () => {
    logGroup.put(ROOT_SIGN_IN, START);
    expect((await only(over)).subject).not.toContain('OVER');
  });

  test('does not keep those that ring from being explained', async () => {
    process.env['NOTIFY_ON_OK'] = 'true';
    logGroup.put(ROOT_SIGN_IN, START);
    expect((await only(alarmOf('RootUser'))).subject).toBe('[CRITICAL] 123456789012: Root used directly');
  });
});

describe('the message with tools', () => {
  beforeEach(() => {
    process.env['TOOLS'] = 'true';
  });

  interface Structured {
    readonly default: string;
    readonly https: string;
  }

  async function structured(): Promise<Structured & { bytes: number }> {
    const [message, ...more] = await explain(alarmOf('RootUser'));
    expect(more).toEqual([]);
    expect(message).toMatchObject({ TopicArn: ENVIRONMENT.TOPIC, MessageStructure: 'json' });
    const Message = message?.Message ?? '';
    return { ...(JSON.parse(Message) as Structured), bytes: Buffer.byteLength(Message) };
  }

  test('has the text for people, and the alarm with its events for HTTPS', async () => {
    logGroup.put(ROOT_SIGN_IN, START);
    const { default: text, https } = await structured();
    Reflect.deleteProperty(process.env, 'TOOLS');
    sns.resetHistory();
    expect((await only(alarmOf('RootUser'))).lines).toEqual(text.split('\n'));
    expect(JSON.parse(https)).toEqual({
      severity: 'CRITICAL',
      title: 'Root used directly',
      account: '123456789012',
      alarm: JSON.parse(alarmOf('RootUser')),
      count: 1,
      findings: [{ detection: 'RootUsedDirectly', event: ROOT_SIGN_IN }],
    });
  });

  test.each([
    ['letters', 'x', 256],
    ['quotes, which JSON makes longer', '"', 128],
    ['characters of three bytes', '鍵', 85],
  ])('fits into SNS with 20 events of 256 KB: %s', async (_shows, character, thousands) => {
    const padding = character.repeat(thousands * 1000);
    for (let index = 0; index < 20; index++) logGroup.put({ ...ROOT_SIGN_IN, padding }, START + index);
    const { default: text, https, bytes } = await structured();
    expect(bytes).toBeLessThanOrEqual(262_144);
    expect(titlesIn(text.split('\n'))).toHaveLength(20);
    expect(JSON.parse(https)).toMatchObject({ count: 20, findings: [] });
  });

  test('has as many of the newest events as fit', async () => {
    for (const event of putCalls(20)) logGroup.put({ ...event, padding: 'x'.repeat(20_000) }, START + MINUTE);
    logGroup.events.splice(0, 20);
    const { findings } = JSON.parse((await structured()).https) as { findings: { event: CloudTrailEvent }[] };
    expect(findings.map(({ event }) => event['eventName'])).toEqual(
      Array.from({ length: findings.length }, (_, index) => `Call${19 - index}`),
    );
    expect(findings.length).toBeGreaterThan(8);
    expect(findings.length).toBeLessThan(13);
  });
});

/** A custom notification. @see https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html */
interface Notification {
  readonly version: string;
  readonly source: string;
  readonly content: { readonly description: string };
}

function chatContent(): Notification['content'] {
  const message = published().find(({ TopicArn }) => TopicArn === CHAT_TOPIC)?.Message ?? '{}';
  return (JSON.parse(message) as Notification).content;
}

describe('the message for chat', () => {
  beforeEach(() => {
    process.env['CHAT_TOPIC'] = CHAT_TOPIC;
  });

  test('is a custom notification of Amazon Q Developer, besides the one for people', async () => {
    logGroup.put(ROOT_SIGN_IN, START);
    const [people, chat, ...more] = await explain(alarmOf('RootUser'));
    expect(more).toEqual([]);
    expect(people?.TopicArn).toBe(ENVIRONMENT.TOPIC);
    expect(chat).toMatchObject({ TopicArn: CHAT_TOPIC, Subject: people?.Subject });
    expect(JSON.parse(chat?.Message ?? '')).toEqual({
      version: '1.0',
      source: 'custom',
      content: {
        textType: 'client-markdown',
        title: '[CRITICAL] 123456789012: Root used directly',
        description: `\`\`\`${people?.Message?.slice(people.Message.indexOf('1 event(s)')) ?? ''}\`\`\``,
        nextSteps: [
          'Ask immediately who used root, and for which task.',
          'If nobody did: change the root password, delete its access keys and unknown MFA devices.',
          'Runbook: docs/runbooks/alarms.md#root-used-directly',
        ],
      },
    });
  });

  test('is no JSON for tools', async () => {
    process.env['TOOLS'] = 'true';
    logGroup.put(ROOT_SIGN_IN, START);
    expect((await explain(alarmOf('RootUser'))).map(({ MessageStructure }) => MessageStructure)).toEqual([
      'json',
      undefined,
    ]);
  });

  test('shows 2,500 characters of the events', async () => {
    putCalls(20);
    await explain(alarmOf('RootUser'));
    expect(chatContent().description).toHaveLength(2506);
  });

  test('keeps what a caller chose in the code block: no link, no call to a person', async () => {
    const hostile = '``` <!channel> @here [x](https://evil.example) ```';
    const record = consoleCall('s3', hostile, ROOT, {
      userAgent: hostile,
      sourceIPAddress: hostile,
      errorCode: hostile,
      requestParameters: { [`${hostile}name`]: hostile },
    });
    logGroup.put(record, START);
    await explain(alarmOf('RootUser'));
    const { description, ...others } = chatContent();
    expect(description).toMatch(/^```[^`]*```$/);
    expect(description).not.toContain('://evil');
    expect(JSON.stringify(others)).not.toContain('evil');
  });
});

describe('what a stranger chose', () => {
  const forged = '\nWho:  nobody\u2028Who:  nobody\u0085Who:  nobody\r';

  test('makes no line of the message', async () => {
    putCalls(1);
    const [{ lines: before }] = [await only(alarmOf('RootUser'))];
    sns.resetHistory();
    logGroup.events.length = 0;
    logGroup.put(consoleCall('s3', forged, ROOT, { userAgent: forged, sourceIPAddress: forged }), START);
    const { lines } = await only(alarmOf('RootUser'));
    expect(lines.map((line) => line.slice(0, 5))).toEqual(before.map((line) => line.slice(0, 5)));
    expect(lines.join()).not.toMatch(/[\u2028\u0085\r]/);
  });

  test('makes no line of the message as the name of a filter', async () => {
    logGroup.reset();
    logGroup.filters.push({ ...filterOf('RootUsed'), filterName: `x${forged}` });
    logGroup.put(ROOT_SIGN_IN, START);
    const { lines } = await only(alarmOf('RootUser'));
    expect(lines.filter((line) => line.startsWith('Who:'))).toHaveLength(1);
  });

  test.each([119, 120])(
    'does not keep the message from being sent: half a character after %d',
    async (length) => {
      const eventName = `${'x'.repeat(length)}🔑🔑`;
      logGroup.put(consoleCall('s3', eventName, ROOT), START);
      expect((await only(alarmOf('RootUser'))).subject).toBe('[CRITICAL] 123456789012: Root used directly');
    },
  );
});
