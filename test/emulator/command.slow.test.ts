import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { awsCli } from '../../emulator/aws-cli';
import { REPOSITORY } from '../../emulator/emulator';
import { until } from '../../emulator/inbox';

// npm run emulator
jest.setTimeout(120_000);

// As in package.json. Without the two hyphens, Node 20 takes --env-file for an option of its own.
const COMMAND = ['--import', 'tsx', '--', 'scripts/emulator.ts'];
let folder: string;
let command: ChildProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'emulator-'));
});

afterEach(() => {
  command?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Starts it, and waits until it says how to stop it. */
async function start(...args: string[]): Promise<{ child: ChildProcess; output: () => string }> {
  const child = spawn(process.execPath, [...COMMAND, ...args], { cwd: REPOSITORY });
  command = child;
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  await until(() => text.includes('Press Ctrl-C') || child.exitCode !== null, 'the emulator is not ready');
  return { child, output: () => text };
}

/** A program in a shell of its own, with the variables of the file and some that would lead elsewhere. */
function inShell(
  envFile: string,
  program: string,
): { status: number | null; stdout: string; stderr: string } {
  const environment = { ...process.env, AWS_PROFILE: 'production', AWS_SESSION_TOKEN: 'token' };
  return spawnSync('sh', ['-c', `. ${envFile} && ${program}`], {
    cwd: REPOSITORY,
    env: environment,
    encoding: 'utf8',
  });
}

const SDK = `
const { STSClient, GetCallerIdentityCommand } = require('@aws-sdk/client-sts');
const { S3ControlClient, GetPublicAccessBlockCommand } = require('@aws-sdk/client-s3-control');
void (async () => {
  const { Account } = await new STSClient({}).send(new GetCallerIdentityCommand({}));
  const block = new GetPublicAccessBlockCommand({ AccountId: Account });
  const name = await new S3ControlClient({}).send(block).catch((error) => error.name);
  console.log(Account, name);
})();`.replaceAll('\n', ' ');

test('an account stays until Ctrl-C, other programs use it, and nothing is left', async () => {
  const envFile = join(folder, 'nested', 'env');
  const { child, output } = await start('--env-file', envFile);
  expect(output()).toContain('The AWS account 123456789012 is ready at http://127.0.0.1:');
  expect(output()).toContain('nested/env');
  const variables = readFileSync(envFile, 'utf8');
  const endpoint = /^export AWS_ENDPOINT_URL='(.+)'$/m.exec(variables)?.[1] ?? '';
  for (const line of variables.trim().split('\n')) expect(line).toMatch(/^(#|unset|export [A-Za-z0-9_]+=)/);

  const sdk = inShell(envFile, `node -e "${SDK}"`);
  expect(sdk.stdout).toBe('123456789012 NoSuchPublicAccessBlockConfiguration\n');
  const cli = inShell(envFile, `${awsCli()} sts get-caller-identity --query Account --output text`);
  expect(cli).toMatchObject({ status: 0, stdout: '123456789012\n' });
  const mail = [
    'topic=$(aws sns create-topic --name news --query TopicArn --output text)',
    'aws sns subscribe --topic-arn $topic --protocol email --notification-endpoint ada@example.com',
    'aws sns publish --topic-arn $topic --message hello',
    'cat "$EMULATOR_MAIL"',
  ].join(' && ');
  expect(inShell(envFile, mail.replaceAll('aws sns', `${awsCli()} sns`)).stdout).toContain(
    'To: ada@example.com\nSubject: AWS Notification Message\n\nhello\n',
  );

  child.kill('SIGINT');
  const [code] = (await once(child, 'exit')) as [number | null];
  expect(code).toBe(0);
  expect(existsSync(envFile)).toBe(false);
  await expect(fetch(endpoint)).rejects.toThrow('fetch failed');
});

test('--help names the options', () => {
  const { status, stdout } = spawnSync(process.execPath, [...COMMAND, '--help'], {
    cwd: REPOSITORY,
    encoding: 'utf8',
  });
  expect(status).toBe(0);
  for (const option of ['--deploy', '--config <file>', '--env-file <file>']) expect(stdout).toContain(option);
});

test.each([
  [['--port', '80'], "unknown option '--port'"],
  [['up'], 'too many arguments'],
  [['--config'], "option '--config <file>' argument missing"],
  [['--config', 'baseline.config.ts'], '--config needs --deploy'],
  [['--deploy', '--config', 'nowhere.ts'], 'The file does not exist'],
  [['--env-file', '.'], '--env-file . cannot be written'],
])('%s is refused with a message, and nothing starts', (args, message) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...COMMAND, ...args], {
    cwd: REPOSITORY,
    encoding: 'utf8',
  });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(message);
  expect(stderr).not.toContain('    at ');
});
