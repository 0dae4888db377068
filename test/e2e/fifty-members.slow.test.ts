import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { awsCli } from '../../emulator/aws-cli';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { createOrganization, type EmulatedOrganization } from '../../emulator/organization';
import { EmulatedSuite } from '../../emulator/suite';
import type { BaselineOptions } from '../../lib/config/config';
import { switchesAs } from '../settings/switches';
import { suiteStacks } from './baseline-suite';

jest.setTimeout(600_000);

const STACK_SET = 'AccountBaseline-Members';

let emulator: Emulator;
let suite: EmulatedSuite;
let organization: EmulatedOrganization;
let cloudFormation: CloudFormation;

const deploy = (kind: string, members: NonNullable<BaselineOptions['organization']>['members'] = {}) => {
  const { id, rootId } = organization;
  const stacks = suiteStacks({
    // Each setting of each account takes a call of a function: the password policy and a contact suffice.
    accountSettings: switchesAs(false),
    organization: { id, rootId, members },
  });
  return suite.deploy(stacks.filter(({ name }) => name === `AccountBaseline-${kind}`));
};

/** Accounts by how they stand, such as CURRENT. */
const standing = async (): Promise<Record<string, readonly string[]>> => {
  const { Summaries = [] } = await cloudFormation.listStackInstances({ StackSetName: STACK_SET });
  const by = (wanted: string) =>
    Summaries.flatMap(({ Account = '', Status }) => (Status === wanted ? Account : [])).sort();
  return { CURRENT: by('CURRENT'), OUTDATED: by('OUTDATED') };
};

beforeAll(async () => {
  emulator = await startEmulator();
  suite = new EmulatedSuite(emulator);
  cloudFormation = new CloudFormation(emulator.clientConfig);
  organization = await createOrganization(emulator, 50);
});

afterAll(() => emulator.stop());

test('a change that fails in three of fifty members reaches the others, and the printed command tries again', async () => {
  const members = [...organization.members].sort();
  expect(await deploy('Services')).toEqual({ 'AccountBaseline-Services': 'CREATE_COMPLETE' });
  expect(await deploy('Members')).toEqual({ [STACK_SET]: 'CREATE_COMPLETE' });
  expect(await standing()).toEqual({ CURRENT: members, OUTDATED: [] });

  const failing = members.filter((_, index) => index % 20 === 5);
  expect(failing).toHaveLength(3);
  emulator.refuse(...failing.map((account) => `${account} StackInstance`));
  const contact = { name: 'Ann Lee', title: 'CISO', email: 'security@example.com', phone: '+1 555 0100' };
  expect(await deploy('Members', { contacts: { security: contact } })).toEqual({
    [STACK_SET]: 'UPDATE_COMPLETE',
  });
  expect(await standing()).toEqual({
    CURRENT: members.filter((account) => !failing.includes(account)),
    OUTDATED: failing,
  });

  const { Retry = '' } = await suite.outputs(STACK_SET);
  expect(Retry).toContain(`--deployment-targets OrganizationalUnitIds=${organization.rootId} `);
  emulator.refuse();
  // The real AWS CLI, as people run it.
  const PATH = `${dirname(awsCli())}:${process.env['PATH'] ?? ''}`;
  const { status, stderr } = spawnSync('bash', ['-c', Retry], {
    env: { ...emulator.env, PATH },
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
  const lastOperation = async () =>
    (await cloudFormation.listStackSetOperations({ StackSetName: STACK_SET })).Summaries?.[0]?.Status;
  while ((await lastOperation()) !== 'SUCCEEDED') await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await standing()).toEqual({ CURRENT: members, OUTDATED: [] });
});
