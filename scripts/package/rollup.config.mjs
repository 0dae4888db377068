// Bundles the code of the package: one chunk for what several entry points share, so that nothing is there
// twice, and the SDK loads only with the commands that call AWS.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { brotliCompressSync } from 'node:zlib';
import { transformSync } from 'esbuild';
import { defineConfig } from 'rollup';
import { minify } from 'terser';

const path = (id) => relative('.', id);

/** The modules that this one loads by their path, when it needs them: `load('./verify')`. */
const loadedBy = (file) =>
  [...readFileSync(file, 'utf8').matchAll(/load\('(\..+?)'\)/g)].map(([, name]) =>
    path(resolve(dirname(file), `${name}.ts`)),
  );

/** What the package begins with, or loads by its path: these files keep their paths. */
const ENTRIES = [
  'lib/index.ts',
  'bin/app.ts',
  'lib/posture/commands/main.ts',
  ...['bin/create-app.ts', 'lib/posture/commands/main.ts', 'lib/posture/commands/org.ts'].flatMap(loadedBy),
];

/** Names a file of the package, because a chunk is elsewhere than the modules in it. */
const ROOT = '\0root';

/** Properties of objects that no code of the package reads. */
const UNUSED = [
  // The functions call these, and their code is in src.
  ['lib/settings/', ['read', 'write', 'desired', 'staleValue']],
  ['lib/organization/services/', ['read', 'write', 'desired']],
  // Only documents and tests of a clone read these.
  ['lib/catalog/controls/', ['evidence', 'none', 'tests', 'metric', 'words']],
  ['lib/catalog/prices', ['service', 'unit', 'growsWith', 'source', 'read', 'unverified', 'because']],
  [
    'lib/catalog/root-tasks',
    ['id', 'title', 'when', 'steps', 'after', 'avoid', 'centralSession', 'link', 'unverified'],
  ],
  ['lib/detections/', ['why', 'noise', 'firstMinutes', 'containment']],
  ['lib/organization/policies/', ['noise', 'exempt', 'neverDenies']],
];

/** The code without these properties of objects. */
function withoutProperties(code, program, names) {
  const cuts = [];
  const visit = (node) => {
    if (typeof node !== 'object' || node === null) return;
    if (node.type === 'ObjectExpression') {
      node.properties.forEach((property, index) => {
        if (!names.includes(property.key?.name)) return;
        cuts.push([property.start, node.properties[index + 1]?.start ?? node.end - 1]);
      });
    }
    Object.values(node).forEach(visit);
  };
  visit(program);
  // From the end, so that the positions before it stay. A cut within another one is in it.
  return cuts
    .sort(([one], [other]) => other - one)
    .filter(([start, end]) => !cuts.some(([from, to]) => from < start && end <= to))
    .reduce((text, [start, end]) => text.slice(0, start) + text.slice(end), code);
}

/** The order of actions has no meaning. */
function sorted(key, value) {
  return key === 'Action' && Array.isArray(value) ? value.sort() : value;
}

/**
 * Moves the actions into a table, where an action that several policies have is there once. Its line
 * `ec2;Copy,5 Image;Run,45 Instances Hosts` says that statement 5 (in base 36) has ec2:CopyImage, and that
 * statements 4 and 5 have ec2:RunInstances and ec2:RunHosts.
 */
function tabulated(policies) {
  const marks = {};
  statementsOf(policies).forEach((statement, index) => {
    if (!Array.isArray(statement.Action)) return;
    for (const action of statement.Action) marks[action] = `${marks[action] ?? ''}${index.toString(36)}`;
    statement.Action = [];
  });
  const services = {};
  for (const action of Object.keys(marks).sort()) {
    const [, service, verb = '', name] = /^(.*):([A-Z][a-z]*)?(.*)$/.exec(action);
    const verbs = ((services[service] ??= {})[verb] ??= {});
    (verbs[marks[action]] ??= []).push(name);
  }
  const line = ([service, verbs]) => [service, ...Object.entries(verbs).map(part)].join(';');
  const part = ([verb, names]) =>
    [verb, ...Object.entries(names).map((set) => set.flat().join(' '))].join(',');
  return [policies, Object.entries(services).map(line).join('|')];
}

/** Moves them back, in the package. */
function listed([policies, table]) {
  const statements = statementsOf(policies);
  for (const line of table.split('|')) {
    const [service, ...parts] = line.split(';');
    for (const [verb, ...sets] of parts.map((part) => part.split(','))) {
      for (const [marks, ...names] of sets.map((set) => set.split(' '))) {
        const actions = names.map((name) => `${service}:${verb}${name}`);
        for (const mark of marks) statements[parseInt(mark, 36)].Action.push(...actions);
      }
    }
  }
  return policies;
}

function statementsOf(policies) {
  return Object.values(policies).flatMap(({ document }) => document.Statement);
}

const typescript = {
  name: 'typescript',
  resolveId(source, importer) {
    if (source === ROOT || importer === undefined) return source;
    if (!source.startsWith('.')) return { id: source, external: true };
    const base = resolve(dirname(importer), source);
    return [`${base}.ts`, resolve(base, 'index.ts'), base].find((file) => existsSync(file));
  },
  load(id) {
    // Chunks are in lib/chunks.
    if (id === ROOT)
      return `import { join } from 'node:path'; export const at = (file) => join(__dirname, '../..', file);`;
    if (!id.endsWith('.json')) return undefined;
    // The managed policies. gzip does not find what repeats in a large table.
    const fileName = `${path(id)}.br`;
    const policies = JSON.parse(readFileSync(id, 'utf8'), sorted);
    const table = JSON.stringify(tabulated(structuredClone(policies)));
    if (!isDeepStrictEqual(JSON.parse(JSON.stringify(listed(JSON.parse(table))), sorted), policies))
      this.error(`${path(id)} cannot be compacted`);
    this.emitFile({ type: 'asset', fileName, source: brotliCompressSync(table) });
    return `import { readFileSync } from 'node:fs';
      import { brotliDecompressSync } from 'node:zlib';
      import { at } from '${ROOT}';
      ${statementsOf}
      ${listed}
      export default /* @__PURE__ */ listed(
        /* @__PURE__ */ JSON.parse(/* @__PURE__ */ brotliDecompressSync(readFileSync(at(${JSON.stringify(fileName)})))));`;
  },
  transform(code, id) {
    if (!id.endsWith('.ts')) return undefined;
    const file = path(id).replace(/\.ts$/, '.js');
    const places = {
      __filename: `const __filename = /* @__PURE__ */ at(${JSON.stringify(file)});`,
      __dirname: `const __dirname = /* @__PURE__ */ at(${JSON.stringify(dirname(file))});`,
    };
    const used = Object.keys(places).filter((name) => code.includes(name));
    const { code: all } = transformSync(code, { loader: 'ts', target: 'node20' });
    const names = UNUSED.find(([folder]) => file.startsWith(folder))?.[1];
    const script = names ? withoutProperties(all, this.parse(all), names) : all;
    if (used.length === 0) return script;
    return [`import { at } from '${ROOT}';`, ...used.map((name) => places[name]), script].join('\n');
  },
};

/**
 * Without blanks and comments, and with short names. Functions and classes keep theirs, and none is moved into
 * another one, so that stack traces can be read. Each statement has a line, because Node.js prints the line of an
 * error that nobody catches.
 */
const compacted = (code, options) =>
  minify(code, {
    ...options,
    ecma: 2022,
    toplevel: true,
    keep_fnames: true,
    keep_classnames: true,
    compress: { passes: 2, inline: false, reduce_funcs: false, join_vars: false },
    format: { semicolons: false },
  });

/** Packages that every entry point loads anyway. */
const LOADED = ['fastest-levenshtein', 'zod'];

/** Whether a module loads no other package, also not by what it imports. */
const isLight = (id, getModuleInfo) =>
  id === ROOT ||
  id.startsWith('node:') ||
  LOADED.includes(id) ||
  (id.endsWith('.ts') && getModuleInfo(id).importedIds.every((one) => isLight(one, getModuleInfo)));

/** The module and all that it imports, directly or not. */
function reachable(id, getModuleInfo, found = new Set()) {
  if (!found.has(id)) {
    found.add(id);
    getModuleInfo(id).importedIds.forEach((one) => reachable(one, getModuleInfo, found));
  }
  return found;
}

/**
 * Modules that several others import, and that load no package, share a chunk, because each file takes room: one
 * for what the constructs need, and one for the commands.
 */
function chunkOf(id, { getModuleInfo }) {
  const { isEntry, importers } = getModuleInfo(id);
  if (isEntry || (id !== ROOT && (importers.length < 2 || !isLight(id, getModuleInfo)))) return undefined;
  return reachable(resolve('lib/index.ts'), getModuleInfo).has(id) ? 'shared' : 'commands';
}

const compact = { name: 'compact', renderChunk: (code) => compacted(code) };

/** What Node.js starts: modules that load the bundles by their paths. */
const scripts = {
  name: 'scripts',
  async generateBundle() {
    for (const name of readdirSync('bin').filter((file) => file.endsWith('.mjs'))) {
      const fileName = `bin/${name}`;
      const { code } = await compacted(readFileSync(fileName, 'utf8'), { module: true });
      this.emitFile({ type: 'asset', fileName, source: code });
    }
  },
};

export default defineConfig({
  input: Object.fromEntries(ENTRIES.map((file) => [file.replace(/\.ts$/, ''), resolve(file)])),
  // What these make is evidence, which is removed.
  treeshake: { moduleSideEffects: false, manualPureFunctions: ['trail', 'told', 'toldWithText'] },
  plugins: [typescript, compact, scripts],
  output: {
    format: 'cjs',
    exports: 'named',
    entryFileNames: '[name].js',
    experimentalMinChunkSize: 5000,
    chunkFileNames: 'lib/chunks/[name].js',
    manualChunks: chunkOf,
    // A chunk loads what it needs itself.
    hoistTransitiveImports: false,
    minifyInternalExports: true,
    generatedCode: { constBindings: true },
    externalLiveBindings: false,
    freeze: false,
  },
});
