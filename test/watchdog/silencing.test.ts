import { eventMatcher } from '../../emulator/event-pattern';
import { matcher } from '../../emulator/filter-pattern';
import { verify } from '../../lib/posture/verify';
import { isTold, judge } from '../../scripts/docs/silencing';
import { silencingCalls } from '../../scripts/docs/silencing/calls';
import { DeployedAccount } from '../../scripts/docs/silencing/deployed';
import { summaryIsAbsent } from '../../scripts/docs/silencing/ways';
import { smallest } from '../../scripts/docs/smallest';
import { CONFIG, WELL } from '../posture/snapshot';
import { eachOf } from '../each-of';

const account = new DeployedAccount(smallest('standard'));
const calls = silencingCalls(account).flatMap((group) => group.calls);
const judged = calls.map((one) => judge(account, one));
const judgedOf = (title: string) => judged.find((one) => one.title === title);

/** Both ways end with these. */
const LAST_MILE = [
  'Alarms/NotificationsTopic',
  'Alarms/Notificationssecurityexamplecom7081F682',
  'Audit/Key',
];

/**
 * Calls that nobody is told of within minutes, though they do not break what both ways end with. A detection
 * that reports one of them takes it off this list.
 */
const NOT_TOLD = ['events `UpdateEventBus`: a key that EventBridge may not use'];

test('each call is told within minutes by a way that it does not cut, unless it breaks what both end with', () => {
  const untold = calls.filter(
    ({ title, happening: { breaks = [] } }) =>
      !judged.some((one) => one.title === title && isTold(one)) &&
      !breaks.some((part) => LAST_MILE.includes(part)),
  );
  expect(untold.map(({ title }) => title)).toEqual(NOT_TOLD);
});

test('each call that breaks what both ways end with leaves a trace: the summary stays away', () => {
  for (const { happening } of calls) {
    const breaks = happening.breaks?.some((part) => LAST_MILE.includes(part)) ?? false;
    // Without a summary in the configuration, nothing can stay away.
    if (breaks) expect([true, undefined]).toContain(summaryIsAbsent(account, happening));
  }
});

eachOf(calls, ({ title }) => title)('verify finds what the table says', (one) => {
  const { findings } = verify({ ...WELL, ...one.after?.(WELL) }, CONFIG);
  const failed = findings.filter(({ status }) => status === 'fail' || status === 'manual');
  expect([...new Set(failed.map(({ check }) => check))]).toEqual(one.verify);
});

describe('the table', () => {
  test('names each call once', () => {
    const titles = calls.map(({ title }) => title);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  });

  test('knows every part that it says a call breaks', () => {
    for (const { happening } of calls) {
      for (const part of happening.breaks ?? []) expect(account.get(part).id).toBe(part);
    }
  });

  test.each([
    // The alarm is told of the function that explains it, and the rule needs no function.
    ['lambda `UpdateFunctionCode`', 'cut', 'told'],
    ['sns `DeleteTopic`: of people', 'cut', 'cut'],
    ['sns `Subscribe`: a stranger, by a stack of any name', 'silent', 'told'],
    ['logs `DeleteMetricFilter`', 'cut', 'told'],
    ['kms `DisableKey`', 'cut', 'cut'],
    ['events `DisableRule`: the rule that reports changed rules', 'told', 'cut'],
    ['cloudformation `UpdateStack`: Alarms', 'told', 'told'],
    ['iam `AttachUserPolicy`', 'told', 'silent'],
  ])('%s: %s by the alarm, %s by the rule', (title, alarm, rule) => {
    expect(judgedOf(title)).toMatchObject({ alarm: { outcome: alarm }, rule: { outcome: rule } });
  });

  test('of another Region gets no event of IAM by its rules', () => {
    const elsewhere = new DeployedAccount(smallest('standard'), 'eu-central-1');
    const reported = silencingCalls(elsewhere)
      .flatMap((group) => group.calls)
      .map((one) => judge(elsewhere, one));
    const rules = reported.filter(({ rule }) => rule.outcome !== 'silent').map(({ title }) => title);
    expect(rules.filter((title) => title.startsWith('iam'))).toEqual([]);
    expect(rules).toContain('lambda `UpdateFunctionCode`');
  });
});

test('every filter and rule of the templates can be evaluated', () => {
  for (const { properties } of account.ofType('AWS::Logs::MetricFilter')) {
    expect(() => matcher(String(properties['FilterPattern']))).not.toThrow();
  }
  for (const { properties } of account.ofType('AWS::Events::Rule')) {
    const { EventPattern } = properties as { EventPattern?: Readonly<Record<string, unknown>> };
    if (EventPattern) expect(() => eventMatcher(EventPattern)).not.toThrow();
  }
});
