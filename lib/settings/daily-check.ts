/**
 * Source of the events that the daily check puts on the account's default event bus. The detail type is the
 * name of the setting: a pattern can limit it to known names, while a list in the detail can have any text
 * beside them.
 */
export const CHECK_SOURCE = 'account-baseline.settings';

/** Detail of these events. The values of settings are only in the function's log. */
export interface CheckDetail {
  /** Name of the setting, such as EbsEncryption. */
  readonly setting: string;
  /**
   * Affected Regions. Empty for an account-wide setting, or if the check failed before it reached a Region.
   */
  readonly regions: readonly string[];
  /** `reapplied` if the setting had changed, `failed` if it could not be checked or reapplied. */
  readonly outcome: 'reapplied' | 'failed';
}
