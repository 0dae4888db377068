import type { SettingModule } from '../../settings/setting';
import * as accessAnalyzerAccess from './access-analyzer-access';
import * as accessAnalyzerAdministrator from './access-analyzer-administrator';
import * as accountAccess from './account-access';
import * as accountAdministrator from './account-administrator';
import * as cloudTrailAccess from './cloudtrail-access';
import type { DelegatedService } from './delegated-services';
import * as declarativePolicies from './declarative-policies';
import * as guardDutyAccess from './guard-duty-access';
import * as guardDutyAdministrator from './guard-duty-administrator';
import * as guardDutyDelegation from './guard-duty-delegation';
import * as guardDutyPolicies from './guard-duty-policies';
import * as guardDutyRole from './guard-duty-role';
import * as iamAccess from './iam-access';
import * as iamAdministrator from './iam-administrator';
import * as organization from './organization';
import * as resourceControlPolicies from './resource-control-policies';
import * as rootCredentials from './root-credentials';
import * as rootSessions from './root-sessions';
import * as securityHubAccess from './security-hub-access';
import * as securityHubAdministrator from './security-hub-administrator';
import * as securityHubDelegation from './security-hub-delegation';
import * as securityHubPolicies from './security-hub-policies';
import * as securityHubRole from './security-hub-role';
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

/**
 * What the policies of a detector need, each after the one before it. The administrators have the ID of the
 * account as their value. The type of the policies comes last, because with it the settings of the
 * administrator end.
 */
export const DETECTORS = {
  guardDuty: {
    first: [guardDutyAccess, guardDutyRole],
    administrators: [guardDutyDelegation, guardDutyAdministrator],
    last: guardDutyPolicies,
  },
  securityHub: {
    first: [securityHubAccess, securityHubRole],
    administrators: [securityHubDelegation, securityHubAdministrator],
    last: securityHubPolicies,
  },
} as const satisfies Readonly<
  Record<
    string,
    {
      first: readonly SettingModule[];
      administrators: readonly SettingModule[];
      last: SettingModule;
    }
  >
>;

export type Detector = keyof typeof DETECTORS;

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
  guardDutyAccess,
  guardDutyRole,
  guardDutyDelegation,
  guardDutyAdministrator,
  guardDutyPolicies,
  securityHubAccess,
  securityHubRole,
  securityHubDelegation,
  securityHubAdministrator,
  securityHubPolicies,
];
