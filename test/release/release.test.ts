import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { isNewer, notesOf, obstacles, type ReleaseState, withVersion } from '../../scripts/release/checks';
import { sbom } from '../../scripts/release/sbom';
import { tarball } from '../../scripts/tarball';

const CHANGE_LOG =
  '# Change log\n\n## [Unreleased]\n\n- A new alarm\n\n## [1.0.0-rc.1] - 2026-11-29\n\n- All\n';

const READY: ReleaseState = {
  version: '1.0.0',
  tags: ['', '1.0.0-rc.1', '1.0.0-rc.2'],
  branch: 'main',
  changes: '',
  changeLog: CHANGE_LOG,
};

test('nothing blocks a release that is ready', () => {
  expect(obstacles(READY)).toEqual([]);
});

test.each<[string, Partial<ReleaseState>, string]>([
  [
    'no version',
    { version: '' },
    'The version must be a semantic one, such as 1.0.0 or 1.0.0-rc.1; received ""',
  ],
  ['a version with v', { version: 'v1.0.0' }, 'received "v1.0.0"'],
  ['a version that exists', { version: '1.0.0-rc.2' }, '1.0.0-rc.2 is not newer than 1.0.0-rc.2'],
  ['an older version', { version: '0.9.0' }, '0.9.0 is not newer than 1.0.0-rc.1, which was released'],
  ['another branch', { branch: 'fix' }, 'Releases are made on the branch main; this is fix'],
  ['a changed file', { changes: ' M lib/index.ts\n' }, 'These files are not committed:\n M lib/index.ts'],
  [
    'nothing for users',
    { changeLog: CHANGE_LOG.replace('- A new alarm\n', '') },
    'CHANGELOG.md has nothing under [Unreleased]',
  ],
  ['no change log', { changeLog: '' }, 'CHANGELOG.md has nothing under [Unreleased]'],
])('%s blocks it', (_, state, message) => {
  expect(obstacles({ ...READY, ...state }).join('\n')).toContain(message);
});

test('everything that blocks it is reported at once', () => {
  expect(obstacles({ version: '', tags: [], branch: 'fix', changes: '?? a', changeLog: '' })).toHaveLength(4);
});

test('versions are in the order of semantic versioning', () => {
  const ordered = [
    '0.9.9',
    '0.10.0',
    '1.0.0-alpha',
    '1.0.0-rc.2',
    '1.0.0-rc.10',
    '1.0.0',
    '1.0.1',
    '1.2.0',
    '2.0.0',
  ];
  expect([...ordered].reverse().sort((one, other) => (isNewer(one, other) ? 1 : -1))).toEqual(ordered);
  expect(ordered.filter((version) => isNewer(version, version))).toEqual([]);
});

test('what was unreleased comes under the version, and on its page', () => {
  const released = withVersion(CHANGE_LOG, '1.0.0', '2026-12-01');
  expect(released).toContain('## [Unreleased]\n\n## [1.0.0] - 2026-12-01\n\n- A new alarm\n');
  expect(notesOf(released, '1.0.0')).toBe('- A new alarm\n');
  expect(notesOf(released, '1.0.0-rc.1')).toBe('- All\n');
  expect(() => notesOf(released, '2.0.0')).toThrow('CHANGELOG.md has no section [2.0.0]');
});

test('a tarball is read by tar, and has the same bytes each time', async () => {
  const files = { 'day-zero/deploy.sh': Buffer.from('echo hello\n'), 'day-zero/b': Buffer.alloc(1024, 'b') };
  const packed = await tarball(files);
  expect(await tarball(files)).toEqual(packed);
  const folder = mkdtempSync(join(tmpdir(), 'tar-'));
  try {
    writeFileSync(join(folder, 'packed.tar.gz'), packed);
    execFileSync('tar', ['-xzf', 'packed.tar.gz'], { cwd: folder });
    expect(execFileSync('sh', ['-c', './day-zero/deploy.sh'], { cwd: folder, encoding: 'utf8' })).toBe(
      'hello\n',
    );
    expect(readFileSync(join(folder, 'day-zero/b'))).toEqual(files['day-zero/b']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the SBOM has every package that the released one needs, and none for development', () => {
  const { bomFormat, metadata, components } = sbom() as ReturnType<typeof sbom> & { bomFormat: string };
  expect(bomFormat).toBe('CycloneDX');
  expect(metadata.component).toMatchObject({ name: 'aws-account-baseline', type: 'library' });
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { version: string; dev?: boolean; devOptional?: boolean }>;
  };
  const needed = Object.entries(packages).flatMap(([path, { version, dev = false, devOptional = false }]) =>
    path === '' || dev || devOptional ? [] : [`${path.split('node_modules/').pop()}@${version}`],
  );
  expect(needed.length).toBeGreaterThan(20);
  expect(new Set(components.map(({ name, version }) => `${name}@${version}`))).toEqual(new Set(needed));
});

describe('the workflow that publishes', () => {
  const { on, permissions, jobs } = parse(readFileSync('.github/workflows/release.yml', 'utf8')) as {
    on: unknown;
    permissions: unknown;
    jobs: Record<'test' | 'publish', { needs?: string; environment?: string; permissions: unknown }>;
  };

  test('starts with a tag, tests it, and publishes after a person approved', () => {
    expect(on).toEqual({ push: { tags: ['v*'] } });
    expect(jobs.publish).toMatchObject({ needs: 'test', environment: 'npm' });
  });

  test('can write only in the job that publishes', () => {
    expect(permissions).toEqual({});
    expect(jobs.test.permissions).toEqual({ contents: 'read' });
    expect(jobs.publish.permissions).toEqual({ contents: 'write', 'id-token': 'write' });
  });
});
