import { failuresOf } from './each-of';

const named = (row: number) => `row ${row}`;

test('each row that fails is reported by its name, with the reason and the line', async () => {
  const failures = await failuresOf([1, 2, 3], named, (row) => {
    expect(row).toBe(2);
  });
  expect(failures).toEqual([
    expect.stringMatching(/^row 1: [^]*Expected: 2\nReceived: 1\n[^]*each-of\.test\.ts:\d+/),
    expect.stringMatching(/^row 3: [^]*Expected: 2\nReceived: 3\n[^]*each-of\.test\.ts:\d+/),
  ]);
});

test('a row that fails later is reported, too', async () => {
  const later = async (row: number) => {
    await Promise.resolve();
    if (row === 2) throw new TypeError('no');
  };
  expect(await failuresOf([1, 2], named, later)).toEqual([expect.stringMatching(/^row 2: no\n/)]);
});

test('no row at all is a failure', async () => {
  await expect(failuresOf([], named, () => undefined)).rejects.toThrow('there is no row to check');
});
