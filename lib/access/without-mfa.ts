/**
 * What the console calls, without MFA, for the forced password change and for enrolling a device.
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

/** Names of devices are free, so this one can't be limited to the user's own. It makes a device of nobody. */
export const CREATE_DEVICE = 'iam:CreateVirtualMFADevice';

/** These know no resource. Without MFA, GetSessionToken gives credentials that IAM refuses. */
export const NO_RESOURCE_ACTIONS = [
  'iam:GetAccountPasswordPolicy',
  'iam:ListVirtualMFADevices',
  'sts:GetSessionToken',
];

/** Absent for long-term access keys, hence to be used with IfExists. */
export const WITHOUT_MFA = { 'aws:MultiFactorAuthPresent': 'false' };
