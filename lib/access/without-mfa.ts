/**
 * Actions that the console calls, without MFA, for the forced password change and to set up a device.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_iam_mfa-selfmanage.html
 */
export const OWN_USER_ACTIONS = [
  'iam:ChangePassword',
  'iam:EnableMFADevice',
  'iam:GetMFADevice',
  'iam:GetUser',
  'iam:ListMFADevices',
  'iam:ResyncMFADevice',
];

/**
 * Device names are arbitrary, so this action cannot be limited to the user's own device. It only creates an
 * unassigned device.
 */
export const CREATE_DEVICE = 'iam:CreateVirtualMFADevice';

/**
 * These actions have no resource-level permissions. Without MFA, GetSessionToken returns credentials that IAM
 * denies.
 */
export const NO_RESOURCE_ACTIONS = [
  'iam:GetAccountPasswordPolicy',
  'iam:ListVirtualMFADevices',
  'sts:GetSessionToken',
];

/** Absent for long-term access keys, so use it with IfExists. */
export const WITHOUT_MFA = { 'aws:MultiFactorAuthPresent': 'false' };
