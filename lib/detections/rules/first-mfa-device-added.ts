import { STOP_THE_CALLER } from '../containment';
import type { DocumentedDetection } from '../detection';
import { allOf, eventNameLike, SUCCEEDED } from '../patterns';
import { SIGN_IN } from '../signals';

export const firstMfaDeviceAdded: DocumentedDetection = {
  id: 'FirstMfaDeviceAdded',
  signal: SIGN_IN,
  controls: [],
  // A pattern cannot know which devices the user has. An IAM user in a session without MFA may only set up
  // MFA, so this is nearly always the first device. Sessions of roles never show MFA.
  pattern: `{${allOf(
    SUCCEEDED,
    eventNameLike('EnableMFADevice', 'CreateVirtualMFADevice'),
    '$.userIdentity.type="IAMUser"',
    '$.userIdentity.sessionContext.attributes.mfaAuthenticated="false"',
  )}}`,
  why: 'Usually good news: a new user signed in with the first-time password only, and set up MFA. It is bad news if the user already had a device, or if somebody else used the password first.',
  noise: 'Expect it once for each new user, with two events: the device is created, then enabled.',
  firstMinutes: [
    'Ask the user, by telephone or in person, whether they have just set up MFA.',
    'If it is a new user and it was them, you are done.',
  ],
  containment: [STOP_THE_CALLER, 'Deactivate the device, reset the password, and start over with the user.'],
};
