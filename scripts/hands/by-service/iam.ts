import { IAM } from '@aws-sdk/client-iam';
import { admit, hand, NO_CALL, NO_RENAMING, type Place, type Row, set, STRANGER, without } from '../hand';

const iamOf = ({ emulator }: Place) => new IAM(emulator.clientConfig);

const ALL = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});
const NOTHING = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: 'iam:CreateUser', Resource: '*' }],
};
const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';
const READ_ONLY = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const PASSWORD = 'Somebody-chose-this-2026!';

const trusting = (account: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'sts:AssumeRole' },
    ],
  });

const STATEMENT = { Sid: 'More', Effect: 'Deny', Action: 'iam:CreateAccountAlias', Resource: '*' };

/** Deletes a group as the console does: with its policies, and after its members left. */
async function deleteGroup(iam: IAM, GroupName: string): Promise<void> {
  const { Users = [] } = await iam.getGroup({ GroupName });
  for (const { UserName } of Users) await iam.removeUserFromGroup({ GroupName, UserName });
  const { AttachedPolicies = [] } = await iam.listAttachedGroupPolicies({ GroupName });
  for (const { PolicyArn } of AttachedPolicies) await iam.detachGroupPolicy({ GroupName, PolicyArn });
  const { PolicyNames = [] } = await iam.listGroupPolicies({ GroupName });
  for (const PolicyName of PolicyNames) await iam.deleteGroupPolicy({ GroupName, PolicyName });
  await iam.deleteGroup({ GroupName });
}

async function deleteUser(iam: IAM, UserName: string): Promise<void> {
  const { Groups = [] } = await iam.listGroupsForUser({ UserName });
  for (const { GroupName } of Groups) await iam.removeUserFromGroup({ GroupName, UserName });
  await iam.deleteLoginProfile({ UserName });
  await iam.deleteUser({ UserName });
}

async function deleteRole(iam: IAM, RoleName: string): Promise<void> {
  const { AttachedPolicies = [] } = await iam.listAttachedRolePolicies({ RoleName });
  for (const { PolicyArn } of AttachedPolicies) await iam.detachRolePolicy({ RoleName, PolicyArn });
  const { PolicyNames = [] } = await iam.listRolePolicies({ RoleName });
  for (const PolicyName of PolicyNames) await iam.deleteRolePolicy({ RoleName, PolicyName });
  await iam.deleteRole({ RoleName });
}

async function deletePolicy(iam: IAM, PolicyArn: string): Promise<void> {
  const {
    PolicyGroups = [],
    PolicyRoles = [],
    PolicyUsers = [],
  } = await iam.listEntitiesForPolicy({ PolicyArn });
  for (const { GroupName } of PolicyGroups) await iam.detachGroupPolicy({ GroupName, PolicyArn });
  for (const { RoleName } of PolicyRoles) await iam.detachRolePolicy({ RoleName, PolicyArn });
  for (const { UserName } of PolicyUsers) await iam.detachUserPolicy({ UserName, PolicyArn });
  await iam.deletePolicy({ PolicyArn });
}

const INTERN = 'intern';
const GROUP = 'Administrators';
const ALICE = 'alice';

/** Name of the policy that the row is about. */
async function policyIn(iam: IAM): Promise<string | undefined> {
  const { PolicyNames = [] } = await iam.listGroupPolicies({ GroupName: GROUP });
  return PolicyNames.find((name) => name.startsWith('AdminAccessPolicy'));
}

/** Only the name of a role, policy or provider, from its ARN. */
const nameIn = (arn: string) => arn.split('/').at(-1) ?? '';

/** Where CloudFormation writes the policy: into a role of this stack. */
const SUPPORT = 'SupportRole';

export const IAM_ROWS: readonly Row[] = [
  {
    type: 'AWS::IAM::Group',
    of: ['Access', 'AdminAccessGroup'],
    change: set({ ManagedPolicyArns: [ADMINISTRATOR, READ_ONLY] }),
    hands: {
      deleted: hand('members removed, `iam:DeleteGroup`', (place) => deleteGroup(iamOf(place), place.id)),
      changed: hand('`iam:DetachGroupPolicy`, and an extra user: `iam:AddUserToGroup`', async (place) => {
        const iam = iamOf(place);
        await iam.detachGroupPolicy({ GroupName: place.id, PolicyArn: ADMINISTRATOR });
        await iam.createUser({ UserName: INTERN });
        await iam.addUserToGroup({ GroupName: place.id, UserName: INTERN });
      }),
      renamed: hand('`iam:UpdateGroup`', (place) =>
        iamOf(place).updateGroup({ GroupName: place.id, NewGroupName: 'Admins' }),
      ),
      replaced: hand(
        'deleted; another group of the same name, with an extra user and no policy',
        async (place) => {
          const iam = iamOf(place);
          await deleteGroup(iam, place.id);
          await iam.createGroup({ GroupName: place.id });
          await iam.createUser({ UserName: INTERN });
          await iam.addUserToGroup({ GroupName: place.id, UserName: INTERN });
        },
      ),
    },
  },
  {
    type: 'AWS::IAM::User',
    of: ['Access', 'AdminAccessaliceUser'],
    change: without(
      'The baseline never changes a user, because CloudFormation would set the password again.',
    ),
    hands: {
      deleted: hand('`iam:DeleteUser`', (place) => deleteUser(iamOf(place), place.id)),
      changed: hand('`iam:AttachUserPolicy`, `iam:UpdateLoginProfile`', async (place) => {
        const iam = iamOf(place);
        await iam.attachUserPolicy({ UserName: place.id, PolicyArn: ADMINISTRATOR });
        await iam.updateLoginProfile({
          UserName: place.id,
          Password: PASSWORD,
          PasswordResetRequired: false,
        });
      }),
      renamed: hand('`iam:UpdateUser`', (place) =>
        iamOf(place).updateUser({ UserName: place.id, NewUserName: 'alicia' }),
      ),
      replaced: hand('deleted; another user of the same name, with another password', async (place) => {
        const iam = iamOf(place);
        await deleteUser(iam, place.id);
        await iam.createUser({ UserName: place.id });
        await iam.createLoginProfile({ UserName: place.id, Password: PASSWORD });
      }),
    },
  },
  {
    type: 'AWS::IAM::UserToGroupAddition',
    of: ['Access', 'AdminAccessMembers'],
    change: set({ Users: [ALICE, 'bob', 'carol'] }),
    hands: {
      deleted: hand('`iam:RemoveUserFromGroup`', (place) =>
        iamOf(place).removeUserFromGroup({ GroupName: GROUP, UserName: ALICE }),
      ),
      changed: hand('an extra user: `iam:AddUserToGroup`', async (place) => {
        const iam = iamOf(place);
        await iam.createUser({ UserName: INTERN });
        await iam.addUserToGroup({ GroupName: GROUP, UserName: INTERN });
      }),
      renamed: without('It has no name.'),
      replaced: without('It has no name: the same as changed.'),
    },
  },
  {
    type: 'AWS::IAM::Policy',
    of: ['Access', 'AdminAccessPolicy'],
    change: admit('PolicyDocument', STATEMENT),
    hands: {
      deleted: hand('`iam:DeleteGroupPolicy`', async (place) => {
        const iam = iamOf(place);
        await iam.deleteGroupPolicy({ GroupName: GROUP, PolicyName: await policyIn(iam) });
      }),
      changed: hand('`iam:PutGroupPolicy`', async (place) => {
        const iam = iamOf(place);
        const PolicyName = await policyIn(iam);
        await iam.putGroupPolicy({ GroupName: GROUP, PolicyName, PolicyDocument: JSON.stringify(NOTHING) });
      }),
      renamed: NO_RENAMING,
      replaced: without('Writing a policy of the name is changing it.'),
    },
  },
  {
    type: 'AWS::IAM::Role',
    of: ['Access', SUPPORT],
    change: set({ Description: 'Changed by a deployment' }),
    hands: {
      deleted: hand('`iam:DeleteRole`', (place) => deleteRole(iamOf(place), place.id)),
      changed: hand('`iam:UpdateAssumeRolePolicy`, `iam:AttachRolePolicy`', async (place) => {
        const iam = iamOf(place);
        await iam.updateAssumeRolePolicy({ RoleName: place.id, PolicyDocument: trusting(STRANGER) });
        await iam.attachRolePolicy({ RoleName: place.id, PolicyArn: ADMINISTRATOR });
      }),
      renamed: NO_RENAMING,
      replaced: hand('deleted; another role of the name, which trusts another account', async (place) => {
        const iam = iamOf(place);
        await deleteRole(iam, place.id);
        await iam.createRole({ RoleName: place.id, AssumeRolePolicyDocument: trusting(STRANGER) });
        await iam.attachRolePolicy({ RoleName: place.id, PolicyArn: ADMINISTRATOR });
      }),
    },
  },
  {
    type: 'AWS::IAM::ManagedPolicy',
    of: ['Delegation', 'DelegationBoundary'],
    change: admit('PolicyDocument', STATEMENT),
    hands: {
      deleted: hand('`iam:DeletePolicy`', (place) => deletePolicy(iamOf(place), place.id)),
      changed: hand('`iam:CreatePolicyVersion`', (place) =>
        iamOf(place).createPolicyVersion({ PolicyArn: place.id, PolicyDocument: ALL, SetAsDefault: true }),
      ),
      renamed: NO_RENAMING,
      replaced: hand('deleted; another policy of the name, which allows everything', async (place) => {
        const iam = iamOf(place);
        await deletePolicy(iam, place.id);
        await iam.createPolicy({ PolicyName: nameIn(place.id), PolicyDocument: ALL });
      }),
    },
  },
  {
    type: 'AWS::IAM::OIDCProvider',
    of: ['Pipelines', 'PipelinesProvidertoken'],
    change: set({ ClientIdList: ['sts.amazonaws.com', 'another'] }),
    hands: {
      deleted: hand('`iam:DeleteOpenIDConnectProvider`', (place) =>
        iamOf(place).deleteOpenIDConnectProvider({ OpenIDConnectProviderArn: place.id }),
      ),
      changed: without(NO_CALL),
      renamed: NO_RENAMING,
      replaced: hand('deleted; another one of the issuer, with another audience', async (place) => {
        const iam = iamOf(place);
        await iam.deleteOpenIDConnectProvider({ OpenIDConnectProviderArn: place.id });
        await iam.createOpenIDConnectProvider({
          Url: 'https://token.actions.githubusercontent.com',
          ClientIDList: ['https://github.com/stranger'],
        });
      }),
    },
  },
  {
    type: 'AWS::IAM::SAMLProvider',
    of: ['Roles', 'Saml'],
    change: set({ Tags: [{ Key: 'changed', Value: 'yes' }] }),
    hands: {
      deleted: hand('`iam:DeleteSAMLProvider`', (place) =>
        iamOf(place).deleteSAMLProvider({ SAMLProviderArn: place.id }),
      ),
      changed: hand('`iam:UpdateSAMLProvider`', (place) =>
        iamOf(place).updateSAMLProvider({ SAMLProviderArn: place.id, SAMLMetadataDocument: theirs() }),
      ),
      renamed: NO_RENAMING,
      replaced: hand('deleted; another one of the name, with other metadata', async (place) => {
        const iam = iamOf(place);
        await iam.deleteSAMLProvider({ SAMLProviderArn: place.id });
        await iam.createSAMLProvider({ Name: nameIn(place.id), SAMLMetadataDocument: theirs() });
      }),
    },
  },
];

/** Metadata of another identity provider; IAM wants 1,000 characters at least. */
function theirs(): string {
  return `<md:EntityDescriptor entityID="https://theirs.example.com">${' '.repeat(1000)}</md:EntityDescriptor>`;
}
