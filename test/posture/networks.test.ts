import {
  DescribeSecurityGroupsCommand,
  DescribeVpcsCommand,
  EC2Client,
  EC2ServiceException,
} from '@aws-sdk/client-ec2';
import { IAMClient, IAMServiceException, ListAccountAliasesCommand } from '@aws-sdk/client-iam';
import { mockClient } from 'aws-sdk-client-mock';
import type { BaselineConfig } from '../../lib/config/config';
import { Clients } from '../../lib/posture/clients';
import { readNetworks } from '../../lib/posture/collect/networks';
import { readAccountAlias } from '../../lib/posture/collect/settings';
import type { Snapshot } from '../../lib/posture/snapshot';
import { verify } from '../../lib/posture/verify';
import { CONFIG, deployedStack, REGION, valueOf, WELL } from './snapshot';

const ec2 = mockClient(EC2Client);
const iam = mockClient(IAMClient);

const REGIONS = { value: ['eu-central-1', 'us-east-1'].map((name) => ({ name, enabled: true })) };
const LEFT = { LeftAloneDefaultVpc: 'nothing', LeftAloneDefaultSecurityGroups: 'nothing' };

const withSettings = (change: object): BaselineConfig => ({
  ...CONFIG,
  accountSettings: { ...CONFIG.accountSettings, ...change },
});
const BOTH = withSettings({ removeDefaultVpcs: true, emptyDefaultSecurityGroups: true });

/** With the stack whose outputs name what it did not change. */
function suiteWith(
  kind: 'Networks' | 'Settings',
  outputs: Readonly<Record<string, string>>,
): Snapshot['suite'] {
  const stack = deployedStack(kind);
  const Outputs = Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue }));
  return {
    value: [
      ...valueOf(WELL.suite).filter((one) => one.kind !== kind),
      { ...stack, stack: { ...stack.stack, Outputs } },
    ],
  };
}

const failure = (name: string): Error =>
  new EC2ServiceException({ name, message: '', $fault: 'client', $metadata: {} });

/** Answers of each Region in turn. */
function answers(vpcs: readonly string[][], groups: readonly object[][] = [[], []]): void {
  const [vpcCall, groupCall] = [ec2.on(DescribeVpcsCommand), ec2.on(DescribeSecurityGroupsCommand)];
  for (const ids of vpcs) vpcCall.resolvesOnce({ Vpcs: ids.map((VpcId) => ({ VpcId })) });
  for (const SecurityGroups of groups) groupCall.resolvesOnce({ SecurityGroups });
}

const group = (GroupId: string, inbound: number, outbound: number) => ({
  GroupId,
  VpcId: `vpc-of-${GroupId}`,
  IpPermissions: Array.from({ length: inbound }, () => ({ IpProtocol: '-1' })),
  IpPermissionsEgress: Array.from({ length: outbound }, () => ({ IpProtocol: '-1' })),
});

beforeEach(() => {
  ec2.reset();
  iam.reset();
});

/** What the checks of default networks say, and the commands that they give. */
async function said(outputs: Readonly<Record<string, string>> = LEFT, config = BOTH): Promise<string[]> {
  const networks = await readNetworks(new Clients({ region: REGION }), { regions: REGIONS }, config);
  const suite = suiteWith('Networks', outputs);
  return verify({ ...WELL, suite, networks }, config)
    .findings.filter(({ check }) => /^default-/.test(check))
    .flatMap(({ check, status, detail, remedy }) => [
      `${check} ${status}: ${detail}`,
      ...(remedy?.command === undefined ? [] : [remedy.command]),
    ]);
}

test('without default networks, everything is as the deployment left it', async () => {
  answers([[], []], [[group('sg-1', 0, 0)], []]);
  expect(await said()).toEqual([
    'default-vpcs pass: Removed in 2 Regions.',
    'default-security-groups pass: Without rules in 2 Regions.',
  ]);
});

test('a configuration that changes none reads none, and one option reads its own', async () => {
  expect(await said(LEFT, CONFIG)).toEqual([]);
  expect(ec2.calls()).toHaveLength(0);
  answers([[], []]);
  expect(await said(LEFT, withSettings({ removeDefaultVpcs: true }))).toEqual([
    'default-vpcs pass: Removed in 2 Regions.',
  ]);
  expect(ec2.commandCalls(DescribeSecurityGroupsCommand)).toHaveLength(0);
});

test('default VPCs that are there again are deleted with what they contain', async () => {
  answers([['vpc-1'], ['vpc-2']]);
  const [what, command = '', groups] = await said();
  expect(what).toBe(
    'default-vpcs fail: Not as the deployment left them: vpc-1 in eu-central-1, vpc-2 in us-east-1.',
  );
  expect(command).toMatch(/^\(set -e; for place in eu-central-1\/vpc-1 us-east-1\/vpc-2; do .*; done\)$/);
  expect([...command.matchAll(/aws ec2 ([a-z-]+)/g)].map(([, verb]) => verb)).toEqual([
    'describe-network-interfaces',
    'describe-security-groups',
    'describe-route-tables',
    'describe-network-acls',
    'describe-vpc-endpoints',
    'describe-vpn-gateways',
    'describe-subnets',
    'delete-subnet',
    'describe-internet-gateways',
    'detach-internet-gateway',
    'delete-internet-gateway',
    'delete-vpc',
  ]);
  const filters = [...command.matchAll(/--filters "Name=([\w.-]+),Values=\$id"/g)].map(([, name]) => name);
  expect(filters).toEqual([
    ...Array<string>(5).fill('vpc-id'),
    'attachment.vpc-id',
    'vpc-id',
    'attachment.vpc-id',
  ]);
  expect(groups).toBe('default-security-groups pass: Without rules in 2 Regions.');
});

test('rules of default groups are removed, those of each direction', async () => {
  answers([[], []], [[group('sg-1', 2, 0), group('sg-2', 0, 1)], [group('sg-3', 1, 1)]]);
  const [, what, command = ''] = await said();
  expect(what).toBe(
    'default-security-groups fail: Not as the deployment left them: sg-1 of vpc-of-sg-1 in eu-central-1 (2 inbound, 0 outbound), sg-2 of vpc-of-sg-2 in eu-central-1 (0 inbound, 1 outbound), sg-3 of vpc-of-sg-3 in us-east-1 (1 inbound, 1 outbound).',
  );
  const [ingress = '', egress = ''] = command.split(' && ');
  expect(ingress).toContain('for place in eu-central-1/sg-1 us-east-1/sg-3; do ');
  expect(ingress).toContain('revoke-security-group-ingress');
  expect(egress).toContain('for place in eu-central-1/sg-2 us-east-1/sg-3; do ');
  expect(egress).toContain('revoke-security-group-egress');
});

test('what the deployment did not change in its Region is not a failure', async () => {
  const outputs = {
    LeftAloneDefaultVpc: 'eu-central-1 vpc-1: instances',
    LeftAloneDefaultSecurityGroups: 'eu-central-1 sg-1: in use; us-east-1 sg-2: custom rules',
  };
  answers([['vpc-1'], ['vpc-1']], [[group('sg-1', 1, 1)], [group('sg-2', 1, 0)]]);
  expect((await said(outputs)).filter((line) => line.startsWith('default'))).toEqual([
    'default-vpcs fail: Not as the deployment left them: vpc-1 in us-east-1.',
    'default-security-groups pass: Without rules in 2 Regions, except sg-1 of vpc-of-sg-1 in eu-central-1 (1 inbound, 1 outbound), sg-2 of vpc-of-sg-2 in us-east-1 (1 inbound, 0 outbound): the deployment did not change what is in use or customized.',
  ]);
});

describe('what is not known', () => {
  test('is unknown: a Region that denies the call, and an answer without what was asked for', async () => {
    ec2.on(DescribeVpcsCommand).resolvesOnce({ Vpcs: [] }).rejectsOnce(failure('UnauthorizedOperation'));
    ec2
      .on(DescribeSecurityGroupsCommand)
      .resolvesOnce({ SecurityGroups: [{ GroupId: 'sg-1', IpPermissions: [] }] })
      .resolvesOnce({});
    expect((await said()).filter((line) => line.startsWith('default'))).toEqual([
      'default-vpcs unknown: ec2:DescribeVpcs is not allowed. In us-east-1.',
      'default-security-groups unknown: AWS did not return the rules of sg-1. In eu-central-1.',
      'default-security-groups unknown: AWS did not return the security groups. In us-east-1.',
    ]);
  });

  test('is unknown, if the output that names exceptions is cut off, or the stack is not deployed', async () => {
    answers([['vpc-1'], []], [[], []]);
    const [vpcs] = await said({ ...LEFT, LeftAloneDefaultVpc: 'x'.repeat(2000) });
    expect(vpcs).toBe(
      'default-vpcs unknown: The output LeftAloneDefaultVpc is cut off, and may be about these: vpc-1 in eu-central-1.',
    );
    answers([[], []]);
    expect(await said({})).toEqual([
      'default-vpcs unknown: The stack that changes default networks is not deployed.',
      'default-security-groups unknown: The stack that changes default networks is not deployed.',
    ]);
  });
});

describe('the alias of the account', () => {
  const config = withSettings({ alias: 'acme' });

  async function alias(outputs: Readonly<Record<string, string>> = {}, of = config): Promise<string[]> {
    const accountAlias = await readAccountAlias(new Clients({ region: REGION }), of);
    return verify({ ...WELL, suite: suiteWith('Settings', outputs), accountAlias }, of)
      .findings.filter(({ check }) => check === 'account-alias')
      .flatMap(({ status, detail, remedy }) => [
        `${status}: ${detail}`,
        ...(remedy?.command === undefined ? [] : [remedy.command]),
      ]);
  }

  test('is as configured, or is not read', async () => {
    iam.on(ListAccountAliasesCommand).resolves({ AccountAliases: ['acme'] });
    expect(await alias()).toEqual(['pass: The alias is acme.']);
    iam.resetHistory();
    expect(await alias({}, CONFIG)).toEqual([]);
    expect(iam.calls()).toHaveLength(0);
  });

  test.each([
    ['that somebody deleted', [], 'The account has no alias'],
    ['that somebody replaced', ['other'], 'The alias is other'],
  ])('%s is set again', async (_, AccountAliases, what) => {
    iam.on(ListAccountAliasesCommand).resolves({ AccountAliases });
    expect(await alias()).toEqual([
      `fail: ${what} instead of acme: somebody changed it, or it is not deployed yet. Any other account can take acme, and with it the address of your sign-in page.`,
      'aws iam create-account-alias --account-alias acme',
    ]);
  });

  test('that another account has needs another name', async () => {
    iam.on(ListAccountAliasesCommand).resolves({ AccountAliases: [] });
    expect(await alias({ LeftAloneAccountAlias: 'another account has the alias acme' })).toEqual([
      'manual: Another account has the alias acme, so the deployment did not set it.',
    ]);
  });

  test('that cannot be read is unknown', async () => {
    iam.on(ListAccountAliasesCommand).resolves({});
    expect(await alias()).toEqual(['unknown: AWS did not return the alias of the account.']);
    iam
      .on(ListAccountAliasesCommand)
      .rejects(
        new IAMServiceException({ name: 'AccessDenied', message: '', $fault: 'client', $metadata: {} }),
      );
    expect(await alias()).toEqual([
      'unknown: iam:ListAccountAliases is not allowed.',
      'npx aws-account-baseline policy verify',
    ]);
  });
});
