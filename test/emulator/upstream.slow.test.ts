import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { applyPatch, parsePatch } from 'diff';
import { EMULATOR_HOME } from '../../emulator/emulator';
import { pythonWithEmulator } from '../../emulator/python';

const FOLDER = 'emulator/upstream';

/** Folder of the installed packages. */
function packages(): string {
  const lib = join(dirname(dirname(pythonWithEmulator(EMULATOR_HOME))), 'lib');
  const [python = ''] = readdirSync(lib).filter((name) => name.startsWith('python'));
  return join(lib, python, 'site-packages');
}

test.each(readdirSync(FOLDER))('%s applies to the installed MiniStack, and says why', (name) => {
  const text = readFileSync(join(FOLDER, name), 'utf8');
  expect(text.indexOf('--- a/')).toBeGreaterThan(80);
  for (const patch of parsePatch(text.slice(text.indexOf('--- a/')))) {
    const source = readFileSync(join(packages(), patch.oldFileName?.replace('a/', '') ?? ''), 'utf8');
    expect(applyPatch(source, patch)).not.toBe(false);
  }
});
