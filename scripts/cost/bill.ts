import Table from 'cli-table3';
import { ACCOUNTS } from '../../lib/catalog/prices';
import type { BaselineConfig } from '../../lib/config/config';
import { costOf, totalOf } from '../../lib/posture/cost';
import { templatesOf } from '../../lib/stacks/templates';
import { nameOf, units, usd } from './format';

/**
 * The bill of a configuration as plain text.
 *
 * @param name shown in the heading, such as the file name
 */
export function bill(name: string, config: BaselineConfig): string {
  const templates = templatesOf(config).map(({ template }) => template);
  const [idle, busy] = [costOf(templates, ACCOUNTS.idle), costOf(templates, ACCOUNTS.busy)];
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
  const differ =
    config.region && config.region !== 'us-east-1' ? `; ${config.region} has different prices` : '';
  return [
    `${name}, profile ${config.profile}: USD in the 12th month, at us-east-1 list prices${differ}`,
    '',
    table.toString().replace(/ +$/gm, ''),
    '',
    'For the assumptions about the two accounts, the sources of the prices, and later changes, see docs/cost.md',
  ].join('\n');
}

const NO_BORDER = Object.fromEntries(
  [
    ...['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right'],
    ...['left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid', 'middle'],
  ].map((name) => [name, '']),
);
