import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BaselineOptions, defineBaseline } from '../../lib/config/config';
import { PROFILES } from '../../lib/config/profiles';
import { templatesOf } from '../../lib/stacks/templates';
import type { UpgradeSuite } from '../../lib/upgrade/compare';

/** A folder for each release, with its templates by profile. */
const FOLDER = 'test/released';

/** Versions whose templates are frozen: every later template is deployed over each of them. */
export function releases(): string[] {
  return existsSync(FOLDER) ? readdirSync(FOLDER).sort() : [];
}

/** The templates of a release. */
export function released(version: string, profile: string): UpgradeSuite {
  return JSON.parse(readFileSync(fileOf(version, profile), 'utf8')) as UpgradeSuite;
}

/**
 * Writes the current templates as those of a release.
 *
 * @returns the paths of the files
 */
export function freeze(version: string): string[] {
  return PROFILES.map((profile) => {
    const file = fileOf(version, profile);
    mkdirSync(join(FOLDER, version), { recursive: true });
    writeFileSync(file, `${JSON.stringify(currentSuite(profile), null, 1)}\n`);
    return file;
  });
}

function fileOf(version: string, profile: string): string {
  return join(FOLDER, version, `${profile}.templates.json`);
}

/**
 * The current templates of a profile, with one example of each kind of resource that users would miss.
 *
 * @param more further options
 */
export function currentSuite(profile: string, more: Partial<BaselineOptions> = {}): UpgradeSuite {
  const config = defineBaseline({
    profile: profile as (typeof PROFILES)[number],
    administrators: ['alice'],
    notifications: { emails: ['security@example.com'], httpsEndpoints: ['https://alerts.example.com/aws'] },
    billing: { viewers: ['carol'] },
    accountSettings: { alias: 'acme' },
    ...more,
  });
  return Object.fromEntries(
    templatesOf(config).map(({ stackName, template }) => [stackName, template as UpgradeSuite[string]]),
  );
}
