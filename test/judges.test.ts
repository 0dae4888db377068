import { EXCEPTIONS, type Exception } from '../scripts/judge/exceptions';
import { unexplained, unused } from '../scripts/judge/page';
import type { Verdict } from '../scripts/judge/verdict';

const OBJECTION = {
  judge: 'checkov',
  rule: 'CKV_AWS_158',
  title: 'Encrypt it',
  resource: 'Alarms/FunctionLogs',
};
const VERDICTS: readonly Verdict[] = [
  { judge: 'checkov', version: '3.2', seen: 'templates', objections: [OBJECTION] },
];
const EXCEPTION: Exception = {
  judge: 'checkov',
  rule: 'CKV_AWS_158',
  resources: ['Alarms/FunctionLogs'],
  reason: 'Contains error messages only.',
};

test('an objection is explained by an exception for its judge, rule, and resource', () => {
  expect(unexplained(VERDICTS, [EXCEPTION])).toEqual([]);
});

test.each<[string, Partial<Exception>]>([
  ['of another judge', { judge: 'cfn-guard' }],
  ['of another rule', { rule: 'CKV_AWS_1' }],
  ['for another resource', { resources: ['Summary/FunctionLogs'] }],
  ['without a reason', { reason: ' ' }],
])('an exception %s explains nothing', (_, change) => {
  expect(unexplained(VERDICTS, [{ ...EXCEPTION, ...change }])).toEqual([OBJECTION]);
});

test('an exception with a resource to which nobody objects is unused', () => {
  const wide = { ...EXCEPTION, resources: [...EXCEPTION.resources, 'Summary/FunctionLogs'] };
  expect(unused(VERDICTS, [EXCEPTION, wide])).toEqual([wide]);
});

test('each exception has a reason', () => {
  expect(EXCEPTIONS.filter(({ reason }) => !/^\S.*\S$/.test(reason))).toEqual([]);
});
