import { calls, example, type Examples, parameters } from '../events/example';
import { ADMIN, INTRUDER } from '../events/fixtures';
import { ACCOUNT, call, denied } from '../events/record';

const KEY = { keyId: `arn:aws:kms:us-east-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab` };

export const examples: Examples = {
  matches: [
    example('an intruder may not', denied('kms', 'DisableKey', INTRUDER, parameters(KEY))),
    ...calls('kms', ADMIN, {
      DisableKey: KEY,
      ScheduleKeyDeletion: { ...KEY, pendingWindowInDays: 7 },
    }),
  ],
  nearMisses: [
    example('a key is enabled', call('kms', 'EnableKey', ADMIN, parameters(KEY))),
    example('a deletion is cancelled', call('kms', 'CancelKeyDeletion', ADMIN, parameters(KEY))),
    example('a key is no longer rotated', call('kms', 'DisableKeyRotation', ADMIN, parameters(KEY))),
  ],
};
