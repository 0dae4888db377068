import { STOP_THE_CALLER } from '../containment';
import type { Detection } from '../detection';
import { eventNameIs } from '../patterns';
import { SAFEGUARDS } from '../signals';

export const keyDisabled: Detection = {
  id: 'KeyDisabled',
  signal: SAFEGUARDS,
  controls: ['CIS 7.0 5.7', 'Security Hub CloudWatch.7'],
  pattern: `{($.eventSource=kms.amazonaws.com) && (${eventNameIs('DisableKey', 'ScheduleKeyDeletion')})}`,
  why: 'Data encrypted with the key cannot be read from now on, and is lost when the key is deleted. If it is the baseline’s own key, notifications and logs stop immediately.',
  noise: 'Removing an application’s stack schedules the deletion of its key. Rare.',
  firstMinutes: [
    'Ask the caller which data the key protects.',
    'If it is the baseline’s own key (alias account-baseline), alarms no longer work: cancel the deletion and enable the key first, ask later. Any other key cannot be used during the 7 to 30 days until its deletion, but its data is not lost yet.',
  ],
  containment: [
    STOP_THE_CALLER,
    'Cancel the deletion and enable the key: `aws kms cancel-key-deletion`, `aws kms enable-key`.',
  ],
};
