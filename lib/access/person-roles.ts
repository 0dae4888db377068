/** Roles for people, in the order of their rights. */
export const PERSON_ROLES = ['Administrator', 'PowerUser', 'ReadOnly', 'Auditor', 'Billing'] as const;

export type PersonRole = (typeof PERSON_ROLES)[number];

/** What a role for people may do. */
export interface PersonRoleRights {
  /** The role's description in the console, in ASCII. */
  readonly description: string;
  /** Names of AWS managed policies. */
  readonly managedPolicies: readonly string[];
  /** Whether the role can change the baseline, so that the guard denies it. */
  readonly isGuarded: boolean;
}

/** What each role may do. */
export const RIGHTS_OF: Readonly<Record<PersonRole, PersonRoleRights>> = {
  Administrator: {
    description: 'Administers the account. The guard denies accidental changes of the baseline.',
    managedPolicies: ['AdministratorAccess'],
    isGuarded: true,
  },
  PowerUser: {
    description: 'Uses every service, and changes neither users nor permissions.',
    managedPolicies: ['PowerUserAccess'],
    isGuarded: true,
  },
  ReadOnly: {
    description: 'Reads every service, data included.',
    managedPolicies: ['ReadOnlyAccess'],
    isGuarded: false,
  },
  Auditor: {
    description: 'Reads the settings of every service, but no data. Enough for aws-account-baseline verify.',
    managedPolicies: ['SecurityAudit', 'job-function/ViewOnlyAccess'],
    isGuarded: false,
  },
  Billing: {
    description: 'Reads bills and costs.',
    managedPolicies: ['AWSBillingReadOnlyAccess'],
    isGuarded: false,
  },
};

/**
 * Name of a role for people. It is a physical name because people type it. It starts with the prefix of the
 * suite, so the guard and the event rules on the suite's roles cover it.
 *
 * @param prefix prefix of the stack names
 */
export function personRoleName(prefix: string, role: PersonRole): string {
  return `${prefix}-${role}`;
}
