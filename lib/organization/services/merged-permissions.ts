import type { Permission, SettingModule } from '../../settings/setting';

/** Statements of several settings as few statements: those that differ in a condition's values become one. */
export function mergedPermissions(modules: readonly SettingModule[]): Permission[] {
  const found = new Map<string, Permission>();
  for (const permission of modules.flatMap(({ permissions }) => permissions)) {
    const { actions, resources, conditions = {} } = permission;
    const isLimited = resources !== undefined || Object.keys(conditions).length > 0;
    const keys = Object.entries(conditions).map(([operator, values]) => [operator, Object.keys(values)]);
    const key = isLimited ? JSON.stringify([actions, resources, keys]) : '';
    const other = found.get(key);
    found.set(
      key,
      other ? both(other, permission) : isLimited ? permission : { ...permission, sid: 'UseServices' },
    );
  }
  return [...found.values()];
}

/** Both of two permissions that are the same, but for actions or the values of a condition. */
function both(one: Permission, other: Permission): Permission {
  const conditions = Object.entries(one.conditions ?? {}).map(([operator, values]) => [
    operator,
    Object.fromEntries(
      Object.entries(values).map(([key, value]) => [
        key,
        distinct([value, other.conditions?.[operator]?.[key] ?? []].flat()),
      ]),
    ),
  ]);
  return {
    ...one,
    actions: distinct([...one.actions, ...other.actions]),
    ...(one.conditions ? { conditions: Object.fromEntries(conditions) as Permission['conditions'] } : {}),
  };
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
