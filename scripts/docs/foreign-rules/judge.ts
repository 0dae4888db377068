import { matcher } from '../../../emulator/filter-pattern';
import { DETECTIONS } from '../../../lib/detections/rules';
import { patternOf, signalOf } from '../../../lib/detections/tuning';
import { ACCOUNT, eventOf } from './events';

const FILTERS = DETECTIONS.filter(({ needs }) => needs === undefined).map((detection) => ({
  id: detection.id,
  isFirst: (detection.weight ?? 1) >= signalOf(detection).threshold,
  counts: matcher(
    patternOf(detection, {
      prefix: 'AccountBaseline',
      logGroup: 'AccountBaseline-Audit-Log',
      bucket: 'accountbaseline-audit-log',
      account: ACCOUNT,
    }),
  ),
}));

/** What the filters make of one event. */
export interface Judgement {
  /** IDs of detections whose alarm triggers at the first such event. */
  readonly triggered: readonly string[];
  /** IDs of detections that count it, and whose alarm triggers in numbers. */
  readonly counted: readonly string[];
}

/** Evaluates an event, by its key, with the filters of an account without an organization. */
export function judge(key: string): Judgement {
  const text = JSON.stringify(eventOf(key));
  const counting = FILTERS.filter(({ counts }) => counts(text));
  return {
    triggered: counting.flatMap(({ id, isFirst }) => (isFirst ? id : [])),
    counted: counting.flatMap(({ id, isFirst }) => (isFirst ? [] : id)),
  };
}
