import { counted } from '../checks/check';
import type { Finding, Status } from '../finding';
import { groupBy } from './group-by';
import { severest } from './score';
import { worst } from './traced-controls';

/** What a report says about the account in one sentence. */
export interface Verdict {
  /** The status that decided. */
  readonly status: Status;
  readonly text: string;
}

/**
 * The verdict: what failed critically by name, because a number of points says nothing about one of them.
 *
 * @param urgent findings in the order in which people should look at them
 */
export function verdictOf(urgent: readonly Finding[]): Verdict {
  const checks = [...groupBy(urgent, ({ check }) => check).values()].map((findings) => ({
    title: findings[0]?.title ?? '',
    status: worst(findings),
    severity: severest(findings),
  }));
  const having = (status: Status) => checks.filter((one) => one.status === status);
  const [failed, manual, unknown] = [having('fail'), having('manual'), having('unknown')];
  const [first, ...others] = failed.filter(({ severity }) => severity === 'critical');
  const unread = unknown.length > 0 ? `, and ${counted(unknown.length, 'check')} could not be read` : '';
  if (first) {
    const more = others.length > 0 ? `, and ${counted(others.length, 'more critical problem')}` : '';
    return { status: 'fail', text: `${first.title}${more}.` };
  }
  if (failed.length > 0) {
    return {
      status: 'fail',
      text: `Nothing critical, but ${counted(failed.length, 'check')} failed${unread}.`,
    };
  }
  if (manual.length > 0) {
    const steps = `${counted(manual.length, 'manual step')} ${manual.length === 1 ? 'remains' : 'remain'}`;
    return { status: 'manual', text: `No check failed; ${steps}${unread}.` };
  }
  if (unknown.length > 0) {
    return { status: 'unknown', text: `No check failed${unread}.` };
  }
  return checks.length > 0
    ? { status: 'pass', text: 'Every check passed.' }
    : { status: 'unknown', text: 'Nothing was checked.' };
}
