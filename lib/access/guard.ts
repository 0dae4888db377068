import { Effect, IGroup, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';

/** Actions of one service that would take something away, and what they must not be used on. */
export interface Guarded {
  readonly actions: string[];
  readonly resources: string[];
}

/** What members must not do to their own group: leave it, delete it, or weaken its policies. */
export function guardGroup(group: IGroup): Guarded {
  return {
    actions: [
      'iam:DeleteGroup*',
      'iam:DetachGroupPolicy',
      'iam:PutGroupPolicy',
      'iam:RemoveUserFromGroup',
      'iam:UpdateGroup',
    ],
    resources: [group.groupArn],
  };
}

/** What must not be done to a log group by accident. */
export function guardLogGroup(logGroup: ILogGroup): Guarded {
  return {
    actions: ['logs:Delete*', 'logs:Put*'],
    // Ends in :*, which stands for the group and its streams.
    resources: [logGroup.logGroupArn],
  };
}

/**
 * Denies accidents, in one statement: no action of one service applies to a resource of another. CloudFormation on the
 * caller's behalf is let through, so that the stack can be changed and removed.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-calledvia
 */
export function denyAccidents(guarded: readonly Guarded[]): PolicyStatement {
  return new PolicyStatement({
    effect: Effect.DENY,
    actions: guarded.flatMap(({ actions }) => actions),
    resources: guarded.flatMap(({ resources }) => resources),
    // True as well when no service is in between and the key is absent.
    conditions: { 'ForAllValues:StringNotEquals': { 'aws:CalledVia': 'cloudformation.amazonaws.com' } },
  });
}
