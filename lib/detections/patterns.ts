/** Conditions that must all be true. */
export function allOf(...conditions: readonly string[]): string {
  return `(${conditions.join(' && ')})`;
}

/** Conditions of which at least one must be true. */
export function anyOf(...conditions: readonly string[]): string {
  return `(${conditions.join(' || ')})`;
}

/**
 * The event has one of these names. There are no outer parentheses, because Security Hub compares patterns
 * literally.
 */
export function eventNameIs(...names: readonly string[]): string {
  return names.map((name) => `($.eventName=${name})`).join(' || ');
}

/** The name of the event matches one of these patterns; `*` stands for any characters. */
export function eventNameLike(...names: readonly string[]): string {
  return anyOf(...names.map((name) => `$.eventName="${name}"`));
}
