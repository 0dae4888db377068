import { ArnFormat, Stack } from 'aws-cdk-lib';
import { Effect, IGroup, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';

/** Actions of one service that would take something away, and what they must not be used on. */
export interface Guarded {
  readonly actions: string[];
  readonly resources: string[];
}

/** What members must not do to their own group: leave it, delete it, or weaken its policies. */
export function guardGroup(group: IGroup): Guarded {
  return {
    actions: [
      'iam:DeleteGroup',
      'iam:DeleteGroupPolicy',
      'iam:DetachGroupPolicy',
      'iam:PutGroupPolicy',
      'iam:RemoveUserFromGroup',
      'iam:UpdateGroup',
    ],
    resources: [group.groupArn],
  };
}

/** What must not be done to a log group by accident. */
export function guardLogGroup(scope: Construct, logGroup: ILogGroup): Guarded {
  const arn = Stack.of(scope).formatArn({
    service: 'logs',
    resource: 'log-group',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    resourceName: logGroup.logGroupName,
  });
  return {
    actions: [
      'logs:DeleteLogGroup',
      'logs:DeleteLogStream',
      'logs:DeleteMetricFilter',
      'logs:DeleteRetentionPolicy',
      'logs:PutRetentionPolicy',
    ],
    resources: [arn, `${arn}:*`],
  };
}

/**
 * Denies accidents, one statement a service. CloudFormation on the caller's behalf is let through, so that the stack
 * can be changed and removed.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-calledvia
 */
export function denyAccidents(guarded: readonly Guarded[]): PolicyStatement[] {
  return guarded.map(
    ({ actions, resources }) =>
      new PolicyStatement({
        effect: Effect.DENY,
        actions,
        resources,
        // True as well when no service is in between and the key is absent.
        conditions: { 'ForAllValues:StringNotEquals': { 'aws:CalledVia': 'cloudformation.amazonaws.com' } },
      }),
  );
}
