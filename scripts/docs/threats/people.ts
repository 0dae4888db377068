import { FIRST_SIGN_IN, STEPS } from '../access-rows/first-sign-in';
import { SUPPORT, VIEWER } from '../access-rows/people';
import { type Calls, WITHOUT_MFA } from './calls';
import { denial, detects, permission, test } from './tests';
import { type Position, prevented, seen, silent, type Threat } from './threat';

const FIRST_PASSWORDS = 'First-time passwords';

/** What an administrator is denied at a step of the first sign-in. */
function deniedAt(id: string, how: string): Threat[] {
  const index = STEPS.findIndex((step) => step.id === id);
  const heading = `first sign-in, ${STEPS[index]?.name ?? id}: an administrator may`;
  return FIRST_SIGN_IN.filter(({ may }) => may[index] === 'no').map(({ task }) =>
    prevented(task, how, denial(heading, task)),
  );
}

/** Users and sessions that have less than an administrator with MFA. */
export function people(calls: Calls): Position[] {
  return [
    {
      title: 'The password of an administrator, without the MFA device',
      means: 'Knows the password; the administrator has set up MFA.',
      threats: [
        prevented(
          'Use a session that began before the device was set up',
          'the MFA policy of the group denies everything but setting up MFA',
          test(
            'access/standard.slow',
            'of one action of each other service, an administrator without MFA may do none',
          ),
        ),
        seen(
          'Sign in while no device is asked for',
          'alarm Sign in without MFA; RootNotice',
          ...detects('SignInWithoutMfa', 'an administrator signs in with a password alone'),
          test('root-notice/root-notice', 'of a sign-in of an IAM user, these rules notify'),
        ),
        calls.seen('Set up a second device in a session without MFA', {
          service: 'iam',
          name: 'EnableMFADevice',
          by: WITHOUT_MFA,
          parameters: { userName: 'alice' },
        }),
        prevented(
          'Assume the support role, which trusts the account',
          'trust of the role needs MFA',
          denial('The support role', 'an administrator without MFA may assume the support role'),
        ),
        prevented(
          'Decrypt log files',
          'the MFA policy of the group',
          denial('The key', 'an administrator without MFA may decrypt log files'),
        ),
      ],
    },
    {
      title: 'The first-time password of an administrator',
      means: 'Reads or intercepts it before its owner signs in. What the session may do is the next table.',
      threats: [
        seen(
          'Sign in first, and set up a device of one’s own',
          'alarms Sign in without MFA and First MFA device added; the owner finds the password changed',
          ...detects('SignInWithoutMfa', 'an administrator signs in with a password alone'),
          ...detects('FirstMfaDeviceAdded', 'EnableMFADevice'),
        ),
        prevented(
          'Read it from a template or an output',
          'Secrets Manager generates it, and templates only refer to it',
          test(
            'e2e/baseline',
            'the deployment into a never-bootstrapped account',
            'keeps the first password in a secret that the printed command reads',
          ),
        ),
        prevented(
          'Read it as an administrator without MFA',
          'policy of the secret',
          denial(
            FIRST_PASSWORDS,
            'an administrator without MFA may read an administrator’s first-time password',
          ),
        ),
        prevented(
          'Read it as a role that may do everything',
          'policy of the secret',
          denial(
            FIRST_PASSWORDS,
            'a role that may do everything may read an administrator’s first-time password',
          ),
        ),
        prevented(
          'Read it as a role that is named like one of IAM Identity Center',
          'policy of the secret, by the path that only AWS can create',
          denial(
            FIRST_PASSWORDS,
            'a role that is named like one of IAM Identity Center may read an administrator’s first-time password',
          ),
        ),
        prevented(
          'Read it as a role whose session has CloudFormation’s name',
          'policy of the secret',
          denial(
            FIRST_PASSWORDS,
            'a role whose session is named like CloudFormation’s may read an administrator’s first-time password',
          ),
        ),
        calls.seenInTable('Read it as somebody who may', 'secretsmanager `GetSecretValue`'),
        prevented(
          'Bring it back by an update of the user',
          'updates change no user',
          test(
            'stacks/suite',
            'no update of the configuration touches a user: it would set the first password again',
          ),
        ),
      ],
    },
    {
      title: 'A session of an administrator without MFA',
      means: 'Has signed in with a password only, such as with the first-time password.',
      threats: deniedAt('newPassword', 'the MFA policy of the group'),
    },
    {
      title: 'An access key of an administrator',
      means: 'Has a long-term access key, found in a repository or on a laptop.',
      threats: [
        prevented(
          'Set up a device to get past MFA',
          'the MFA policy denies it to access keys',
          denial('first sign-in, Access key alone: an administrator may', 'Create a virtual device'),
          denial('first sign-in, Access key alone: an administrator may', 'Enrol or resync your own device'),
        ),
        ...deniedAt('accessKey', 'the MFA policy of the group').filter(
          ({ attack }) => !/device/i.test(attack),
        ),
        silent(
          'Get a session token without MFA, turn it into a console session, and set up a device there',
          'not provable here: IAM’s documentation says that it refuses calls with such a token; a step of `npm run live`',
        ),
      ],
    },
    {
      title: 'A billing viewer',
      means: 'Signs in with MFA, and may read bills.',
      threats: [
        ...VIEWER.filter(({ may }) => may === 'no').map(({ task }) =>
          prevented(task, 'no policy allows it', denial('a billing viewer with MFA may', task)),
        ),
        calls.seen('Take the name of another user’s virtual device', {
          service: 'iam',
          name: 'CreateVirtualMFADevice',
          by: { ...WITHOUT_MFA, userName: 'carol', arn: 'arn:aws:iam::123456789012:user/carol' },
          parameters: { virtualMFADeviceName: 'alice' },
        }),
      ],
    },
    {
      title: 'The support role',
      means: 'Has the role for cases with AWS Support.',
      threats: [
        ...SUPPORT.filter(({ may }) => may === 'no').map(({ task }) =>
          prevented(task, 'the role has AWSSupportAccess only', denial('the support role may', task)),
        ),
        prevented(
          'Publish to the recipients',
          'no policy allows it',
          denial('Topics', 'the support role may publish to NotificationsTopic'),
        ),
        silent(
          'Read the support cases of the account, and answer in its name',
          'it is what the role is for; only administrators with MFA can assume it',
          permission('the support role may', 'Open, read and answer support cases'),
        ),
      ],
    },
  ];
}
