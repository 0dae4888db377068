import { configuredDetections, type DetectionOptions } from './configured';
import type { Detection } from './detection';
import { ATTEMPTS } from './signals';

/**
 * The stacks with metric filters. All filters together would not fit a template without a bucket: `Attempts`
 * has those of events that are normal once and matter only in numbers; `Detections` has the others.
 */
export const FILTER_STACKS = ['Detections', 'Attempts'] as const;

/** A stack with metric filters. */
export type FilterStack = (typeof FILTER_STACKS)[number];

/** Returns what a stack detects of what a configuration asks for. */
export function detectionsOf(stack: FilterStack, config: DetectionOptions): Detection[] {
  return configuredDetections(config).filter(
    ({ signal }) => (signal.id === ATTEMPTS.id) === (stack === 'Attempts'),
  );
}
