import { join } from 'node:path';
import { Construct } from 'constructs';
import { SettingFunction } from './setting-function';
import { setSwitches } from './set-switches';
import { NETWORK_SWITCHES, type Switches } from './settings';

/** What is set; the switches are those of {@link NETWORK_SWITCHES}, each with its default. */
export interface DefaultNetworksProps extends Switches<typeof NETWORK_SWITCHES> {
  /**
   * Regions whose networks are looked at.
   * @default - all that are enabled
   */
  readonly regions?: readonly string[];
  /**
   * Leave the networks as they are when a switch is turned off or deleted.
   * @default false
   */
  readonly keepOnRemoval?: boolean;
}

/** The networks that AWS creates in every Region of a new account, with a function of their own. */
export class DefaultNetworks extends Construct {
  /** What was not changed because it is in use or was changed, by the name of the setting. */
  readonly leftAlone: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: DefaultNetworksProps = {}) {
    super(scope, id);
    const handler = new SettingFunction(this, 'Function', {
      entry: join(__dirname, './default-networks.handler.ts'),
      description: 'Default networks',
      settings: NETWORK_SWITCHES,
      regions: props.regions,
    });
    this.leftAlone = setSwitches(this, handler, NETWORK_SWITCHES, { ...props }, props.keepOnRemoval);
  }
}
