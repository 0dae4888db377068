import type { RemovalPolicy } from 'aws-cdk-lib';
import { IGroup, Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledge } from '../functions/nag-suppressions';

export interface GroupPolicyProps {
  /** The group that the policy is part of. */
  readonly group: IGroup;
  /** What it allows and denies. */
  readonly statements: PolicyStatement[];
  /** What becomes of it when the stack is deleted. */
  readonly removalPolicy: RemovalPolicy;
}

/**
 * A policy in the group itself rather than a managed one: it can't be detached, attached elsewhere or given another
 * default version, so guarding the group guards it, and a second stack after a removal writes over it in place.
 */
export class GroupPolicy extends Policy {
  constructor(scope: Construct, id: string, props: GroupPolicyProps) {
    super(scope, id, { groups: [props.group], statements: props.statements });
    this.applyRemovalPolicy(props.removalPolicy);
    acknowledge(this, {
      reason:
        'It belongs to this one group and must not be detached from it, which a managed policy could be.',
      cdkNag: ['NIST.800.53.R5-IAMNoInlinePolicy'],
    });
  }
}
