import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../lib/config/load-config';
import { main } from '../../lib/posture/commands/main';
import { templatesOf } from '../../lib/stacks/templates';
import { toYaml } from '../../lib/stacks/to-yaml';
import { released, releases } from '../../scripts/release/templates';
import { tarball } from '../../scripts/tarball';

const CONFIG = 'test/e2e/fixtures/baseline.config.ts';
const [VERSION = ''] = releases();

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'diff-'));
  mkdirSync(join(folder, 'empty'));
  mkdirSync(join(folder, 'json'));
  const suite = Object.entries(released(VERSION, 'standard'));
  for (const [name, template] of suite) {
    writeFileSync(join(folder, `json/${name}.template.json`), JSON.stringify(template));
  }
  const yaml = suite.map(([name, one]) => [`day-zero/${name}.template.yaml`, Buffer.from(toYaml(one))]);
  writeFileSync(
    join(folder, 'released.tar.gz'),
    await tarball(Object.fromEntries(yaml) as Record<string, Buffer>),
  );
  writeFileSync(join(folder, 'broken.tar.gz'), 'not a tarball');
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function diff(from: string, region?: string) {
  const said = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  const complained = jest.spyOn(console, 'error').mockImplementation();
  try {
    const code = await main('diff', [], { config: CONFIG, color: false, from, region });
    return { code, stdout: said.mock.calls.join(''), stderr: complained.mock.calls.join('') };
  } finally {
    said.mockRestore();
    complained.mockRestore();
  }
}

test('the templates of a folder and of an archive give the same answer, with what would be lost', async () => {
  const { code, stdout, stderr } = await diff(join(folder, 'json'));
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^From \d+\.\d+\.\d+\S* to \d/);
  expect(stdout).toContain(
    'The account setting AccountAccountAlias of AccountBaseline-Settings would be removed.',
  );
  expect(stdout).toContain('  created: user AdminAccessbobUser\n');
  expect(code).toBe(1);
  expect(await diff(join(folder, 'released.tar.gz'))).toEqual({ code, stdout, stderr });
});

test('a Region that the templates name, and the configuration does not, changes nothing', async () => {
  mkdirSync(join(folder, 'region'));
  const region = 'eu-central-1';
  for (const { stackName, template } of templatesOf({ ...loadConfig(CONFIG), region })) {
    writeFileSync(join(folder, `region/${stackName}.template.json`), JSON.stringify(template));
  }
  expect((await diff(join(folder, 'region'), region)).stdout).toContain(
    '\nNothing changes in the account.\n',
  );
  expect((await diff(join(folder, 'region'), 'us-east-1')).stdout).toContain('  changed: bucket policy ');
});

test.each([
  [
    'nowhere',
    /^--from must be a version such as 1\.0\.0, a folder with templates, .*; received "nowhere", which is neither a version nor an existing path$/,
  ],
  [
    '1.x',
    /^--from must be a version such as 1\.0\.0, .*; received "1\.x", which is neither a version nor an existing path$/,
  ],
  [
    'latest',
    /^--from must be a version such as 1\.0\.0, .*; received "latest", which is neither a version nor an existing path$/,
  ],
  ['broken.tar.gz', /^--from could not be read: ".*broken\.tar\.gz" is no \.tar\.gz or \.tgz$/],
  ['empty', /^--from must have files named <stack>\.template\.yaml or \.json; ".*empty" has none$/],
])('--from %s is a usage error', async (from, message) => {
  const path = /^(?:broken|empty)/.test(from) ? join(folder, from) : from;
  const { code, stdout, stderr } = await diff(path);
  expect(stderr).toMatch(message);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
});
