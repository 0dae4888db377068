import { serve } from '../../lib/settings/account-settings.handler';
import { serve as serveNetworks } from '../../lib/settings/default-networks.handler';
import * as defaultSecurityGroups from '../../lib/settings/default-security-groups';
import * as defaultVpc from '../../lib/settings/default-vpc';
import type { Setting } from '../../lib/settings/setting';
import { SETTINGS } from '../../lib/settings/settings';

/** The function of the account settings, as synthesis puts it together. */
export const { handler } = serve(SETTINGS.map(({ setting }) => setting as Setting));

/** The function of the default networks. */
export const { handler: networksHandler } = serveNetworks([
  defaultVpc.setting,
  defaultSecurityGroups.setting,
]);
