/** Source of the events that the daily check puts on the account's default event bus. */
export const CHECK_SOURCE = 'account-baseline.settings';

/** Detail type of these events. */
export const CHECK_DETAIL_TYPE = 'Account Setting Check';

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
