import { Aws, Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { CREATE_DEVICE, NO_RESOURCE_ACTIONS, OWN_USER_ACTIONS, WITHOUT_MFA } from './without-mfa';

/** The user itself; IAM fills in the name at each request. */
function ownUser(scope: Construct): string {
  return Stack.of(scope).formatArn({
    service: 'iam',
    region: '',
    resource: 'user',
    resourceName: '${aws:username}',
  });
}

/** Every virtual device of the account. */
export const DEVICES = `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:mfa/*`;

/** A new user's way to MFA, for a group that is not allowed everything anyway. */
export function allowEnrolment(scope: Construct): PolicyStatement[] {
  return [
    new PolicyStatement({ sid: 'OwnCredentials', actions: OWN_USER_ACTIONS, resources: [ownUser(scope)] }),
    new PolicyStatement({ sid: 'NewDevice', actions: [CREATE_DEVICE], resources: [DEVICES] }),
    new PolicyStatement({ sid: 'NoResource', actions: NO_RESOURCE_ACTIONS, resources: ['*'] }),
  ];
}

/** Denies everything without MFA except a new user's way to it, and that only on the user itself. */
export function denyWithoutMfa(scope: Construct): PolicyStatement[] {
  // A service that calls on behalf of the user may not pass MFA on; the user's call to it was checked.
  const conditions = { BoolIfExists: { ...WITHOUT_MFA, 'aws:ViaAWSService': 'false' } };
  return [
    new PolicyStatement({
      sid: 'DenyWithoutMfa',
      effect: Effect.DENY,
      notActions: [...OWN_USER_ACTIONS, CREATE_DEVICE, ...NO_RESOURCE_ACTIONS],
      resources: ['*'],
      conditions,
    }),
    new PolicyStatement({
      sid: 'DenyOthersWithoutMfa',
      effect: Effect.DENY,
      actions: OWN_USER_ACTIONS,
      notResources: [ownUser(scope)],
      conditions,
    }),
    new PolicyStatement({
      sid: 'DenyEnrolmentByAccessKey',
      effect: Effect.DENY,
      actions: [CREATE_DEVICE, 'iam:EnableMFADevice', 'iam:ResyncMFADevice'],
      resources: ['*'],
      // The key is absent for long-term access keys only: a leaked one can't enrol a device of its finder.
      conditions: { Null: { 'aws:MultiFactorAuthPresent': 'true' } },
    }),
  ];
}
