import { wholeNumber } from '../../lib/fields/basics';
import { readingPolicy } from '../../lib/fields/pipelines';

test.each([3, 4, 7])('%s is a whole number of days from 3 to 7', (value) => {
  expect(wholeNumber('days', 3, 7).safeParse(value).success).toBe(true);
});

test.each([2, 8, 3.5, '4', null, NaN, Infinity])('%p is none', (value) => {
  expect(wholeNumber('days', 3, 7).safeParse(value).error?.issues[0]?.message).toBe(
    'must be a whole number of days from 3 to 7',
  );
});

test.each([
  'ReadOnlyAccess',
  'SecurityAudit',
  'arn:aws:iam::123456789012:policy/Plan',
  'job-function/ViewOnlyAccess',
])('%s only reads', (name) => {
  expect(readingPolicy().safeParse(name).success).toBe(true);
});

test.each(['AdministratorAccess', 'AdministratorAccess-Amplify', 'PowerUserAccess', 'IAMFullAccess'])(
  '%s is nothing that a pull request may have',
  (name) => {
    expect(readingPolicy().safeParse(name).error?.issues[0]?.message).toMatch(/^must not change anything: /);
  },
);
