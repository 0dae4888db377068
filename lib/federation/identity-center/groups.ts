import type { BaselineConfig } from '../../config/config';

type IdentityCenter = NonNullable<BaselineConfig['federation']['identityCenter']>;

/** The kinds of people that groups can be, as the configuration names them. */
const KINDS = ['administrators', 'powerUsers', 'readers', 'auditors', 'billing'] as const;

/** What each group is in the configuration, by its ID. */
export function groupsOf(identityCenter: IdentityCenter): Record<string, string[]> {
  const groups: Record<string, string[]> = {};
  for (const kind of KINDS) for (const id of identityCenter[kind]) (groups[id] ??= []).push(kind);
  return groups;
}
