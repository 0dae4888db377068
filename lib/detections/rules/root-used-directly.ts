import type { DocumentedDetection } from '../detection';
import { allOf, DIRECTLY, ROOT_IS_IN } from '../patterns';
import { ROOT_USER } from '../signals';

export const rootUsedDirectly: DocumentedDetection = {
  id: 'RootUsedDirectly',
  signal: ROOT_USER,
  // More than RootUsed, which counts the same events: a message takes its title from the detection with the
  // highest weight.
  weight: 2,
  controls: ['CIS 7.0 5.3'],
  pattern: `{${allOf(
    '$.userIdentity.type="Root"',
    DIRECTLY,
    '$.eventType!="AwsServiceEvent"',
    '$.userIdentity.sessionContext.assumedRoot NOT EXISTS',
    '$.addendum.reason NOT EXISTS',
    ...ROOT_IS_IN,
  )}}`,
  why: 'Somebody uses root’s own credentials: a console sign-in that succeeded, or an access key. Central root sessions and late or corrected records do not count if the record identifies them as such; RootUsed counts those.',
  noise:
    'Only root-only tasks, which people should announce. Records of central sessions without `assumedRoot` count as direct use; AWS documents records with and without it.',
  firstMinutes: [
    'Ask your team who used root, and for what. The message says whether it was the console or an access key.',
    'Check the source address and whether MFA was used.',
    'If nobody used root, start containment immediately.',
  ],
  containment: [
    'Sign in as root (recover the password by e-mail if necessary) and change the password. This does not end open sessions.',
    'Delete every root access key and every MFA device that you do not recognize, then set up your own MFA device.',
    'Check the account’s e-mail address and phone number, then the other alarms of the last hour.',
    'If you cannot sign in as root, contact AWS at https://aws.amazon.com/contact-us/ about a “compromised account”.',
  ],
};
