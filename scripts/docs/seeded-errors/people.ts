import { type Fault, faultsOf, set, withStatement } from './fault';

const LONG = {
  Sid: 'Long',
  Effect: 'Deny',
  Action: 's3:PutObject',
  Resource: `arn:aws:s3:::${'x'.repeat(10_240)}`,
};
const PASSWORD = 'AWS::SecretsManager::Secret';
const READERS = 'AWS::SecretsManager::ResourcePolicy';
const POLICY = 'AdminAccessPolicy';
const PROVIDER = 'AWS::IAM::OIDCProvider';
const SET = 'AWS::SSO::PermissionSet';

export const PEOPLE: readonly Fault[] = [
  ...faultsOf('Access', [
    [
      'policies of a group of over 5,120 characters',
      POLICY,
      withStatement('PolicyDocument', LONG),
      'Maximum policy size of 5120 bytes exceeded for group',
    ],
    [
      'a policy of a group with a principal',
      POLICY,
      set('PolicyDocument.Statement.0.Principal', '*'),
      'should not specify a principal',
    ],
    [
      'an action without its service',
      POLICY,
      set('PolicyDocument.Statement.1.Action', ['ChangePassword']),
      'prefaced by a vendor',
    ],
    [
      'an unknown condition operator',
      POLICY,
      set('PolicyDocument.Statement.0.Condition', { StringEqual: {} }),
      'Invalid Condition type : StringEqual',
    ],
    [
      'a resource that is no ARN',
      POLICY,
      set('PolicyDocument.Statement.0.Resource', 'everything'),
      'Resource everything must be in ARN format',
    ],
    [
      'two statements with one ID',
      POLICY,
      withStatement('PolicyDocument', { ...LONG, Sid: 'DenyWithoutMfa', Resource: '*' }),
      'in a single policy must be unique',
    ],
    [
      'a misspelled element of a statement',
      POLICY,
      set('PolicyDocument.Statement.0.Actions', '*'),
      'Syntax errors in policy: Actions',
    ],
    ['a policy of nobody', POLICY, set('Groups', undefined), 'no subschema matched'],
    [
      'a group with a space in its name',
      'AdminAccessGroup',
      set('GroupName', 'our administrators'),
      '#/GroupName: string [our administrators] does not match',
    ],
    [
      'a group with an unknown managed policy',
      'AdminAccessGroup',
      set('ManagedPolicyArns', ['arn:aws:iam::123456789012:policy/missing']),
      'missing does not exist or is not attachable',
    ],
    [
      'a group with eleven managed policies',
      'AdminAccessGroup',
      set(
        'ManagedPolicyArns',
        Array.from({ length: 11 }, (_, index) => `arn:aws:iam::aws:policy/P${index}`),
      ),
      '#/ManagedPolicyArns: expected maximum item count: 10, found: 11',
    ],
    [
      'a user with a relative path',
      'AWS::IAM::User',
      set('Path', 'people'),
      '#/Path: string [people] does not match',
    ],
    [
      'a user with a name of 65 characters',
      'AWS::IAM::User',
      set('UserName', 'x'.repeat(65)),
      '#/UserName: expected maxLength: 64, actual: 65',
    ],
    [
      'a user with a tag without a value',
      'AWS::IAM::User',
      set('Tags', [{ Key: 'Owner' }]),
      '#/Tags/0: required key [Value] not found',
    ],
    [
      'members of an unknown group',
      'AdminAccessMembers',
      set('GroupName', 'missing'),
      'missing cannot be found',
    ],
    [
      'a password of 5,000 characters',
      PASSWORD,
      set('GenerateSecretString.PasswordLength', 5000),
      '#/GenerateSecretString/PasswordLength: 5000 is not less or equal to 4096',
    ],
    [
      'a password too short for a character of each kind',
      PASSWORD,
      set('GenerateSecretString', { PasswordLength: 3, RequireEachIncludedType: true }),
      'PasswordLength too short to include required character types',
    ],
    [
      'a template of a secret without its key',
      PASSWORD,
      set('GenerateSecretString', { SecretStringTemplate: '{}' }),
      'GenerateStringKey',
    ],
    [
      'a password with an unknown rule',
      PASSWORD,
      set('GenerateSecretString.ExcludeSpaces', true),
      'extraneous key [ExcludeSpaces] is not permitted',
    ],
    [
      'a secret with a space in its name',
      PASSWORD,
      set('Name', 'my password'),
      '#/Name: string [my password] does not match',
    ],
    [
      'a policy of a secret without a principal',
      READERS,
      set('ResourcePolicy.Statement.0.Principal', undefined),
      'Missing required field Principal',
    ],
    ['a policy of a missing secret', READERS, set('SecretId', 'missing'), 'find the specified secret'],
    [
      'sessions of a minute',
      'SupportRole',
      set('MaxSessionDuration', 60),
      '#/MaxSessionDuration: 60 is not greater or equal to 3600',
    ],
  ]),
  ...faultsOf('Pipelines', [
    [
      'a provider without HTTPS',
      PROVIDER,
      set('Url', 'http://token.example.com'),
      '#/Url: string [http://token.example.com] does not match',
    ],
    [
      'a thumbprint of three characters',
      PROVIDER,
      set('ThumbprintList', ['abc']),
      '#/ThumbprintList/0: expected minLength: 40, actual: 3',
    ],
    [
      'a managed policy of over 6,144 characters',
      'AWS::IAM::ManagedPolicy',
      withStatement('PolicyDocument', LONG),
      'Cannot exceed quota for PolicySize: 6144',
    ],
    [
      'a trust policy of over 2,048 characters',
      'AWS::IAM::Role',
      withStatement('AssumeRolePolicyDocument', {
        Effect: 'Deny',
        Action: 'sts:AssumeRole',
        Principal: { AWS: `arn:aws:iam::123456789012:role/${'x'.repeat(2048)}` },
      }),
      'Cannot exceed quota for ACLSizePerRole: 2048',
    ],
    [
      'a trust policy for a user that does not exist',
      'AWS::IAM::Role',
      withStatement('AssumeRolePolicyDocument', {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { AWS: 'arn:aws:iam::123456789012:user/missing' },
      }),
      'Invalid principal in policy: "AWS":"arn:aws:iam::123456789012:user/missing"',
    ],
    [
      'a boundary that does not exist',
      'AWS::IAM::Role',
      set('PermissionsBoundary', 'arn:aws:iam::123456789012:policy/missing'),
      'missing does not exist or is not attachable',
    ],
    [
      'a boundary that is no ARN',
      'AWS::IAM::Role',
      set('PermissionsBoundary', 'boundary'),
      '#/PermissionsBoundary: expected minLength: 20, actual: 8',
    ],
  ]),
  ...faultsOf('Roles', [
    [
      'metadata of a few characters',
      'AWS::IAM::SAMLProvider',
      set('SamlMetadataDocument', '<xml/>'),
      '#/SamlMetadataDocument: expected minLength: 1000, actual: 6',
    ],
    [
      'policies of a role of over 10,240 characters',
      'AWS::IAM::Policy',
      withStatement('PolicyDocument', LONG),
      'Maximum policy size of 10240 bytes exceeded for role',
    ],
  ]),
  ...faultsOf('IdentityCenter', [
    [
      'a permission set with a name of 33 characters',
      SET,
      set('Name', 'x'.repeat(33)),
      '#/Name: expected maxLength: 32, actual: 33',
    ],
    ['sessions of one', SET, set('SessionDuration', '1h'), '#/SessionDuration: string [1h] does not match'],
    [
      'an assignment to a role',
      'AWS::SSO::Assignment',
      set('PrincipalType', 'ROLE'),
      '#/PrincipalType: ROLE is not a valid enum value',
    ],
  ]),
  ...faultsOf('Organization', [
    [
      'a policy of an unknown type',
      'AWS::Organizations::Policy',
      set('Type', 'SCP'),
      '#/Type: SCP is not a valid enum value',
    ],
    [
      'a policy for the account of a name',
      'AWS::Organizations::Policy',
      set('TargetIds', ['shop']),
      '#/TargetIds/0: string [shop] does not match',
    ],
    [
      'a unit without a name',
      'AWS::Organizations::OrganizationalUnit',
      set('Name', ''),
      '#/Name: expected minLength: 1, actual: 0',
    ],
    [
      'an account without @',
      'Accountsinterns',
      set('Email', 'interns.example.com'),
      '#/Email: string [interns.example.com] does not match',
    ],
  ]),
  ...faultsOf('Members', [
    [
      'a StackSet of an unknown model',
      'AWS::CloudFormation::StackSet',
      set('PermissionModel', 'MANAGED'),
      '#/PermissionModel: MANAGED is not a valid enum value',
    ],
    [
      'a StackSet with two templates',
      'AWS::CloudFormation::StackSet',
      set('TemplateURL', 'https://example.com/template'),
      'TemplateURL',
    ],
  ]),
];
