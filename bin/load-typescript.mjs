// Lets `require` load TypeScript. It is not tsx, because tsx also parses every module of aws-cdk-lib, which
// takes half a second. What sucrase makes of a file is kept, which saves a third of a second.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import module, { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const { version } = createRequire(import.meta.url)('sucrase/package.json');
const options = { transforms: ['typescript', 'imports'] };
const folder = fileURLToPath(new URL('../node_modules/.cache/aws-account-baseline', import.meta.url));
const how = JSON.stringify([version, options]);

module._extensions['.ts'] = (target, path) => {
  const source = readFileSync(path, 'utf8');
  const file = join(folder, `${createHash('sha256').update(how).update(source).digest('hex')}.js`);
  target._compile(read(file) ?? keep(file, transform(source, { ...options, filePath: path }).code), path);
};

// Loaded only when something is new: sucrase has 58 modules.
function transform(...args) {
  return createRequire(import.meta.url)('sucrase').transform(...args);
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function keep(file, code) {
  try {
    mkdirSync(folder, { recursive: true });
    // Renamed, so that another process never reads half a file.
    writeFileSync(`${file}.${process.pid}`, code);
    renameSync(`${file}.${process.pid}`, file);
  } catch {
    // The folder is read-only. The next run takes as long.
  }
  return code;
}
