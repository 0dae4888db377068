import type { Proven } from './tests';
import type { Happening } from '../silencing/ways';

/**
 * What happens to an attack: it fails, somebody is notified within minutes, or neither. What succeeds and is
 * noticed later, such as by the absent summary, is silent.
 */
export type Outcome = 'prevented' | 'seen' | 'silent';

/** An attack from one position. */
export interface Threat {
  /** What is tried, in the imperative. */
  readonly attack: string;
  readonly outcome: Outcome;
  /** What prevents it, who reports it, or why nobody does, as a phrase. */
  readonly how: string;
  /** Tests that show it. Only a silent attack can be without one. */
  readonly shownBy: readonly Proven[];
  /**
   * The call, if the outcome is what filters and event rules say to it.
   * @default - other tests show the outcome
   */
  readonly happening?: Happening;
}

/** Where an attacker is. */
export interface Position {
  readonly title: string;
  /** What the attacker has, in one sentence. */
  readonly means: string;
  readonly threats: readonly Threat[];
}

const ofOutcome =
  (outcome: Outcome) =>
  (attack: string, how: string, ...shownBy: readonly Proven[]): Threat => ({ attack, outcome, how, shownBy });

export const prevented = ofOutcome('prevented');
export const seen = ofOutcome('seen');
export const silent = ofOutcome('silent');
