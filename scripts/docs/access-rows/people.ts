import { type Answer, type Task, ALICE, CAROL, yes, no } from './request';

export interface TaskRow extends Task {
  readonly may: Answer;
}

const BILLING_VIEW = 'arn:aws:billing::${AWS::AccountId}:billingview/primary';

/** What a billing viewer with MFA may do. */
export const VIEWER: readonly TaskRow[] = [
  { task: 'View bills', actions: ['billing:GetBillingDetails'], on: BILLING_VIEW, may: yes },
  {
    task: 'View costs',
    actions: ['ce:GetCostAndUsage', 'ce:GetDimensionValues'],
    on: BILLING_VIEW,
    may: yes,
  },
  {
    task: 'View budgets',
    actions: ['budgets:ViewBudget'],
    on: 'arn:aws:budgets::${AWS::AccountId}:budget/monthly',
    may: yes,
  },
  { task: 'Download an invoice', actions: ['invoicing:GetInvoicePDF'], may: yes },
  { task: 'Change your own password', actions: ['iam:ChangePassword'], on: CAROL, may: yes },
  {
    task: 'Enrol another device of your own',
    actions: ['iam:EnableMFADevice', 'iam:ResyncMFADevice'],
    on: CAROL,
    may: yes,
  },
  {
    task: 'Create a device for another account',
    actions: ['iam:CreateVirtualMFADevice'],
    on: 'arn:aws:iam::999999999999:mfa/phone',
    may: no,
  },
  { task: 'Remove your own device', actions: ['iam:DeactivateMFADevice'], on: CAROL, may: no },
  {
    task: 'Change an administrator’s password or devices',
    actions: ['iam:ChangePassword', 'iam:EnableMFADevice'],
    on: ALICE,
    may: no,
  },
  { task: 'View an administrator', actions: ['iam:GetUser', 'iam:ListMFADevices'], on: ALICE, may: no },
  { task: 'Create an access key for yourself', actions: ['iam:CreateAccessKey'], on: CAROL, may: no },
  {
    task: 'Give yourself a policy',
    actions: ['iam:AttachUserPolicy', 'iam:PutUserPolicy'],
    on: CAROL,
    may: no,
  },
  { task: 'Join Administrators', actions: ['iam:AddUserToGroup'], on: '${AdminAccessGroup.Arn}', may: no },
  {
    task: 'Read a first-time password',
    actions: ['secretsmanager:GetSecretValue'],
    on: '${BillingAccessViewerscarolPassword}',
    may: no,
  },
  {
    task: 'Change how bills are paid',
    actions: ['payments:UpdatePaymentPreferences', 'payments:MakePayment'],
    may: no,
  },
  {
    task: 'Change a budget',
    actions: ['budgets:ModifyBudget'],
    on: 'arn:aws:budgets::${AWS::AccountId}:budget/monthly',
    may: no,
  },
  {
    task: 'Change contacts',
    actions: ['account:PutAlternateContact'],
    on: 'arn:aws:account::${AWS::AccountId}:account',
    may: no,
  },
  { task: 'Assume the support role', actions: ['sts:AssumeRole'], on: '${SupportRole.Arn}', may: no },
  { task: 'Use services', actions: ['s3:ListAllMyBuckets', 'ec2:DescribeInstances'], may: no },
  { task: 'Read log files', actions: ['s3:GetObject'], on: '${AuditTrailBucket.Arn}/AWSLogs/file', may: no },
  { task: 'Decrypt log files', actions: ['kms:Decrypt'], on: '${Key.Arn}', may: no },
  {
    task: 'Read messages or publish',
    actions: ['sns:Subscribe', 'sns:Publish'],
    on: '${NotificationsTopic}',
    may: no,
  },
];

/** What the support role may do. */
export const SUPPORT: readonly TaskRow[] = [
  {
    task: 'Open, read and answer support cases',
    actions: ['support:CreateCase', 'support:DescribeCases', 'support:AddCommunicationToCase'],
    may: yes,
  },
  { task: 'Use services', actions: ['s3:ListAllMyBuckets', 'ec2:DescribeInstances'], may: no },
  { task: 'Read log files', actions: ['s3:GetObject'], on: '${AuditTrailBucket.Arn}/AWSLogs/file', may: no },
  { task: 'View users', actions: ['iam:GetUser', 'iam:CreateAccessKey'], on: ALICE, may: no },
  { task: 'Assume a role', actions: ['sts:AssumeRole'], on: '${SettingsRole.Arn}', may: no },
  { task: 'Buy a support plan', actions: ['supportplans:CreateSupportPlanSchedule'], may: no },
];
