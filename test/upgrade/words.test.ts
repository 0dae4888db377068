import { createColors } from 'picocolors';
import {
  compareSuites,
  compareTemplates,
  type UpgradeResource,
  type UpgradeTemplate,
} from '../../lib/upgrade/compare';
import { renderUpgrade } from '../../lib/upgrade/render';
import { meaningOf, nounOf } from '../../lib/upgrade/words';
import { released, releases } from '../../scripts/release/templates';
import { EVERYTHING } from '../everything';
import { suiteTemplates } from '../synth';
import { eachOf } from '../each-of';

const template = (Resources: Record<string, UpgradeResource>): UpgradeTemplate => ({ Resources });

/** What a change of one resource means. */
function meanings(before: UpgradeResource | undefined, after: UpgradeResource | undefined): string[] {
  const of = (resource: UpgradeResource | undefined) => template(resource ? { One: resource } : {});
  return compareTemplates('Stack', of(before), of(after)).flatMap((change) => [
    change.effect,
    ...meaningOf(change),
  ]);
}

const members = (...ids: string[]): UpgradeResource => ({
  Type: 'AWS::IAM::UserToGroupAddition',
  Properties: { GroupName: 'Administrators', Users: ids.map((Ref) => ({ Ref })) },
});

const policy = (...Statement: object[]): UpgradeResource => ({
  Type: 'AWS::IAM::Policy',
  Properties: { PolicyName: 'p', PolicyDocument: { Statement } },
});
const READ = { Sid: 'Read', Effect: 'Allow', Action: ['s3:GetObject', 's3:ListBucket'], Resource: '*' };
const DENY = { Sid: 'NoMfa', Effect: 'Deny', NotAction: 'iam:GetUser', Resource: '*' };
const filter = (FilterPattern: string): UpgradeResource => ({
  Type: 'AWS::Logs::MetricFilter',
  Properties: { FilterPattern, LogGroupName: 'g', MetricTransformations: [] },
});
const code = (ZipFile: string): UpgradeResource => ({
  Type: 'AWS::Lambda::Function',
  Properties: { Code: { ZipFile }, Timeout: 30, Role: 'r' },
});

eachOf<[string, UpgradeResource | undefined, UpgradeResource | undefined, string[]]>(
  [
    [
      'a statement that comes',
      policy(READ),
      policy(READ, DENY),
      ['changed', 'Also denies everything except iam:GetUser (NoMfa).'],
    ],
    [
      'a statement that goes',
      policy(READ, DENY),
      policy(DENY),
      ['changed', 'No longer allows s3:GetObject, s3:ListBucket (Read).'],
    ],
    [
      'actions that come and go',
      policy(READ),
      policy({ ...READ, Action: ['s3:GetObject', 's3:PutObject'] }),
      ['changed', 'Read also allows s3:PutObject.', 'Read no longer allows s3:ListBucket.'],
    ],
    [
      'another resource',
      policy(READ),
      policy({ ...READ, Resource: 'arn:aws:s3:::a' }),
      ['changed', 'Read applies to other resources, callers, or conditions.'],
    ],
    [
      'many actions',
      policy(DENY),
      policy(DENY, {
        Sid: 'Many',
        Effect: 'Allow',
        Action: ['a:1', 'a:2', 'a:3', 'a:4', 'a:5', 'a:6', 'a:7'],
      }),
      ['changed', 'Also allows a:1, a:2, a:3, a:4, a:5, and 2 more (Many).'],
    ],
    [
      'a filter',
      filter('{ $.a = 1 }'),
      filter('{ $.a = 2 }'),
      ['changed', 'It counts different events; see docs/runbooks/alarms.md for each detection.'],
    ],
    [
      'the code of a function',
      code('a\nb'),
      code('a\nb\nc'),
      ['changed', 'Different code runs in your account (2 lines become 3); `cdk diff` shows it.'],
    ],
    [
      'the timeout of a function',
      code('a'),
      { ...code('a'), Properties: { ...code('a').Properties, Timeout: 60 } },
      ['changed', 'Changed: Timeout: 30 → 60.'],
    ],
    [
      'code that leaves the template',
      code('a\nb'),
      { ...code(''), Properties: { ...code('').Properties, Code: { S3Bucket: 'b', S3Key: 'k' } } },
      ['changed', 'Different code runs in your account; `cdk diff` shows it.'],
    ],
    [
      'what a filter counts into',
      filter('{ $.a = 1 }'),
      {
        ...filter('{ $.a = 1 }'),
        Properties: { ...filter('{ $.a = 1 }').Properties, MetricTransformations: [{ MetricName: 'm' }] },
      },
      ['changed', 'Changed: MetricTransformations: [] → [{"MetricName":"m"}].'],
    ],
    [
      'a statement alone, which has no name',
      { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'p' } },
      {
        Type: 'AWS::IAM::Policy',
        Properties: {
          PolicyName: 'p',
          PolicyDocument: { Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' } },
        },
      },
      ['changed', 'Also allows s3:* (statement 1).'],
    ],
    [
      'the name of what has a policy',
      policy(READ),
      { ...policy(READ), Properties: { ...policy(READ).Properties, PolicyName: 'q' } },
      ['changed', 'Changed: PolicyName: p → q.'],
    ],
    [
      'a value that comes, and long ones',
      { Type: 'AWS::SNS::Topic', Properties: { SignatureVersion: '1', DisplayName: 'a'.repeat(61) } },
      { Type: 'AWS::SNS::Topic', Properties: { TracingConfig: 'Active', DisplayName: `${'a'.repeat(50)}b` } },
      [
        'changed',
        `Changed: SignatureVersion: 1 → none, DisplayName: …${'a'.repeat(21)} → …${'a'.repeat(10)}b, TracingConfig: none → Active.`,
      ],
    ],
    ['a resource that needs no words', undefined, { Type: 'AWS::IAM::Role' }, ['created']],
    ['a resource that goes', { Type: 'AWS::IAM::Role' }, undefined, ['removed']],
    [
      'a resource that leaves the stack',
      { Type: 'AWS::S3::Bucket', DeletionPolicy: 'Retain' },
      undefined,
      ['kept'],
    ],
    [
      'a short value',
      { Type: 'AWS::CloudWatch::Alarm', Properties: { Threshold: 1 } },
      { Type: 'AWS::CloudWatch::Alarm', Properties: { Threshold: 3 } },
      ['changed', 'Changed: Threshold: 1 → 3.'],
    ],
    [
      'the value of a setting, which is JSON',
      { Type: 'Custom::AccountAlias', Properties: { Value: '"acme"' } },
      { Type: 'Custom::AccountAlias', Properties: { Value: '"example-co"' } },
      ['changed', 'Changed: Value: "acme" → "example-co".'],
    ],
    [
      'parts of the value of a setting',
      {
        Type: 'Custom::PasswordPolicy',
        Properties: { Value: '{"MinimumPasswordLength":15,"Max":1,"Users":["a"]}' },
      },
      {
        Type: 'Custom::PasswordPolicy',
        Properties: { Value: '{"MinimumPasswordLength":20,"Max":1,"Users":["a","b"]}' },
      },
      ['changed', 'Changed: Value.MinimumPasswordLength: 15 → 20, Value.Users: ["a"] → ["a","b"].'],
    ],
    [
      'parts of a list, and functions of CloudFormation as a whole',
      { Type: 'AWS::Events::Rule', Properties: { Targets: [{ Id: 'a', Arn: { Ref: 'One' } }] } },
      { Type: 'AWS::Events::Rule', Properties: { Targets: [{ Id: 'a', Arn: { Ref: 'Two' } }, { Id: 'b' }] } },
      ['changed', 'Changed: Targets.0.Arn: {"Ref":"One"} → {"Ref":"Two"}, Targets.1: none → {"Id":"b"}.'],
    ],
    [
      'many parts, and a long text',
      { Type: 'Custom::Many', Properties: { Value: '{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1}' } },
      { Type: 'Custom::Many', Properties: { Value: `{"a":"${'x'.repeat(61)}"}` } },
      [
        'changed',
        `Changed: Value.a: 1 → ${'x'.repeat(59)}…, Value.b: 1 → none, Value.c: 1 → none, Value.d: 1 → none, Value.e: 1 → none, and 2 more.`,
      ],
    ],
    [
      'a long text that gets an end',
      { Type: 'AWS::SNS::Topic', Properties: { DisplayName: 'a'.repeat(70) } },
      { Type: 'AWS::SNS::Topic', Properties: { DisplayName: `${'a'.repeat(70)}b` } },
      ['changed', `Changed: DisplayName: …${'a'.repeat(10)} → …${'a'.repeat(10)}b.`],
    ],
    [
      'what may be secret, by name only',
      {
        Type: 'AWS::SNS::Subscription',
        Properties: { Endpoint: 'https://a.example.com/123', Options: { AuthToken: '1' } },
      },
      {
        Type: 'AWS::SNS::Subscription',
        Properties: { Endpoint: 'https://a.example.com/456', Options: { AuthToken: '2' } },
      },
      [
        'replaced',
        'Changed: Endpoint, Options.AuthToken.',
        'An e-mail address must confirm it again, with the link in an e-mail from AWS. Until then, it receives nothing.',
      ],
    ],
    [
      'an address of the second notification',
      { Type: 'AWS::NotificationsContacts::EmailContact', Properties: { Name: 'a' } },
      { Type: 'AWS::NotificationsContacts::EmailContact', Properties: { Name: 'b' } },
      [
        'replaced',
        'Changed: Name: a → b.',
        'It must be activated again, with the code in an e-mail from AWS. Until then, it receives nothing.',
      ],
    ],
    [
      'a secret, by name only',
      { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: '{"a":1}' } },
      { Type: 'AWS::SecretsManager::Secret', Properties: { SecretString: '{"a":2}' } },
      ['changed', 'Changed: SecretString.'],
    ],
    [
      'text that is no JSON',
      { Type: 'AWS::SNS::Topic', Properties: { DisplayName: '[Alarm] one' } },
      { Type: 'AWS::SNS::Topic', Properties: { DisplayName: '[Alarm] two' } },
      ['changed', 'Changed: DisplayName: [Alarm] one → [Alarm] two.'],
    ],
    [
      'a new address',
      undefined,
      { Type: 'AWS::SNS::Subscription', Properties: { Protocol: 'email' } },
      ['created', 'An e-mail address must confirm it, with the link in an e-mail from AWS.'],
    ],
    [
      'a setting that goes',
      { Type: 'Custom::ImdsV2' },
      undefined,
      ['removed', 'The previous value is restored.'],
    ],
    [
      'another name of a role',
      { Type: 'AWS::IAM::Role', Properties: { RoleName: 'a' } },
      { Type: 'AWS::IAM::Role', Properties: { RoleName: 'b' } },
      ['replaced', 'Changed: RoleName: a → b.'],
    ],
    [
      'people who leave and join a group',
      members('alice', 'bob'),
      members('alice', 'carol', 'dave'),
      ['changed', 'bob leaves.', 'carol joins.', 'dave joins.'],
    ],
    [
      'another order of people',
      members('alice', 'bob'),
      members('bob', 'alice'),
      ['changed', 'Only their order changes.'],
    ],
    [
      'another group of the same people',
      members('alice'),
      { ...members('alice'), Properties: { GroupName: 'Others', Users: [{ Ref: 'alice' }] } },
      ['changed', 'Changed: GroupName: Administrators → Others.'],
    ],
    [
      'metadata, which no service sees',
      { Type: 'AWS::IAM::Role', Metadata: { reason: 'a' } },
      { Type: 'AWS::IAM::Role', Metadata: { reason: 'b' } },
      [],
    ],
    [
      'a detection that is off',
      { Type: 'AWS::Logs::MetricFilter' },
      undefined,
      ['removed', 'No alarm counts its events any more.'],
    ],
  ],
  ([what]) => what,
)('each change is told in words', ([, before, after, expected]) => {
  expect(meanings(before, after)).toEqual(expected);
});

test('every type of resource has a name', () => {
  const types = Object.values(suiteTemplates(EVERYTHING)).flatMap((one) =>
    Object.values((one.toJSON() as UpgradeTemplate).Resources).map(({ Type }) => Type),
  );
  expect([...new Set(types)].filter((type) => nounOf(type) === type)).toEqual([]);
});

describe('an upgrade', () => {
  const colors = createColors(false);
  const cost = { idle: [1.6, 1.6], busy: [2, 3.004] } as const;
  const none = {
    from: '1.0.0',
    to: '1.1.0',
    createdStacks: [],
    removedStacks: [],
    removeCommands: {},
    protectedStacks: [],
    unprotectedStacks: [],
    changes: [],
    cost,
  };

  test('that changes nothing says so, and what it costs', () => {
    expect(renderUpgrade(none, { colors })).toBe(`From 1.0.0 to 1.1.0

Nothing changes in the account.

Estimated cost, USD a month: 1.60 in an idle account, 3.00 (now 2.00) in a small, busy one`);
  });

  test('that leaves a stack behind costs what it says only without it', () => {
    const text = renderUpgrade({ ...none, removedStacks: ['AccountBaseline-Detectors'] }, { colors });
    expect(text).toMatch(/ in a small, busy one, once you have deleted the stacks that stay deployed$/);
  });

  test('that loses something says it first', () => {
    const changes = compareTemplates(
      'AccountBaseline-Audit',
      template({
        Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'a' } },
        Topic: { Type: 'AWS::SNS::Topic' },
      }),
      template({ Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'b' } } }),
    );
    expect(renderUpgrade({ ...none, changes }, { colors })).toContain(`
Read this before you deploy:
  The topic Topic of AccountBaseline-Audit would be removed.
  The bucket Bucket of AccountBaseline-Audit would be replaced.

AccountBaseline-Audit
  removed: topic Topic
  replaced: bucket Bucket
    Changed: BucketName: a → b.

Resources: 1 replaced, 1 removed
`);
  });

  describe('without a stack', () => {
    const Key = { Type: 'AWS::KMS::Key', DeletionPolicy: 'Retain' };
    const before = { Own: template({ Topic: { Type: 'AWS::SNS::Topic' }, Key }) };
    const without = { ...none, changes: compareSuites(before, {}), removedStacks: ['Own'] };

    test('says that it stays until one deletes it, and how', () => {
      const removeCommands = { Own: 'aws cloudformation delete-stack --stack-name Own' };
      expect(renderUpgrade({ ...without, removeCommands }, { colors })).toContain(`
Read this before you deploy:
  The topic Topic of Own stays until you delete the stack, which removes it.
  The encryption key Key of Own stays, even if you delete the stack.

Own (no longer in the configuration: stays deployed until you delete it)
  $ aws cloudformation delete-stack --stack-name Own
  removed with it: topic Topic
  kept: encryption key Key

`);
    });

    test('says so without a command if the Region is not known', () => {
      expect(renderUpgrade(without, { colors })).not.toContain('$');
    });
  });
});

test('a first-time password that changes counts as replaced', () => {
  const [version = ''] = releases();
  const before = released(version, 'standard')['AccountBaseline-Access'] ?? template({});
  const id = 'AdminAccessalicePassword';
  const secret = before.Resources[id];
  const changed = {
    ...secret,
    Type: secret?.Type ?? '',
    Properties: { ...secret?.Properties, Description: 'x' },
  };
  const changes = compareTemplates('Access', before, {
    ...before,
    Resources: { ...before.Resources, [id]: changed },
  });
  expect(changes.map(({ id: one, loss }) => [one, loss])).toContainEqual([
    id,
    'counts as replaced: it could not be updated if it was deleted as advised',
  ]);
});

const logGroup = (RetentionInDays?: number): UpgradeResource => ({
  Type: 'AWS::Logs::LogGroup',
  DeletionPolicy: 'Retain',
  Properties: { RetentionInDays },
});
const bucket = (ExpirationInDays?: number): UpgradeResource => ({
  Type: 'AWS::S3::Bucket',
  DeletionPolicy: 'Retain',
  Properties: { LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays }] } },
});

test.each<[what: string, before: UpgradeResource, after: UpgradeResource, loss: string | undefined]>([
  ['a log group that keeps less', logGroup(365), logGroup(30), 'would delete what is older than 30 days'],
  ['a log group that kept all', logGroup(), logGroup(30), 'would delete what is older than 30 days'],
  ['a log group that keeps more', logGroup(30), logGroup(365), undefined],
  ['a log group that keeps all now', logGroup(30), logGroup(), undefined],
  ['a bucket that keeps less', bucket(2557), bucket(1), 'would delete what is older than a day'],
  ['a bucket that keeps all now', bucket(1), bucket(), undefined],
  [
    'a bucket that does not stay',
    bucket(9),
    { ...bucket(9), DeletionPolicy: 'Delete' },
    'would no longer stay when its stack is deleted',
  ],
  ['a bucket that stays from now on', { ...bucket(9), DeletionPolicy: 'Delete' }, bucket(9), undefined],
  [
    'metadata of a user, because no change of one is harmless',
    { Type: 'AWS::IAM::User', Metadata: { 'aws:cdk:path': 'a' } },
    { Type: 'AWS::IAM::User' },
    'would get its first-time password again',
  ],
])('what is lost by %s', (_, before, after, loss) => {
  const [change] = compareTemplates('Stack', template({ One: before }), template({ One: after }));
  expect(change?.effect).toBe('changed');
  expect(change?.loss).toBe(loss);
});
