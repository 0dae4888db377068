import type { CloudTrailEvent } from '../../../emulator/metric-filters';
import type { Call } from './record';

/** What somebody or something in the company does, again and again. */
export interface Habit {
  /** Who does what, as the table of docs/noise.md names it. */
  readonly title: string;
  /** Its records of the week. Their order does not matter, and they need no IDs. */
  readonly records: () => CloudTrailEvent[];
}

/** The days of the week, from Monday, November 23, 2026. */
export const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
export type Day = (typeof DAYS)[number];

export const WORKDAYS = DAYS.slice(0, 5);

const START = Date.UTC(2026, 10, 23);
const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];

/** A moment of the week in milliseconds; `time` such as 09:40, UTC. */
export function at(day: Day, time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return START + DAYS.indexOf(day) * DAY + hours * HOUR + minutes * MINUTE;
}

/** Makes the calls one after the other, the first at `start`, each next one some seconds later. */
export function inTurn(start: number, seconds: number, calls: readonly Call[]): CloudTrailEvent[] {
  return calls.map((one, index) => ({
    ...one(textOf(start)),
    eventTime: textOf(start + index * seconds * 1000),
  }));
}

/** The same at the same time of several days. */
export function daily(
  days: readonly Day[],
  time: string,
  seconds: number,
  callsOf: (day: Day) => readonly Call[],
): CloudTrailEvent[] {
  return days.flatMap((day) => inTurn(at(day, time), seconds, callsOf(day)));
}

/**
 * Something every few minutes, day and night.
 *
 * @param every minutes between two
 * @param offset minutes after midnight of the first one
 */
export function regularly(
  every: number,
  offset: number,
  seconds: number,
  callsOf: (index: number) => readonly Call[],
): CloudTrailEvent[] {
  const count = Math.ceil((7 * 24 * 60 - offset) / every);
  return Array.from({ length: count }, (_, index) =>
    inTurn(START + (offset + index * every) * MINUTE, seconds, callsOf(index)),
  ).flat();
}

/** CloudTrail's times have no fractions of a second. */
const textOf = (time: number) => new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
