import type { FindingSummary } from '@aws-sdk/client-accessanalyzer';
import { type BaselineConfig, defineBaseline } from '../../lib/config/config';
import type { RegionalSettings, Snapshot } from '../../lib/posture/snapshot';
import { verify } from '../../lib/posture/verify';
import { CONFIG, encoded, REGION, role, valueOf, WELL } from './snapshot';
import { eachOf } from '../each-of';

const OTHER = '210987654321';
const ADMINISTRATOR = ['AdministratorAccess'];
const since = ', since 2026-11-24';
const people = valueOf(WELL.people);
const SAML = 'arn:aws:iam::123456789012:saml-provider/Corp';
const OIDC = 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com';
const CENTER = 'arn:aws:iam::123456789012:saml-provider/AWSSSO_0123456789abcdef_DO_NOT_DELETE';

const troubles = (change: Partial<Snapshot>, config: BaselineConfig = CONFIG) =>
  verify({ ...WELL, ...change }, config).findings.filter(({ status }) => status !== 'pass');

/** What does not pass, as "check status severity: detail". */
const told = (change: Partial<Snapshot>, config?: BaselineConfig): string[] =>
  troubles(change, config).map(
    ({ check, status, severity, detail }) => `${check} ${status} ${severity}: ${detail}`,
  );

const withRoles = (...roles: ReturnType<typeof role>[]): Partial<Snapshot> => ({
  people: { value: { ...people, roles: [...people.roles, ...roles] } },
});
const withPolicy = (statement: object) => ({
  ...role('server', { Service: 'ec2.amazonaws.com' }, []),
  RolePolicyList: [{ PolicyDocument: encoded(statement) }],
});
const withUser = (change: object, more: object = {}): Partial<Snapshot> => ({
  people: {
    value: { ...people, users: [...people.users, { UserName: 'eve', Arn: 'eve', ...change }], ...more },
  },
  sshKeys: { ...WELL.sshKeys, eve: { value: [] } },
});
const trusting = (access: { trustedAccounts?: string[]; trustedProviders?: string[] }) =>
  defineBaseline({
    administrators: ['alice', 'bob'],
    notifications: { emails: ['security@example.com'] },
    access,
  });

const finding = (change: Partial<FindingSummary>): FindingSummary => ({
  id: 'f-1',
  resource: 'arn:aws:s3:::photos',
  resourceType: 'AWS::S3::Bucket',
  principal: { AWS: OTHER },
  action: ['s3:GetObject', 's3:ListBucket', 's3:PutObject', 's3:DeleteObject'],
  condition: {},
  createdAt: WELL.at,
  analyzedAt: WELL.at,
  updatedAt: WELL.at,
  status: 'ACTIVE',
  resourceOwnerAccount: '123456789012',
  ...change,
});
const settings = WELL.regional[REGION] as RegionalSettings;
const withFindings = (...findings: FindingSummary[]): Partial<Snapshot> => ({
  regional: { ...WELL.regional, [REGION]: { ...settings, analyzer: { value: { arn: 'arn:a', findings } } } },
});
const root = (account: string) => ({ AWS: `arn:aws:iam::${account}:root` });
const NO_ID = ' It does not ask for an external ID, which a third party should have.';
const OF_ORGANIZATION = ' Roles of this name manage the accounts of an organization.';
const externalId = { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } };

eachOf<[string, Partial<Snapshot>, string[]]>(
  [
    [
      'a role with AdministratorAccess that trusts another account',
      withRoles(role('backdoor', root(OTHER))),
      [
        `outside-administrators fail critical: The account ${OTHER} can assume the role backdoor, which has administrator rights${since}.${NO_ID}`,
      ],
    ],
    [
      'a role with an inline policy for everything, by the bare account ID',
      withRoles({
        ...role('backdoor', { AWS: [OTHER] }, []),
        RolePolicyList: [{ PolicyDocument: encoded({ Effect: 'Allow', Action: ['*'], Resource: ['*'] }) }],
      }),
      [
        `outside-administrators fail critical: The account ${OTHER} can assume the role backdoor, which has administrator rights${since}.${NO_ID}`,
      ],
    ],
    [
      'a role for everyone',
      withRoles(role('open', '*', [])),
      [`outside-roles fail critical: Anyone with an AWS account can assume the role open${since}.`],
    ],
    [
      'a role for everyone but one, which is a role for everyone',
      withRoles({
        ...role('open', '*', []),
        AssumeRolePolicyDocument: encoded({ Effect: 'Allow', Action: 'sts:*', NotPrincipal: root(OTHER) }),
      }),
      [`outside-roles fail critical: Anyone with an AWS account can assume the role open${since}.`],
    ],
    [
      'a role for an organization',
      withRoles(
        role('open', '*', [], '/', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abc' } } }),
      ),
      [`outside-roles fail high: Every account of the organization o-abc can assume the role open${since}.`],
    ],
    [
      'a role for a principal of another account that everyone’s principal is narrowed to',
      withRoles(
        role('vendor', '*', [], '/', {
          Condition: {
            ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${OTHER}:role/*` },
            ...externalId.Condition,
          },
        }),
      ),
      [`outside-roles fail high: The account ${OTHER} can assume the role vendor${since}.`],
    ],
    [
      'a role for a vendor with an external ID',
      withRoles(role('vendor', root(OTHER), ['ReadOnlyAccess'], '/', externalId)),
      [`outside-roles fail high: The account ${OTHER} can assume the role vendor${since}.`],
    ],
    [
      'a role for certificates',
      withRoles(role('machines', { Service: 'rolesanywhere.amazonaws.com' }, [])),
      [
        `outside-roles fail high: Certificates, through IAM Roles Anywhere, can assume the role machines${since}.`,
      ],
    ],
    [
      'a role for users of a public provider',
      withRoles(role('app', { Federated: 'accounts.google.com' }, [])),
      ['identity-providers fail high: Users of accounts.google.com can assume the role app.'],
    ],
    [
      'a SAML provider',
      { samlProviders: { value: [SAML] } },
      [
        'identity-providers fail high: The SAML provider Corp is not in the configuration. No role trusts it yet.',
      ],
    ],
    [
      'an OpenID Connect provider whose every user administers the account',
      {
        oidcProviders: { value: [OIDC] },
        ...withRoles(
          role('deploy', { Federated: OIDC }, ADMINISTRATOR, '/', {
            Action: 'sts:AssumeRoleWithWebIdentity',
          }),
        ),
      },
      [
        'identity-providers fail critical: The OpenID Connect provider token.actions.githubusercontent.com is not in the configuration. Its users can assume deploy (administrator rights, no condition on who).',
      ],
    ],
    [
      'Identity Center, once for all of its roles',
      {
        samlProviders: { value: [CENTER] },
        ...withRoles(
          ...ADMINISTRATOR.concat('ViewOnlyAccess').map((policy) =>
            role(
              `AWSReservedSSO_${policy}`,
              { Federated: CENTER },
              [policy],
              '/aws-reserved/sso.amazonaws.com/',
            ),
          ),
        ),
      },
      [
        'identity-providers manual medium: IAM Identity Center signs people in to 2 roles, 1 of them with administrator rights.',
      ],
    ],
    [
      'a trust anchor',
      { trustAnchors: { [REGION]: { value: ['ta-1'] } } },
      [
        `trust-anchors manual high: IAM Roles Anywhere has the trust anchor ta-1 in ${REGION}: its certificates can assume the roles that trust the service.`,
      ],
    ],
    [
      'a user who administers through another group',
      withUser(
        { GroupList: ['Others'], CreateDate: new Date('2026-11-20') },
        {
          groups: [
            ...people.groups,
            {
              GroupName: 'Others',
              GroupPolicyList: [],
              AttachedManagedPolicies: [{ PolicyArn: 'arn:aws:iam::123456789012:policy/All' }],
            },
          ],
          policies: [
            {
              Arn: 'arn:aws:iam::123456789012:policy/All',
              PolicyVersionList: [
                {
                  IsDefaultVersion: false,
                  Document: encoded({ Effect: 'Deny', Action: '*', Resource: '*' }),
                },
                {
                  IsDefaultVersion: true,
                  Document: encoded({ Effect: 'Allow', Action: 'iam:*', Resource: '*' }),
                },
              ],
            },
          ],
        },
      ),
      [
        'other-administrators fail high: eve has administrator rights through the group Others, since 2026-11-20.',
      ],
    ],
    [
      'a user who administers through policies of their own, once',
      withUser({ AttachedManagedPolicies: [{ PolicyArn: 'arn:aws:iam::aws:policy/IAMFullAccess' }] }),
      ['other-administrators fail high: eve has administrator rights through policies of their own.'],
    ],
    [
      'a role of the account with administrator rights',
      withRoles(role('server', { Service: 'ec2.amazonaws.com' })),
      [`other-administrators manual high: The role server has administrator rights${since}.`],
    ],
    ...[
      { Action: 'iam:Put*', Resource: '*' },
      { Action: ['s3:*', 'IAM:AttachRolePolicy'], Resource: 'arn:aws:iam::123456789012:role/*' },
      { Action: 'iam:Create*', Resource: ['arn:aws:iam::*:*'] },
    ].map(({ Action, Resource }): [string, Partial<Snapshot>, string[]] => [
      `a role that may grant itself everything, by ${JSON.stringify(Action)}`,
      withRoles(withPolicy({ Effect: 'Allow', Action, Resource })),
      [`other-administrators manual high: The role server has administrator rights${since}.`],
    ]),
    ...[
      { Effect: 'Deny', Action: 'iam:Put*', Resource: '*' },
      { Effect: 'Allow', Action: 'iam:Put*', Resource: 'arn:aws:iam::123456789012:role/app-*' },
      { Effect: 'Allow', Action: ['iam:Get*', 'iam:PassRole', 'iam:CreateRole'], Resource: '*' },
      {
        Effect: 'Allow',
        Action: 'iam:PutRolePolicy',
        Resource: '*',
        Condition: {
          StringEquals: { 'iam:PermissionsBoundary': 'arn:aws:iam::123456789012:policy/boundary' },
        },
      },
    ].map((statement): [string, Partial<Snapshot>, string[]] => [
      `nothing of a role that may not, as with ${JSON.stringify(statement)}`,
      withRoles(withPolicy(statement)),
      [],
    ]),
    [
      'a user who is not in the configuration',
      withUser({ CreateDate: WELL.at }),
      [`other-users manual low: eve is not in the configuration${since}.`],
    ],
    [
      'credentials for a single service',
      {
        serviceCredentials: {
          value: [
            {
              UserName: 'bob',
              Status: 'Active',
              CreateDate: WELL.at,
              ServiceName: 'bedrock.amazonaws.com',
              ServiceSpecificCredentialId: 'ACCA',
            },
          ],
        },
      },
      [`service-credentials fail medium: bob has credentials for bedrock.amazonaws.com${since}.`],
    ],
    [
      'a signing certificate',
      {
        credentials: {
          value: valueOf(WELL.credentials).map((row) =>
            row.user === 'bob' ? { ...row, certificates: [WELL.at] } : row,
          ),
        },
      },
      [`service-credentials fail medium: bob has an active signing certificate${since}.`],
    ],
    [
      'an SSH public key',
      {
        sshKeys: {
          ...WELL.sshKeys,
          bob: {
            value: [{ UserName: 'bob', SSHPublicKeyId: 'APKA', Status: 'Active', UploadDate: WELL.at }],
          },
        },
      },
      [`service-credentials fail medium: bob has an SSH public key for CodeCommit${since}.`],
    ],
    [
      'a bucket that another account can use, and its principals once',
      withFindings(finding({}), finding({ id: 'f-2' })),
      [
        `exposure fail high: S3 Bucket arn:aws:s3:::photos is open to ${OTHER}: s3:GetObject, s3:ListBucket, s3:PutObject and 1 more.`,
      ],
    ],
    [
      'a function for everyone',
      withFindings(
        finding({
          resource: 'arn:f',
          resourceType: 'AWS::Lambda::Function',
          principal: { AWS: '*' },
          isPublic: true,
          action: ['lambda:InvokeFunctionUrl'],
        }),
      ),
      ['exposure fail critical: Lambda Function arn:f is open to everyone: lambda:InvokeFunctionUrl.'],
    ],
    [
      'a finding that names neither principal nor action',
      withFindings(finding({ principal: undefined, action: undefined })),
      [
        'exposure fail high: S3 Bucket arn:aws:s3:::photos is open to somebody whom the analyzer does not name: the analyzer names no action.',
      ],
    ],
    [
      'a resource that the analyzer could not read',
      withFindings(finding({ error: 'ACCESS_DENIED', principal: undefined })),
      ['exposure unknown high: The analyzer could not analyze S3 Bucket arn:aws:s3:::photos: ACCESS_DENIED.'],
    ],
    [
      'a public and a shared AMI',
      {
        images: {
          [REGION]: {
            value: [
              { id: 'ami-1', isPublic: true, sharedWith: [] },
              { id: 'ami-2', isPublic: false, sharedWith: [OTHER] },
            ],
          },
        },
      },
      [
        'shared-images fail critical: The AMI ami-1 is open to everyone.',
        `shared-images fail high: The AMI ami-2 is open to ${OTHER}.`,
      ],
    ],
    [
      'the role of an organization whose management account is not known',
      {
        ...withRoles(role('OrganizationAccountAccessRole', root(OTHER))),
        managementAccount: { unknown: 'organizations:DescribeOrganization is not allowed' },
      },
      [
        `outside-administrators manual medium: The account ${OTHER} can assume the role OrganizationAccountAccessRole, which has administrator rights${since}.${OF_ORGANIZATION}`,
      ],
    ],
    [
      'a role that only has the name of an organization’s',
      {
        ...withRoles(role('OrganizationAccountAccessRole', root(OTHER))),
        managementAccount: { value: '333333333333' },
      },
      [
        `outside-administrators fail critical: The account ${OTHER} can assume the role OrganizationAccountAccessRole, which has administrator rights${since}.${NO_ID}`,
      ],
    ],
    [
      'a role of Control Tower for its audit account',
      {
        ...withRoles(role('aws-controltower-ReadOnlyExecutionRole', root(OTHER), ['ReadOnlyAccess'])),
        managementAccount: { value: '333333333333' },
      },
      [
        `outside-roles manual medium: The account ${OTHER} can assume the role aws-controltower-ReadOnlyExecutionRole${since}.${OF_ORGANIZATION}`,
      ],
    ],
    [
      'an archived role of an outsider who administers, as they could have archived it',
      {
        ...withRoles(role('backdoor', root(OTHER))),
        ...withFindings(
          finding({
            status: 'ARCHIVED',
            resource: 'arn:aws:iam::123456789012:role/backdoor',
            resourceType: 'AWS::IAM::Role',
          }),
        ),
      },
      [
        `outside-administrators fail critical: The account ${OTHER} can assume the role backdoor, which has administrator rights${since}.${NO_ID}`,
      ],
    ],
  ],
  ([what]) => what,
)('each way in is found', ([, change, expected]) => {
  expect(told(change)).toEqual(expected);
});

test.each<[string, Partial<Snapshot>, BaselineConfig?]>([
  [
    'the role of the management account',
    {
      ...withRoles(role('OrganizationAccountAccessRole', root(OTHER))),
      managementAccount: { value: OTHER },
    },
  ],
  [
    'everyone who is narrowed to the account itself',
    withRoles(
      role('own', '*', [], '/', { Condition: { StringEquals: { 'aws:PrincipalAccount': '123456789012' } } }),
    ),
  ],
  ['a deleted principal', withRoles(role('old', { AWS: 'AIDAIOSFODNN7EXAMPLE' }, []))],
  [
    'a role that outsiders may only tag the session of',
    withRoles({
      ...role('own', root(OTHER), []),
      AssumeRolePolicyDocument: encoded({
        Effect: 'Allow',
        Action: 'sts:TagSession',
        Principal: root(OTHER),
      }),
    }),
  ],
  [
    'a trusted account',
    {
      ...withRoles(role('vendor', root(OTHER))),
      ...withFindings(finding({ principal: { AWS: `arn:aws:iam::${OTHER}:root` } })),
      images: { [REGION]: { value: [{ id: 'ami-2', isPublic: false, sharedWith: [OTHER] }] } },
    },
    trusting({ trustedAccounts: [OTHER] }),
  ],
  [
    'trusted providers',
    {
      samlProviders: { value: [SAML, CENTER] },
      oidcProviders: { value: [OIDC] },
      ...withRoles(
        role('deploy', { Federated: OIDC }),
        role('AWSReservedSSO_A', { Federated: CENTER }, ADMINISTRATOR, '/aws-reserved/sso.amazonaws.com/'),
      ),
    },
    trusting({
      trustedProviders: ['Corp', 'token.actions.githubusercontent.com', 'identity-center'],
    }),
  ],
  [
    'what a person archived',
    {
      ...withRoles(role('vendor', root(OTHER), [])),
      ...withFindings(
        finding({ status: 'ARCHIVED' }),
        finding({
          status: 'ARCHIVED',
          resource: 'arn:aws:iam::123456789012:role/vendor',
          resourceType: 'AWS::IAM::Role',
        }),
      ),
    },
  ],
])('lets pass %s', (...[, change, config]) => {
  expect(told(change, config)).toEqual([]);
});

test('a resource that is open to others is shown with a command and a link for its Region', () => {
  const [{ resource, region, remedy } = {}] = troubles(withFindings(finding({})));
  expect({ resource, region, ...remedy }).toMatchObject({
    resource: 'arn:aws:s3:::photos',
    region: REGION,
    command: `aws accessanalyzer get-finding --region ${REGION} --analyzer-arn arn:a --id f-1`,
    link: `https://console.aws.amazon.com/access-analyzer/home?region=${REGION}#/findings/details/f-1`,
  });
});

test('a name of a role adds nothing to the command', () => {
  const [{ remedy } = {}] = troubles(withRoles(role('a;b', root(OTHER))));
  expect(remedy?.command).toBe("aws iam get-role --role-name 'a;b'");
});

test.each([['123'], ['12345678901a'], ['arn:aws:iam::123456789012:root']])(
  '%s is not the ID of a trusted account',
  (id) => {
    expect(() => trusting({ trustedAccounts: [id] })).toThrow(
      'access.trustedAccounts[0]: must be an account ID: 12 digits, as a string',
    );
  },
);

test('a trusted provider has no scheme', () => {
  expect(() => trusting({ trustedProviders: ['https://id.example.com'] })).toThrow(
    'access.trustedProviders[0]: must be the name of a SAML provider',
  );
});

eachOf<[string, boolean]>(
  [
    ['sts:AssumeRole', true],
    ['STS:assumerole', true],
    ['sts:Assume*', true],
    ['sts:*Role', true],
    ['sts:AssumeR?le', true],
    ['sts:*', true],
    ['*', true],
    ['sts:TagSession', false],
    ['sts:Get*', false],
    ['sts:AssumeRoot', false],
  ],
  ([action]) => action,
)('who can assume a role depends on the actions of its trust policy', ([Action, isFound]) => {
  const found = troubles(withRoles(role('own', root(OTHER), [], '/', { Action })));
  expect(found.map(({ check }) => check)).toEqual(isFound ? ['outside-roles'] : []);
});

test('everything except some resources is administrator rights', () => {
  const own = role('own', root(OTHER), []);
  const document = { Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::theirs' };
  const RolePolicyList = [{ PolicyName: 'most', PolicyDocument: encoded(document) }];
  const found = troubles(withRoles({ ...own, RolePolicyList }));
  expect(found.map(({ check }) => check)).toEqual(['outside-administrators']);
});

test('the issuers of the configured pipelines are known providers, and others of the same host are not', () => {
  const pipelines = { github: [{ repository: 'acme/site', deploy: { branch: 'main' } }] };
  const config = defineBaseline({
    administrators: ['alice', 'bob'],
    notifications: { emails: ['security@example.com'] },
    federation: { pipelines },
  });
  const subject = {
    Condition: { StringEquals: { 'token.actions.githubusercontent.com:sub': 'repo:acme/site' } },
  };
  const change = {
    oidcProviders: { value: [OIDC] },
    ...withRoles(role('AccountBaseline-site-deploy', { Federated: OIDC }, [], '/', subject)),
  };
  const providers = (found: string[]) => found.filter((line) => line.startsWith('identity-providers'));
  expect(providers(told(change, config))).toEqual([]);
  expect(providers(told(change))).not.toEqual([]);
  const slug = `${OIDC}/acme`;
  expect(providers(told({ ...change, oidcProviders: { value: [OIDC, slug] } }, config))).toEqual([
    expect.stringContaining('token.actions.githubusercontent.com/acme is not in the configuration'),
  ]);
});

describe('an archived finding of the analyzer', () => {
  const VENDOR = 'arn:aws:iam::123456789012:role/vendor';
  const ofRole = (change: Partial<FindingSummary>) =>
    finding({ status: 'ARCHIVED', resource: VENDOR, resourceType: 'AWS::IAM::Role', ...change });
  const toldOfVendor = (...findings: FindingSummary[]) =>
    troubles({ ...withRoles(role('vendor', root(OTHER), [])), ...withFindings(...findings) }).map(
      ({ check }) => check,
    );

  test.each([
    ['another role', ofRole({ resource: 'arn:aws:iam::123456789012:role/other' })],
    ['another account', ofRole({ principal: { AWS: '111122223333' } })],
    ['nobody', ofRole({ principal: undefined })],
  ])('about %s is not a decision about a role', (_, archived) => {
    expect(toldOfVendor(archived)).toEqual(['outside-roles']);
  });

  test.each([OTHER, `arn:aws:iam::${OTHER}:root`, `arn:aws:iam::${OTHER}:role/deploy`])(
    'about %s is a decision about its account',
    (AWS) => {
      expect(toldOfVendor(ofRole({ principal: { AWS } }))).toEqual([]);
    },
  );

  test('does not count while another one about the same is active', () => {
    expect(toldOfVendor(ofRole({}), ofRole({ id: 'f-2', status: 'ACTIVE' }))).toContain('outside-roles');
  });
});

test('service-linked roles belong to their services, whom they trust', () => {
  const linked = role('AWSServiceRoleForX', root(OTHER), ADMINISTRATOR, '/aws-service-role/x.amazonaws.com/');
  expect(troubles(withRoles(linked))).toEqual([]);
  expect(troubles(withRoles({ ...linked, Path: '/x/' })).map(({ check }) => check)).toContain(
    'outside-administrators',
  );
});

test('the remedy for another administrator names where the rights come from', () => {
  const administrators = [{ PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }];
  const OTHERS = { GroupName: 'Others', GroupPolicyList: [], AttachedManagedPolicies: administrators };
  const commandOf = (user: object) =>
    troubles(withUser(user, { groups: [...people.groups, OTHERS] })).find(
      ({ check }) => check === 'other-administrators',
    )?.remedy?.command;
  const look =
    'aws iam list-attached-user-policies --user-name eve && aws iam list-user-policies --user-name eve';
  const remove = 'aws iam remove-user-from-group --group-name Others --user-name eve';
  expect(commandOf({ GroupList: ['Others'] })).toBe(remove);
  expect(commandOf({ AttachedManagedPolicies: administrators })).toBe(look);
  expect(commandOf({ GroupList: ['Others'], AttachedManagedPolicies: administrators })).toBe(
    `${look} && ${remove}`,
  );
});
