import { list, type Reviewed } from './template';

/** A statement of a policy, in a template. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: unknown;
  readonly Action?: unknown;
  readonly NotAction?: unknown;
  readonly Resource?: unknown;
  readonly NotResource?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/**
 * A value of a template as one line: a reference is the logical id in `${}`, one to another stack names that
 * stack too.
 *
 * @throws {Error} if it contains a function that no template of the suite used before
 */
export function text(value: unknown, stack: Reviewed): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.map((one) => text(one, stack)).join(', ');
  const [[name, argument] = []] = Object.entries(value as Readonly<Record<string, unknown>>);
  const parts = list(argument);
  switch (name) {
    case 'Ref':
      return `\${${String(argument)}}`;
    case 'Fn::GetAtt':
      return `\${${parts.map(String).join('.')}}`;
    case 'Fn::Sub':
      return text(parts[0], stack).replaceAll('${!', '${');
    case 'Fn::Join':
      return list(parts[1])
        .map((one) => text(one, stack))
        .join(String(parts[0]));
    case 'Fn::FindInMap':
      return `\${${String(parts[0])}}`;
    case 'Fn::GetStackOutput': {
      const { StackName, OutputName } = argument as { StackName: string; OutputName: string };
      const output = stack.suite[StackName]?.Outputs?.[OutputName];
      if (!output) throw new Error(`${StackName} has no output ${OutputName}`);
      return `${text(output.Value, stack)} of ${StackName}`;
    }
    default:
      throw new Error(`the review pages cannot show ${JSON.stringify(value)}`);
  }
}

/** Values as code, one after the other. */
export function code(values: unknown, stack: Reviewed): string {
  return list(values)
    .map((one) => `\`${text(one, stack)}\``)
    .join(', ');
}

/** The actions of a statement. */
export function actionsOf({ Action, NotAction }: Statement, stack: Reviewed): string {
  return NotAction === undefined ? code(Action, stack) : `everything except ${code(NotAction, stack)}`;
}

/** What a statement applies to. */
export function targetsOf({ Resource, NotResource }: Statement, stack: Reviewed): string {
  if (NotResource !== undefined) return `everything except ${code(NotResource, stack)}`;
  return Resource === '*' ? 'any resource' : code(Resource, stack);
}

/** Whom a statement of a resource's policy names. */
export function principalsOf({ Principal }: Statement, stack: Reviewed): string {
  if (Principal === '*') return 'everyone';
  return Object.entries(Principal as Readonly<Record<string, unknown>>)
    .flatMap(([kind, names]) =>
      list(names).map((name) => {
        const shown = text(name, stack);
        if (kind === 'Service') return `\`${shown}\``;
        const account = shown === '${AWS::AccountId}' || shown.endsWith(':iam::${AWS::AccountId}:root');
        return account ? 'principals of this account whose own policies allow it' : `\`${shown}\``;
      }),
    )
    .join(', ');
}

/** Operators of IAM conditions, in words around the key and its values. */
const OPERATORS: Readonly<Record<string, (key: string, values: string) => string>> = {
  Bool: (key, values) => `${key} is ${values}`,
  BoolIfExists: (key, values) => `${key} is ${values} or not in the request`,
  DateLessThan: (key, values) => `${key} is before ${values}`,
  NumericLessThanEquals: (key, values) => `${key} is at most ${values}`,
  StringEquals: (key, values) => `${key} is ${values}`,
  StringLike: (key, values) => `${key} matches ${values}`,
  StringNotLike: (key, values) => `${key} does not match ${values}`,
  StringNotEquals: (key, values) => `${key} is not ${values}`,
  ArnLike: (key, values) => `${key} matches ${values}`,
  ArnNotLike: (key, values) => `${key} does not match ${values}`,
  ArnEquals: (key, values) => `${key} is ${values}`,
  'ForAllValues:StringEquals': (key, values) => `${key} has no other value than ${values}`,
  'ForAllValues:StringNotEquals': (key, values) => `${key} does not contain ${values}`,
  'ForAnyValue:StringEquals': (key, values) => `${key} contains ${values}`,
};

/**
 * When a statement applies, in words.
 *
 * @throws {Error} if there are no words for an operator
 */
export function conditionsOf({ Condition = {} }: Statement, stack: Reviewed): string {
  return Object.entries(Condition)
    .flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => condition(operator, key, values, stack)),
    )
    .join('; and ');
}

function condition(operator: string, key: string, values: unknown, stack: Reviewed): string {
  const shown = list(values).map((one) => text(one, stack));
  const [first = ''] = shown;
  if (operator === 'Bool' && key === 'aws:SecureTransport' && first === 'false') return 'sent without TLS';
  if (operator === 'Bool' && key === 'aws:MultiFactorAuthPresent' && first === 'true') {
    return 'signed in with MFA';
  }
  if (operator === 'Null')
    return `\`${key}\` is ${first === 'true' ? 'not in the request' : 'in the request'}`;
  const words = OPERATORS[operator];
  if (!words) throw new Error(`the condition operator ${operator} has no words in the review pages`);
  return words(`\`${key}\``, shown.map((one) => `\`${one}\``).join(' or '));
}
