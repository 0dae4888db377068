import type { Construct } from 'constructs';
import type { Switch } from './setting';
import type { SettingFunction } from './setting-function';

/**
 * Creates the resources of the enabled switches.
 *
 * @param values whether each switch is enabled, by the name of its option
 * @returns where settings were not changed, by the name of the setting
 */
export function setSwitches(
  scope: Construct,
  handler: SettingFunction,
  switches: readonly Switch[],
  values: Readonly<Record<string, unknown>>,
  retain?: boolean,
): Readonly<Record<string, string>> {
  const leftAlone: Record<string, string> = {};
  for (const one of switches) {
    if (Object.entries(one.option).some(([name, isOn]) => (values[name] ?? isOn) === false)) continue;
    const resource = handler.set(scope, one, { retain });
    if (one.mayBeLeftAlone) leftAlone[one.setting.name] = resource.getAttString('LeftAlone');
  }
  return leftAlone;
}
