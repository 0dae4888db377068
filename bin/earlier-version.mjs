// Runs the app of an earlier version, in a process of its own. The configuration imports the package by its
// name, or a clone's files, which would be this version: it gets the earlier one.
import module, { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const [, , folder] = process.argv;
const require = createRequire(join(folder, 'package.json'));
const { name, main } = require('./package.json');
const earlier = require.resolve(join(folder, main));
const own = ['../lib/index', '../lib/config/config'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);
const resolveFilename = module._resolveFilename;

module._resolveFilename = (request, ...others) => {
  if (request === name) return earlier;
  const file = resolveFilename(request, ...others);
  return own.includes(file.replace(/\.[jt]s$/, '')) ? earlier : file;
};

await import(pathToFileURL(join(folder, 'bin/app.mjs')));
