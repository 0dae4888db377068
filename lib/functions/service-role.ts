import { CfnRole, PolicyDocument, type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledge } from './nag-suppressions';

export interface ServiceRoleProps {
  /** Principal of the service, such as `lambda.amazonaws.com`. */
  readonly service: string;
  /** What the role is for, as the console shows it: ASCII. */
  readonly description: string;
  /** Everything that it may do. */
  readonly statements: PolicyStatement[];
}

/**
 * A role for one service. Its policy is part of it: it is there before the service's first call and until
 * after the last one, and nothing else can use it.
 */
export function serviceRole(scope: Construct, id: string, props: ServiceRoleProps): Role {
  const role = new Role(scope, id, {
    assumedBy: new ServicePrincipal(props.service),
    description: props.description,
    inlinePolicies: { Default: new PolicyDocument({ statements: props.statements }) },
  });
  nameTrust(role, 'ServiceAssumesRole');
  acknowledge(role, {
    reason: 'The policy is specific to this role.',
    cdkNag: ['NIST.800.53.R5-IAMNoInlinePolicy'],
    guard: ['IAM_NO_INLINE_POLICY_CHECK'],
  });
  return role;
}

/**
 * Names the one statement of a role's trust policy.
 *
 * @param sid letters and digits
 */
export function nameTrust(role: Role, sid: string): void {
  const { defaultChild } = role.node;
  if (!(defaultChild instanceof CfnRole)) throw new Error(`${role.node.path} has no resource`);
  // The L2 writes this statement and has no property for its name.
  defaultChild.addPropertyOverride('AssumeRolePolicyDocument.Statement.0.Sid', sid);
}
