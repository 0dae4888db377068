import { Aws, Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { CREATE_DEVICE, NO_RESOURCE_ACTIONS, OWN_USER_ACTIONS, WITHOUT_MFA } from './without-mfa';

/** ARN of the user who makes the request. IAM fills in the name. */
function ownUser(scope: Construct): string {
  return Stack.of(scope).formatArn({
    service: 'iam',
    region: '',
    resource: 'user',
    resourceName: '${aws:username}',
  });
}

/** All virtual MFA devices of the account. */
export const DEVICES = `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:mfa/*`;

/** Allows users to set up MFA, for a group without administrator permissions. */
export function allowEnrolment(scope: Construct): PolicyStatement[] {
  return [
    new PolicyStatement({ sid: 'OwnCredentials', actions: OWN_USER_ACTIONS, resources: [ownUser(scope)] }),
    new PolicyStatement({ sid: 'NewDevice', actions: [CREATE_DEVICE], resources: [DEVICES] }),
    new PolicyStatement({ sid: 'NoResource', actions: NO_RESOURCE_ACTIONS, resources: ['*'] }),
  ];
}

/** Without MFA, denies everything except setting up MFA for the user itself. */
export function denyWithoutMfa(scope: Construct): PolicyStatement[] {
  // A service that calls on behalf of the user may not pass on the MFA context. The call to that service was
  // already checked.
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
      // The condition key is absent only for long-term access keys, so a leaked access key cannot register a
      // device.
      conditions: { Null: { 'aws:MultiFactorAuthPresent': 'true' } },
    }),
  ];
}
