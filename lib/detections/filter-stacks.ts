import type { Detection } from './detection';
import { ATTEMPTS } from './signals';
import { tuned, type Tunings } from './tuning';

/**
 * The stacks with metric filters. All filters together would not fit a template without a bucket: `Attempts`
 * has those of what is normal once and counts only in numbers, `Detections` the others.
 */
export const FILTER_STACKS = ['Detections', 'Attempts'] as const;

/** A stack with metric filters. */
export type FilterStack = (typeof FILTER_STACKS)[number];

/** Returns what a stack detects, as the configuration tunes it. */
export function detectionsOf(stack: FilterStack, tunings: Tunings): Detection[] {
  return tuned(tunings).filter(({ signal }) => (signal.id === ATTEMPTS.id) === (stack === 'Attempts'));
}
