import { anomalyDetectionElsewhere } from './billing';
import { dayZeroNotListed } from './day-zero';
import { duplicates } from './duplicates';
import { existingTrail, longPatterns } from './existing-trail';
import { administratorsAsViewers, takenGroupName } from './people';
import { type Related, related } from './related';

/** Each returns the errors that it finds between options. */
const RULES: readonly ((options: Related) => string[])[] = [
  duplicates,
  administratorsAsViewers,
  takenGroupName,
  anomalyDetectionElsewhere,
  existingTrail,
  longPatterns,
  dayZeroNotListed,
];

/** Errors between options, looked for even where an option has an error of its own. */
export function contradictions(written: unknown): string[] {
  const { data } = related.safeParse(written);
  return data ? RULES.flatMap((rule) => rule(data)) : [];
}
