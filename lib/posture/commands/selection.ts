import { closest } from 'fastest-levenshtein';
import type { Finding, Status } from '../finding';
import { CHECKS } from '../verify';
import { UsageError } from './exit-code';
import type { Options } from './options';

/** IDs of the checks that `verify` runs only on request. */
const ON_REQUEST = ['test-alert'];

/** The findings that --check, --severity, and --status select. Without them, all. */
export function selected(
  { check, severity, status }: Options,
  findings: readonly Finding[],
): readonly Finding[] {
  return findings.filter(
    (finding) =>
      (check?.includes(finding.check) ?? true) &&
      (severity?.includes(finding.severity) ?? true) &&
      (status?.includes(finding.status) ?? true),
  );
}

/** Whether a result of this kind fails the command. */
export function fails({ failOn = [] }: Options, status: Status): boolean {
  return status === 'fail' || failOn.includes(status);
}

/**
 * Refuses checks that do not exist: selecting nothing would look as if nothing were wrong.
 *
 * @throws {UsageError} with the closest name
 */
export function refuseUnknownChecks({ check = [] }: Options): void {
  const known = [...CHECKS.map(({ topic }) => topic.check), ...ON_REQUEST];
  const wrong = check.find((id) => !known.includes(id));
  if (wrong === undefined) return;
  throw new UsageError(`--check ${wrong} is not a check; did you mean ${closest(wrong, known)}?`);
}
