import { join } from 'node:path';
import { REPOSITORY } from '../../emulator/emulator';
import type { BaselineConfig, BaselineOptions } from '../../lib/config/config';
import { CHANNELS } from '../../lib/notifications/channels';
import { smallest } from '../docs/smallest';

const GROUP = 'a4e8f458-1234-5678-9abc-def012345678';

const EVERY_STACK = {
  region: 'us-east-1',
  access: { mode: 'roles', delegation: true, breakGlass: ['break-glass-1', 'break-glass-2'] },
  billing: { viewers: ['carol'], costAnomalyDetection: true },
  federation: {
    pipelines: { github: [{ repository: 'acme/account', rights: 'baseline', deploy: { branch: 'main' } }] },
    identityCenter: {
      instanceArn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef',
      administrators: { Administrators: GROUP },
      auditors: { Auditors: GROUP },
    },
  },
  notifications: {
    emails: ['security@example.com'],
    slack: { workspaceId: 'T0123', channelId: 'C0123' },
  },
  organization: { id: 'o-a1b2c3d4e5', rootId: 'r-a1b2' },
  accountSettings: { removeDefaultVpcs: true, emptyDefaultSecurityGroups: true },
} as const satisfies Partial<BaselineOptions>;

/** Configurations that together have every stack. */
export const CONFIGURATIONS = {
  free: smallest('free'),
  standard: smallest('standard'),
  strict: smallest('strict'),
  everything: smallest('strict', EVERY_STACK),
} as const satisfies Readonly<Record<string, BaselineConfig>>;

/** Every type of resource that the baseline can deploy. */
export const MOTO_CONFIGURATION = smallest('strict', {
  ...EVERY_STACK,
  federation: {
    ...EVERY_STACK.federation,
    identityCenter: { ...EVERY_STACK.federation.identityCenter, powerUsers: { Developers: GROUP } },
    saml: {
      name: 'Okta',
      metadata: join(REPOSITORY, 'test/federation/saml/idp.xml'),
      roles: [{ role: 'Administrator', group: 'aws-administrators' }],
    },
  },
  notifications: Object.assign(
    {},
    ...CHANNELS.map(({ example }) => example),
  ) as BaselineOptions['notifications'],
  organization: {
    ...EVERY_STACK.organization,
    units: { Workloads: 'create', 'Workloads/Production': 'create' },
    accounts: { shop: { email: 'aws+shop@example.com', unit: 'Workloads/Production' } },
    policies: { regions: 'enforce', users: 'enforce', instances: 'observe', outsiders: 'enforce' },
    regions: ['eu-central-1', 'us-east-1'],
    delegatedAdministrator: { account: '222222222222', services: ['iam', 'access-analyzer'] },
    detectors: { guardDuty: true, securityHub: true, accessAnalyzer: true },
  },
});
