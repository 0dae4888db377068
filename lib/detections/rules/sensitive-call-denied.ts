import { STOP_THE_CALLER } from '../containment';
import type { DocumentedDetection } from '../detection';
import { allOf, anyOf, eventNameLike, WRITES } from '../patterns';
import { ATTEMPTS } from '../signals';

export const sensitiveCallDenied: DocumentedDetection = {
  id: 'SensitiveCallDenied',
  signal: ATTEMPTS,
  weight: 300,
  controls: ['CIS 7.0 5.1'],
  pattern: `{${allOf(
    anyOf('$.errorCode="*UnauthorizedOperation"', '$.errorCode="AccessDenied*"'),
    WRITES,
    anyOf(
      eventNameLike(
        'StopLogging',
        '*Trail',
        'PutEventSelectors',
        'DisableKey',
        'ScheduleKeyDeletion',
        'CreateAccessKey',
        'CreateUser',
        '*LoginProfile',
        'LeaveOrganization',
        'CloseAccount',
      ),
      '$.requestParameters.*="*${Prefix}-*"',
    ),
  )}}`,
  why: 'Somebody was denied a call that disables the trail or a key, creates access for an intruder, takes the account out of its organization or closes it, or changes the baseline. Few people make such calls without having permission.',
  noise:
    'Rare: an administrator who works without MFA, or a deployment role that lacks a permission. CallDenied counts all other denied calls.',
  firstMinutes: ['Ask the caller what the call was for.', 'Check the caller’s other calls: did one succeed?'],
  containment: [STOP_THE_CALLER],
};
