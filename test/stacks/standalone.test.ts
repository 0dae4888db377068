import { parseTemplate } from '../../lib/posture/parse-template';
import { toYaml } from '../../lib/stacks/to-yaml';
import { addStandaloneBaseline } from '../../lib/stacks/standalone';
import { suiteTemplates, testApp } from '../synth';

type Json = Readonly<Record<string, unknown>>;

/** Bytes of a template that CloudFormation takes without a bucket. */
const LIMIT = 51_200;

const synthesize = (runbooks?: string): Readonly<Record<string, Json>> => {
  const app = testApp();
  const stacks = addStandaloneBaseline(app, runbooks);
  const assembly = app.synth();
  return Object.fromEntries(
    stacks.map(({ stackName }) => [
      stackName.replace('AccountBaseline-', ''),
      assembly.getStackByName(stackName).template as Json,
    ]),
  );
};

const TEMPLATES = synthesize();

const section = (template: Json | undefined, name: string): Readonly<Record<string, Json>> =>
  (template?.[name] ?? {}) as Record<string, Json>;

/**
 * The template as CloudFormation sees it with these parameters: no parameter, condition or `Fn::If` is left.
 */
function resolved(template: Json, given: Readonly<Record<string, unknown>>): unknown {
  const rest = Object.entries(template).filter(([name]) => !/^(Parameters|Conditions|Rules)$/.test(name));
  const value = (name: string) => given[name] ?? section(template, 'Parameters')[name]?.['Default'];
  const isTrue = (condition: unknown) => value(String(condition).replace(/^Has/, '')) !== '';
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk).filter((item) => item !== undefined);
    if (typeof node !== 'object' || node === null) return node;
    const { Condition, ...others } = node as Json;
    const isNamed = typeof Condition === 'string';
    if (isNamed && !isTrue(Condition)) return undefined;
    if ('Ref' in node && section(template, 'Parameters')[String(node.Ref)]) return value(String(node.Ref));
    if ('Ref' in node && node.Ref === 'AWS::NoValue') return undefined;
    if ('Fn::If' in node) {
      const [condition, whenTrue, whenFalse] = node['Fn::If'] as unknown[];
      return walk(isTrue(condition) ? whenTrue : whenFalse);
    }
    return Object.fromEntries(
      Object.entries(isNamed ? others : node)
        .map(([key, child]) => [key, walk(child)] as const)
        .filter(([, child]) => child !== undefined),
    );
  };
  return walk(Object.fromEntries(rest));
}

const everybody = {
  administrators: Array.from({ length: 10 }, (_, index) => `person${index}`),
  emails: Array.from({ length: 10 }, (_, index) => `person${index}@example.com`),
};

test.each([
  ['one of each', { administrators: ['alice'], emails: ['security@example.com'] }],
  ['all of them', everybody],
  ['gaps', { administrators: ['', 'bob', '', 'dan.d'], emails: ['', '', 'ops@example.com'] }],
])('with %s is, to the letter, what the app deploys when it takes over', (_, dayZero) => {
  const parameters = {
    ...Object.fromEntries(dayZero.administrators.map((name, index) => [`Administrator${index + 1}`, name])),
    ...Object.fromEntries(dayZero.emails.map((address, index) => [`Email${index + 1}`, address])),
    MonthlyBudgetUsd: 75,
  };
  const app = suiteTemplates({
    administrators: dayZero.administrators.filter((name) => name !== ''),
    notifications: { emails: dayZero.emails.filter((address) => address !== '') },
    billing: { monthlyBudgetUsd: 75 },
    dayZero,
  });
  expect(
    Object.fromEntries(
      Object.entries(TEMPLATES).map(([kind, template]) => [kind, resolved(template, parameters)]),
    ),
  ).toEqual(Object.fromEntries(Object.entries(app).map(([kind, template]) => [kind, template.toJSON()])));
});

test('a release links to its runbooks', () => {
  const runbooks = 'https://github.com/acme/account-baseline/blob/v1.0.0/docs/runbooks/';
  const linking = Object.entries(synthesize(runbooks)).filter(([, template]) =>
    JSON.stringify(template).includes(runbooks),
  );
  expect(linking.map(([kind]) => kind)).toEqual(['Alarms', 'Summary']);
});

test('nobody is named in a template: people are parameters', () => {
  expect(JSON.stringify(TEMPLATES)).not.toContain('parameters@example.com');
  expect(Object.keys(section(TEMPLATES['Access'], 'Parameters'))).toHaveLength(10);
  expect(Object.keys(section(TEMPLATES['Alarms'], 'Parameters'))).toHaveLength(10);
  expect(Object.keys(section(TEMPLATES['Spend'], 'Parameters'))).toHaveLength(11);
  expect(Object.keys(section(TEMPLATES['RootNotice'], 'Parameters'))).toHaveLength(11);
});

test.each([
  ['Access', 'Administrator3', ['alice', 'a+=,.@-_9', ''], ['al ice', 'a'.repeat(65), 'bob;', 'älice']],
  [
    'Alarms',
    'Email3',
    ['a@b.io', "o'neil+aws@mail.example.co.uk", ''],
    [
      ...['a', 'a@b', 'a b@c.io', 'a@b.io, c@d.io'],
      ...['{{resolve:ssm:x}}@a.io', 'a@{{resolve:ssm:x}}.io', '${x}@a.io'],
    ],
  ],
])('of %s, the parameter %s takes %j and refuses %j', (kind, name, accepted, refused) => {
  const { AllowedPattern, ConstraintDescription } = section(TEMPLATES[kind], 'Parameters')[name] ?? {};
  // CloudFormation compares the whole value.
  const pattern = new RegExp(`^(?:${String(AllowedPattern)})$`);
  expect([...accepted, ...refused].filter((value) => pattern.test(value))).toEqual(accepted);
  expect(ConstraintDescription).toMatch(/^must be an /);
});

test.each([
  ['Access', 'Administrator'],
  ['Alarms', 'Email'],
  ['Spend', 'Email'],
  ['RootNotice', 'Email'],
])('%s asks for at least one %s', (kind, slot) => {
  const { Assertions } = section(TEMPLATES[kind], 'Rules')[`AtLeastOne${slot}`] ?? {};
  const used = (index: number) => ({ 'Fn::Not': [{ 'Fn::Equals': [{ Ref: `${slot}${index + 1}` }, ''] }] });
  expect(Assertions).toEqual([
    expect.objectContaining({ Assert: { 'Fn::Or': Array.from({ length: 10 }, (_, index) => used(index)) } }),
  ]);
});

test('the hub is created unless the account has one, which the parameter says', () => {
  const { Condition } = section(TEMPLATES['RootNotice'], 'Resources')['NoticeHub'] ?? {};
  expect(section(TEMPLATES['RootNotice'], 'Conditions')[String(Condition)]).toEqual({
    'Fn::Equals': [{ Ref: 'NotificationHub' }, 'create'],
  });
  expect(section(TEMPLATES['RootNotice'], 'Resources')['NoticeConfiguration']?.['Metadata']).toEqual({
    Hub: { 'Fn::If': [Condition, { Ref: 'NoticeHub' }, { Ref: 'AWS::NoValue' }] },
  });
  expect(section(TEMPLATES['RootNotice'], 'Parameters')['NotificationHub']).toMatchObject({
    AllowedValues: ['create', 'existing'],
    Default: 'create',
  });
});

describe('the file', () => {
  test('of each stack is taken by CloudFormation without a bucket, a macro or a bootstrap', () => {
    expect(Object.keys(TEMPLATES)).toEqual([
      'Settings',
      'Access',
      'Audit',
      'Detections',
      'Attempts',
      'Alarms',
      'Spend',
      'Watchdog',
      'Summary',
      'RootNotice',
    ]);
    for (const template of Object.values(TEMPLATES)) {
      const yaml = toYaml(template);
      expect(Buffer.byteLength(yaml)).toBeLessThanOrEqual(LIMIT);
      expect(yaml).not.toMatch(/^Transform:|Fn::ForEach|cdk-hnb659fds|CdkBootstrap/m);
    }
  });

  test('says the same as the template, in short forms', () => {
    for (const template of Object.values(TEMPLATES)) {
      expect(parseTemplate(toYaml(template))).toEqual(template);
    }
  });

  test.each<[template: unknown, yaml: string]>([
    [{ A: { Ref: 'B' } }, 'A: !Ref B\n'],
    [{ A: { 'Fn::GetAtt': ['B', 'Arn'] } }, 'A: !GetAtt B.Arn\n'],
    [{ A: { 'Fn::Sub': 'x-${B}' } }, 'A: !Sub x-${B}\n'],
    [{ A: { 'Fn::If': ['C', { Ref: 'B' }, { Ref: 'D' }] } }, 'A: !If [ C, !Ref B, !Ref D ]\n'],
    // One node can't have two tags.
    [{ A: { 'Fn::Not': { Ref: 'B' } } }, 'A:\n  Fn::Not: !Ref B\n'],
    [{ A: { 'Fn::GetStackOutput': { StackName: 'S' } } }, 'A:\n  Fn::GetStackOutput:\n    StackName: S\n'],
    [{ Version: '2012-10-17', No: 'no', On: 'on' }, 'Version: "2012-10-17"\n"No": "no"\n"On": "on"\n'],
  ])('writes %j as %j', (template, yaml) => {
    expect(toYaml(template)).toBe(yaml);
  });

  test('is the same each time', () => {
    expect(Object.values(synthesize()).map((one) => toYaml(one))).toEqual(
      Object.values(TEMPLATES).map((one) => toYaml(one)),
    );
  });
});
