import { INVISIBLE } from './shell';

/**
 * Version of what --json prints. It increases when a field is removed or changes its meaning; new fields may
 * appear at any time.
 */
const SCHEMA_VERSION = 1;

/** What --json prints of a result, without a line break at the end. */
export function asJson(value: object): string {
  return jsonOf({ schemaVersion: SCHEMA_VERSION, ...value });
}

/**
 * A value as indented JSON. What a terminal would interpret, reorder or hide is escaped, which does not
 * change the value.
 */
export function jsonOf(value: unknown): string {
  return JSON.stringify(value, undefined, 2).replace(INVISIBLE, (character) =>
    // Within a text of JSON, there is no line break.
    character === '\n' ? character : escaped(character),
  );
}

/** One or, beyond the first 65,536 characters, two escapes. */
function escaped(character: string): string {
  return Array.from(
    { length: character.length },
    (_, index) => String.raw`\u` + character.charCodeAt(index).toString(16).padStart(4, '0'),
  ).join('');
}
