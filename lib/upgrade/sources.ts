import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseTemplate } from '../posture/parse-template';
import type { UpgradeSuite, UpgradeTemplate } from './compare';
import { downloaded, isPackage, synthesizedBy } from './earlier-version';

/** Files of templates, and the stack that each is for: of day zero, and of `cdk synth`. */
const TEMPLATE = /([^/\\]+)\.template\.(?:yaml|json)$/;

/**
 * Reads the templates of a folder, or of a .tar.gz or .tgz with such a folder. The package of a version, in a
 * .tgz or by its number, first synthesizes them.
 *
 * @param from such as `cdk.out` of the earlier version, the day-zero files of a release, or `1.0.0`
 * @param config file with the configuration, for a version
 * @returns templates by stack name; none if there are no templates
 * @throws {UsageError} if a version cannot be downloaded, or cannot synthesize the configuration
 * @throws {Error} if the path cannot be read
 */
export async function templatesAt(from: string, config: string): Promise<UpgradeSuite> {
  const isPath = existsSync(from);
  if (isPath && statSync(from).isDirectory()) return templatesIn(from);
  // Its real path, because node finds modules by theirs.
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'templates-')));
  try {
    const archive = isPath ? from : await downloaded(from, folder);
    unpack(archive, folder);
    const unpacked = join(folder, 'package');
    if (!isPackage(unpacked)) return templatesIn(folder);
    await synthesizedBy(unpacked, config, folder);
    return templatesIn(join(folder, 'cdk.out'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function unpack(archive: string, folder: string): void {
  try {
    execFileSync('tar', ['-xzf', archive, '-C', folder], { stdio: ['ignore', 'ignore', 'pipe'] });
  } catch {
    throw new Error(`"${archive}" is no .tar.gz or .tgz`);
  }
}

function templatesIn(folder: string): UpgradeSuite {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .sort()
      .flatMap((file) => {
        const [, name] = TEMPLATE.exec(file) ?? [];
        return name === undefined ? [] : [[name, readTemplate(join(folder, file))]];
      }),
  );
}

function readTemplate(file: string): UpgradeTemplate {
  return parseTemplate(readFileSync(file, 'utf8')) as UpgradeTemplate;
}

/** Version and commit that templates come from, such as `1.0.0 (commit 0123456)`, if one says it. */
export function versionOf(suite: UpgradeSuite): string | undefined {
  for (const { Metadata = {} } of Object.values(suite)) {
    const { version, commit } = (Metadata['AccountBaseline'] ?? {}) as Record<string, string | undefined>;
    if (version !== undefined) {
      return commit === undefined || commit === 'unknown'
        ? version
        : `${version} (commit ${commit.slice(0, 7)})`;
    }
  }
  return undefined;
}

/** Whether the templates are those of day zero, whose people are parameters. */
export function isDayZero(suite: UpgradeSuite): boolean {
  return Object.values(suite).some(({ Parameters = {} }) => 'Administrator1' in Parameters);
}
