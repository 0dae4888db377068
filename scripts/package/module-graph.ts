import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** Modules that the code of a function can begin with. */
const BEGINS_FUNCTION = /\.handler\.ts$|^settings\/[^/]+\.ts$|\/service-role-setting\.ts$/;

/** Modules that the package and its CLI begin with, or load only when they need them. */
const BEGINS_PACKAGE = /^index\.ts$|^posture\/commands\/[^/]+\.ts$|^stacks\/validation\.ts$/;

/** Paths of the TypeScript that functions consist of, relative to the repository. */
export function modulesOfFunctions(): string[] {
  return modulesFrom(entries(BEGINS_FUNCTION));
}

/** Paths of the TypeScript that the package needs compiled, relative to the repository. */
export function modulesOfPackage(): string[] {
  return modulesFrom([...entries(BEGINS_PACKAGE), 'bin/app.ts']);
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
