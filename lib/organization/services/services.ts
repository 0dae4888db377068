import type { SettingModule } from '../../settings/setting';
import * as accessAnalyzerAccess from './access-analyzer-access';
import * as accessAnalyzerAdministrator from './access-analyzer-administrator';
import * as accountAccess from './account-access';
import * as accountAdministrator from './account-administrator';
import * as cloudTrailAccess from './cloudtrail-access';
import type { DelegatedService } from './delegated-services';
import * as declarativePolicies from './declarative-policies';
import * as iamAccess from './iam-access';
import * as iamAdministrator from './iam-administrator';
import * as organization from './organization';
import * as resourceControlPolicies from './resource-control-policies';
import * as rootCredentials from './root-credentials';
import * as rootSessions from './root-sessions';
import * as serviceControlPolicies from './service-control-policies';
import * as stackSetsAccess from './stack-sets-access';

/** The check that all others depend on. */
export { organization };

/** Trusted access, central root access, and policy types, each after those that it requires. */
export const FEATURES = {
  stackSetsAccess,
  cloudTrailAccess,
  iamAccess,
  accessAnalyzerAccess,
  accountAccess,
  rootCredentials,
  rootSessions,
  serviceControlPolicies,
  resourceControlPolicies,
  declarativePolicies,
} as const satisfies Readonly<Record<string, SettingModule>>;

export type Feature = keyof typeof FEATURES;

/** Features that a feature requires. */
export const REQUIRES: Readonly<Partial<Record<Feature, Feature>>> = {
  rootCredentials: 'iamAccess',
  rootSessions: 'iamAccess',
};

/** Services that an account can administer for the organization, and the trusted access they require. */
export const DELEGATIONS = {
  iam: { administrator: iamAdministrator, access: 'iamAccess' },
  'access-analyzer': { administrator: accessAnalyzerAdministrator, access: 'accessAnalyzerAccess' },
  account: { administrator: accountAdministrator, access: 'accountAccess' },
} as const satisfies Readonly<Record<DelegatedService, { administrator: SettingModule; access: Feature }>>;

/** All modules that the function can apply. */
export const SERVICES: readonly SettingModule[] = [
  organization,
  stackSetsAccess,
  cloudTrailAccess,
  iamAccess,
  accessAnalyzerAccess,
  accountAccess,
  rootCredentials,
  rootSessions,
  serviceControlPolicies,
  resourceControlPolicies,
  declarativePolicies,
  iamAdministrator,
  accessAnalyzerAdministrator,
  accountAdministrator,
];
