import type { Detection } from '../detection';
import { allOf, eventNameLike, SUCCEEDED } from '../patterns';
import { SIGN_IN } from '../signals';

export const mfaDeviceAdded: Detection = {
  id: 'MfaDeviceAdded',
  signal: SIGN_IN,
  controls: [],
  pattern: `{${allOf(
    SUCCEEDED,
    eventNameLike('EnableMFADevice', 'CreateVirtualMFADevice'),
    // RootCredentialsChanged reports root's.
    '$.userIdentity.type!="Root"',
  )}}`,
  why: 'A user has one more MFA device. An intruder who has a session can add a device to come back with MFA, even after the user’s own device is safe again.',
  noise:
    'Each new user sets up a device at the first sign-in; the message is the good news that they have done so. People replace their phones.',
  firstMinutes: [
    'Ask the owner of the user whether the device is theirs.',
    'Check in the event whether somebody added it for another user.',
  ],
  containment: [
    'Deactivate the device, change the password of the user, and end its sessions with a policy that denies everything.',
  ],
};
