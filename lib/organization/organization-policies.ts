import { CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import { Construct } from 'constructs';
import { POLICIES } from './policies';
import { inOrder } from './structure/organization-structure';
import type { Organization, PolicyOptions } from './policies/policy';

/** What the policies depend on. */
export interface OrganizationPoliciesProps {
  /** The configured organization. */
  readonly organization: Organization;
  /** What the texts of the policies depend on. */
  readonly options: PolicyOptions;
}

/**
 * The policies of the organization. Those to observe exist but are attached to nothing: AWS has checked their
 * text, and enforcing one changes only its targets. Removal detaches and deletes them, so that no account
 * stays limited.
 */
export class OrganizationPolicies extends Construct {
  /** The policies, each after the one before it. */
  readonly created: readonly CfnPolicy[];

  constructor(scope: Construct, id: string, { organization, options }: OrganizationPoliciesProps) {
    super(scope, id);
    const { rootId, ous, policies } = organization;
    const created = POLICIES.filter(({ name }) => policies[name] !== 'off').map(
      ({ name, type, denies, document }) =>
        new CfnPolicy(this, `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`, {
          // People look for it by its name in the console of Organizations.
          name: `${options.prefix}-${name}`,
          description: denies,
          type,
          content: document(options),
          targetIds: policies[name] === 'enforce' ? [...(ous ?? [rootId])] : undefined,
        }),
    );
    // One after the other: the resource type repeats refused changes only twice.
    inOrder(created);
    this.created = created;
  }
}
