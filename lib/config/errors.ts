import type { z } from 'zod';
import { formatPath, formatValue } from './format';

/** The configuration has errors; the message lists all of them. */
export class BaselineConfigError extends Error {
  /**
   * @param source file that the configuration is in
   * @param errors one line for each error: path, what is wrong, what was received
   */
  constructor(
    source: string,
    readonly errors: readonly string[],
  ) {
    const count = errors.length === 1 ? '1 error' : `${errors.length} errors`;
    super(
      `${source} has ${count}; nothing was deployed:\n${errors.map((error) => `  - ${error}`).join('\n')}`,
    );
    this.name = 'BaselineConfigError';
  }
}

/**
 * Formats one error as one line.
 *
 * @param message what is wrong, phrased to follow the path: `must be …`, `is …`
 */
export function describe(path: string, message: string, received: unknown): string {
  return received === undefined
    ? `${path}: is missing; it ${message}`
    : `${path}: ${message}; received ${formatValue(received)}`;
}

/** Formats an issue of a prop as an error of its construct. */
export function describeProp(issue: z.core.$ZodIssue): string {
  const { path, message, input } = issue;
  if (issue.code === 'unrecognized_keys') {
    return `${formatPath([...path, ...issue.keys.slice(0, 1)])} ${message.replace(/\n.*/s, '')}`;
  }
  return `${formatPath(path)} ${message}, got ${formatValue(input)}`;
}

/** Formats an issue of the schema as one or more lines. */
export function describeIssue(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'unrecognized_keys') {
    const messages = issue.message.split('\n');
    return issue.keys.map((key, index) => `${formatPath([...issue.path, key])}: ${messages[index]}`);
  }
  if (issue.code === 'invalid_union' && typeof issue.input === 'object') {
    // The errors inside the object help more than the message that no alternative matches.
    const inside = issue.errors.at(-1) ?? [];
    return inside.flatMap((one) => describeIssue({ ...one, path: [...issue.path, ...one.path] }));
  }
  const [detail] = issue.code === 'invalid_key' ? issue.issues : [];
  return [describe(formatPath(issue.path), detail?.message ?? issue.message, issue.input)];
}
