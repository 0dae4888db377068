import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { IAM } from '@aws-sdk/client-iam';
import { Organizations } from '@aws-sdk/client-organizations';
import { EMULATOR_HOME, type Emulator, REPOSITORY, startEmulator } from '../../emulator/emulator';
import { createOrganization } from '../../emulator/organization';
import { EmulatedSuite } from '../../emulator/suite';
import type { BaselineOptions } from '../../lib/config/config';
import type { OrganizationPosture } from '../../lib/posture/organization/verify-organization';
import { SMALLEST } from '../smallest';
import { suiteStacks } from './baseline-suite';
import { readSettings } from './settings';

// The tests share one organization and follow it through its life: their order matters.
jest.setTimeout(120_000);

const CONTROL_TOWER = 'controltower.amazonaws.com';
const GUARDRAIL = 'aws-guardrails-abcdef';
const STACK_SET = 'AccountBaseline-Members';
const KINDS = ['Services', 'Organization', 'Members'].map((kind) => `AccountBaseline-${kind}`);

let emulator: Emulator;
let suite: EmulatedSuite;
let organizations: Organizations;
let cloudFormation: CloudFormation;
let options: NonNullable<BaselineOptions['organization']>;
/** Ten accounts, of which one joins later. */
const accounts: string[] = [];
let late: string;
/** IDs of what the configuration created, by output. */
let created: Readonly<Record<string, string | undefined>>;

/** The emulator as a member sees it: its account ID is the access key. */
const memberOf = (accountId: string): Emulator => ({
  ...emulator,
  accountId,
  clientConfig: {
    ...emulator.clientConfig,
    credentials: { accessKeyId: accountId, secretAccessKey: 'test' },
  },
});

const createAccount = async (name: string): Promise<string> => {
  const { CreateAccountStatus } = await organizations.createAccount({
    AccountName: name,
    Email: `${name}@example.com`,
  });
  return CreateAccountStatus?.AccountId ?? '';
};

/** The stacks of the organization, as the configuration has them. */
const stacks = (more: Partial<NonNullable<BaselineOptions['organization']>> = {}) =>
  suiteStacks({ organization: { ...options, ...more } }).filter(({ name }) => KINDS.includes(name));

/** How each member stands: CURRENT, or OUTDATED and why. */
const instances = async (): Promise<Record<string, string>> => {
  const { Summaries = [] } = await cloudFormation.listStackInstances({ StackSetName: STACK_SET });
  return Object.fromEntries(
    Summaries.map(({ Account = '', Status, StatusReason }) => [
      Account,
      [Status, StatusReason].filter(Boolean).join(': '),
    ]),
  );
};

const all = (status: string, ids: readonly string[]) => Object.fromEntries(ids.map((id) => [id, status]));

/** Waits for what CloudFormation does by itself. */
const eventually = async (isDone: () => Promise<boolean>): Promise<void> => {
  while (!(await isDone())) await new Promise((resolve) => setTimeout(resolve, 200));
};

/** Services with trusted access. */
const trusted = async () => {
  const { EnabledServicePrincipals = [] } = await organizations.listAWSServiceAccessForOrganization({});
  return EnabledServicePrincipals.map(({ ServicePrincipal }) => ServicePrincipal);
};

beforeAll(async () => {
  emulator = await startEmulator();
  suite = new EmulatedSuite(emulator);
  // The stack Access creates it.
  await new IAM(emulator.clientConfig).createGroup({ GroupName: 'Administrators' });
  organizations = new Organizations(emulator.clientConfig);
  cloudFormation = new CloudFormation(emulator.clientConfig);
  const { Organization } = await organizations.describeOrganization({});
  const { Roots: [root] = [] } = await organizations.listRoots({});
  options = { id: Organization?.Id ?? '', rootId: root?.Id ?? '' };
  // AWS Control Tower governs it: a guardrail on the root, and its access.
  await organizations.enableAWSServiceAccess({ ServicePrincipal: CONTROL_TOWER });
  const { Policy } = await organizations.createPolicy({
    Name: GUARDRAIL,
    Description: 'of AWS Control Tower',
    Type: 'SERVICE_CONTROL_POLICY',
    Content: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
    }),
  });
  await organizations.attachPolicy({ PolicyId: Policy?.PolicySummary?.Id, TargetId: options.rootId });
  for (let index = 1; index < 10; index++) accounts.push(await createAccount(`member-${index}`));
});

afterAll(() => emulator.stop());

test('an ID that is not the organization’s has one clear message, and nothing is changed', async () => {
  const [services] = suiteStacks({ organization: { ...options, id: 'o-ffffffffff' } }).filter(({ name }) =>
    name.endsWith('-Services'),
  );
  if (!services) throw new Error('no stack');
  await suite.deploy([services]);
  const reasons = Object.values(await suite.failures()).filter((reason) =>
    reason?.includes('organization.id'),
  );
  expect(reasons).toEqual([
    expect.stringContaining(`organization.id is o-ffffffffff, but this account belongs to ${options.id}`),
  ]);
  expect(await trusted()).toEqual([CONTROL_TOWER]);
  await suite.destroy([services.name]);
});

test('the organization’s ID and root bring the settings to its nine members', async () => {
  const statuses = await suite.deploy(stacks());
  expect([statuses, await suite.failures()]).toEqual([
    Object.fromEntries(KINDS.map((name) => [name, 'CREATE_COMPLETE'])),
    {},
  ]);
  expect(await instances()).toEqual(all('CURRENT', accounts));
  const [first = ''] = accounts;
  const { PasswordPolicy } = await new IAM(memberOf(first).clientConfig).getAccountPasswordPolicy({});
  expect(PasswordPolicy?.MinimumPasswordLength).toBe(15);
});

test('trusted access, policy types, and central root access are enabled', async () => {
  expect(await trusted()).toEqual([
    'cloudtrail.amazonaws.com',
    CONTROL_TOWER,
    'iam.amazonaws.com',
    'member.org.stacksets.cloudformation.amazonaws.com',
  ]);
  const { EnabledFeatures } = await new IAM(emulator.clientConfig).listOrganizationsFeatures({});
  expect(EnabledFeatures).toEqual(['RootCredentialsManagement', 'RootSessions']);
});

test('an account that joins gets the settings by itself', async () => {
  late = await createAccount('member-10');
  await eventually(async () => (await instances())[late] === 'CURRENT');
  expect(await readSettings(memberOf(late))).toEqual(await readSettings(memberOf(accounts[0] ?? '')));
});

test('org verify reads every member, by the role that came with the stack', async () => {
  const { env } = await createOrganization(emulator, 0);
  const folder = mkdtempSync(join(EMULATOR_HOME, 'organization-'));
  const config = join(folder, 'baseline.config.ts');
  const written = JSON.stringify({ ...SMALLEST, organization: options });
  writeFileSync(
    config,
    `import { defineBaseline } from '${join(REPOSITORY, 'lib/config/config')}';
export default defineBaseline(${written});\n`,
  );
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    ['bin/aws-account-baseline.mjs', 'org', 'verify', '--json', '--config', config],
    { cwd: REPOSITORY, encoding: 'utf8', env: { ...env, XDG_CACHE_HOME: folder }, maxBuffer: 100e6 },
  );
  rmSync(folder, { recursive: true });
  expect(stderr).not.toContain('Error');
  const { accounts: verified } = JSON.parse(stdout) as OrganizationPosture;
  expect(verified.map(({ account }) => account).sort()).toEqual([...accounts, late].sort());
  expect(verified.filter(({ unreadable }) => unreadable !== undefined)).toEqual([]);
  // The settings that the stack brought are in place; what is left is the root users' MFA.
  const failed = verified.flatMap(({ findings }) => findings.filter((one) => one.status === 'fail'));
  expect([...new Set(failed.map(({ check }) => check))]).toEqual([]);
  expect(status).toBe(0);
});

test('an account that the configuration creates is in its OU, and gets the settings by itself', async () => {
  const structure = {
    units: { Workloads: 'create', 'Workloads/Production': 'create' },
    accounts: { shop: { email: 'aws+shop@example.com', unit: 'Workloads/Production' } },
  } as const;
  const [stack] = stacks(structure).filter(({ name }) => name.endsWith('-Organization'));
  if (!stack) throw new Error('no stack');
  expect(await suite.deploy([stack])).toEqual({ [stack.name]: 'UPDATE_COMPLETE' });
  created = await suite.outputs(stack.name);
  const { Accountshop: shop = '', UnitWorkloadsProduction: production = '', UnitWorkloads } = created;
  const { Parents } = await organizations.listParents({ ChildId: shop });
  expect(Parents).toEqual([{ Id: production, Type: 'ORGANIZATIONAL_UNIT' }]);
  const above = await organizations.listParents({ ChildId: production });
  expect(above.Parents?.[0]?.Id).toBe(UnitWorkloads);
  await eventually(async () => (await instances())[shop] === 'CURRENT');
});

test('a policy is observed without being attached, then enforced, then off', async () => {
  const users = async (mode: 'observe' | 'enforce' | 'off') => {
    const [stack] = stacks({ policies: { users: mode } }).filter(({ name }) =>
      name.endsWith('-Organization'),
    );
    if (!stack) throw new Error('no stack');
    expect(await suite.deploy([stack])).toEqual({ [stack.name]: 'UPDATE_COMPLETE' });
    const { Policies = [] } = await organizations.listPolicies({ Filter: 'SERVICE_CONTROL_POLICY' });
    const own = Policies.find(({ Name }) => Name === 'AccountBaseline-users');
    if (!own) return undefined;
    const { Targets = [] } = await organizations.listTargetsForPolicy({ PolicyId: own.Id });
    return Targets.map(({ TargetId }) => TargetId);
  };
  expect(await users('observe')).toEqual([]);
  expect(await users('enforce')).toEqual([options.rootId]);
  expect(await users('off')).toBeUndefined();
});

test('a suspended member is left out, and does not stop the others', async () => {
  const [, , , , closed = ''] = accounts;
  await organizations.closeAccount({ AccountId: closed });
  const contact = { name: 'Ann Lee', title: 'CISO', email: 'security@example.com', phone: '+1 555 0100' };
  const changed = stacks({ members: { contacts: { security: contact } } });
  expect(await suite.deploy(changed.filter(({ name }) => name === STACK_SET))).toEqual({
    [STACK_SET]: 'UPDATE_COMPLETE',
  });
  const { [closed]: suspended, ...others } = await instances();
  expect(suspended).toBe('OUTDATED: Account is suspended');
  expect(new Set(Object.values(others))).toEqual(new Set(['CURRENT']));
});

test('a member that moves to an OU of its own keeps its stack', async () => {
  const { OrganizationalUnit } = await organizations.createOrganizationalUnit({
    ParentId: options.rootId,
    Name: 'Sandbox',
  });
  await organizations.moveAccount({
    AccountId: late,
    SourceParentId: options.rootId,
    DestinationParentId: OrganizationalUnit?.Id ?? '',
  });
  expect((await instances())[late]).toBe('CURRENT');
});

test('an account that leaves the organization keeps its stack and its settings', async () => {
  const left = accounts.pop() ?? '';
  const before = await readSettings(memberOf(left));
  await organizations.removeAccountFromOrganization({ AccountId: left });
  await eventually(async () => !(left in (await instances())));
  expect(await readSettings(memberOf(left))).toEqual(before);
  const { StackSummaries = [] } = await new CloudFormation(memberOf(left).clientConfig).listStacks({});
  expect(StackSummaries.map(({ StackStatus }) => StackStatus)).toEqual(['UPDATE_COMPLETE']);
});

test('removal takes the stacks from the members, who keep their settings, and restores the organization', async () => {
  const before = await readSettings(memberOf(late));
  expect(await suite.destroy([...KINDS].reverse())).toEqual(
    Object.fromEntries(KINDS.map((name) => [name, undefined])),
  );
  expect(await readSettings(memberOf(late))).toEqual(before);
  const { StackSummaries = [] } = await new CloudFormation(memberOf(late).clientConfig).listStacks({});
  expect(StackSummaries.filter(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE')).toEqual([]);
});

test('what AWS Control Tower has set up is as it was', async () => {
  expect(await trusted()).toEqual([CONTROL_TOWER]);
  const Filter = 'SERVICE_CONTROL_POLICY';
  const { Policies = [] } = await organizations.listPoliciesForTarget({ TargetId: options.rootId, Filter });
  expect(Policies.map(({ Name }) => Name)).toEqual(expect.arrayContaining(['FullAWSAccess', GUARDRAIL]));
  const { Roots: [root] = [] } = await organizations.listRoots({});
  expect(root?.PolicyTypes).toContainEqual({ Type: Filter, Status: 'ENABLED' });
});

test('removal keeps OUs and accounts, and closes none', async () => {
  const { Account } = await organizations.describeAccount({ AccountId: created['Accountshop'] });
  expect(Account).toMatchObject({ Name: 'shop', Status: 'ACTIVE' });
  const { OrganizationalUnit } = await organizations.describeOrganizationalUnit({
    OrganizationalUnitId: created['UnitWorkloadsProduction'],
  });
  expect(OrganizationalUnit?.Name).toBe('Production');
});

test('nothing blocks the next deployment, which adopts OUs and accounts by their IDs', async () => {
  const { Accountshop: shop = '', UnitWorkloads = '', UnitWorkloadsProduction: production = '' } = created;
  const adopted = {
    units: { Workloads: UnitWorkloads, 'Workloads/Production': production },
    accounts: { shop: { id: shop, unit: 'Workloads/Production' } },
  };
  expect(await suite.deploy(stacks({ ...adopted, exceptAccounts: accounts.slice(1) }))).toEqual(
    Object.fromEntries(KINDS.map((name) => [name, 'CREATE_COMPLETE'])),
  );
  expect(await instances()).toEqual(all('CURRENT', [accounts[0] ?? '', late, shop]));
});
