import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/**
 * What `verify` reads besides what the managed policies of auditors allow.
 *
 * @param prefix prefix of the stack names
 * @returns the statements, and their ARNs with wildcards
 */
export function verifyStatements(scope: Construct, prefix: string) {
  const stack = Stack.of(scope);
  const stacks = stack.formatArn({
    service: 'cloudformation',
    region: '*',
    resource: 'stack',
    resourceName: `${prefix}-*`,
  });
  const functions = stack.formatArn({
    service: 'lambda',
    region: '*',
    resource: 'function',
    resourceName: `${prefix}-*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return {
    resources: [stacks, functions],
    statements: [
      new PolicyStatement({
        sid: 'ReadSuite',
        actions: ['cloudformation:DetectStackDrift', 'lambda:GetFunction'],
        resources: [stacks, functions],
      }),
      new PolicyStatement({
        sid: 'ReadAccount',
        actions: [
          'account:GetContactInformation',
          'budgets:ViewBudget',
          'cloudformation:GetResource',
          'notifications-contacts:GetEmailContact',
          'notifications-contacts:ListTagsForResource',
          'notifications:GetEventRule',
          'notifications:GetNotificationConfiguration',
          'notifications:ListChannels',
          'notifications:ListNotificationHubs',
          'notifications:ListTagsForResource',
          'sns:GetSubscriptionAttributes',
        ],
        resources: ['*'],
      }),
    ],
  };
}
