import fc from 'fast-check';

/** JSON that somebody wrote or damaged, or what is none. */
export const content = (good: string) =>
  fc.oneof(
    fc.json({ maxDepth: 3 }),
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc
      .tuple(
        fc.nat(good.length),
        fc.nat(30),
        fc.oneof(
          fc.constantFrom('null', '[]', '"\u001b[2J"', '{}', '1e999', '"__proto__":1,'),
          fc.string({ maxLength: 4 }),
        ),
      )
      .map(([start, length, piece]) => good.slice(0, start) + piece + good.slice(start + length)),
  );
