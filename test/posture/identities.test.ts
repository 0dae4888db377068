import type { RoleDetail } from '@aws-sdk/client-iam';
import { verify } from '../../lib/posture/verify';
import { defineBaseline } from '../../lib/config/config';
import type { DeployedResource, DeployedStack, Part, People, Snapshot } from '../../lib/posture/snapshot';
import { CONFIG, WELL } from './snapshot';
import { SMALLEST } from '../smallest';
import { eachOf } from '../each-of';

const ACCOUNT = WELL.caller.account;
const ROLE = 'AccountBaseline-Pipelines-Deploy-1A2B';
const POLICY = `arn:aws:iam::${ACCOUNT}:policy/AccountBaseline-Delegated`;
const SAML = `arn:aws:iam::${ACCOUNT}:saml-provider/Okta`;
const OIDC = `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`;
const READ_ONLY = 'arn:aws:iam::aws:policy/ReadOnlyAccess';

const document = (Action: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
});
const trust = (Principal: object) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal }],
});
const encoded = (value: object) => encodeURIComponent(JSON.stringify(value));

const TEMPLATE = {
  Resources: {
    Deploy: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: trust({ AWS: { Ref: 'AWS::AccountId' } }),
        ManagedPolicyArns: [{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/ReadOnlyAccess' }],
        Policies: [{ PolicyName: 'Own', PolicyDocument: document('s3:GetObject') }],
      },
    },
    More: {
      Type: 'AWS::IAM::Policy',
      Properties: {
        PolicyName: 'More',
        PolicyDocument: document('s3:PutObject'),
        Roles: [{ Ref: 'Deploy' }],
      },
    },
    Boundary: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document('ec2:*') } },
    Saml: { Type: 'AWS::IAM::SAMLProvider', Properties: {} },
    Oidc: { Type: 'AWS::IAM::OIDCProvider', Properties: {} },
    // With a condition that is not met.
    Without: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trust({}) } },
  },
};
const IDS = { Deploy: ROLE, Boundary: POLICY, Saml: SAML, Oidc: OIDC };

const STACK: DeployedStack = {
  kind: 'Pipelines',
  stack: { StackName: 'AccountBaseline-Pipelines', CreationTime: WELL.at, StackStatus: 'CREATE_COMPLETE' },
  template: TEMPLATE,
  resources: Object.entries(IDS).map(([LogicalResourceId, PhysicalResourceId]) => ({
    LogicalResourceId,
    PhysicalResourceId,
    ResourceType: 'AWS::IAM::Role',
    ResourceStatus: 'CREATE_COMPLETE',
    LastUpdatedTimestamp: WELL.at,
  })),
};

const DEPLOYED: RoleDetail = {
  RoleName: ROLE,
  AssumeRolePolicyDocument: encoded(trust({ AWS: `arn:aws:iam::${ACCOUNT}:root` })),
  AttachedManagedPolicies: [{ PolicyArn: READ_ONLY }],
  RolePolicyList: [
    { PolicyName: 'Own', PolicyDocument: encoded(document('s3:GetObject')) },
    { PolicyName: 'More', PolicyDocument: encoded(document('s3:PutObject')) },
  ],
};

const version = (Action: string, IsDefaultVersion: boolean) => ({
  Document: encoded(document(Action)),
  IsDefaultVersion,
});
const ACCOUNT_HAS: People = {
  users: [],
  groups: [],
  roles: [DEPLOYED],
  policies: [{ Arn: POLICY, PolicyVersionList: [version('*', false), version('ec2:*', true)] }],
};

const judged = (people: Partial<People> = {}, change: Partial<Snapshot> = {}, config = CONFIG) =>
  verify(
    {
      ...WELL,
      suite: { value: [STACK] },
      people: { value: { ...ACCOUNT_HAS, ...people } },
      samlProviders: { value: [SAML] },
      oidcProviders: { value: [OIDC] },
      ...change,
    },
    config,
  )
    .findings.filter(({ check }) => check === 'identities')
    .map(({ status, detail }) => `${status}: ${detail}`);

const role = (change: Partial<RoleDetail>): Partial<People> => ({ roles: [{ ...DEPLOYED, ...change }] });

test('roles, policies and providers as they were deployed pass', () => {
  expect(judged()).toEqual([
    'pass: People, groups, roles, policies and identity providers match the templates.',
  ]);
});

eachOf<[string, Partial<People>, string[]]>(
  [
    ['a role that was deleted', { roles: [] }, [`${ROLE} was deleted.`]],
    [
      'a role that trusts another account',
      role({ AssumeRolePolicyDocument: encoded(trust({ AWS: 'arn:aws:iam::210987654321:root' })) }),
      [`The trust policy of ${ROLE} was changed.`],
    ],
    [
      'a role with another managed policy',
      role({
        AttachedManagedPolicies: [
          { PolicyArn: READ_ONLY },
          { PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
        ],
      }),
      [`The managed policies of ${ROLE} were changed.`],
    ],
    [
      'a role without its managed policy',
      role({ AttachedManagedPolicies: [] }),
      [`The managed policies of ${ROLE} were changed.`],
    ],
    [
      'a role without its policies',
      role({ RolePolicyList: [] }),
      [`Own of ${ROLE} was deleted or changed.`, `More of ${ROLE} was deleted or changed.`],
    ],
    [
      'a role with wider policies, and another one',
      role({
        RolePolicyList: [
          ...(DEPLOYED.RolePolicyList ?? []).slice(0, 1),
          { PolicyName: 'More', PolicyDocument: encoded(document('s3:*')) },
          { PolicyName: 'Mine', PolicyDocument: encoded(document('*')) },
        ],
      }),
      [`More of ${ROLE} was deleted or changed.`, `Mine of ${ROLE} was added.`],
    ],
    [
      'a role with a permissions boundary of somebody else, which takes its permissions',
      role({ PermissionsBoundary: { PermissionsBoundaryArn: 'arn:aws:iam::aws:policy/AWSDenyAll' } }),
      [`The permissions boundary of ${ROLE} was changed.`],
    ],
    ['a managed policy that was deleted', { policies: [] }, [`${POLICY} was deleted.`]],
    [
      'a managed policy with a wider default version',
      {
        policies: [{ Arn: POLICY, PolicyVersionList: [version('*', true), version('ec2:*', false)] }],
      },
      [`${POLICY} was changed.`],
    ],
  ],
  ([what]) => what,
)('each change of an identity fails', ([, people, expected]) => {
  expect(judged(people)).toEqual(expected.map((detail) => `fail: ${detail}`));
});

test('identity providers that were deleted fail', () => {
  expect(judged({}, { samlProviders: { value: [] }, oidcProviders: { value: [] } })).toEqual([
    `fail: ${SAML} was deleted.`,
    `fail: ${OIDC} was deleted.`,
  ]);
});

test('a SAML provider with the metadata of another identity provider fails', () => {
  const provider = (actual: DeployedResource['actual']): Partial<Snapshot> => ({
    resources: {
      value: [
        {
          kind: 'Roles',
          type: 'AWS::IAM::SAMLProvider',
          resource: SAML,
          wanted: { SamlMetadataDocument: '<ours/>' },
          actual,
        },
      ],
    },
  });
  const has = (text: string) => judged({}, provider({ value: { SamlMetadataDocument: text } }));
  expect(has('<ours/>')).toEqual([
    'pass: People, groups, roles, policies and identity providers match the templates.',
  ]);
  expect(has('<theirs/>')).toEqual([
    `fail: The metadata of ${SAML} was changed: another identity provider may sign people in.`,
  ]);
  expect(judged({}, provider({ unknown: 'iam:GetSAMLProvider is not allowed' }))).toEqual([
    'unknown: iam:GetSAMLProvider is not allowed.',
  ]);
});

test('an OpenID Connect provider with another audience fails', () => {
  const has = (actual: DeployedResource['actual']) =>
    judged(
      {},
      {
        resources: {
          value: [
            {
              kind: 'Pipelines',
              type: 'AWS::IAM::OIDCProvider',
              resource: OIDC,
              wanted: { ClientIdList: ['sts.amazonaws.com'] },
              actual,
            },
          ],
        },
      },
    );
  const AUDIENCES = `fail: The audiences of ${OIDC} were changed: pipelines cannot sign in, or tokens for somebody else fit.`;
  expect(has({ value: { ClientIdList: ['sts.amazonaws.com'] } })).toEqual([
    'pass: People, groups, roles, policies and identity providers match the templates.',
  ]);
  expect(has({ value: { ClientIdList: ['mine'] } })).toEqual([AUDIENCES]);
  expect(has({ value: { ClientIdList: ['sts.amazonaws.com', 'mine'] } })).toEqual([AUDIENCES]);
  expect(has({ unknown: 'iam:GetOpenIDConnectProvider is not allowed' })).toEqual([
    'unknown: iam:GetOpenIDConnectProvider is not allowed.',
  ]);
});

test('an OpenID Connect provider that the account had before must let pipelines in', () => {
  const issuer = 'https://gitlab.com';
  const arn = `arn:aws:iam::${ACCOUNT}:oidc-provider/gitlab.com`;
  const config = defineBaseline({
    ...SMALLEST,
    federation: { pipelines: { gitlab: [{ project: 'acme/site' }], existingProviders: [issuer] } },
  });
  const has = (audiences: Part<string[]>) =>
    judged({}, { oidcProviders: { value: [OIDC, arn] }, oidcAudiences: { [arn]: audiences } }, config);
  expect(has({ value: ['sts.amazonaws.com', 'https://gitlab.com'] })).toEqual([
    'pass: People, groups, roles, policies and identity providers match the templates.',
  ]);
  expect(has({ value: ['https://gitlab.com'] })).toEqual([
    `fail: ${arn} lacks the audience sts.amazonaws.com: pipelines cannot sign in.`,
  ]);
  expect(has({ unknown: 'iam:GetOpenIDConnectProvider is not allowed' })).toEqual([
    'unknown: iam:GetOpenIDConnectProvider is not allowed.',
  ]);
  expect(judged({}, {}, config)).toEqual([
    `fail: The account has no OpenID Connect provider of ${issuer}: pipelines cannot sign in.`,
  ]);
});

test('a role keeps the permissions boundary of its template', () => {
  const { Deploy } = TEMPLATE.Resources;
  const template = {
    Resources: {
      Deploy: { ...Deploy, Properties: { ...Deploy.Properties, PermissionsBoundary: { Ref: 'Boundary' } } },
    },
  };
  const bounded = (arn?: string) =>
    judged(role({ ...(arn !== undefined && { PermissionsBoundary: { PermissionsBoundaryArn: arn } }) }), {
      suite: { value: [{ ...STACK, template }] },
    }).filter((line) => line.includes('boundary'));
  expect(bounded(POLICY)).toEqual([]);
  expect(bounded('arn:other')).toEqual([`fail: The permissions boundary of ${ROLE} was changed.`]);
  expect(bounded()).toEqual([`fail: The permissions boundary of ${ROLE} was changed.`]);
});

describe('a user of the stacks that somebody created again', () => {
  const later = new Date(WELL.at.getTime() + 1000);
  const suite: Snapshot['suite'] = {
    value: [
      {
        ...STACK,
        template: { Resources: {} },
        resources: [
          {
            LogicalResourceId: 'User',
            PhysicalResourceId: 'alice',
            ResourceType: 'AWS::IAM::User',
            ResourceStatus: 'CREATE_COMPLETE',
            LastUpdatedTimestamp: WELL.at,
          },
        ],
      },
    ],
  };
  const at = (CreateDate: Date) => ({ users: [{ UserName: 'alice', CreateDate }] });
  const administratorsWith = (people: Partial<People>) =>
    verify({ ...WELL, suite, people: { value: { ...ACCOUNT_HAS, ...people } } }, CONFIG).findings.find(
      ({ check, resource }) => check === 'administrators' && resource === 'alice',
    )?.remedy;

  test('fails, and gets no rights by a remedy', () => {
    expect(judged(at(later), { suite })).toEqual([
      'fail: The user alice was deleted and created again after the deployment.',
    ]);
    expect(administratorsWith(at(later))?.command).toBeUndefined();
    expect(administratorsWith(at(later))?.text).toContain('Delete the password before you give');
  });

  test('is told from the one that was deployed or imported', () => {
    expect(judged(at(WELL.at), { suite })).toEqual([
      'pass: People, groups, roles, policies and identity providers match the templates.',
    ]);
    expect(administratorsWith(at(WELL.at))?.command).toContain('aws iam add-user-to-group');
  });
});

test('the roles for people have a check of their own', () => {
  expect(judged({ roles: [] }, { suite: { value: [{ ...STACK, kind: 'Roles' }] } })).toEqual([
    'pass: People, groups, roles, policies and identity providers match the templates.',
  ]);
});

test('nothing is known without stacks, or if IAM does not tell', () => {
  expect(judged({}, { suite: { value: [] } })).toEqual(['unknown: The baseline is not deployed.']);
  expect(judged({}, { people: { unknown: 'iam:GetAccountAuthorizationDetails is not allowed' } })).toEqual([
    'unknown: iam:GetAccountAuthorizationDetails is not allowed.',
  ]);
});
