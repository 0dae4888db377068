import { closest } from 'fastest-levenshtein';
import { z } from 'zod';
import { SEVERITIES } from '../../detections/detection';
import { DETECTIONS } from '../../detections/rules';
import { oneOf, section, wholeNumber } from '../../fields/basics';

const IDS = DETECTIONS.map((detection) => detection.id);

const PERIOD = 'must be a number of seconds: a multiple of 60 up to 86400';

const TUNING = "must be false, or an object such as { threshold: 50, period: 300, severity: 'high' }";

/** When an alarm triggers, and how urgent it is. */
export const alarm = z.object({
  threshold: wholeNumber('events', 1, 100_000),
  period: z
    .number({ error: PERIOD })
    // Metric filters publish once a minute, and an alarm evaluates at most one day.
    .refine((value) => value % 60 === 0 && value >= 60 && value <= 86_400, { error: PERIOD }),
  severity: oneOf(SEVERITIES),
});

const tuning = section(alarm.partial().shape, TUNING);

export const detections = z
  .record(
    z.string().refine((name) => IDS.includes(name), {
      error: ({ input }) => `is not a known detection; did you mean ${closest(String(input), IDS)}?`,
    }),
    z.union([z.literal(false), tuning], { error: TUNING }),
    { error: 'must be an object such as { CallDenied: { threshold: 100 }, ChangedByHand: false }' },
  )
  .refine((tunings) => IDS.some((id) => tunings[id] !== false), { error: 'must leave at least one on' })
  .default({});
