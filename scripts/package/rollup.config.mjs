// Bundles the code of the package: one chunk for what several entry points share, so that nothing is there
// twice, and the SDK loads only with the commands that call AWS.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { transformSync } from 'esbuild';
import { defineConfig } from 'rollup';

const path = (id) => relative('.', id);

/**
 * What the package begins with, or loads by its path: these files keep their paths.
 * lib/posture/commands/main.ts loads the other commands.
 */
const ENTRIES = [
  'lib/index.ts',
  'lib/stacks/validation.ts',
  'bin/app.ts',
  ...readdirSync('lib/posture/commands').map((file) => `lib/posture/commands/${file}`),
];

/** Names a file of the package, because a chunk is elsewhere than the modules in it. */
const ROOT = '\0root';

/** Properties of catalogs that only documents and tests of a clone read. */
const DOCUMENTED = [
  ['lib/catalog/controls/', ['evidence', 'none', 'tests']],
  ['lib/catalog/root-tasks', ['when', 'steps', 'after', 'avoid', 'centralSession', 'link', 'unverified']],
  ['lib/detections/', ['why', 'noise', 'firstMinutes', 'containment']],
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
    // gzip does not find what repeats in a large table.
    const fileName = `${path(id)}.br`;
    const source = brotliCompressSync(JSON.stringify(JSON.parse(readFileSync(id, 'utf8'))));
    this.emitFile({ type: 'asset', fileName, source });
    return `import { readFileSync } from 'node:fs';
      import { brotliDecompressSync } from 'node:zlib';
      import { at } from '${ROOT}';
      export default JSON.parse(/* @__PURE__ */ brotliDecompressSync(readFileSync(at(${JSON.stringify(fileName)}))));`;
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
    const names = DOCUMENTED.find(([folder]) => file.startsWith(folder))?.[1];
    const script = names ? withoutProperties(all, this.parse(all), names) : all;
    if (used.length === 0) return script;
    return [`import { at } from '${ROOT}';`, ...used.map((name) => places[name]), script].join('\n');
  },
};

/**
 * Without blanks and comments. Names stay, so that stack traces can be read, and each declaration has a line,
 * because Node.js prints the line of an error that nobody catches.
 */
const compact = {
  name: 'compact',
  renderChunk(code) {
    const options = { minifyWhitespace: true, legalComments: 'none', charset: 'utf8', target: 'node20' };
    return this.parse(code)
      .body.map(({ start, end }) => transformSync(code.slice(start, end), options).code)
      .join('');
  },
};

export default defineConfig({
  input: Object.fromEntries(ENTRIES.map((file) => [file.replace(/\.ts$/, ''), resolve(file)])),
  treeshake: { moduleSideEffects: false },
  plugins: [typescript, compact],
  output: {
    format: 'cjs',
    exports: 'named',
    entryFileNames: '[name].js',
    chunkFileNames: 'lib/chunks/[name].js',
    manualChunks: (id) => (id === ROOT ? 'root' : undefined),
    // A chunk loads what it needs itself.
    hoistTransitiveImports: false,
    generatedCode: { constBindings: true },
  },
});
