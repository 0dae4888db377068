import type { Price } from '../../lib/catalog/prices';

/** Name of a line, such as “AWS KMS: customer managed key”. */
export function nameOf({ service, what }: Price): string {
  return `${service}: ${what}`;
}

/** Two decimals. Amounts below half a cent are distinguished from zero. */
export function usd(value: number): string {
  if (value === 0) return '0';
  return value < 0.005 ? '< 0.01' : value.toFixed(2);
}

/** Whole numbers with all digits, others with two significant digits. */
export function quantity(value: number): string {
  return value.toLocaleString('en', Number.isInteger(value) ? {} : { maximumSignificantDigits: 2 });
}

/** Units of a price, such as “1 key” or “29,930 requests”. */
export function units(value: number, { unit }: Price): string {
  return `${quantity(value)} ${value === 1 ? singular(unit) : unit}`;
}

/** A unit price, such as “0.03 per 10,000 requests”. */
export function unitPrice({ usd: value, per, unit }: Price): string {
  // All decimals, because 0.0000166667 would become 1.66667e-5.
  const amount = value.toLocaleString('en', { maximumFractionDigits: 12, minimumFractionDigits: 2 });
  return per === 1 ? `${amount} per ${singular(unit)}` : `${amount} per ${quantity(per)} ${unit}`;
}

function singular(unit: string): string {
  return unit.replace(/ies$/, 'y').replace(/s$/, '');
}
