import { stripVTControlCharacters } from 'node:util';

/**
 * Tests of rows that say the same. Each test checks all rows, and reports those that fail by their names.
 *
 * @example
 * const each = eachOf(ROOT_TASKS, ({ id }) => id);
 * each('has a title', ({ title }) => expect(title).not.toBe(''));
 */
export const eachOf =
  <Row>(rows: readonly Row[], nameOf: (row: Row) => string = String) =>
  (title: string, check: (row: Row) => unknown): void => {
    test(title, async () => {
      expect(await failuresOf(rows, nameOf, check)).toEqual([]);
    });
  };

/**
 * The rows that fail, by their names, with what is wrong.
 *
 * @throws {Error} if there is no row, because such a test shows nothing
 */
export async function failuresOf<Row>(
  rows: readonly Row[],
  nameOf: (row: Row) => string,
  check: (row: Row) => unknown,
): Promise<string[]> {
  if (rows.length === 0) throw new Error('there is no row to check');
  const failures: string[] = [];
  for (const row of rows) {
    try {
      await check(row);
    } catch (error) {
      failures.push(`${nameOf(row)}: ${reasonOf(error)}`);
    }
  }
  return failures;
}

/** What Jest would say of the row if it were a test, and the line that failed. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const line = error.stack?.split('\n').find((one) => /\.test\.ts:\d+/.test(one)) ?? '';
  return stripVTControlCharacters(`${error.message}\n${line.trim()}`);
}
