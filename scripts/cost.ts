import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { ACCOUNTS } from '../lib/catalog/prices';
import { BaselineConfigError, type BaselineConfig } from '../lib/config';
import { loadConfig } from '../lib/load-config';
import { costOf, totalOf } from '../lib/posture/cost';
import { templateOf } from '../lib/posture/template';
import { nameOf, units, usd } from './cost/format';

const FILE = process.env['BASELINE_CONFIG'] ?? 'baseline.config.ts';

const HELP = `Usage: npm run cost

Prints what the baseline of your configuration costs a month, line by line, in an account in which nobody works and in
that of a small team. Reads baseline.config.ts, or the file that BASELINE_CONFIG names; asks no account.

  --help  prints this`;

/** The bill as plain text. */
function bill(config: BaselineConfig): string {
  const template = templateOf(config);
  const [idle, busy] = [costOf(template, ACCOUNTS.idle), costOf(template, ACCOUNTS.busy)];
  const table = new Table({
    head: ['', 'idle', 'USD', 'small and busy', 'USD'],
    colAligns: ['left', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2, compact: true },
    chars: NO_BORDER,
  });
  idle.forEach((line, index) => {
    const other = busy[index] ?? line;
    const { price } = line;
    if (line.quantity + other.quantity === 0) return;
    table.push([
      nameOf(price),
      ...[line, other].flatMap((each) => [units(each.quantity, price), usd(each.usd)]),
    ]);
  });
  table.push(['Total', '', usd(totalOf(idle)), '', usd(totalOf(busy))]);
  const differ = config.region && config.region !== 'us-east-1' ? `; those of ${config.region} differ` : '';
  return [
    `${FILE}, profile ${config.profile}: USD in the 12th month, at list prices of us-east-1${differ}`,
    '',
    table.toString().replace(/ +$/gm, ''),
    '',
    'What is assumed of the two accounts, where the prices come from, and what changes with time: docs/cost.md',
  ].join('\n');
}

const NO_BORDER = Object.fromEntries(
  [
    ...['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'],
    ...['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'],
  ].map((name) => [name, '']),
);

try {
  const { values } = parseArgs({ options: { help: { type: 'boolean' } } });
  console.log(values.help ? HELP : bill(loadConfig(FILE)));
} catch (error) {
  if (!isMistake(error)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

/** A person's mistake gets a message, ours a stack trace. */
function isMistake(error: unknown): error is Error {
  return (
    error instanceof BaselineConfigError ||
    (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
  );
}
