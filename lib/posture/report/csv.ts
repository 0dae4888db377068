import { stringify } from 'csv-stringify/sync';
import type { Posture } from '../finding';
import { allPrintable } from '../shell';

/**
 * The findings as CSV (RFC 4180), one per row. A value that a spreadsheet would treat as a formula gets a
 * leading apostrophe.
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csv(...postures: readonly Posture[]): string {
  const rows = allPrintable(postures).flatMap(({ account, at, findings }) =>
    findings.map(({ remedy, controls, ...finding }) => ({
      account,
      at,
      ...finding,
      controls: controls.join('; '),
      remedy: remedy?.text,
      command: remedy?.command,
      link: remedy?.link,
    })),
  );
  return stringify(rows, {
    header: true,
    columns: COLUMNS,
    escape_formulas: true,
    record_delimiter: 'windows',
  });
}

const COLUMNS = [
  'account',
  'region',
  'area',
  'check',
  'title',
  'severity',
  'status',
  'detail',
  'resource',
  'controls',
  'remedy',
  'command',
  'link',
  'at',
];
