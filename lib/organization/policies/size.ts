import type { OrganizationPolicy, PolicyOptions, PolicyType } from './policy';

/**
 * Characters that AWS allows in a policy. Since 15 May 2026, a service control policy may have twice as many
 * as before, and ten instead of five may be attached to a target.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
 */
export const MAXIMUM_SIZE: Readonly<Record<PolicyType, number>> = {
  SERVICE_CONTROL_POLICY: 10_240,
  RESOURCE_CONTROL_POLICY: 5120,
  DECLARATIVE_POLICY_EC2: 10_000,
};

/** Characters of a policy, as CloudFormation sends it: JSON without spaces. */
export function sizeOf(policy: OrganizationPolicy, options: PolicyOptions): number {
  return JSON.stringify(policy.document(options)).length;
}
