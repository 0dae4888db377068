import { spawnSync } from 'node:child_process';
import { IAM } from '@aws-sdk/client-iam';
import { type Credentials, STS, STSClient } from '@aws-sdk/client-sts';
import { type QuickAwsCli, quickAwsCli } from '../../emulator/aws-cli';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { type BaselineOptions, defineBaseline } from '../../lib/config/config';
import { ConfiguredStacks } from '../../lib/explain/configured';
import type { Explanation } from '../../lib/explain/explain';
import { Clients } from '../../lib/posture/clients';
import { fromAccount, fromTemplates } from '../../lib/posture/commands/explain';
import type { Options } from '../../lib/posture/commands/options';
import { assumeWith, assumeWithAssertion } from '../emulator/trust-policies';
import { SAML } from '../everything';
import { sectionsOf, shows } from '../guide/page';
import { SMALLEST } from '../smallest';
import { BaselineSuite, suiteStacks } from './baseline-suite';
import { notPassed } from './verified';

// One account through its life: the order matters.
jest.setTimeout(120_000);

const USERS: Partial<BaselineOptions> = { administrators: ['alice', 'bob'], terminationProtection: false };
const ROLES: Partial<BaselineOptions> = { ...USERS, access: { mode: 'roles' } };
const FEDERATED: Partial<BaselineOptions> = {
  ...ROLES,
  access: { mode: 'roles', breakGlass: ['break-glass-1', 'break-glass-2'] },
  federation: {
    saml: SAML,
    pipelines: {
      github: [
        {
          repository: 'example-co/aws-account',
          ids: { owner: '1234567', repository: '7654321' },
          rights: 'baseline',
          deploy: { environment: 'production' },
        },
      ],
    },
  },
};
/** As the runbook says. */
const RECOVERED: Partial<BaselineOptions> = { ...FEDERATED, administrators: ['erin'] };

const ROLE = (name: string) => `arn:aws:iam::123456789012:role/AccountBaseline-${name}`;

let emulator: Emulator;
let suite: BaselineSuite;
let aws: QuickAwsCli;
let iam: IAM;
let sts: STSClient;

beforeAll(async () => {
  emulator = await startEmulator();
  suite = new BaselineSuite(emulator);
  iam = new IAM(emulator.clientConfig);
  sts = new STSClient(emulator.clientConfig);
  aws = await quickAwsCli(emulator);
});

afterAll(async () => {
  aws.stop();
  await emulator.stop();
});

async function deploy(options: Partial<BaselineOptions>, ...kinds: string[]): Promise<void> {
  const stacks = suiteStacks(options).filter(
    ({ name }) => kinds.length === 0 || kinds.some((kind) => name.endsWith(`-${kind}`)),
  );
  const statuses = Object.values(await suite.deploy(stacks));
  expect(statuses.filter((status) => !/^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(status ?? ''))).toEqual([]);
}

/** Somebody changes the first-time password, and registers a device. */
async function enrol(UserName: string): Promise<void> {
  await iam.updateLoginProfile({ UserName, PasswordResetRequired: false });
  const { VirtualMFADevice } = await iam.createVirtualMFADevice({ VirtualMFADeviceName: UserName });
  const codes = { AuthenticationCode1: '123456', AuthenticationCode2: '654321' };
  await iam.enableMFADevice({ UserName, SerialNumber: VirtualMFADevice?.SerialNumber, ...codes });
}

const withKeys = ({ AccessKeyId = '', SecretAccessKey = '', SessionToken }: Partial<Credentials> = {}) => ({
  ...emulator.clientConfig,
  credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken },
});

/** Client of a session that a user opens with MFA. */
async function signedIn(UserName: string): Promise<STS> {
  const { AccessKey } = await iam.createAccessKey({ UserName });
  const SerialNumber = `arn:aws:iam::${emulator.accountId}:mfa/${UserName}`;
  const session = await new STS(withKeys(AccessKey)).getSessionToken({ SerialNumber, TokenCode: '123456' });
  await iam.deleteAccessKey({ UserName, AccessKeyId: AccessKey?.AccessKeyId });
  return new STS(withKeys(session.Credentials));
}

/** What `explain` says about the account, and `--template` of the configuration. */
async function explained(
  options: Partial<BaselineOptions>,
  ask: Options,
): Promise<{ ofAccount: Explanation; ofTemplates: () => Explanation }> {
  const before = { ...process.env };
  Object.assign(process.env, emulator.env);
  const clients = new Clients({ region: emulator.region });
  try {
    const config = defineBaseline({ ...SMALLEST, ...options });
    const stacks = new ConfiguredStacks(config);
    return {
      ofAccount: await fromAccount(ask, stacks, clients),
      ofTemplates: () => fromTemplates(ask, config, stacks),
    };
  } finally {
    clients.destroy();
    process.env = before;
  }
}

/** The decision, and what would change it. */
const answer = async (
  config: Partial<BaselineOptions>,
  as: string,
  can: string,
  more: Partial<Options> & { deployed?: boolean } = {},
) => {
  const { deployed = true, ...ask } = more;
  const { ofAccount, ofTemplates } = await explained(config, { as, can, ...ask } as Options);
  const told = ({ decision, changes }: Explanation) => [decision, ...changes];
  if (deployed) expect(told(ofTemplates())).toEqual(told(ofAccount));
  return told(ofAccount);
};

/** What `verify` finds, apart from root and secrets that nobody deleted yet. */
const findings = async (options: Partial<BaselineOptions>) =>
  (await notPassed(emulator, options)).filter((one) => !/root-mfa|first-passwords/.test(one));

test('a new account: administrators are users with MFA', async () => {
  await deploy(USERS);
  for (const name of ['alice', 'bob']) await enrol(name);
  expect(await findings(USERS)).toEqual([]);
  expect(await answer(USERS, 'alice', 'iam:CreateUser')).toEqual([
    'allowed',
    'Without MFA it is denied by DenyWithoutMfa.',
  ]);
  expect(await answer(USERS, 'alice', 'iam:CreateUser', { withoutMfa: true })).toEqual([
    'denied',
    'Sign in with MFA.',
  ]);
});

test('between users and roles, verify says what comes next', async () => {
  await deploy(ROLES, 'Roles');
  expect(await findings(ROLES)).toEqual([
    'fail administrators: alice still has the rights of a user.',
    'fail administrators: bob still has the rights of a user.',
  ]);
  expect(await answer(ROLES, 'alice', 'sts:AssumeRole', { deployed: false })).toEqual([
    'allowed',
    'Without MFA it is denied by DenyWithoutMfa.',
  ]);
});

test('roles: a user may only assume them, with MFA and in a session of their own name', async () => {
  await deploy(ROLES);
  expect(await findings(ROLES)).toEqual([]);
  expect(await answer(ROLES, 'alice', 'iam:CreateUser')).toEqual([
    'denied',
    'Assume the role AccountBaseline-Administrator, which is allowed to.',
  ]);
  expect(await answer(ROLES, 'Administrator', 'iam:CreateUser')).toEqual(['allowed']);
  const alice = await signedIn('alice');
  const session = (RoleSessionName: string) =>
    alice.assumeRole({ RoleArn: ROLE('Administrator'), RoleSessionName });
  expect((await session('alice')).AssumedRoleUser?.Arn).toMatch(/AccountBaseline-Administrator\/alice$/);
  await expect(session('bob')).rejects.toThrow(/not authorized/);
});

describe('with a pipeline, a SAML provider, and break-glass users', () => {
  const OF_PULL_REQUEST = {
    iss: 'https://token.actions.githubusercontent.com',
    sub: 'repo:example-co@1234567/aws-account@7654321:pull_request',
    repository_id: '7654321',
  };
  const OF_DEPLOYMENT = {
    ...OF_PULL_REQUEST,
    sub: 'repo:example-co@1234567/aws-account@7654321:environment:production',
  };

  test('verify finds nothing wrong', async () => {
    await deploy(FEDERATED);
    for (const name of ['break-glass-1', 'break-glass-2']) await enrol(name);
    expect(await findings(FEDERATED)).toEqual([]);
  });

  test.each<[string, string, Record<string, unknown>, boolean]>([
    ['a pull request plans', 'aws-account-plan', OF_PULL_REQUEST, true],
    ['the protected environment deploys', 'aws-account-deploy', OF_DEPLOYMENT, true],
    ['a pull request does not deploy', 'aws-account-deploy', OF_PULL_REQUEST, false],
    [
      'nor another branch',
      'aws-account-deploy',
      { ...OF_DEPLOYMENT, sub: OF_DEPLOYMENT.sub.replace('environment:production', 'ref:refs/heads/x') },
      false,
    ],
    [
      'nor a fork',
      'aws-account-deploy',
      { ...OF_DEPLOYMENT, sub: 'repo:evil@6/aws-account@7:environment:production', repository_id: '7' },
      false,
    ],
    [
      'nor who took over the name',
      'aws-account-deploy',
      { ...OF_DEPLOYMENT, sub: 'repo:example-co/aws-account:environment:production', repository_id: '7' },
      false,
    ],
    [
      'nor a token for another audience',
      'aws-account-deploy',
      { ...OF_DEPLOYMENT, aud: 'https://example.com' },
      false,
    ],
  ])('%s', async (_, role, claims, isRight) => {
    expect(typeof (await assumeWith(sts, ROLE(role), claims)) === 'object').toBe(isRight);
  });

  test('the pipeline changes users through CloudFormation only, and explain says so', async () => {
    const as = 'AccountBaseline-aws-account-deploy';
    const answers = [
      await answer(FEDERATED, as, 'iam:CreateUser'),
      await answer(FEDERATED, as, 'iam:CreateUser', { throughCloudformation: true }),
      await answer(FEDERATED, 'AccountBaseline-aws-account-plan', 'iam:CreateUser'),
    ];
    expect(answers.map(([decision]) => decision)).toEqual(['denied', 'allowed', 'denied']);
    expect(answers[0]?.[1]).toBe(
      'Change the configuration and deploy it: through CloudFormation it is allowed.',
    );
  });

  test('people of the SAML provider get the role of their group, at the right audience', async () => {
    const assertion = {
      roleArn: ROLE('Administrator'),
      providerArn: `arn:aws:iam::${emulator.accountId}:saml-provider/${SAML.name}`,
      email: 'ann@example.com',
      groups: ['staff', 'aws-administrators'],
    };
    const signIn = (change: Partial<typeof assertion> & { recipient?: string } = {}) =>
      assumeWithAssertion(sts, { ...assertion, ...change });
    expect(await signIn()).toMatch(/AccountBaseline-Administrator\/ann@example.com$/);
    expect(await signIn({ groups: ['staff'] })).toBe('AccessDenied');
    expect(await signIn({ recipient: 'https://example.com/saml' })).toBe('AccessDenied');
  });
});

describe('it loses its administrators', () => {
  const SECTION = 'All administrators are gone, but not the break-glass users';
  const section = sectionsOf('docs/runbooks/recovery.md').find(({ title }) => title === SECTION);

  /** Runs the commands of the AWS CLI in a step, and compares what they print. */
  function follow(step: number): void {
    const blocks = section?.blocks.filter((block) => block.step === step) ?? [];
    const commands = blocks.find(({ language }) => language === 'sh')?.text ?? '';
    const { PATH = '' } = emulator.env;
    const env = { ...emulator.env, PATH: `${aws.folder}:${PATH}` };
    const { stdout } = spawnSync('bash', ['-euo', 'pipefail', '-c', commands], { env, encoding: 'utf8' });
    const shown = blocks.find(({ language }) => language === 'text')?.text ?? 'a text block';
    if (!shows(shown, stdout)) expect(stdout).toBe(shown);
  }

  test('users and devices are gone: verify says who is missing', async () => {
    for (const UserName of ['alice', 'bob']) {
      const SerialNumber = `arn:aws:iam::${emulator.accountId}:mfa/${UserName}`;
      await iam.deactivateMFADevice({ UserName, SerialNumber });
      await iam.deleteVirtualMFADevice({ SerialNumber });
      await iam.deleteLoginProfile({ UserName });
      const { Groups = [] } = await iam.listGroupsForUser({ UserName });
      for (const { GroupName } of Groups) await iam.removeUserFromGroup({ GroupName, UserName });
      await iam.deleteUser({ UserName });
    }
    expect(await findings(FEDERATED)).toEqual([
      'fail administrators: There is no user alice.',
      'fail administrators: There is no user bob.',
    ]);
    await expect(answer(FEDERATED, 'alice', 'sts:AssumeRole')).rejects.toThrow(/--as must be a user/);
    const glass = (can: string, more?: Partial<Options>) => answer(FEDERATED, 'break-glass-1', can, more);
    expect((await glass('iam:CreateUser'))[0]).toBe('allowed');
    expect((await glass('iam:CreateUser', { withoutMfa: true }))[0]).toBe('denied');
    expect((await glass('cloudtrail:StopLogging'))[0]).toBe('denied');
  });

  test('a break-glass user recovers it, as the runbook says', async () => {
    // The stacks that the CDK CLI deploys: that of the command, and those it depends on.
    await deploy(RECOVERED, 'Settings', 'Roles', 'Access');
    follow(5);
    await enrol('erin');
    follow(8);
    follow(9);
    const erin = await signedIn('erin');
    const role = { RoleArn: ROLE('Administrator'), RoleSessionName: 'erin' };
    expect((await erin.assumeRole(role)).AssumedRoleUser?.Arn).toMatch(/Administrator\/erin$/);
    await deploy(RECOVERED);
    expect(await findings(RECOVERED)).toEqual([]);
    expect(await answer(RECOVERED, 'erin', 'iam:CreateUser')).toEqual([
      'denied',
      'Assume the role AccountBaseline-Administrator, which is allowed to.',
    ]);
  });
});
