/** Source of the events that the daily check puts on the account's default event bus. */
export const CHECK_SOURCE = 'account-baseline.settings';

/** Their detail type. */
export const CHECK_DETAIL_TYPE = 'Account Setting Check';

/** Their detail. Values are in the function's log only. */
export interface CheckDetail {
  /** Name of the setting, such as EbsEncryption. */
  readonly setting: string;
  /** Where; empty for a setting of the account, and where the check failed before it came to any. */
  readonly regions: readonly string[];
  /** Whether it had changed and was reapplied, or could not be checked or reapplied. */
  readonly outcome: 'reapplied' | 'failed';
}
