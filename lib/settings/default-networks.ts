import { join } from 'node:path';
import { Construct } from 'constructs';
import { accountSettings } from '../config/sections/account-settings';
import { checkProps } from '../fields/check-props';
import { SettingFunction } from './setting-function';
import { setSwitches } from './set-switches';
import { NETWORK_SWITCHES, type Switches } from './settings';

/** Properties of `DefaultNetworks`, with a switch for each setting. */
export interface DefaultNetworksProps extends Switches<typeof NETWORK_SWITCHES> {
  /**
   * Regions whose default networks are changed.
   * @default - all enabled Regions
   */
  readonly regions?: readonly string[];
  /**
   * Keeps the changes when a switch is disabled or deleted, instead of restoring the networks.
   * @default false
   */
  readonly keepOnRemoval?: boolean;
}

/**
 * Settings for the networks that AWS creates in every Region of a new account. They have their own function.
 * Use it once per account.
 * @example
 * new DefaultNetworks(this, 'Networks', { removeDefaultVpcs: true, regions: ['eu-central-1'] });
 */
export class DefaultNetworks extends Construct {
  /** Networks that were not changed because they are in use or customized, by the name of the setting. */
  readonly leftAlone: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: DefaultNetworksProps = {}) {
    super(scope, id);
    checkProps(accountSettings.unwrap().shape, props);
    const handler = new SettingFunction(this, 'Function', {
      entry: join(__dirname, './default-networks.handler.ts'),
      description: 'Default networks',
      settings: NETWORK_SWITCHES,
      regions: props.regions,
    });
    this.leftAlone = setSwitches(this, handler, NETWORK_SWITCHES, { ...props }, props.keepOnRemoval);
  }
}
