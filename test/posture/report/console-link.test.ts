import type { Finding } from '../../../lib/posture/finding';
import { consoleLink, isConsole } from '../../../lib/posture/report/console-link';
import { HOSTILE, POSTURE } from '../posture';

const about = (area: Finding['area'], region?: string): Finding => ({
  check: 'check',
  title: '',
  area,
  severity: 'low',
  status: 'fail',
  detail: '',
  region,
  controls: [],
});

test.each([
  ['aws', 'us-east-1', 'https://us-east-1.console.aws.amazon.com'],
  ['aws-cn', 'cn-north-1', 'https://cn-north-1.console.amazonaws.cn'],
  ['aws-us-gov', 'us-gov-west-1', 'https://us-gov-west-1.console.amazonaws-us-gov.com'],
])('in %s a link leads into the console of that partition', (partition, region, origin) => {
  expect(consoleLink(about('trail', region), { ...POSTURE, partition })).toBe(
    `${origin}/cloudtrailv2/home?region=${region}#/trails`,
  );
});

test('what exists once an account has no Region', () => {
  expect(consoleLink(about('people', 'us-east-1'), POSTURE)).toBe(
    'https://console.aws.amazon.com/iam/home#/users',
  );
});

test('a setting of a Region is in its EC2 console, one of the account on the account page', () => {
  expect(consoleLink(about('settings', 'us-east-1'), POSTURE)).toBe(
    'https://us-east-1.console.aws.amazon.com/ec2/home?region=us-east-1#Settings:',
  );
  expect(consoleLink(about('settings'), POSTURE)).toBe(
    'https://console.aws.amazon.com/billing/home#/account',
  );
});

test.each([
  ['https://console.aws.amazon.com/iam/home', true],
  ['https://us-gov-west-1.console.amazonaws-us-gov.com/ec2/home', true],
  ['https://docs.aws.amazon.com/console', false],
  ['https://evilconsole.aws.amazon.com.example/', false],
])('%s is in the console: %s', (url, expected) => {
  expect(isConsole(url)).toBe(expected);
});

test('a finding without a Region is looked at in the home Region', () => {
  expect(consoleLink(about('stack'), POSTURE)).toBe(
    'https://eu-central-1.console.aws.amazon.com/cloudformation/home?region=eu-central-1#/stacks',
  );
});

test('a partition whose console is not known has no link', () => {
  expect(consoleLink(about('stack'), { ...POSTURE, partition: 'aws-iso' })).toBeUndefined();
  expect(consoleLink(about('stack'), { ...POSTURE, partition: 'constructor' })).toBeUndefined();
});

test('a Region that is none leads nowhere else', () => {
  const link = consoleLink(about('stack', `evil.example/${HOSTILE}`), POSTURE);
  expect(link).toMatch(/^https:\/\/evil\.example%2F[^/]*\.console\.aws\.amazon\.com\//);
});
