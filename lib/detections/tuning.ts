import { type Detection, DETECTIONS, type Signal, SIGNALS } from './detections';
import { titleOf } from './title';

/** What the configuration wants of detections, by id. */
type Wishes = Readonly<
  Record<string, false | { readonly [K in 'threshold' | 'period' | 'severity']?: Detection[K] }>
>;

/** The detections of the catalogue as the configuration wants them. */
export function tuned(wishes: Wishes): Detection[] {
  return DETECTIONS.flatMap((detection) => {
    const wish = wishes[detection.id];
    return wish === false ? [] : [{ ...detection, ...wish }];
  });
}

/**
 * The signal of a detection; one of its own when it is tuned.
 *
 * @throws {Error} if the catalogue lacks the signal
 */
export function signalOf(detection: Detection): Signal {
  const signal = SIGNALS.find(({ id }) => id === detection.signal);
  if (!signal)
    throw new Error(`signal of ${detection.id} must be one of the catalogue, got ${detection.signal}`);
  const ownThreshold = Math.ceil(signal.threshold / (detection.weight ?? 1));
  const { threshold = ownThreshold, period = signal.period, severity = signal.severity } = detection;
  const isTuned = threshold !== ownThreshold || period !== signal.period || severity !== signal.severity;
  return isTuned
    ? { ...signal, threshold, period, severity, id: detection.id, title: titleOf(detection.id) }
    : signal;
}

/** The pattern of a detection with the names that it speaks of. */
export function patternOf(
  { pattern }: Detection,
  names: { readonly stack: string; readonly logGroup: string; readonly bucket?: string },
): string {
  return (
    pattern
      .replaceAll('${Stack}', names.stack)
      .replaceAll('${LogGroup}', names.logGroup)
      // Without a bucket of its own there is none to speak of; - is the name of none.
      .replaceAll('${Bucket}', names.bucket ?? '-')
  );
}

/** Namespace of the metrics. */
export const METRIC_NAMESPACE = 'Baseline';

/** The metric of a detection and what an event adds to it. With an alarm of its own it counts events. */
export function metricOf(detection: Detection): {
  readonly metricName: string;
  readonly metricValue: string;
} {
  const { id } = signalOf(detection);
  return { metricName: id, metricValue: String(id === detection.id ? 1 : (detection.weight ?? 1)) };
}

/** What an alarm compares. Any role may publish to a metric, and a negative value would hide an event from a sum. */
export function statisticOf({ threshold }: Signal): 'Maximum' | 'Sum' {
  return threshold === 1 ? 'Maximum' : 'Sum';
}
