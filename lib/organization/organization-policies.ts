import { CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import { Construct } from 'constructs';
import { POLICIES } from './policies';
import type { Organization } from './policies/policy';

/** What the policies depend on. */
export interface OrganizationPoliciesProps {
  /** The configured organization. */
  readonly organization: Organization;
  /** Prefix of the stack names, with which the names of the policies begin. */
  readonly prefix: string;
}

/**
 * The policies of the organization. Those to observe exist but are attached to nothing, so that enforcing one
 * changes only its targets. Removal detaches and deletes them, so that no account stays limited.
 */
export class OrganizationPolicies extends Construct {
  constructor(scope: Construct, id: string, { organization, prefix }: OrganizationPoliciesProps) {
    super(scope, id);
    const { id: organizationId, rootId, ous, exceptAccounts, regions = [], policies } = organization;
    const wanted = POLICIES.filter(({ name }) => policies[name] !== 'off');
    const created = wanted.map((policy) => {
      const { name, type, denies } = policy;
      return new CfnPolicy(this, `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`, {
        name: `${prefix}-${name}`,
        description: denies,
        type,
        content: policy.document({ organizationId, prefix, exceptAccounts, regions }),
        targetIds: policies[name] === 'enforce' ? (ous ?? [rootId]) : undefined,
      });
    });
    // One after the other: Organizations refuses changes at the same time (ConcurrentModificationException).
    created.forEach((policy, index) => {
      const previous = created[index - 1];
      if (previous) policy.addResourceDependency(previous);
    });
  }
}
