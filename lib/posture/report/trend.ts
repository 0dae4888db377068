import { groupBy } from './group-by';
import { scoreOf } from './score';
import type { Finding, Posture } from '../finding';

/** How an account changed since an earlier report. */
export interface Trend {
  /** Time of the earlier report, in UTC, such as 2026-11-22 08:00. */
  readonly since: string;
  /** Score of the earlier report in percent; undefined without findings. */
  readonly percent: number | undefined;
  /** Titles of checks that did not pass before, and do now. */
  readonly fixed: readonly string[];
  /** Titles of checks that passed before or did not exist, and fail now. */
  readonly broken: readonly string[];
}

/** Compares a posture with that of an earlier report. */
export function trendOf(before: Pick<Posture, 'at' | 'findings'>, { findings }: Posture): Trend {
  const [was, is] = [byCheck(before.findings), byCheck(findings)];
  const titles = (ids: readonly string[]) => ids.flatMap((id) => is.get(id)?.[0]?.title ?? []);
  const changed = (from: (all?: readonly Finding[]) => boolean, to: (all: readonly Finding[]) => boolean) =>
    [...is.keys()].filter((id) => from(was.get(id)) && to(is.get(id) ?? []));
  return {
    since: before.at.slice(0, 16).replace('T', ' '),
    percent: scoreOf(before.findings).percent,
    fixed: titles(changed((all) => all !== undefined && !passes(all), passes)),
    broken: titles(changed((all) => all === undefined || !fails(all), fails)),
  };
}

const byCheck = (findings: readonly Finding[]) => groupBy(findings, ({ check }) => check);
const passes = (findings: readonly Finding[]) => findings.every(({ status }) => status === 'pass');
const fails = (findings: readonly Finding[]) => findings.some(({ status }) => status === 'fail');
