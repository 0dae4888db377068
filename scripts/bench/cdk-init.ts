import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { run } from './command';

const Package = z.object({
  dependencies: z.object({ 'aws-cdk': z.string(), 'aws-cdk-lib': z.string(), constructs: z.string() }),
});

/**
 * The unmodified project of `cdk init app --language typescript`, with our CDK versions. It is created on
 * first use, and again if the versions change or the last attempt did not finish.
 *
 * @param home folder that contains it
 * @returns folder of the project
 */
export function cdkInitProject(repository: string, home: string): string {
  const folder = join(home, 'cdk-init');
  const stamp = join(home, 'cdk-init.txt');
  const versions = cdkVersions(repository);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === versions.join('\n')) return folder;

  console.error(`creating the cdk init project in ${folder}`);
  rmSync(stamp, { force: true });
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const cdk = join(repository, 'node_modules/.bin/cdk');
  run({ words: [cdk, 'init', 'app', '--language', 'typescript', '--generate-only'], folder });
  run({ words: ['npm', 'install', '--no-audit', '--no-fund', '--save-exact', ...versions], folder });
  writeFileSync(stamp, versions.join('\n'));
  return folder;
}

/** Versions as npm arguments: `name@version`. */
function cdkVersions(repository: string): string[] {
  const text = readFileSync(join(repository, 'package.json'), 'utf8');
  const { dependencies } = Package.parse(JSON.parse(text));
  return Object.entries(dependencies).map(([name, version]) => `${name}@${version}`);
}
