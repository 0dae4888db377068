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

/** Whether a text matches a pattern, in which * is any number of characters and ? is one. */
export function isLike(pattern: string, text: string): boolean {
  if (!/[*?]/.test(pattern)) return literal(pattern) === text;
  const escaped = literal(
    pattern
      .replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
      .replaceAll('*', '.*')
      .replaceAll('?', '.')
      .replace(/[\uE000\uE001]/g, String.raw`\$&`),
  );
  return new RegExp(`^${escaped}$`, 's').test(text);
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
