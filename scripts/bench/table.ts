/** A measurement and what it is compared with. */
export interface Result {
  readonly what: string;
  readonly unit: 's' | 'bytes';
  readonly measured: number;
  /** Fastest and slowest run, if there were several. */
  readonly range?: readonly [number, number];
  /** The value to compare with, in the same unit. */
  readonly against: { readonly name: string; readonly value: number };
  /** Maximum ratio to `against`. */
  readonly budget: number;
  /**
   * Whether a missed budget is shown without failing the run.
   * @default false
   */
  readonly informative?: boolean;
}

/** Whether this result fails the run. */
export function fails(result: Result): boolean {
  return !result.informative && isOver(result);
}

/** The results as aligned columns, with headings. */
export function table(results: readonly Result[]): string {
  const rows = [
    ['', 'measured', '(range)', 'compared with', '', 'ratio', 'budget', ''],
    ...results.map(cells),
  ];
  return rows
    .map((row) =>
      row
        .map((cell, column) => align(cell, column, rows))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function cells(result: Result): string[] {
  const { what, unit, measured, range, against, budget, informative } = result;
  const figure = unit === 's' ? seconds : bytes;
  return [
    what,
    figure(measured),
    range ? `(${range.map((value) => value.toFixed(2)).join('–')})` : '',
    figure(against.value),
    against.name,
    ratio(result).toFixed(2),
    `≤ ${budget.toFixed(2)}`,
    isOver(result) ? `MISSED${informative ? ' (informative)' : ''}` : 'ok',
  ];
}

/** Aligns numbers to the right and words to the left. */
function align(cell: string, column: number, rows: readonly string[][]): string {
  const width = Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return [1, 3, 5, 6].includes(column) ? cell.padStart(width) : cell.padEnd(width);
}

const ratio = ({ measured, against }: Result): number => measured / against.value;
const isOver = (result: Result): boolean => !(ratio(result) <= result.budget);
const seconds = (value: number): string => `${value.toFixed(2)} s`;
const bytes = (value: number): string => `${value.toLocaleString('en')} bytes`;
