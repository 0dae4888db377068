import type fc from 'fast-check';

/** How AWS behaves where a setting is concerned: in the account, or in each Region. */
export interface Api<State> {
  readonly scope: 'account' | 'Region';
  /** Anything that it may be before the baseline sets it. */
  readonly states: fc.Arbitrary<State>;
  /** Whether the account is less safe than it was. */
  isWeaker(was: State, is: State): boolean;
  /** What each call answers, with the values that AWS fills in and leaves out, and does to the state. */
  readonly operations: Readonly<Record<string, (at: { state: State }, input: never) => object | undefined>>;
}
