import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { quickAwsCli, runAwsCli } from '../../emulator/aws-cli';
import { type Emulator, startEmulator } from '../../emulator/emulator';

// What a script for the first day of an account does with the AWS CLI.
jest.setTimeout(120_000);

let emulator: Emulator;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'aws-cli-'));
  emulator = await startEmulator();
});

afterAll(async () => {
  await emulator.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function aws(...args: string[]): Promise<unknown> {
  const { code, stdout, stderr } = await runAwsCli(emulator, [...args, '--output', 'json']);
  if (code !== 0) throw new Error(stderr.trim());
  return stdout.trim().startsWith('{') ? JSON.parse(stdout) : stdout;
}

const StackName = 'Cli';
const named = ['--stack-name', StackName];
const TEMPLATE = `
Parameters:
  Email:
    Type: String
Resources:
  User: {Type: AWS::IAM::User, Properties: {UserName: cli-alice}}
  Group: {Type: AWS::IAM::Group, Properties: {GroupName: cli-admins}}
  Members:
    Type: AWS::IAM::UserToGroupAddition
    Properties: {GroupName: !Ref Group, Users: [!Ref User]}
  Topic: {Type: AWS::SNS::Topic}
  Mail:
    Type: AWS::SNS::Subscription
    Properties: {TopicArn: !Ref Topic, Protocol: email, Endpoint: !Ref Email}
Outputs:
  Topic: {Value: !Ref Topic}
`;

async function deploy(email: string, ...args: string[]): Promise<unknown> {
  // The AWS CLI names a change set by the second, and here two deployments fit into one.
  await sleep(1100);
  const file = join(folder, 'template.yaml');
  writeFileSync(file, TEMPLATE);
  const parameters = ['--parameter-overrides', `Email=${email}`];
  return aws('cloudformation', 'deploy', '--template-file', file, ...named, ...parameters, ...args);
}

test('the AWS CLI deploys a stack, reads it, protects it, and removes it', async () => {
  const capabilities = ['--capabilities', 'CAPABILITY_NAMED_IAM'];
  expect(await aws('sts', 'get-caller-identity')).toMatchObject({ Account: emulator.accountId });
  await expect(aws('cloudformation', 'describe-stacks', ...named)).rejects.toThrow(
    /\(ValidationError\).*does not exist/,
  );
  await expect(aws('iam', 'get-user', '--user-name', 'cli-alice')).rejects.toThrow('(NoSuchEntity)');
  await expect(deploy('a@example.com')).rejects.toThrow('(InsufficientCapabilitiesException)');

  expect(await deploy('a@example.com', ...capabilities)).toContain(
    'Successfully created/updated stack - Cli',
  );
  const { Stacks } = (await aws('cloudformation', 'describe-stacks', ...named)) as {
    Stacks: { StackStatus: string; Outputs: { OutputValue: string }[] }[];
  };
  expect(Stacks[0]?.StackStatus).toBe('CREATE_COMPLETE');
  expect(await aws('iam', 'get-user', '--user-name', 'cli-alice')).toMatchObject({
    User: { UserName: 'cli-alice' },
  });
  expect(await aws('iam', 'get-group', '--group-name', 'cli-admins')).toMatchObject({
    Users: [{ UserName: 'cli-alice' }],
  });
  const topic = ['--topic-arn', Stacks[0]?.Outputs[0]?.OutputValue ?? ''];
  expect(await aws('sns', 'list-subscriptions-by-topic', ...topic)).toMatchObject({
    Subscriptions: [{ Protocol: 'email', Endpoint: 'a@example.com' }],
  });

  // Again, without and with a change
  await expect(deploy('a@example.com', ...capabilities)).rejects.toThrow('No changes to deploy');
  const quiet = [...capabilities, '--no-fail-on-empty-changeset'];
  expect(await deploy('a@example.com', ...quiet)).toContain('No changes to deploy');
  expect(await deploy('b@example.com', ...quiet)).toContain('Successfully created/updated');

  const protection = ['cloudformation', 'update-termination-protection', ...named];
  await aws(...protection, '--enable-termination-protection');
  await expect(aws('cloudformation', 'delete-stack', ...named)).rejects.toThrow('TerminationProtection');
  await aws(...protection, '--no-enable-termination-protection');
  await aws('cloudformation', 'delete-stack', ...named);
  await aws('cloudformation', 'wait', 'stack-delete-complete', ...named);
});

test('the quick AWS CLI answers like the other', async () => {
  const quick = await quickAwsCli(emulator);
  writeFileSync(join(folder, 'name.txt'), 'cli-nobody');
  const commands = [
    ['sts', 'get-caller-identity', '--query', 'Arn', '--output', 'text'],
    ['iam', 'get-user', '--user-name', 'cli-nobody'],
    ['iam', 'get-user', '--user-name', `file://${join(folder, 'name.txt')}`],
    ['iam', 'no-such-command'],
  ];
  for (const command of commands) {
    const {
      status: code,
      stdout,
      stderr,
    } = spawnSync('aws', command, {
      env: { ...emulator.env, PATH: `${quick.folder}:${emulator.env['PATH'] ?? ''}` },
      encoding: 'utf8',
    });
    expect({ code, stdout, stderr }).toEqual(await runAwsCli(emulator, command));
  }
  quick.stop();
});
