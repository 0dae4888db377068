import type { UnmetCondition } from './conditions';
import type { TracedStatement } from './evaluate';
import type { Context } from './pattern';

/** Names of condition keys, for people. */
const KEYS: Readonly<Record<string, string>> = {
  'aws:multifactorauthpresent': 'MFA (aws:MultiFactorAuthPresent)',
  'aws:multifactorauthage': 'seconds since MFA (aws:MultiFactorAuthAge)',
  'aws:viaawsservice': 'call by an AWS service (aws:ViaAWSService)',
  'aws:calledvia': 'calling service (aws:CalledVia)',
  'aws:securetransport': 'TLS (aws:SecureTransport)',
  'aws:sourceip': 'address (aws:SourceIp)',
};

const COMPARED: readonly (readonly [operator: RegExp, words: string])[] = [
  [/NotLike$/, 'not like'],
  [/Not(Equals|EqualsIgnoreCase|IpAddress)$|^NotIpAddress$/, 'not'],
  [/Like$/, 'like'],
  [/LessThan$/, 'less than'],
  [/LessThanEquals$/, 'at most'],
  [/GreaterThan$/, 'more than'],
  [/GreaterThanEquals$/, 'at least'],
  [/IpAddress$/, 'in'],
];

/** A condition that a request does not meet: its value, and the one that it would need. */
export function unmetWords({ operator, key, wanted, actual }: UnmetCondition): string {
  return `${keyWords(key)} is ${valueWords(actual)}; the statement applies if it is ${wantedWords(operator, wanted)}`;
}

/** The conditions of a statement that a request meets, with the values of the request. */
export function metWords({ conditions = {} }: TracedStatement, context: Context): string[] {
  const keys = new Set(Object.values(conditions).flatMap((values) => Object.keys(values)));
  return [...keys].map((key) => `${keyWords(key)} is ${valueWords(context.get(key.toLowerCase()))}`);
}

function keyWords(key: string): string {
  return KEYS[key.toLowerCase()] ?? key;
}

function valueWords(values: readonly string[] | undefined): string {
  return values === undefined || values.length === 0 ? 'missing' : values.map((one) => `"${one}"`).join(', ');
}

function wantedWords(operator: string, wanted: readonly string[]): string {
  if (operator === 'Null') return wanted.includes('true') ? 'missing' : 'there';
  const name = operator.replace(/^For\w+:/, '').replace(/IfExists$/, '');
  const [, compared] = COMPARED.find(([pattern]) => pattern.test(name)) ?? [];
  const values = wanted.map((one) => `"${one}"`).join(' or ');
  return [compared, values, operator.endsWith('IfExists') ? 'or missing' : undefined]
    .filter((part) => part !== undefined)
    .join(' ');
}
