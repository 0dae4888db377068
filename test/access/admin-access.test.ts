import {
  CfnCondition,
  NestedStack,
  RemovalPolicy,
  Stack,
  type StackProps,
  Tags,
  Token,
  Fn,
} from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { AdminAccess, type AdminAccessProps } from '../../lib/access/admin-access';
import { BillingAccess } from '../../lib/billing/billing-access';
import { ConsoleGroup } from '../../lib/access/console-group';
import { refused } from '../refused';
import { statements, templateOf, testApp } from '../synth';

const ALICE = [{ userName: 'alice' }];

function access(props: Partial<AdminAccessProps> = {}): Template {
  return templateOf((scope) => new AdminAccess(scope, 'Access', { administrators: ALICE, ...props }));
}

const DENY = new PolicyStatement({ effect: Effect.DENY, actions: ['*'], resources: ['*'] });

const policies = (template: Template) => statements(template, 'AWS::IAM::Policy');

test.each<[string, Partial<AdminAccessProps>, string]>([
  ['group', { groupName: 'Administrators' }, 'Administrators is in Test/One/Default/Group'],
  ['user', { administrators: ALICE }, 'alice is in Test/One/Default/alice/User'],
])('an account has a %s only once, and synthesis refuses a second one', (_, other, message) => {
  const both = (props: Partial<AdminAccessProps>) => () =>
    templateOf((scope) => {
      new AdminAccess(scope, 'One', { administrators: ALICE });
      const others = { administrators: [{ userName: 'bob' }], groupName: 'Others' };
      new AdminAccess(scope, 'Two', { ...others, ...props });
    });
  expect(both(other)).toThrow(new Error(`${message} and Test/Two/Default: an account can have it only once`));
  expect(both({})).not.toThrow();
});

describe('people', () => {
  test('are console users of a group that has AdministratorAccess', () => {
    const template = access({ administrators: [...ALICE, { userName: 'bob' }] });
    template.hasResourceProperties('AWS::IAM::Group', {
      GroupName: 'Administrators',
      ManagedPolicyArns: [
        { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AdministratorAccess']] },
      ],
    });
    template.hasResourceProperties('AWS::IAM::UserToGroupAddition', {
      GroupName: { Ref: Match.stringLikeRegexp('Group') },
      Users: [{ Ref: Match.stringLikeRegexp('alice') }, { Ref: Match.stringLikeRegexp('bob') }],
    });
  });

  test('have a name and a first password and nothing that could change later', () => {
    access().allResourcesProperties(
      'AWS::IAM::User',
      Match.exact({
        UserName: 'alice',
        LoginProfile: {
          PasswordResetRequired: true,
          Password: {
            'Fn::Join': [
              '',
              [
                '{{resolve:secretsmanager:',
                { Ref: Match.stringLikeRegexp('Password') },
                ':SecretString:::}}',
              ],
            ],
          },
        },
      }),
    );
  });

  test('have no access keys and no policies of their own', () => {
    const template = access();
    template.resourceCountIs('AWS::IAM::AccessKey', 0);
    template.allResourcesProperties('AWS::IAM::User', {
      Policies: Match.absent(),
      ManagedPolicyArns: Match.absent(),
      PermissionsBoundary: Match.absent(),
    });
    template.allResourcesProperties('AWS::IAM::Policy', { Users: Match.absent(), Roles: Match.absent() });
  });

  test('may have any name, such as one with a meaning to the CDK or to JavaScript', () => {
    const names = ['Default', 'Resource', 'Group', 'Policy', 'Members', 'First', 'constructor', '__proto__'];
    const users = names.map((userName) => ({ userName }));
    const template = access({ administrators: [{ userName: 'alice', id: 'First' }, ...users] });
    const made = Object.values(template.findResources('AWS::IAM::User')) as {
      Properties: { UserName: string };
    }[];
    expect(made.map(({ Properties }) => Properties.UserName)).toEqual(['alice', ...names]);
  });

  test('need an id when the name is a token', () => {
    expect(() => access({ administrators: [{ userName: Token.asString(Fn.ref('Name')) }] })).toThrow(
      'id is required for a user whose name is a token',
    );
    const named = access({ administrators: [{ userName: Token.asString(Fn.ref('Name')), id: 'First' }] });
    named.hasResourceProperties('AWS::IAM::User', { UserName: { Ref: 'Name' } });
  });

  refused(access, [
    [{ administrators: [] }, 'administrators must name at least one person, got []'],
    [
      { administrators: ['alice'] },
      `administrators[0] must be an object such as { userName: 'alice' }, got "alice"`,
    ],
    [
      { administrators: [...ALICE, { userName: 'b c' }] },
      'administrators[1].userName must be an IAM user name: 1 to 64 of A-Z a-z 0-9 + = , . @ _ -, got "b c"',
    ],
    [
      { administrators: [...ALICE, { userName: 'Alice' }] },
      'administrators must have names that differ in more than case, got [{"userName":"alice"},{"userName":"Alice"}]',
    ],
    ...[5, 129, '15'].map(
      (minimumPasswordLength) =>
        [
          { minimumPasswordLength },
          `minimumPasswordLength must be a whole number of characters from 6 to 128, got ${JSON.stringify(minimumPasswordLength)}`,
        ] as const,
    ),
    [{ groupName: '' }, 'groupName must be an IAM group name: 1 to 128 of A-Z a-z 0-9 + = , . @ _ -, got ""'],
  ]);
});

describe('the tags of a stack, which would reset passwords,', () => {
  const warnings = (change: (stack: Stack) => void, props: StackProps = {}) => {
    const stack = new Stack(testApp(), 'Own', props);
    new AdminAccess(stack, 'Access', { administrators: ALICE });
    new BillingAccess(stack, 'Billing', { viewers: [{ userName: 'carol' }] });
    change(stack);
    return Annotations.fromStack(stack)
      .findWarning('*', Match.anyValue())
      .map(({ id, entry }) => [id, entry.data]);
  };
  const WARNING = [
    '/Own',
    'tags of the stack change its users, and a changed user gets its first-time password again: ' +
      'give it none, and set @aws-cdk/core:explicitStackTags [ack: aws-account-baseline:stackTags]',
  ];

  test('reach a nested stack from its parent, so users cannot be in one', () => {
    const nested = new NestedStack(new Stack(testApp(), 'Own'), 'Nested');
    expect(() => new AdminAccess(nested, 'Access', { administrators: ALICE })).toThrow(
      'users must not be in a nested stack, got Own/Nested: tags of the stack change its users',
    );
  });

  test('cause one warning', () => {
    expect(warnings(() => undefined, { tags: { team: 'platform' } })).toEqual([WARNING]);
  });

  test('cause it if they are added later', () => {
    const later = (stack: Stack) => {
      Tags.of(stack.node.root).add('team', 'platform', { includeResourceTypes: ['aws:cdk:stack'] });
    };
    expect(warnings(later)).toEqual([WARNING]);
  });

  test('cause none if the stack has none', () => {
    const resources = (stack: Stack) => {
      Tags.of(stack.node.root).add('team', 'platform');
    };
    expect(warnings(resources)).toEqual([]);
  });
});

describe('the first password', () => {
  test.each([
    { minimum: undefined, length: 32 },
    { minimum: 32, length: 32 },
    { minimum: 33, length: 128 },
    { minimum: 128, length: 128 },
  ])('has $length characters when the policy asks for $minimum', ({ minimum, length }) => {
    access({ minimumPasswordLength: minimum }).hasResourceProperties('AWS::SecretsManager::Secret', {
      // By default 32 characters, of each type.
      GenerateSecretString: {
        PasswordLength: length === 32 ? Match.absent() : length,
        RequireEachIncludedType: Match.absent(),
      },
    });
  });

  test('uses no symbol that the password policy does not count', () => {
    const [secret] = Object.values(access().findResources('AWS::SecretsManager::Secret'));
    const { GenerateSecretString: generate } = (
      secret as { Properties: { GenerateSecretString: { ExcludeCharacters: string } } }
    ).Properties;
    // https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html
    const generated = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html
    const counted = "!@#$%^&*()_+-=[]{}|'";
    const left = generated.split('').filter((symbol) => !generate.ExcludeCharacters.includes(symbol));
    expect(left.length).toBeGreaterThan(5);
    expect(left.filter((symbol) => !counted.includes(symbol))).toEqual([]);
  });
});

describe('without MFA', () => {
  const EXEMPT = [
    'iam:ChangePassword',
    'iam:EnableMFADevice',
    'iam:GetMFADevice',
    'iam:GetUser',
    'iam:ListMFADevices',
    'iam:ResyncMFADevice',
    'iam:CreateVirtualMFADevice',
    'iam:GetAccountPasswordPolicy',
    'iam:ListVirtualMFADevices',
    'sts:GetSessionToken',
  ];

  test('everything but the way to MFA is denied, for access keys too', () => {
    expect(policies(access())).toContainEqual({
      Sid: 'DenyWithoutMfa',
      Effect: 'Deny',
      NotAction: EXEMPT,
      Resource: '*',
      Condition: {
        BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false', 'aws:ViaAWSService': 'false' },
      },
    });
  });

  test('the way to MFA is open on the own user only', () => {
    expect(policies(access())).toContainEqual(
      expect.objectContaining({
        Sid: 'DenyOthersWithoutMfa',
        Effect: 'Deny',
        Action: EXEMPT.slice(0, 6),
        NotResource: {
          'Fn::Join': [
            '',
            ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':user/${aws:username}'],
          ],
        },
        // CloudFormation, which may not pass MFA on, reads the users that it makes.
        Condition: {
          BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false', 'aws:ViaAWSService': 'false' },
        },
      }),
    );
  });

  test('an access key can’t enrol a device', () => {
    expect(policies(access())).toContainEqual(
      expect.objectContaining({
        Sid: 'DenyEnrolmentByAccessKey',
        Action: ['iam:CreateVirtualMFADevice', 'iam:EnableMFADevice', 'iam:ResyncMFADevice'],
        Condition: { Null: { 'aws:MultiFactorAuthPresent': 'true' } },
      }),
    );
  });

  test('nobody is a member before that policy is there', () => {
    const [policy] = Object.keys(access({ guard: false }).findResources('AWS::IAM::Policy'));
    access({ guard: false }).hasResource('AWS::IAM::UserToGroupAddition', { DependsOn: [policy] });
  });
});

describe('the guard', () => {
  const throughCloudFormation = {
    'ForAllValues:StringNotEquals': { 'aws:CalledVia': 'cloudformation.amazonaws.com' },
  };

  test('denies leaving or weakening the group except through CloudFormation', () => {
    expect(policies(access())).toContainEqual({
      Sid: 'DenyTampering',
      Effect: 'Deny',
      Action: [
        'iam:AttachGroupPolicy',
        'iam:DeleteGroup*',
        'iam:DetachGroupPolicy',
        'iam:PutGroupPolicy',
        'iam:RemoveUserFromGroup',
        'iam:UpdateGroup',
      ],
      Resource: { 'Fn::GetAtt': [expect.stringContaining('Group'), 'Arn'] },
      Condition: throughCloudFormation,
    });
  });

  test('protects the suite by the prefix of its stacks, and the alias of its key', () => {
    const suite = { prefix: 'Base', keyAlias: 'alias/base', trailName: 'base' };
    const guard = policies(access({ suite }));
    const arn = (text: string) => ({
      'Fn::Join': ['', expect.arrayContaining([expect.stringContaining(text)])],
    });
    expect(guard).toContainEqual({
      Sid: 'DenyTampering',
      Effect: 'Deny',
      Action: expect.arrayContaining(['iam:DeleteGroup*', 's3:Delete*', 'cloudtrail:StopLogging']),
      Resource: expect.arrayContaining([
        arn(':s3:::base-*'),
        arn(':log-group:Base-*'),
        arn(':Base-*'),
        arn(':alarm:Base-*'),
        arn(':function:Base-*'),
        arn(':rule/Base-*'),
        arn(':role/Base-*'),
        arn(':trail/base'),
        arn(':alias/base'),
      ]),
      Condition: throughCloudFormation,
    });
  });

  test('denies each protected resource in a statement of its own, so that no action applies to the others', () => {
    const protectedResources = [
      {
        actions: ['dynamodb:DeleteTable'],
        resources: ['arn:aws:dynamodb:eu-central-1:111122223333:table/prod-*'],
      },
      { actions: ['backup:DeleteRecoveryPoint'], resources: ['*'] },
    ];
    const guard = policies(access({ suite: { prefix: 'Base' }, protectedResources })).filter(({ Sid }) =>
      Sid?.startsWith('DenyTampering'),
    );
    const [suite, ...own] = guard;
    expect(suite).toEqual(
      policies(access({ suite: { prefix: 'Base' } })).find(({ Sid }) => Sid === 'DenyTampering'),
    );
    expect(own).toEqual(
      protectedResources.map(({ actions: [Action], resources: [Resource] }, index) => ({
        Sid: `DenyTampering${index + 1}`,
        Effect: 'Deny',
        Action,
        Resource,
        Condition: throughCloudFormation,
      })),
    );
  });

  test('takes values that are not known yet', () => {
    const token = Token.asString(Fn.ref('Value'));
    const template = access({
      suite: { prefix: token, keyAlias: token, trailName: token, logGroupName: token },
      protectedResources: [{ actions: [token], resources: [token, `${token}/*`] }],
    });
    template.resourceCountIs('AWS::IAM::Policy', 2);
  });

  const protecting = (actions: unknown, resources: unknown = ['*']) => ({
    protectedResources: [{ actions, resources }],
  });
  const PREFIX =
    'suite.prefix must be a prefix of stack names: a letter, then up to 23 letters and digits, with single hyphens between them, got';
  const ALIAS = 'suite.keyAlias must be an alias such as alias/account-baseline, got';
  refused(access, [
    [{ guard: 'false' }, 'guard must be true or false, got "false"'],
    [{ suite: 'Base' }, 'suite must be an object, got "Base"'],
    [{ suite: { prefix: '*' } }, `${PREFIX} "*"`],
    [{ suite: { prefix: '' } }, `${PREFIX} ""`],
    [{ suite: { prefix: 'Base', keyAlias: 'base' } }, `${ALIAS} "base"`],
    [{ suite: { prefix: 'Base', keyAlias: 'alias/*' } }, `${ALIAS} "alias/*"`],
    [{ suite: { prefix: 'Base', guardDuty: 'no' } }, 'suite.guardDuty must be true or false, got "no"'],
  ]);

  const ACTION = 'protectedResources[0].actions[0] must be an action such as dynamodb:DeleteTable, got';
  refused(access, [
    [protecting(['*']), `${ACTION} "*"`],
    [protecting(['*:*']), `${ACTION} "*:*"`],
    [protecting(['DeleteTable']), `${ACTION} "DeleteTable"`],
    [protecting('s3:*'), 'protectedResources[0].actions must be a list of actions, got "s3:*"'],
    [
      protecting(['s3:Delete*'], ['bucket']),
      'protectedResources[0].resources[0] must be an ARN or *, got "bucket"',
    ],
    [{ protectedResources: ['s3:*'] }, 'protectedResources[0] must be an object, got "s3:*"'],
  ]);

  test('goes when it is switched off or the stack is deleted', () => {
    access().hasResource('AWS::IAM::Policy', {
      DeletionPolicy: 'Delete',
      Properties: { PolicyName: Match.stringLikeRegexp('Guard') },
    });
  });

  test('can be switched off', () => {
    access({ guard: false }).resourceCountIs('AWS::IAM::Policy', 1);
  });
});

describe('removal of the stack', () => {
  const types = ['AWS::IAM::Group', 'AWS::IAM::Policy', 'AWS::IAM::User', 'AWS::IAM::UserToGroupAddition'];

  test.each(types)('keeps %s, so that nobody is locked out', (type) => {
    const template = access({ guard: false });
    template.allResources(type, { DeletionPolicy: 'RetainExceptOnCreate' });
  });

  test('is another matter than another name: a user is kept then too, a group without its policy is not', () => {
    access().allResources('AWS::IAM::User', { UpdateReplacePolicy: 'Retain' });
    access().allResources('AWS::IAM::Group', { UpdateReplacePolicy: 'Delete' });
  });

  test.each(types)('deletes %s when asked to', (type) => {
    access({ removalPolicy: RemovalPolicy.DESTROY }).allResources(type, { DeletionPolicy: 'Delete' });
  });
});

test('a user with a condition exists under it, with the password and the membership', () => {
  const template = templateOf((scope) => {
    const condition = new CfnCondition(scope, 'HasBob', { expression: Fn.conditionEquals('a', 'a') });
    new AdminAccess(scope, 'Access', { administrators: [...ALICE, { userName: 'bob', condition }] });
  });
  const { Resources } = template.toJSON() as { Resources: Record<string, { Condition?: string }> };
  const conditional = Object.entries(Resources).flatMap(([id, { Condition }]) =>
    Condition === 'HasBob' ? [id.replace(/[\dA-F]{8}$/, '')] : [],
  );
  expect(conditional).toEqual(expect.arrayContaining(['AccessbobUser', 'AccessbobPassword']));
  expect(conditional.some((id) => id.includes('alice'))).toBe(false);
});

test('a group without users has no membership, which AWS would refuse', () => {
  const template = templateOf((scope) => new ConsoleGroup(scope, 'Group', { users: [], statements: [DENY] }));
  template.resourceCountIs('AWS::IAM::Group', 1);
  template.resourceCountIs('AWS::IAM::UserToGroupAddition', 0);
});

test('the guard is about no SAML provider unless there is one', () => {
  const guarded = (samlProviderName?: string) =>
    JSON.stringify(access({ suite: { prefix: 'Baseline', samlProviderName } }).toJSON());
  expect(guarded('Okta')).toContain('SAMLProvider');
  expect(guarded()).not.toContain('SAMLProvider');
});
