import type { RemovalPolicy } from 'aws-cdk-lib';
import { IGroup, Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledge } from '../functions/nag-suppressions';

/** Props of {@link GroupPolicy}. */
export interface GroupPolicyProps {
  /** The group that the policy is embedded in. */
  readonly group: IGroup;
  /** Statements of the policy. */
  readonly statements: PolicyStatement[];
  /** What happens to the policy when the stack is deleted. */
  readonly removalPolicy: RemovalPolicy;
}

/**
 * An inline policy of a group. Unlike a managed policy, it cannot be detached, attached elsewhere, or given
 * another default version, so protecting the group protects it. A new deployment after a removal overwrites
 * it in place.
 */
export class GroupPolicy extends Policy {
  constructor(scope: Construct, id: string, props: GroupPolicyProps) {
    super(scope, id, { groups: [props.group], statements: props.statements });
    this.applyRemovalPolicy(props.removalPolicy);
    acknowledge(this, {
      reason:
        'It belongs to this group only and must not be detached, which is possible with a managed policy.',
      cdkNag: ['NIST.800.53.R5-IAMNoInlinePolicy'],
    });
  }
}
