import type { BaselineOptions } from '../lib/config/config';

const CONTACT = { name: 'Ann Lee', title: 'CISO', email: 'security@example.com', phone: '+1 555 0100' };

/** A configuration with every resource type, and every function, that there is. */
export const EVERYTHING: Partial<BaselineOptions> = {
  profile: 'strict',
  region: 'us-east-1',
  tags: { Owner: 'security' },
  access: { supportRole: true },
  billing: { viewers: ['carol'], costAnomalyDetection: true },
  notifications: {
    emails: ['a@example.com'],
    httpsEndpoints: ['https://alerts.example.com/aws'],
    slack: { workspaceId: 'T0123', channelId: 'C0123' },
    teams: {
      tenantId: '00000000-0000-0000-0000-000000000000',
      teamId: '00000000-0000-0000-0000-000000000000',
      channelId: '19%3a0123456789abcdef0123456789abcdef%40thread.tacv2',
    },
  },
  accountSettings: {
    alias: 'acme',
    contacts: { security: CONTACT, billing: CONTACT, operations: CONTACT },
    removeDefaultVpcs: true,
    emptyDefaultSecurityGroups: true,
    dailyCheck: true,
  },
};
