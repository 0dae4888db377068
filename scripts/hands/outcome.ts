import type { HandKind } from './hand';

/** A line of preflight, or findings of a check. */
export interface Said {
  /** Action of the line, or ID of the check. */
  readonly kind: string;
  readonly text: string;
  /** What to do. */
  readonly remedy?: string;
  /** Further ones of the kind. @default - none */
  readonly more?: number;
}

/** What came of a hand. */
export interface Outcome {
  readonly type: string;
  readonly hand: HandKind;
  /** What preflight said, and had not said before. */
  readonly preflight: readonly Said[];
  /** What verify failed, and had not failed before. */
  readonly verify: readonly Said[];
  /** What a deployment without change did, to all that were touched together. */
  readonly again: readonly string[];
  /** The status of the stack after a deployment that changes the resource, with the reason if it failed. */
  readonly change: string;
  /** The checks that still failed afterwards. */
  readonly open: readonly string[];
  /** What was not deleted, of all stacks. */
  readonly destroy: readonly string[];
  /** What preflight said about strangers after that. */
  readonly before: readonly string[];
  /** What a deployment after that could not do, in all stacks. */
  readonly after: readonly string[];
  /** The checks that still failed afterwards. */
  readonly openAfter: readonly string[];
  /** What was lost or gained that should not be, by any of those that were touched together. */
  readonly harm: readonly string[];
  /** The number of hands in the account. */
  readonly together: number;
}
