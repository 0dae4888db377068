import type { Finding, Status } from '../finding';
import { groupBy } from './group-by';

/** Points of a check, by severity. */
export const WEIGHTS: Readonly<Record<Finding['severity'], number>> = {
  critical: 10,
  high: 5,
  medium: 3,
  low: 1,
};

/** Most severe first. */
export const SEVERITIES = [
  'critical',
  'high',
  'medium',
  'low',
] as const satisfies readonly (keyof typeof WEIGHTS)[];

/** The highest severity of the findings; `low` without findings. */
export function severest(findings: readonly Finding[]): Finding['severity'] {
  return SEVERITIES.find((severity) => findings.some((finding) => finding.severity === severity)) ?? 'low';
}

/** Achieved and possible points. */
interface Points {
  readonly got: number;
  readonly of: number;
}

/** The score of an account. */
export interface Score extends Points {
  /** Percentage, rounded down so that 100 means everything; undefined without findings. */
  readonly percent?: number;
  /** Points by area, in the order of the findings. They add up to the total. */
  readonly areas: readonly (Points & { readonly area: Finding['area'] })[];
  /** Number of findings by status. */
  readonly counts: Readonly<Record<Status, number>>;
}

/**
 * A check counts once, with the weight of its highest severity, and only if all its findings pass. Unknown
 * findings and those that need manual action count as not met.
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
