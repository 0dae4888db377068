import type { LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import type { Selectors, Surroundings } from '../../lib/posture/snapshot';
import { REGION, WELL } from './snapshot';

/** What preflight does not look at. */
export const NO_ROLES = { roles: [], policies: [] };

/** Parts of a trail that records everything. */
export const trailParts = (
  selectors: Selectors = { basic: [{ ReadWriteType: 'All', IncludeManagementEvents: true }], advanced: [] },
  logGroup: LogGroup = { logGroupName: 'old-trail' },
): Surroundings['trailParts'][string] => ({
  adoptedBucket: { value: { name: 'old-logs', inAccount: true, isVersioned: true, expireAfterDays: 90 } },
  selectors: { value: selectors },
  logGroup: { value: logGroup },
});

/** A new account. */
export const NEW: Surroundings = {
  at: WELL.at,
  region: REGION,
  caller: WELL.caller,
  suite: { value: [] },
  regions: WELL.regions,
  summary: {
    value: { AccountAccessKeysPresent: 0, Users: 0, UsersQuota: 5000, Groups: 0, GroupsQuota: 300 },
  },
  passwordPolicy: { value: undefined },
  people: { value: { users: [], groups: [], ...NO_ROLES } },
  trails: { value: [] },
  trailParts: { 'old-trail': trailParts() },
  existing: {},
  openRegions: {},
  accountAlias: { value: undefined },
  keyAliases: { value: ['alias/aws/s3'] },
  metricFilters: { value: 0 },
  anomalyMonitors: { value: [] },
  analyzers: { value: [] },
  recorder: { value: undefined },
  detector: { value: undefined },
  securityHub: { value: undefined },
  organization: { value: undefined },
  samlProviders: { value: [] },
  oidcProviders: { value: [] },
  oidcAudiences: {},
  identityCenters: { value: [] },
  identityGroups: { value: {} },
  roles: { value: [] },
  stacks: { value: { names: ['CDKToolkit'], quota: 2000 } },
  refusals: { value: [] },
};
