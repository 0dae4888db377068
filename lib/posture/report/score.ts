import type { Finding, Status } from '../finding';
import { groupBy } from './group-by';

/** What a check is worth. */
export const WEIGHTS: Readonly<Record<Finding['severity'], number>> = {
  critical: 10,
  high: 5,
  medium: 3,
  low: 1,
};

/** From the most severe to the least. */
export const SEVERITIES = [
  'critical',
  'high',
  'medium',
  'low',
] as const satisfies readonly (keyof typeof WEIGHTS)[];

/** The highest severity of findings; `low` without any. */
export function severest(findings: readonly Finding[]): Finding['severity'] {
  return SEVERITIES.find((severity) => findings.some((finding) => finding.severity === severity)) ?? 'low';
}

/** Points that were got, of those that there were. */
interface Points {
  readonly got: number;
  readonly of: number;
}

/** How well an account stands, and why. */
export interface Score extends Points {
  /** Whole percent, rounded down, so that 100 means everything; undefined without findings. */
  readonly percent?: number;
  /** The parts, in the order of the findings; they add up to the whole. */
  readonly areas: readonly (Points & { readonly area: Finding['area'] })[];
  /** Findings of each status. */
  readonly counts: Readonly<Record<Status, number>>;
}

/**
 * A check counts once, with the weight of its highest severity, and only when everything it looked at passes: what
 * needs manual action and what is unknown count as not met.
 */
export function scoreOf(findings: readonly Finding[]): Score {
  const areas = [...groupBy(findings, ({ area }) => area)].map(([area, own]) => ({ area, ...points(own) }));
  const total = sum(areas);
  const count = (status: Status) => findings.filter((finding) => finding.status === status).length;
  return {
    ...total,
    percent: total.of === 0 ? undefined : Math.floor((100 * total.got) / total.of),
    areas,
    counts: { pass: count('pass'), fail: count('fail'), manual: count('manual'), unknown: count('unknown') },
  };
}

function points(findings: readonly Finding[]): Points {
  const checks = [...groupBy(findings, ({ check }) => check).values()];
  return sum(
    checks.map((own) => {
      const weight = WEIGHTS[severest(own)];
      return { got: own.every(({ status }) => status === 'pass') ? weight : 0, of: weight };
    }),
  );
}

function sum(points: readonly Points[]): Points {
  return {
    got: points.reduce((total, { got }) => total + got, 0),
    of: points.reduce((total, { of }) => total + of, 0),
  };
}
