import { App } from 'aws-cdk-lib';
import { defineBaseline, type BaselineOptions } from '../../lib/config/config';
import { loadFeatureFlags } from '../../lib/config/load-feature-flags';
import { addStandaloneBaseline } from '../../lib/stacks/standalone';
import { templatesOf } from '../../lib/stacks/templates';
import { compareTemplates, type UpgradeTemplate } from '../../lib/upgrade/compare';
import { comparable } from '../../lib/upgrade/comparable';
import { SMALLEST } from '../smallest';

const templates = (options: Partial<BaselineOptions>) =>
  templatesOf(defineBaseline({ ...SMALLEST, ...options }));

test.each(['eu-central-1', 'cn-north-1', 'us-gov-west-1'])(
  'a configuration that now names its Region %s changes nothing in the account',
  (region) => {
    const before = new Map(templates({}).map(({ stackName, template }) => [stackName, template]));
    // Other partitions have no stack for the second notification of root.
    const changes = templates({ region }).flatMap(({ stackName, template }) =>
      compareTemplates(
        stackName,
        comparable(before.get(stackName) as UpgradeTemplate, { region }),
        comparable(template as UpgradeTemplate, { region }),
      ),
    );
    expect(changes).toEqual([]);
  },
);

test('the people of day zero, who are parameters, are those whom the configuration names', () => {
  const parameters = { Administrator1: 'alice', Email1: 'security@example.com', MonthlyBudgetUsd: '50' };
  const app = new App({ context: loadFeatureFlags() });
  const stacks = addStandaloneBaseline(app);
  const assembly = app.synth();
  const before = new Map(
    stacks.map(({ stackName }) => [
      stackName,
      assembly.getStackByName(stackName).template as UpgradeTemplate,
    ]),
  );
  const dayZero = { administrators: ['alice'], emails: ['security@example.com'] };
  const configured = templates({
    administrators: ['alice'],
    notifications: { emails: ['security@example.com'] },
    dayZero,
  });
  const changes = configured.flatMap(({ stackName, template }) => {
    const { Parameters = {}, ...deployed } = before.get(stackName) as UpgradeTemplate;
    const given = Object.fromEntries(
      Object.keys(Parameters).map((name) => [name, (parameters as Record<string, string>)[name] ?? '']),
    );
    return compareTemplates(
      stackName,
      comparable({ ...deployed, Parameters }, { parameters: given }),
      comparable(template as UpgradeTemplate, {}),
    );
  });
  expect(changes.map(({ id, effect, names }) => [id, effect, ...names].join(' '))).toEqual([
    'NoticeHub created',
  ]);
});

test('a resource, a value, and an item whose condition is not met are not there', () => {
  const Conditions = { HasTwo: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Two' }, ''] }] } };
  const NOTHING = { Ref: 'AWS::NoValue' };
  const template = {
    Conditions,
    Resources: {
      One: { Type: 'T', Properties: { Users: ['one', { 'Fn::If': ['HasTwo', { Ref: 'Two' }, NOTHING] }] } },
      Two: { Type: 'T', Condition: 'HasTwo' },
    },
  };
  const resources = (parameters?: Readonly<Record<string, string>>) =>
    comparable(template, { parameters }).Resources;
  expect(resources({ Two: '' })).toEqual({ One: { Type: 'T', Properties: { Users: ['one'] } } });
  expect(resources({ Two: 'two' })).toEqual({
    One: { Type: 'T', Properties: { Users: ['one', 'two'] } },
    Two: { Type: 'T' },
  });
  expect(resources()).toEqual(template.Resources);
});

test.each([
  [{ Ref: 'AWS::AccountId' }, '111122223333'],
  [{ Ref: 'Bucket' }, { Ref: 'Bucket' }],
  [{ Ref: 'AWS::StackName' }, { Ref: 'AWS::StackName' }],
  [{ 'Fn::Sub': '${AWS::Region}/${!aws:username}' }, 'eu-central-1/${aws:username}'],
  [
    { 'Fn::Sub': 'arn:${AWS::Partition}:s3:::${Bucket}/${!aws:username}' },
    { 'Fn::Sub': 'arn:aws:s3:::${Bucket}/${!aws:username}' },
  ],
  [[{ Url: { 'Fn::Sub': 'https://s3.${AWS::URLSuffix}' } }], [{ Url: 'https://s3.amazonaws.com' }]],
])('%j is %j', (value, expected) => {
  const place = { region: 'eu-central-1', account: '111122223333' };
  expect(comparable<unknown>(value, place)).toEqual(expected);
});

test('nothing is replaced that is not known', () => {
  const value = [{ Ref: 'AWS::Region' }, { 'Fn::Sub': '${AWS::Partition}:${AWS::AccountId}' }];
  expect(comparable<unknown>(value, {})).toEqual(value);
  // A Region newer than the CDK has no known partition.
  expect(comparable<unknown>(value, { region: 'zz-north-1' })).toEqual(['zz-north-1', value[1]]);
});

test('a changed setting is a change, although the schema of CloudFormation does not know its type', () => {
  const settings = (minimumLength: number) =>
    templates({ passwordPolicy: { minimumLength } }).find(({ stackName }) => stackName.endsWith('-Settings'))
      ?.template as UpgradeTemplate;
  const changes = compareTemplates('Settings', settings(15), settings(20));
  expect(changes.map(({ id, effect, names, loss }) => ({ id, effect, names, loss }))).toEqual([
    { id: 'PasswordPolicy', effect: 'changed', names: ['Value'], loss: undefined },
  ]);
});

test.each(['Action', 'NotAction', 'Resource', 'NotResource'])(
  'the order of %s makes no difference',
  (name) => {
    const withOrder = (values: readonly string[]) => ({
      Resources: {
        Policy: {
          Type: 'AWS::IAM::ManagedPolicy',
          Properties: { PolicyDocument: { Statement: [{ Effect: 'Allow', [name]: values }] } },
        },
      },
    });
    expect(comparable(withOrder(['b', 'a']), {})).toEqual(comparable(withOrder(['a', 'b']), {}));
    expect(comparable(withOrder(['b', 'a']), {})).not.toEqual(comparable(withOrder(['a', 'c']), {}));
  },
);
