import type { Construct } from 'constructs';
import { DefaultNetworks } from '../settings/default-networks';
import { BaselineStack, type ConfiguredStackProps } from './baseline-stack';

/**
 * Deletes the default networks that AWS creates in every Region of a new account, or removes the rules of
 * their default security groups.
 */
export class NetworksStack extends BaselineStack {
  constructor(scope: Construct, id: string, props: ConfiguredStackProps) {
    super(scope, id, props);
    const networks = new DefaultNetworks(this, 'Networks', props.config.accountSettings);
    for (const [name, value] of Object.entries(networks.leftAlone)) {
      this.output(`LeftAlone${name}`, value, 'Not changed: in use, or no longer as AWS created it');
    }
  }
}
