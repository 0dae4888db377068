import type { Profile } from '../../config/profiles';
import type { AccessPaths } from '../../explain/access-paths';
import type { Trend } from './trend';

/** Estimated monthly cost of the baseline, in USD. */
export interface Cost {
  /** In an idle account, in USD a month. */
  readonly idle: number;
  /** In a busy account, in USD a month. */
  readonly busy: number;
  /** The lines of the idle account, in USD a month. */
  readonly lines: readonly { readonly what: string; readonly usd: number }[];
}

/** What a report shows besides the findings. */
export interface Extras {
  /**
   * Profile of the configuration: some controls are met in one profile and not in another.
   * @default 'standard'
   */
  readonly profile?: Profile;
  /** Cost estimate. @default - not shown */
  readonly cost?: Cost;
  /** How requests are evaluated. @default - the access matrix alone is shown */
  readonly paths?: AccessPaths;
  /** How the account changed since an earlier report. @default - not shown */
  readonly trend?: Trend;
  /**
   * URL of the docs/ folder of this project, with a trailing slash.
   * @default - pages of docs/ are named, not linked
   */
  readonly docs?: string;
}
