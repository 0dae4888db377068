import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Example, example, type Examples } from './events/example';
import { identified } from './events/record';

const FOLDER = join(__dirname, 'rules');
const ENDING = '.examples.ts';
const load = createRequire(__filename) as (path: string) => { readonly examples: Examples };

/**
 * The examples of each detection, by its id. A file in `rules/` is enough: the name of the file is that of
 * the rule's.
 */
export const EXAMPLES: Readonly<Record<string, Examples>> = Object.fromEntries(
  readdirSync(FOLDER)
    .filter((name) => name.endsWith(ENDING))
    .map((name) => {
      const id = idOf(name.slice(0, -ENDING.length));
      const { matches, nearMisses } = load(join(FOLDER, name)).examples;
      return [
        id,
        { matches: numbered(`${id} match`, matches), nearMisses: numbered(`${id} near miss`, nearMisses) },
      ];
    }),
);

/** The id of the detection in a file of this name, without its ending. */
export function idOf(file: string): string {
  return file.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** Gives each record an id of its own, though several detections share a kind of record. */
function numbered(name: string, examples: readonly Example[]): Example[] {
  return examples.map(({ title, event }, index) =>
    example(title, identified(event, `${name} ${title} ${index}`)),
  );
}
