/** What the account costs a month, in USD. */
export interface Cost {
  /** Profile that was computed. */
  readonly profile: string;
  /** When nothing happens, in USD a month. */
  readonly idle: number;
  /** In a busy account, in USD a month. */
  readonly busy: number;
  /** The parts of it, in USD a month. */
  readonly lines: readonly { readonly what: string; readonly usd: number }[];
}

/** What a report shows beside the findings. */
export interface Extras {
  /** @default - the report says nothing of cost */
  readonly cost?: Cost;
  /**
   * Where people read the folder docs/ of this project, as an https URL with a slash at its end.
   * @default - pages of docs/ are named, not linked
   */
  readonly docs?: string;
}
