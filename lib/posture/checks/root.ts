import { check, consoleLink, day, daysBetween, fail, given, manual, pass, unknown } from './check';

/** Days after which a use of root is no longer reported. */
const RECENT_DAYS = 30;

export const ROOT_CHECKS = [
  check(
    {
      check: 'root-mfa',
      title: 'Root has an MFA device',
      problem: 'Root has no MFA device',
      area: 'root',
      severity: 'critical',
      controls: ['CIS 2.5', 'SSB ACCT.02', 'SSB ACCT.05'],
    },
    (snapshot) =>
      given({ summary: snapshot.summary }, ({ summary }) =>
        summary['AccountMFAEnabled'] === 1
          ? pass('Root has an MFA device.')
          : fail('Root has no MFA device: the password alone gives full access.', {
              text: 'Sign in as root and register two passkeys or security keys.',
              link: consoleLink(snapshot, 'iam/home#/security_credentials'),
            }),
      ),
  ),
  check(
    {
      check: 'root-access-keys',
      title: 'Root has no access keys',
      problem: 'Root has access keys',
      area: 'root',
      severity: 'critical',
      controls: ['CIS 2.4', 'FSBP IAM.4', 'SSB ACCT.02'],
    },
    (snapshot) =>
      given({ summary: snapshot.summary }, ({ summary }) =>
        summary['AccountAccessKeysPresent'] === 0
          ? pass('Root has no access keys.')
          : fail('Root has access keys: anyone who has one has full access, without MFA.', {
              text: 'Sign in as root and delete them. Use roles for programs.',
              link: consoleLink(snapshot, 'iam/home#/security_credentials'),
            }),
      ),
  ),
  check(
    {
      check: 'root-unused',
      title: 'Root was not used recently',
      problem: 'Root was used recently',
      area: 'root',
      severity: 'medium',
      controls: ['CIS 2.7', 'SSB ACCT.02'],
    },
    (snapshot) =>
      given({ credentials: snapshot.credentials }, ({ credentials }) => {
        const root = credentials.find(({ user }) => user === '<root_account>');
        if (!root) return unknown('The IAM credential report has no entry for root.');
        const used = root.passwordLastUsed;
        if (!used) return pass('IAM has no record of a root sign-in.');
        if (daysBetween(used, snapshot.at) >= RECENT_DAYS)
          return pass(`Root last signed in on ${day(used)}.`);
        return manual(`Root signed in on ${day(used)}.`, {
          text: 'Check that it was planned: few tasks need root. The notification of that day shows what was done.',
          link: 'docs/runbooks/root-user-tasks.md',
        });
      }),
  ),
];
