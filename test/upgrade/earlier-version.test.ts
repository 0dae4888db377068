import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { downloaded, isPackage, isVersion, synthesizedBy } from '../../lib/upgrade/earlier-version';

let folder: string;

// Its npm is the file that a test writes.
jest.mock('node:child_process', () => {
  const actual = jest.requireActual<typeof import('node:child_process')>('node:child_process');
  const run = promisify(actual.execFile);
  const execFile = {
    [promisify.custom]: (file: string, ...rest: [string[], object]) =>
      run(file === 'npm' ? join(folder, 'npm') : file, ...rest),
  };
  return { ...actual, execFile: Object.assign(() => undefined, execFile) };
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'earlier-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** What npm is while a test runs: it notes its words, prints this, and exits with this code. */
function npmSays(stdout: string, code = 0): void {
  const script = `#!/bin/sh\necho "$@" > ${folder}/words\ncat ${folder}/answer\nexit ${code}\n`;
  writeFileSync(join(folder, 'answer'), stdout);
  writeFileSync(join(folder, 'npm'), script, { mode: 0o755 });
}

/** A package in a folder, whose app is this. */
function packageWith(app: string, name = 'aws-account-baseline'): string {
  const path = join(folder, 'package');
  mkdirSync(join(path, 'bin'), { recursive: true });
  writeFileSync(join(path, 'package.json'), JSON.stringify({ name, version: '0.9.0', main: 'index.js' }));
  writeFileSync(join(path, 'index.js'), 'exports.isEarlier = true;');
  writeFileSync(join(path, 'bin/app.mjs'), app);
  return path;
}

test.each(['1.0.0', 'v1.0.0', '1.0.0-rc.1', 'v12.3.45-beta'])('%s is a version', (text) => {
  expect(isVersion(text)).toBe(true);
});

test.each(['1.0', '1.0.0.0', 'x1.0.0', '1.0.0-', '1.0.0 ', 'cdk.out', '1.x.0'])(
  '%j is not a version',
  (text) => {
    expect(isVersion(text)).toBe(false);
  },
);

test('a folder is a package of some version by its name', () => {
  expect(isPackage(folder)).toBe(false);
  expect(isPackage(packageWith(''))).toBe(true);
  expect(isPackage(packageWith('', 'something-else'))).toBe(false);
});

test('npm downloads a version, without running its scripts', async () => {
  npmSays('[{"filename": "aws-account-baseline-1.0.0.tgz"}]');
  expect(await downloaded('v1.0.0', folder)).toBe(join(folder, 'aws-account-baseline-1.0.0.tgz'));
  expect(readFileSync(join(folder, 'words'), 'utf8')).toBe(
    `pack aws-account-baseline@1.0.0 --json --ignore-scripts --fetch-retries=0 --pack-destination ${folder}\n`,
  );
});

test.each([
  [
    'its summary',
    '{"error": {"code": "E404", "summary": "No match found\\nSee the log"}}',
    /^No match found$/,
  ],
  ['its code', '{"error": {"code": "ENOTFOUND", "summary": ""}}', /^ENOTFOUND$/],
  ['the failed command', 'npm is broken', /Command failed: \S*npm pack aws-account-baseline@9\.9\.9 --json /],
])('of a download that fails, npm’s error has %s', async (_, answer, message) => {
  npmSays(answer, 1);
  const text = await downloaded('9.9.9', folder).catch(String);
  expect(text).toContain('--from: aws-account-baseline@9.9.9 could not be downloaded: ');
  expect(text.replace(/^.*downloaded: /, '')).toMatch(message);
});

test('an earlier version gets the configuration, which imports that version', async () => {
  const config = join(folder, 'baseline.config.cjs');
  writeFileSync(config, "module.exports = require('aws-account-baseline');");
  const app = packageWith(`
    import { createRequire } from 'node:module';
    import { writeFileSync } from 'node:fs';
    const require = createRequire(import.meta.url);
    const { isEarlier } = require(process.env.BASELINE_CONFIG);
    const hasCdk = require.resolve('aws-cdk-lib') !== '';
    writeFileSync('said', JSON.stringify({ isEarlier, hasCdk, words: process.argv.slice(3), out: process.env.CDK_OUTDIR }));
  `);
  await synthesizedBy(app, config, folder);
  expect(JSON.parse(readFileSync(join(folder, 'said'), 'utf8'))).toEqual({
    isEarlier: true,
    hasCdk: true,
    words: ['--no-validation'],
  });
});

test('a configuration that an earlier version refuses is a usage error with what it said', async () => {
  const app = packageWith("process.stderr.write('pipelines: is no option\\n'); process.exit(1);");
  await expect(synthesizedBy(app, 'baseline.config.ts', folder)).rejects.toThrow(
    /^--from: version 0\.9\.0 cannot synthesize baseline\.config\.ts\. If the configuration has options that are newer, give an earlier one with --config\.\npipelines: is no option$/,
  );
  packageWith('process.exit(1);');
  await expect(synthesizedBy(app, 'baseline.config.ts', folder)).rejects.toThrow(/\nCommand failed: node /);
});
