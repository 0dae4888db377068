import { CfnRole, PolicyDocument, type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledge } from './nag-suppressions';

/** Properties of `serviceRole`. */
export interface ServiceRoleProps {
  /** Principal of the service, such as `lambda.amazonaws.com`. */
  readonly service: string;
  /** Description of the role in the console, in ASCII. */
  readonly description: string;
  /** All permissions of the role. */
  readonly statements: PolicyStatement[];
}

/**
 * Creates a role for one service. Its policy is inline, so it exists from before the first call until after
 * the last one, and nothing else can use it.
 *
 * The trust has no `aws:SourceAccount` or `aws:SourceArn`: no AWS page says that Lambda sends them when it
 * assumes an execution role, and CloudTrail does not send them for its log group. A condition that is never
 * met would stop the service. Both services take roles of their caller's account only, by `iam:PassRole`.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html
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
 * Sets the Sid of the only statement in a role's trust policy.
 *
 * @param sid letters and digits
 */
export function nameTrust(role: Role, sid: string): void {
  const { defaultChild } = role.node;
  if (!(defaultChild instanceof CfnRole)) throw new Error(`${role.node.path} has no resource`);
  // The L2 construct creates this statement and has no property for the Sid.
  defaultChild.addPropertyOverride('AssumeRolePolicyDocument.Statement.0.Sid', sid);
}
