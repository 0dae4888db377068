import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { matcher } from '../../../emulator/filter-pattern';
import type { CloudTrailEvent } from '../../../emulator/metric-filters';
import type { Detection } from '../../../lib/detections/detection';
import { DETECTIONS } from '../../../lib/detections/rules';
import { SUCCEEDED } from '../../../lib/detections/patterns';
import { patternOf, signalOf } from '../../../lib/detections/tuning';
import { TECHNIQUES, type Treatment } from './techniques';

/** The account of the recordings. */
const ACCOUNT = '123456789012';

/** A technique and its records. */
interface Recording {
  /** Such as `defense-evasion.cloudtrail-stop`. */
  readonly technique: string;
  readonly treatment: Treatment;
  /** In the order of their time. */
  readonly events: readonly CloudTrailEvent[];
}

/** What the filters make of a recording. */
export interface Judgement extends Recording {
  /** Detections whose own events in the recording trigger their alarm. */
  readonly triggered: readonly Detection[];
  /** Numbers of the CIS controls whose filters alone would trigger, at the first event. */
  readonly cis: readonly string[];
}

type Grouped = Readonly<Record<string, unknown>> & { readonly eventTimes: readonly string[] };

const NAMES = { prefix: 'AccountBaseline', logGroup: 'AccountBaseline-Audit-Log', account: ACCOUNT };

/** The recordings, in the order of their names. */
function recordings(): Recording[] {
  return Object.entries(TECHNIQUES).map(([technique, treatment]) => {
    const groups = JSON.parse(readFileSync(join(__dirname, `${technique}.json`), 'utf8')) as Grouped[];
    const events = groups.flatMap(({ eventTimes, ...fields }) =>
      eventTimes.map((eventTime) => ({ eventTime, ...fields })),
    );
    return { technique, treatment, events: events.sort((one, other) => timeOf(one) - timeOf(other)) };
  });
}

/** Evaluates every recording with the patterns of all detections, and with those of CIS alone. */
export function judgements(): Judgement[] {
  const filters = DETECTIONS.map((detection) => ({
    detection,
    counts: matcher(patternOf(detection, NAMES)),
  }));
  const cis = cisFilters();
  return recordings().map((recording) => ({
    ...recording,
    triggered: filters
      .filter(({ detection, counts }) => triggers(detection, recording.events.filter(counts)))
      .map(({ detection }) => detection),
    cis: cis.filter(({ counts }) => recording.events.some(counts)).map(({ control }) => control),
  }));
}

/** Whether these events alone trigger the alarm, in some window of its period. */
function triggers(detection: Detection, events: readonly CloudTrailEvent[]): boolean {
  const { threshold, period } = signalOf(detection);
  return events.some((first) => {
    const window = events.filter(
      (event) => timeOf(event) >= timeOf(first) && timeOf(event) < timeOf(first) + period * 1000,
    );
    return window.length * (detection.weight ?? 1) >= threshold;
  });
}

/**
 * The fifteen filters of CIS 7.0, as Security Hub and prowler ask for them: successes and failures, each at
 * the first event. Security Hub has no text for the last, changes of the organization.
 */
function cisFilters() {
  const literal = DETECTIONS.filter(({ controls }) => controls.some((one) => one.startsWith('Security Hub')));
  const organization = DETECTIONS.filter(({ controls }) => controls.includes('CIS 7.0 5.15'));
  return [...literal, ...organization].map(({ controls, pattern }) => ({
    control: controls.find((one) => one.startsWith('CIS'))?.replace('CIS 7.0 ', '') ?? '',
    counts: matcher(pattern.replace(` && ${SUCCEEDED}`, '')),
  }));
}

function timeOf({ eventTime }: CloudTrailEvent): number {
  return Date.parse(String(eventTime));
}
