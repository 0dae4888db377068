import { spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { CloudTrail } from '@aws-sdk/client-cloudtrail';
import { IAM } from '@aws-sdk/client-iam';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { SNS } from '@aws-sdk/client-sns';
import { type QuickAwsCli, quickAwsCli } from '../../emulator/aws-cli';
import { type Emulator, REPOSITORY, startEmulator } from '../../emulator/emulator';
import { EmulatedSuite } from '../../emulator/suite';
import { type BaselineOptions, defineBaseline } from '../../lib/config/config';
import { templatesOf } from '../../lib/stacks/templates';
import { createExistingTrail } from './existing-trail';
import { notPassed } from './verified';

jest.setTimeout(120_000);

const STACKS = [
  'Settings',
  'Access',
  'Audit',
  'Detections',
  'Attempts',
  'Alarms',
  'Spend',
  'Watchdog',
  'Summary',
  'RootNotice',
].map((kind) => `AccountBaseline-${kind}`);
const FIRST = ['--administrator', 'alice', '--email', 'security@example.com'];
const NO_REGION =
  '--region: does not exist, or is not enabled in this account, see the list at the top right of the console';
/** Stacks with two administrators and two addresses, as a case of a shell. */
const DEPLOYED = String.raw`*Parameters*) printf 'AccountBaseline-Access\tUPDATE_COMPLETE\tTrue\nAdministrator1\talice\nAdministrator2\tbob\nAccountBaseline-Alarms\tUPDATE_COMPLETE\tTrue\nEmail1\ta@example.com\nEmail2\tb@example.com\n' ;;`;
const UNCHANGED = 'Nothing was changed.\n';

let emulator: Emulator;
let suite: EmulatedSuite;
let iam: IAM;
let aws: QuickAwsCli;
/** What is uploaded to CloudShell. */
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'day-zero-'));
  const { status, stderr } = spawnSync('npm', ['run', '--silent', 'template', folder], {
    cwd: REPOSITORY,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  emulator = await startEmulator();
  suite = new EmulatedSuite(emulator);
  iam = new IAM(emulator.clientConfig);
  aws = await quickAwsCli(emulator);
});

afterAll(async () => {
  aws.stop();
  await emulator.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the script as a person in CloudShell does; the answer to its question is `input`. */
function deploy(args: readonly string[], { input = '', path = [] as string[], from = folder } = {}): Run {
  const { PATH = '' } = emulator.env;
  const env = { ...emulator.env, PATH: [...path, aws.folder, PATH].join(':') };
  const { status, stdout, stderr } = spawnSync('bash', [join(from, 'deploy.sh'), ...args], {
    encoding: 'utf8',
    env,
    input,
  });
  return { code: status, stdout, stderr };
}

async function members(): Promise<string[]> {
  const { Users = [] } = await iam.getGroup({ GroupName: 'Administrators' });
  return Users.map(({ UserName = '' }) => UserName).sort();
}

async function recipients(): Promise<string[]> {
  const { physicalId: TopicArn } = await suite.findOne(({ logicalId }) => logicalId === 'NotificationsTopic');
  const { Subscriptions = [] } = await new SNS(emulator.clientConfig).listSubscriptionsByTopic({ TopicArn });
  return Subscriptions.filter(({ Protocol }) => Protocol === 'email').map(({ Endpoint = '' }) => Endpoint);
}

async function physicalIds(): Promise<Record<string, string | undefined>> {
  const resources = await Promise.all(STACKS.map((stack) => suite.resources(stack)));
  return Object.fromEntries(resources.flatMap((one) => Object.entries(one)));
}

/** A folder with an AWS CLI that runs this first, and after it the real one. */
function cliThat(first: string): string[] {
  const path = mkdtempSync(join(folder, 'cli-'));
  writeFileSync(join(path, 'aws'), `#!/bin/bash\n${first}\nexec '${aws.folder}/aws' "$@"\n`);
  chmodSync(join(path, 'aws'), 0o755);
  return [path];
}

test('lists everything that is wrong with the options, and what was received', () => {
  const { code, stderr } = deploy([
    ...['--administrator', 'al ice', '--email', 'example.com', '--budget', '0', '--region', 'Ohio'],
    ...['--admin', 'alice', '--remove-email', '--yes', '--administrator'],
  ]);
  const name = 'must be an IAM user name: 1 to 64 of A-Z a-z 0-9 + = , . @ _ -';
  const email = 'must be an e-mail address such as security@example.com';
  expect(stderr).toBe(
    [
      `Error: --administrator ${name}; received 'al ice'`,
      `Error: --email ${email}; received 'example.com'`,
      "Error: --budget must be an amount in USD from 1 to 999999999, such as 50; received '0'",
      "Error: --region must be a Region such as us-east-1; received 'Ohio'",
      "Error: there is no such option, see --help; received '--admin'",
      `Error: --remove-email ${email}; received '--yes'`,
      `Error: --administrator ${name}; received ''`,
      UNCHANGED,
    ].join('\n'),
  );
  expect(code).toBe(1);
});

test('explains its options', () => {
  const { code, stdout } = deploy(['--help']);
  expect(code).toBe(0);
  for (const option of ['administrator', 'email', 'budget', 'region', 'remove-administrator', 'dry-run']) {
    expect(stdout).toContain(`--${option}`);
  }
});

test('stops when a file is not the one that was built', () => {
  const copy = mkdtempSync(join(tmpdir(), 'day-zero-changed-'));
  cpSync(folder, copy, { recursive: true });
  appendFileSync(join(copy, `${STACKS[1] ?? ''}.template.yaml`), '# changed\n');
  const { code, stderr } = deploy([...FIRST, '--yes'], { from: copy });
  rmSync(copy, { recursive: true });
  expect(stderr).toBe(
    `Error: upload day-zero.tar.gz again, and unpack it: AccountBaseline-Access.template.yaml: FAILED\n${UNCHANGED}`,
  );
  expect(code).toBe(1);
});

test.each<[shows: string, args: string[], error: string]>([
  [
    'nobody is named',
    [],
    '--administrator: at least one is required; received none\nError: --email: at least one is required; received none',
  ],
  ['a Region does not exist', [...FIRST, '--region', 'us-east-9'], `${NO_REGION}; received 'us-east-9'`],
  [
    'there are more than ten administrators',
    [...FIRST, ...Array.from({ length: 10 }, (_, index) => ['--administrator', `a${index}`]).flat()],
    "--administrator: all ten are in use, remove one first; received 'a9'",
  ],
  [
    'nobody of this name can be removed',
    [...FIRST, '--remove-administrator', 'bob', '--remove-email', 'security@example.com'],
    "--remove-administrator: this name is not in use; received 'bob'\n" +
      "Error: --remove-email: the same address is also added; received 'security@example.com'\n" +
      'Error: --remove-email: nobody would be left, add another first with --email',
  ],
  ['nobody confirms', FIRST, 'not confirmed'],
])('changes nothing when %s', (_, args, error) => {
  const calls = join(folder, 'calls');
  writeFileSync(calls, '');
  // The answers of a new account; the real AWS CLI takes a second for each.
  const answers = `case "$*" in
    *get-caller-identity*) echo arn:aws:iam::123456789012:root ;;
    *describe-regions*us-east-1*) echo opt-in-not-required ;;
  esac`;
  const path = cliThat(`echo "$1 $2" >>'${calls}'; ${answers}; exit`);
  const { code, stderr } = deploy(args, { path, input: 'n\n' });
  expect(stderr).toBe(`Error: ${error}\n${UNCHANGED}`);
  expect(code).toBe(1);
  expect(readFileSync(calls, 'utf8')).not.toMatch(/^(?!\w+ (get|describe|list)-)./m);
});

describe('the second notification of root', () => {
  /** An AWS CLI of a new account in two Regions, with these hubs. It writes its calls to a file. */
  const newAccount = (calls: string, hubs = '') =>
    cliThat(`echo "$*" >>'${calls}'; case "$*" in
      *get-caller-identity*) echo arn:aws:iam::123456789012:root ;;
      *describe-regions*) echo opt-in-not-required ;;
      *list-notification-hubs*) printf '${hubs}' ;;
      *list-email-contacts*) echo security@example.com ;;
    esac; exit`);
  const run = (args: readonly string[], hubs?: string) => {
    const calls = join(folder, 'calls');
    writeFileSync(calls, '');
    const { code, stdout, stderr } = deploy([...FIRST, ...args], { path: newAccount(calls, hubs) });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return { stdout, calls: readFileSync(calls, 'utf8').split('\n') };
  };
  const deployments = (calls: readonly string[]) =>
    calls.flatMap((call) => {
      const [, stack, region] = /^cloudformation deploy --stack-name (\S+) --region (\S+)/.exec(call) ?? [];
      return stack === undefined ? [] : [`${stack} ${region ?? ''}`];
    });

  test('is deployed to us-east-1, and the other stacks to the home Region', () => {
    const { calls, stdout } = run(['--region', 'eu-central-1', '--yes']);
    expect(deployments(calls)).toEqual(
      STACKS.map((stack) => `${stack} ${stack.endsWith('-RootNotice') ? 'us-east-1' : 'eu-central-1'}`),
    );
    expect(stdout).toContain(
      '- security@example.com: confirm the address in each e-mail from AWS, within 12 hours',
    );
  });

  test.each([
    ['creates a hub in an account that has none', '', 'create'],
    ['uses the hubs of an account that has some', 'us-east-1\\neu-west-1\\n', 'existing'],
  ])('%s', (_, hubs, value) => {
    const { calls } = run(['--yes'], hubs);
    expect(calls.filter((call) => call.startsWith('cloudformation deploy')).join('\n')).toContain(
      ` NotificationHub=${value} `,
    );
  });

  test('is left out with --no-root-notice, and us-east-1 is not asked', () => {
    const { calls } = run(['--region', 'eu-central-1', '--no-root-notice', '--yes']);
    expect(deployments(calls)).toHaveLength(STACKS.length - 1);
    expect(calls.join('\n')).not.toContain('us-east-1');
  });
});

describe('the list of what is left to do', () => {
  const PEOPLE = String.raw`Administrator1\talice\nAdministrator2\tbob\nEmail1\tsecurity@example.com\n`;
  const STACKS_OF_PEOPLE = STACKS.map(
    (stack) => String.raw`${stack}\tUPDATE_COMPLETE\tTrue\n` + (stack.endsWith('-Alarms') ? PEOPLE : ''),
  );
  const SECRET = '--region us-east-1 --secret-id Password2-x1';
  const READ = `aws secretsmanager get-secret-value ${SECRET} --query SecretString --output text`;
  const CHECK = 'Then check the account from your machine: docs/day-zero.md#check-it\n';
  const OUTPUTS = [
    'SignInUrl https://sign-in',
    `ReadPasswordAdministrator2 ${READ}`,
    'ActivateBillingAccess https://billing',
  ];

  /** Runs the script in an account with all stacks; `answers` are cases of a shell that answer more calls. */
  function listed(args: readonly string[], answers = ''): string {
    const path = cliThat(`case "$*" in
      *get-caller-identity*) echo arn:aws:iam::123456789012:user/alice ;;
      *describe-regions*) echo opt-in-not-required ;;
      *Parameters*) printf '${STACKS_OF_PEOPLE.join('')}' ;;
      *Outputs*) printf '${OUTPUTS.map((one) => String.raw`${one}\n`).join('')}' ;;
      ${answers}
      *list-secrets*) echo Password2-x1 ;;
      *list-mfa-devices*) echo arn:aws:iam::123456789012:mfa/bob ;;
      *get-account-summary*) echo 1 ;;
    esac; exit`);
    const { code, stdout, stderr } = deploy([...args, '--yes'], { path });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return stdout.slice(stdout.indexOf('\nDeployed.'));
  }

  test('is empty after an upgrade', () => {
    expect(listed([], '*list-secrets*) ;;')).toBe(`\nDeployed. Nothing is left to do.\n${CHECK}`);
  });

  test('has the user of an administrator who was removed, and nothing about new ones', () => {
    expect(listed(['--remove-administrator', 'bob'], "*'?!PasswordLastUsed'*) echo bob ;;")).toBe(`
Deployed. What is left to do:
- bob: has no permissions any more. Delete the user: docs/runbooks/people.md#a-colleague-leaves
${CHECK}`);
  });

  test('names who has not signed in and who has not confirmed, also if the run that added them failed', () => {
    const answers = `*'?!PasswordLastUsed'*) printf 'bob\\neve\\n' ;; *list-mfa-devices*) ;;
      *PendingConfirmation*) echo security@example.com ;;`;
    expect(listed([], answers)).toBe(`
Deployed. What is left to do:
- security@example.com: confirm the address in each e-mail from AWS, within 12 hours
- bob: read the first-time password once, and hand it over:
  ${READ}
- New administrators sign in at https://sign-in, change the password, set up MFA under
  "Security credentials", and sign in again with MFA. Until then, everything else is denied.
- Root, once, unless you did: activate IAM access to Billing at https://billing
${CHECK}`);
    expect(listed([], '*list-email-contacts*) echo security@example.com ;;')).toContain(
      '- security@example.com: confirm',
    );
  });

  test.each([
    [
      'of who has signed in, but has no MFA device',
      '*list-mfa-devices*) ;;',
      'bob: set up MFA under "Security credentials", and sign in again with MFA',
    ],
    [
      'of who has a first-time password that is of no use any more',
      '',
      `bob: delete the first-time password, which is of no use any more:
  aws secretsmanager delete-secret ${SECRET} --force-delete-without-recovery`,
    ],
    [
      'of who has an MFA device, also if IAM has no record of a sign-in',
      "*'?!PasswordLastUsed'*) echo bob ;;",
      `bob: delete the first-time password, which is of no use any more:
  aws secretsmanager delete-secret ${SECRET} --force-delete-without-recovery`,
    ],
    [
      'of root without an MFA device',
      '*list-secrets*) ;; *get-account-summary*) echo 0 ;;',
      'Root: set up MFA under "Security credentials"',
    ],
  ])('has the next step %s', (_, answers, step) => {
    expect(listed([], answers)).toBe(`\nDeployed. What is left to do:\n- ${step}\n${CHECK}`);
  });

  test('says which addresses could not be read, instead of failing after the deployment', () => {
    const denied = `*list-subscriptions*|*list-email-contacts*) echo 'An error occurred (AccessDenied)' >&2; exit 254 ;;`;
    expect(listed([], `*list-secrets*) ;; ${denied}`)).toBe(`
Deployed. What is left to do:
- Confirm every address in each e-mail from AWS, within 12 hours. The script could not read
  which ones are confirmed: aws sns list-subscriptions, aws notificationscontacts list-email-contacts
${CHECK}`);
  });

  test('says that root has to set a new stack policy, which the guard denies administrators', () => {
    const denied = `*set-stack-policy*) echo 'An error occurred (AccessDenied) when calling the SetStackPolicy operation' >&2; exit 254 ;;`;
    expect(listed([], `*list-secrets*) ;; ${denied}`)).toBe(`
Deployed. What is left to do:
- Root, once: run deploy.sh again. It then sets the stack policy of this version, which only root may do.
${CHECK}`);
  });
});

test.each<[shows: string, args: string[], answers: string, error: string]>([
  [
    'the group of an earlier deployment is left',
    FIRST,
    '*get-group*) echo arn:aws:iam::123456789012:group/Administrators ;;',
    'the account has a group Administrators: delete it in the IAM console',
  ],
  [
    'no administrator who stays has signed in',
    ['--remove-administrator', 'alice', '--remove-administrator', 'alice'],
    `${DEPLOYED} *'?PasswordLastUsed'*) echo Alice ;;`,
    "--remove-administrator: nobody who stays has signed in yet; received 'alice'",
  ],
  [
    'no address that stays is confirmed',
    ['--remove-email', 'a@example.com', '--email', 'c@example.com'],
    `${DEPLOYED} *"!='PendingConfirmation'"*) echo a@example.com ;;`,
    "--remove-email: no address that stays is confirmed yet; received 'a@example.com'",
  ],
])('changes nothing when %s', (_, args, answers, error) => {
  const path = cliThat(`case "$*" in
    *get-caller-identity*) echo arn:aws:iam::123456789012:root ;;
    *describe-regions*) echo opt-in-not-required ;;
    ${answers}
  esac; exit`);
  const { code, stderr } = deploy([...args, '--yes'], { path });
  expect(stderr).toBe(`Error: ${error}\n${UNCHANGED}`);
  expect(code).toBe(1);
});

test('removes who never signed in, and addresses that nobody confirmed', () => {
  const path = cliThat(`case "$*" in
    *get-caller-identity*) echo arn:aws:iam::123456789012:root ;;
    *describe-regions*) echo opt-in-not-required ;;
    ${DEPLOYED}
  esac; exit`);
  const args = ['--remove-administrator', 'alice', '--remove-email', 'a@example.com', '--dry-run'];
  const { code, stdout } = deploy(args, { path });
  expect(stdout).toContain('  Administrator1   alice                            remove\n');
  expect(stdout).toContain('  Email1           a@example.com                    remove\n');
  expect(code).toBe(0);
});

test('shows with --dry-run what it would do, and does nothing', async () => {
  const { code, stdout } = deploy([...FIRST, '--budget', '75', '--dry-run']);
  expect(code).toBe(0);
  expect(stdout).toBe(
    [
      'Signed in as arn:aws:iam::123456789012:root, Region us-east-1',
      '  Administrator1   alice                            add',
      '  Email1           security@example.com             add',
      '  MonthlyBudgetUsd 75',
      ...STACKS.map((stack) => `  ${stack}: create`),
      UNCHANGED,
    ].join('\n'),
  );
  expect(await suite.names()).toEqual([]);
});

test('goes on where a deployment failed half-way', async () => {
  const trail = new CloudTrail(emulator.clientConfig);
  await createExistingTrail(emulator, { trail: 'account-baseline', bucket: 'theirs' });

  const failed = deploy([...FIRST, '--budget', '75', '--yes']);
  expect(failed.stderr).toContain('Error: AccountBaseline-Audit: AuditTrailTrail');
  expect(failed.stderr).toContain('Fix this, and run the same command again.');
  expect(failed.code).toBe(1);
  expect(await suite.statuses()).toEqual({
    'AccountBaseline-Settings': 'CREATE_COMPLETE',
    'AccountBaseline-Access': 'CREATE_COMPLETE',
    'AccountBaseline-Audit': 'ROLLBACK_COMPLETE',
  });

  await trail.deleteTrail({ Name: 'account-baseline' });
  const { code, stdout, stderr } = deploy([...FIRST, '--budget', '75'], { input: 'y\n' });
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(stdout).toContain('  AccountBaseline-Audit: delete the failed first try, create\n');
  // The first try failed before it named anybody.
  const [, todo] = stdout.split('What is left to do:\n');
  expect(todo).toContain(
    '- security@example.com: confirm the address in each e-mail from AWS, within 12 hours',
  );
  expect(todo).toContain('- alice: read the first-time password once');
  expect(todo).toContain('https://123456789012.signin.aws.amazon.com/console');
  expect(todo).toContain('https://console.aws.amazon.com/billing/home#/account');

  const read = /^ {2}aws (secretsmanager .*)$/m.exec(todo ?? '')?.[1]?.split(' ') ?? [];
  const password = spawnSync(join(aws.folder, 'aws'), read, { env: emulator.env, encoding: 'utf8' });
  expect(password.stdout.trim()).toHaveLength(32);
});

test('leaves the baseline protected, with its people and recipients', async () => {
  expect(await members()).toEqual(['alice']);
  expect(await recipients()).toEqual(['security@example.com']);
  const { Stacks = [] } = await new CloudFormation(emulator.clientConfig).describeStacks({});
  const live = Stacks.filter(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE');
  expect(live.map(({ StackName }) => StackName).sort()).toEqual([...STACKS].sort());
  expect(live.every(({ EnableTerminationProtection }) => EnableTerminationProtection)).toBe(true);
});

test('adds an administrator, and whoever was there stays as they are', async () => {
  const secrets = new SecretsManager(emulator.clientConfig);
  const { AdminAccessAdministrator1Password: SecretId } = await physicalIds();
  const before = await secrets.getSecretValue({ SecretId });
  const work = suite.watch();

  // As an administrator, whom the guard denies this call.
  const denied =
    "echo 'An error occurred (AccessDenied) when calling the SetStackPolicy operation' >&2; exit 254";
  const path = cliThat(`if [[ $2 == set-stack-policy ]]; then ${denied}; fi`);
  const { code, stdout, stderr } = deploy(['--administrator', 'bob', '--yes'], { path });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('alice                            stays (--remove-administrator removes it)');
  expect(stdout).toContain('MonthlyBudgetUsd 75');
  expect(stdout).toContain('\n- bob: read the first-time password once');

  expect(await members()).toEqual(['alice', 'bob']);
  expect(await secrets.getSecretValue({ SecretId })).toMatchObject({
    ARN: before.ARN,
    SecretString: before.SecretString,
  });
  expect(work().resources).toEqual([
    'AccountBaseline-Access/AdminAccessAdministrator2Password',
    'AccountBaseline-Access/AdminAccessAdministrator2Readers',
    'AccountBaseline-Access/AdminAccessAdministrator2User',
    'AccountBaseline-Access/AdminAccessMembers',
  ]);
});

test('removes an administrator when asked, and gives nobody else their parameter', async () => {
  const { code, stdout } = deploy([
    ...['--remove-administrator', 'alice', '--administrator', 'carol', '--email', 'ops@example.com', '--yes'],
  ]);
  expect(code).toBe(0);
  const [, todo] = stdout.split('What is left to do:\n');
  expect(todo).toContain('- ops@example.com: confirm the address');
  expect(todo).toContain('- alice: has no permissions any more.');
  expect(todo).not.toContain('- alice: read');
  expect(await members()).toEqual(['bob', 'carol']);
  expect(await recipients()).toEqual(['security@example.com', 'ops@example.com']);
  expect(await iam.getUser({ UserName: 'alice' })).toMatchObject({ User: { UserName: 'alice' } });
  expect(await physicalIds()).toMatchObject({
    AdminAccessAdministrator2User: 'bob',
    AdminAccessAdministrator3User: 'carol',
  });
});

test.each<[shows: string, args: string[], error: string]>([
  [
    'the last administrators would go',
    ['--remove-administrator', 'bob', '--remove-administrator', 'CAROL'],
    '--remove-administrator: nobody would be left, add another first with --administrator',
  ],
  [
    'the name is that of a user outside the baseline',
    ['--administrator', 'alice'],
    "--administrator: an IAM user has this name, choose another, or delete that user in the IAM console; received 'alice'",
  ],
  [
    'the baseline is in another Region',
    ['--region', 'us-west-2', ...FIRST],
    "--region: the baseline is in us-east-1; received 'us-west-2'",
  ],
])('changes nothing of a baseline when %s', async (_, args, error) => {
  const work = suite.watch();
  const { code, stderr } = deploy([...args, '--yes']);
  expect(stderr).toBe(`Error: ${error}\n${UNCHANGED}`);
  expect(code).toBe(1);
  expect(work().resources).toEqual([]);
  expect(await members()).toEqual(['bob', 'carol']);
});

test.each<[shows: string, pattern: string, answer: string, error: string]>([
  [
    'rights are missing',
    'describe-stacks',
    "echo 'An error occurred (AccessDenied) when calling the DescribeStacks operation: not authorized' >&2; exit 254",
    'aws cloudformation describe-stacks: An error occurred (AccessDenied) when calling the DescribeStacks operation: not authorized',
  ],
  [
    'nobody is signed in',
    'get-caller-identity',
    "echo 'Unable to locate credentials.' >&2; exit 253",
    'aws sts get-caller-identity: Unable to locate credentials.',
  ],
  [
    'the partition has no budgets',
    'get-caller-identity',
    'echo arn:aws-cn:iam::123456789012:root; exit',
    "AWS Budgets is not in this partition, use the CDK app; received 'arn:aws-cn:iam::123456789012:root'",
  ],
  [
    'a Region is not enabled',
    'describe-regions',
    'echo not-opted-in; exit',
    `${NO_REGION}; received 'us-east-1'`,
  ],
  [
    'an operation is in progress, or a stack is stuck',
    'describe-stacks',
    String.raw`printf 'AccountBaseline-Audit\tUPDATE_IN_PROGRESS\tNone\nAccountBaseline-Alarms\tUPDATE_ROLLBACK_FAILED\n'; exit`,
    'AccountBaseline-Audit: an operation is in progress, wait until it is done; received UPDATE_IN_PROGRESS\n' +
      'Error: AccountBaseline-Alarms: fix or delete it in the CloudFormation console; received UPDATE_ROLLBACK_FAILED',
  ],
])('stops with one message when %s', (_, pattern, answer, error) => {
  const { code, stderr } = deploy(['--yes'], {
    path: cliThat(`if [[ "$*" =~ ${pattern} ]]; then ${answer}; fi`),
  });
  expect(stderr).toBe(`Error: ${error}\n${UNCHANGED}`);
  expect(code).toBe(1);
});

/** The configuration of the app that takes the stacks over. */
const TAKEN_OVER: BaselineOptions = {
  administrators: ['bob', 'carol'],
  notifications: { emails: ['security@example.com', 'ops@example.com'] },
  billing: { monthlyBudgetUsd: 75 },
  dayZero: {
    administrators: ['', 'bob', 'carol'],
    emails: ['security@example.com', 'ops@example.com'],
  },
};

/** What people have not done: root is as it was, and alice, who was removed, still has a password. */
const LEFT_TO_DO = [
  'fail root-mfa: Root has no MFA device: the password alone gives full access.',
  'fail user-mfa: alice has a password and no MFA device.',
];

test('verify finds every part in the stacks, and nothing wrong but what people have to do', async () => {
  expect(await notPassed(emulator, TAKEN_OVER)).toEqual(LEFT_TO_DO);
});

/** Runs a command of the app with a configuration. */
function app(options: BaselineOptions, ...words: string[]) {
  const config = join(folder, 'baseline.config.ts');
  writeFileSync(
    config,
    `import { defineBaseline } from '${join(REPOSITORY, 'lib/config/config')}';
export default defineBaseline(${JSON.stringify(options)});`,
  );
  const { status, stdout } = spawnSync(
    process.execPath,
    ['bin/aws-account-baseline.mjs', ...words, '--json', '--config', config],
    { cwd: REPOSITORY, env: { ...emulator.env, HOME: folder }, encoding: 'utf8', maxBuffer: 50e6 },
  );
  return { status, output: JSON.parse(stdout) as unknown };
}

test('diff says before that the app replaces nobody', () => {
  const { status, output } = app(TAKEN_OVER, 'diff');
  const { changes } = output as { changes: { id: string; effect: string; loss?: string }[] };
  expect(changes.filter(({ effect, loss }) => loss !== undefined || effect.includes('replaced'))).toEqual([]);
  expect(status).toBe(0);
});

test('preflight stops a configuration that forgets day zero, and says what to write', () => {
  const { status, output } = app({ ...TAKEN_OVER, dayZero: undefined }, 'preflight');
  expect((output as { entries: object[] }).entries).toContainEqual(
    expect.objectContaining({
      what: 'People of day zero',
      action: 'stop',
      why: expect.stringContaining('Day zero created bob, carol, security@example.com, and ops@example.com'),
      remedy: expect.objectContaining({
        text: expect.stringContaining(
          "dayZero: { administrators: ['', 'bob', 'carol'], emails: ['security@example.com', 'ops@example.com'] }",
        ),
      }),
    }),
  );
  expect(status).toBe(1);
});

test('the app takes the stacks over, and replaces and removes nothing', async () => {
  const before = await physicalIds();
  const work = suite.watch();
  const stacks = templatesOf(defineBaseline(TAKEN_OVER)).map(({ stackName: name, template }) => ({
    name,
    template: template as object,
  }));
  expect(Object.values(await suite.deploy(stacks))).toEqual(
    STACKS.map((): unknown => expect.stringMatching(/^(CREATE|UPDATE)_COMPLETE$/)),
  );
  expect(await physicalIds()).toEqual(before);
  expect(work().resources.filter((resource) => /User$|Password$/.test(resource))).toEqual([]);
  expect(await members()).toEqual(['bob', 'carol']);
  expect(deploy(['--yes']).stderr).toContain(
    'AccountBaseline-Access: the CDK app deploys this stack, use the app',
  );
  expect(await notPassed(emulator, TAKEN_OVER)).toEqual(LEFT_TO_DO);
});
