import fc from 'fast-check';
import type { CloudTrailEvent } from '../../emulator/metric-filters';
import { AlarmTiming, type Arrival, type Counts, messagesOf } from '../../scripts/docs/noise/alarm-timing';
import { deployedAlarms, deployedFilters } from './deployed-filters';
import { rootAttempts } from './events/fixtures';
import {
  call,
  consoleCall,
  denied,
  failedSignIn,
  type Identity,
  role,
  ROOT,
  root,
  signIn,
  signInPage,
  unproven,
  user,
} from './events/record';
import { EXAMPLES } from './examples';
import { eachOf } from '../each-of';
import { runs } from '../properties/runs';

const HOUR = 3600;

/** How much later than the event a message may be, in seconds: the model evaluates each minute. */
const LIMIT = 120;

/** Metrics of what anyone can cause. */
const OF_ATTEMPTS = ['RootAttempts', 'Attempts'];

const timing = new AlarmTiming(deployedFilters(), deployedAlarms());
const alarms = timing.alarms.filter(({ metric }) => !OF_ATTEMPTS.includes(metric));

const POWERLESS = role('Reporting', 'reporting');
const examples = Object.values(EXAMPLES)
  .flatMap(({ matches, nearMisses }) => [...matches, ...nearMisses])
  .map(({ event }) => event);

/** What somebody causes who has nothing but addresses and names. */
const BY_OUTSIDERS: readonly CloudTrailEvent[] = [
  ...rootAttempts().map(({ event }) => event),
  signInPage('CheckMfa', root()),
  failedSignIn(unproven('alice')),
  failedSignIn(unproven('HIDDEN_DUE_TO_SECURITY_REASONS'), 'No username found in supplied account'),
];

/** Each call that a pattern counts, or nearly, by a role that is denied everything. */
const BY_POWERLESS = examples
  .filter(({ eventType }) => eventType === 'AwsApiCall')
  .flatMap((event) => {
    const [service = ''] = String(event.eventSource).split('.');
    const { requestParameters, readOnly } = event;
    return ['AccessDenied', 'AccessDeniedException', 'Client.UnauthorizedOperation'].map((errorCode) =>
      denied(service, String(event.eventName), POWERLESS, { requestParameters, readOnly, errorCode }),
    );
  });

/** What a person may do whose permissions end at the own sign-in. */
const BY_PERSONS: readonly CloudTrailEvent[] = [
  signIn(user('carol'), 'No'),
  call('iam', 'CreateVirtualMFADevice', user('carol', false)),
  call('iam', 'EnableMFADevice', user('carol', false)),
  consoleCall('iam', 'ChangePassword', user('carol', true)),
];

/** What the events add to metrics, each way once. */
function ways(events: readonly CloudTrailEvent[]): Counts[] {
  const texts = events.map((event) => JSON.stringify(timing.counts(event)));
  return [...new Set(texts)].map((text) => JSON.parse(text) as Counts);
}

const ATTEMPTS = ways([...BY_OUTSIDERS, ...BY_POWERLESS]);
const PERSONAL = ways(BY_PERSONS);
const SUCCESSES = ways(examples);

/** The events of successes that this metric counts, as they add to it. */
const successesOf = (metric: string): Counts[] => SUCCESSES.filter((counts) => (counts[metric] ?? 0) > 0);

const at = (seconds: number, event: CloudTrailEvent): Arrival => ({
  at: seconds,
  counts: timing.counts(event),
});

/** The same event each `step` seconds. */
const every = (step: number, until: number, event: CloudTrailEvent): Arrival[] => {
  const counts = timing.counts(event);
  return Array.from({ length: Math.ceil(until / step) }, (_, index) => ({ at: index * step, counts }));
};

/** Metrics whose alarms send a message in the two minutes after this time, in the order of their names. */
const told = (since: number, arrivals: readonly Arrival[]): string[] =>
  timing
    .messages(arrivals)
    .filter((message) => message.at > since && message.at <= since + LIMIT)
    .map(({ metric }) => metric)
    .sort();

/** Whether, whatever comes before and after, a success is told within two minutes. */
function isNeverDelayed(metric: string, noise: readonly Counts[]): void {
  const alarm = timing.alarms.find((one) => one.metric === metric);
  if (!alarm) throw new Error(`no alarm for ${metric}`);
  const arrival = fc.record({
    at: fc.integer({ min: 0, max: 2 * HOUR }),
    counts: fc.constantFrom(...noise),
  });
  const rhythm = fc
    .record({ step: fc.integer({ min: 10, max: 600 }), counts: fc.constantFrom(...noise) })
    .map(({ step, counts }) =>
      Array.from({ length: Math.floor((2 * HOUR) / step) }, (_, index) => ({ at: index * step, counts })),
    );
  fc.assert(
    fc.property(
      fc.array(arrival, { maxLength: 100 }),
      fc.array(rhythm, { maxLength: 3 }),
      fc.constantFrom(...successesOf(metric)),
      fc.integer({ min: HOUR, max: 2 * HOUR }),
      (single, rhythms, counts, time) => {
        const arrivals = [...single, ...rhythms.flat(), { at: time, counts }];
        const messages = messagesOf(alarm, arrivals);
        expect(messages.some((message) => message.at > time && message.at <= time + LIMIT)).toBe(true);
      },
    ),
    runs(100),
  );
}

describe('each alarm', () => {
  const each = eachOf(alarms, ({ metric }) => metric);

  each('has successes to tell', ({ metric }) => {
    expect(successesOf(metric)).not.toEqual([]);
  });

  each(
    'tells a success within two minutes, whatever outsiders and a role without permissions try',
    ({ metric }) => {
      isNeverDelayed(metric, ATTEMPTS);
    },
  );
});

eachOf(
  alarms.filter(({ metric }) => metric !== 'SignIn'),
  ({ metric }) => metric,
)(
  'each other alarm tells a success within two minutes, whatever people do to their own sign-in',
  ({ metric }) => {
    isNeverDelayed(metric, PERSONAL);
  },
);

// Row 1 of the list of attacks: only the e-mail address of root is known.
test('a takeover of root is told at once after an hour of failed sign-ins and recovery requests', () => {
  const [failure = {}, recovery = {}] = rootAttempts().map(({ event }) => event);
  const admin: Identity = ROOT;
  const arrivals = [
    ...every(50, HOUR, failure),
    ...every(240, HOUR, recovery),
    at(HOUR, signInPage('PasswordRecoveryCompleted', root())),
    at(HOUR, signIn(root(), 'No')),
    at(HOUR, consoleCall('iam', 'CreateUser', admin)),
    at(HOUR, consoleCall('iam', 'AttachUserPolicy', admin)),
    at(
      HOUR,
      consoleCall('sns', 'Unsubscribe', admin, {
        requestParameters: { subscriptionArn: 'AccountBaseline-' },
      }),
    ),
  ];
  expect(told(HOUR, arrivals)).toEqual(['Access', 'Activity', 'RootCredentials', 'RootUser', 'Safeguards']);
});

// Row 2: a role without permissions keeps asking.
test.each([
  ['iam', 'CreateAccessKey'],
  ['cloudtrail', 'StopLogging'],
  ['cloudtrail', 'CreateTrail'],
  ['kms', 'DisableKey'],
  ['cloudtrail', 'PutEventSelectors'],
])('a trail that stops is told at once after an hour of denied calls to %s %s', (service, name) => {
  const arrivals = [
    ...every(240, HOUR, denied(service, name, POWERLESS)),
    at(HOUR, call('cloudtrail', 'StopLogging', user('alice', true))),
  ];
  expect(told(HOUR, arrivals)).toEqual(['Safeguards']);
});

// Row 12: what is denied does not share the message of what succeeds.
test('a policy that is attached among 400 denied calls has a message of its own', () => {
  const arrivals = [
    ...every(1, 400, denied('iam', 'ListUsers', POWERLESS)),
    at(400, call('iam', 'AttachUserPolicy', user('alice', true))),
  ];
  expect(told(400, arrivals)).toEqual(['Activity']);
});

describe('one use of root', () => {
  const pages = Array.from({ length: 60 }, (_, index) =>
    at(index * 4, consoleCall('s3', 'ListBuckets', ROOT)),
  );

  test('sends one message, and none of an attempt', () => {
    const arrivals = [at(0, signInPage('CheckMfa', root())), at(0, signIn(root(), 'Yes')), ...pages];
    expect(timing.messages(arrivals).map(({ metric }) => metric)).toEqual(['RootUser']);
  });

  test('that fails sends one, of an attempt', () => {
    const arrivals = [at(0, signInPage('CheckMfa', root())), at(0, failedSignIn(root()))];
    expect(timing.messages(arrivals).map(({ metric }) => metric)).toEqual(['RootAttempts']);
  });
});

test('a day of failed root sign-ins sends one message of them, and one of their number', () => {
  const metrics = timing.messages(every(50, 24 * HOUR, failedSignIn(root()))).map(({ metric }) => metric);
  expect(metrics.sort()).toEqual(['Attempts', 'RootAttempts']);
});

test('failed root sign-ins with pauses send a message an hour at most', () => {
  const metrics = timing.messages(every(600, 24 * HOUR, failedSignIn(root()))).map(({ metric }) => metric);
  expect(metrics).toEqual(['RootAttempts']);
});

// What a period of one minute gains: with five, the second change would be silent.
test.each(alarms)('$metric tells a second success three minutes after the first', ({ metric }) => {
  const [counts = {}] = successesOf(metric);
  const messages = timing.messages([
    { at: 0, counts },
    { at: 180, counts },
  ]);
  expect(messages.filter((message) => message.metric === metric).map((message) => message.at)).toEqual([
    60, 240,
  ]);
});

describe('the model', () => {
  const alarm = { metric: 'Some', threshold: 2, period: 120 };
  const some = (...times: number[]): Arrival[] => times.map((time) => ({ at: time, counts: { Some: 1 } }));

  test.each<[string, Arrival[], number[]]>([
    ['no events', [], []],
    ['too few', some(10), []],
    ['enough in one minute', some(10, 20), [60]],
    ['enough in two minutes', some(10, 70), [120]],
    ['too far apart', some(10, 130), []],
    ['no second message while it lasts', some(10, 20, 70, 80, 130, 140), [60]],
    ['a second message after a pause', some(10, 20, 310, 320), [60, 360]],
  ])('of CloudWatch: %s', (_, arrivals, expected) => {
    expect(messagesOf(alarm, arrivals).map((message) => message.at)).toEqual(expected);
  });
});
