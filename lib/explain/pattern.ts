/** What IAM knows of a request: the values of each context key, by its name in lower case. */
export type Context = ReadonlyMap<string, readonly string[]>;

/** Stand for a literal * and ? while a text is a pattern. Nobody can type them into a policy. */
const LITERALS: Readonly<Record<string, string>> = { '*': '\uE000', '?': '\uE001' };
const VARIABLE = /\$\{([^},]+)(?:, *'([^']*)')?\}/g;

/**
 * A text of a policy with the values of its variables; undefined if one has none, so that nothing matches.
 *
 * @throws {Error} if a variable has several values
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function withVariables(text: string, context: Context): string | undefined {
  if (!text.includes('${')) return text;
  const missing: string[] = [];
  const resolved = text.replace(VARIABLE, (_, name: string, fallback: string | undefined) => {
    if (name === '*' || name === '?' || name === '$') return LITERALS[name] ?? name;
    const [value = fallback, ...others] = context.get(name.toLowerCase()) ?? [];
    if (others.length > 0) throw new Error(`the variable \${${name}} has several values`);
    if (value === undefined) missing.push(name);
    return (value ?? '').replace(/[*?]/g, (character) => LITERALS[character] ?? character);
  });
  return missing.length === 0 ? resolved : undefined;
}

/** A text that {@link withVariables} returned, for a comparison without wildcards. */
export function literal(text: string): string {
  return text.replaceAll('\uE000', '*').replaceAll('\uE001', '?');
}

/**
 * Whether a text matches a pattern, in which * is any number of characters and ? is one. It is not a regular
 * expression: anyone who can write a policy could make that take hours, with a dozen wildcards.
 */
export function isLike(pattern: string, text: string): boolean {
  const [head = '', ...pieces] = pattern.split('*');
  const tail = pieces.pop();
  if (tail === undefined) return head.length === text.length && isAt(0, head, text);
  const end = text.length - tail.length;
  if (!isAt(0, head, text) || !isAt(end, tail, text)) return false;
  let at = head.length;
  for (const piece of pieces) {
    // The first place is the best one: it leaves the most for the others.
    while (at + piece.length <= end && !isAt(at, piece, text)) at += 1;
    at += piece.length;
  }
  return at <= end;
}

/** Whether a text has a piece of a pattern, without *, at a place. */
function isAt(start: number, piece: string, text: string): boolean {
  if (start < 0 || start + piece.length > text.length) return false;
  for (let index = 0; index < piece.length; index += 1) {
    const wanted = piece.charAt(index);
    if (wanted !== '?' && literal(wanted) !== text.charAt(start + index)) return false;
  }
  return true;
}

/**
 * Whether an ARN matches a pattern. A wildcard does not reach beyond a colon, except in the last part.
 *
 * @throws {Error} if the pattern is neither `*` nor a whole ARN: IAM completes it, in ways not known here
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function isArnLike(pattern: string, arn: string): boolean {
  if (/^\*+$/.test(pattern)) return true;
  const wanted = partsOf(pattern);
  if (wanted.length < 6) throw new Error(`the pattern "${pattern}" is not a whole ARN`);
  const actual = partsOf(arn);
  return actual.length === 6 && wanted.every((part, index) => isLike(part, actual[index] ?? ''));
}

/** The parts of an ARN. The sixth may contain colons. */
function partsOf(arn: string): string[] {
  const parts = arn.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}
