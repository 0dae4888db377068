import {
  type Answer,
  type Context,
  type Task,
  ALICE,
  BOB,
  WITH_MFA,
  WITHOUT_MFA,
  ACCESS_KEY,
  yes,
  no,
} from './request';

/** Where a new administrator is between the first-time password and everyday work. */
export interface Step {
  readonly id: 'firstPassword' | 'newPassword' | 'enrolled' | 'withMfa' | 'accessKey';
  readonly name: string;
  readonly means: string;
  readonly context: Context;
  /** What leads on from here; without it the person would be locked out. */
  readonly needs: readonly string[];
}

export const STEPS: readonly Step[] = [
  {
    id: 'firstPassword',
    name: 'First-time password',
    means: 'Signed in with the first-time password, which must be changed. The console offers nothing else.',
    context: WITHOUT_MFA,
    needs: ['iam:ChangePassword', 'iam:GetAccountPasswordPolicy'],
  },
  {
    id: 'newPassword',
    name: 'New password',
    means: 'The password is changed; there is no device yet.',
    context: WITHOUT_MFA,
    needs: [
      'iam:GetUser',
      'iam:ListMFADevices',
      'iam:ListVirtualMFADevices',
      'iam:CreateVirtualMFADevice',
      'iam:EnableMFADevice',
    ],
  },
  {
    id: 'enrolled',
    name: 'Device enrolled',
    means:
      'The device is enrolled; the session is the one from before. To sign in again needs no permission.',
    context: WITHOUT_MFA,
    needs: ['iam:ListMFADevices', 'iam:ResyncMFADevice'],
  },
  {
    id: 'withMfa',
    name: 'With MFA',
    means: 'Signed in with the device, or a session token that was got with it.',
    context: { ...WITH_MFA, 'aws:MultiFactorAuthAge': '60' },
    needs: ['cloudformation:DescribeStacks'],
  },
  {
    id: 'accessKey',
    name: 'Access key alone',
    means: 'A long-term access key, used without a session token.',
    context: ACCESS_KEY,
    needs: ['sts:GetSessionToken'],
  },
];

export interface StepRow extends Task {
  /** One answer a step, in their order. */
  readonly may: readonly [Answer, Answer, Answer, Answer, Answer];
}

/** What an administrator may do at each step of the first sign-in. */
export const FIRST_SIGN_IN: readonly StepRow[] = [
  {
    task: 'Change your own password',
    actions: ['iam:ChangePassword'],
    on: ALICE,
    may: [yes, yes, yes, yes, yes],
  },
  {
    task: 'View the password policy',
    actions: ['iam:GetAccountPasswordPolicy'],
    may: [yes, yes, yes, yes, yes],
  },
  {
    task: 'View yourself and your devices',
    actions: ['iam:GetUser', 'iam:ListMFADevices', 'iam:GetMFADevice'],
    on: ALICE,
    may: [yes, yes, yes, yes, yes],
  },
  { task: 'List virtual devices', actions: ['iam:ListVirtualMFADevices'], may: [yes, yes, yes, yes, yes] },
  {
    task: 'Create a virtual device',
    actions: ['iam:CreateVirtualMFADevice'],
    on: 'arn:aws:iam::${AWS::AccountId}:mfa/phone',
    may: [yes, yes, yes, yes, no],
  },
  {
    task: 'Enrol or resync your own device',
    actions: ['iam:EnableMFADevice', 'iam:ResyncMFADevice'],
    on: ALICE,
    may: [yes, yes, yes, yes, no],
  },
  { task: 'Get a session token with MFA', actions: ['sts:GetSessionToken'], may: [yes, yes, yes, yes, yes] },
  {
    task: 'Change another user’s password',
    actions: ['iam:ChangePassword'],
    on: BOB,
    may: [no, no, no, yes, no],
  },
  {
    task: 'View another user and their devices',
    actions: ['iam:GetUser', 'iam:ListMFADevices', 'iam:GetMFADevice'],
    on: BOB,
    may: [no, no, no, yes, no],
  },
  {
    task: 'Enrol a device for another user',
    actions: ['iam:EnableMFADevice', 'iam:ResyncMFADevice'],
    on: BOB,
    may: [no, no, no, yes, no],
  },
  {
    task: 'Remove your own device',
    actions: ['iam:DeactivateMFADevice'],
    on: ALICE,
    may: [no, no, no, yes, no],
  },
  {
    task: 'Remove another user’s device',
    actions: ['iam:DeactivateMFADevice'],
    on: BOB,
    may: [no, no, no, yes, no],
  },
  {
    task: 'Delete a virtual device',
    actions: ['iam:DeleteVirtualMFADevice'],
    on: 'arn:aws:iam::${AWS::AccountId}:mfa/phone',
    may: [no, no, no, yes, no],
  },
  {
    task: 'Create an access key for yourself',
    actions: ['iam:CreateAccessKey'],
    on: ALICE,
    may: [no, no, no, yes, no],
  },
  {
    task: 'Create an access key or a password for another user',
    actions: ['iam:CreateAccessKey', 'iam:CreateLoginProfile', 'iam:UpdateLoginProfile'],
    on: BOB,
    may: [no, no, no, yes, no],
  },
  {
    task: 'Give yourself a policy',
    actions: ['iam:AttachUserPolicy', 'iam:PutUserPolicy', 'iam:PutUserPermissionsBoundary'],
    on: ALICE,
    may: [no, no, no, yes, no],
  },
  {
    task: 'Read a first-time password',
    actions: ['secretsmanager:GetSecretValue'],
    on: '${AdminAccessalicePassword}',
    may: [no, no, no, yes, no],
  },
  {
    task: 'List users',
    actions: ['iam:ListUsers'],
    may: [no, no, no, yes, no],
  },
  {
    task: 'Assume a role',
    actions: ['sts:AssumeRole'],
    on: '${SupportRole.Arn}',
    may: [no, no, no, yes, no],
  },
  {
    task: 'Get a federation token',
    actions: ['sts:GetFederationToken'],
    on: 'arn:aws:sts::${AWS::AccountId}:federated-user/alice',
    may: [no, no, no, yes, no],
  },
  { task: 'List buckets', actions: ['s3:ListAllMyBuckets'], may: [no, no, no, yes, no] },
  {
    task: 'Read log files',
    actions: ['s3:GetObject'],
    on: '${AuditTrailBucket.Arn}/AWSLogs/${AWS::AccountId}/CloudTrail/file',
    may: [no, no, no, yes, no],
  },
  {
    task: 'View stacks',
    actions: ['cloudformation:DescribeStacks'],
    on: 'arn:aws:cloudformation:us-east-1:${AWS::AccountId}:stack/AccountBaseline-Access/id',
    may: [no, no, no, yes, no],
  },
  {
    task: 'Stop the trail',
    actions: ['cloudtrail:StopLogging'],
    on: '${AuditTrailTrail.Arn}',
    may: [no, no, no, no, no],
  },
];

/** The same of a billing viewer, who may do with MFA only what needs none. */
export function viewerMay({ may }: StepRow): StepRow['may'] {
  const [firstPassword, newPassword, enrolled, , accessKey] = may;
  return [firstPassword, newPassword, enrolled, firstPassword, accessKey];
}
