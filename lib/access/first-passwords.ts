import { ArnFormat, Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/**
 * ARNs of the first-time passwords of all stacks, which CloudFormation names after their logical IDs. They
 * belong to other stacks, so the names are patterns.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secret.html
 */
export function firstPasswordArns(scope: Construct): string[] {
  return ['AdminAccess', 'BillingAccess', 'BreakGlass', 'People'].map((id) =>
    Stack.of(scope).formatArn({
      service: 'secretsmanager',
      resource: 'secret',
      resourceName: `${id}*Password*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    }),
  );
}

/**
 * For people who may use every secret but not manage people: with an unused first-time password, they could
 * sign in as that person. The policies of the secrets admit everybody with MFA.
 */
export function denyFirstPasswords(scope: Construct): PolicyStatement {
  return new PolicyStatement({
    sid: 'DenyFirstPasswords',
    effect: Effect.DENY,
    // Removing the policy of a secret would lead to the password, too.
    actions: ['secretsmanager:*'],
    resources: firstPasswordArns(scope),
  });
}
