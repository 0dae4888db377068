import type { Detection, Signal } from './detection';
import { DETECTIONS } from './rules';
import { titleOf } from './title';

/** What the configuration sets for detections, by id: false disables one. */
type Tunings = Readonly<
  Record<string, false | { readonly [K in 'threshold' | 'period' | 'severity']?: Detection[K] }>
>;

/** The detections as the configuration wants them: tuned, and without those that it disables. */
export function tuned(tunings: Tunings): Detection[] {
  return DETECTIONS.flatMap((detection) => {
    const tuning = tunings[detection.id];
    return tuning === false ? [] : [{ ...detection, ...tuning }];
  });
}

/** The signal of a detection; one of its own if the detection is tuned. */
export function signalOf(detection: Detection): Signal {
  const { signal } = detection;
  const ownThreshold = Math.ceil(signal.threshold / (detection.weight ?? 1));
  const { threshold = ownThreshold, period = signal.period, severity = signal.severity } = detection;
  const isTuned = threshold !== ownThreshold || period !== signal.period || severity !== signal.severity;
  return isTuned
    ? { ...signal, threshold, period, severity, id: detection.id, title: titleOf(detection.id) }
    : signal;
}

/** The names that a pattern can contain. */
export interface PatternNames {
  /** Prefix of the suite: the names of its stacks and of their resources begin with it and a hyphen. */
  readonly prefix: string;
  /** Name of the log group that the filters read. */
  readonly logGroup: string;
  /**
   * Name of the trail's bucket.
   * @default - the trail is not one of the baseline
   */
  readonly bucket?: string;
}

/** The pattern of a detection with these names in it, as CloudWatch Logs gets it. */
export function patternOf({ pattern }: Detection, names: PatternNames): string {
  return (
    pattern
      .replaceAll('${Prefix}', names.prefix)
      .replaceAll('${LogGroup}', names.logGroup)
      // No bucket has the name "-", so the condition is never true.
      .replaceAll('${Bucket}', names.bucket ?? '-')
  );
}

/** Namespace of the metrics. */
export const METRIC_NAMESPACE = 'Baseline';

/**
 * The metric of a detection and what an event adds to it. If the detection has its own alarm, each event adds
 * 1.
 */
export function metricOf(detection: Detection): {
  readonly metricName: string;
  readonly metricValue: string;
} {
  const { id } = signalOf(detection);
  return { metricName: id, metricValue: String(id === detection.id ? 1 : (detection.weight ?? 1)) };
}

/**
 * The statistic that the alarm of a signal compares. Any role can publish to a metric, and a negative value
 * would hide an event from a sum; so an alarm that one event triggers compares the maximum.
 */
export function statisticOf({ threshold }: Signal): 'Maximum' | 'Sum' {
  return threshold === 1 ? 'Maximum' : 'Sum';
}
