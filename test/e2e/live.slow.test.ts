import {
  CloudFormation,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import { IAM } from '@aws-sdk/client-iam';
import { createHash } from 'node:crypto';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { EMULATOR_HOME, type Emulator, REPOSITORY, startEmulator } from '../../emulator/emulator';
import { EmulatedSuite } from '../../emulator/suite';
import { SIGNALS } from '../../lib/detections/signals';

// One run, with what can happen to it, in its order.
jest.setTimeout(600_000);

interface Result {
  readonly code: number;
  readonly stderr: string;
}

let emulator: Emulator;
let folder: string;
let env: Record<string, string>;

beforeAll(async () => {
  emulator = await startEmulator();
  folder = mkdtempSync(join(EMULATOR_HOME, 'live-'));
  const shortPauses = pathToFileURL(join(REPOSITORY, 'emulator/cdk-pauses.mjs')).href;
  env = {
    ...emulator.env,
    NODE_OPTIONS: `${emulator.env['NODE_OPTIONS'] ?? ''} --import ${shortPauses}`,
    CI: 'true',
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    CDK_HOME: join(EMULATOR_HOME, 'cdk-home'),
  };
  // Nothing else calls this Region, which the emulator would serve.
  emulator.refuse('af-south-1 GetEbsEncryptionByDefault close');
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await emulator.stop();
});

/** What a person answers when all is well. */
const ANSWERS: Readonly<Record<string, string>> = {
  go: '123456789012',
  'subscriptions-confirmed': 'y',
  'notices-activated': 'y',
  'first-password': 'y',
  'first-change': 'y',
  'first-denied': 'y',
  'first-device': 'y',
  'first-mfa': 'y',
  'first-secret': 'y',
  'access-key-console': '-',
  ...Object.fromEntries(
    SIGNALS.flatMap(({ id }) => ['user', 'security-group', 'retention'].map((of) => [`${of}-${id}`, '4'])),
  ),
  'retention-rule': '0.5',
  'root-wrong': '',
  'root-at-prompt': '',
  'root-signed-in': '',
  'root-RootAttempts': '5',
  'root-prompt': 'y',
  'root-RootUser': '6',
  'root-notice': 'no',
  'sign-in-SignIn': 'y',
  'test-alert-mail': '1',
  'summary-mail': '1',
  'administrator-profile': '-',
  'update-rule': '1',
  'update-password': 'y',
  key: '-',
  bill: '-',
};

function live(
  answers: Readonly<Record<string, string | undefined>>,
  args: readonly string[] = [],
  more: Record<string, string | undefined> = {},
): Promise<Result> {
  const file = join(folder, 'answers.json');
  writeFileSync(file, JSON.stringify(answers));
  const words = ['--import', 'tsx', 'scripts/live.ts', '--folder', join(folder, 'run'), '--answers', file];
  const config = ['--config', 'test/e2e/fixtures/baseline.config.ts'];
  return new Promise((done) => {
    execFile(
      process.execPath,
      [...words, ...config, ...args],
      { cwd: REPOSITORY, env: { ...env, ...more }, maxBuffer: 1e8 },
      (error, _, stderr) => {
        done({ code: typeof error?.code === 'number' ? error.code : 0, stderr });
      },
    );
  });
}

const read = (name: string) => readFileSync(join(folder, 'run', name), 'utf8');

/** The calls that created stacks, of which a second run must make none. */
const deployments = () =>
  read('programs.log')
    .split('\n')
    .filter((line) => /^\$ .*cdk deploy --all/.test(line));

const report = () =>
  JSON.parse(read('report.json')) as {
    isComplete: boolean;
    steps: Record<string, { observations: { what: string; outcome: string; minutes?: number }[] }>;
    questions: { id: string; answer: string }[];
  };

const outcomes = (outcome: string) =>
  Object.values(report().steps).flatMap(({ observations }) =>
    observations.filter((one) => one.outcome === outcome).map(({ what }) => what),
  );

describe('nothing is done', () => {
  test.each<[string, Record<string, string>, Record<string, string | undefined>, string]>([
    [
      'without credentials',
      ANSWERS,
      { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined },
      'The account could not be read: sts.GetCallerIdentity',
    ],
    ['without a Region', ANSWERS, { AWS_REGION: undefined }, 'Set a Region with AWS_REGION'],
    ['unless the person types the number of the account', { ...ANSWERS, go: 'y' }, {}, 'Nothing was done.'],
  ])('%s', async (_, answers, more, message) => {
    const { code, stderr } = await live(answers, [], more);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
    expect(await new EmulatedSuite(emulator).names()).toEqual([]);
  });

  test('in an account with workloads, unless it is told to', async () => {
    const iam = new IAM(emulator.clientConfig);
    await iam.createUser({ UserName: 'dev' });
    const refused = await live(ANSWERS);
    expect(refused.stderr).toContain('The account has workloads: user dev. Use an empty account');
    expect(refused.code).toBe(2);
    const allowed = await live({ ...ANSWERS, go: 'n' }, ['--allow-workloads']);
    expect(allowed.stderr).toContain('A day with this configuration costs about');
    await iam.deleteUser({ UserName: 'dev' });
  });
});

test('nothing is done where the baseline is deployed, whatever it is told', async () => {
  // EmulatedSuite would leave a bucket.
  const client = new CloudFormation(emulator.clientConfig);
  const StackName = 'AccountBaseline-Settings';
  const TemplateBody = JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } });
  await client.createStack({ StackName, TemplateBody });
  await waitUntilStackCreateComplete({ client, maxWaitTime: 30, minDelay: 1 }, { StackName });
  const { code, stderr } = await live(ANSWERS, ['--allow-workloads']);
  expect(stderr).toContain('The account has stacks AccountBaseline-*, and a run would remove them');
  expect(code).toBe(2);
  await client.deleteStack({ StackName });
  await waitUntilStackDeleteComplete({ client, maxWaitTime: 30, minDelay: 1 }, { StackName });
});

test('an interruption leaves what was finished', async () => {
  const { code, stderr } = await live({ ...ANSWERS, 'first-device': undefined });
  expect(stderr).toContain('has none to first-device');
  expect(code).toBe(1);
  const { steps } = JSON.parse(read('state.json')) as { steps: object };
  expect(Object.keys(steps)).toEqual(['preflight', 'before', 'deploy', 'recipients']);
  expect(deployments()).toHaveLength(1);
});

test('the same command goes on, and ends with a report of what was unexpected', async () => {
  const { code, stderr } = await live(ANSWERS);
  expect(stderr).toContain('4 of 20 steps are finished');
  // The emulator evaluates no policies, reverts no drift, and delivers nothing to the trail.
  expect(outcomes('unexpected')).toEqual([
    'A session token without MFA cannot create an MFA device',
    'A user is created, gets a policy that denies everything, and is denied to stop a trail',
    'an e-mail of AWS User Notifications about the sign-in',
    'verify finds nothing that failed',
    'verify can read everything',
    '`cdk deploy --revert-drift` brings back what somebody changed',
  ]);
  expect(outcomes('expected')).toEqual(
    expect.arrayContaining([
      'A Region that is not enabled fails the update',
      'The password policy is as before the failed update',
    ]),
  );
  expect(code).toBe(1);
  expect(report().isComplete).toBe(true);
  // The first deployment, the update, and the end of the protection.
  expect(deployments()).toHaveLength(3);
});

test('the report has minutes, an answer to each question, and its checksums', () => {
  const { steps, questions } = report();
  expect(steps['signals']?.observations).toContainEqual(
    expect.objectContaining({ what: expect.stringContaining('“New access path created”'), minutes: 4 }),
  );
  const asked = questions.filter(({ answer }) => answer === 'not asked').map(({ id }) => id);
  // Only an administrator's profile shows it.
  expect(asked).toEqual(['mfa-passed-on']);
  expect(read('report.md')).toContain('## Unexpected: 6');
  for (const line of read('SHA256SUMS').trim().split('\n')) {
    const [sum, name = ''] = line.split('  ');
    expect(createHash('sha256').update(read(name)).digest('hex')).toBe(sum);
  }
});

test('the account is as before, but for the key that needs root', async () => {
  expect(outcomes('expected')).toEqual(
    expect.arrayContaining([
      'Everything that the removal does not keep is as before',
      'Nothing else is left',
    ]),
  );
  const { Users = [] } = await new IAM(emulator.clientConfig).listUsers({});
  expect(Users).toEqual([]);
  expect(await new EmulatedSuite(emulator).names()).toEqual([]);
});

test('a finished run does nothing more, and another configuration is refused', async () => {
  const before = deployments().length;
  const { stderr } = await live({});
  expect(stderr).toContain('20 of 20 steps are finished');
  expect(deployments()).toHaveLength(before);
  const other = await live({}, ['--config', 'baseline.config.ts']);
  expect(other.stderr).toContain('with another configuration');
  expect(other.code).toBe(2);
});
