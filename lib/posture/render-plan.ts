import Table from 'cli-table3';
import type { Output } from './commands/output';
import type { Remedy } from './finding';
import type { Action, Plan } from './preflight/plan';
import { PLAIN } from './render-posture';
import { allPrintable } from './shell';

const PAINT = {
  create: 'green',
  adopt: 'cyan',
  skip: 'dim',
  info: 'dim',
  unknown: 'yellow',
  gone: 'red',
  stop: 'red',
} as const;
const ACTIONS: readonly Action[] = ['create', 'adopt', 'skip', 'info', 'unknown', 'gone', 'stop'];

/** A plan as text: a table of existing resources with the planned actions, remedies, and a summary line. */
export function renderPlan(plan: Plan, { colors, width }: Omit<Output, 'print'>): string {
  const { account, region, stackName, entries } = allPrintable(plan);
  const table = new Table({
    chars: PLAIN,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colWidths: [8, 30, width - 42],
    wordWrap: true,
  });
  for (const { action, what, why } of entries) {
    table.push([colors[PAINT[action]](action), what, why]);
  }
  const todo = stepsOf(entries).flatMap(({ what, remedy }) => [
    colors.bold(what.join(', ')),
    `   ${remedy.text}`,
    ...(remedy.command === undefined ? [] : [`   $ ${remedy.command}`]),
    '',
  ]);
  const counts = ACTIONS.map(
    (action) => `${entries.filter((entry) => entry.action === action).length} ${action}`,
  );
  return [
    `${colors.bold(account)}, stacks ${stackName}-* in ${region}`,
    '',
    table.toString().replace(/ +$/gm, ''),
    '',
    ...todo,
    counts.join(', '),
  ].join('\n');
}

/** What to do, once for all resources that need the same. */
function stepsOf(entries: Plan['entries']) {
  const steps = new Map<string, { readonly what: string[]; readonly remedy: Remedy }>();
  for (const { what, remedy } of entries) {
    if (!remedy) continue;
    const key = JSON.stringify(remedy);
    steps.set(key, { what: [...(steps.get(key)?.what ?? []), what], remedy });
  }
  return [...steps.values()];
}
