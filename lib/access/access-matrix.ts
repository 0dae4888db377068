/** A kind of user who signs in to the account. */
export interface Principal {
  readonly id: 'root' | 'administrator' | 'administratorWithoutMfa' | 'billingViewer';
  readonly name: string;
}

/**
 * - `yes`, `no`
 * - `stack`: only through CloudFormation, by deploying the stack; the guard or the resource's own policy
 *   denies manual changes
 * - `activated`: after root has activated IAM access to Billing
 * - `console`: in the console, never with an access key
 */
export type Answer = 'yes' | 'no' | 'stack' | 'activated' | 'console';

/** A common task, and who can do it. */
export interface Access {
  /** The task, in the imperative. */
  readonly task: string;
  /** IAM actions that the task needs; empty if only the console can do it. */
  readonly actions: readonly string[];
  readonly may: Readonly<Record<Principal['id'], Answer>>;
}

export const PRINCIPALS: readonly Principal[] = [
  { id: 'root', name: 'Root user' },
  { id: 'administrator', name: 'Administrator with MFA' },
  { id: 'administratorWithoutMfa', name: 'Administrator without MFA' },
  { id: 'billingViewer', name: 'Billing viewer with MFA' },
];

/** What each answer means. Documents and reports show it next to the matrix. */
export const ANSWERS: Readonly<Record<Answer, { readonly name: string; readonly means: string }>> = {
  yes: { name: 'Yes', means: 'Allowed.' },
  no: { name: 'No', means: 'Denied, or not allowed.' },
  stack: {
    name: 'Via the stack',
    means: 'Only by deploying the stack. The guard or the resource’s own policy denies manual changes.',
  },
  activated: { name: 'Once activated', means: 'Only after root has activated IAM access to Billing.' },
  console: { name: 'In the console', means: 'Only in the console, not with an access key.' },
};

const may = (
  root: Answer,
  administrator: Answer,
  administratorWithoutMfa: Answer,
  billingViewer: Answer,
): Access['may'] => ({ root, administrator, administratorWithoutMfa, billingViewer });

/**
 * Who can do what by design: AdministratorAccess, AWSBillingReadOnlyAccess, the MFA requirement, and the
 * guard, with the default configuration. Policies of workloads, permissions boundaries, and organization
 * policies are not included.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export const ACCESS: readonly Access[] = [
  {
    task: 'Change your own password',
    actions: ['iam:ChangePassword'],
    may: may('yes', 'yes', 'yes', 'yes'),
  },
  {
    task: 'Set up your first MFA device',
    actions: ['iam:CreateVirtualMFADevice', 'iam:EnableMFADevice'],
    may: may('yes', 'yes', 'console', 'yes'),
  },
  {
    task: 'Remove your own MFA device',
    actions: ['iam:DeactivateMFADevice'],
    may: may('yes', 'yes', 'no', 'no'),
  },
  {
    task: 'Use services, such as starting instances and writing objects',
    actions: ['ec2:RunInstances', 's3:PutObject'],
    may: may('yes', 'yes', 'no', 'no'),
  },
  {
    task: 'Create users and grant them permissions',
    actions: ['iam:CreateUser', 'iam:AttachUserPolicy'],
    may: may('yes', 'yes', 'no', 'no'),
  },
  {
    task: 'Redeploy the baseline',
    actions: ['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet'],
    may: may('yes', 'yes', 'no', 'no'),
  },
  {
    task: 'Change the password policy',
    actions: ['iam:UpdateAccountPasswordPolicy'],
    may: may('yes', 'yes', 'no', 'no'),
  },
  {
    task: 'Remove a user from Administrators',
    actions: ['iam:RemoveUserFromGroup'],
    may: may('yes', 'stack', 'no', 'no'),
  },
  {
    task: 'Stop or delete the trail',
    actions: ['cloudtrail:StopLogging', 'cloudtrail:DeleteTrail'],
    may: may('yes', 'stack', 'no', 'no'),
  },
  {
    task: 'Make the log bucket public, or delete it',
    actions: ['s3:PutBucketPolicy', 's3:DeleteBucket'],
    may: may('yes', 'stack', 'no', 'no'),
  },
  {
    task: 'Disable or delete an alarm',
    actions: ['cloudwatch:DisableAlarmActions', 'cloudwatch:DeleteAlarms'],
    may: may('yes', 'stack', 'no', 'no'),
  },
  {
    task: 'Delete the notification topic',
    actions: ['sns:DeleteTopic'],
    may: may('yes', 'stack', 'no', 'no'),
  },
  {
    task: 'View bills and costs in the console',
    actions: ['billing:GetBillingDetails', 'ce:GetCostAndUsage'],
    may: may('yes', 'activated', 'no', 'activated'),
  },
  {
    task: 'Change how bills are paid',
    actions: ['payments:UpdatePaymentPreferences'],
    may: may('yes', 'activated', 'no', 'no'),
  },
  { task: 'Activate IAM access to Billing', actions: [], may: may('yes', 'no', 'no', 'no') },
  { task: 'Change the root password or address', actions: [], may: may('yes', 'no', 'no', 'no') },
  { task: 'Close the account', actions: [], may: may('yes', 'no', 'no', 'no') },
];
