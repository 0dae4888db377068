/**
 * Emulates CloudWatch Logs: decides whether a JSON metric filter pattern matches a log event.
 *
 * It rejects everything that AWS does not document. An invalid pattern that passed here would be an alarm
 * that never triggers in AWS, while one that is rejected here fails a test. "Assumed" marks a choice that AWS
 * does not document.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/matching-terms-json-log-events.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/regex-expressions.html
 */

type Step = { key: string } | { index: number } | { every: 'field' | 'element' };
type Order = '<' | '<=' | '>' | '>=';
type NumberOperand = { kind: 'number'; text: string; value: number };
type Operand = { kind: 'text'; text: string } | NumberOperand | { kind: 'regex'; regex: RegExp };
type Expression =
  | { kind: 'or' | 'and'; operands: Expression[] }
  | { kind: 'notExists'; selector: Step[] }
  | { kind: 'is'; selector: Step[]; value: boolean | null }
  | { kind: 'equality'; selector: Step[]; operator: '=' | '!='; operand: Operand }
  | { kind: 'order'; selector: Step[]; operator: Order; value: number };

/** AWS quotas: characters (PutMetricFilter in the API reference), the others from the syntax pages. */
const LIMITS = { characters: 1024, regexes: 2, wildcards: 3 };

const ORDERS = {
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
} satisfies Record<Order, (left: number, right: number) => boolean>;

/** The only characters that a regex can contain. AWS does not list the space, but uses it in an example. */
const REGEX_ALPHABET = /^(?:[\w :#=@/;,^$?[\]{}|*+.-]|\\(?:[dDsSwW:#=@/;,^$?[\]{}|\\*+.-]|x[\dA-F]{2}))+$/;

/** Recursive descent parser: one method per rule, from the braces down to a number. */
class Parser {
  private position = 0;
  private regexes = 0;
  private wildcards = 0;

  constructor(private readonly pattern: string) {}

  parse(): Expression {
    const { length } = this.pattern;
    if (length > LIMITS.characters) this.fail(`${length} characters are over ${LIMITS.characters}`);
    // Space around the braces is allowed: patterns from Terraform heredocs end with a line break.
    this.take(/\s*/y);
    this.expect(/\{/y, '"{"');
    const expression = this.alternatives();
    this.expect(/\}/y, '"&&", "||" or "}"');
    this.expect(/$/y, 'the end of the pattern');
    return expression;
  }

  /** "&&" binds tighter than "||". */
  private alternatives(): Expression {
    return this.list('or', /\|\|/y, () => this.list('and', /&&/y, () => this.term()));
  }

  private list(kind: 'or' | 'and', separator: RegExp, next: () => Expression): Expression {
    const first = next();
    const operands = [first];
    while (this.take(separator)) operands.push(next());
    return operands.length === 1 ? first : { kind, operands };
  }

  private term(): Expression {
    if (!this.take(/\(/y)) return this.condition();
    const inner = this.alternatives();
    this.expect(/\)/y, '"&&", "||" or ")"');
    return inner;
  }

  private condition(): Expression {
    const selector = this.selector();
    const start = this.position;
    // Assumed: keywords are upper case, because AWS calls patterns case-sensitive and shows no other form.
    if (this.take(/NOT\s+EXISTS\b/y)) return { kind: 'notExists', selector };
    const is = this.take(/IS\s+(NULL|TRUE|FALSE)\b/y)?.[1];
    if (is !== undefined) return { kind: 'is', selector, value: is === 'NULL' ? null : is === 'TRUE' };
    if (this.take(/EXISTS\b|IS\s+NOT\b/y)) this.fail('AWS supports neither EXISTS nor IS NOT', start);
    const [operator] = this.expect(/!=|<=|>=|[=<>]/y, 'an operator, IS or NOT EXISTS');
    if (operator === '=' || operator === '!=') {
      return { kind: 'equality', selector, operator, operand: this.operand() };
    }
    const number = this.number();
    if (number === undefined || !isOrder(operator)) return this.fail(`expected a number after ${operator}`);
    return { kind: 'order', selector, operator, value: number.value };
  }

  /** Assumed: quoted keys use single quotes, follow a period at any depth, and contain no quotes. */
  private selector(): Step[] {
    const start = this.position;
    const path = /\$(?=\.)(?:\.[\w-]+|\.\['[^']+'\]|\[\d+\]|\.\*|\[\*\])+/y;
    const [text] = this.expect(path, `a selector such as $.eventName, $.users[0].id or $.['a b']`);
    const steps = [...text.matchAll(/\.([\w-]+)|\.\['([^']+)'\]|\[(\d+)\]|(\.\*)|\[\*\]/g)].map(toStep);
    const wildcards = steps.filter((step) => 'every' in step).length;
    this.wildcards += wildcards;
    if (wildcards > 1) this.fail('more than one wildcard in a selector', start);
    if (this.wildcards > LIMITS.wildcards)
      this.fail(`more than ${LIMITS.wildcards} selectors with a wildcard`, start);
    return steps;
  }

  private operand(): Operand {
    const start = this.position;
    // Assumed: a backslash escapes a quote or a backslash, as the AWS CDK writes them.
    const quoted = this.take(/"((?:[^"\\]|\\["\\])*)"/y)?.[1];
    if (quoted !== undefined) return { kind: 'text', text: quoted.replace(/\\(.)/g, '$1') };
    const regex = this.take(/%([^%]*)%/y)?.[1];
    if (regex !== undefined) return { kind: 'regex', regex: this.regex(regex, start) };
    const number = this.number();
    if (number) return number;
    // AWS requires quotes around everything except letters, digits, and "_", but its examples have 123.123.*
    // and s3.amazonaws.com without quotes.
    const [text] = this.expect(
      /[\w.*]+/y,
      'a value; quote text with characters other than letters and digits',
    );
    return { kind: 'text', text };
  }

  private number(): NumberOperand | undefined {
    const text = this.take(/[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?![\w.*])/y)?.[0];
    return text === undefined ? undefined : { kind: 'number', text, value: Number(text) };
  }

  private regex(source: string, start: number): RegExp {
    this.regexes += 1;
    if (this.regexes > LIMITS.regexes) this.fail(`more than ${LIMITS.regexes} regexes`, start);
    if (!REGEX_ALPHABET.test(source)) this.fail(`AWS does not support the regex %${source}%`, start);
    try {
      return new RegExp(source.replace(/(?<!\\)\{,(\d+)\}/g, '{0,$1}')); // unlike JavaScript, AWS allows {,n}
    } catch {
      return this.fail(`%${source}% is not a valid regex`, start);
    }
  }

  /** Consumes the next token if it matches, and the space after it. */
  private take(token: RegExp): RegExpExecArray | null {
    token.lastIndex = this.position;
    const found = token.exec(this.pattern);
    if (!found) return null;
    const space = /\s*/y;
    space.lastIndex = token.lastIndex;
    space.exec(this.pattern);
    this.position = space.lastIndex;
    return found;
  }

  private expect(token: RegExp, description: string): RegExpExecArray {
    return this.take(token) ?? this.fail(`expected ${description}`);
  }

  private fail(problem: string, position = this.position): never {
    const near = this.pattern.slice(position, position + 20);
    const message = `invalid filter pattern at position ${position}, near "${near}": ${problem}`;
    throw Object.assign(new SyntaxError(message), { position });
  }
}

function toStep([, name, quoted, index, field]: RegExpExecArray): Step {
  const key = name ?? quoted;
  if (key !== undefined) return { key };
  if (index !== undefined) return { index: Number(index) };
  return { every: field === undefined ? 'element' : 'field' };
}

/**
 * Parses a JSON metric filter pattern.
 *
 * @throws SyntaxError with a `position` (characters from the start of the pattern) if AWS would reject the
 * pattern
 */
export function parse(pattern: string): Expression {
  return new Parser(pattern).parse();
}

/**
 * Parses the pattern once for many events.
 *
 * @param pattern as in `FilterPattern` of `AWS::Logs::MetricFilter`
 * @returns whether a metric filter with this pattern counts a log event, given as an object or as JSON text
 * @throws SyntaxError with a `position` if the pattern is invalid
 */
export function matcher(pattern: string): (event: unknown) => boolean {
  const holds = compile(parse(pattern));
  return (event) => {
    const root = typeof event === 'string' ? fromJson(event) : event;
    // Assumed: a filter ignores everything that is not a JSON object, so not even NOT EXISTS matches it.
    return isObject(root) && holds(root);
  };
}

/** Whether a metric filter with this pattern counts this log event; see `matcher`. */
export function matches(pattern: string, event: unknown): boolean {
  return matcher(pattern)(event);
}

/** Weeks of events are matched with every pattern, so what does not depend on the event is decided once. */
function compile(expression: Expression): (event: unknown) => boolean {
  if ('operands' in expression) {
    const operands = expression.operands.map(compile);
    return expression.kind === 'or'
      ? (event) => operands.some((holds) => holds(event))
      : (event) => operands.every((holds) => holds(event));
  }
  // With a wildcard, one matching node is enough. Assumed: also for !=.
  const is = nodeTest(expression);
  const found = expression.selector.reduceRight<(node: unknown) => boolean>(
    (test, step) => (node) => follow(step, node, test),
    is,
  );
  return expression.kind === 'notExists' ? (event) => !found(event) : found;
}

/** Whether a node that the selector matches meets the condition; for `NOT EXISTS`, whether it exists. */
function nodeTest(expression: Exclude<Expression, { operands: unknown }>): (node: unknown) => boolean {
  switch (expression.kind) {
    case 'notExists':
      return () => true;
    case 'is':
      return (node) => node === expression.value;
    case 'equality': {
      // For arrays, objects, and absent fields, both = and != are false. Assumed: also for null, true, and
      // false, which AWS does not call values, and only this condition is false, not the whole pattern.
      const equals = comparison(expression.operand);
      const expected = expression.operator === '=';
      return (node) => (typeof node === 'string' || typeof node === 'number') && equals(node) === expected;
    }
    case 'order': {
      // Assumed: a string of digits is not a number.
      const holds = ORDERS[expression.operator];
      return (node) => typeof node === 'number' && holds(node, expression.value);
    }
  }
}

/** Whether one of the nodes that a step leads to passes the test. */
function follow(step: Step, node: unknown, test: (node: unknown) => boolean): boolean {
  // JSON has no undefined, so a test's { errorCode: undefined } is absent.
  const passes = (one: unknown) => one !== undefined && test(one);
  if (Array.isArray(node)) {
    if ('index' in step) return passes(node[step.index]);
    return 'every' in step && step.every === 'element' && node.some(passes);
  }
  if (!isObject(node) || 'index' in step) return false;
  if ('key' in step) return Object.hasOwn(node, step.key) && passes(node[step.key]);
  return step.every === 'field' && Object.values(node).some(passes);
}

function comparison(operand: Operand): (actual: string | number) => boolean {
  switch (operand.kind) {
    case 'regex':
      return (actual) => operand.regex.test(String(actual));
    case 'number':
      // Strings are compared as text, such as an account ID without quotes, and not as numbers in scientific
      // notation.
      return (actual) => actual === (typeof actual === 'number' ? operand.value : operand.text);
    case 'text': {
      const isLike = likeness(operand.text);
      return (actual) => isLike(String(actual));
    }
  }
}

/**
 * "*" is a wildcard only at either end. The older AWS syntax page calls one in the middle literal, and the
 * newer one does not mention it.
 */
function likeness(text: string): (actual: string) => boolean {
  const start = text.startsWith('*');
  const end = text.endsWith('*');
  const literal = text.slice(start ? 1 : 0, end ? -1 : undefined);
  if (start && end) return (actual) => actual.includes(literal);
  if (start) return (actual) => actual.endsWith(literal);
  return end ? (actual) => actual.startsWith(literal) : (actual) => actual === literal;
}

function fromJson(message: string): unknown {
  try {
    return JSON.parse(message);
  } catch {
    return undefined;
  }
}

function isObject(node: unknown): node is Record<string, unknown> {
  return typeof node === 'object' && node !== null && !Array.isArray(node);
}

function isOrder(operator: string): operator is Order {
  return operator in ORDERS;
}
