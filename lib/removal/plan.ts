import type { UpgradeSuite } from '../upgrade/compare';
import { nounOf } from '../upgrade/words';
import { type Kept, KEPT, LOST, RESTORED_OTHERWISE } from './kept';

/** What a removal of stacks does. */
export interface RemovalPlan {
  readonly stacks: readonly string[];
  /** Commands that delete the stacks, if these are deployed. */
  readonly commands: readonly string[];
  /** Whether kept resources have their names in the account, and not their logical IDs. */
  readonly isDeployed: boolean;
  /** Region of the suite. @default - it is not known */
  readonly region?: string;
  /** Numbers of the deleted resources, by what they are. */
  readonly deleted: readonly (readonly [noun: string, count: number])[];
  /** What is gone for good. */
  readonly lost: readonly string[];
  /** Settings whose previous values are restored. */
  readonly restored: readonly string[];
  /** Settings that stay as they are, because the configuration says so. */
  readonly settled: readonly string[];
  readonly kept: readonly (Omit<Kept, 'created'> & { readonly names: readonly string[] })[];
  /** Kept resources whose type has no words yet: `<logical ID> (<type>)`. */
  readonly unknown: readonly string[];
  /** Whether an organization's stacks are among them, which go first. */
  readonly hasOrganization: boolean;
}

/**
 * What deleting the stacks would delete, restore and keep.
 *
 * @param physicalIds names in the account by `<stack>/<logical ID>`, of what exists; without them, logical
 * IDs stand for them
 */
export function planRemoval(
  suite: UpgradeSuite,
  physicalIds?: ReadonlyMap<string, string>,
  commands: readonly string[] = [],
  region?: string,
): RemovalPlan {
  const resources = Object.entries(suite).flatMap(([stack, { Resources }]) =>
    Object.entries(Resources).flatMap(([id, resource]) => {
      // The template has places for people and addresses, and a resource for each that is taken.
      const name = physicalIds === undefined ? id : physicalIds.get(`${stack}/${id}`);
      const stays = /^Retain/.test(textOf(resource['DeletionPolicy']));
      return name === undefined ? [] : [{ id, name, type: resource.Type, stays }];
    }),
  );
  const isSetting = ({ type }: { readonly type: string }) => type.startsWith('Custom::');
  const gone = resources.filter((one) => !one.stays && !isSetting(one));
  const nouns = gone.map(({ type }) => nounOf(type));
  const staying = resources.filter((one) => one.stays && !isSetting(one));
  return {
    stacks: Object.keys(suite),
    commands,
    isDeployed: physicalIds !== undefined,
    ...(region !== undefined && { region }),
    deleted: [...new Set(nouns)].map((noun) => [noun, nouns.filter((one) => one === noun).length]),
    lost: Object.entries(LOST).flatMap(([type, loss]) => (gone.some((one) => one.type === type) ? loss : [])),
    restored: resources
      .filter((one) => !one.stays && isSetting(one) && !KEPT.some(({ created }) => created?.[one.type]))
      .map(({ id, type }) => [id, RESTORED_OTHERWISE[type]].filter((one) => one !== undefined).join(' ')),
    settled: resources.filter((one) => one.stays && isSetting(one)).map(({ id }) => id),
    kept: KEPT.flatMap(({ created, ...kept }) => {
      const names = created
        ? resources.flatMap(({ type }) => created[type] ?? [])
        : staying.flatMap(({ type, name }) => (type === kept.types[0] && name !== '' ? name : []));
      return names.length > 0 ? { ...kept, names } : [];
    }),
    unknown: staying
      .filter(({ type }) => !KEPT.some(({ types }) => types.includes(type)))
      .map(({ id, type }) => `${id} (${type})`),
    hasOrganization: Object.keys(suite).some(isOfOrganization),
  };
}

/** Whether a stack is one of those for the organization, which need an order of their own. */
export const isOfOrganization = (name: string) => /-(?:Services|Organization\w*|Members\w*)$/.test(name);

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');
