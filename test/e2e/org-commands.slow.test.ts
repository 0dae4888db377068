import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { EC2 } from '@aws-sdk/client-ec2';
import { IAM } from '@aws-sdk/client-iam';
import { Organizations } from '@aws-sdk/client-organizations';
import { STS } from '@aws-sdk/client-sts';
import { EMULATOR_HOME, type Emulator, REPOSITORY, startEmulator } from '../../emulator/emulator';
import { createOrganization, type EmulatedOrganization } from '../../emulator/organization';
import type { OrganizationPosture } from '../../lib/posture/organization/verify-organization';
import { deployVerifyRoles } from '../../scripts/bench/verify-roles';
import { memberCalls } from '../../scripts/docs/organization-scale/model';

jest.setTimeout(120_000);

let emulator: Emulator;
let organization: EmulatedOrganization;
let folder: string;
/** Members: one that is as it was made, one that is sabotaged, one without the role, a suspended one. */
let plain: string;
let sabotaged: string;
let unreadable: string;
let suspended: string;

interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command of `org` as a user would, with this input. */
async function org(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Result> {
  const child = spawn(
    process.execPath,
    ['bin/aws-account-baseline.mjs', 'org', ...args, '--config', join(folder, 'baseline.config.ts')],
    {
      cwd: REPOSITORY,
      env: { ...organization.env, XDG_CACHE_HOME: join(folder, 'cache'), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const [[code], stdout, stderr] = await Promise.all([
    once(child, 'close') as Promise<[number | null]>,
    text(child.stdout),
    text(child.stderr),
  ]);
  return { code, stdout, stderr };
}

async function deleteVerifyRole(iam: IAM): Promise<void> {
  const { Roles = [] } = await iam.listRoles({});
  const RoleName = Roles.flatMap(({ RoleName: name = '' }) =>
    name.startsWith('AccountBaseline-Verify-') ? name : [],
  )[0];
  await iam.deleteRolePolicy({ RoleName, PolicyName: 'Read' });
  await iam.deleteRole({ RoleName });
}

beforeAll(async () => {
  emulator = await startEmulator();
  organization = await createOrganization(emulator, 4);
  await deployVerifyRoles(emulator, organization);
  [plain = '', sabotaged = '', unreadable = '', suspended = ''] = organization.members;
  folder = mkdtempSync(join(EMULATOR_HOME, 'org-'));
  const options = {
    administrators: ['alice'],
    notifications: { emails: ['security@example.com'] },
    organization: { id: organization.id, rootId: organization.rootId, regions: ['us-east-1'] },
  };
  writeFileSync(
    join(folder, 'baseline.config.ts'),
    `import { defineBaseline } from '${join(REPOSITORY, 'lib/config/config')}';
export default defineBaseline(${JSON.stringify(options)});\n`,
  );

  const iam = new IAM(organization.clientConfigOf(sabotaged));
  await iam.createUser({ UserName: 'mallory' });
  await iam.attachUserPolicy({
    UserName: 'mallory',
    PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
  });
  await iam.createRole({
    RoleName: 'Backdoor',
    AssumeRolePolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: '999999999999' }, Action: 'sts:AssumeRole' }],
    }),
  });
  // Without a user name, root makes its own.
  await iam.createAccessKey({});
  await iam.createLoginProfile({ Password: 'correct horse battery staple' });
  await iam.enableMFADevice({
    UserName: '',
    SerialNumber: `arn:aws:iam::${sabotaged}:mfa/root`,
    AuthenticationCode1: '123456',
    AuthenticationCode2: '654321',
  });
  await deleteVerifyRole(new IAM(organization.clientConfigOf(unreadable)));
  await new Organizations(emulator.clientConfig).closeAccount({ AccountId: suspended });
});

afterAll(async () => {
  await emulator.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('org verify', () => {
  let result: Result;
  let posture: OrganizationPosture;

  beforeAll(async () => {
    result = await org(['verify', '--json']);
    if (result.stdout === '') throw new Error(result.stderr);
    posture = JSON.parse(result.stdout) as OrganizationPosture;
  });

  const failuresOf = (account: string) =>
    posture.accounts
      .find((one) => one.account === account)
      ?.findings.filter(
        ({ status, area }) => status === 'fail' && !['settings', 'password', 'stack'].includes(area),
      )
      .map(({ check, detail }) => `${check}: ${detail.replace(/, since [\d-]+/, '')}`);

  test('finds what was done to a member, and only there', () => {
    expect(failuresOf(plain)).toEqual([]);
    expect(failuresOf(sabotaged)).toEqual([
      'root-access-keys: Root has access keys: anyone who has one has full access, without MFA.',
      'root-credentials: Root has a password and access keys.',
      'outside-roles: The account 999999999999 can assume the role Backdoor. It does not ask for an external ID, which a third party should have.',
      'other-administrators: mallory has administrator rights through policies of their own.',
    ]);
  });

  test('takes as many calls to a member as docs/organization-scale.md says', async () => {
    const { Regions = [] } = await new EC2(emulator.clientConfig).describeRegions({});
    const { calls } = posture.accounts.find(({ account }) => account === plain) ?? {};
    expect(calls).toBe(memberCalls(Regions.length));
  });

  test('an account that cannot be read is unknown, comes first, and decides the exit code', () => {
    const [first, second] = posture.accounts;
    expect(first).toMatchObject({
      account: unreadable,
      unreadable: expect.stringMatching(
        /role\/AccountBaseline-Verify-\w{8} could not be assumed: AccessDenied/,
      ),
      findings: [
        { check: 'member-access', status: 'unknown' },
        // CloudFormation has not looked for drift.
        { check: 'member-stack', status: 'pass' },
      ],
    });
    expect(second?.account).toBe(sabotaged);
    expect(result.code).toBe(3);
  });

  test('says which accounts it did not check', () => {
    expect(posture.skipped.map(({ id, why }) => [id, why])).toEqual(
      expect.arrayContaining([
        [suspended, 'suspended'],
        [emulator.accountId, 'the management account, which `verify` checks'],
      ]),
    );
  });

  test('one account is shown with what to do', async () => {
    const { code, stdout } = await org(['verify', '--account', sabotaged]);
    expect(code).toBe(1);
    expect(stdout).toContain(`account-2 (${sabotaged})`);
    expect(stdout).toContain('critical, failed: Root has credentials');
  });

  test('an account of another organization is a usage error', async () => {
    expect(await org(['verify', '--account', '111111111111'])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: `--account must be the ID of an account of ${organization.id}; received "111111111111"\n`,
    });
  });

  test('root is told to sign in as somebody else, before anything is read', async () => {
    const credentials = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_SESSION_TOKEN: '' };
    expect(await org(['verify'], credentials)).toMatchObject({
      code: 2,
      stdout: '',
      stderr:
        'org verify assumes a role in each account, which AWS does not allow root: sign in as an administrator with MFA, or with a role\n',
    });
  });

  test('nothing is left to resume after a complete run', async () => {
    expect(await org(['verify', '--resume'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('there is no interrupted run'),
    });
  });
});

describe('org root-audit', () => {
  const none = { hasPassword: false, accessKeys: [], certificates: [], mfaDevices: [] };
  const rootOf = (stdout: string, account: string) =>
    (JSON.parse(stdout) as { roots: { id: string; credentials?: object }[] }).roots.find(
      ({ id }) => id === account,
    )?.credentials;

  test('says how to enable central root access where it is not', async () => {
    const { code, stdout, stderr } = await org(['root-audit']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('Central root access is not enabled.');
    expect(stderr).toContain('aws iam enable-organizations-root-credentials-management');
  });

  test('lists what the root users of all members have', async () => {
    await new IAM(emulator.clientConfig).enableOrganizationsRootCredentialsManagement({});
    const { code, stdout } = await org(['root-audit', '--json']);
    expect(code).toBe(1);
    // The role of verify is not needed.
    for (const account of [plain, unreadable]) expect(rootOf(stdout, account)).toEqual(none);
    expect(rootOf(stdout, sabotaged)).toEqual({
      hasPassword: true,
      accessKeys: [{ id: expect.stringMatching(/^AKIA/), status: 'Active' }],
      certificates: [],
      mfaDevices: [`arn:aws:iam::${sabotaged}:mfa/root`],
    });
  });

  test.each([
    ['without a terminal', () => ['--delete-credentials'], 'which needs a terminal'],
    [
      'of the management account',
      () => ['--delete-credentials', '--yes-delete', emulator.accountId],
      'the management account',
    ],
  ])('deletes nothing %s', async (_, args, message) => {
    const { code, stderr } = await org(['root-audit', ...args()]);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  test('deletes those of the named account only, and records it', async () => {
    await new IAM(organization.clientConfigOf(plain)).createAccessKey({});
    const { code, stdout } = await org([
      'root-audit',
      '--delete-credentials',
      '--yes-delete',
      sabotaged,
      '--json',
    ]);
    expect(code).toBe(0);
    expect(rootOf(stdout, sabotaged)).toEqual(none);
    const log = readFileSync(join(folder, 'baseline.root-deletions.jsonl'), 'utf8').trim().split('\n');
    expect(log.map((line) => JSON.parse(line) as object)).toEqual(
      ['password', expect.stringMatching(/^access key AKIA/), expect.stringMatching(/^MFA device/)].map(
        (what) => ({
          at: expect.any(String),
          account: sabotaged,
          by: expect.stringContaining(':assumed-role/Organizer/'),
          what,
          result: 'deleted',
        }),
      ),
    );
    expect((await org(['root-audit', '--account', plain])).stdout).toContain('1 root user with credentials');
  });

  test('a session that only looks cannot delete', async () => {
    const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '', AWS_SESSION_TOKEN = '' } = organization.env;
    const sts = new STS({
      ...emulator.clientConfig,
      credentials: {
        accessKeyId: AWS_ACCESS_KEY_ID,
        secretAccessKey: AWS_SECRET_ACCESS_KEY,
        sessionToken: AWS_SESSION_TOKEN,
      },
    });
    const { Credentials } = await sts.assumeRoot({
      TargetPrincipal: plain,
      TaskPolicyArn: { arn: 'arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials' },
    });
    const iam = new IAM({
      ...emulator.clientConfig,
      credentials: {
        accessKeyId: Credentials?.AccessKeyId ?? '',
        secretAccessKey: Credentials?.SecretAccessKey ?? '',
        sessionToken: Credentials?.SessionToken,
      },
    });
    const { AccessKeyMetadata: [key] = [] } = await iam.listAccessKeys({});
    await expect(iam.deleteAccessKey({ AccessKeyId: key?.AccessKeyId })).rejects.toThrow('not authorized');
  });
});

describe('org plan', () => {
  const logGroup = 'organization-trail';
  const eventOf = (eventName: string, awsRegion: string, account: string) => ({
    eventVersion: '1.11',
    eventType: 'AwsApiCall',
    eventSource: 'ec2.amazonaws.com',
    eventName,
    eventTime: new Date().toISOString(),
    awsRegion,
    recipientAccountId: account,
    userIdentity: {
      type: 'AssumedRole',
      accountId: account,
      arn: `arn:aws:sts::${account}:assumed-role/Deployer/session`,
      sessionContext: { sessionIssuer: { arn: `arn:aws:iam::${account}:role/Deployer` } },
    },
  });

  test('shows who would have been denied, from the trail of the organization', async () => {
    const logs = new CloudWatchLogs(emulator.clientConfig);
    await logs.createLogGroup({ logGroupName: logGroup });
    await logs.createLogStream({ logGroupName: logGroup, logStreamName: 'a' });
    const events = [
      eventOf('RunInstances', 'us-west-2', plain),
      eventOf('RunInstances', 'us-west-2', plain),
      eventOf('RunInstances', 'us-east-1', plain),
      // The management account, and a call that failed.
      eventOf('RunInstances', 'us-west-2', emulator.accountId),
      { ...eventOf('RunInstances', 'us-west-2', plain), errorCode: 'UnauthorizedOperation' },
    ];
    await logs.putLogEvents({
      logGroupName: logGroup,
      logStreamName: 'a',
      logEvents: events.map((event) => ({ message: JSON.stringify(event), timestamp: Date.now() })),
    });
    const { code, stdout, stderr } = await org([
      'plan',
      '--log-group',
      logGroup,
      '--policy',
      'regions',
      'leave',
    ]);
    expect(stderr).toBe('');
    expect(code).toBe(1);
    expect(stdout).toContain('3 calls of members');
    expect(stdout).toContain('regions: would have denied 2 calls, and perhaps 0 more');
    expect(stdout).toMatch(new RegExp(`2 +role/Deployer +${plain} +us-west-2 +ec2:RunInstances +yes`));
    expect(stdout).toContain('leave: would have denied none of them');
  });

  test('without a policy to evaluate, says how to name one', async () => {
    expect(await org(['plan', '--policy', 'instances'])).toMatchObject({ code: 2 });
  });
});
