import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { alarm } from '../config/sections/detections';
import { list, wholeNumber } from '../fields/basics';
import { checkProps } from '../fields/check-props';
import { matching } from '../fields/text';
import type { Detection } from './detection';
import { DETECTIONS } from './rules';
import { signalOf } from './tuning';

/** Messages derive a title from the name, and find it in that of the metric filter. */
const name = matching(/^[A-Z][A-Za-z]*$/, 'must be a name in PascalCase, letters only');

const detection = alarm.partial().extend({
  id: name,
  signal: z.object(
    { ...alarm.shape, id: name, steps: list(z.string(), 'texts') },
    { error: 'must be an object' },
  ),
  weight: wholeNumber('units', 1, 100_000).optional(),
  pattern: matching(
    /^(?=.*\S)(?!.*\$\{(?!((Bucket)?Prefix|LogGroup|Bucket|Account)\})).{1,1024}$/s,
    'must be a pattern of 1 to 1024 characters, with documented placeholders only',
  ),
});

/** Returns what to detect: every detection of the baseline, unless others are given. */
export function checkedDetections(detections: readonly Detection[] = DETECTIONS): readonly Detection[] {
  checkProps(
    { detections: list(detection, 'detections').min(1, { error: 'must name at least one' }) },
    { detections },
  );
  const signals = new Map(detections.map(signalOf).map((one) => [one.id, one]));
  for (const one of detections.map(signalOf)) {
    // They share a metric and an alarm, which would follow only one of them.
    if (!isDeepStrictEqual(one, signals.get(one.id))) {
      throw new Error(`detections must not have different signals of one name, got two named "${one.id}"`);
    }
  }
  return detections;
}
