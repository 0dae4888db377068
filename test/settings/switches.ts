import type { Switch } from '../../lib/settings/setting';
import { NETWORK_SWITCHES, SWITCHES } from '../../lib/settings/settings';

/** Every option that turns a setting on or off, with its default. */
export const SWITCH_DEFAULTS: Readonly<Record<string, boolean>> = Object.fromEntries(
  [...SWITCHES, ...NETWORK_SWITCHES].flatMap(({ option }) => Object.entries<boolean>(option)),
);

/** Every option that turns a setting on or off, with a value. */
export const switchesAs = <T>(value: T): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.keys(SWITCH_DEFAULTS).map((name) => [name, value]));

/** The switches of the account, each with the name and default of its option. */
export const ROWS = SWITCHES.flatMap((one: Switch) =>
  Object.entries(one.option).map(([option, isOn]) => ({ ...one, option, isOn, name: one.setting.name })),
);
