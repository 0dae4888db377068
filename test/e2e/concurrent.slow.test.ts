import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { type CdkResult, runCdk } from '../../emulator/cdk';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import type { BaselineOptions } from '../../lib/config/config';
import { stackTemplate } from '../synth';
import { allIn, BaselineSuite } from './baseline-suite';
import { readSettings } from './settings';

// The tests share one account: the order matters.
jest.setTimeout(600_000);

const SETTINGS = 'AccountBaseline-Settings';
const CONFIG = resolve('lib/config/config');
const LONGER: Partial<BaselineOptions> = { passwordPolicy: { minimumLength: 30 } };
const TWO: Partial<BaselineOptions> = { administrators: ['alice', 'bob'] };

let emulator: Emulator;
let suite: BaselineSuite;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'concurrent-'));
  emulator = await startEmulator();
  suite = new BaselineSuite(emulator);
});

afterEach(() => {
  emulator.refuse();
});

afterAll(async () => {
  await emulator.stop();
  rmSync(folder, { recursive: true });
});

/** Deploys a configuration by the CDK CLI. */
async function cdkDeploy(
  name: string,
  options: Partial<BaselineOptions>,
  ...more: string[]
): Promise<CdkResult> {
  const config = join(folder, `${name}.config.ts`);
  const all = { administrators: ['alice'], notifications: { emails: ['security@example.com'] }, ...options };
  const imported = `import { defineBaseline } from ${JSON.stringify(CONFIG)};\n`;
  writeFileSync(config, `${imported}export default defineBaseline(${JSON.stringify(all)});\n`);
  const app = 'node bin/app.mjs --no-validation';
  return runCdk(emulator, ['deploy', '--all', '--require-approval', 'never', ...more], { config, app });
}

const minimumLength = async (): Promise<number | undefined> =>
  (await readSettings(emulator)).passwordPolicy?.MinimumPasswordLength;

test('each call of the settings’ function is throttled in turn, and the deployment succeeds', async () => {
  const done = suite.watch();
  expect(await suite.stack(SETTINGS).deploy(stackTemplate('Settings'))).toBe('CREATE_COMPLETE');
  const calls = new Set(done().settings.filter((call) => call.startsWith(`${emulator.region} `)));
  expect(calls.size).toBeGreaterThan(5);
  const expected = await readSettings(emulator);
  const failures: string[] = [];
  for (const call of calls) {
    await suite.stack(SETTINGS).destroy();
    emulator.refuse(`${call} throttle 1-3`);
    const status = await suite.stack(SETTINGS).deploy(stackTemplate('Settings'));
    emulator.refuse();
    if (status !== 'CREATE_COMPLETE') failures.push(`${call}: ${status}`);
    expect(await readSettings(emulator)).toEqual(expected);
  }
  expect(failures).toEqual([]);
});

test('of two updates of a stack at once one is refused, with the words of CloudFormation', async () => {
  const client = new CloudFormation(emulator.clientConfig);
  const lengths = [30, 31];
  const updates = await Promise.allSettled(
    lengths.map((minimumLength) =>
      client.updateStack({
        StackName: SETTINGS,
        TemplateBody: JSON.stringify(
          stackTemplate('Settings', { passwordPolicy: { minimumLength } }).toJSON(),
        ),
        Capabilities: ['CAPABILITY_IAM'],
      }),
    ),
  );
  const refused = updates.flatMap((update) => (update.status === 'rejected' ? [String(update.reason)] : []));
  expect(refused).toEqual([
    expect.stringMatching(/Stack:arn:\S+ is in UPDATE_IN_PROGRESS state and can not be updated\.$/),
  ]);
  expect(await suite.stack(SETTINGS).settled()).toBe('UPDATE_COMPLETE');
  expect(await minimumLength()).toBe(lengths[updates.findIndex(({ status }) => status === 'fulfilled')]);
});

test('a Region that closes between two deployments is named, keeps its setting, and obeys when it opens', async () => {
  const region = 'ap-southeast-2';
  const stack = suite.stack(SETTINGS);
  const encrypted = async () => {
    emulator.refuse();
    const { regions } = await readSettings(emulator);
    return [regions['eu-central-1']?.ebsEncryption, regions[region]?.ebsEncryption];
  };
  const close = () => {
    emulator.refuse(`${region} GetEbsEncryptionByDefault close`);
  };
  const named = { AccountEbsEncryption: expect.stringContaining(`Error: ${region}: `) as string };
  const off: Partial<BaselineOptions> = { accountSettings: { ebsEncryption: false } };

  expect(await encrypted()).toEqual([true, true]);
  close();
  // The setting is removed when the update cleans up, which CloudFormation completes in spite of failures.
  expect(await stack.deploy(stackTemplate('Settings', off))).toBe('UPDATE_COMPLETE');
  expect(await stack.failures()).toMatchObject(named);
  expect(await encrypted()).toEqual([false, true]);
  await stack.destroy();
  expect(await stack.deploy(stackTemplate('Settings'))).toBe('CREATE_COMPLETE');
  expect(await encrypted()).toEqual([true, true]);

  await stack.destroy();
  close();
  expect(await stack.deploy(stackTemplate('Settings'))).toBe('ROLLBACK_COMPLETE');
  expect(await stack.failures()).toMatchObject(named);
  emulator.refuse();
  await stack.destroy();
});

test('of two deployments at once each succeeds or says why not, and a third loses nothing', async () => {
  expect(await suite.deployBaseline()).toEqual(allIn('CREATE_COMPLETE'));
  const before = await suite.all();
  const both = await Promise.all([cdkDeploy('longer', LONGER), cdkDeploy('two', TWO)]);
  const failed = both.filter(({ code }) => code !== 0);
  expect(failed.length).toBeLessThan(2);
  // Change sets of the CDK CLI share a name, so one run may find, delete, or lack that of the other.
  const words =
    /is in \w+_IN_PROGRESS state and can not be|ChangeSet \S+ (?:(?:does not|already) exist|is in|cannot be)/;
  for (const { output } of failed) expect(output).toMatch(words);

  // If the run without bob was the last to update the stack, it has dropped him from the stack, and he stays.
  const { code, output } = await cdkDeploy('third', { ...LONGER, ...TWO }, '--import-existing-resources');
  expect({ code, output }).toEqual({ code: 0, output: expect.any(String) });
  expect(new Set(Object.values(await suite.statuses()))).toEqual(
    new Set(['CREATE_COMPLETE', 'UPDATE_COMPLETE']),
  );
  expect(await suite.all()).toMatchObject(before);
  expect(await minimumLength()).toBe(30);
});
