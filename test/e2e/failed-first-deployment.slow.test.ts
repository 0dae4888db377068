import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { IAM } from '@aws-sdk/client-iam';
import { runAwsCli } from '../../emulator/aws-cli';
import { runCdk } from '../../emulator/cdk';
import { type Emulator, REPOSITORY, startEmulator } from '../../emulator/emulator';
import type { Plan } from '../../lib/posture/preflight/plan';
import type { RemovalPlan } from '../../lib/removal/plan';

jest.setTimeout(300_000);

const ACCESS = 'AccountBaseline-Access';

let emulator: Emulator;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'failed-'));
  emulator = await startEmulator();
});

afterAll(async () => {
  await emulator.stop();
  rmSync(folder, { recursive: true });
});

const deploy = () => runCdk(emulator, ['deploy', ACCESS, '--require-approval', 'never']);

/** What a command prints as JSON. */
function printed<T>(...words: string[]): Promise<T> {
  return new Promise((done) => {
    execFile(
      process.execPath,
      ['bin/aws-account-baseline.mjs', ...words, '--json'],
      { cwd: REPOSITORY, env: emulator.env },
      (_error, stdout) => {
        done(JSON.parse(stdout) as T);
      },
    );
  });
}

/** What preflight says about the stack. */
async function planned(): Promise<Plan['entries'][number] | undefined> {
  const { entries } = await printed<Plan>('preflight');
  return entries.find(({ what }) => what === `Stack ${ACCESS}`);
}

/** Statuses of the stacks with this prefix. */
async function statuses(prefix: string): Promise<Record<string, string>> {
  const { Stacks = [] } = await new CloudFormation(emulator.clientConfig).describeStacks();
  return Object.fromEntries(
    Stacks.flatMap(({ StackName = '', StackStatus = '' }) =>
      StackName.startsWith(prefix) ? [[StackName, StackStatus]] : [],
    ),
  );
}

test('after a first deployment that failed, the command that preflight prints makes the next one succeed', async () => {
  const iam = new IAM(emulator.clientConfig);
  await iam.createGroup({ GroupName: 'Administrators' });
  expect((await deploy()).output).toContain('Administrators already exists');
  await iam.deleteGroup({ GroupName: 'Administrators' });

  // The CDK CLI has enabled the protection of the stack that failed.
  expect((await deploy()).output).toContain('cannot be deleted while TerminationProtection is enabled');
  const { action, remedy } = (await planned()) ?? {};
  expect(action).toBe('stop');
  const [program, ...args] = remedy?.command?.split(' ') ?? [];
  expect(program).toBe('aws');
  expect(await runAwsCli(emulator, args)).toMatchObject({ code: 0 });

  expect(await deploy()).toMatchObject({ code: 0 });
  const { Stacks: [stack] = [] } = await new CloudFormation(emulator.clientConfig).describeStacks({
    StackName: ACCESS,
  });
  expect(stack).toMatchObject({ StackStatus: 'CREATE_COMPLETE', EnableTerminationProtection: true });
});

test('a removal of a part of the stacks, of which one failed, deletes them and deploys nothing', async () => {
  const iam = new IAM(emulator.clientConfig);
  await iam.createUser({ UserName: 'mallory' });
  const config = join(folder, 'baseline.config.ts');
  writeFileSync(
    config,
    `import { defineBaseline } from ${JSON.stringify(resolve('lib/config/config'))};
export default defineBaseline({ administrators: ['mallory'], stackName: 'Other', access: { groupName: 'Others' }, notifications: { emails: ['a@example.com'] } });
`,
  );
  const app = 'node bin/app.mjs --no-validation';
  const deployOther = (stack: string) =>
    runCdk(emulator, ['deploy', stack, '--require-approval', 'never'], { config, app });
  expect(await deployOther('Other-Audit')).toMatchObject({ code: 0 });
  const { output } = await deployOther('Other-Access');
  expect(output).toContain('mallory already exists');
  expect(await statuses('Other-')).toEqual({
    'Other-Audit': 'CREATE_COMPLETE',
    'Other-Access': 'ROLLBACK_COMPLETE',
  });

  const plan = await printed<RemovalPlan>('uninstall', '--plan', '--deployed', '--config', config);
  expect(plan.stacks).toEqual(['Other-Access', 'Other-Audit']);
  for (const command of plan.commands) {
    for (const one of command.split(' && ')) {
      expect(await runAwsCli(emulator, one.split(' ').slice(1))).toMatchObject({ code: 0 });
    }
  }
  for (const name of plan.stacks) {
    await runAwsCli(emulator, ['cloudformation', 'wait', 'stack-delete-complete', '--stack-name', name]);
  }
  expect(await statuses('Other-')).toEqual({});
  const { Users = [] } = await iam.listUsers();
  expect(Users.map(({ UserName }) => UserName)).toContain('mallory');
});
