import { Match } from 'aws-cdk-lib/assertions';
import { stringify } from 'yaml';
import { MANAGED_POLICIES, type PolicyDocument } from '../../scripts/docs/managed-policies';
import { decide } from '../access/simulator';
import { ACCOUNT, identityPolicy, type IamPolicies } from '../access/template-policies';
import { check } from '../config/rows';
import { EVERYTHING, IDENTITY_CENTER } from '../everything';
import { stackTemplate } from '../synth';

const GROUP = 'a4e8f458-1234-5678-9abc-def012345678';
const { instanceArn } = IDENTITY_CENTER;
const who = `arn:aws:iam::${ACCOUNT}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_AccountBaseline-Set_0123456789abcdef`;
const template = (identityCenter: object, access: object = {}) =>
  stackTemplate('IdentityCenter', {
    access,
    federation: { identityCenter: { instanceArn, ...identityCenter } },
  });

test('each kind of people has a permission set, if it has groups', () => {
  const names = (identityCenter: object) =>
    Object.values(template(identityCenter).findResources('AWS::SSO::PermissionSet')).map(
      (resource) => (resource as { Properties: { Name: string } }).Properties.Name,
    );
  expect(names({ readers: { Everybody: GROUP } })).toEqual(['AccountBaseline-Read']);
  expect(names(IDENTITY_CENTER)).toEqual(
    ['Admin', 'Power', 'Read', 'Audit', 'Bills'].map((name) => `AccountBaseline-${name}`),
  );
});

test('a permission set is assigned to its groups in this account, for the configured hours', () => {
  const readers = template({ readers: { Everybody: GROUP }, sessionHours: 8 });
  readers.hasResourceProperties('AWS::SSO::PermissionSet', {
    InstanceArn: instanceArn,
    SessionDuration: 'PT8H',
    InlinePolicy: Match.absent(),
  });
  readers.hasResourceProperties('AWS::SSO::Assignment', {
    PrincipalType: 'GROUP',
    PrincipalId: GROUP,
    TargetType: 'AWS_ACCOUNT',
    TargetId: { Ref: 'AWS::AccountId' },
  });
});

test('power users create roles within the boundary, where it is configured', () => {
  template({ powerUsers: { Everybody: GROUP } }, { delegation: true }).hasResourceProperties(
    'AWS::SSO::PermissionSet',
    {
      PermissionsBoundary: { CustomerManagedPolicyReference: { Name: 'AccountBaseline-Delegated' } },
      CustomerManagedPolicyReferences: [{ Name: 'AccountBaseline-RoleMaker' }],
    },
  );
  template({ powerUsers: { Everybody: GROUP } }).hasResourceProperties('AWS::SSO::PermissionSet', {
    PermissionsBoundary: Match.absent(),
    CustomerManagedPolicyReferences: Match.absent(),
  });
});

/** The policies of a session by a permission set. */
function policiesOf(identityCenter: object, managedPolicy: string, access: object = {}): IamPolicies {
  const [set] = Object.values(template(identityCenter, access).findResources('AWS::SSO::PermissionSet')) as {
    Properties: { InlinePolicy: object };
  }[];
  const inline = JSON.parse(
    JSON.stringify(set?.Properties.InlinePolicy)
      .replaceAll(/\{"Fn::Sub":("(?:[^"\\]|\\.)*")\}/g, '$1')
      .replaceAll('${AWS::Partition}', 'aws')
      .replaceAll('${AWS::AccountId}', ACCOUNT)
      .replaceAll('${AWS::Region}', 'us-east-1'),
  ) as PolicyDocument;
  const documents = [MANAGED_POLICIES[managedPolicy]?.document as PolicyDocument, inline];
  return {
    names: new Map(),
    identity: new Map([[who, documents.map((document, index) => identityPolicy(String(index), document))]]),
    resource: new Map(),
  };
}

test('power users use secrets, but no first-time password, whether there is a guard or not', async () => {
  const secret = (name: string) => `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:${name}-1A2B3C-a1b2c3`;
  for (const guard of [true, false]) {
    const policies = policiesOf({ powerUsers: { Everybody: GROUP } }, 'PowerUserAccess', { guard });
    const may = (name: string, action: string) => decide(policies, { who, on: secret(name) }, action);
    expect(await may('site', 'secretsmanager:GetSecretValue')).toBe('yes');
    for (const action of ['secretsmanager:GetSecretValue', 'secretsmanager:DeleteResourcePolicy']) {
      expect(await may('AdminAccessalicePassword', action)).toBe('no');
      expect(await may('BreakGlassglass1Password', action)).toBe('no');
    }
  }
});

describe('administrators', () => {
  const policies = policiesOf({ administrators: { Everybody: GROUP } }, 'AdministratorAccess');
  const trail = `arn:aws:cloudtrail:us-east-1:${ACCOUNT}:trail/account-baseline`;

  test('are kept from the baseline by the guard, but not through CloudFormation', async () => {
    const through = { 'aws:CalledVia': ['cloudformation.amazonaws.com'], 'aws:ViaAWSService': 'true' };
    expect(await decide(policies, { who, on: trail }, 'cloudtrail:StopLogging')).toBe('no');
    expect(await decide(policies, { who, on: trail, context: through }, 'cloudtrail:StopLogging')).toBe(
      'yes',
    );
    expect(await decide(policies, { who, on: `arn:aws:iam::${ACCOUNT}:user/bob` }, 'iam:CreateUser')).toBe(
      'yes',
    );
  });

  test('have no guard where it is disabled', () => {
    template({ administrators: { Everybody: GROUP } }, { guard: false }).hasResourceProperties(
      'AWS::SSO::PermissionSet',
      {
        InlinePolicy: Match.absent(),
      },
    );
  });
});

test('with the longest prefix, names have the 32 characters that they may, and the budget holds', () => {
  const options = { ...EVERYTHING, stackName: 'a'.repeat(24) };
  const all = stackTemplate('IdentityCenter', options);
  for (const resource of Object.values(all.findResources('AWS::SSO::PermissionSet'))) {
    expect((resource as { Properties: { Name: string } }).Properties.Name.length).toBeLessThanOrEqual(32);
  }
  expect(Buffer.byteLength(stringify(all.toJSON(), { lineWidth: 0 }))).toBeLessThan(40_960);
});

describe('a configuration', () => {
  const PATH = 'federation.identityCenter';
  const center = (identityCenter: object) => ({
    federation: { identityCenter: { instanceArn, readers: { Everybody: GROUP }, ...identityCenter } },
  });
  check([
    [
      'without an instance says who can enable one, and how',
      center({ instanceArn: 'none' }),
      `${PATH}.instanceArn: must be the ARN of an organization instance of IAM Identity Center, such as arn:aws:sso:::instance/ssoins-0123456789abcdef; if the organization has none, somebody who administers its management account enables it in the console of IAM Identity Center; received "none"`,
    ],
    [
      'with names of groups only says how to find the IDs',
      center({ readers: ['Developers'] }),
      `${PATH}.readers: must be an object such as { Developers: '${GROUP}' }; \`aws identitystore list-groups --identity-store-id ID\` lists names and IDs; received ["Developers"]`,
    ],
    [
      'with something else than an ID says how to find it',
      center({ readers: { Developers: 'devs' } }),
      `${PATH}.readers.Developers: must be the ID of a group; \`aws identitystore list-groups --identity-store-id ID\` lists names and IDs; received "devs"`,
    ],
    [
      'with two names for a group is refused',
      center({ readers: { Developers: GROUP, Engineers: GROUP } }),
      `${PATH}.readers: must not have two names for the same group; received {"Developers":"${GROUP}","Engineers":"a4e8f458-1234-5678-9abc-def0123...`,
    ],
    [
      'for nobody is a mistake',
      center({ readers: {} }),
      `${PATH}: must give a group access: administrators, powerUsers, readers, auditors, or billing; received {"instanceArn":"${instanceArn}","sessionHours":4,"administrators"...`,
    ],
    [
      'with a session of a day is refused',
      center({ sessionHours: 24 }),
      `${PATH}.sessionHours: must be a whole number of hours from 1 to 12; received 24`,
    ],
  ]);
});
