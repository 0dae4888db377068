import { verifyRolePrefix } from '../verify-role-name';
import type { Conditions, PolicyOptions } from './policy';

/** Roles of the management account in a member: StackSets, Organizations, AWS Control Tower. */
const ROLES_OF_MANAGEMENT = ['stacksets-exec-*', 'OrganizationAccountAccessRole', 'AWSControlTowerExecution'];

/**
 * The roles that roll out the baseline in a member, apply and check its settings, or recover the member.
 * Exempting them by name is safe only because the policy `protect` keeps members from creating or changing
 * roles with these names, and from passing them to a function.
 *
 * The partition is a wildcard, as in the guardrails of AWS Control Tower, so that a text fits each one.
 *
 * @param prefix prefix of the stack names
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-enable-trusted-access.html
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_access.html
 */
export function exemptRoles(prefix: string): string[] {
  const names = [...ROLES_OF_MANAGEMENT, `${stackOfMembers(prefix)}*`, `${verifyRolePrefix(prefix)}*`];
  return names.map((name) => `arn:*:iam::*:role/${name}`);
}

/**
 * Beginning of the names of the stack in members, and of its resources. StackSets name it
 * `StackSet-<name of the StackSet>-<UUID>`. The names of roles and functions have 64 characters at most, so
 * CloudFormation shortens it in theirs; it keeps at least the first 24 characters.
 */
export function stackOfMembers(prefix: string): string {
  return `StackSet-${prefix}`.slice(0, 24);
}

/** The conditions under which a service control policy with exempt roles denies. */
export interface Exceptions {
  readonly prefix: string;
  readonly exceptAccounts: readonly string[];
}

/**
 * Conditions that except the rolling-out roles, central root sessions, and accounts. Central root sessions
 * recover a member as its root, and AWS limits each to one task.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-privileged-task.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-assumedroot
 */
export function exceptRollout(
  { prefix, exceptAccounts }: Exceptions,
  more: Readonly<Record<string, readonly string[]>> = {},
): Conditions {
  return {
    ArnNotLike: { 'aws:PrincipalArn': exemptRoles(prefix) },
    Null: { 'aws:AssumedRoot': 'true' },
    ...notEquals({ ...more, 'aws:PrincipalAccount': exceptAccounts }),
  };
}

/**
 * The condition that excepts accounts. Leaving the policy unattached to them would not be enough: an account
 * inherits the policies of the root and of every OU above it.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 */
export function exceptMembers(accounts: readonly string[]): Conditions {
  return notEquals({ 'aws:PrincipalAccount': accounts });
}

/**
 * The condition that excepts OUs and those below them. An account that belongs to no organization, and so has
 * no path, is not excepted.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgpaths
 */
export function exceptUnits(
  units: readonly string[],
  { organizationId }: Pick<PolicyOptions, 'organizationId'>,
): Conditions {
  const paths = units.map((unit) => `${organizationId}/*/${unit}/*`);
  return notEquals({ 'aws:PrincipalOrgPaths': paths }, 'ForAllValues:StringNotLike');
}

/** A condition on several keys, without those that have no values. All of them must differ. */
export function notEquals(
  keys: Readonly<Record<string, readonly string[]>>,
  operator = 'StringNotEquals',
): Conditions {
  const values = Object.entries(keys).filter(([, all]) => all.length > 0);
  return values.length > 0 ? { [operator]: Object.fromEntries(values) } : {};
}
