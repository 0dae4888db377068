import { z } from 'zod';
import { LOG_RETENTION_DAYS } from '../../audit/log-retention';
import { flag, section, wholeNumber } from '../../fields/basics';
import { trailName } from '../../fields/names';
import { matching } from '../../fields/text';

export const auditTrail = section({
  /**
   * Name of the trail that the baseline creates. If you change it, CloudFormation replaces the trail; the
   * logs are kept.
   * @default 'account-baseline'
   */
  trailName: trailName().optional(),
  /**
   * CloudWatch Logs log group of a trail that the account already has, in the home Region. The baseline then
   * creates no trail of its own, so that you do not pay for a second copy of the events.
   * @default - the baseline creates a trail
   */
  existingLogGroup: matching(
    /^[\w.\-/#]{1,512}$/,
    'must be the name of a log group: 1 to 512 of A-Z a-z 0-9 . - _ / #',
  ).optional(),
  /**
   * Days that CloudWatch Logs keeps the events.
   * @default 365
   */
  logGroupRetentionDays: z
    .literal([...LOG_RETENTION_DAYS], {
      error: `must be a retention period that CloudWatch Logs offers: ${LOG_RETENTION_DAYS.join(', ')}`,
    })
    .default(365),
  /**
   * Days after which log files expire. Expired, deleted and overwritten files can be recovered for the same
   * number of days again.
   * @default 2557 (seven years)
   */
  expireAfterDays: wholeNumber('days', 1, 36500).default(2557),
  /**
   * Logs who reads and writes S3 objects, in every bucket except those of the baseline. AWS bills each
   * request, and its copy in CloudWatch Logs. Denied requests count towards the detection CallDenied.
   * @default - depends on the profile: true in 'strict'
   */
  s3DataEvents: flag().optional(),
  /**
   * Keeps the buckets, the log group and the key when the stack is deleted. If you set it to false, empty
   * both buckets first: CloudFormation cannot delete a bucket that contains objects.
   * @default true
   */
  keepOnRemoval: flag().default(true),
}).prefault({});
