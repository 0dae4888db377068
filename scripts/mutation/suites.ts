import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Folders whose slow suites also count: those of commands, which take seconds, and those of the access
 * matrix.
 */
export const SLOW_FOLDERS = ['test/access', 'test/posture/commands', 'test/upgrade'];

/** Files by those that import them, or that name the file of a function that they bundle. */
function importers(): Map<string, string[]> {
  const by = new Map<string, string[]>();
  const files = ['lib', 'scripts', 'test', 'emulator'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  for (const file of files.filter((name) => name.endsWith('.ts'))) {
    for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(
      /'(\.{1,2}\/[^'\n]+|[\w-]+(?:\.\w+)*\.ts)'/g,
    )) {
      const target = join(dirname(file), path);
      const found = [target, `${target}.ts`, join(target, 'index.ts')].find(
        (name) => name.endsWith('.ts') && existsSync(name),
      );
      if (found !== undefined) by.set(found, [...(by.get(found) ?? []), file]);
    }
  }
  return by;
}

/** Of the policies of all stacks, whichever folder they are from. */
const OF_EVERY_FOLDER = ['test/stacks/policy-statements.test.ts', 'test/stacks/service-roles.test.ts'];

/**
 * Suites that may kill a mutant of a file, the nearest first: those of the folder that mirrors the measured
 * one, or the next one above that has any, those that import the file, and those of the policies of all
 * stacks. A suite of another part that happens to fail does not count.
 */
export function suitesFor(): (file: string) => string[] {
  const graph = importers();
  return (file) => {
    const distances = new Map([[file, 0]]);
    for (const [reached, distance] of distances) {
      for (const importer of graph.get(reached) ?? []) {
        if (!distances.has(importer)) distances.set(importer, distance + 1);
      }
    }
    const suites = [...distances].filter(([path]) => counts(path)).sort(([, a], [, b]) => a - b);
    // Of the folder that is measured: what is in lib/config/rules has tests in test/config/sections, too.
    const [measured = ''] = /^lib\/(posture\/[^/]+|[^/]+)/.exec(dirname(file)) ?? [];
    let folder = measured.replace(/^lib/, 'test');
    // The folder of all tests is near to nothing.
    const isNear = ([path]: [string, number]) => folder !== 'test' && path.startsWith(`${folder}/`);
    while (folder !== 'test' && !suites.some(isNear)) folder = dirname(folder);
    const own = suites
      .filter((suite) => suite[1] === 1 || isNear(suite) || OF_EVERY_FOLDER.includes(suite[0]))
      .map(([path]) => path);
    return [...own.filter((path) => !isSlow(path)), ...own.filter(isSlow)];
  };
}

const isSlow = (path: string) => path.endsWith('.slow.test.ts');

/** Whether a suite needs no emulator, and takes seconds. */
function counts(path: string): boolean {
  return (
    path.endsWith('.test.ts') &&
    !/^test\/(browser|e2e|emulator|live|package)\//.test(path) &&
    (!isSlow(path) || SLOW_FOLDERS.includes(dirname(path)))
  );
}
