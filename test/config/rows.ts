import { BaselineConfigError, type BaselineOptions, defineBaseline } from '../../lib/config/config';
import { eachOf } from '../each-of';

export const SMALLEST = { administrators: ['alice'], notifications: { emails: ['security@example.com'] } };

/** What a row shows, what it adds to the smallest configuration, and every error it has. */
export type Row = [shows: string, change: object, ...errors: string[]];

/** The configuration as someone without a type checker may write it. */
export function define(options: unknown) {
  return defineBaseline(options as BaselineOptions);
}

/** What the error says, if there is one. */
export function messageOf(options: unknown): string {
  try {
    define(options);
  } catch (error) {
    if (error instanceof BaselineConfigError) return error.message;
    throw error;
  }
  return 'no error';
}

/** The whole message for these errors. */
export function message(errors: readonly string[], source = 'the configuration'): string {
  const count = errors.length === 1 ? '1 error' : `${errors.length} errors`;
  return [`${source} has ${count}; nothing was deployed:`, ...errors.map((error) => `  - ${error}`)].join(
    '\n',
  );
}

/** One test: each row has its errors and no others. */
export function check(rows: readonly Row[]): void {
  eachOf(rows, ([shows]) => shows)('is refused with its errors, and no others', ([, change, ...errors]) => {
    expect(messageOf({ ...SMALLEST, ...change })).toBe(message(errors));
  });
}

/** One test: each row is accepted as it is. */
export function accept(rows: readonly (readonly [shows: string, change: object])[]): void {
  eachOf(rows, ([shows]) => shows)('is accepted as it is', ([, change]) => {
    expect(define({ ...SMALLEST, ...change })).toMatchObject(change);
  });
}
