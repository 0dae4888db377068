import { STOP_THE_CALLER } from '../containment';
import type { Detection } from '../detection';
import { ACTIVITY } from '../signals';

export const callDenied: Detection = {
  id: 'CallDenied',
  signal: ACTIVITY,
  weight: 10,
  controls: ['CIS 7.0 5.1', 'Security Hub CloudWatch.2'],
  pattern: '{($.errorCode="*UnauthorizedOperation") || ($.errorCode="AccessDenied*")}',
  why: 'Somebody is trying out a stolen key, or an application lacks a permission.',
  noise:
    'The console asks for more than people may see, AWS services look around, and every page is denied to a new user without MFA. A small account stays below thirty denied calls within five minutes; raise the threshold where yours does not.',
  firstMinutes: [
    'Check who was denied, and which calls.',
    'For an application, correct its permissions. For a person, ask them.',
  ],
  containment: [STOP_THE_CALLER],
};
