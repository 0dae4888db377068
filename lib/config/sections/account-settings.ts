import { flag, list, section } from '../../fields/basics';
import { accountAlias } from '../../fields/names';
import { region } from '../../fields/region';
import { NETWORK_SWITCHES, type OptionsOf, SWITCHES } from '../../settings/settings';
import type { Switch } from '../../settings/setting';
import { contacts } from './contacts';

/**
 * A flag for each switch. Its name, documentation and default are the `option` in the file of the setting.
 */
function flagsOf<const T extends readonly Switch[]>(switches: T) {
  const options = switches.flatMap(({ option }) => Object.entries(option));
  // Object.fromEntries does not keep the names.
  return Object.fromEntries(options.map(([name, isOn]) => [name, flag().default(isOn)])) as {
    readonly [Name in keyof OptionsOf<T>]: ReturnType<ReturnType<typeof flag>['default']>;
  };
}

export const accountSettings = section({
  ...flagsOf(SWITCHES),
  ...flagsOf(NETWORK_SWITCHES),
  /**
   * Account alias for the sign-in page, which becomes https://alias.signin.aws.amazon.com/console.
   * @default - not changed
   */
  alias: accountAlias().optional(),
  /**
   * People whom AWS contacts about security, billing and operations, in addition to the root user's e-mail
   * address.
   * @default {}
   */
  contacts,
  /**
   * Regions to apply the Regional settings to. List them if your organization blocks the others. Removing a
   * Region from the list does not change its settings; removing the stack restores them there, too, unless
   * the Region refuses it.
   * @default - every enabled Region
   */
  regions: list(region(), 'Regions')
    .refine((names) => names.length > 0, { error: 'must name at least one Region' })
    .optional(),
  /**
   * Checks the settings once a day, reapplies any that changed, and notifies the recipients. It also checks
   * the password policy, but not the default networks.
   * @default false
   */
  dailyCheck: flag().default(false),
  /**
   * Keeps the settings as they are when you disable them or delete the stack.
   * @default false
   */
  keepOnRemoval: flag().default(false),
}).prefault({});
