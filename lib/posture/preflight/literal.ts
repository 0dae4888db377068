import { jsonOf } from '../json';
import { printable } from '../shell';
import type { Adoption } from './plan';

/** A value as TypeScript. Names from the account cannot end the string. */
export function literalOf(value: Adoption['value']): string {
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return `[${value.map(literalOf).join(', ')}]`;
  return /^[^'\\]*$/.test(value) && printable(value) === value ? `'${value}'` : jsonOf(value);
}
