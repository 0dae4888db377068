import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormation, waitUntilStackDeleteComplete } from '@aws-sdk/client-cloudformation';
import { EC2 } from '@aws-sdk/client-ec2';
import { IAM } from '@aws-sdk/client-iam';
import { Organizations } from '@aws-sdk/client-organizations';
import { EMULATOR_HOME, type Emulator, REPOSITORY, startEmulator } from '../../emulator/emulator';
import { createOrganization, type EmulatedOrganization } from '../../emulator/organization';
import { EmulatedSuite } from '../../emulator/suite';
import type { BaselineOptions } from '../../lib/config/config';
import type { OrganizationPosture } from '../../lib/posture/organization/verify-organization';
import { SMALLEST } from '../smallest';
import { suiteStacks } from './baseline-suite';
import { dailyRules, runRules } from './settings';

// The tests share one organization and follow its accounts from OU to OU: their order matters.
jest.setTimeout(120_000);

const [DEFAULT, SANDBOX] = ['AccountBaseline-Members', 'AccountBaseline-MembersSandbox'] as const;

let emulator: Emulator;
let suite: EmulatedSuite;
let organization: EmulatedOrganization;
let organizations: Organizations;
let cloudFormation: CloudFormation;
/** Two OUs. */
let workloads: string;
let sandbox: string;
/** A member of each, one that moves, and one that leaves. */
let shop: string;
let lab: string;
let mover: string;
let leaver: string;
let options: Partial<BaselineOptions>;

/** The emulator as a member sees it. */
const memberOf = (accountId: string): Emulator => ({
  ...emulator,
  accountId,
  clientConfig: organization.clientConfigOf(accountId),
});

/** The stacks of the organization. Without groups, all members have the same options. */
const stacks = ({ groups = true } = {}) =>
  suiteStacks(
    groups ? options : { ...options, organization: { ...organizationOf(options), members: {} } },
  ).filter(({ name }) => /-(?:Services|Organization|Members\w*)$/.test(name));

const organizationOf = ({ organization: one }: Partial<BaselineOptions>) => {
  if (!one) throw new Error('no organization');
  return one;
};

/** How each member of a StackSet stands: CURRENT, or OUTDATED and why. */
const instances = async (StackSetName: string): Promise<Record<string, string>> => {
  const { Summaries = [] } = await cloudFormation.listStackInstances({ StackSetName });
  return Object.fromEntries(
    Summaries.map(({ Account = '', Status, StatusReason }) => [
      Account,
      [Status, StatusReason].filter(Boolean).join(': '),
    ]),
  );
};

const current = (...accounts: readonly string[]) =>
  Object.fromEntries(accounts.map((account) => [account, 'CURRENT']));

/** Moves an account, and waits for the stack that StackSets bring by themselves. */
const move = async (AccountId: string, from: string, to: string, stackSet: string): Promise<void> => {
  await organizations.moveAccount({ AccountId, SourceParentId: from, DestinationParentId: to });
  while ((await instances(stackSet))[AccountId] === undefined) {
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  while (!/^(?:CURRENT|OUTDATED: .+)$/.test((await instances(stackSet))[AccountId] ?? '')) {
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
};

/** What the options of the groups differ in. */
const settingsOf = async (account: string) => {
  const { clientConfig } = memberOf(account);
  const { PasswordPolicy } = await new IAM(clientConfig).getAccountPasswordPolicy({});
  const { EbsEncryptionByDefault } = await new EC2(clientConfig).getEbsEncryptionByDefault({});
  return { length: PasswordPolicy?.MinimumPasswordLength, encrypted: EbsEncryptionByDefault };
};

const stacksIn = async (account: string) => {
  const { StackSummaries = [] } = await new CloudFormation(memberOf(account).clientConfig).listStacks({});
  return StackSummaries.map(({ StackName = '', StackStatus }) =>
    [StackName.replace(/^StackSet-(.*?)-\w{8}-.*/, '$1'), StackStatus].join(' '),
  ).sort();
};

beforeAll(async () => {
  emulator = await startEmulator();
  suite = new EmulatedSuite(emulator);
  // The stack Access creates it.
  await new IAM(emulator.clientConfig).createGroup({ GroupName: 'Administrators' });
  organizations = new Organizations(emulator.clientConfig);
  cloudFormation = new CloudFormation(emulator.clientConfig);
  organization = await createOrganization(emulator, 4);
  const { id, rootId, members } = organization;
  [shop = '', lab = '', mover = '', leaver = ''] = members;
  const unit = async (Name: string) => {
    const { OrganizationalUnit } = await organizations.createOrganizationalUnit({ ParentId: rootId, Name });
    return OrganizationalUnit?.Id ?? '';
  };
  workloads = await unit('Workloads');
  sandbox = await unit('Sandbox');
  for (const account of members) {
    const DestinationParentId = account === shop || account === mover ? workloads : sandbox;
    await organizations.moveAccount({ AccountId: account, SourceParentId: rootId, DestinationParentId });
  }
  options = {
    accountSettings: { dailyCheck: true, regions: [emulator.region, 'eu-central-1'] },
    organization: {
      id,
      rootId,
      ous: [workloads, sandbox],
      members: {
        groups: {
          Sandbox: {
            ous: [sandbox],
            passwordPolicy: { minimumLength: 20 },
            accountSettings: { ebsEncryption: false },
          },
        },
      },
    },
  };
});

afterAll(() => emulator.stop());

test('each group of OUs gets its options', async () => {
  const all = stacks();
  expect(all.map(({ name }) => name).slice(-2)).toEqual([SANDBOX, DEFAULT]);
  expect([await suite.deploy(all), await suite.failures()]).toEqual([
    Object.fromEntries(all.map(({ name }) => [name, 'CREATE_COMPLETE'])),
    {},
  ]);
  expect(await instances(DEFAULT)).toEqual(current(shop, mover));
  expect(await instances(SANDBOX)).toEqual(current(lab, leaver));
  expect(await settingsOf(shop)).toEqual({ length: 15, encrypted: true });
  expect(await settingsOf(lab)).toEqual({ length: 20, encrypted: false });
});

/** Runs `org verify`, and returns what failed, by account. */
function verify(): Record<string, readonly string[]> {
  const folder = mkdtempSync(join(EMULATOR_HOME, 'groups-'));
  const config = join(folder, 'baseline.config.ts');
  writeFileSync(
    config,
    `import { defineBaseline } from '${join(REPOSITORY, 'lib/config/config')}';
export default defineBaseline(${JSON.stringify({ ...SMALLEST, ...options })});\n`,
  );
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['bin/aws-account-baseline.mjs', 'org', 'verify', '--json', '--config', config],
    {
      cwd: REPOSITORY,
      encoding: 'utf8',
      env: { ...organization.env, XDG_CACHE_HOME: folder },
      maxBuffer: 100e6,
    },
  );
  rmSync(folder, { recursive: true });
  if (stdout === '') throw new Error(stderr);
  const { accounts } = JSON.parse(stdout) as OrganizationPosture;
  return Object.fromEntries(
    accounts.map(({ account, findings }) => [
      account,
      findings.flatMap(({ status, check, detail }) =>
        status === 'fail' || status === 'unknown' ? [`${check}: ${detail}`] : [],
      ),
    ]),
  );
}

test('org verify reads each member, and judges it by the options of its group', async () => {
  expect(verify()).toEqual({ [shop]: [], [lab]: [], [mover]: [], [leaver]: [] });
  // Strict enough for the others.
  await new IAM(memberOf(lab).clientConfig).updateAccountPasswordPolicy({
    MinimumPasswordLength: 15,
    RequireLowercaseCharacters: true,
    RequireNumbers: true,
    RequireSymbols: true,
    RequireUppercaseCharacters: true,
    PasswordReusePrevention: 24,
  });
  expect(verify()[lab]).toEqual([
    'password-policy: The password policy is weaker than the configuration: 15 characters instead of 20.',
  ]);
});

describe('an account that moves to the OU of another group', () => {
  let before: readonly string[];

  test('gets its options, and keeps the stack of the old one', async () => {
    before = await dailyRules(memberOf(mover));
    expect(before).toHaveLength(1);
    await move(mover, workloads, sandbox, SANDBOX);
    expect(await instances(DEFAULT)).toEqual(current(shop));
    expect(await instances(SANDBOX)).toEqual(current(lab, leaver, mover));
    // What the group leaves alone stays as it is.
    expect(await settingsOf(mover)).toEqual({ length: 20, encrypted: true });
    expect(await stacksIn(mover)).toEqual([`${DEFAULT} CREATE_COMPLETE`, `${SANDBOX} CREATE_COMPLETE`]);
    expect(verify()[mover]).toEqual([]);
  });

  test('is left alone by the daily check of the old stack', async () => {
    const { clientConfig } = memberOf(mover);
    await new EC2(clientConfig).disableEbsEncryptionByDefault({});
    await new IAM(clientConfig).updateAccountPasswordPolicy({ MinimumPasswordLength: 8 });
    await runRules(memberOf(mover), before);
    expect(await settingsOf(mover)).toEqual({ length: 8, encrypted: false });
    const after = await dailyRules(memberOf(mover));
    await runRules(
      memberOf(mover),
      after.filter((rule) => !before.includes(rule)),
    );
    expect(await settingsOf(mover)).toEqual({ length: 20, encrypted: false });
  });

  test('and back gets the first options again, in a new stack', async () => {
    await move(mover, sandbox, workloads, DEFAULT);
    expect(await instances(DEFAULT)).toEqual(current(shop, mover));
    expect(await settingsOf(mover)).toEqual({ length: 15, encrypted: true });
    expect(await stacksIn(mover)).toEqual([
      `${DEFAULT} CREATE_COMPLETE`,
      `${DEFAULT} CREATE_COMPLETE`,
      `${SANDBOX} CREATE_COMPLETE`,
    ]);
    await runRules(memberOf(mover), await dailyRules(memberOf(mover)));
    expect(await settingsOf(mover)).toEqual({ length: 15, encrypted: true });
    expect(verify()[mover]).toEqual([]);
  });

  test('can lose its old stacks without a change of its settings', async () => {
    const own = new CloudFormation(memberOf(mover).clientConfig);
    const { Summaries: [instance] = [] } = await cloudFormation.listStackInstances({
      StackSetName: DEFAULT,
      StackInstanceAccount: mover,
    });
    const { StackSummaries = [] } = await own.listStacks({});
    const old = StackSummaries.flatMap(({ StackId = '' }) => (StackId === instance?.StackId ? [] : StackId));
    expect(old).toHaveLength(2);
    for (const StackName of old) {
      await own.deleteStack({ StackName });
      await waitUntilStackDeleteComplete({ client: own, maxWaitTime: 60, minDelay: 1 }, { StackName });
    }
    expect(await settingsOf(mover)).toEqual({ length: 15, encrypted: true });
    expect(verify()[mover]).toEqual([]);
  });
});

test('an account that leaves the organization keeps the options of its group', async () => {
  await organizations.removeAccountFromOrganization({ AccountId: leaver });
  while (leaver in (await instances(SANDBOX))) await new Promise((resolve) => setTimeout(resolve, 200));
  await runRules(memberOf(leaver), await dailyRules(memberOf(leaver)));
  expect(await settingsOf(leaver)).toEqual({ length: 20, encrypted: false });
  expect(await stacksIn(leaver)).toEqual([`${SANDBOX} CREATE_COMPLETE`]);
});

test('a group that the configuration no longer has leaves its OUs to the others', async () => {
  const all = stacks({ groups: false });
  const statuses = await suite.deploy(all);
  expect(statuses[DEFAULT]).toBe('UPDATE_COMPLETE');
  expect(await suite.destroy([SANDBOX])).toEqual({ [SANDBOX]: undefined });
  expect(await instances(DEFAULT)).toEqual(current(shop, mover, lab));
  expect(await settingsOf(lab)).toEqual({ length: 15, encrypted: true });
  await runRules(memberOf(lab), await dailyRules(memberOf(lab)));
  expect(await settingsOf(lab)).toEqual({ length: 15, encrypted: true });
});
