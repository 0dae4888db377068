/** What one read found. */
export interface Found {
  /** Facts, for one line of the message. */
  readonly text: string;
  /** What a person must do, each with its severity first, such as "HIGH: Trail x is not logging". */
  readonly todo?: readonly string[];
}

/** The week that the summary is about. */
export interface Week {
  readonly start: Date;
  readonly end: Date;
  /** When searching must end, in milliseconds since 1970. */
  readonly deadline: number;
}

//! Items of one kind that the message names.
const NAMED = 5;

/** Reads all pages of a list. */
export async function all<Page, T>(
  pages: AsyncIterable<Page>,
  itemsOf: (page: Page) => readonly T[] | undefined,
): Promise<T[]> {
  const items: T[] = [];
  for await (const page of pages) items.push(...(itemsOf(page) ?? []));
  return items;
}

/** Returns the first five, sorted. The last of them says how many more there are. */
export function few(items: readonly string[]): string[] {
  const sorted = [...items].sort();
  const more = sorted.length - NAMED;
  const shown = sorted.slice(0, NAMED);
  return more > 0 ? [...shown.slice(0, -1), `${shown.at(-1)} (and ${more} more)`] : shown;
}

/** Returns a time as "2026-11-30 07:00 UTC"; "never" if there is none. */
export function utc(time: Date | string | undefined): string {
  return time ? `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC` : 'never';
}
