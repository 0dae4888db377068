import { existsSync } from 'node:fs';
import { isIP } from 'node:net';
import { meantRegion } from '../../fields/region';
import { isVersion } from '../../upgrade/earlier-version';
import { earlierReport } from './earlier-report';
import { UsageError } from './exit-code';
import type { Options } from './options';

/** `--from` of `diff` for the stacks of the account. */
export const DEPLOYED = 'deployed';

interface Contradiction {
  readonly isIn: (command: string, argument: string, options: Options) => boolean;
  /** Error message with the correct usage. */
  readonly message: string;
}

/** Combinations of options that commander accepts, but that make no sense. */
const CONTRADICTIONS: readonly Contradiction[] = [
  {
    isIn: (command, _argument, { yes, write }) =>
      !['adopt', 'init'].includes(command) && yes === true && write !== true,
    message: '--yes works only with --write: preflight --write --yes',
  },
  {
    isIn: (_command, _argument, { json, format = 'json' }) => json === true && format !== 'json',
    message: '--json and --format cannot be used together; use one of them',
  },
  {
    isIn: (_command, _argument, { since, json, format = 'html' }) =>
      since !== undefined && (json === true || format !== 'html'),
    message: '--since works only with the HTML report: report --since FILE',
  },
  {
    isIn: (command, argument, { testAlert }) =>
      command === 'policy' && argument !== 'verify' && testAlert === true,
    message: '--test-alert is an option of verify: policy verify --test-alert',
  },
  {
    isIn: (command, argument, { deleteCredentials }) =>
      command === 'policy' && argument !== 'org-root-audit' && deleteCredentials === true,
    message:
      '--delete-credentials is an option of org-root-audit: policy org-root-audit --delete-credentials',
  },
  {
    isIn: (_command, _argument, { withoutMfa, withAccessKey }) =>
      withoutMfa === true && withAccessKey === true,
    message: '--without-mfa and --with-access-key cannot be used together; use one of them',
  },
];

/**
 * Rejects options that contradict each other, and files that do not exist or are not reports.
 *
 * @throws {UsageError} with the first contradiction
 */
export function refuseContradictions(command: string, argument: string, options: Options): void {
  const found = CONTRADICTIONS.find(({ isIn }) => isIn(command, argument, options));
  if (found) throw new UsageError(found.message);
  if (command === 'diff') checkFrom(options);
  if (command === 'explain') checkAddress(options);
  // Read here, too, before the SDK is loaded, which takes a second.
  if (options.since !== undefined) earlierReport(options.since);
  refuseUnknownRegion(options.region);
}

/** @throws {UsageError} with the Region that is meant */
export function refuseUnknownRegion(region: string | undefined): void {
  const meant = region === undefined ? undefined : meantRegion(region);
  if (meant !== undefined) throw new UsageError(`${region} is not a known Region; did you mean ${meant}?`);
}

function checkAddress({ from }: Options): void {
  if (from !== undefined && isIP(from) === 0) {
    throw new UsageError(`--from must be an IP address, such as 203.0.113.7; received "${from}"`);
  }
}

/** Checked here, before the CDK is loaded, which takes half a second. */
function checkFrom({ from = DEPLOYED }: Options): void {
  if (from === DEPLOYED || existsSync(from) || isVersion(from)) return;
  throw new UsageError(
    `--from must be a version such as 1.0.0, a folder with templates, a .tar.gz of one, a .tgz of the package, or ${DEPLOYED}; received "${from}", which is neither a version nor an existing path`,
  );
}
