import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { describeIssue } from '../../config/errors';
import { printable } from '../shell';
import { UsageError } from './exit-code';
import { reasonOf } from './output';

/**
 * Reads a JSON file that a command wrote, and that people may have edited.
 *
 * @param name what the paths in messages begin with
 * @param failure beginning of the message
 * @throws {UsageError} with one line for each error
 */
export function readDocument<T>(file: string, name: string, schema: z.ZodType<T>, failure: string): T {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${failure}: ${reasonOf(error)}`);
  }
  const { data, error } = z.object({ [name]: schema }).safeParse({ [name]: content }, { reportInput: true });
  if (data) return data[name] as T;
  const errors = error.issues.flatMap(describeIssue).map((one) => `\n  - ${printable(one)}`);
  throw new UsageError(`${failure}:${errors.join('')}`);
}
