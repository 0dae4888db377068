import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGE = join(__dirname, '../../package.json');

/** What a `package.json` says about where its pages are. */
interface Manifest {
  readonly version: string;
  readonly repository?: { readonly url: string };
}

/**
 * Default prefix of the links to runbooks. The published package names its repository on GitHub, so its
 * messages link to the pages of its version. A clone names none: its messages name the pages in its folder.
 *
 * @param manifest `package.json` of this package, or one such as the release writes
 */
export function runbooksOf(
  manifest: Manifest = JSON.parse(readFileSync(PACKAGE, 'utf8')) as Manifest,
): string {
  const [, home] = /^git\+(https:\/\/github\.com\/.+)\.git$/.exec(manifest.repository?.url ?? '') ?? [];
  return home === undefined ? 'docs/runbooks/' : `${home}/blob/v${manifest.version}/docs/runbooks/`;
}
