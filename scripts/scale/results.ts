import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../bench/table';

/** Where the results are. */
export const RECORDED = join(__dirname, 'results.json');

/** What was measured of one case. */
export interface Case {
  readonly what: string;
  /** What ran: a command, or the function that explains alarms. */
  readonly of: 'command' | 'function';
  readonly seconds: number;
  /** CPU time, in seconds. */
  readonly cpu: number;
  /** Peak memory, in bytes. */
  readonly bytes: number;
}

/** A whole measurement. */
export interface Measurement {
  readonly date: string;
  readonly node: string;
  readonly processors: number;
  readonly cases: readonly Case[];
}

const MB = 1024 * 1024;

/** Of the function: its timeout less what it keeps to publish, and its memory. */
export const LIMITS = {
  command: { seconds: 60, bytes: 500 * MB },
  function: { seconds: 45, bytes: 256 * MB },
} as const;

/** How much more than recorded is worse, and not only another run, machine, or Node.js. */
export const TOLERANCE = { bytes: 1.3, cpu: 3 } as const;

export function recorded(): Measurement {
  return JSON.parse(readFileSync(RECORDED, 'utf8')) as Measurement;
}

/**
 * The results of a case, compared with the limits.
 *
 * @param check whether its memory and CPU time are compared with the recorded ones, too
 * @throws {Error} if it is checked, and was never recorded
 */
export function results({ what, of, seconds, cpu, bytes }: Case, check: boolean): Result[] {
  const limit = (value: number) => ({ name: 'limit of ours', value });
  return [
    { what, unit: 's', measured: seconds, against: limit(LIMITS[of].seconds), budget: 1 },
    {
      what: '  its CPU time',
      unit: 's',
      measured: cpu,
      against: limit(LIMITS[of].seconds),
      budget: 1,
      informative: true,
    },
    {
      what: '  its peak memory',
      unit: 'bytes',
      measured: bytes,
      against: limit(LIMITS[of].bytes),
      budget: 1,
    },
    ...(check ? comparedWith(recordedOf(what), { cpu, bytes }) : []),
  ];
}

/** Wall time is not compared: it depends on what else the machine does. */
function comparedWith(before: Case, { cpu, bytes }: Pick<Case, 'cpu' | 'bytes'>): Result[] {
  const against = (value: number) => ({ name: 'recorded', value });
  return [
    {
      what: '  its CPU time',
      unit: 's',
      measured: cpu,
      against: against(before.cpu),
      budget: TOLERANCE.cpu,
    },
    {
      what: '  its peak memory',
      unit: 'bytes',
      measured: bytes,
      against: against(before.bytes),
      budget: TOLERANCE.bytes,
    },
  ];
}

function recordedOf(what: string): Case {
  const found = recorded().cases.find((one) => one.what === what);
  if (!found) throw new Error(`${what} was not measured before: npm run scale`);
  return found;
}
