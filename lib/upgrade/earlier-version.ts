import { execFile, type ExecFileException } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { UsageError } from '../posture/commands/exit-code';

/** Root folder of this package. */
const PACKAGE = join(__dirname, '../..');

/** Where this package finds its dependencies. */
const DEPENDENCIES = createRequire(__filename).resolve.paths('aws-cdk-lib') ?? [];

const run = promisify(execFile);

/** Name and version of this package, or of an earlier one in a folder. */
function manifestIn(folder: string): { readonly name: string; readonly version: string } {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name: string; version: string };
}

/** Whether a folder has the npm package of some version. */
export function isPackage(folder: string): boolean {
  return existsSync(join(folder, 'package.json')) && manifestIn(folder).name === manifestIn(PACKAGE).name;
}

/** Whether a text is a version, such as `1.0.0` or `v1.0.0-rc.1`. */
export function isVersion(text: string): boolean {
  return /^v?\d+\.\d+\.\d+(?:-[\w.-]+)?$/.test(text);
}

/**
 * Downloads the package of a version with npm, which takes the registry and the proxy from its settings.
 *
 * @param folder where the archive goes
 * @returns path of the archive
 * @throws {UsageError} if the version does not exist, or the registry cannot be reached
 */
export async function downloaded(version: string, folder: string): Promise<string> {
  const spec = `${manifestIn(PACKAGE).name}@${version.replace(/^v/, '')}`;
  // Without retries, which take npm more than a minute.
  const words = [
    'pack',
    spec,
    '--json',
    '--ignore-scripts',
    '--fetch-retries=0',
    '--pack-destination',
    folder,
  ];
  try {
    const { stdout } = await run('npm', words);
    const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
    return join(folder, filename);
  } catch (error) {
    const { message, stdout = '' } = error as ExecFileException & { stdout?: string };
    throw new UsageError(`--from: ${spec} could not be downloaded: ${npmErrorIn(stdout) ?? message}`);
  }
}

/** npm's error in one line. */
function npmErrorIn(stdout: string): string | undefined {
  try {
    const { error } = JSON.parse(stdout) as { error?: { code?: string; summary?: string } };
    const [summary] = (error?.summary ?? '').split('\n');
    return summary === undefined || summary === '' ? error?.code : summary;
  } catch {
    return undefined;
  }
}

/**
 * Synthesizes a configuration with an earlier version, in a process of its own. The earlier version uses the
 * dependencies of this one, so that only its own changes show.
 *
 * @param folder the unpacked package
 * @param config file with the configuration
 * @param output folder in which it writes `cdk.out`
 * @throws {UsageError} with what the earlier version says, such as that it does not know an option
 */
export async function synthesizedBy(folder: string, config: string, output: string): Promise<void> {
  const words = [join(PACKAGE, 'bin/earlier-version.mjs'), folder, '--no-validation'];
  try {
    await run('node', words, {
      cwd: output,
      env: {
        ...process.env,
        CDK_OUTDIR: undefined,
        BASELINE_CONFIG: resolve(config),
        NODE_PATH: [...DEPENDENCIES, process.env['NODE_PATH'] ?? ''].join(delimiter),
      },
    });
  } catch (error) {
    const { stderr = '', message } = error as ExecFileException & { stderr?: string };
    const { version } = manifestIn(folder);
    throw new UsageError(
      `--from: version ${version} cannot synthesize ${config}. If the configuration has options that are newer, give an earlier one with --config.\n${stderr.trim() || message}`,
    );
  }
}
