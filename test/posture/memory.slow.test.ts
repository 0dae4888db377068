import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { REPOSITORY } from '../../emulator/emulator';

jest.setTimeout(120_000);

const MB = 1024 * 1024;

/** What `verify` keeps in memory of an account with so many roles, in bytes. */
async function kept(roles: number): Promise<number> {
  const program = join(REPOSITORY, 'test/posture/memory-of-verify.ts');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--expose-gc', '--import', 'tsx', program, String(roles)],
    { cwd: REPOSITORY },
  );
  return (JSON.parse(stdout) as { readonly heap: number }).heap;
}

test('verify keeps no more in memory of an account with 20,000 roles than of one with none', async () => {
  const [none, many] = [await kept(0), await kept(20_000)];
  // Kept roles would take 20 MB.
  expect(many - none).toBeLessThan(3 * MB);
});
