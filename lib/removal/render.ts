import type { Output } from '../posture/commands/output';
import { allPrintable, shell } from '../posture/shell';
import { PLACE, STEPS } from './kept';
import type { RemovalPlan } from './plan';

/** A plan as text. */
export function renderRemoval(removal: RemovalPlan, { colors }: Pick<Output, 'colors'>): string {
  const plan = allPrintable(removal);
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [colors.bold(title), ...lines.map((line) => `  ${line}`), ''];
  const region = plan.region === undefined ? '' : shell` --region ${plan.region}`;
  return [
    `Nothing was removed. This is what removing ${plan.stacks.length === 1 ? '1 stack' : `${plan.stacks.length} stacks`} would do.`,
    '',
    ...section('How', [
      ...(plan.hasOrganization ? [STEPS.organization] : []),
      ...(plan.isDeployed
        ? [STEPS.deployed, ...plan.commands.map(asCommand)]
        : [STEPS.protection, STEPS.destroy, ...STEPS.commands.map(asCommand)]),
    ]),
    ...section('Gone for good', plan.lost),
    ...section(
      'Deleted',
      plan.deleted.map(([noun, count]) => `${noun}${count > 1 ? ` (${count})` : ''}`),
    ),
    ...section('Restored to the previous values', plan.restored),
    ...section('Not changed, as the configuration says', plan.settled),
    ...plan.kept.flatMap(({ title, names, why, how, command, instead }) =>
      section(`Kept: ${title}`, [
        names.join(', '),
        why,
        ...(how === '' && command === undefined ? [] : [`To remove it: ${how}`.trimEnd()]),
        ...commandsFor(command, plan.isDeployed ? names.map((name) => shell`${name}` + region) : [PLACE]),
        ...(instead === undefined ? [] : [instead]),
      ]),
    ),
    ...section('Kept: others', plan.unknown),
    plan.isDeployed ? STEPS.earlier : 'Add --deployed for the names in the account.',
    ...(plan.kept.some(({ types }) => /::(?:User|Group)$/.test(types[0] ?? '')) ? [STEPS.again] : []),
  ]
    .join('\n')
    .trimEnd();
}

function commandsFor(command: string | undefined, names: readonly string[]): string[] {
  return command === undefined ? [] : names.map((name) => asCommand(`${command} ${name}`));
}

const asCommand = (command: string) => `  $ ${command}`;
