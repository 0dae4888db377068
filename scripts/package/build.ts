import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { transformSync } from 'esbuild';
import { commitOf } from '../../bin/commit';
import { manifest } from './manifest';
import { modulesOfFunctions, modulesOfPackage } from './module-graph';
import { publicDeclarations } from './public-declarations';

/** Files that are the same in the package and in the repository. */
const COPIED = [
  'bin/aws-account-baseline.mjs',
  'bin/app.mjs',
  'bin/completion.mjs',
  'bin/earlier-version.mjs',
  'bin/load-typescript.mjs',
  'cdk.json',
  'LICENSE',
];

/** What people read on the page of the package. */
const DOCUMENTS = ['README.md'];

/**
 * Builds the npm package: compiled code, the declarations that the constructs need, and the TypeScript of the
 * functions, which are bundled at synthesis as in a clone.
 *
 * @param folder its folder; what was in it is deleted
 */
export function buildPackage(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  execFileSync(
    'node',
    ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.package.json', '--outDir', folder],
    {
      stdio: 'inherit',
    },
  );
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file));
  const modules = new Set(modulesOfPackage().map((file) => join(folder, file.replace(/\.ts$/, '.js'))));
  const declarations = publicDeclarations(join(folder, 'lib/index.d.ts'));
  for (const file of files.filter((name) => /\.(?:js|json|d\.ts)$/.test(name))) {
    if (file.endsWith('.d.ts') ? !declarations.has(file) : !modules.has(file)) rmSync(file);
    else if (file.endsWith('.js')) rewrite(file, compact);
    else if (file.endsWith('.json')) rewrite(file, compactJson);
  }
  for (const file of modulesOfFunctions()) copy(file, join(folder, 'src', file));
  const views = readdirSync('lib', { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\/views\/[^/]+\.(?:eta|css|js)$/.test(name),
  );
  for (const file of views) copy(join('lib', file), join(folder, 'lib', file));
  for (const file of [...COPIED, ...DOCUMENTS]) copy(file, join(folder, file));
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest(commitOf('.')), undefined, 2)}\n`);
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}

function rewrite(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

/**
 * Without comments and blanks. Names stay, so that stack traces can be read, and so does the syntax, in which
 * Node.js finds what ESM can import by name.
 */
function compact(code: string): string {
  const { code: compacted } = transformSync(code, {
    minifyWhitespace: true,
    legalComments: 'none',
    charset: 'utf8',
    target: 'node20',
  });
  return compacted;
}

function compactJson(text: string): string {
  return JSON.stringify(JSON.parse(text));
}
