import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** Modules that the code of a function can begin with, by their paths. The others say where they are. */
const BEGINS_FUNCTION = /\.handler\.ts$|\/with-daily-check\.ts$/;
const SAYS_WHERE = 'export const file = __filename;';

/** Paths of the TypeScript that functions consist of, relative to the repository. */
export function modulesOfFunctions(): string[] {
  return modulesFrom(
    entries(/\.ts$/).filter(
      (file) => BEGINS_FUNCTION.test(file) || readFileSync(file, 'utf8').includes(SAYS_WHERE),
    ),
  );
}

function entries(pattern: RegExp): string[] {
  return readdirSync('lib', { recursive: true, encoding: 'utf8' })
    .filter((file) => pattern.test(file))
    .map((file) => join('lib', file));
}

/** The modules and all that they import, directly or not. */
function modulesFrom(entryPoints: string[]): string[] {
  const { metafile } = buildSync({
    entryPoints,
    bundle: true,
    packages: 'external',
    platform: 'node',
    metafile: true,
    write: false,
    outdir: 'unused',
  });
  return Object.keys(metafile.inputs).sort();
}
