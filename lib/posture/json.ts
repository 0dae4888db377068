/**
 * Version of what --json prints. It increases when a field is removed or changes its meaning; new fields may
 * appear at any time.
 */
const SCHEMA_VERSION = 1;

/** What --json prints of a result, without a line break at the end. */
export function asJson(value: object): string {
  return JSON.stringify({ schemaVersion: SCHEMA_VERSION, ...value }, undefined, 2);
}
