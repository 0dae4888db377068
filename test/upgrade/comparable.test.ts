import { defineBaseline, type BaselineOptions } from '../../lib/config/config';
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
