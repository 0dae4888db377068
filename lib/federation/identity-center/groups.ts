import type { BaselineConfig } from '../../config/config';

type IdentityCenter = NonNullable<BaselineConfig['federation']['identityCenter']>;

/** A group of the configuration. */
export interface ConfiguredGroup {
  readonly name: string;
  readonly id: string;
  /** The kind of people that the group is. */
  readonly kind: (typeof KINDS)[number];
}

/** The kinds of people that groups can be, as the configuration names them. */
const KINDS = ['administrators', 'powerUsers', 'readers', 'auditors', 'billing'] as const;

/** The groups of the configuration. A group can be of several kinds. */
export function groupsOf(identityCenter: IdentityCenter): ConfiguredGroup[] {
  return KINDS.flatMap((kind) =>
    Object.entries(identityCenter[kind]).map(([name, id]) => ({ name, id, kind })),
  );
}
