import { check, consoleLink, day, daysBetween, fail, given, manual, pass, unknown } from './check';

/** A use of root that is longer ago is history. */
const RECENT_DAYS = 30;

export const ROOT_CHECKS = [
  check(
    {
      check: 'root-mfa',
      title: 'Root signs in with MFA',
      area: 'root',
      severity: 'critical',
      controls: ['CIS 2.5', 'SSB ACCT.02', 'SSB ACCT.05'],
    },
    (snapshot) =>
      given({ summary: snapshot.summary }, ({ summary }) =>
        summary['AccountMFAEnabled'] === 1
          ? pass('Root has an MFA device.')
          : fail('Root has no MFA device: its password alone opens everything.', {
              text: 'Sign in as root and assign two devices, passkeys or security keys.',
              link: consoleLink(snapshot, 'iam/home#/security_credentials'),
            }),
      ),
  ),
  check(
    {
      check: 'root-access-keys',
      title: 'Root has no access keys',
      area: 'root',
      severity: 'critical',
      controls: ['CIS 2.4', 'FSBP IAM.4', 'SSB ACCT.02'],
    },
    (snapshot) =>
      given({ summary: snapshot.summary }, ({ summary }) =>
        summary['AccountAccessKeysPresent'] === 0
          ? pass('Root has no access keys.')
          : fail('Root has access keys: whoever holds one may do everything, without MFA.', {
              text: 'Sign in as root and delete them; programs use roles instead.',
              link: consoleLink(snapshot, 'iam/home#/security_credentials'),
            }),
      ),
  ),
  check(
    {
      check: 'root-unused',
      title: 'Nobody works as root',
      area: 'root',
      severity: 'medium',
      controls: ['CIS 2.7', 'SSB ACCT.02'],
    },
    (snapshot) =>
      given({ credentials: snapshot.credentials }, ({ credentials }) => {
        const root = credentials.find(({ user }) => user === '<root_account>');
        if (!root) return unknown('IAM’s credential report does not speak of root.');
        const used = root.passwordLastUsed;
        if (!used) return pass('IAM knows of no sign-in as root.');
        if (daysBetween(used, snapshot.at) >= RECENT_DAYS)
          return pass(`Root signed in last on ${day(used)}.`);
        return manual(`Root signed in on ${day(used)}.`, {
          text: 'Was it planned? Few tasks need root; the message of that day tells what was done.',
          link: 'docs/runbooks/root-user-tasks.md',
        });
      }),
  ),
];
