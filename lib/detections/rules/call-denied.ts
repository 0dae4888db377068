import { STOP_THE_CALLER } from '../containment';
import type { DocumentedDetection } from '../detection';
import { ATTEMPTS } from '../signals';

export const callDenied: DocumentedDetection = {
  id: 'CallDenied',
  signal: ATTEMPTS,
  weight: 10,
  controls: ['CIS 7.0 5.1', 'Security Hub CloudWatch.2'],
  pattern: '{($.errorCode="*UnauthorizedOperation") || ($.errorCode="AccessDenied*")}',
  why: 'Somebody is trying out a stolen key, or an application lacks a permission.',
  noise:
    'The console calls APIs that people have no permission for, AWS services check what they can access, and a new user without MFA is denied every page. A small account stays below 30 denied calls within five minutes; raise the threshold if yours does not. SensitiveCallDenied reports the first denied call of the kinds that intruders try.',
  firstMinutes: [
    'Check who was denied, and which calls.',
    'For an application, correct its permissions. For a person, ask them.',
  ],
  containment: [STOP_THE_CALLER],
};
