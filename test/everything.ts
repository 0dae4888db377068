import { join } from 'node:path';
import type { BaselineOptions } from '../lib/config/config';
import { CHANNELS } from '../lib/notifications/channels';
import { switchesAs } from './settings/switches';

const CONTACT = { name: 'Ann Lee', title: 'CISO', email: 'security@example.com', phone: '+1 555 0100' };

/** The options of every kind of channel, as its example has them. */
export const CHANNEL_EXAMPLES = Object.assign(
  {},
  ...CHANNELS.map(({ example }) => example),
) as BaselineOptions['notifications'];

const DEPLOYED_BY = { environment: 'production', branch: 'main' };

/** Ten repositories, with every kind of rights and issuer. */
const PIPELINES: NonNullable<BaselineOptions['federation']>['pipelines'] = {
  github: [
    {
      repository: 'example-co/aws-account',
      rights: 'baseline',
      deploy: DEPLOYED_BY,
      verify: { branch: 'main' },
    },
    ...Array.from({ length: 7 }, (_, index) => ({
      repository: `example-co/customer-website-${index}`,
      ids: { owner: '123456789', repository: `1234567890${index}` },
      deploy: {
        ...DEPLOYED_BY,
        workflow: 'example-co/pipelines/.github/workflows/deploy.yml@refs/heads/main',
      },
    })),
  ],
  gitlab: [
    {
      project: 'example-co/data/warehouse',
      deploy: { branch: 'main' },
      rights: { plan: ['job-function/ViewOnlyAccess'], deploy: ['AmazonS3FullAccess'] },
    },
  ],
  others: [
    {
      name: 'terraform',
      issuer: 'https://app.terraform.io',
      plan: { sub: ['organization:example-co:project:web:*'] },
      deploy: { sub: ['organization:example-co:project:web:workspace:live:run_phase:apply'] },
    },
  ],
};

/** A SAML provider with real metadata, whose certificate is valid for a hundred years. */
export const SAML = {
  name: 'Okta',
  metadata: join(__dirname, 'federation/saml/idp.xml'),
  roles: [{ role: 'Administrator' as const, group: 'aws-administrators' }, { role: 'ReadOnly' as const }],
};

/** Every policy enforced, with its exceptions. */
export const ORGANIZATION: NonNullable<BaselineOptions['organization']> = {
  id: 'o-a1b2c3d4e5',
  rootId: 'r-a1b2',
  units: { Workloads: 'create', 'Workloads/Production': 'create', Sandbox: 'ou-a1b2-c3d4e5f6' },
  accounts: {
    shop: { email: 'aws+shop@example.com', unit: 'Workloads/Production' },
    interns: { email: 'aws+interns@example.com', unit: 'Sandbox' },
    legacy: { id: '333333333333', unit: 'Sandbox' },
  },
  trustedAccounts: ['999999999999'],
  regions: ['eu-central-1', 'us-east-1'],
  policies: {
    regions: 'enforce',
    users: 'enforce',
    instances: 'observe',
    outsiders: 'enforce',
  },
  delegatedAdministrator: { account: '222222222222', services: ['iam', 'access-analyzer', 'account'] },
  detectors: {
    guardDuty: true,
    guardDutyPlans: ['s3_data_events'],
    securityHub: true,
    accessAnalyzer: true,
  },
};

const GROUP = 'a4e8f458-1234-5678-9abc-def012345678';

/** Every permission set, each with one group. */
export const IDENTITY_CENTER = {
  instanceArn: 'arn:aws:sso:::instance/ssoins-0123456789abcdef',
  administrators: { Everybody: GROUP },
  powerUsers: { Everybody: GROUP },
  readers: { Everybody: GROUP },
  auditors: { Everybody: GROUP },
  billing: { Everybody: GROUP },
};

/** A configuration with every resource type, and every function, that there is. */
export const EVERYTHING: Partial<BaselineOptions> = {
  profile: 'strict',
  region: 'us-east-1',
  tags: { Owner: 'security' },
  access: {
    supportRole: true,
    delegation: true,
    mode: 'roles',
    breakGlass: ['break-glass-1', 'break-glass-2'],
    people: [{ name: 'dave', roles: ['ReadOnly', 'Auditor'] }],
    revokedSessions: [{ name: 'dave', before: '2026-11-29T10:00:00Z' }],
  },
  federation: { saml: SAML, pipelines: PIPELINES, identityCenter: IDENTITY_CENTER },
  billing: { viewers: ['carol'], costAnomalyDetection: true },
  notifications: { ...CHANNEL_EXAMPLES, emails: ['a@example.com'] },
  organization: ORGANIZATION,
  accountSettings: {
    alias: 'acme',
    contacts: { security: CONTACT, billing: CONTACT, operations: CONTACT },
    ...switchesAs(true),
    dailyCheck: true,
  },
};
