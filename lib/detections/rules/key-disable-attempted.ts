import { eventNameIs } from '../patterns';
import { standardText } from '../standard-text';

export const keyDisableAttempted = standardText({
  id: 'KeyDisableAttempted',
  cis: '5.7',
  securityHub: 7,
  pattern: `{($.eventSource=kms.amazonaws.com) && (${eventNameIs('DisableKey', 'ScheduleKeyDeletion')})}`,
  success: 'KeyDisabled',
});
