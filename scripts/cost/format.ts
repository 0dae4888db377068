import type { Price } from '../../lib/catalog/prices';

/** A line's name, e.g. “AWS KMS: customer key”. */
export function nameOf({ service, what }: Price): string {
  return `${service}: ${what}`;
}

/** Two decimals; less than half a cent is told from nothing. */
export function usd(value: number): string {
  if (value === 0) return '0';
  return value < 0.005 ? '< 0.01' : value.toFixed(2);
}

/** Whole numbers in full, others to two digits. */
export function quantity(value: number): string {
  return value.toLocaleString('en', Number.isInteger(value) ? {} : { maximumSignificantDigits: 2 });
}

/** Units of a price, e.g. “1 key” or “29,930 requests”. */
export function units(value: number, { unit }: Price): string {
  return `${quantity(value)} ${value === 1 ? singular(unit) : unit}`;
}

/** A price as a price list has it, e.g. “0.03 per 10,000 requests”. */
export function unitPrice({ usd: value, per, unit }: Price): string {
  // Spelled in full: 0.0000166667 would be 1.66667e-5.
  const amount = value.toLocaleString('en', { maximumFractionDigits: 12, minimumFractionDigits: 2 });
  return per === 1 ? `${amount} per ${singular(unit)}` : `${amount} per ${quantity(per)} ${unit}`;
}

function singular(unit: string): string {
  return unit.replace(/ies$/, 'y').replace(/s$/, '');
}
