/**
 * Emulates EventBridge: decides whether an event pattern matches an event.
 *
 * It knows the operators that the baseline uses, and rejects everything else, including what EventBridge
 * accepts but reads in a surprising way. Where a comment says "assumed", AWS does not document it.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */

type Fields = Readonly<Record<string, unknown>>;

/** Characters of an event pattern, by default. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const LONGEST = 2_048;

/**
 * Parses an event pattern once for many events.
 *
 * @param pattern as in `EventPattern` of `AWS::Events::Rule`, without references
 * @returns whether a rule with this pattern matches an event of the default bus
 * @throws {SyntaxError} if EventBridge would reject the pattern, or if the emulator does not know an operator
 */
export function eventMatcher(pattern: Fields): (event: Fields) => boolean {
  const { length } = JSON.stringify(pattern);
  if (length > LONGEST) fail(`${length} characters are over ${LONGEST}`);
  return all(pattern, []);
}

type Test = (value: unknown) => boolean;

/**
 * Every field of the pattern matches.
 *
 * @param outside paths that are constrained outside of an enclosing `$or`
 */
function all(pattern: unknown, outside: readonly string[], path = ''): (event: Fields) => boolean {
  if (!isFields(pattern) || Object.keys(pattern).length === 0) return fail(`${path} must have fields`);
  const own = Object.entries(pattern).filter(([key]) => key !== '$or');
  const paths = own.flatMap(([key, value]) => leaves(value, `${path}.${key}`));
  // EventBridge would keep only the last of the two.
  const twice = paths.find((one) => outside.includes(one));
  if (twice !== undefined) fail(`${twice} is constrained inside and outside of $or`);
  const tests = Object.entries(pattern).map(([key, value]): ((event: Fields) => boolean) => {
    if (key === '$or') return any(value, [...outside, ...paths], path);
    if (Array.isArray(value)) {
      const test = oneOf(value, `${path}.${key}`);
      return (event) => test(event[key]);
    }
    const inner = all(value, outside, `${path}.${key}`);
    // A missing field is like an empty object, in which everything is absent.
    return (event) => inner(isFields(event[key]) ? event[key] : {});
  });
  return (event) => tests.every((test) => test(event));
}

function any(alternatives: unknown, outside: readonly string[], path: string): (event: Fields) => boolean {
  if (!Array.isArray(alternatives) || alternatives.length < 2) {
    return fail(`$or must be a list of two or more patterns, at ${path}`);
  }
  const tests = alternatives.map((one) => all(one, outside, path));
  return (event) => tests.some((test) => test(event));
}

/** Paths of the values that a pattern constrains. */
function leaves(pattern: unknown, path: string): string[] {
  if (!isFields(pattern)) return [path];
  return Object.entries(pattern).flatMap(([key, value]) =>
    key === '$or' && Array.isArray(value)
      ? value.flatMap((one) => leaves(one, path))
      : leaves(value, `${path}.${key}`),
  );
}

/** One of the values or operators matches the field or, in a list, one of its elements. */
function oneOf(matches: readonly unknown[], path: string): Test {
  if (matches.length === 0) fail(`${path} must have a value`);
  const tests = matches.map((match) => (isFields(match) ? operator(match, path) : equal(match)));
  return (field) => tests.some((test) => test(field));
}

const equal =
  (expected: unknown): Test =>
  (field) =>
    [field].flat().includes(expected);

function operator(match: Fields, path: string): Test {
  const [name, operand] = Object.entries(match)[0] ?? [''];
  if (Object.keys(match).length !== 1) fail(`an operator of ${path} must stand alone`);
  if (name === 'exists') {
    // An object is not a value.
    return (field) => (field !== undefined && !isFields(field)) === operand;
  }
  if (name === 'anything-but') {
    const excluded = isFields(operand) ? operator(operand, path) : oneOf([operand].flat(), path);
    // Assumed: of a list, one other element is enough.
    return (field) => elements(field).some((element) => !excluded(element));
  }
  if (name === 'numeric') {
    const tests = comparisons(operand, path);
    return (field) =>
      elements(field).some((element) => typeof element === 'number' && tests.every((test) => test(element)));
  }
  const test = textTest(name, operand, path);
  return (field) => elements(field).some((element) => typeof element === 'string' && test(element));
}

const COMPARISONS = {
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '=': (left, right) => left === right,
  '>=': (left, right) => left >= right,
  '>': (left, right) => left > right,
} satisfies Record<string, (left: number, right: number) => boolean>;

/** Pairs such as `['>=', 7]` or `['>', 0, '<', 7]`. */
function comparisons(operand: unknown, path: string): ((element: number) => boolean)[] {
  const [comparison, limit, ...rest] = Array.isArray(operand) ? (operand as unknown[]) : [];
  const compare = Object.entries(COMPARISONS).find(([name]) => name === comparison)?.[1];
  if (compare === undefined || typeof limit !== 'number') {
    return fail(`numeric of ${path} must have a comparison and a number`);
  }
  const first = (element: number) => compare(element, limit);
  return rest.length === 0 ? [first] : [first, ...comparisons(rest, path)];
}

function textTest(name: string, operand: unknown, path: string): (text: string) => boolean {
  if (typeof operand !== 'string') return fail(`${name} of ${path} must be text`);
  switch (name) {
    case 'prefix':
      return (text) => text.startsWith(operand);
    case 'suffix':
      return (text) => text.endsWith(operand);
    case 'wildcard': {
      if (/\*\*|\\/.test(operand)) return fail(`${operand} of ${path} has two * in a row or an escape`);
      const parts = operand.split('*').map((part) => part.replace(/[.+?^${}()|[\]]/g, String.raw`\$&`));
      const expression = new RegExp(`^${parts.join('.*')}$`, 's');
      return (text) => expression.test(text);
    }
    default:
      return fail(`the operator ${name} of ${path} is not known`);
  }
}

const elements = (field: unknown): unknown[] =>
  [field].flat().filter((element) => element !== undefined && !isFields(element));

function isFields(node: unknown): node is Fields {
  return typeof node === 'object' && node !== null && !Array.isArray(node);
}

function fail(problem: string): never {
  throw new SyntaxError(`invalid event pattern: ${problem}`);
}
