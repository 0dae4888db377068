import { z } from 'zod';
import { flag, section, wholeNumber } from '../../fields/basics';

export const passwordPolicy = section({
  /**
   * Minimum number of characters.
   * @default 15
   */
  minimumLength: wholeNumber('characters', 6, 128).default(15),
  /**
   * Requires an upper-case letter.
   * @default true
   */
  requireUppercase: flag().default(true),
  /**
   * Requires a lower-case letter.
   * @default true
   */
  requireLowercase: flag().default(true),
  /**
   * Requires a digit.
   * @default true
   */
  requireNumbers: flag().default(true),
  /**
   * Requires a symbol, such as `!` or `-`.
   * @default true
   */
  requireSymbols: flag().default(true),
  /**
   * Number of previous passwords that a user cannot reuse.
   * @default 24
   */
  passwordReusePrevention: wholeNumber('passwords', 1, 24).default(24),
  /**
   * Days after which a password expires.
   * @default - passwords do not expire, as NIST SP 800-63B recommends
   */
  expireAfterDays: wholeNumber('days', 1, 1095).optional(),
  /**
   * Allows the baseline to replace an existing policy with a weaker one.
   * @default false
   */
  allowWeaker: flag().default(false),
  /**
   * What happens to the policy when you delete the stack: 'restore' the previous policy or 'retain' this one.
   * @default 'restore'
   */
  onRemoval: z.enum(['restore', 'retain'], { error: "must be 'restore' or 'retain'" }).default('restore'),
}).prefault({});
