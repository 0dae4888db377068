import type { BaselineConfig } from '../../config/config';
import type { PolicyDocument } from '../../explain/managed-policies';
import { POLICIES } from '../../organization/policies';
import { type Organization, type PolicyName, policyOptions } from '../../organization/policies/policy';
import type { PlannedPolicy } from './plan-policies';

/** The policies of a plan, and those for which calls cannot be evaluated. */
export interface PlannedPolicies {
  readonly policies: readonly PlannedPolicy[];
  readonly left: readonly { readonly policy: string; readonly why: string }[];
}

const KINDS = { SERVICE_CONTROL_POLICY: 'scp', RESOURCE_CONTROL_POLICY: 'rcp' } as const;

/**
 * The policies to evaluate.
 *
 * @param names @default - those of the configuration that are not off
 */
export function plannedPolicies(
  organization: Organization,
  config: BaselineConfig,
  names: readonly string[] | undefined,
): PlannedPolicies {
  const options = policyOptions(organization, config);
  const isMeant = (name: PolicyName) => names?.includes(name) ?? organization.policies[name] !== 'off';
  const policies: PlannedPolicy[] = [];
  const left: { policy: string; why: string }[] = [];
  for (const { name, type, document } of POLICIES.filter((policy) => isMeant(policy.name))) {
    if (type === 'DECLARATIVE_POLICY_EC2') {
      left.push({ policy: name, why: 'a declarative policy sets defaults, and denies no past calls' });
    } else if (name === 'regions' && organization.regions === undefined) {
      left.push({ policy: name, why: 'organization.regions is missing' });
    } else {
      policies.push({ name, kind: KINDS[type], document: document(options) as PolicyDocument });
    }
  }
  return { policies, left };
}
