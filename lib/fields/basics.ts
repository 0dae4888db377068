import { closest, distance } from 'fastest-levenshtein';
import { z } from 'zod';

/** A section of the configuration. Unknown options are one issue, whose message has a line for each. */
export const section = <T extends z.core.$ZodLooseShape>(shape: T, error = 'must be an object') =>
  z.strictObject(shape, {
    error: ({ code, keys }) =>
      code === 'unrecognized_keys'
        ? keys.map((key) => unknownOption(key, Object.keys(shape))).join('\n')
        : error,
  });

function unknownOption(name: string, known: readonly string[]): string {
  const meant = closest(name, known);
  const isTypo = distance(name, meant) <= Math.ceil(name.length / 3);
  return `is not an option${isTypo ? `; did you mean ${meant}?` : ''}`;
}

/** A Boolean option. */
export const flag = () => z.boolean({ error: 'must be true or false' });

/** A whole number of units, within limits. */
export const wholeNumber = (unit: string, minimum: number, maximum: number) =>
  z.custom<number>(
    (value) => typeof value === 'number' && Number.isInteger(value) && value >= minimum && value <= maximum,
    { error: `must be a whole number of ${unit} from ${minimum} to ${maximum}` },
  );

/** One of the given words. */
export const oneOf = <const T extends readonly string[]>(words: T) =>
  z.enum(words, { error: `must be one of ${words.join(', ')}` });

/** A list. */
export const list = <T extends z.ZodType>(item: T, what: string) =>
  z.array(item, { error: `must be a list of ${what}` });
