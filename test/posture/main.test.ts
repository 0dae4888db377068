import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { main } from '../../lib/posture/commands/main';
import type { Options } from '../../lib/posture/commands/options';

let failWith: () => Promise<never>;

// Its spinner is an ES module, which Jest cannot import.
jest.mock('../../lib/posture/commands/reading', () => ({ reading: () => failWith() }));

const options: Options = { config: resolve('test/e2e/fixtures/baseline.config.ts'), color: false };
const run = () => main('confirm', ['billing-access'], options);

test('an error of a file is a usage error', async () => {
  const said = jest.spyOn(console, 'error').mockReturnValue(undefined);
  const folder = mkdtempSync(join(tmpdir(), 'main-'));
  failWith = () =>
    new Promise(() => {
      writeFileSync(folder, '');
    });
  expect(await run()).toBe(2);
  expect(said.mock.calls).toEqual([
    [`A file could not be read or written: EISDIR: illegal operation on a directory, open '${folder}'`],
  ]);
  rmSync(folder, { recursive: true });
});

test.each<[string, () => Promise<never>, string]>([
  [
    'of a connection',
    // Nothing listens at the port of "discard".
    () => new Promise((_, reject) => connect(9, '127.0.0.1').on('error', reject)),
    'connect ECONNREFUSED 127.0.0.1:9',
  ],
  [
    'of another program',
    () => Promise.resolve(execFileSync('/nowhere/program') as never),
    'spawnSync /nowhere/program ENOENT',
  ],
])('an error %s is none of a file', async (_, fails, message) => {
  failWith = fails;
  await expect(run()).rejects.toThrow(message);
});
