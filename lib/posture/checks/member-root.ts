import { shell } from '../shell';
import { check, fail, given, inWords, pass, unknown } from './check';

/** What a root user can have, by the names of the IAM account summary, in words. */
const CREDENTIALS = {
  AccountPasswordPresent: 'a password',
  AccountAccessKeysPresent: 'access keys',
  AccountSigningCertificatesPresent: 'signing certificates',
} as const;

/** The check of a member whose root user is managed centrally. */
export const MEMBER_ROOT_CHECKS = [
  check(
    {
      check: 'root-credentials',
      title: 'Root has no credentials',
      problem: 'Root has credentials, although it is managed centrally',
      area: 'root',
      severity: 'high',
      controls: [],
    },
    ({ summary, caller }, { organization }) => {
      if (organization?.centralRoot !== true) return [];
      return given({ summary }, ({ summary: counts }) => {
        const missing = Object.keys(CREDENTIALS).filter((name) => counts[name] === undefined);
        if (missing.length > 0) return unknown(`IAM did not return ${missing.join(', ')}.`);
        const found = Object.entries(CREDENTIALS).flatMap(([name, what]) =>
          counts[name] === 0 ? [] : [what],
        );
        return found.length === 0
          ? pass('Root has no password, access keys or signing certificates.')
          : fail(
              `Root has ${inWords(found)}.`,
              {
                text: 'Check that nobody uses them, then delete them. The management account can do what only root can.',
                command: shell`npx aws-account-baseline org root-audit --delete-credentials --account ${caller.account}`,
              },
              counts['AccountAccessKeysPresent'] === 0 ? {} : { severity: 'critical' },
            );
      });
    },
  ),
];
