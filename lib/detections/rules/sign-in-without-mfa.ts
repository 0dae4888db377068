import { STOP_THE_CALLER } from '../containment';
import type { DocumentedDetection } from '../detection';
import { SIGN_IN } from '../signals';

export const signInWithoutMfa: DocumentedDetection = {
  id: 'SignInWithoutMfa',
  signal: SIGN_IN,
  controls: ['CIS 7.0 5.2', 'Security Hub CloudWatch.3'],
  // Security Hub requires these spaces.
  pattern:
    '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }',
  why: 'An IAM user, possibly an administrator, signed in with a password only. The group’s policy allows such a session only to set up MFA.',
  noise:
    'Expect it once for each new user, who sets up MFA at the first sign-in. Sign-ins through IAM Identity Center and roles lack the field and do not count; RootUsed reports root sign-ins.',
  firstMinutes: ['If the user is new, ask whether they have set up MFA.', 'If not, ask whether it was them.'],
  containment: [STOP_THE_CALLER],
};
