import { breakGlassUsed } from '../../lib/detections/break-glass-used';
import { metricOf, patternOf } from '../../lib/detections/tuning';
import { matches } from '../../emulator/filter-pattern';
import { stackTemplate } from '../synth';
import { call, denied, failedSignIn, signIn, user } from './events/record';

const NAMES = ['glass-1', 'glass-2'];
const DETECTION = breakGlassUsed(NAMES);
const isCounted = (name: string) => matches(DETECTION.pattern, call('iam', 'ListUsers', user(name)));

test('every event of a sealed user adds to the critical alarm, and none of another user', () => {
  expect(NAMES.map(isCounted)).toEqual([true, true]);
  expect(['alice', 'glass-3', 'glass'].map(isCounted)).toEqual([false, false, false]);
  expect(metricOf(DETECTION).metricName).toBe('RootUser');
  expect(DETECTION.signal.severity).toBe('critical');
});

test('a failed sign-in does not: anyone who knows the name could hold the alarm of root on with it', () => {
  const matched = (event: unknown) => matches(DETECTION.pattern, event);
  expect(matched(failedSignIn(user('glass-1')))).toBe(false);
  expect(matched(signIn(user('glass-1'), 'No'))).toBe(true);
  expect(matched(denied('s3', 'GetObject', user('glass-1')))).toBe(true);
});

test('the longest names fit a filter pattern', () => {
  const names = ['a', 'b'].map((letter) => letter.repeat(64));
  const pattern = patternOf(breakGlassUsed(names), { prefix: 'P', logGroup: 'l', account: '1' });
  expect(pattern.length).toBeLessThan(1024);
});

test('the stacks have the users, their group with MFA and guard, and the filter', () => {
  const options = { access: { breakGlass: NAMES } };
  const template = stackTemplate('BreakGlass', options);
  template.resourceCountIs('AWS::IAM::User', 2);
  // That of MFA, the guard of the group, and the one that protects it from administrators.
  template.resourceCountIs('AWS::IAM::Policy', 3);
  template.hasResourceProperties('AWS::IAM::Group', { GroupName: 'BreakGlass' });
  stackTemplate('Detections', options).hasResourceProperties('AWS::Logs::MetricFilter', {
    FilterPattern: DETECTION.pattern,
  });
});
