import { CHAT_TOPIC, ENVIRONMENT } from './summary-environment';
import {
  AccessAnalyzerClient,
  ListAnalyzersCommand,
  ListFindingsCommand,
} from '@aws-sdk/client-accessanalyzer';
import {
  CloudTrailClient,
  DescribeTrailsCommand,
  type GetTrailStatusCommandOutput,
  GetTrailStatusCommand,
} from '@aws-sdk/client-cloudtrail';
import {
  CloudWatchClient,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  type MetricAlarm,
} from '@aws-sdk/client-cloudwatch';
import { DescribeMetricFiltersCommand, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { GenerateCredentialReportCommand, GetCredentialReportCommand, IAMClient } from '@aws-sdk/client-iam';
import { GetFunctionConcurrencyCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  GetSubscriptionAttributesCommand,
  ListSubscriptionsByTopicCommand,
  PublishCommand,
  SNSClient,
  type Subscription,
} from '@aws-sdk/client-sns';
import type { Context } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { clean } from '../../lib/notifications/cloudtrail-event';
import { handler } from '../../lib/watchdog/weekly-summary.handler';
import { call, denied, ROOT, root, signIn, user } from '../detections/events/record';
import { filterOf, LogGroup } from '../notifications/log-group';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A Monday, when the schedule calls the function. */
const NOW = Date.UTC(2026, 10, 30, 7, 0, 12);
const EXPLAINER = 'arn:aws:lambda:us-east-1:123456789012:function:AccountBaseline-Alarms-Explainer-x';

const logGroup = new LogGroup(ENVIRONMENT.LOG_GROUP);
const analyzer = mockClient(AccessAnalyzerClient);
const cloudTrail = mockClient(CloudTrailClient);
const cloudWatch = mockClient(CloudWatchClient);
const iam = mockClient(IAMClient);
const lambda = mockClient(LambdaClient);
const secrets = mockClient(SecretsManagerClient);
const sns = mockClient(SNSClient);
const mocks = [analyzer, cloudTrail, cloudWatch, iam, lambda, secrets, sns];
const logged = jest.spyOn(console, 'error');

/** Columns of the credential report that are read, and one that is not. */
const COLUMNS = [
  ...['password_enabled', 'password_last_used', 'mfa_active', 'access_key_1_active'],
  ...['access_key_1_last_used_date', 'access_key_1_last_used_region', 'access_key_2_active'],
  'access_key_2_last_used_date',
];

/** A row of the credential report; a value that is left out is N/A. */
function row(name: string, values: Readonly<Record<string, string>> = {}): string {
  const arn = `arn:aws:iam::123456789012:${name === '<root_account>' ? 'root' : `user/${name}`}`;
  const all: Readonly<Record<string, string>> = { password_enabled: 'true', mfa_active: 'true', ...values };
  return [name, arn, ...COLUMNS.map((column) => all[column] ?? 'N/A')].join(',');
}

function reports(...rows: readonly string[]): void {
  const Content = Buffer.from([['user', 'arn', ...COLUMNS].join(','), ...rows].join('\n'));
  iam.on(GetCredentialReportCommand).resolves({ Content });
}

function alarm(name: string, title: string, fields: Partial<MetricAlarm> = {}): MetricAlarm {
  return {
    AlarmName: `AccountBaseline-Alarms-${name}`,
    AlarmDescription: `${title}\nAsk.\nUndo.`,
    ActionsEnabled: true,
    StateValue: 'OK',
    ...fields,
  };
}

const ALARMS = [
  alarm('RootUser', 'CRITICAL: Root user used'),
  alarm('Safeguards', 'HIGH: Safeguard disabled'),
  alarm('Activity', 'MEDIUM: Unusual activity'),
];

/** The alarms, and how many times each triggered. */
function alarmsAre(alarms: readonly MetricAlarm[], triggered: Readonly<Record<string, number>> = {}): void {
  cloudWatch.on(DescribeAlarmsCommand).resolves({ MetricAlarms: [...alarms] });
  cloudWatch.on(DescribeAlarmHistoryCommand).callsFake(({ AlarmName = '' }: { AlarmName?: string }) => {
    const times = triggered[AlarmName.replace('AccountBaseline-Alarms-', '')] ?? 0;
    const states = Array.from({ length: times }, () => [
      { HistorySummary: 'Alarm updated from OK to ALARM' },
      { HistorySummary: 'Alarm updated from ALARM to OK' },
    ]);
    return { AlarmHistoryItems: states.flat() };
  });
}

function subscribed(topic: string, ...subscriptions: readonly Subscription[]): void {
  const Subscriptions = subscriptions.map((one, index) => ({ SubscriptionArn: `${topic}:${index}`, ...one }));
  sns.on(ListSubscriptionsByTopicCommand, { TopicArn: topic }).resolves({ Subscriptions });
}

const email = (Endpoint: string, fields: Subscription = {}): Subscription => ({
  Protocol: 'email',
  Endpoint,
  ...fields,
});

function trailStatus(fields: Partial<GetTrailStatusCommandOutput>): void {
  const LatestCloudWatchLogsDeliveryTime = new Date(NOW - HOUR);
  cloudTrail
    .on(GetTrailStatusCommand)
    .resolves({ IsLogging: true, LatestCloudWatchLogsDeliveryTime, ...fields });
}

/** An account in which nothing happened, and everything works. */
beforeEach(() => {
  jest.useFakeTimers({ now: NOW, doNotFake: ['nextTick', 'setImmediate'] });
  for (const mock of mocks) mock.reset();
  logGroup.reset('ChangedByHand');
  logged.mockReset().mockReturnValue(undefined);
  alarmsAre(ALARMS);
  analyzer.on(ListAnalyzersCommand).resolves({ analyzers: [{ arn: 'analyzer-arn' }] as never });
  analyzer.on(ListFindingsCommand).resolves({ findings: [] });
  const arn = 'arn:aws:cloudtrail:us-east-1:123456789012:trail/account-baseline';
  const group = 'arn:aws:logs:us-east-1:123456789012:log-group:trail-logs:*';
  cloudTrail.on(DescribeTrailsCommand).resolves({
    trailList: [{ Name: 'other' }, { TrailARN: arn, CloudWatchLogsLogGroupArn: group }],
  });
  trailStatus({});
  iam.on(GenerateCredentialReportCommand).resolves({ State: 'COMPLETE' });
  reports(row('<root_account>'), row('alice'));
  lambda.on(GetFunctionConcurrencyCommand).resolves({});
  secrets.on(ListSecretsCommand).resolves({ SecretList: [] });
  sns.on(PublishCommand).resolves({});
  sns.on(GetSubscriptionAttributesCommand).resolves({ Attributes: {} });
  subscribed(ENVIRONMENT.TOPIC, email('security@example.com'));
  subscribed(ENVIRONMENT.ALARM_TOPIC, { Protocol: 'lambda', Endpoint: EXPLAINER });
});

afterEach(() => {
  jest.useRealTimers();
  for (const name of ['ACCOUNT_NAME', 'CHAT_TOPIC']) Reflect.deleteProperty(process.env, name);
});

/** Calls the function and returns what it published. */
async function summarize() {
  await handler({}, {
    getRemainingTimeInMillis: () => 10 * MINUTE,
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:summary',
    // The rest of the interface is not needed here, and some of it is deprecated.
  } as Context);
  return sns.commandCalls(PublishCommand).map(({ args: [{ input }] }) => input);
}

/** Subject, what to do, and the facts of the only message. */
async function only() {
  const messages = await summarize();
  expect(messages).toHaveLength(1);
  const [{ Subject, Message = '' } = {}] = messages;
  const lines = Message.split('\n');
  return {
    subject: Subject,
    todo: lines.filter((line) => /^\d+\. /.test(line)).map((line) => line.replace(/^\d+\. /, '')),
    fact: (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2),
    lines,
  };
}

test('the alarms are those of the suite', async () => {
  await summarize();
  expect(cloudWatch.commandCalls(DescribeAlarmsCommand)[0]?.args[0].input).toMatchObject({
    AlarmNamePrefix: 'AccountBaseline-',
  });
});

describe('the message', () => {
  test('of a quiet week says so, and when the next one is due', async () => {
    expect(await summarize()).toEqual([
      {
        TopicArn: ENVIRONMENT.TOPIC,
        Subject: '[WEEKLY] 123456789012: 0 to do',
        Message: `Weekly summary: nothing to do
Account 123456789012, home Region us-east-1, 2026-11-23 07:00 UTC to 2026-11-30 07:00 UTC


Console sign-ins: 0 (users and role sessions: 0); failed: 0
Events of root: 0
Alarms triggered: 0 of 3
Manual changes: 0
Findings of IAM Access Analyzer: 0 active
Audit trail: last delivery to the log group: 2026-11-30 06:00 UTC
Subscriptions: 2 (email, lambda)
Credentials: users with a password and no MFA: 0; root last used: never
First-time passwords: 0 stored

Next summary: 2026-12-07 07:00 UTC. If it does not come, something is broken or was silenced: run "npx aws-account-baseline verify".

Now: Nothing to do.`,
      },
    ]);
    expect(logged).not.toHaveBeenCalled();
  });

  test('of a busy week has what a person must do first, the most severe at the top', async () => {
    process.env['ACCOUNT_NAME'] = 'acme-prod';
    logGroup.put(signIn(user('alice'), 'Yes'), NOW - DAY);
    logGroup.put(signIn(user('alice'), 'Yes'), NOW - HOUR);
    logGroup.put(signIn(user('bob'), 'Yes'), NOW - HOUR);
    logGroup.put(call('iam', 'PutUserPolicy', user('bob')), NOW - HOUR);
    alarmsAre(ALARMS, { Activity: 2, RootUser: 1 });
    reports(
      row('<root_account>', { mfa_active: 'false' }),
      row('alice'),
      row('bob', { mfa_active: 'false' }),
    );
    secrets.on(ListSecretsCommand).resolves({ SecretList: [{ Name: 'AdminAccessbobPassword-x' }] });
    const { subject, lines, todo, fact } = await only();
    expect(subject).toBe('[WEEKLY] acme-prod 123456789012: 3 to do');
    expect(lines.at(-1)).toBe('Now: Start with step 1.');
    expect(lines.slice(0, 3)).toEqual([
      'Weekly summary: to do, the most severe first',
      'Account acme-prod 123456789012, home Region us-east-1, 2026-11-23 07:00 UTC to 2026-11-30 07:00 UTC',
      '',
    ]);
    expect(todo).toEqual([
      'CRITICAL: Root has no MFA',
      'HIGH: User without MFA: bob',
      'MEDIUM: Delete this secret after the first sign-in: AdminAccessbobPassword-x',
    ]);
    expect(fact('Console sign-ins')).toBe('3 (users and role sessions: 2); failed: 0');
    expect(fact('Alarms triggered')).toBe(
      '2 of 3; CRITICAL: Root user used (times: 1); MEDIUM: Unusual activity (times: 2)',
    );
    expect(fact('Manual changes')).toBe('1');
  });

  test.each([
    ['a second too early', Date.UTC(2026, 10, 30, 6, 59, 59), '2026-11-30 07:00 UTC'],
    ['on time', Date.UTC(2026, 10, 30, 7), '2026-12-07 07:00 UTC'],
    ['manually, on a Sunday', Date.UTC(2026, 11, 6, 23), '2026-12-07 07:00 UTC'],
  ])('says when the next one is due: called %s', async (_shows, now, due) => {
    jest.setSystemTime(now);
    expect((await only()).fact('Next summary')).toContain(due);
  });

  test('is a custom notification for chat, in which values are in a code block', async () => {
    process.env['CHAT_TOPIC'] = CHAT_TOPIC;
    subscribed(CHAT_TOPIC, { Protocol: 'https', Endpoint: 'https://global.sns-api.chatbot.amazonaws.com' });
    secrets.on(ListSecretsCommand).resolves({ SecretList: [{ Name: '``` <!channel> https://evil' }] });
    const [people, chat, ...others] = await summarize();
    expect(others).toEqual([]);
    expect(people?.TopicArn).toBe(ENVIRONMENT.TOPIC);
    expect(chat).toMatchObject({ TopicArn: CHAT_TOPIC, Subject: people?.Subject });
    const { version, source, content } = JSON.parse(chat?.Message ?? '') as {
      version: string;
      source: string;
      content: Readonly<Record<string, unknown>>;
    };
    expect({ version, source }).toEqual({ version: '1.0', source: 'custom' });
    expect(content).toMatchObject({ textType: 'client-markdown', title: people?.Subject });
    expect(content['description']).toMatch(/^```1\. MEDIUM: [^`]*```$/);
    expect(content['nextSteps']).toEqual([people?.Message?.split('\n').at(-3), 'Now: Start with step 1.']);
  });
});

describe('the summary of an organization', () => {
  beforeEach(() => {
    process.env['ORGANIZATION'] = 'true';
  });

  afterEach(() => {
    Reflect.deleteProperty(process.env, 'ORGANIZATION');
  });

  test('tells uses of root by account', async () => {
    const member = { ...signIn(root(), 'Yes'), recipientAccountId: '222222222222' };
    logGroup.put(member, NOW - HOUR);
    logGroup.put(member, NOW - 2 * HOUR);
    logGroup.put(signIn(root(), 'Yes'), NOW - HOUR);
    const { fact } = await only();
    expect(fact('Events of root')).toBe('3; account 123456789012: 1; account 222222222222: 2');
  });

  test('asks to mend a trail that records its own account only', async () => {
    expect((await only()).todo).toContain(
      'CRITICAL: The trail records only this account, not the organization',
    );
  });
});

describe('sign-ins and uses of root', () => {
  test('are told apart from what anyone can cause with an e-mail address', async () => {
    const failed = { responseElements: { ConsoleLogin: 'Failure' }, errorMessage: 'Failed authentication' };
    logGroup.put({ ...signIn(root(), 'No'), ...failed }, NOW - HOUR);
    logGroup.put(call('signin', 'PasswordRecoveryRequested', ROOT), NOW - HOUR);
    logGroup.put(signIn(root(), 'Yes'), NOW - HOUR);
    logGroup.put(denied('s3', 'GetObject', ROOT), NOW - HOUR);
    const { fact } = await only();
    expect(fact('Console sign-ins')).toBe('1 (users and role sessions: 1); failed: 1');
    expect(fact('Events of root')).toBe('2');
  });

  test('are those of the week', async () => {
    logGroup.put(signIn(user('alice'), 'Yes'), NOW - 7 * DAY - 1);
    logGroup.put(signIn(user('alice'), 'Yes'), NOW - 7 * DAY);
    expect((await only()).fact('Console sign-ins')).toContain('1 (');
    const [search] = logGroup.mock.commandCalls(FilterLogEventsCommand);
    expect(search?.args[0].input).toMatchObject({ startTime: NOW - 7 * DAY, endTime: NOW });
  });

  test('that take longer than there is time are counted as far as they were read', async () => {
    for (let index = 0; index < 9; index++) logGroup.put(signIn(user('alice'), 'Yes'), NOW - HOUR);
    logGroup.onSearch = () => {
      jest.setSystemTime(Date.now() + 3 * MINUTE);
    };
    expect((await only()).fact('Console sign-ins')).toMatch(/^at least [1-8] \(/);
  });

  test('of root are also those that IAM recorded, if the trail did not', async () => {
    reports(
      row('<root_account>', {
        password_last_used: '2026-11-20T10:00:00+00:00',
        access_key_1_last_used_date: '2026-11-29T03:04:05+00:00',
        access_key_1_last_used_region: 'us-east-1',
      }),
    );
    const { fact } = await only();
    expect(fact('Events of root')).toBe('0');
    expect(fact('Credentials')).toContain('root last used: 2026-11-29 03:04 UTC');
  });
});

describe('manual changes', () => {
  test('are found with the deployed filter', async () => {
    logGroup.filters.splice(0, 1, { ...filterOf('ChangedByHand'), filterPattern: '{$.eventName="Mine"}' });
    logGroup.put(call('iam', 'Mine', user('bob')), NOW - HOUR);
    logGroup.put(call('iam', 'PutUserPolicy', user('bob')), NOW - HOUR);
    expect((await only()).fact('Manual changes')).toBe('1');
  });

  test('are also found if the name of the filter does not have that of the stack', async () => {
    logGroup.filters.unshift({ ...filterOf('CallDenied'), filterName: 'AlarmsOnCallDenied-AbC' });
    logGroup.filters.splice(1, 1, { ...filterOf('ChangedByHand'), filterName: 'AlarmsOnChangedByHand-AbC' });
    logGroup.put(call('iam', 'PutUserPolicy', user('bob')), NOW - HOUR);
    expect((await only()).fact('Manual changes')).toBe('1');
  });

  test('are not counted if the detection is disabled', async () => {
    logGroup.filters.length = 0;
    logGroup.mock.on(DescribeMetricFiltersCommand).resolves({});
    expect((await only()).fact('Manual changes')).toBe('not counted: no filter ChangedByHand');
  });
});

describe('what does not work is something to do:', () => {
  test.each<[string, () => void, string[]]>([
    [
      'alarms without actions, and those that are not OK',
      () => {
        const [one, other] = ALARMS;
        alarmsAre([
          { ...one, ActionsEnabled: false },
          { ...other, StateValue: 'INSUFFICIENT_DATA' },
          alarm('Activity', 'MEDIUM: Unusual activity', { StateValue: 'ALARM' }),
        ]);
      },
      [
        'CRITICAL: Alarm without actions: CRITICAL: Root user used',
        'HIGH: Alarm in state ALARM: MEDIUM: Unusual activity',
        'HIGH: Alarm in state INSUFFICIENT_DATA: HIGH: Safeguard disabled',
      ],
    ],
    [
      'alarms that were deleted',
      () => {
        alarmsAre(ALARMS.slice(1));
      },
      ['CRITICAL: Alarms missing: 1'],
    ],
    [
      'all alarms deleted',
      () => cloudWatch.on(DescribeAlarmsCommand).resolves({}),
      ['CRITICAL: Alarms missing: 3'],
    ],
    [
      'a stopped trail',
      () => {
        trailStatus({ IsLogging: false });
      },
      ['CRITICAL: The trail is not logging'],
    ],
    [
      'a trail that cannot write to the log group',
      () => {
        trailStatus({ LatestCloudWatchLogsDeliveryError: 'AccessDenied', LatestDeliveryError: '' });
      },
      ['CRITICAL: The trail cannot deliver: AccessDenied'],
    ],
    [
      'a trail that cannot write to the bucket',
      () => {
        trailStatus({ LatestCloudWatchLogsDeliveryError: '', LatestDeliveryError: 'NoSuchBucket' });
      },
      ['CRITICAL: The trail cannot deliver: NoSuchBucket'],
    ],
    [
      'a trail without a delivery for a day',
      () => {
        trailStatus({ LatestCloudWatchLogsDeliveryTime: new Date(NOW - DAY - 1) });
      },
      ['CRITICAL: The log group gets no events'],
    ],
    [
      'a trail that never delivered',
      () => {
        trailStatus({ LatestCloudWatchLogsDeliveryTime: undefined });
      },
      ['CRITICAL: The log group gets no events'],
    ],
    [
      'a trail that writes to another log group',
      () => cloudTrail.on(DescribeTrailsCommand).resolves({ trailList: [{ Name: 'other' }] }),
      ['CRITICAL: No trail delivers to the log group'],
    ],
    [
      'a subscription that nobody confirmed',
      () => {
        subscribed(ENVIRONMENT.TOPIC, email('a@example.com', { SubscriptionArn: 'PendingConfirmation' }));
      },
      [`HIGH: Subscription not confirmed: ${clean('a@example.com')}`],
    ],
    [
      'a filter policy',
      () => {
        const SubscriptionArn = `${ENVIRONMENT.TOPIC}:0`;
        sns
          .on(GetSubscriptionAttributesCommand, { SubscriptionArn })
          .resolves({ Attributes: { FilterPolicy: '{"x":["y"]}' } });
      },
      [`CRITICAL: A filter policy keeps messages from ${clean('security@example.com')}`],
    ],
    [
      'no function that explains alarms',
      () => {
        subscribed(ENVIRONMENT.ALARM_TOPIC);
      },
      ['CRITICAL: No function receives the alarms'],
    ],
    [
      'a function that may not run',
      () => lambda.on(GetFunctionConcurrencyCommand).resolves({ ReservedConcurrentExecutions: 0 }),
      ['CRITICAL: Concurrency 0: AccountBaseline-Alarms-Explainer-x'],
    ],
    [
      'access keys of root',
      () => {
        reports(row('<root_account>', { access_key_2_active: 'true' }));
      },
      ['CRITICAL: Root has an access key'],
    ],
    [
      'resources accessible from outside, the public ones first',
      () =>
        analyzer
          .on(ListFindingsCommand, { analyzerArn: 'analyzer-arn', filter: { status: { eq: ['ACTIVE'] } } })
          .resolves({
            findings: [
              { resource: 'bucket-a' },
              { resource: 'bucket-a' },
              { resource: 'bucket-b', isPublic: true },
            ] as never,
          }),
      ['HIGH: Public: bucket-b', 'MEDIUM: Accessible from outside: bucket-a'],
    ],
  ])('%s', async (_shows, change, todo) => {
    change();
    const found = await only();
    expect(found.todo).toEqual(todo);
    expect(found.subject).toBe(`[WEEKLY] 123456789012: ${todo.length} to do`);
  });

  test('but not an empty filter policy, a limit of concurrency, a root user without a password, or a Region without an analyzer', async () => {
    sns.on(GetSubscriptionAttributesCommand).resolves({ Attributes: { FilterPolicy: '{}' } });
    lambda.on(GetFunctionConcurrencyCommand).resolves({ ReservedConcurrentExecutions: 1 });
    reports(row('<root_account>', { password_enabled: 'false', mfa_active: 'false' }));
    analyzer.on(ListAnalyzersCommand).resolves({ analyzers: [] });
    const { todo, fact } = await only();
    expect(todo).toEqual([]);
    expect(fact('Findings of IAM Access Analyzer')).toBe('not known: no analyzer in this Region');
  });

  test('nor a user without a password', async () => {
    reports(row('<root_account>'), row('robot', { password_enabled: 'false', mfa_active: 'false' }));
    expect((await only()).todo).toEqual([]);
  });

  test('root without MFA, if IAM does not say whether it has a password', async () => {
    reports(row('<root_account>', { password_enabled: 'not_supported', mfa_active: 'false' }));
    expect((await only()).todo).toEqual(['CRITICAL: Root has no MFA']);
  });
});

describe('what cannot be read is one line, and something to do:', () => {
  const refusal = new Error('User is not authorized to perform this');

  test.each<[string, string, () => unknown]>([
    [
      'Console sign-ins',
      'Events of root, Manual changes',
      () => logGroup.mock.on(FilterLogEventsCommand).rejects(refusal),
    ],
    ['Manual changes', '', () => logGroup.mock.on(DescribeMetricFiltersCommand).rejects(refusal)],
    ['Alarms triggered', '', () => cloudWatch.on(DescribeAlarmsCommand).rejects(refusal)],
    ['Alarms triggered', '', () => cloudWatch.on(DescribeAlarmHistoryCommand).rejects(refusal)],
    ['Findings of IAM Access Analyzer', '', () => analyzer.on(ListAnalyzersCommand).rejects(refusal)],
    ['Findings of IAM Access Analyzer', '', () => analyzer.on(ListFindingsCommand).rejects(refusal)],
    ['Audit trail', '', () => cloudTrail.on(DescribeTrailsCommand).rejects(refusal)],
    ['Audit trail', '', () => cloudTrail.on(GetTrailStatusCommand).rejects(refusal)],
    ['Subscriptions', '', () => sns.on(ListSubscriptionsByTopicCommand).rejects(refusal)],
    ['Subscriptions', '', () => sns.on(GetSubscriptionAttributesCommand).rejects(refusal)],
    ['Subscriptions', '', () => lambda.on(GetFunctionConcurrencyCommand).rejects(refusal)],
    ['Credentials', '', () => iam.on(GenerateCredentialReportCommand).rejects(refusal)],
    ['Credentials', '', () => iam.on(GetCredentialReportCommand).rejects(refusal)],
    ['First-time passwords', '', () => secrets.on(ListSecretsCommand).rejects(refusal)],
  ])('%s', async (name, others, fail) => {
    fail();
    const { todo, fact } = await only();
    expect(fact(name)).toBe('could not be read: User is not authorized to perform this');
    const unread = [name, ...others.split(', ').filter(Boolean)];
    expect(todo).toEqual(unread.map((one) => `HIGH: Could not be read: ${one}`).sort());
    expect(logged).toHaveBeenCalledWith(name, refusal);
  });

  test('a credential report without root', async () => {
    reports();
    expect((await only()).fact('Credentials')).toBe('could not be read: the report has no row for root');
  });

  test('a read that does not end', async () => {
    cloudTrail.on(DescribeTrailsCommand).callsFake(() => new Promise(() => undefined));
    const done = only();
    await jest.advanceTimersByTimeAsync(10 * MINUTE - 20_001);
    expect(sns.commandCalls(PublishCommand)).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    expect((await done).fact('Audit trail')).toBe('could not be read: the time is up');
  });

  test('a credential report that never is ready', async () => {
    iam.on(GenerateCredentialReportCommand).resolves({ State: 'STARTED' });
    const done = only();
    await jest.advanceTimersByTimeAsync(10 * MINUTE);
    expect((await done).fact('Credentials')).toBe('could not be read: the report is not ready');
  });

  test('but a credential report that is ready later is read', async () => {
    iam
      .on(GenerateCredentialReportCommand)
      .resolvesOnce({ State: 'STARTED' })
      .resolves({ State: 'COMPLETE' });
    const done = only();
    await jest.advanceTimersByTimeAsync(2000);
    expect((await done).fact('Credentials')).toContain('no MFA: 0');
  });
});

test('a message that cannot be published fails the call: its failure destination gets the event', async () => {
  const error = new Error('KMSDisabled');
  sns.on(PublishCommand).rejects(error);
  await expect(summarize()).rejects.toBe(error);
});

describe('a large account', () => {
  test('is read page by page', async () => {
    const pages = <T>(first: T, second: T) =>
      [{ ...first, NextToken: 'next', nextToken: 'next' }, second] as const;
    const [one, two, three] = ALARMS as [MetricAlarm, MetricAlarm, MetricAlarm];
    for (const [mock, command, [first, second]] of [
      [cloudWatch, DescribeAlarmsCommand, pages({ MetricAlarms: [one, two] }, { MetricAlarms: [three] })],
      [
        analyzer,
        ListFindingsCommand,
        pages({ findings: [{ resource: 'a' }] }, { findings: [{ resource: 'b' }] }),
      ],
      [secrets, ListSecretsCommand, pages({ SecretList: [{ Name: 'a' }] }, { SecretList: [{ Name: 'b' }] })],
    ] as const) {
      (mock as ReturnType<typeof mockClient>)
        .on(command as never)
        .resolvesOnce(first as never)
        .resolves(second as never);
    }
    const { fact, todo } = await only();
    expect(fact('Alarms triggered')).toBe('0 of 3');
    expect(fact('Findings of IAM Access Analyzer')).toBe('2 active');
    expect(fact('First-time passwords')).toBe('2 stored');
    expect(todo).toHaveLength(4);
  });

  test('names five of a kind and counts the others', async () => {
    const names = Array.from({ length: 1000 }, (_, index) => `user${String(index).padStart(4, '0')}`);
    reports(row('<root_account>'), ...names.map((name) => row(name, { mfa_active: 'false' })));
    secrets.on(ListSecretsCommand).resolves({ SecretList: names.map((Name) => ({ Name })) });
    const { todo, fact, lines } = await only();
    expect(todo).toHaveLength(10);
    expect(todo[4]).toBe('HIGH: User without MFA: user0004 (and 995 more)');
    expect(fact('Credentials')).toContain('no MFA: 1000');
    expect(lines.join('\n').length).toBeLessThan(2500);
  });

  test('with as many as fit names them all', async () => {
    secrets.on(ListSecretsCommand).resolves({ SecretList: 'e,d,c,b,a'.split(',').map((Name) => ({ Name })) });
    expect((await only()).todo.map((line) => line.at(-1))).toEqual(['a', 'b', 'c', 'd', 'e']);
  });
});

describe('what a stranger chose', () => {
  const forged = '\nCRITICAL: Call +1 555 0100\u2028Uses of root: 0\u202e`[x](https://evil.example)` <b>';

  test('makes no line of the message', async () => {
    logGroup.put(
      { ...signIn(user('alice'), 'Yes'), userIdentity: { type: 'IAMUser', arn: forged } },
      NOW - HOUR,
    );
    alarmsAre([...ALARMS.slice(1), alarm(forged, forged, { StateValue: 'ALARM' })], { [forged]: 1 });
    analyzer.on(ListFindingsCommand).resolves({ findings: [{ resource: forged }] as never });
    secrets.on(ListSecretsCommand).resolves({ SecretList: [{ Name: forged }] });
    subscribed(
      ENVIRONMENT.TOPIC,
      email(forged, { SubscriptionArn: 'PendingConfirmation', Protocol: forged }),
    );
    trailStatus({ LatestDeliveryError: forged });
    sns.on(PublishCommand).resolves({});
    const { todo, lines } = await only();
    expect(todo).toHaveLength(5);
    expect(lines).toHaveLength(5 + 17);
    expect(lines.join('\n')).not.toMatch(/[\u2028\u202e`]|:\/\//);
  });

  test('as the message of an error makes none either', async () => {
    cloudTrail.on(DescribeTrailsCommand).rejects(new Error(forged));
    const { lines } = await only();
    expect(lines).toHaveLength(1 + 17);
    expect(lines.join('\n')).not.toMatch(/[\u2028\u202e`]|:\/\//);
  });

  test('as a user name with commas neither hides the user nor another', async () => {
    const name = 'eve,x,true,N/A,true';
    reports(row('<root_account>'), row(name, { mfa_active: 'false' }), row('bob', { mfa_active: 'false' }));
    expect((await only()).todo).toEqual([
      'HIGH: User without MFA: bob',
      `HIGH: User without MFA: ${clean(name)}`,
    ]);
  });
});
