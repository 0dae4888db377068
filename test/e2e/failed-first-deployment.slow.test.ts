import { execFile } from 'node:child_process';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { IAM } from '@aws-sdk/client-iam';
import { runAwsCli } from '../../emulator/aws-cli';
import { runCdk } from '../../emulator/cdk';
import { type Emulator, REPOSITORY, startEmulator } from '../../emulator/emulator';
import type { Plan } from '../../lib/posture/preflight/plan';

jest.setTimeout(120_000);

const ACCESS = 'AccountBaseline-Access';

let emulator: Emulator;

beforeAll(async () => {
  emulator = await startEmulator();
});

afterAll(() => emulator.stop());

const deploy = () => runCdk(emulator, ['deploy', ACCESS, '--require-approval', 'never']);

/** What preflight says about the stack. */
function planned(): Promise<Plan['entries'][number] | undefined> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['bin/aws-account-baseline.mjs', 'preflight', '--json'],
      { cwd: REPOSITORY, env: emulator.env },
      (_error, stdout) => {
        resolve((JSON.parse(stdout) as Plan).entries.find(({ what }) => what === `Stack ${ACCESS}`));
      },
    );
  });
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
