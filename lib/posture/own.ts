/**
 * What a record has by a name that somebody chose: nothing for "constructor", which every object of
 * JavaScript knows, unless the record has it.
 */
export function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
