import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { readSamlMetadata } from '../../lib/federation/saml/metadata';
import { runs } from './runs';

const METADATA = readFileSync('test/federation/saml/idp.xml', 'utf8');

/** What belongs to XML, to JavaScript, or to nobody. */
const PIECES = fc.oneof(
  fc.constantFrom('<', '>', '/>', '&', '"', "'", '<!--', '-->', '<![CDATA[', ']]>', '</', '<?xml ?>', '='),
  fc.constantFrom('&amp;', '&#0;', '&#x41;', '&#x110000;', '&__proto__;', '&toString;', ' xmlns:md=""', ''),
  fc.constantFrom('<!DOCTYPE a>', '<constructor:a/>', ' __proto__="a"', ' xmlns:__proto__="a"', '<md:a>'),
  fc.string({ unit: 'binary', maxLength: 8 }),
);

/** Metadata that somebody has cut, repeated, or written into, here and there. */
const damaged = fc
  .array(
    fc.record({
      start: fc.nat(METADATA.length),
      length: fc.oneof(fc.constant(0), fc.nat(200)),
      piece: PIECES,
      times: fc.constantFrom(1, 1, 1, 2, 3_000),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((changes) =>
    changes.reduce(
      (text, { start, length, piece, times }) =>
        text.slice(0, start) + piece.repeat(times) + text.slice(start + length),
      METADATA,
    ),
  );

test('metadata that is changed anywhere is read, or refused with what is wrong', () => {
  fc.assert(
    fc.property(damaged, (document) => {
      try {
        const { entityId, validUntil } = readSamlMetadata(document);
        expect(entityId).toMatch(/\S/);
        expect(validUntil.valueOf()).toBeGreaterThan(0);
      } catch (error) {
        // In words of ours, and not a TypeError or a RangeError.
        expect(error).toHaveProperty('constructor', Error);
        // The words follow "is".
        expect((error as Error).message).toMatch(/^(\d+ characters long|not |with|nested )[^\p{C}]+$/u);
      }
    }),
    runs(3_000),
  );
});
