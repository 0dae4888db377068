import type { Detection, Severity } from '../../../lib/detections/detection';
import { DETECTIONS } from '../../../lib/detections/rules';
import { ATTEMPTS } from '../../../lib/detections/signals';
import { signalOf } from '../../../lib/detections/tuning';
import { week, type WeekRecord } from '../week';
import { type AlarmTiming, type Arrival, countsOf, type DeployedFilter, peakOf } from './alarm-timing';

/** What a detection does in the week. */
export interface Noise {
  readonly detection: Detection;
  readonly severity: Severity;
  /** The records that it counts. */
  readonly records: readonly WeekRecord[];
  /**
   * Notifications for which it is the main reason: in the period before, its events weigh most of those that
   * the alarm counts.
   */
  readonly messages: number;
}

/** The week as the alarms see it. */
export interface NoisyWeek {
  /** What each detection does, in the order of the runbook. */
  readonly noise: readonly Noise[];
  /** How near the alarm that many detections share comes to its threshold: 1 triggers it. */
  readonly attempts: number;
}

interface Counted extends Arrival {
  readonly record: WeekRecord;
  readonly filters: readonly DeployedFilter[];
}

/** Evaluates the week with these filters and alarms. */
export function noiseOf(timing: AlarmTiming, records: readonly WeekRecord[] = week()): NoisyWeek {
  const start = timeOf(records[0]);
  const counted = records.flatMap((record): Counted[] => {
    const filters = timing.matching(record.event);
    const at = (timeOf(record) - start) / 1000;
    return filters.length > 0 ? [{ record, at, filters, counts: countsOf(filters) }] : [];
  });
  const reasons = messageReasons(timing, counted);
  const shared = timing.alarms.find(({ metric }) => metric === ATTEMPTS.id);
  return {
    noise: DETECTIONS.map((detection) => ({
      detection,
      severity: signalOf(detection).severity,
      records: counted
        .filter(({ filters }) => filters.some((filter) => filter.detection === detection.id))
        .map(({ record }) => record),
      messages: reasons.filter((id) => id === detection.id).length,
    })),
    attempts: shared ? peakOf(shared, counted) / shared.threshold : 0,
  };
}

/** The detection behind each notification. */
function messageReasons(timing: AlarmTiming, counted: readonly Counted[]): string[] {
  return timing.messages(counted).map((message) => {
    const period = timing.alarms.find(({ metric }) => metric === message.metric)?.period ?? 0;
    const sums = new Map<string, number>();
    for (const { at, filters } of counted) {
      if (at < message.at - period || at >= message.at) continue;
      for (const { detection, metric, value } of filters) {
        if (metric === message.metric) sums.set(detection, (sums.get(detection) ?? 0) + value);
      }
    }
    const [[heaviest] = ['']] = [...sums].sort(([, one], [, other]) => other - one);
    return heaviest;
  });
}

const timeOf = (record: WeekRecord | undefined) => Date.parse(String(record?.event['eventTime']));
