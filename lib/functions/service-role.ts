import { Validations } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/**
 * A role for one service. Its policy is part of it: it is there before the service's first call and until after the
 * last one, and nothing else can use it.
 *
 * @param service principal such as lambda.amazonaws.com
 */
export function serviceRole(
  scope: Construct,
  id: string,
  service: string,
  statements: PolicyStatement[],
): Role {
  const role = new Role(scope, id, {
    assumedBy: new ServicePrincipal(service),
    inlinePolicies: { Default: new PolicyDocument({ statements }) },
  });
  Validations.of(role).acknowledge({
    id: 'NIST.800.53.R5-IAMNoInlinePolicy',
    reason: 'The policy belongs to this one role and has no use elsewhere.',
  });
  return role;
}
