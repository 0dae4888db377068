import type { DocumentedDetection } from '../detection';
import { ATTEMPTS } from '../signals';

export const signInFailed: DocumentedDetection = {
  id: 'SignInFailed',
  signal: ATTEMPTS,
  weight: 60,
  controls: ['CIS 7.0 5.6', 'Security Hub CloudWatch.6'],
  pattern: '{($.eventName=ConsoleLogin) && ($.errorMessage="Failed authentication")}',
  why: 'Somebody is guessing a password. The pattern of the standards does not count user names that do not exist: their events have a different error message.',
  noise: 'A person mistypes a password once or twice; five times within five minutes is rare.',
  firstMinutes: [
    'Ask the person whose user it is.',
    'Look for a successful sign-in from the same source address.',
  ],
  containment: ['Change the password, and check that the user has MFA.'],
};
