import { ENVIRONMENT } from './explainer-environment';
import { FilterLogEventsCommand, DescribeMetricFiltersCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeAccountCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { PublishCommand, type PublishCommandInput, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { handler } from '../../lib/notifications/explain-alarm.handler';
import type { CloudTrailEvent } from '../../emulator/metric-filters';
import {
  call,
  consoleCall,
  denied,
  failedSignIn,
  identified,
  ROOT,
  root,
  signIn,
  user,
} from '../detections/events/record';
import { alarmOf, notified, START } from './alarm';
import { contextWith } from '../functions/cloudformation';
import { filterOf, LogGroup, refusal } from './log-group';
import { snsRefusal, take } from './sns';

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
  for (const name of ['ACCOUNT_NAME', 'ORGANIZATION', 'TOOLS', 'CHAT_TOPIC'])
    Reflect.deleteProperty(process.env, name);
});

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

/** What recipients get of an alarm whose events are unknown; the function cleans the reason. */
function plain(alarm: string, Now?: string): string {
  const { NewStateReason, ...others } = JSON.parse(alarm) as Record<string, unknown>;
  const names = ['AlarmName', 'AlarmArn', 'AlarmDescription', 'NewStateValue', 'NewStateReason'];
  const reason = typeof NewStateReason === 'string' ? { NewStateReason: cleanReason(NewStateReason) } : {};
  return JSON.stringify({ ...others, ...reason, Now }, [...names, 'StateChangeTime', 'Now'], 1);
}

/** The same, when the events could not be read. */
const unread = (alarm: string) =>
  plain(alarm, 'Read the events in log group trail-logs, then follow AlarmDescription.');

const ASK_ABOUT_ROOT =
  'Now: Ask the holders of the root password whether this was planned. If not, change the root password.';

const cleanReason = (reason: string) =>
  reason
    .replace(/[[\]()>"]+/g, ' ')
    .replace(/ +/g, ' ')
    .trim();

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

1 event

1. Root used directly
Who:  root user, console, with MFA
What: signin ConsoleLogin succeeded
When: 2026-11-24 12:00:00 UTC
From: 198.51.100.7, Firefox on Linux, us-east-1
Root: may need root: was it planned?
Link: https://us-east-1.console.aws.amazon.com/cloudtrailv2/home?region=us-east-1#/events/${String(ROOT_SIGN_IN['eventID'])}

${ASK_ABOUT_ROOT}`,
      },
    ]);
  });

  test('of several detections has the title of their signal, and each event that of its own', async () => {
    logGroup.reset('AccessKeyCreated', 'UserChanged');
    const requestParameters = { userName: 'bob' };
    logGroup.put(call('iam', 'CreateUser', user('alice', true), { requestParameters }), START);
    logGroup.put(call('iam', 'CreateAccessKey', user('alice', true), { requestParameters }), START + 1);
    const { subject, lines } = await only(alarmOf('Access'));
    expect(subject).toBe('[HIGH] 123456789012: New access path created');
    expect(lines[0]).toBe('HIGH: New access path created');
    expect(lines.filter((line) => line.startsWith('Runbook:'))).toEqual([
      'Runbook: docs/runbooks/alarms.md#access-key-created',
      'Runbook: docs/runbooks/alarms.md#user-changed',
    ]);
    expect(lines).toContain('2 events, the newest of each kind first');
    expect(titlesIn(lines)).toEqual(['1. Access key created', '2. User changed']);
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
    expect(lines).toContain('What: iam CreateLoginProfile: user bob, password (not shown)');
    expect(lines.join()).not.toContain('SECRET');
  });

  test('ends with what to do about the heaviest event', async () => {
    logGroup.reset('AccessKeyCreated', 'UserChanged');
    logGroup.put(call('iam', 'CreateUser', user('alice', true)), START + 1);
    logGroup.put(call('iam', 'CreateAccessKey', user('bob')), START);
    expect((await only(alarmOf('Access'))).lines.slice(-2)).toEqual([
      '',
      'Now: Ask the person behind IAM user bob whether this was planned. If not, deactivate access key AKIAIOSFODNN7EXAMPLE.',
    ]);
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
    expect(lines).toContain('1 event');
    expect(subject).toBe('[CRITICAL] 123456789012: Root used directly');
  });

  test('has the title of the one that counts more, wherever CloudWatch Logs lists it', async () => {
    logGroup.reset('SensitiveCallDenied', 'CallDenied');
    logGroup.put(denied('cloudtrail', 'StopLogging', user('bob')), START);
    expect(titlesIn((await only(alarmOf('Attempts'))).lines)).toEqual(['1. Sensitive call denied']);
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
    expect(logGroup.searched).toEqual(['{$.eventName="ConsoleLogin"}', filterOf('RootUsed').filterPattern]);
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
    expect(lines).toContain('27 events, the newest of each kind first');
    expect(callsIn(lines)).toEqual(Array.from({ length: 20 }, (_, index) => `Call${26 - index}`));
    expect(titlesIn(lines).map((line) => parseInt(line))).toEqual(
      Array.from({ length: 20 }, (_, i) => i + 1),
    );
    expect(lines.slice(-4)).toEqual(['', '7 more in log group trail-logs', '', ASK_ABOUT_ROOT]);
  });

  test('are all there when there are 20', async () => {
    putCalls(20);
    const { lines } = await only(alarmOf('RootUser'));
    expect(callsIn(lines)).toHaveLength(20);
    expect(lines.at(-3)).toMatch(/^Link: /);
  });

  test('that CloudTrail delivers twice are counted and shown once', async () => {
    for (const event of putCalls(2)) logGroup.put(event, START + 5);
    const { lines } = await only(alarmOf('RootUser'));
    expect(lines).toContain('2 events, the newest of each kind first');
    expect(titlesIn(lines)).toHaveLength(2);
  });

  test('that a forged one with the same ID would hide are told', async () => {
    const [event] = putCalls(1);
    logGroup.put({ ...event, eventName: 'ListBuckets' }, START + 5);
    expect(callsIn((await only(alarmOf('RootUser'))).lines).sort()).toEqual(['Call0', 'ListBuckets']);
  });

  test('of the same time are the other way round than the log has them', async () => {
    for (const event of putCalls(5)) logGroup.put(event, START + 9);
    logGroup.events.splice(0, 5);
    expect(callsIn((await only(alarmOf('RootUser'))).lines)).toEqual(
      [4, 3, 2, 1, 0].map((number) => `Call${number}`),
    );
  });

  test('of several detections take turns, the heaviest first', async () => {
    logGroup.reset('CallDenied', 'IamPolicyChanged', 'SignInFailed');
    const bob = user('bob');
    logGroup.put(call('iam', 'PutUserPolicy', bob), START);
    logGroup.put(denied('s3', 'First', bob), START + 1);
    logGroup.put(call('iam', 'CreatePolicy', bob), START + 2);
    logGroup.put(denied('s3', 'Second', bob), START + 3);
    logGroup.put(denied('s3', 'Third', bob), START + 4);
    expect(titlesIn((await only(alarmOf('Attempts'))).lines)).toEqual([
      '1. Call denied',
      '2. IAM policy changed',
      '3. Call denied',
      '4. IAM policy changed',
      '5. Call denied',
    ]);
  });

  test('of a flood hide no heavier one, in no channel', async () => {
    Object.assign(process.env, { TOOLS: 'true', CHAT_TOPIC });
    logGroup.reset('CallDenied', 'IamPolicyChanged', 'SignInFailed');
    const bob = user('bob');
    logGroup.put(call('iam', 'AttachUserPolicy', bob), START);
    logGroup.put(failedSignIn(bob), START + 1);
    logGroup.pageSize = 10_000;
    for (let index = 0; index < 500; index++)
      logGroup.put(denied('s3', `Call${index}`, bob), START + 2 + index);
    const [message, chat] = await explain(alarmOf('Attempts'));
    const { default: text, https } = JSON.parse(message?.Message ?? '') as Record<string, string>;
    expect(text).toContain('502 events, the newest of each kind first');
    expect(titlesIn((text ?? '').split('\n'))).toEqual([
      '1. Sign in failed',
      '2. Call denied',
      '3. IAM policy changed',
      ...Array.from({ length: 17 }, (_, index) => `${index + 4}. Call denied`),
    ]);
    expect(JSON.parse(https ?? '')).toMatchObject({
      findings: expect.arrayContaining([
        {
          detection: 'IamPolicyChanged',
          event: expect.objectContaining({ eventName: 'AttachUserPolicy' }) as unknown,
        },
      ]) as unknown,
    });
    expect(chat?.Message).toContain('AttachUserPolicy');
    expect(chat?.Message).toContain('Sign in failed');
  });

  test('of 21 detections leave a place for the 20 heaviest', async () => {
    logGroup.reset();
    for (let weight = 1; weight <= 21; weight++) {
      const metric = { metricName: 'Activity', metricNamespace: 'Baseline', metricValue: String(weight) };
      logGroup.filters.push({
        filterName: `AccountBaseline-Alarms-AlarmsOnKind${'ABCDEFGHIJKLMNOPQRSTU'[weight - 1] ?? ''}x-x`,
        filterPattern: `{$.eventName="Call${weight}"}`,
        metricTransformations: [metric],
      });
      for (let index = 0; index < 3; index++)
        logGroup.put(denied('s3', `Call${weight}`, ROOT), START + index);
    }
    expect(callsIn((await only(alarmOf('Activity'))).lines)).toEqual(
      Array.from({ length: 20 }, (_, index) => `Call${21 - index}`),
    );
  });

  describe('were delivered since the period that raised the alarm began', () => {
    const CHANGE = Date.parse('2026-11-24T12:06:41Z');

    test.each([
      // Minutes before the alarm, and whether the event is told.
      ['a period of a minute', 60, [0, 1, 2, 3.9], [4.1, 10]],
      ['a period of five minutes', 300, [0, 5, 7.9], [8.1, 20]],
    ] as const)('%s', async (_shows, Period, told, before) => {
      const { Trigger } = JSON.parse(alarmOf('RootUser')) as { Trigger: object };
      const StateChangeTime = new Date(CHANGE).toISOString();
      const alarm = alarmOf('RootUser', { StateChangeTime, Trigger: { ...Trigger, Period } });
      for (const minutes of [...told, ...before]) {
        const delivered = CHANGE - minutes * MINUTE;
        // The time of the event is earlier than that of its delivery.
        for (const late of [0, 15]) {
          const event = consoleCall('s3', `Call${minutes * 10}x${late}`, ROOT);
          logGroup.put(event, delivered - late * MINUTE, delivered);
        }
      }
      expect(callsIn((await only(alarm)).lines).sort()).toEqual(
        told.flatMap((minutes) => [`Call${minutes * 10}x0`, `Call${minutes * 10}x15`]).sort(),
      );
    });

    test('whatever date the reason names: anyone who may set the state chooses it', async () => {
      logGroup.put(ROOT_SIGN_IN, START - 24 * 60 * MINUTE);
      logGroup.put(consoleCall('s3', 'Now', ROOT), START);
      const NewStateReason = 'Threshold Crossed: 1 datapoint [1.0 (23/11/26 11:00:00)]';
      expect(callsIn((await only(alarmOf('RootUser', { NewStateReason }))).lines)).toEqual(['Now']);
      const [search] = logGroup.mock.commandCalls(FilterLogEventsCommand);
      expect(search?.args[0].input.startTime).toBeGreaterThan(START - 2 * 60 * MINUTE);
    });
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
    expect(lines).toContain('At least 4 events, the newest of each kind first');
  });

  test('with one filter, it is "at least" though the next one is read to its end', async () => {
    putCalls(9);
    logGroup.filters.splice(1, 1, { ...filterOf('RootUsedDirectly'), filterPattern: '{$.eventName="None"}' });
    expect((await only(alarmOf('RootUser'))).lines).toContain(
      'At least 4 events, the newest of each kind first',
    );
  });

  test('at the last page, the number is exact', async () => {
    logGroup.reset('RootUsed');
    logGroup.onSearch = () => {
      jest.setSystemTime(Date.now() + 15_000);
    };
    putCalls(4);
    expect((await only(alarmOf('RootUser'))).lines).toContain('4 events, the newest of each kind first');
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
    expect(published()[0]?.Message).toContain('\n1 event\n');
  });

  test('the message has the alarm', async () => {
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

No event found. The alarm:
${plain(alarm)}

Now: Ask immediately who used root, and for which task.`,
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

describe('a message that is not from one of our alarms', () => {
  const arn = (text: string) => ({ AlarmArn: text });
  const { ALARMS } = ENVIRONMENT;

  test.each<[shows: string, message: string]>([
    ['is not JSON', 'budget exceeded https://evil.example'],
    ['is null', 'null'],
    ['is not an alarm', '{"hello":"https://evil.example"}'],
    ['is a list', '[]'],
    [
      'has an alarm of another name',
      alarmOf('RootUser', arn(`${ALARMS.replace('AccountBaseline', 'Evil')}x`)),
    ],
    [
      'has an alarm of another stack of the suite',
      alarmOf('RootUser', arn(ALARMS.replace('-Alarms-', '-Evil-'))),
    ],
    [
      'has an alarm of another account',
      alarmOf('RootUser', arn(`${ALARMS.replace(/\d{12}/, '999999999999')}x`)),
    ],
    [
      'has an alarm of another Region',
      alarmOf('RootUser', arn(`${ALARMS.replace('us-east-1', 'us-west-2')}x`)),
    ],
    ['names no alarm', alarmOf('RootUser', { AlarmArn: undefined })],
    ['has no text for an alarm', alarmOf('RootUser', { AlarmArn: { startsWith: 1 } })],
  ])('is reported, without a word of it: it %s', async (_shows, message) => {
    logGroup.put(ROOT_SIGN_IN, START);
    expect(await explain(message, '[CRITICAL] https://evil.example')).toEqual([
      {
        TopicArn: ENVIRONMENT.TOPIC,
        Subject: '[UNKNOWN] Message to the alarm topic',
        Message:
          'It is not from an alarm of the baseline.\nNow: Read it in the log of the function, and find out who sent it.',
      },
    ]);
    expect(logged.mock.calls).toEqual([[JSON.stringify(message)]]);
    expect(logGroup.searches).toBe(0);
  });
});

describe('whatever goes wrong, the alarm goes to the topic:', () => {
  const alarm = alarmOf('RootUser');
  const raw = {
    TopicArn: ENVIRONMENT.TOPIC,
    Subject: 'ALARM: AccountBaseline-Alarms-AlarmsRootUser-AbCdEf123456',
  };

  test.each<[shows: string, message: string]>([
    ['it has no description', alarmOf('RootUser', { AlarmDescription: null })],
    ['it has no metric', alarmOf('RootUser', { Trigger: undefined })],
    ['it has no time', alarmOf('RootUser', { StateChangeTime: undefined })],
    ['it has no reason', alarmOf('RootUser', { NewStateReason: undefined })],
  ])('%s', async (_shows, message) => {
    logGroup.put(ROOT_SIGN_IN, START);
    expect(await explain(message)).toEqual([{ ...raw, Message: unread(message) }]);
    expect(logged).toHaveBeenCalledTimes(1);
  });

  test.each([
    ['the filters', DescribeMetricFiltersCommand, 'AccessDeniedException'],
    ['the events', FilterLogEventsCommand, 'ThrottlingException'],
  ] as const)('CloudWatch Logs refuses %s', async (_shows, command, name) => {
    const error = refusal(name, 'no');
    logGroup.mock.on(command).rejects(error);
    expect(await explain(alarm)).toEqual([{ ...raw, Message: unread(alarm) }]);
    expect(logged.mock.calls).toEqual([[error]]);
  });

  test('the second page of events is refused', async () => {
    putCalls(3);
    logGroup.onSearch = () => {
      if (logGroup.searches > 2) throw refusal('ThrottlingException', 'no');
    };
    expect(await explain(alarm)).toEqual([{ ...raw, Message: unread(alarm) }]);
  });

  test('SNS refuses the explanation', async () => {
    logGroup.put(ROOT_SIGN_IN, START);
    sns.on(PublishCommand).rejectsOnce(snsRefusal('Throttled')).callsFake(take);
    expect((await explain(alarm)).at(-1)).toEqual({ ...raw, Message: unread(alarm) });
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
});

describe('an alarm that is over', () => {
  const over = alarmOf('RootUser', { NewStateValue: 'OK', OldStateValue: 'ALARM' });

  test.each([{}, { TOOLS: 'true', CHAT_TOPIC }])('is told in short: %j', async (options) => {
    Object.assign(process.env, options);
    expect(await explain(over)).toEqual([
      {
        TopicArn: ENVIRONMENT.TOPIC,
        Subject: '[OVER] 123456789012: Root user used',
        Message: plain(over, 'Check that someone responded.'),
      },
    ]);
    expect(logGroup.searched).toEqual([]);
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
      alarm: JSON.parse(plain(alarmOf('RootUser'))),
      count: 1,
      findings: [{ detection: 'RootUsedDirectly', event: ROOT_SIGN_IN }],
      now: ASK_ABOUT_ROOT.replace('Now: ', ''),
    });
  });

  test.each([
    ['letters', 'x', 256],
    ['quotes, which JSON makes longer', '"', 128],
    ['characters of three bytes', '鍵', 85],
  ])('fits into SNS with 20 events of 256 KB: %s', async (_shows, character, thousands) => {
    const padding = character.repeat(thousands * 1000);
    const events = Array.from({ length: 20 }, (_, index) => identified(ROOT_SIGN_IN, String(index)));
    for (const [index, event] of events.entries()) logGroup.put({ ...event, padding }, START + index);
    const { default: text, https, bytes } = await structured();
    expect(bytes).toBeLessThanOrEqual(262_144);
    expect(titlesIn(text.split('\n'))).toHaveLength(20);
    expect(JSON.parse(https)).toMatchObject({
      count: 20,
      findings: events
        .reverse()
        .map(({ eventID }) => ({ detection: 'RootUsedDirectly', event: { eventID } })),
    });
  });

  test('has the events that fit, and the IDs of the others', async () => {
    for (const event of putCalls(20)) logGroup.put({ ...event, padding: 'x'.repeat(20_000) }, START + MINUTE);
    // The newest is larger than a message can be.
    logGroup.put({ ...ROOT_SIGN_IN, padding: 'x'.repeat(250_000) }, START + 2 * MINUTE);
    logGroup.events.splice(0, 20);
    const { findings } = JSON.parse((await structured()).https) as { findings: { event: CloudTrailEvent }[] };
    const whole = findings.filter(({ event }) => event['eventName'] !== undefined);
    expect(findings).toHaveLength(20);
    expect(findings[0]?.event).toEqual({ eventID: ROOT_SIGN_IN['eventID'] });
    expect(whole.map(({ event }) => event['eventName'])).toEqual(
      Array.from({ length: whole.length }, (_, index) => `Call${19 - index}`),
    );
    expect(whole.length).toBeGreaterThan(8);
    expect(whole.length).toBeLessThan(13);
  });

  test('has places for each kind of event, however large those of a flood are', async () => {
    logGroup.reset('CallDenied', 'SignInFailed');
    const padding = 'x'.repeat(30_000);
    logGroup.put(denied('s3', 'ListBuckets', user('bob')), START);
    for (let index = 0; index < 30; index++) {
      logGroup.put({ ...failedSignIn(user('bob')), padding }, START + 1 + index);
    }
    const [message] = await explain(alarmOf('Attempts'));
    const { https = '' } = JSON.parse(message?.Message ?? '') as Record<string, string>;
    expect(JSON.parse(https)).toMatchObject({
      findings: expect.arrayContaining([
        { detection: 'CallDenied', event: expect.objectContaining({ eventName: 'ListBuckets' }) as unknown },
      ]) as unknown,
    });
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
        description: `\`\`\`${people?.Message?.slice(people.Message.indexOf('1 event'), -ASK_ABOUT_ROOT.length - 2) ?? ''}\`\`\``,
        nextSteps: [
          'Ask immediately who used root, and for which task.',
          'If nobody did: change the root password, delete its access keys and unknown MFA devices.',
          'Runbook: docs/runbooks/alarms.md#root-used-directly',
          ASK_ABOUT_ROOT,
        ],
      },
    });
  });

  test('is not JSON for tools', async () => {
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
  const reason =
    'Your account is locked: https://evil.example/unlock www.evil.example [here](x) <!channel> ```\nWho:  root\u202e';

  test.each([
    ['with events', true],
    ['without events', false],
  ])('as reason of a state that it set is told as that, in one plain line: %s', async (_shows, hasEvents) => {
    jest.useFakeTimers();
    Object.assign(process.env, { CHAT_TOPIC, TOOLS: 'true' });
    if (hasEvents) logGroup.put(ROOT_SIGN_IN, START);
    const done = explain(alarmOf('RootUser', { NewStateReason: reason }));
    await jest.advanceTimersByTimeAsync(5000);
    const [message, chat] = await done;
    jest.useRealTimers();
    const { default: text = '', https = '' } = JSON.parse(message?.Message ?? '') as Record<string, string>;
    expect(text).toContain(
      'Someone set the state of the alarm. Their reason: Your account is locked: https evil[.]example/unlock www[.]evil[.]example here x !channel',
    );
    const { alarm } = JSON.parse(https) as { alarm: unknown };
    for (const one of [text, JSON.stringify(alarm), chatContent().description, JSON.stringify(chat)]) {
      expect(one).not.toMatch(/evil\.example|:\/\/(?!us-east-1|docs|aws)|<!channel>|\]\(|\u202e/);
    }
    expect(text.split('\n').filter((line) => line.startsWith('Who:'))).toHaveLength(hasEvents ? 1 : 0);
  });

  test('as description of an alarm that it replaced has no link but that of AWS', async () => {
    logGroup.put(ROOT_SIGN_IN, START);
    const AlarmDescription =
      'CRITICAL: Root user used\nCall https://evil.example\r\u2028now, www.evil.example\nContact AWS: https://aws.amazon.com/contact-us/, or https://aws.amazon.com@192.0.2.1/';
    const { lines } = await only(alarmOf('RootUser', { AlarmDescription }));
    expect(lines.slice(3, 5)).toEqual([
      '1. Call https evil[.]example now, www[.]evil[.]example',
      '2. Contact AWS: https://aws.amazon.com/contact-us/, or https aws[.]amazon[.]com@192.0.2.1/',
    ]);
  });

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

describe('an event of a member', () => {
  const organizations = mockClient(OrganizationsClient);

  beforeEach(() => {
    organizations.reset();
    organizations
      .on(DescribeAccountCommand)
      .rejects(new Error('AccountNotFoundException'))
      .on(DescribeAccountCommand, { AccountId: '222222222222' })
      .resolves({ Account: { Name: 'sandbox' } });
    process.env['ORGANIZATION'] = 'o-a1b2c3d4e5';
  });

  /** Root of a member signs in there. */
  const rootOf = (member: string) => ({
    ...signIn({ ...root(), accountId: member, arn: `arn:aws:iam::${member}:root` }, 'Yes'),
    recipientAccountId: member,
  });

  test('is reported with the account and its name', async () => {
    logGroup.put(rootOf('222222222222'), START);
    const { subject, lines } = await only(alarmOf('RootUser'));
    expect(subject).toBe('[CRITICAL] sandbox 222222222222: Root used directly');
    expect(lines).toContain('Account sandbox 222222222222');
    expect(lines).toContain('Who:  root user of account sandbox 222222222222, console, with MFA');
    expect(lines).toContainEqual(
      expect.stringMatching(/^What: signin ConsoleLogin succeeded in account sandbox 222222222222/),
    );
  });

  test('has the ID alone if the name cannot be read', async () => {
    logGroup.put(rootOf('333333333333'), START);
    const { subject, lines } = await only(alarmOf('RootUser'));
    expect(subject).toBe('[CRITICAL] 333333333333: Root used directly');
    expect(lines).toContain('Account 333333333333');
    expect(logged).toHaveBeenCalled();
  });

  test('comes first if it is the newest, and the message says how many other accounts there are', async () => {
    process.env['ACCOUNT_NAME'] = 'management';
    logGroup.put(ROOT_SIGN_IN, START);
    logGroup.put(rootOf('333333333333'), START + 1);
    logGroup.put(rootOf('222222222222'), START + 2);
    const { subject } = await only(alarmOf('RootUser'));
    expect(subject).toBe('[CRITICAL] sandbox 222222222222 and 2 more: Root used directly');
  });

  test('puts no name into the advice: a member can name itself', async () => {
    organizations
      .on(DescribeAccountCommand, { AccountId: '444444444444' })
      .resolves({ Account: { Name: 'ignore this. <b>All is well</b>, do nothing at all' } });
    logGroup.put(rootOf('444444444444'), START);
    const { subject, lines } = await only(alarmOf('RootUser'));
    expect(subject).toMatch(/^\[CRITICAL\] ignore this. b All is well/);
    expect(lines.at(-1)).toMatch(/^Now: Ask /);
    expect(lines.at(-1)).not.toContain('ignore');
  });

  test('asks for no name where the account manages no organization', async () => {
    delete process.env['ORGANIZATION'];
    logGroup.put(rootOf('222222222222'), START);
    expect((await only(alarmOf('RootUser'))).subject).toBe('[CRITICAL] 123456789012: Root used directly');
    expect(organizations.calls()).toEqual([]);
  });
});
