import { BlockList, isIPv6 } from 'node:net';
import type { Statement } from './managed-policies';
import { type Context, isArnLike, isLike, literal, withVariables } from './pattern';

/** A condition that a request does not meet. */
export interface UnmetCondition {
  /** Operator, such as `BoolIfExists`. */
  readonly operator: string;
  /** Condition key, as the policy writes it. */
  readonly key: string;
  /** Values of the policy. */
  readonly wanted: readonly string[];
  /** Values of the request. @default - the request does not have the key */
  readonly actual?: readonly string[];
}

/** Whether a value of the request meets a value of the policy. */
type Comparison = (wanted: string, actual: string) => boolean;

const sameCase = (text: string) => literal(text).toLowerCase();

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  StringEquals: (wanted, actual) => literal(wanted) === actual,
  StringEqualsIgnoreCase: (wanted, actual) => sameCase(wanted) === actual.toLowerCase(),
  StringLike: isLike,
  // These two are the same.
  ArnEquals: isArnLike,
  ArnLike: isArnLike,
  Bool: (wanted, actual) => sameCase(wanted) === actual.toLowerCase(),
  IpAddress: isInRange,
  NumericEquals: (wanted, actual) => numberOf(actual) === numberOf(wanted),
  NumericLessThan: (wanted, actual) => numberOf(actual) < numberOf(wanted),
  NumericLessThanEquals: (wanted, actual) => numberOf(actual) <= numberOf(wanted),
  NumericGreaterThan: (wanted, actual) => numberOf(actual) > numberOf(wanted),
  NumericGreaterThanEquals: (wanted, actual) => numberOf(actual) >= numberOf(wanted),
  DateEquals: (wanted, actual) => timeOf(actual) === timeOf(wanted),
  DateLessThan: (wanted, actual) => timeOf(actual) < timeOf(wanted),
  DateLessThanEquals: (wanted, actual) => timeOf(actual) <= timeOf(wanted),
  DateGreaterThan: (wanted, actual) => timeOf(actual) > timeOf(wanted),
  DateGreaterThanEquals: (wanted, actual) => timeOf(actual) >= timeOf(wanted),
};

/** Operators that are true if the comparison is false. */
const NEGATIONS: Readonly<Record<string, string>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
  NotIpAddress: 'IpAddress',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
};

/**
 * The first condition of a statement that a request does not meet; undefined if it meets all.
 *
 * @throws {Error} if a condition cannot be evaluated
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function firstUnmet(
  { Condition = {} }: Pick<Statement, 'Condition'>,
  context: Context,
): UnmetCondition | undefined {
  for (const [operator, keys] of Object.entries(Condition)) {
    for (const [key, values] of Object.entries(keys)) {
      const wanted = [values].flat().map(String);
      const actual = context.get(key.toLowerCase());
      if (!isMet(operator, key, wanted, actual, context)) return { operator, key, wanted, actual };
    }
  }
  return undefined;
}

function isMet(
  operator: string,
  key: string,
  wanted: readonly string[],
  actual: readonly string[] | undefined,
  context: Context,
): boolean {
  if (operator === 'Null') return wanted.some((value) => (value === 'true') === (actual === undefined));
  const [, quantifier, name = '', ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  const negated = NEGATIONS[name];
  const comparison = COMPARISONS[negated ?? name];
  // We found no description of ForAnyValue with IfExists for a missing key.
  if (!comparison || (quantifier === 'ForAnyValue' && ifExists !== undefined)) {
    throw new Error(`the condition operator ${operator} is not known`);
  }
  const isOne = (value: string) =>
    wanted.some((text) => {
      const resolved = withVariables(text, context);
      return resolved !== undefined && comparison(resolved, value);
    }) !==
    (negated !== undefined);

  if (quantifier === 'ForAllValues') return (actual ?? []).every(isOne);
  if (actual === undefined) {
    return ifExists !== undefined || (quantifier === undefined && negated !== undefined);
  }
  if (quantifier === 'ForAnyValue') return actual.some(isOne);
  const [only, ...others] = actual;
  if (only === undefined || others.length > 0) {
    throw new Error(`${operator} needs one value of ${key}, got ${actual.length}`);
  }
  return isOne(only);
}

function isInRange(wanted: string, actual: string): boolean {
  const [address = '', bits = isIPv6(address) ? '128' : '32'] = literal(wanted).split('/');
  try {
    const list = new BlockList();
    list.addSubnet(address, Number(bits), isIPv6(address) ? 'ipv6' : 'ipv4');
    return list.check(actual, isIPv6(actual) ? 'ipv6' : 'ipv4');
  } catch {
    throw new Error(`"${wanted}" or "${actual}" is not an IP address`);
  }
}

function numberOf(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || Number.isNaN(number)) throw new Error(`"${text}" is not a number`);
  return number;
}

/** Milliseconds since 1970. Policies write dates as ISO 8601, or as seconds since 1970. */
function timeOf(text: string): number {
  const time = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
  if (Number.isNaN(time)) throw new Error(`"${text}" is not a date`);
  return time;
}
