import type { Construct } from 'constructs';
import type { SettingModule } from './setting';
import type { SettingFunction } from './setting-function';

/** A setting that is on or off. */
type Switch = SettingModule & Required<Pick<SettingModule, 'option'>>;

/**
 * Sets those that are on.
 *
 * @param values whether each is on, by the name of its option
 * @returns what was not changed, by the name of the setting
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
    if ((values[one.option.name] ?? one.option.default) === false) continue;
    const resource = handler.set(scope, one, { retain });
    if (one.mayBeLeftAlone) leftAlone[one.setting.name] = resource.getAttString('LeftAlone');
  }
  return leftAlone;
}
