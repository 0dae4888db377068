import { isAsDeployed } from '../../lib/posture/policy-documents';
import { resolved, valuesOf } from '../../lib/posture/template-values';
import { deployedStack, REGION, WELL } from './snapshot';

const producer = deployedStack('Audit');
const well = {
  ...producer,
  stack: { ...producer.stack, Outputs: [{ OutputKey: 'Key', OutputValue: 'key-1' }] },
};
const consumer = deployedStack('Watchdog', { heartbeat: 'alarm-1' });
const stack = {
  ...consumer,
  stack: { ...consumer.stack, Parameters: [{ ParameterKey: 'Days', ParameterValue: '30' }] },
  template: { Resources: {}, Mappings: { Domains: { aws: { domain: 'aws.example' } } } },
};
const of = valuesOf(stack, WELL.caller, REGION);
const isSame = (wanted: unknown, actual: unknown) =>
  isAsDeployed(resolved(wanted, stack, [stack, well], of), actual, of);

const output = (OutputName: string, StackName = 'AccountBaseline-Audit') => ({
  'Fn::GetStackOutput': { StackName, OutputName },
});
const domain = { 'Fn::FindInMap': ['Domains', { Ref: 'AWS::Partition' }, 'domain'] };

test.each([
  ['an output of another stack', { suffix: [output('Key')] }, { suffix: ['key-1'] }],
  ['a value of a mapping', domain, 'aws.example'],
  ['a parameter', { Ref: 'Days' }, '30'],
  ['a resource', { Ref: 'heartbeat' }, 'alarm-1'],
  [
    'a join of all of them',
    { 'Fn::Join': ['/', ['https:', domain, { Ref: 'AWS::Region' }, output('Key'), '${x}']] },
    `https:/aws.example/${REGION}/key-1/\${x}`,
  ],
  ['a part of a text', { 'Fn::Select': [1, { 'Fn::Split': ['-', output('Key')] }] }, '1'],
  [
    'a part of a reference, by a number in a text',
    { 'Fn::Select': ['0', { 'Fn::Split': ['-', { Ref: 'heartbeat' }] }] },
    'alarm',
  ],
  ['an object without a function', { a: [{ b: true }], c: {} }, { c: {}, a: [{ b: 'true' }] }],
])('%s has its value, and no other', (_, wanted, actual) => {
  expect(isSame(wanted, actual)).toBe(true);
  expect(isSame(wanted, JSON.parse(JSON.stringify(actual).replace(/[1-9elt]/, 'x')))).toBe(false);
});

test('what is not known is any text without a wildcard, and nothing else', () => {
  for (const wanted of [
    output('Other'),
    output('Key', 'Gone'),
    { 'Fn::Select': [0, []] },
    { 'Fn::Split': ['-', output('Gone')] },
  ]) {
    expect(isSame(wanted, 'anything')).toBe(true);
    expect(isSame(wanted, '*')).toBe(false);
    expect(isSame(wanted, undefined)).toBe(false);
  }
});

describe('a condition', () => {
  const equals = (one: unknown, other: unknown) => ({ 'Fn::Equals': [one, other] });
  const Conditions = {
    Given: { 'Fn::Not': [equals({ Ref: 'Days' }, '')] },
    Monthly: equals({ Ref: 'Days' }, '30'),
    Unknown: equals({ Ref: 'Other' }, ''),
    Denied: { 'Fn::Not': [{ Condition: 'Unknown' }] },
    Either: { 'Fn::Or': [{ Condition: 'Given' }, { Condition: 'Monthly' }] },
  };
  const given = { ...stack, template: { Resources: {}, Conditions } };
  const choose = (condition: string, otherwise: unknown = 'no') =>
    resolved({ list: [{ 'Fn::If': [condition, 'yes', otherwise] }] }, given, [given], of);

  test.each([
    ['Given', 'yes'],
    ['Monthly', 'yes'],
    ['Unknown', { Ref: '(unknown)' }],
    ['Denied', { Ref: '(unknown)' }],
    ['Either', { Ref: '(unknown)' }],
    ['Missing', { Ref: '(unknown)' }],
  ])('%s chooses a value, if it is known', (condition, expected) => {
    expect(choose(condition)).toEqual({ list: [expected] });
  });

  test('leaves out an item or a property without a value', () => {
    const none = { 'Fn::If': ['Never', 'yes', { Ref: 'AWS::NoValue' }] };
    const template = { Resources: {}, Conditions: { Never: equals({ Ref: 'Days' }, '') } };
    const empty = { ...stack, template };
    expect(resolved({ list: [none, 'a'], property: none, other: 1 }, empty, [empty], of)).toEqual({
      list: ['a'],
      other: 1,
    });
  });
});
