/** Rows of props that are wrong, and the message of the error. Each is a test. */
export function refused(
  construct: (props: never) => unknown,
  rows: readonly (readonly [unknown, string])[],
): void {
  test.each(rows)('%j is refused', (wrong, message) => {
    // What only JavaScript allows is wrong, too.
    expect(() => construct(wrong as never)).toThrow(new Error(message));
  });
}
