import { STOP_THE_CALLER } from '../containment';
import type { DocumentedDetection } from '../detection';
import { allOf, anyOf, DIRECTLY, eventNameLike, sourceIs, SUCCEEDED } from '../patterns';
import { SAFEGUARDS } from '../signals';

export const keyDisabled: DocumentedDetection = {
  id: 'KeyDisabled',
  signal: SAFEGUARDS,
  controls: ['CIS 7.0 5.7'],
  pattern: `{${allOf(
    SUCCEEDED,
    sourceIs('kms'),
    anyOf(
      eventNameLike('DisableKey', 'ScheduleKeyDeletion', '*KeyMaterial'),
      // AWS services revoke the grants that they created.
      allOf(DIRECTLY, eventNameLike('RevokeGrant', 'DeleteAlias', 'UpdateAlias')),
    ),
  )}}`,
  why: 'From now on, nobody can read data encrypted with the key, and the data is lost when the key is deleted. A revoked grant or a moved alias has the same effect for those who used it. Extortionists encrypt data with key material of their own, and then delete the material, which takes effect at once. If it is the baseline’s own key, notifications and logs stop immediately.',
  noise:
    'Rare: removing an application’s stack schedules the deletion of its key. Grants and aliases count only if they are changed manually.',
  firstMinutes: [
    'Ask the caller which data the key protects.',
    'If it is the baseline’s own key (alias account-baseline), alarms no longer work: cancel the deletion and enable the key first, and ask later. Any other key cannot be used during the 7 to 30 days until its deletion, but its data is not lost yet.',
  ],
  containment: [
    STOP_THE_CALLER,
    'Cancel the deletion and enable the key: `aws kms cancel-key-deletion`, `aws kms enable-key`. Restore a grant or an alias by redeploying the stack that owns it.',
  ],
};
