import type { BaselineConfig } from '../../config/config';
import { CONSOLE_DOMAINS } from '../../console/console-domains';
import type { Finding, Remedy, Status } from '../finding';
import type { Part, Snapshot, Unknown } from '../snapshot';

/** The properties of a check that do not depend on its result. */
export interface Topic extends Pick<Finding, 'check' | 'area' | 'severity' | 'controls'> {
  /** Title if the check passes or is unknown: the requirement, such as "Root has an MFA device". */
  readonly title: string;
  /** Title if the check fails or needs manual action: the problem, such as "Root has no MFA device". */
  readonly problem: string;
}

/** One result, of one resource or of all of them. */
export interface Observation {
  readonly status: Status;
  readonly detail: string;
  readonly remedy?: Remedy;
  readonly resource?: string;
  readonly region?: string;
  /** Title, if it differs from the check's. */
  readonly title?: string;
  /** Severity, if it differs from the check's. */
  readonly severity?: Finding['severity'];
}

/** Evaluates a snapshot. It reads nothing itself. */
export interface Check<S = Snapshot> {
  (snapshot: S, config: BaselineConfig): Finding[];
  readonly topic: Topic;
}

/**
 * Creates a check.
 *
 * @param topic what it checks
 * @param look evaluates the snapshot; returns nothing if the configuration does not need the check
 */
export function check<S = Snapshot>(
  topic: Topic,
  look: (snapshot: S, config: BaselineConfig) => Observation | readonly Observation[],
): Check<S> {
  const judge = (snapshot: S, config: BaselineConfig) =>
    [look(snapshot, config)].flat().map((seen) => findingOf(topic, seen));
  return Object.assign(judge, { topic });
}

/** Creates a finding. Its title names the problem if there is one. */
export function findingOf({ problem, title, ...topic }: Topic, seen: Observation): Finding {
  const isOpen = seen.status === 'fail' || seen.status === 'manual';
  return { ...topic, title: isOpen ? problem : title, ...seen };
}

type Values<P> = { readonly [K in keyof P]: P[K] extends Part<infer T> ? T : never };

/**
 * Evaluates parts of a snapshot. The result is unknown if one of them is, so that unknown parts never pass.
 *
 * @param parts by name
 */
export function given<P extends Record<string, Part<unknown>>>(
  parts: P,
  judge: (values: Values<P>) => Observation | readonly Observation[],
): Observation[] {
  const missing = Object.values(parts).find((part): part is Unknown => 'unknown' in part);
  if (missing) return [{ status: 'unknown', detail: sentence(missing.unknown), ...remedyOf(missing) }];
  const values = Object.entries(parts).map(([name, part]) => [
    name,
    'value' in part ? part.value : undefined,
  ]);
  return [judge(Object.fromEntries(values) as Values<P>)].flat();
}

function remedyOf({ permission }: Unknown): { remedy?: Remedy } {
  if (permission === undefined) return {};
  return {
    remedy: {
      text: `Grant ${permission} to the principal that runs this. The command prints the complete policy.`,
      command: 'npx aws-account-baseline policy verify',
    },
  };
}

/** Adds a full stop and a capital letter, unless the text starts with a name. */
function sentence(text: string): string {
  const first = /^[a-z][\w-]*[.:]/.test(text) ? text.charAt(0) : text.charAt(0).toUpperCase();
  return `${first}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;
}

/** A result that cannot be determined. */
export function unknown(detail: string, more: Partial<Observation> = {}): Observation {
  return { status: 'unknown', detail, ...more };
}

export function pass(detail: string, more: Partial<Observation> = {}): Observation {
  return { status: 'pass', detail, ...more };
}

export function fail(detail: string, remedy: Remedy, more: Partial<Observation> = {}): Observation {
  return { status: 'fail', detail, remedy, ...more };
}

export function manual(detail: string, remedy: Remedy, more: Partial<Observation> = {}): Observation {
  return { status: 'manual', detail, remedy, ...more };
}

/** Link to a console page, in the partition of the account. */
export function consoleLink({ caller }: Pick<Snapshot, 'caller'>, path: string): string {
  const domains: Readonly<Record<string, { readonly console: string }>> = CONSOLE_DOMAINS;
  return `https://${(domains[caller.partition] ?? CONSOLE_DOMAINS.aws).console}/${path}`;
}

/** Restores a resource of a stack that was deleted or changed manually. */
export const REDEPLOY: Remedy = {
  text: 'Find out who changed it, then redeploy to restore it.',
  command: 'npx cdk deploy --all --revert-drift',
};

/** How to make a call that the guard denies to administrators. */
export const AS_ROOT = 'as root, for example in CloudShell: the guard denies this to administrators';

/** A number with its noun, such as "1 day" or "2 days". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Words in a sentence, such as "alice, bob, and carol". */
export function inWords(
  words: readonly string[],
  type: 'conjunction' | 'disjunction' = 'conjunction',
): string {
  return new Intl.ListFormat('en', { type }).format(words);
}

const DAY_MS = 86_400_000;

/** Whole days between two times. */
export function daysBetween(from: Date, to: Date): number {
  return Math.floor((to.valueOf() - from.valueOf()) / DAY_MS);
}

/** The minute, as in 2026-11-24 08:59 UTC. */
export function minute(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** The day, as in 2026-11-24. */
export function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
