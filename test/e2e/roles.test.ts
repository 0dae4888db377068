import { IAM, paginateGetAccountAuthorizationDetails } from '@aws-sdk/client-iam';
import { Template } from 'aws-cdk-lib/assertions';
import type { BaselineOptions } from '../../lib/config/config';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { session } from '../../scripts/docs/access-rows/people-roles';
import { WITH_MFA } from '../../scripts/docs/access-rows/request';
import { MANAGED_POLICIES, type PolicyDocument } from '../../scripts/docs/managed-policies';
import { decideChecked } from '../access/simulator';
import { identityPolicy, resourcePolicy, type IamPolicies } from '../access/template-policies';
import { SAML } from '../everything';
import { stackTemplate } from '../synth';
import { allIn, BaselineSuite, suiteStacks } from './baseline-suite';
import { notPassed } from './verified';

// One account from users to roles and back: the order matters.
jest.setTimeout(120_000);

const ALWAYS: Partial<BaselineOptions> = {
  administrators: ['alice', 'bob'],
  billing: { viewers: ['carol'] },
  terminationProtection: false,
};
const USERS: Partial<BaselineOptions> = ALWAYS;
const ROLES: Partial<BaselineOptions> = {
  ...ALWAYS,
  access: { mode: 'roles', people: [{ name: 'dave', roles: ['Auditor'] }] },
  federation: { saml: SAML },
};

const ACCESS = 'AccountBaseline-Access';
const ROLES_STACK = 'AccountBaseline-Roles';

let emulator: Emulator;
let suite: BaselineSuite;
let iam: IAM;

beforeAll(async () => {
  emulator = await startEmulator();
  suite = new BaselineSuite(emulator);
  iam = new IAM(emulator.clientConfig);
  expect(await suite.deployBaseline(USERS)).toEqual(allIn('CREATE_COMPLETE', USERS));
  for (const UserName of ['alice', 'bob', 'carol']) {
    await iam.updateLoginProfile({ UserName, PasswordResetRequired: false });
  }
});

afterAll(async () => {
  await emulator.stop();
});

const decoded = (document = '') => JSON.parse(decodeURIComponent(document)) as PolicyDocument;

/** The policies of the account as it is, for the simulator. */
async function policiesOfAccount(): Promise<IamPolicies> {
  const identity = new Map<string, PolicyDocument[]>();
  const resource = new Map<string, ReturnType<typeof resourcePolicy>>();
  const groups = new Map<string, PolicyDocument[]>();
  const managed = (attached: readonly { PolicyName?: string }[] = []) =>
    attached.flatMap(({ PolicyName = '' }) => MANAGED_POLICIES[PolicyName]?.document ?? []);
  const users: { arn: string; groups: string[] }[] = [];
  for await (const page of paginateGetAccountAuthorizationDetails({ client: iam }, {})) {
    for (const { GroupName = '', GroupPolicyList = [], AttachedManagedPolicies } of page.GroupDetailList ??
      []) {
      groups.set(GroupName, [
        ...GroupPolicyList.map(({ PolicyDocument }) => decoded(PolicyDocument)),
        ...managed(AttachedManagedPolicies),
      ]);
    }
    for (const { Arn = '', GroupList = [] } of page.UserDetailList ?? [])
      users.push({ arn: Arn, groups: GroupList });
    for (const {
      Arn = '',
      AssumeRolePolicyDocument,
      RolePolicyList = [],
      AttachedManagedPolicies,
    } of page.RoleDetailList ?? []) {
      if (!/:role\/AccountBaseline-[A-Za-z]+$/.test(Arn)) continue;
      identity.set(Arn, [
        ...RolePolicyList.map(({ PolicyDocument }) => decoded(PolicyDocument)),
        ...managed(AttachedManagedPolicies),
      ]);
      resource.set(Arn, resourcePolicy(Arn, decoded(AssumeRolePolicyDocument)));
    }
  }
  for (const { arn, groups: own } of users)
    identity.set(
      arn,
      own.flatMap((name) => groups.get(name) ?? []),
    );
  return {
    names: new Map(),
    identity: new Map(
      [...identity].map(([arn, documents]) => [arn, documents.map((one) => identityPolicy(arn, one))]),
    ),
    resource,
  };
}

/** How somebody administers the account now: as a user, by the role, or not at all. */
async function administers(name: string): Promise<{ asUser: boolean; byRole: boolean }> {
  const policies = await policiesOfAccount();
  const { accountId } = emulator;
  const who = `arn:aws:iam::${accountId}:user/${name}`;
  const role = `arn:aws:iam::${accountId}:role/AccountBaseline-Administrator`;
  const create = (principal: string) =>
    decideChecked(
      policies,
      { who: principal, on: `arn:aws:iam::${accountId}:user/new`, context: WITH_MFA },
      'iam:CreateUser',
    ) === 'yes';
  const assumes =
    policies.resource.has(role) &&
    decideChecked(policies, { who, on: role, context: session(name) }, 'sts:AssumeRole') === 'yes';
  return { asUser: create(who), byRole: assumes && create(role) };
}

async function groupsOf(UserName: string): Promise<string[]> {
  const { Groups = [] } = await iam.listGroupsForUser({ UserName });
  return Groups.map(({ GroupName = '' }) => GroupName.replace(/-[^-]+$/, ''));
}

/** Nobody's password was set again. */
async function passwordsAreKept(): Promise<boolean> {
  const kept = await Promise.all(
    ['alice', 'bob', 'carol'].map(async (UserName) => {
      const { LoginProfile } = await iam.getLoginProfile({ UserName });
      return LoginProfile?.PasswordResetRequired === false;
    }),
  );
  return kept.every(Boolean);
}

/** The template of Access, with a resource that fails after everybody was moved. */
function failing(options: Partial<BaselineOptions>): Template {
  const template = stackTemplate('Access', options).toJSON() as { Resources: Record<string, object> };
  const Taken = {
    Type: 'AWS::IAM::Group',
    Properties: { GroupName: 'Taken' },
    DependsOn: ['AdminAccessMembers', 'BillingAccessViewersMembers'],
  };
  return Template.fromJSON({ ...template, Resources: { ...template.Resources, Taken } });
}

const templateOf = (name: string, options: Partial<BaselineOptions>) => {
  const found = suiteStacks(options).find((one) => one.name === name);
  if (!found) throw new Error(`no stack ${name}`);
  return found.template;
};

const faults = async (options: Partial<BaselineOptions>) =>
  (await notPassed(emulator, options)).filter((finding) => !finding.startsWith('fail root-mfa'));

describe('from users to roles', () => {
  test('the stack Access is refused before the roles exist, and nobody’s rights change', async () => {
    expect(await suite.stack(ACCESS).deploy(templateOf(ACCESS, ROLES))).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await groupsOf('alice')).toEqual(['Administrators']);
    expect(await administers('alice')).toEqual({ asUser: true, byRole: false });
  });

  test('the roles come first: administrators can then use either', async () => {
    expect(await suite.stack(ROLES_STACK).deploy(templateOf(ROLES_STACK, ROLES))).toBe('CREATE_COMPLETE');
    expect(await administers('alice')).toEqual({ asUser: true, byRole: true });
    expect(await administers('carol')).toEqual({ asUser: false, byRole: false });
  });

  test('a deployment that fails after it moved the users moves them back', async () => {
    await iam.createGroup({ GroupName: 'Taken' });
    const workSince = suite.watch();
    expect(await suite.stack(ACCESS).deploy(failing(ROLES))).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(workSince().resources).toContain(`${ACCESS}/AdminAccessMembers`);
    await iam.deleteGroup({ GroupName: 'Taken' });
    expect(await groupsOf('alice')).toEqual(['Administrators']);
    expect(await groupsOf('carol')).toEqual(['BillingViewers']);
    expect(await administers('alice')).toEqual({ asUser: true, byRole: true });
  });

  test('the users lose their rights and keep the role, and no user is updated', async () => {
    const workSince = suite.watch();
    const statuses = await suite.deploy(suiteStacks(ROLES));
    expect(
      Object.values(statuses).every((status) => /^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(status ?? '')),
    ).toBe(true);
    expect(workSince().resources.filter((name) => /(alice|bob|carol)/.test(name))).toEqual([]);
    expect(await passwordsAreKept()).toBe(true);
    for (const name of ['alice', 'bob']) {
      expect(await administers(name)).toEqual({ asUser: false, byRole: true });
      expect(await groupsOf(name)).toEqual(['AccountBaseline-Roles-PeopleGroup']);
    }
    expect(await administers('dave')).toEqual({ asUser: false, byRole: false });
  });

  test('verify finds nothing wrong', async () => {
    expect(await faults(ROLES)).toEqual([]);
  });

  test('the sessions of one person end by a deployment, and those of others continue', async () => {
    const began = '2026-11-29T09:00:00Z';
    const revokedSessions = [{ name: 'alice', before: '2026-11-29T10:00:00Z' }];
    const options = { ...ROLES, access: { ...ROLES.access, revokedSessions } };
    expect(await suite.stack(ROLES_STACK).deploy(templateOf(ROLES_STACK, options))).toBe('UPDATE_COMPLETE');
    const policies = await policiesOfAccount();
    const who = `arn:aws:iam::${emulator.accountId}:role/AccountBaseline-Administrator`;
    const may = (name: string) => {
      const context = { 'aws:userid': `AROAEXAMPLE:${name}`, 'aws:TokenIssueTime': began };
      return decideChecked(policies, { who, on: '*', context }, 'ec2:DescribeInstances');
    };
    expect([may('alice'), may('bob')]).toEqual(['no', 'yes']);
    expect(await suite.stack(ROLES_STACK).deploy(templateOf(ROLES_STACK, ROLES))).toBe('UPDATE_COMPLETE');
    expect((await policiesOfAccount()).identity.get(who)).toHaveLength(2);
  });

  test('the roles cannot be deleted while people depend on them', async () => {
    await expect(suite.stack(ROLES_STACK).destroy()).rejects.toThrow(/in use|export/i);
    expect(await administers('alice')).toEqual({ asUser: false, byRole: true });
  });
});

describe('from roles to users', () => {
  test('a deployment that fails after it moved the users leaves them the role', async () => {
    await iam.createGroup({ GroupName: 'Taken' });
    const workSince = suite.watch();
    expect(await suite.stack(ACCESS).deploy(failing(USERS))).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(workSince().resources).toContain(`${ACCESS}/AdminAccessMembers`);
    await iam.deleteGroup({ GroupName: 'Taken' });
    expect(await administers('alice')).toEqual({ asUser: false, byRole: true });
  });

  test('administrators have their rights again, and the role until its stack is deleted', async () => {
    const { [ACCESS]: status } = await suite.deploy(suiteStacks(USERS));
    expect(status).toBe('UPDATE_COMPLETE');
    expect(await administers('alice')).toEqual({ asUser: true, byRole: true });
    expect(await groupsOf('carol')).toEqual(['BillingViewers']);
    expect(await passwordsAreKept()).toBe(true);
    expect(await faults(USERS)).toEqual([
      // Of dave, who has a user until somebody deletes it.
      'fail user-mfa: dave has a password and no MFA device.',
      expect.stringMatching(/^unknown first-passwords: .* PeopledavePassword-/),
      expect.stringMatching(/^fail identity-providers: The SAML provider Okta is not in the configuration/),
      `fail stack: The stack ${ROLES_STACK} is deployed, but the configuration no longer includes it.`,
    ]);
  });

  test('deleting the stack then takes nobody’s rights', async () => {
    expect(await suite.stack(ROLES_STACK).destroy()).toBeUndefined();
    expect((await administers('alice')).asUser).toBe(true);
    expect((await administers('bob')).asUser).toBe(true);
  });

  test('the role Administrator stays, for the same people, until root deletes it as docs/roles.md says', async () => {
    const RoleName = 'AccountBaseline-Administrator';
    expect(await administers('alice')).toEqual({ asUser: true, byRole: true });
    expect((await administers('carol')).byRole).toBe(false);
    const { PolicyNames } = await iam.listRolePolicies({ RoleName });
    expect(PolicyNames).toEqual([]);
    await iam.detachRolePolicy({ RoleName, PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' });
    await iam.deleteRole({ RoleName });
    expect(await administers('alice')).toEqual({ asUser: true, byRole: false });
  });
});
