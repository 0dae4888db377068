import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { IAM } from '@aws-sdk/client-iam';
import { loadConfig } from '../../lib/config/load-config';
import { adopt, type Ask } from '../../lib/posture/commands/adopt';
import type { Options } from '../../lib/posture/commands/options';
import type { BaselineConfig, BaselineOptions } from '../../lib/config/config';
import { EMULATOR_HOME, type Emulator, REPOSITORY, startEmulator } from '../../emulator/emulator';
import { allIn, BaselineSuite } from './baseline-suite';
import { createExistingTrail } from './existing-trail';
import { notPassed } from './verified';

jest.setTimeout(300_000);

const CONFIGURATION = `import { defineBaseline } from '${join(REPOSITORY, 'lib/config/config')}';

export default defineBaseline({
  administrators: ['alice', 'bob'],
  notifications: { emails: ['security@example.com'] },
  accountSettings: { alias: 'acme' },
});
`;

let emulator: Emulator;
let folder: string;
let config: string;
let plan: string;
const printed: string[] = [];
const environment = { ...process.env };

/** Answers the questions in this order, and keeps them. */
function scripted(...answers: readonly string[]): { ask: Ask; asked: string[] } {
  const asked: string[] = [];
  const left = [...answers];
  return {
    asked,
    ask: (question) => {
      asked.push(question);
      return Promise.resolve(left.shift() ?? '');
    },
  };
}

/** The configuration as it is now: jest would keep the first one that was loaded. */
function load(): BaselineConfig {
  jest.resetModules();
  return loadConfig(config);
}

const run = (ask?: Ask, more: Partial<Options> = {}): Promise<number> =>
  adopt({ config, color: false, region: emulator.region, plan, ...more }, load(), ask);

beforeAll(async () => {
  emulator = await startEmulator();
  Object.assign(process.env, emulator.env);
  folder = mkdtempSync(join(EMULATOR_HOME, 'adopt-'));
  config = join(folder, 'baseline.config.ts');
  plan = join(folder, 'adopt.json');
  writeFileSync(config, CONFIGURATION);
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  jest.spyOn(console, 'error').mockImplementation();
  await createExistingTrail(emulator, { trail: 'old', bucket: 'old-logs', logGroup: 'old-trail' });
  const iam = new IAM(emulator.clientConfig);
  await iam.updateAccountPasswordPolicy({ MinimumPasswordLength: 8, MaxPasswordAge: 90, HardExpiry: true });
  await iam.createAccountAlias({ AccountAlias: 'acme-old' });
  await iam.createGroup({ GroupName: 'Administrators' });
  await iam.createUser({ UserName: 'intern' });
  await iam.addUserToGroup({ GroupName: 'Administrators', UserName: 'intern' });
  emulator.refuse('ap-southeast-2 GetEbsEncryptionByDefault close');
});

afterAll(async () => {
  jest.restoreAllMocks();
  process.env = environment;
  rmSync(folder, { recursive: true, force: true });
  await emulator.stop();
});

/** Each test goes on with the account and the files that the one before has left. */
describe('an account with a trail, a group, a weak policy, an alias, and a closed Region', () => {
  test('is not written about before the summary is confirmed', async () => {
    const { ask, asked } = scripted('', '', '', '', '', 'no');
    expect(await run(ask)).toBe(1);
    const about = asked.map((question) => /^(?:\n)?([^:\n]+)/.exec(question)?.[1]);
    expect(about).toEqual([
      'Trail old',
      'Password policy',
      'Group Administrators',
      'Account alias',
      'Closed Regions',
      expect.stringMatching(/^Write /) as string,
    ]);
    expect(asked.join()).toContain('It has the members intern, whom the configuration does not name.');
    expect(readFileSync(config, 'utf8')).toBe(CONFIGURATION);
    expect(existsSync(plan)).toBe(false);
  });

  test('needs somebody to answer, or a plan', async () => {
    await expect(run()).rejects.toThrow(
      /adopt needs a terminal, or --yes .* about "Trail old": adopt, create/,
    );
  });

  test('is adopted as decided', async () => {
    const { ask } = scripted('1', '1', '1', '1', '1', 'y');
    printed.length = 0;
    expect(await run(ask)).toBe(0);
    expect(printed.join('')).toContain("+  auditTrail: { existingLogGroup: 'old-trail' },");
    const written = readFileSync(config, 'utf8');
    expect(written).toContain("access: { groupName: 'BaselineAdministrators' }");
    expect(written).toContain("alias: 'acme-old', regions: ['us-east-1', 'us-west-2', 'eu-central-1']");
    expect(JSON.parse(readFileSync(plan, 'utf8'))).toEqual({
      version: 1,
      account: emulator.accountId,
      decisions: {
        'Trail old': 'adopt',
        'Password policy': 'keep',
        'Group Administrators': 'rename',
        'Account alias': 'keep',
        'Closed Regions': 'limit',
      },
    });
  });

  test('has nothing left to decide, and the plan says the same of the first configuration', async () => {
    const { ask, asked } = scripted();
    const adopted = readFileSync(config, 'utf8');
    await run(ask, { yes: true });
    expect(asked).toEqual([]);
    expect(readFileSync(config, 'utf8')).toBe(adopted);
    writeFileSync(config, CONFIGURATION);
    await run(ask, { yes: true });
    expect(asked).toEqual([]);
    expect(readFileSync(config, 'utf8')).toBe(adopted);
  });

  test('is deployed, and verify finds nothing but what it is to find', async () => {
    // A parsed configuration is one that can be parsed again.
    const options = load() as unknown as Partial<BaselineOptions>;
    const suite = new BaselineSuite(emulator);
    expect(await suite.deployBaseline(options)).toEqual(allIn('CREATE_COMPLETE', options));
    const { Users = [] } = await new IAM(emulator.clientConfig).getGroup({
      GroupName: 'BaselineAdministrators',
    });
    expect(Users.map(({ UserName }) => UserName).sort()).toEqual(['alice', 'bob']);
    const { PasswordPolicy } = await new IAM(emulator.clientConfig).getAccountPasswordPolicy({});
    expect(PasswordPolicy).toMatchObject({
      MinimumPasswordLength: 15,
      MaxPasswordAge: 90,
      HardExpiry: false,
    });
    // The emulated root has no device, and the emulator does not protect stacks unless it is asked to.
    expect(await notPassed(emulator, { ...options, terminationProtection: false })).toEqual([
      'fail root-mfa: Root has no MFA device: the password alone gives full access.',
    ]);
  });
});
