import type { BaselineOptions } from '../lib/config/config';
import { CHANNELS } from '../lib/notifications/channels';
import { switchesAs } from './settings/switches';

const CONTACT = { name: 'Ann Lee', title: 'CISO', email: 'security@example.com', phone: '+1 555 0100' };

/** The options of every kind of channel, as its example has them. */
export const CHANNEL_EXAMPLES = Object.assign(
  {},
  ...CHANNELS.map(({ example }) => example),
) as BaselineOptions['notifications'];

/** A configuration with every resource type, and every function, that there is. */
export const EVERYTHING: Partial<BaselineOptions> = {
  profile: 'strict',
  region: 'us-east-1',
  tags: { Owner: 'security' },
  access: { supportRole: true },
  billing: { viewers: ['carol'], costAnomalyDetection: true },
  notifications: { ...CHANNEL_EXAMPLES, emails: ['a@example.com'] },
  accountSettings: {
    alias: 'acme',
    contacts: { security: CONTACT, billing: CONTACT, operations: CONTACT },
    ...switchesAs(true),
    dailyCheck: true,
  },
};
