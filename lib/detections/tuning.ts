import type { Detection, Signal } from './detection';
import { DETECTIONS } from './rules';
import { titleOf } from './title';

/** Tuning of detections in the configuration, by ID; false disables a detection. */
type Tunings = Readonly<
  Record<string, false | { readonly [K in 'threshold' | 'period' | 'severity']?: Detection[K] }>
>;

/** Returns the tuned detections, without disabled ones. */
export function tuned(tunings: Tunings): Detection[] {
  return DETECTIONS.flatMap((detection) => {
    const tuning = tunings[detection.id];
    return tuning === false ? [] : [{ ...detection, ...tuning }];
  });
}

/** Returns the signal of a detection. A tuned detection has its own signal. */
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
   * @default - none, because the baseline does not create the trail
   */
  readonly bucket?: string;
  /** ID of the account. */
  readonly account: string;
}

/** Returns the pattern of a detection with these names inserted. */
export function patternOf({ pattern }: Detection, names: PatternNames): string {
  return (
    pattern
      .replaceAll('${Prefix}', names.prefix)
      .replaceAll('${LogGroup}', names.logGroup)
      .replaceAll('${Account}', names.account)
      .replaceAll('${BucketPrefix}', names.prefix.toLowerCase())
      // No bucket can have the name "-", so the condition is never true.
      .replaceAll('${Bucket}', names.bucket ?? '-')
  );
}

/** CloudWatch namespace of the metrics. */
export const METRIC_NAMESPACE = 'Baseline';

/**
 * Returns the metric of a detection and the value that each event adds: 1 if the detection has its own alarm,
 * otherwise its weight.
 */
export function metricOf(detection: Detection): {
  readonly metricName: string;
  readonly metricValue: string;
} {
  const { id } = signalOf(detection);
  return { metricName: id, metricValue: String(id === detection.id ? 1 : (detection.weight ?? 1)) };
}

/**
 * Returns the statistic of a signal's alarm. Any role with permission to publish metrics could hide an event
 * from a sum with a negative value, so alarms that a single event triggers use the maximum.
 */
export function statisticOf({ threshold }: Signal): 'Maximum' | 'Sum' {
  return threshold === 1 ? 'Maximum' : 'Sum';
}

/**
 * Returns the description of a signal's alarm: severity and title, then a line for each step. The function
 * that explains alarms builds its message from this text.
 */
export function descriptionOf({ severity, title, steps }: Signal): string {
  return [`${severity.toUpperCase()}: ${title}`, ...steps].join('\n');
}
