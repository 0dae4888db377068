import { MOTO } from './moto-exceptions';
import { PROWLER } from './prowler-exceptions';

/** An objection that stays. */
export interface Exception {
  readonly judge: 'cfn-lint' | 'cfn-guard' | 'checkov' | 'moto' | 'parliament' | 'prowler';
  readonly rule: string;
  /** Stacks and logical IDs, such as `Audit/Key`, or a stack if the judge names no resource. */
  readonly resources: readonly string[];
  readonly reason: string;
}

const BOUNDARY = 'Delegation/DelegationBoundary';
const IS_BOUNDARY = 'It is a permissions boundary: it limits what roles can have, and grants nothing.';
const READS_ALL = 'Reads only, and what it reads is not known before: resources that others create, too.';
const MFA_POLICIES = [
  'Access/AdminAccessPolicy',
  'Access/BillingAccessViewersPolicy',
  'BreakGlass/BreakGlassPolicy',
  'Roles/PeoplePolicy',
];
const FUNCTION_LOGS = ['Alarms', 'Detectors', 'Networks', 'Services', 'Settings', 'Summary'].map(
  (stack) => `${stack}/FunctionLogs`,
);
const FIRST_PASSWORD_USERS = [
  'Access/AdminAccessaliceUser',
  'Access/BillingAccessViewerscarolUser',
  'BreakGlass/BreakGlassbreakglass1UserB157A89F',
  'BreakGlass/BreakGlassbreakglass2User766A3BAD',
];
const BUCKETS = ['Audit/AuditTrailAccessLogs', 'Audit/AuditTrailBucket', 'Detectors/ConfigRecorderBucket'];
const ACCESS_LOGS = 'Audit/AuditTrailAccessLogs';
const PIPELINE = 'Pipelines/PipelinesBaselineDeployRights';
const NO_KEY = 'The customer key is disabled to save its cost; the service encrypts with its own key.';
const IS_DYNAMIC =
  'The password is a dynamic reference to a secret, in Fn::Sub. The rule reads only plain text.';
const NO_LOCK =
  'Versions are kept for the retention. A lock in compliance mode cannot be undone, not even after a mistake.';
const NO_PROPERTIES = 'The group has no properties, and so no policy. The rule takes that for a failure.';

/** Objections of cfn-guard; what the registry's rules object to is mostly acknowledged in the templates. */
const GUARD: readonly Omit<Exception, 'judge'>[] = [
  {
    rule: 'cloud_trail_encryption_enabled_check',
    resources: ['Audit/AuditTrailTrail'],
    reason: NO_KEY,
  },
  {
    rule: 'cloudwatch_log_group_encrypted_check',
    resources: ['Audit/AuditTrailLogGroup'],
    reason: NO_KEY,
  },
  {
    rule: 'cloudwatch_log_group_encrypted_check',
    resources: FUNCTION_LOGS,
    reason: 'Contains error messages only.',
  },
  {
    rule: 'cloudwatch_log_group_retention_period_check',
    resources: FUNCTION_LOGS,
    reason: 'Contains error messages only; CloudTrail keeps what the functions did.',
  },
  {
    rule: 'lambda_inside_vpc_check',
    resources: [
      'Alarms/NotificationsExplainer',
      'Detectors/ConfigRoleFunction',
      'Networks/NetworksFunction',
      'Services/ServicesFunction',
      'Settings/Settings',
      'Summary/WeeklySummaryFunction',
    ],
    reason: 'Calls public AWS endpoints only.',
  },
  {
    rule: 'guardduty_s3_protection_enabled_check',
    resources: ['Detectors/GuardDuty'],
    reason:
      'GuardDuty enables S3 Protection in a new detector; the rule reads only the older property DataSources.',
  },
  {
    rule: 'iam_inline_policy_no_statements_with_admin_access_check',
    resources: ['Roles/PeopleGroup'],
    reason: NO_PROPERTIES,
  },
  {
    rule: 'iam_inline_policy_no_statements_with_full_access_check',
    resources: ['Roles/PeopleGroup'],
    reason: NO_PROPERTIES,
  },
  ...[
    'iam_managed_policy_no_statements_with_admin_access_check',
    'iam_managed_policy_no_statements_with_full_access_check',
    'IAM_MANAGEDPOLICY_NO_STATEMENTS_WITH_FULL_ACCESS',
  ].map((rule) => ({
    rule,
    resources: [PIPELINE],
    reason:
      'Allows every action only to CloudFormation, which deploys policies, roles, and settings of many services.',
  })),
  {
    rule: 'iam_managed_policy_no_statements_with_full_access_check',
    resources: [BOUNDARY],
    reason: IS_BOUNDARY,
  },
  ...['PARAMETER', 'SERVICE'].map((source) => ({
    rule: `IAM_USER_LOGIN_PROFILE_USES_SECURE_${source}`,
    resources: FIRST_PASSWORD_USERS,
    reason: IS_DYNAMIC,
  })),
  {
    rule: 'IAM_USER_LOGIN_PROFILE_NO_PLAINTEXT_PASSWORD',
    resources: ['Access', 'BreakGlass'],
    reason: IS_DYNAMIC,
  },
  {
    rule: 'kms_create_grant_aws_service_check',
    resources: ['Audit/Key'],
    reason:
      'Administrators can grant no more by a grant than by a policy, and DenyTampering protects the policy.',
  },
  { rule: 'S3_BUCKET_DEFAULT_LOCK_ENABLED', resources: BUCKETS, reason: NO_LOCK },
  { rule: 's3_bucket_object_lock_enabled_check', resources: BUCKETS, reason: NO_LOCK },
  {
    rule: 's3_bucket_default_encryption_kms_check',
    resources: ['Audit/AuditTrailBucket'],
    reason: NO_KEY,
  },
  {
    rule: 's3_bucket_default_encryption_kms_check',
    resources: [ACCESS_LOGS],
    reason: 'S3 cannot deliver access logs to a bucket whose default encryption is a KMS key.',
  },
  {
    rule: 's3_bucket_logging_enabled_check',
    resources: [ACCESS_LOGS],
    reason: 'The bucket receives the access logs. Logging its own access would create an endless loop.',
  },
  {
    rule: 's3_bucket_logging_enabled_check',
    resources: ['Detectors/ConfigRecorderBucket'],
    reason: 'With an existing trail, the baseline has no bucket for access logs.',
  },
  {
    rule: 's3_bucket_policy_ssl_requests_only_check',
    resources: BUCKETS.map((bucket) => `${bucket}Policy`),
    reason: 'The rule knows the objects of a bucket by Fn::Join only. They are written with Fn::Sub.',
  },
  {
    rule: 's3_event_notifications_enabled_check',
    resources: BUCKETS,
    reason: 'CloudTrail, access logs, and AWS Config write there; nobody has to be notified of each file.',
  },
];

/** Every objection that stays, with the reason. */
export const EXCEPTIONS: readonly Exception[] = [
  {
    judge: 'cfn-lint',
    rule: 'E1022',
    resources: ['Summary/Dashboard'],
    reason: 'It does not know that Fn::GetStackOutput returns text, which Fn::Split can split.',
  },
  ...GUARD.map((one): Exception => ({ judge: 'cfn-guard', ...one })),
  ...PROWLER.map((one): Exception => ({ judge: 'prowler', ...one })),
  ...MOTO.map((one): Exception => ({ judge: 'moto', ...one })),
  ...['CKV_AWS_107', 'CKV_AWS_108', 'CKV_AWS_109', 'CKV_AWS_110'].map((rule): Exception => ({
    judge: 'checkov',
    rule,
    resources: [BOUNDARY],
    reason: IS_BOUNDARY,
  })),
  { judge: 'parliament', rule: 'RESOURCE_STAR', resources: [BOUNDARY], reason: IS_BOUNDARY },
  {
    judge: 'parliament',
    rule: 'RESOURCE_STAR',
    resources: ['Delegation/DelegationRoleMaker', 'Roles/RolesVerify', 'Summary/WeeklySummaryFunctionRole'],
    reason: READS_ALL,
  },
  {
    judge: 'parliament',
    rule: 'MISMATCHED_TYPE_BUT_USABLE',
    resources: [BOUNDARY, 'Delegation/DelegationRoleMaker'],
    reason: 'The ARN of the boundary is compared exactly; no pattern must match it.',
  },
  {
    judge: 'parliament',
    rule: 'UNKNOWN_CONDITION_FOR_ACTION',
    resources: MFA_POLICIES,
    reason: 'Its data of April 2025 lack the global key aws:ViaAWSService.',
  },
  {
    judge: 'parliament',
    rule: 'RESOURCE_MISMATCH',
    resources: ['Summary/WeeklySummaryFunctionRole'],
    reason: 'Its data lack the topic as a resource of sns:GetSubscriptionAttributes, which IAM has today.',
  },
  {
    judge: 'parliament',
    rule: 'UNKNOWN_ACTION',
    resources: ['Roles/PeoplePolicy'],
    reason: 'Its data lack the actions of signin for `aws login`, which are newer.',
  },
];
