import type { DocumentedDetection } from '../detection';
import { allOf, eventNameLike, SUCCEEDED } from '../patterns';
import { ROOT_CREDENTIALS } from '../signals';

export const rootCredentialsChanged: DocumentedDetection = {
  id: 'RootCredentialsChanged',
  signal: ROOT_CREDENTIALS,
  controls: [],
  // No condition on `invokedBy`, because the console makes some of these calls through signin.amazonaws.com.
  pattern: `{${allOf(
    '$.userIdentity.type="Root"',
    SUCCEEDED,
    // The sign-in pages report failures by this field alone.
    '$.errorMessage NOT EXISTS',
    eventNameLike(
      '*AccessKey',
      '*MFADevice',
      '*LoginProfile',
      '*SigningCertificate',
      'ChangePassword',
      'Password*',
      '*Email*',
      'CloseAccount',
      'SetAccountPreferences',
      'SetIAMAccessPreference',
    ),
    '$.eventName!="Get*"',
    // Anyone with the e-mail address can request a recovery: RootAccessAttempted.
    '$.eventName!="PasswordRecoveryRequested"',
  )}}`,
  why: 'A takeover shows in these events: access key, password, MFA, e-mail address, completed recovery, account closure, billing access. The usual root pattern misses the changes that the console makes on root’s behalf (`invokedBy` signin.amazonaws.com); this pattern counts them.',
  noise:
    'The first hours of an account, when root sets up MFA, sets the password and activates billing access. Never afterwards, unless planned. A central root session that deletes credentials also counts, and so do root’s changes to the e-mail identities of Amazon SES.',
  firstMinutes: [
    'Call the person who holds the root mailbox. Do not ask by e-mail: an intruder may read it.',
    'Compare the source address with those of your team.',
    'If nobody did it, start containment immediately.',
  ],
  containment: [
    'Recover the root password through the mailbox. If the mailbox was taken over, secure it first.',
    'Delete every root access key, every signing certificate, and every MFA device that you do not recognize.',
    'Check the e-mail address, phone number and alternate contacts.',
    'If you cannot sign in as root, contact AWS at https://aws.amazon.com/contact-us/ about a “compromised account”.',
  ],
};
