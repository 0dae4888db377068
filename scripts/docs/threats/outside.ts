import { denial, detects, test } from './tests';
import { type Position, prevented, seen, silent } from './threat';

const TIMING = 'detections/alarm-timing';
const NOTICE = 'root-notice/root-notice';
const FILTERS = 'detections/deployed-filters';

/** Who has no credentials. */
export const OUTSIDE: readonly Position[] = [
  {
    title: 'Outside, with an address or a name only',
    means: 'Knows the e-mail address of root or the name of a user, and the number of the account.',
    threats: [
      seen(
        'Guess the password of root for a day',
        'alarms RootAttempts and Attempts, one message each',
        test(TIMING, 'a day of failed root sign-ins sends one message of them, and one of their number'),
      ),
      seen(
        'Ask for a recovery of the password of root',
        'alarm Root access attempted',
        ...detects('RootAccessAttempted', 'somebody requests a new password'),
      ),
      seen(
        'Hide a takeover of root behind an hour of failed sign-ins and recovery requests',
        'attempts have alarms of their own, so that successes are reported in time',
        test(
          TIMING,
          'a takeover of root is told at once after an hour of failed sign-ins and recovery requests',
        ),
      ),
      seen(
        'Reset the password of root through its mailbox',
        'alarm Root credentials changed; RootNotice',
        ...detects('RootCredentialsChanged', 'PasswordRecoveryCompleted'),
        test(NOTICE, 'of a completed recovery of root, these rules notify'),
      ),
      seen(
        'Change the e-mail address of root',
        'alarm Root credentials changed; RootNotice',
        ...detects('RootCredentialsChanged', 'EmailUpdated'),
        test(NOTICE, 'of a new e-mail address of root, these rules notify'),
      ),
      seen(
        'Sign in as root with the right password',
        'alarm Root used directly; RootNotice',
        test('e2e/messages', 'a root sign-in becomes a message that says what happened and what to do'),
        test('e2e/root-notice', 'of a root sign-in, an active address receives what AWS writes'),
      ),
      seen(
        'Guess the password of a user, five times in five minutes',
        'alarm Attempts',
        test(FILTERS, 'a burst', 'of 5 failed sign-ins triggers the alarm'),
      ),
      silent(
        'Guess the password of a user, four times in five minutes',
        'people mistype; the password policy and MFA have to hold',
        test(FILTERS, 'a burst', 'of 4 failed sign-ins does not'),
        test(FILTERS, 'a burst', 'triggers it only within one period'),
      ),
      prevented(
        'Hold the alarm of root in ALARM with failed sign-ins of a break-glass user',
        'failed sign-ins do not count for it',
        test(
          'detections/break-glass-used',
          'a failed sign-in does not: anyone who knows the name could hold the alarm of root on with it',
        ),
      ),
      silent(
        'Unsubscribe a recipient by the link in a forwarded message',
        'SNS puts the link into each mail; the weekly summary stays away, and `verify` finds it',
        test('watchdog/silencing', 'verify finds what the table says'),
      ),
    ],
  },
  {
    title: 'Another account, or a service in its name',
    means: 'Has every permission in an account of its own.',
    threats: [
      prevented(
        'Assume the support role',
        'trust of the role',
        denial(
          'The support role',
          'an administrator of another account, with MFA may assume the support role',
        ),
      ),
      prevented(
        'Let a trail of the same name write into the log bucket',
        'bucket policy, by the ARN of the trail',
        denial('Buckets', 'CloudTrail for a trail of this name in another account may write a log file'),
      ),
      prevented(
        'Read or delete log files',
        'bucket policy grants nothing',
        denial('Buckets', 'an administrator of another account may read or delete a log file'),
      ),
      prevented(
        'Encrypt with the key through a trail of the same name',
        'key policy, by the ARN of the trail',
        denial('The key', 'CloudTrail for a trail of this name in another account may encrypt log files'),
      ),
      prevented(
        'Send a forged alarm to the topic of alarms',
        'topic policy, by account and ARN',
        denial(
          'Topics',
          'CloudWatch for an alarm of the stack Alarms in another account may publish to NotificationsAlarmTopic',
        ),
      ),
      prevented(
        'Send a forged notice of a rule of the same name to the recipients',
        'topic policy, by the ARN of the rule',
        denial(
          'Topics',
          'EventBridge for a rule of this name in another account may publish to NotificationsTopic',
        ),
      ),
      prevented(
        'Subscribe to the topic of the recipients',
        'topic policy grants nothing',
        denial(
          'Topics',
          'an administrator of another account may subscribe to NotificationsTopic, open it, or read who may publish',
        ),
      ),
      prevented(
        'Read a first-time password',
        'policy of the secret',
        denial(
          'First-time passwords',
          'an administrator of another account may read an administrator’s first-time password',
        ),
      ),
    ],
  },
];
