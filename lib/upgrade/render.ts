import type { Output } from '../posture/commands/output';
import { printable } from '../posture/shell';
import type { Effect, ResourceChange } from './compare';
import { meaningOf, nounOf } from './words';

/** An upgrade: its start, its end, and what it changes. */
export interface Upgrade {
  /** Version of the templates before, if they name it. */
  readonly from: string;
  readonly to: string;
  readonly changes: readonly ResourceChange[];
  /** Stacks that exist before or after only. */
  readonly createdStacks: readonly string[];
  readonly removedStacks: readonly string[];
  /** Stacks whose termination protection is turned on, or off. */
  readonly protectedStacks: readonly string[];
  readonly unprotectedStacks: readonly string[];
  /** How to delete those of them whose Region is known. */
  readonly removeCommands: Readonly<Record<string, string>>;
  /** USD per month in an idle account and in a small, busy one, before and after. */
  readonly cost: Readonly<Record<'idle' | 'busy', readonly [before: number, after: number]>>;
}

const PAINT: Readonly<Record<Effect, 'green' | 'cyan' | 'red' | 'yellow'>> = {
  created: 'green',
  changed: 'cyan',
  replaced: 'red',
  'perhaps replaced': 'red',
  removed: 'red',
  kept: 'yellow',
};

const EFFECTS = Object.keys(PAINT) as Effect[];

/** An upgrade as text: what needs attention, every change by stack, and the cost. */
export function renderUpgrade(upgrade: Upgrade, { colors }: Pick<Output, 'colors'>): string {
  const { changes, cost } = upgrade;
  const protection = [
    ...protectionOf('on', upgrade.protectedStacks),
    ...protectionOf('off', upgrade.unprotectedStacks),
  ];
  const losses = changes.filter(({ loss }) => loss !== undefined);
  const lines = [colors.bold(`From ${printable(upgrade.from)} to ${printable(upgrade.to)}`), ''];
  if (changes.length + protection.length === 0) lines.push('Nothing changes in the account.', '');
  if (losses.length > 0) {
    lines.push(colors.red(colors.bold('Read this before you deploy:')));
    for (const { stackName, id, physicalId, type, loss = '' } of losses) {
      const name = physicalId === undefined ? id : `${id} (${physicalId})`;
      lines.push(printable(`  The ${nounOf(type)} ${name} of ${stackName} ${loss}.`));
    }
    lines.push('');
  }
  lines.push(...protection);
  for (const stackName of new Set(changes.map((change) => change.stackName))) {
    lines.push(colors.bold(`${printable(stackName)}${noteOf(stackName, upgrade)}`));
    const command = upgrade.removeCommands[stackName];
    if (command !== undefined) lines.push(`  $ ${printable(command)}`);
    for (const change of changes.filter((one) => one.stackName === stackName)) {
      const { effect, type, id } = change;
      const when = effect === 'removed' && upgrade.removedStacks.includes(stackName) ? ' with it' : '';
      lines.push(`  ${colors[PAINT[effect]](effect)}${when}: ${printable(`${nounOf(type)} ${id}`)}`);
      lines.push(...meaningOf(change).map((meaning) => `    ${printable(meaning)}`));
    }
    lines.push('');
  }
  const counts = EFFECTS.map(
    (effect) => [effect, changes.filter((one) => one.effect === effect).length] as const,
  );
  const counted = counts.filter(([, count]) => count > 0).map(([effect, count]) => `${count} ${effect}`);
  if (counted.length > 0) lines.push(`Resources: ${counted.join(', ')}`);
  const amount = ([before, after]: readonly [number, number]) =>
    after.toFixed(2) + (before.toFixed(2) === after.toFixed(2) ? '' : ` (now ${before.toFixed(2)})`);
  const left = changes.some(({ effect }) => effect === 'kept') ? ', without what is left behind' : '';
  const until =
    upgrade.removedStacks.length === 0 ? '' : ', once you have deleted the stacks that stay deployed';
  lines.push(
    `Estimated cost, USD a month: ${amount(cost.idle)} in an idle account, ${amount(cost.busy)} in a small, busy one${left}${until}`,
  );
  return lines.join('\n');
}

function protectionOf(state: 'on' | 'off', stacks: readonly string[]): string[] {
  if (stacks.length === 0) return [];
  return [printable(`Termination protection is turned ${state} for ${stacks.join(', ')}.`), ''];
}

function noteOf(stackName: string, { createdStacks, removedStacks }: Upgrade): string {
  if (createdStacks.includes(stackName)) return ' (new stack)';
  return removedStacks.includes(stackName)
    ? ' (no longer in the configuration: stays deployed until you delete it)'
    : '';
}
