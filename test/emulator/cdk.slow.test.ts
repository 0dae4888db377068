import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CdkResult, runCdk } from '../../emulator/cdk';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { EmulatedSuite } from '../../emulator/suite';
import { synthesizeFixture } from './fixtures/app';

// The tests share one account, and each leaves it empty.
jest.setTimeout(240_000);

let emulator: Emulator;
let suite: EmulatedSuite;
/** Folder of the assembly that the CDK CLI deploys. */
let app: string;

beforeAll(async () => {
  app = mkdtempSync(join(tmpdir(), 'fixture-'));
  emulator = await startEmulator();
  suite = new EmulatedSuite(emulator);
});

afterAll(async () => {
  await emulator.stop();
  rmSync(app, { recursive: true, force: true });
});

beforeEach(() => {
  synthesizeFixture(app);
});

afterEach(async () => {
  await suite.destroy(await suite.names());
});

const cdk = (...args: string[]): Promise<CdkResult> => runCdk(emulator, args, { app });
const deploy = (...args: string[]): Promise<CdkResult> =>
  cdk('deploy', '--require-approval', 'never', ...args);
const destroy = (...args: string[]): Promise<CdkResult> => cdk('destroy', '--force', ...args);

test('all stacks are deployed in their order, changed, and removed, the first of them on its own', async () => {
  expect(await deploy('--all')).toMatchObject({ code: 0 });
  expect(await suite.names()).toEqual(['Fixture-A', 'Fixture-B', 'Fixture-C']);
  const topic = await suite.findOne('AWS::SNS::Topic');
  expect((await suite.outputs('Fixture-C'))['TopicArn']).toBe(topic.physicalId);

  const done = suite.watch();
  synthesizeFixture(app, 'changed');
  const again = await deploy('--all');
  expect(again).toMatchObject({ code: 0 });
  expect(again.output.match(/\(no changes\)/g)).toHaveLength(2);
  expect(done().resources).toEqual([expect.stringMatching(/^Fixture-A\/Key/)]);

  expect(await destroy('Fixture-A', '--exclusively')).toMatchObject({ code: 0 });
  expect(await suite.names()).toEqual(['Fixture-B', 'Fixture-C']);
  expect(await destroy('--all')).toMatchObject({ code: 0 });
  expect(await suite.names()).toEqual([]);
});

test('one stack is deployed with those that it needs', async () => {
  expect(await deploy('Fixture-B')).toMatchObject({ code: 0 });
  expect(await suite.names()).toEqual(['Fixture-A', 'Fixture-B']);
});

test('a stack without those that it needs fails with the missing stack, and leaves nothing else', async () => {
  const { code, output } = await deploy('Fixture-B', '--exclusively');
  expect(code).toBe(1);
  expect(output).toContain('Fn::GetStackOutput: stack Fixture-A does not exist in us-east-1');
  expect(await suite.statuses()).toEqual({ 'Fixture-B': 'ROLLBACK_COMPLETE' });
});
