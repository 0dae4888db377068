import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IAM } from '@aws-sdk/client-iam';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { type QuickAwsCli, quickAwsCli } from '../../emulator/aws-cli';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { EmulatedSuite, type SuiteStack } from '../../emulator/suite';
import { type BaselineConfig, defineBaseline } from '../../lib/config/config';
import { templatesOf } from '../../lib/stacks/templates';
import { type Block, type Section, sectionsOf, shows } from '../guide/page';
import { notPassed } from './verified';

jest.setTimeout(120_000);

let emulator: Emulator;
let iam: IAM;
let aws: QuickAwsCli;
/** Where the commands run. */
let folder: string;
/** Configuration files by name. */
const files: Record<string, string> = {};
/** Templates of the last deployed configuration of each file. */
const deployed: Record<string, readonly SuiteStack[]> = {};
/** What the pages show as an example, and is another value here. */
const examples: Record<string, string> = {};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pages-'));
  emulator = await startEmulator();
  iam = new IAM(emulator.clientConfig);
  // Profiles that a page speaks of.
  writeFileSync(join(folder, 'config'), '');
  aws = await quickAwsCli(emulator);
  // As `npm run emulator -- --deploy` does.
  files['baseline.config.ts'] = readFileSync('baseline.config.ts', 'utf8');
  await deploy('npx cdk deploy --all');
});

afterAll(async () => {
  aws.stop();
  await emulator.stop();
  rmSync(folder, { recursive: true, force: true });
});

const inAccount = (text: string): string =>
  Object.entries(examples).reduce((all, [example, value]) => all.replaceAll(example, value), text);

function configOf(file: string): BaselineConfig {
  const body = (files[file] ?? '').replace(/^import .*$/m, '').replace('export default', 'return');
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the configuration that a page shows
  const read = new Function('defineBaseline', body) as (define: typeof defineBaseline) => BaselineConfig;
  return read(defineBaseline);
}

function stacksOf(file: string): SuiteStack[] {
  return templatesOf(configOf(file)).map(({ stackName: name, template }) => ({
    name,
    template: template as object,
  }));
}

/**
 * Deploys as the CDK CLI would, in this process: e2e/baseline tries the real one. Fails if a stack that the
 * command does not name would change too.
 */
async function deploy(command: string): Promise<void> {
  const [, file = 'baseline.config.ts', args = ''] =
    /^(?:BASELINE_CONFIG=(\S+) )?npx cdk deploy (.*)$/.exec(command) ?? [];
  const names = args.split(' ').filter((arg) => !arg.startsWith('--'));
  const stacks = stacksOf(file);
  const changed = stacks.filter(
    ({ name, template }) =>
      JSON.stringify(template) !== JSON.stringify(deployed[file]?.find((one) => one.name === name)?.template),
  );
  const named = args.startsWith('--all') ? stacks : stacks.filter(({ name }) => names.includes(name));
  expect(named.map(({ name }) => name)).toEqual(changed.map(({ name }) => name));
  // The emulator takes an access key that is an account ID for root of that account.
  const account = args.includes('--profile second') ? inAccount('222222222222') : undefined;
  const suite = new EmulatedSuite(account === undefined ? emulator : inOther(account));
  const statuses = args.includes('--import-existing-resources')
    ? await suite.takeOver(named)
    : await suite.deploy(named);
  expect(
    Object.values(statuses).filter((status) => !/^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(status ?? '')),
  ).toEqual([]);
  deployed[file] = stacks;
}

function inOther(accountId: string): Emulator {
  const credentials = { accessKeyId: accountId, secretAccessKey: 'test' };
  return { ...emulator, accountId, clientConfig: { ...emulator.clientConfig, credentials } };
}

/** Changes a configuration as the diff says. */
function patch(file: string, diff: string): void {
  const lines = diff.split('\n');
  const of = (sign: string) => lines.filter((line) => line.startsWith(sign)).map((line) => line.slice(1));
  const [before, after] = [of('-').join('\n'), of('+').join('\n')];
  const text = files[file] ?? '';
  expect(text.split(before)).toHaveLength(2);
  files[file] = text.replace(before, after);
}

function run(commands: string): string {
  const { PATH = '' } = emulator.env;
  const { status, stdout, stderr } = spawnSync('bash', ['-euo', 'pipefail', '-c', inAccount(commands)], {
    env: { ...emulator.env, AWS_CONFIG_FILE: join(folder, 'config'), PATH: `${aws.folder}:${PATH}` },
    cwd: folder,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${commands}\n${stderr}`);
  return stdout;
}

/**
 * Does what a section says, and compares what it prints. `people` do the steps without a command, by number.
 */
async function follow(section: Section, people: Readonly<Record<number, () => unknown>> = {}): Promise<void> {
  const numbers = [...new Set([undefined, ...section.steps.map(({ number }) => number)])];
  for (const number of numbers) {
    if (number !== undefined) await people[number]?.();
    let printed = '';
    for (const block of section.blocks.filter(({ step }) => step === number)) {
      printed = await act(block, printed);
    }
  }
}

async function act({ language, text }: Block, printed: string): Promise<string> {
  if (language === 'text' && !shows(inAccount(text), printed)) expect(printed).toBe(inAccount(text));
  if (language === 'diff') patch('baseline.config.ts', text);
  if (language !== 'sh') return '';
  if (!text.includes('npx cdk')) return run(text);
  for (const command of text.split('\n')) await deploy(command);
  return '';
}

/** Somebody registers an authenticator app in the console. */
async function enrol(UserName: string): Promise<void> {
  const { VirtualMFADevice } = await iam.createVirtualMFADevice({ VirtualMFADeviceName: UserName });
  const SerialNumber = VirtualMFADevice?.SerialNumber;
  await iam.enableMFADevice({
    UserName,
    SerialNumber,
    AuthenticationCode1: '123456',
    AuthenticationCode2: '654321',
  });
}

const users = async (): Promise<string[]> =>
  ((await iam.listUsers({})).Users ?? []).map(({ UserName = '' }) => UserName).sort();

function sectionNamed(path: string): (title: string) => Section {
  const sections = sectionsOf(path);
  return (title) => {
    const found = sections.find((one) => one.title === title);
    if (!found) throw new Error(`${path} has no section ${title}`);
    return found;
  };
}

/** Members of the administrators' group. */
async function administrators(of = iam): Promise<(string | undefined)[]> {
  const { Users = [] } = await of.getGroup({ GroupName: 'Administrators' });
  return Users.map(({ UserName }) => UserName);
}

describe('docs/guide', () => {
  const guide = readdirSync('docs/guide').filter((file) => file.endsWith('.md'));

  test.each(guide)(
    '%s is right about the account that `npm run emulator -- --deploy` starts',
    async (file) => {
      const sections = sectionsOf(join('docs/guide', file));
      const answered = sections.filter(({ blocks }) => blocks.some(({ language }) => language === 'sh'));
      expect(answered).toHaveLength(1);
      for (const section of answered) await follow(section);
    },
  );
});

describe('docs/runbooks/people.md', () => {
  const section = sectionNamed('docs/runbooks/people.md');

  beforeAll(async () => {
    files['baseline.config.ts'] = section('Life of an account').blocks[0]?.text ?? '';
    await deploy('npx cdk deploy AccountBaseline-Access');
    await enrol('alice');
    await enrol('bob');
  });

  test('a colleague joins', async () => {
    await follow(section('A colleague joins'), { 4: () => enrol('carol') });
    expect(await administrators()).toContain('carol');
  });

  test('a colleague leaves', async () => {
    await iam.createAccessKey({ UserName: 'bob' });
    await follow(section('A colleague leaves'));
    expect(await users()).toEqual(['alice', 'carol']);
  });

  test('a colleague loses the phone', async () => {
    await follow(section('A colleague loses the phone'), { 5: () => enrol('carol') });
  });

  test('a colleague forgets the password', async () => {
    await iam.updateLoginProfile({ UserName: 'carol', PasswordResetRequired: false });
    await follow(section('A colleague forgets the password'));
    const { LoginProfile } = await iam.getLoginProfile({ UserName: 'carol' });
    expect(LoginProfile?.PasswordResetRequired).toBe(true);
  });

  test('an access key is found in a repository', async () => {
    const { AccessKey } = await iam.createAccessKey({ UserName: 'carol' });
    examples.AKIAIOSFODNN7EXAMPLE = AccessKey?.AccessKeyId ?? '';
    const PolicyArn = 'arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3';
    await iam.attachUserPolicy({ UserName: 'carol', PolicyArn });
    await follow(section('An access key is found in a repository'));
    expect(await iam.listAccessKeys({ UserName: 'carol' })).toMatchObject({ AccessKeyMetadata: [] });
    expect(await iam.listAttachedUserPolicies({ UserName: 'carol' })).toMatchObject({ AttachedPolicies: [] });
  });

  test('a password was phished', async () => {
    await follow(section('A password was phished'), {
      2: async () => {
        const { AttachedPolicies } = await iam.listAttachedUserPolicies({ UserName: 'carol' });
        expect(AttachedPolicies).toMatchObject([{ PolicyName: 'AWSDenyAll' }]);
      },
    });
    expect(await iam.listAttachedUserPolicies({ UserName: 'carol' })).toMatchObject({ AttachedPolicies: [] });
  });

  test('a user is an administrator, and should not be', async () => {
    await iam.createUser({ UserName: 'eve' });
    await iam.createLoginProfile({ UserName: 'eve', Password: 'Long-enough-password-1' });
    await iam.createAccessKey({ UserName: 'eve' });
    await iam.addUserToGroup({ GroupName: 'Administrators', UserName: 'eve' });
    await follow(section('A user is an administrator, and should not be'));
    expect(await users()).toEqual(['alice', 'carol']);
  });

  test('the address for alarms changes', async () => {
    await follow(section('The address for alarms changes'));
    const left = run(
      'aws sns list-subscriptions --query "Subscriptions[?Protocol==\'email\'].Endpoint" --output text',
    );
    expect(left.trim()).toBe('ops@example.com');
  });

  test('the company gets a second account', async () => {
    const { blocks } = section('The company gets a second account');
    files['second.config.ts'] = blocks.find(({ language }) => language === 'ts')?.text ?? '';
    await follow(section('The company gets a second account'), {
      3: () => {
        const query = "Accounts[?Name=='second'].Id";
        const account = run(`aws organizations list-accounts --query "${query}" --output text`).trim();
        examples['222222222222'] = account;
        const credentials = [`aws_access_key_id = ${account}`, 'aws_secret_access_key = test'];
        writeFileSync(join(folder, 'config'), ['[profile second]', ...credentials, ''].join('\n'));
      },
    });
    const { clientConfig } = inOther(inAccount('222222222222'));
    expect(await administrators(new IAM(clientConfig))).toEqual(['alice', 'carol']);
    const { SecretList } = await new SecretsManager(clientConfig).listSecrets({});
    expect(SecretList).toEqual([]);
  });

  test('leaves an account in which verify finds only what no step does', async () => {
    const { administrators, notifications } = configOf('baseline.config.ts');
    const left = await notPassed(emulator, {
      administrators: [...administrators],
      notifications: { emails: [...notifications.emails] },
      // The CDK CLI sets it.
      terminationProtection: false,
    });
    expect(left).toEqual([
      // No page gives root one.
      'fail root-mfa: Root has no MFA device: the password alone gives full access.',
      'fail first-passwords: alice has set up MFA, but the first-time password is still in Secrets Manager.',
    ]);
  });
});

// The account is the one that the page above leaves behind, as the page says.
describe('docs/runbooks/recovery.md', () => {
  const section = sectionNamed('docs/runbooks/recovery.md');

  test('the mailbox of the alarms is lost', async () => {
    await follow(section('The mailbox of the alarms is lost'));
  });

  test('the identity provider is lost', async () => {
    const metadata = join(folder, 'metadata.xml');
    // IAM takes 1,000 characters and more.
    writeFileSync(metadata, `<EntityDescriptor>${' '.repeat(1000)}</EntityDescriptor>`);
    await iam.createSAMLProvider({ Name: 'workforce', SAMLMetadataDocument: readFileSync(metadata, 'utf8') });
    await follow(section('The identity provider is lost'));
    expect(await iam.listSAMLProviders({})).toMatchObject({ SAMLProviderList: [] });
  });

  test('the mailbox, the password, or the MFA device of root is lost', async () => {
    await follow(section('The root password is lost'));
    await follow(section('The MFA device of root is lost'));
    await follow(section('The mailbox of root is lost'));
  });

  test('all administrators lost their MFA devices', async () => {
    await follow(section('All administrators lost their MFA devices'), {
      4: async () => {
        expect(await iam.listMFADevices({ UserName: 'alice' })).toMatchObject({ MFADevices: [] });
        for (const name of ['alice', 'carol']) await enrol(name);
      },
    });
  });

  test('all administrators are gone', async () => {
    const passwordOf = async () => (await iam.getLoginProfile({ UserName: 'dave' })).LoginProfile?.CreateDate;
    let created: Date | undefined;
    await follow(section('All administrators are gone'), {
      3: async () => {
        created = await passwordOf();
        await enrol('dave');
      },
    });
    expect(await administrators()).toEqual(['dave']);
    expect(await passwordOf()).toEqual(created);
  });

  test('all administrators are gone, but not the break-glass users', async () => {
    await follow(section('All administrators are gone, but not the break-glass users'), {
      7: () => enrol('erin'),
    });
    expect(await administrators()).toEqual(['erin']);
  });
});

// The last page, because nobody is an administrator afterwards.
test('docs/remove.md deletes the group, with its policies and without its members', async () => {
  await follow(sectionNamed('docs/remove.md')('Delete users and groups with the AWS CLI'));
  await expect(administrators()).rejects.toThrow('cannot be found');
  expect(await users()).toContain('erin');
});
