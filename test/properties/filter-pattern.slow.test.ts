import fc from 'fast-check';
import { deployedFilters } from '../detections/deployed-filters';
import { matcher, matches, parse } from '../../emulator/filter-pattern';
import { runs } from './runs';

const KEYS = ['a', 'b', 'user-name', 'constructor', '__proto__'];
const TEXTS = ['', 'x', 'xy', 'yx', '7', '-1', 'true', 'null', 'AccessDenied', 'a b', 'é"\\'];

const key = fc.constantFrom(...KEYS);
const value = fc.oneof(
  fc.constantFrom<unknown[]>(...TEXTS, 7, -1, 0.5, true, false, null),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<unknown>,
);
/** A record that the patterns below may well match. */
const record = fc.dictionary(
  key,
  fc.oneof(value, fc.dictionary(key, value, { maxKeys: 3 }), fc.array(value, { maxLength: 3 })),
);

const quoted = (text: string) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
const selector = fc.array(key, { minLength: 1, maxLength: 2 }).map((keys) => `$.${keys.join('.')}`);
const operand = fc.oneof(
  fc.constantFrom(...TEXTS, '*x', 'x*', '*', '*x*').map(quoted),
  fc.constantFrom('7', '-1', '0.5', '7e0', 'AccessDenied*'),
);
const condition = fc.oneof(
  fc.tuple(selector, fc.constantFrom('=', '!='), operand).map((parts) => parts.join(' ')),
  fc
    .tuple(selector, fc.constantFrom('<', '<=', '>', '>='), fc.constantFrom('0', '7', '-1'))
    .map((p) => p.join('')),
  fc
    .tuple(selector, fc.constantFrom('IS TRUE', 'IS FALSE', 'IS NULL', 'NOT EXISTS'))
    .map((parts) => parts.join(' ')),
);
const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    condition,
    fc
      .tuple(tie('expression'), fc.constantFrom('&&', '||'), tie('expression'))
      .map(([left, operator, right]) => `(${left}) ${operator} (${right})`),
  ),
}));

/** Whether the expression matches the record. */
const holds = (text: string, event: unknown) => matches(`{ ${text} }`, event);

describe('the evaluator', () => {
  test('combines as && and || do, in any order and with brackets around anything', () => {
    fc.assert(
      fc.property(expression, expression, record, (one, other, event) => {
        const [left, right] = [holds(one, event), holds(other, event)];
        expect(holds(`(${one})`, event)).toBe(left);
        expect(holds(`(${one}) && (${other})`, event)).toBe(left && right);
        expect(holds(`(${other}) && (${one})`, event)).toBe(left && right);
        expect(holds(`(${one}) || (${other})`, event)).toBe(left || right);
        expect(holds(`(${other}) || (${one})`, event)).toBe(left || right);
      }),
      runs(300),
    );
  });

  test('binds && tighter than ||', () => {
    fc.assert(
      fc.property(condition, condition, condition, record, (a, b, c, event) => {
        const [x, y, z] = [a, b, c].map((one) => holds(one, event));
        expect(holds(`${a} || ${b} && ${c}`, event)).toBe(x || (y && z));
        expect(holds(`${a} && ${b} || ${c}`, event)).toBe((x && y) || z);
      }),
      runs(200),
    );
  });

  test('answers exactly one of = and != for a text or a number, and neither for anything else', () => {
    fc.assert(
      fc.property(key, operand, record, (name, wanted, event) => {
        const answers = [holds(`$.${name} = ${wanted}`, event), holds(`$.${name} != ${wanted}`, event)];
        const found = Object.hasOwn(event, name) ? event[name] : undefined;
        const isComparable = typeof found === 'string' || typeof found === 'number';
        expect(answers.filter(Boolean)).toHaveLength(isComparable ? 1 : 0);
      }),
      runs(300),
    );
  });

  test('finds that a field does not exist, or one thing about it, and never both', () => {
    fc.assert(
      fc.property(selector, condition, record, (path, about, event) => {
        if (!holds(`${path} NOT EXISTS`, event)) return;
        expect(holds(about.replace(/^\$[\w.-]+/, path).replace('NOT EXISTS', 'IS NULL'), event)).toBe(false);
      }),
      runs(200),
    );
  });

  test('takes the text of a record for the record, and its fields in any order', () => {
    fc.assert(
      fc.property(expression, record, (text, event) => {
        const answer = holds(text, event);
        expect(holds(text, JSON.stringify(event))).toBe(answer);
        expect(holds(text, Object.fromEntries(Object.entries(event).reverse()))).toBe(answer);
      }),
      runs(200),
    );
  });

  test('answers for any line, and says no to what is not a JSON object', () => {
    fc.assert(
      fc.property(expression, fc.oneof(fc.jsonValue(), fc.string(), fc.anything()), (text, event) => {
        const read = typeof event === 'string' ? undefined : event;
        const isObject = typeof read === 'object' && read !== null && !Array.isArray(read);
        const answer = holds(text, event);
        expect(typeof answer).toBe('boolean');
        if (!isObject && typeof event !== 'string') expect(answer).toBe(false);
      }),
      runs(300),
    );
  });

  test('parses a pattern or says where it is wrong', () => {
    const token = fc.constantFrom(
      '{',
      '}',
      '(',
      ')',
      '$.a',
      '$',
      '=',
      '!=',
      '&&',
      '||',
      '"x',
      '"',
      '%',
      'NOT',
      'IS',
      '1e',
      '*',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(token).map((tokens) => tokens.join(' ')),
        ),
        (pattern) => {
          try {
            parse(pattern);
          } catch (error) {
            expect(error).toBeInstanceOf(SyntaxError);
            const { position } = error as { position?: number };
            expect(position).toBeGreaterThanOrEqual(0);
            expect(position).toBeLessThanOrEqual(pattern.length);
          }
        },
      ),
      runs(500),
    );
  });
});

describe('the deployed patterns', () => {
  const letters = (minLength: number, maxLength: number) =>
    fc.string({ unit: fc.constantFrom(...Array.from('abcXYZ019-')), minLength, maxLength });

  test('parse whatever the names of stack and log group are', () => {
    fc.assert(
      fc.property(letters(0, 20), letters(1, 60), (stack, logGroup) => {
        for (const { pattern } of deployedFilters(`S${stack}T`, logGroup)) parse(pattern);
      }),
      runs(30),
    );
  });

  test('answer for any record', () => {
    const filters = deployedFilters().map(({ pattern }) => matcher(pattern));
    const fields = [
      'eventName',
      'eventSource',
      'errorCode',
      'userIdentity',
      'eventType',
      'type',
      'invokedBy',
      'arn',
    ];
    const anyRecord = fc.dictionary(
      fc.constantFrom(...fields),
      fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom(...fields), fc.jsonValue())),
    );
    fc.assert(
      fc.property(anyRecord, (event) => {
        for (const matches of filters) expect(typeof matches(event)).toBe('boolean');
      }),
      runs(100),
    );
  });
});
