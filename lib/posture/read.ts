import { CallFailed } from './clients';
import type { Part } from './snapshot';

/** Error names that mean a missing permission. */
const DENIED = /AccessDenied|Unauthorized|NotAuthorized|OptInRequired|AuthorizationError/;
const THROTTLED = /Throttl|TooManyRequests|LimitExceeded|RequestLimit|SlowDown/;
const TIMED_OUT = /Timeout|TimedOut|AbortError|ETIMEDOUT/i;

/**
 * Reads a part of a snapshot. It never throws: what cannot be read is unknown, with the reason.
 *
 * @param action reads it
 */
export async function read<T>(action: () => Promise<T>): Promise<Part<T>> {
  try {
    return { value: await action() };
  } catch (error) {
    return unknownBecause(error);
  }
}

/**
 * Like `read`, but for something that may not exist.
 *
 * @param absent error names that mean that it does not exist
 */
export function readIfThere<T>(
  absent: readonly string[],
  action: () => Promise<T>,
): Promise<Part<T | undefined>> {
  return read(() => ifThere(absent, action));
}

/**
 * The answer to a call; undefined if what it asks for does not exist.
 *
 * @param absent error names that mean that it does not exist
 */
export async function ifThere<T>(
  absent: readonly string[],
  action: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof CallFailed && absent.includes(error.code)) return undefined;
    throw error;
  }
}

/**
 * What stands in for a field that AWS left out of an answer: it must not count as none, or as off.
 *
 * @throws {Error} always
 */
export function noAnswer(what: string): never {
  throw new Error(`AWS did not return ${what}`);
}

function unknownBecause(error: unknown): Part<never> {
  if (!(error instanceof CallFailed))
    return { unknown: error instanceof Error ? error.message : String(error) };
  const { call, code, permission, message } = error;
  if (DENIED.test(code)) return { unknown: `${permission} is not allowed`, permission };
  if (THROTTLED.test(code)) return { unknown: `${call} was throttled until the retries ran out` };
  if (TIMED_OUT.test(`${code} ${message}`)) return { unknown: `${call} timed out` };
  return { unknown: `${call} failed: ${code}: ${message}` };
}

/** Collects the items of all pages. */
export async function all<P, T>(
  pages: AsyncIterable<P>,
  items: (page: P) => readonly T[] | undefined,
): Promise<T[]> {
  const found: T[] = [];
  for await (const page of pages) found.push(...(items(page) ?? []));
  return found;
}
