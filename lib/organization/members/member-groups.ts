import type { BaselineConfig } from '../../config/config';

/** Members that have the same options, in a StackSet of their own. */
interface MemberGroup {
  /** Its name in `organization.members.groups`; empty for the members of no group. */
  readonly name: string;
  /** IDs of its OUs, or of the root. */
  readonly targets: readonly string[];
}

/** The groups of members that a configuration has, those with options of their own first. */
export function memberGroupsOf({ organization }: Pick<BaselineConfig, 'organization'>): MemberGroup[] {
  if (!organization) return [];
  const { ous, rootId, members } = organization;
  const groups = Object.entries(members.groups).map(([name, { ous: targets }]) => ({ name, targets }));
  const taken = groups.flatMap(({ targets }) => targets);
  const others = (ous ?? [rootId]).filter((target) => !taken.includes(target));
  return [...groups, ...(others.length > 0 ? [{ name: '', targets: others }] : [])];
}

/**
 * The configuration of a member: the management account's with the options of its group, except for what only
 * one account can have.
 *
 * @param group name of its group; empty if it has none
 */
export function configOfMembers(config: BaselineConfig, group = ''): BaselineConfig {
  const { accountSettings, passwordPolicy, organization } = config;
  const { groups, ...others } = organization?.members ?? { groups: {}, keepOnRemoval: true };
  const own = groups[group];
  const { contacts = accountSettings.contacts, keepOnRemoval } = { ...others, ...given(own ?? {}) };
  return {
    ...config,
    accountSettings: {
      ...accountSettings,
      ...given(own?.accountSettings ?? {}),
      alias: undefined,
      contacts,
      keepOnRemoval,
    },
    passwordPolicy: {
      ...passwordPolicy,
      ...given(own?.passwordPolicy ?? {}),
      onRemoval: keepOnRemoval ? 'retain' : 'restore',
    },
  };
}

/** The options that have a value. */
function given<T extends object>(options: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
