import type { DocumentedDetection } from '../detection';
import { allOf, anyOf, eventNameLike, SUCCEEDED } from '../patterns';
import { SIGN_IN } from '../signals';

export const mfaDeviceAdded: DocumentedDetection = {
  id: 'MfaDeviceAdded',
  signal: SIGN_IN,
  controls: [],
  pattern: `{${allOf(
    SUCCEEDED,
    eventNameLike('EnableMFADevice', 'CreateVirtualMFADevice'),
    // RootCredentialsChanged reports root's.
    '$.userIdentity.type!="Root"',
    // FirstMfaDeviceAdded reports these. Access keys have no session.
    anyOf(
      '$.userIdentity.type!="IAMUser"',
      '$.userIdentity.sessionContext.attributes.mfaAuthenticated NOT EXISTS',
      '$.userIdentity.sessionContext.attributes.mfaAuthenticated!="false"',
    ),
  )}}`,
  why: 'A user has an additional MFA device: somebody added one for themselves or for another user. An intruder who has a session can add a device to come back with MFA, even after the user has secured their own device.',
  noise: 'People replace their phones and add a spare key. FirstMfaDeviceAdded reports new users.',
  firstMinutes: [
    'Ask the person whose user it is whether the device is theirs.',
    'Check in the event whether somebody added it for another user.',
  ],
  containment: [
    'Deactivate the device, change the password of the user, and end its sessions with a policy that denies everything.',
  ],
};
