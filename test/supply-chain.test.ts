import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import type { Template } from 'aws-cdk-lib/assertions';
import { PROFILES } from '../lib/config/profiles';
import { packages } from '../scripts/docs/licences';
import { EVERYTHING } from './everything';
import { secretsIn } from './secrets';
import { baselineTemplate } from './synth';

describe('the packages', () => {
  /** Licences that ask for no more than to be named. */
  const PERMISSIVE = [
    '0BSD',
    'Apache-2.0',
    'BlueOak-1.0.0',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'ISC',
    'MIT',
    'PSF-2.0',
    'Python-2.0',
  ];

  /** Those that may have an install script, though none runs, and what it is for. */
  const INSTALL_SCRIPTS: Readonly<Record<string, string>> = {
    '@parcel/watcher': 'builds what its package for the system holds ready',
    esbuild: 'saves the time that its wrapper takes; the wrapper finds the program without',
    fsevents: 'builds what it holds ready; macOS only',
    'unrs-resolver': 'fetches what its package for the system holds ready',
  };

  /** Whether one of the alternatives is permissive; both parts of what is joined by AND must be. */
  const isPermissive = (licence: string): boolean =>
    licence
      .replace(/^\((.*)\)$/, '$1')
      .split(' OR ')
      .some((one) => one.split(' AND ').every((part) => PERMISSIVE.includes(part)));

  test('that are needed to deploy have permissive licences', () => {
    const needed = packages().filter(({ isForDevelopment }) => !isForDevelopment);
    expect(needed.map(({ name }) => name)).toEqual(expect.arrayContaining(['aws-cdk-lib', 'zod', 'esbuild']));
    expect(needed.filter(({ licence }) => !isPermissive(licence))).toEqual([]);
  });

  test.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0-or-later)', true],
    ['MIT AND GPL-3.0-only', false],
    ['GPL-3.0-only', false],
    ['AGPL-3.0', false],
    ['none', false],
  ])('with the licence %s may be needed to deploy: %s', (licence, expected) => {
    expect(isPermissive(licence)).toBe(expected);
  });

  test('run no script when they are installed, and those that have one are known', () => {
    expect(readFileSync('.npmrc', 'utf8').split('\n')).toContain('ignore-scripts=true');
    const names = packages().flatMap(({ name, hasInstallScript }) => (hasInstallScript ? [name] : []));
    expect(names.filter((name) => !(name in INSTALL_SCRIPTS))).toEqual([]);
  });

  test('come from the registry, with the hash of what is in them', () => {
    const { packages: entries } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
      packages: Record<string, { integrity?: string; resolved?: string; link?: boolean; inBundle?: boolean }>;
    };
    const doubtful = Object.entries(entries).filter(
      ([path, { integrity, resolved = '', link, inBundle }]) =>
        path !== '' &&
        // What another package brings along is in the hash of that one.
        (link === true ||
          !(resolved === '' || resolved.startsWith('https://registry.npmjs.org/')) ||
          (!inBundle && !integrity?.startsWith('sha512-'))),
    );
    expect(doubtful).toEqual([]);
  });
});

describe('the packages of Python', () => {
  const files = execFileSync('git', ['ls-files', '*requirements.txt'], { encoding: 'utf8' })
    .trim()
    .split('\n');

  test('are those of the emulator and of the judges', () => {
    expect(files.map((file) => file.replace(/[^/]*$/, ''))).toEqual(
      expect.arrayContaining(['emulator/', 'scripts/judge/']),
    );
  });

  test.each(files)('in %s are pinned, each with the hashes of its files', (file) => {
    const lines = readFileSync(file, 'utf8').replaceAll('\\\n', ' ').trim().split('\n');
    const pins = lines.filter((line) => !line.startsWith('#'));
    expect(pins).not.toEqual([]);
    expect(
      pins.filter((pin) => !/^[\w.-]+(\[\w+\])?==\S+( +;.*?)?( +--hash=sha256:[0-9a-f]{64})+$/.test(pin)),
    ).toEqual([]);
  });

  test('are installed by their hashes and run no code of their own', () => {
    const installer = readFileSync('emulator/virtual-environment.ts', 'utf8');
    expect(installer).toContain("['--require-hashes', '--only-binary', ':all:']");
  });

  test('and those of npm are looked up for known vulnerabilities, from each file that pins some', () => {
    const workflow = readFileSync('.github/workflows/vulnerabilities.yml', 'utf8');
    const looked = [...workflow.matchAll(/--lockfile=(?:requirements\.txt:)?(\S+)/g)].map(([, file]) => file);
    expect(looked).toEqual(['package-lock.json', ...files]);
  });
});

test('no text has a command that npm would run from a package of somebody else', () => {
  const files = execFileSync('git', ['ls-files', '-z', '*.md', '*.ts', '*.mjs', '*.sh', '*.eta', '*.yml'], {
    encoding: 'utf8',
  }).split('\0');
  // npm has a package called baseline, and npx outside the clone would run it.
  const foreign = /\bnpx (?:--?\S+ )*baseline\b/;
  const texts = files.filter((file) => file !== '' && existsSync(file));
  expect(texts.filter((file) => foreign.test(readFileSync(file, 'utf8')))).toEqual([]);
});

describe('no credentials', () => {
  test.each<[string, () => Template]>([
    ...PROFILES.map((profile): [string, () => Template] => [profile, () => baselineTemplate({ profile })]),
    ['everything', () => baselineTemplate(EVERYTHING)],
  ])('are in the template and the outputs: %s', (_, template) => {
    expect(secretsIn(JSON.stringify(template().toJSON()))).toEqual([]);
  });

  // The shapes that a template, an output, a log or a configuration would show them in.
  test.each([
    ['access key id', `key AKIA${'J7'.repeat(8)}`],
    ['secret access key', `"SecretAccessKey": "${'a/B+'.repeat(10)}"`],
    ['session token', `aws_session_token=${'aB3/'.repeat(30)}`],
    ['private key', `-----BEGIN RSA PRIVATE KEY-----`],
    ['signed address', 'https://cloudformation.s3.amazonaws.com/a?X-Amz-Signature=0123'],
    ['password', '{"LoginProfile":{"Password":"hunter2hunter2"}}'],
    ['password', '{"SecretString":"hunter2hunter2"}'],
    ['token', `ghp_${'a1'.repeat(18)}`],
  ])('would go unnoticed, such as a %s', (kind, text) => {
    expect(secretsIn(text)).toEqual([kind]);
  });

  test.each([
    ['a reference to a secret', '{"Password":"{{resolve:secretsmanager:x:SecretString:::}}"}'],
    ['the example of AWS', 'AKIAIOSFODNN7EXAMPLE'],
    ['a setting of passwords', '{"PasswordResetRequired":true,"MinimumPasswordLength":15}'],
  ])('are seen in %s', (_, text) => {
    expect(secretsIn(text)).toEqual([]);
  });
});
