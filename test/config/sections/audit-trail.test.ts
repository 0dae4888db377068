import { LOG_RETENTION_DAYS } from '../../../lib/audit/log-retention';
import { accept, check, type Row } from '../rows';

const RETENTION =
  'auditTrail.logGroupRetentionDays: must be a retention period that CloudWatch Logs offers: ' +
  '1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653';

accept([
  ['an expiry after one day', { auditTrail: { expireAfterDays: 1 } }],
  ['an expiry after 36500 days', { auditTrail: { expireAfterDays: 36_500 } }],
  ...LOG_RETENTION_DAYS.map((days): [string, object] => [
    `a retention of ${days} days`,
    { auditTrail: { logGroupRetentionDays: days } },
  ]),
  ['a log group', { auditTrail: { existingLogGroup: '/aws/cloudtrail/ours_1.#-' } }],
]);

check([
  ['a retention of 2 days', { auditTrail: { logGroupRetentionDays: 2 } }, `${RETENTION}; received 2`],
  ...[0, 36_501, 2 ** 60].map((expireAfterDays): Row => [
    `an expiry after ${expireAfterDays} days`,
    { auditTrail: { expireAfterDays } },
    `auditTrail.expireAfterDays: must be a whole number of days from 1 to 36500; received ${expireAfterDays}`,
  ]),
  [
    'a log group with a colon',
    { auditTrail: { existingLogGroup: 'a:b' } },
    'auditTrail.existingLogGroup: must be the name of a log group: 1 to 512 of A-Z a-z 0-9 . - _ / #; received "a:b"',
  ],
]);
