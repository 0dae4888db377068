/** Somebody who signs in to the account. */
export interface Principal {
  readonly id: 'root' | 'administrator' | 'administratorWithoutMfa' | 'billingViewer';
  readonly name: string;
}

/**
 * - `yes`, `no`
 * - `stack`: only through CloudFormation, by deploying the stack; the guard denies it by hand
 * - `activated`: once root has activated IAM access to Billing
 * - `console`: in the console, and never with an access key
 */
export type Answer = 'yes' | 'no' | 'stack' | 'activated' | 'console';

/** An everyday task, and who may do it. */
export interface Access {
  /** The task as a person would say it, in the imperative. */
  readonly task: string;
  /** The calls that it takes, as IAM actions; none where the console has the task alone. */
  readonly actions: readonly string[];
  readonly may: Readonly<Record<Principal['id'], Answer>>;
}

export const PRINCIPALS: readonly Principal[] = [
  { id: 'root', name: 'Root user' },
  { id: 'administrator', name: 'Administrator with MFA' },
  { id: 'administratorWithoutMfa', name: 'Administrator without MFA' },
  { id: 'billingViewer', name: 'Billing viewer with MFA' },
];

/** What each answer means; a page or a report says it beside the matrix. */
export const ANSWERS: Readonly<Record<Answer, { readonly name: string; readonly means: string }>> = {
  yes: { name: 'Yes', means: 'Allowed.' },
  no: { name: 'No', means: 'Denied, or never allowed.' },
  stack: { name: 'Via the stack', means: 'Only by deploying the stack; by hand the guard denies it.' },
  activated: { name: 'Once activated', means: 'After root has activated IAM access to Billing.' },
  console: { name: 'In the console', means: 'In the console only; an access key can’t.' },
};

const may = (
  root: Answer,
  administrator: Answer,
  administratorWithoutMfa: Answer,
  billingViewer: Answer,
): Access['may'] => ({ root, administrator, administratorWithoutMfa, billingViewer });

/**
 * Who may do what by design: AdministratorAccess, AWSBillingReadOnlyAccess, the demand for MFA and the guard, with the
 * default configuration. What workloads, permissions boundaries or an organization add is not in it.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export const ACCESS: readonly Access[] = [
  {
    task: 'Change the own password',
    actions: ['iam:ChangePassword'],
    may: may('yes', 'yes', 'yes', 'yes'),
  },
  {
    task: 'Enrol the first own MFA device',
    actions: ['iam:CreateVirtualMFADevice', 'iam:EnableMFADevice'],
    may: may('yes', 'yes', 'console', 'yes'),
  },
  {
    task: 'Remove the own MFA device',
    actions: ['iam:DeactivateMFADevice'],
    may: may('yes', 'yes', 'no', 'no'),
  },
  {
    task: 'Use services: start servers, write files',
    actions: ['ec2:RunInstances', 's3:PutObject'],
    may: may('yes', 'yes', 'no', 'no'),
  },
  {
    task: 'Make users and give them permissions',
    actions: ['iam:CreateUser', 'iam:AttachUserPolicy'],
    may: may('yes', 'yes', 'no', 'no'),
  },
  {
    task: 'Deploy the baseline again',
    actions: ['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet'],
    may: may('yes', 'yes', 'no', 'no'),
  },
  {
    task: 'Change the password policy',
    actions: ['iam:UpdateAccountPasswordPolicy'],
    may: may('yes', 'yes', 'no', 'no'),
  },
  {
    task: 'Take somebody out of Administrators',
    actions: ['iam:RemoveUserFromGroup'],
    may: may('yes', 'stack', 'no', 'no'),
  },
  {
    task: 'Stop or delete the trail',
    actions: ['cloudtrail:StopLogging', 'cloudtrail:DeleteTrail'],
    may: may('yes', 'stack', 'no', 'no'),
  },
  {
    task: 'Open or delete the log bucket',
    actions: ['s3:PutBucketPolicy', 's3:DeleteBucket'],
    may: may('yes', 'stack', 'no', 'no'),
  },
  {
    task: 'Silence or delete an alarm',
    actions: ['cloudwatch:DisableAlarmActions', 'cloudwatch:DeleteAlarms'],
    may: may('yes', 'stack', 'no', 'no'),
  },
  {
    task: 'Delete the topic that tells people',
    actions: ['sns:DeleteTopic'],
    may: may('yes', 'stack', 'no', 'no'),
  },
  {
    task: 'See bills and costs in the console',
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
