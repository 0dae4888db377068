import type { BaselineConfig } from '../../config/config';
import { SLOTS } from '../../config/sections/day-zero';
import { slotId, type SlotKind } from '../../stacks/people';
import type { UpgradeTemplate } from '../../upgrade/compare';
import { inWords } from '../checks/check';
import type { DeployedSuite, Surroundings } from '../snapshot';
import { parametersOf, textOf } from '../template-values';
import { literalOf } from './literal';
import type { Entry } from './plan';

/** What holds the name of a person or an address, in the templates of day zero. */
const PLACES: Readonly<Record<SlotKind, { readonly idOf: (slot: string) => string; readonly name: string }>> =
  {
    Administrator: { idOf: (slot) => `AdminAccess${slot}User`, name: 'UserName' },
    Email: { idOf: (slot) => `Notifications${slot}`, name: 'Endpoint' },
  };

/**
 * Plans the people and addresses of day zero. Their logical IDs come from `dayZero`: without it,
 * CloudFormation would create them again before it deletes the first ones.
 */
export function planDayZero({ suite }: Surroundings, config: BaselineConfig): Entry[] {
  if (!('value' in suite)) return [];
  const administrators = placesOf('Administrator', suite.value);
  const emails = placesOf('Email', suite.value);
  const { dayZero } = config;
  const others = [
    ...misplaced(administrators, dayZero?.administrators, config.administrators),
    ...misplaced(emails, dayZero?.emails, config.notifications.emails),
  ];
  if (others.length === 0) return [];
  const option = `dayZero: { administrators: ${literalOf(administrators)}, emails: ${literalOf(emails)} }`;
  return [
    {
      what: 'People of day zero',
      action: 'stop',
      why: `Day zero created ${inWords(others)}, and the configuration does not say so in \`dayZero\`. The deployment would create them again, and fail.`,
      remedy: { text: `Set \`${option}\`, and run \`preflight\` again.`, link: 'docs/day-zero.md' },
    },
  ];
}

/** The names at the places of day zero, with '' for an unused one, up to the last that is used. */
function placesOf(kind: SlotKind, suite: DeployedSuite): string[] {
  const { idOf, name } = PLACES[kind];
  const names = Array.from({ length: SLOTS }, (_, index) => {
    const slot = slotId(kind, index);
    const found = suite.flatMap(({ stack, resources, template }) => {
      const parameters = parametersOf(stack);
      const isThere = resources.some(
        ({ LogicalResourceId, ResourceStatus }) =>
          LogicalResourceId === idOf(slot) && ResourceStatus !== 'DELETE_COMPLETE',
      );
      const { Resources = {} } = template as Partial<UpgradeTemplate>;
      const value = Resources[idOf(slot)]?.Properties?.[name];
      return isThere ? [textOf(value, (reference) => parameters[reference]) ?? ''] : [];
    });
    // A user whose own name is that of a place needs none.
    return found.find((one) => one !== slot) ?? '';
  });
  while (names.at(-1) === '') names.pop();
  return names;
}

/** People who are configured in a different place than in the stacks. */
function misplaced(
  deployed: readonly string[],
  places: readonly string[] = [],
  configured: readonly string[],
): string[] {
  return deployed.filter((one, index) => configured.includes(one) && places[index] !== one);
}
