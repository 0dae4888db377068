import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Loader, transformSync } from 'esbuild';
import { parseAst } from 'rollup/parseAst';
import { commitOf } from '../../bin/commit';
import { manifest } from './manifest';
import { rollUpDeclarations } from './declarations';
import { modulesOfFunctions } from './module-graph';
import { emitDeclarations } from './types';

/** Files that are the same in the package and in the repository. */
const COPIED = ['LICENSE'];

/**
 * Builds the npm package: bundled code, the declarations of what is public in one file, and the code of the
 * functions, which are bundled at synthesis as in a clone.
 *
 * @param folder its folder; what was in it is deleted
 * @param repository name of its repository on GitHub
 */
export function buildPackage(folder: string, repository?: string): void {
  rmSync(folder, { recursive: true, force: true });
  emitDeclarations('tsconfig.package.json');
  rollUpDeclarations('dist/types', join(folder, 'lib/index.d.ts'));
  node(
    'rollup/dist/bin/rollup',
    '--config',
    'scripts/package/rollup.config.mjs',
    '--dir',
    folder,
    '--silent',
  );
  for (const file of modulesOfFunctions()) write(join(folder, 'src', file), functionCode(file));
  const views = readdirSync('lib', { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\/views\/[^/]+\.(?:eta|css|js)$/.test(name),
  );
  for (const file of views.map((name) => join('lib', name))) write(join(folder, file), compactView(file));
  for (const file of COPIED) write(join(folder, file), readFileSync(file));
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8')) as { context: object };
  write(join(folder, 'cdk.json'), JSON.stringify({ context }));
  write(join(folder, 'README.md'), readmeOfPackage());
  write(
    join(folder, 'package.json'),
    `${JSON.stringify(manifest(commitOf('.'), repository), undefined, 2)}\n`,
  );
}

/** Runs a command of a development dependency. */
function node(command: string, ...words: string[]): void {
  execFileSync('node', [join('node_modules', command), ...words], { stdio: 'inherit' });
}

function write(file: string, content: string | Buffer): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}

/** What people read on the page of the package, which has no other pages: what it is, and how to begin. */
function readmeOfPackage(): string {
  const [introduction = ''] = readFileSync('README.md', 'utf8').split('## Try it');
  const [, project = '', suite = ''] = readFileSync('docs/library.md', 'utf8').split(/^(?=## )/m);
  const more =
    'The repository has all pages: begin with its `README.md`, and `docs/library.md` for single constructs.\n';
  return `${introduction}${project}${suite}${more}`.replace(/\[([^\]]*)\]\((?!https:)[^)]*\)/g, '$1');
}

/** A part of the report, without blanks where they mean nothing. */
function compactView(file: string): string {
  const text = readFileSync(file, 'utf8');
  const [, loader] = /\.(css|js)$/.exec(file) ?? [];
  return loader === undefined ? text : transformSync(text, { loader: loader as Loader, minify: true }).code;
}

/** Exports of a setting that synthesis reads, in lib. Functions need only `setting`. */
const OF_SYNTHESIS = [
  'option',
  'permissions',
  'changedBy',
  'weakenedBy',
  'mayBeLeftAlone',
  'mayRepeat',
  'file',
];

/** What esbuild makes of it in a function: the comments that it keeps there stay. */
const ofFunction = (code: string) =>
  transformSync(code, { loader: 'ts', target: 'node24', charset: 'utf8', legalComments: 'inline' }).code;

/** The code of a function without what it does not read, and without indentation, which esbuild writes. */
function functionCode(file: string): string {
  const code = ofFunction(readFileSync(file, 'utf8'));
  const used = (parseAst(code).body as Statement[])
    .filter((statement) => namesOf(statement).some((name) => OF_SYNTHESIS.includes(name)))
    .reduceRight((text, { start, end }) => text.slice(0, start) + text.slice(end), code);
  const flat = used.replace(/^ +/gm, '');
  return ofFunction(flat) === ofFunction(used) ? flat : used;
}

/** Rollup adds the positions. */
type Statement = ReturnType<typeof parseAst>['body'][number] & {
  readonly start: number;
  readonly end: number;
};

/** Names of the constants that a statement exports. */
function namesOf(statement: Statement): string[] {
  if (statement.type !== 'ExportNamedDeclaration') return [];
  const { declaration } = statement;
  if (declaration?.type !== 'VariableDeclaration') return [];
  return declaration.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? id.name : []));
}
