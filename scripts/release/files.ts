import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runbooksOf } from '../../lib/config/runbooks';
import { notesOf } from './checks';
import { sbom } from './sbom';
import { tarball } from '../tarball';
import { buildPackage } from '../package/build';
import { homeOf } from '../package/manifest';
import { pack } from '../package/pack';

/** Where the files of a release are written. */
export const RELEASE_FOLDER = 'dist/release';

const DAY_ZERO = 'dist/day-zero';

/**
 * Writes the files of a release from the working directory: the npm package, the files of day zero, what the
 * package needs (SBOM), and the checksums of these. The notes are for the page of the release.
 *
 * @param notes what the change log says about the version
 * @param repository name of the repository on GitHub, whose runbooks messages link to
 * @returns names of the files
 */
export async function releaseFiles(
  version: string,
  notes: string,
  repository: string | undefined,
): Promise<string[]> {
  rmSync(RELEASE_FOLDER, { recursive: true, force: true });
  mkdirSync(RELEASE_FOLDER, { recursive: true });
  const write = (file: string, content: string | Buffer) => {
    writeFileSync(join(RELEASE_FOLDER, file), content);
  };
  buildPackage('dist/package', repository);
  await pack('./dist/package', RELEASE_FOLDER);
  const runbooks = runbooksOf({ version, ...homeOf(repository) });
  const npm = ['run', '--silent', 'template', '--', DAY_ZERO, runbooks];
  execFileSync('npm', npm, { stdio: ['ignore', 'ignore', 'inherit'] });
  const dayZero = readdirSync(DAY_ZERO).sort();
  write(
    `day-zero-${version}.tar.gz`,
    await tarball(
      Object.fromEntries(dayZero.map((file) => [`day-zero/${file}`, readFileSync(join(DAY_ZERO, file))])),
    ),
  );
  write(`sbom-${version}.cdx.json`, `${JSON.stringify(sbom(), undefined, 1)}\n`);
  const sums = readdirSync(RELEASE_FOLDER)
    .sort()
    .map((file) => `${sha256(readFileSync(join(RELEASE_FOLDER, file)))}  ${file}\n`);
  write('SHA256SUMS', sums.join(''));
  write('NOTES.md', notes);
  return readdirSync(RELEASE_FOLDER).sort();
}

const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');

/** Files of the version in package.json, whose section the change log has. */
export function filesOfThisVersion(repository?: string): Promise<string[]> {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  return releaseFiles(version, notesOf(readFileSync('CHANGELOG.md', 'utf8'), version), repository);
}
