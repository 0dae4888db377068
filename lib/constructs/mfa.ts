import { Aws, Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

/**
 * What the console calls, without MFA, for the forced password change and for enrolling a device.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_iam_mfa-selfmanage.html
 */
const OWN_USER_ACTIONS = [
  'iam:ChangePassword',
  'iam:EnableMFADevice',
  'iam:GetMFADevice',
  'iam:GetUser',
  'iam:ListMFADevices',
  'iam:ResyncMFADevice',
];

/** Names of devices are free, so this one can't be limited to the user's own. It makes a device of nobody. */
const CREATE_DEVICE = 'iam:CreateVirtualMFADevice';

/** These know no resource. Without MFA, GetSessionToken gives credentials that IAM refuses. */
const NO_RESOURCE_ACTIONS = [
  'iam:GetAccountPasswordPolicy',
  'iam:ListVirtualMFADevices',
  'sts:GetSessionToken',
];

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
  // Absent for long-term access keys, hence IfExists.
  const withoutMfa = { 'aws:MultiFactorAuthPresent': 'false' };
  return [
    new PolicyStatement({
      sid: 'DenyWithoutMfa',
      effect: Effect.DENY,
      notActions: [...OWN_USER_ACTIONS, CREATE_DEVICE, ...NO_RESOURCE_ACTIONS],
      resources: ['*'],
      // A service that calls on behalf of the user may not pass MFA on; the user's call to it was checked.
      conditions: { BoolIfExists: { ...withoutMfa, 'aws:ViaAWSService': 'false' } },
    }),
    new PolicyStatement({
      sid: 'DenyOthersWithoutMfa',
      effect: Effect.DENY,
      actions: OWN_USER_ACTIONS,
      notResources: [ownUser(scope)],
      conditions: { BoolIfExists: withoutMfa },
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
