const ACCOUNT = ['account'];
const BUCKETS = ['Audit/AuditTrailAccessLogs', 'Audit/AuditTrailBucket', 'Detectors/ConfigRecorderBucket'];
const FUNCTIONS = [
  'Alarms/NotificationsExplainer',
  'Detectors/ConfigRoleFunction',
  'Settings/Settings',
  'Summary/WeeklySummaryFunction',
];
const FUNCTION_LOGS = ['Alarms', 'Detectors', 'Settings', 'Summary'].map((stack) => `${stack}/FunctionLogs`);
const FIRST_PASSWORD = ['Access/AdminAccessalicePassword'];
const USER = ['Access/AdminAccessaliceUser'];
const ADMINISTRATORS = ['Access/AdminAccessGroup'];

const USED_ONCE = 'Used once, and then deleted; `verify` reports those that are left.';
const NO_MFA_YET =
  'Nobody has signed in yet. Without MFA the group denies everything; `verify` reports it, too.';

/** What prowler finds in the emulated account after the deployment, by check, and why it stays. */
export const PROWLER: readonly {
  readonly rule: string;
  readonly resources: readonly string[];
  readonly reason: string;
}[] = [
  {
    rule: 'account_maintain_different_contact_details_to_security_billing_and_operations',
    resources: ACCOUNT,
    reason: 'Contacts are configured by `accountSettings.contacts`; `verify` reports those that are missing.',
  },
  {
    rule: 'awslambda_function_env_vars_not_encrypted_with_cmk',
    resources: ['Alarms/NotificationsExplainer', 'Summary/WeeklySummaryFunction'],
    reason: 'Contains names of resources, no secrets.',
  },
  {
    rule: 'awslambda_function_inside_vpc',
    resources: FUNCTIONS,
    reason: 'Calls public AWS endpoints only.',
  },
  {
    rule: 'awslambda_function_invoke_api_operations_cloudtrail_logging_enabled',
    resources: FUNCTIONS,
    reason: 'Only AWS services invoke them, and CloudTrail records what they do.',
  },
  {
    rule: 'awslambda_function_no_dead_letter_queue',
    resources: FUNCTIONS,
    reason: 'Failures are sent to the notification topic, or are events of the stack.',
  },
  {
    rule: 'awslambda_function_no_secrets_in_code',
    resources: ['Settings/Settings', 'Summary/WeeklySummaryFunction'],
    reason: 'Names of fields that contain the word password, such as `password_last_used`.',
  },
  {
    rule: 'cloudformation_stacks_termination_protection_enabled',
    resources: ACCOUNT,
    reason: 'The option `terminationProtection` sets it when the CDK deploys; here, the SDK does.',
  },
  {
    rule: 'cloudtrail_bucket_requires_mfa_delete',
    resources: ['Audit/AuditTrailTrail'],
    reason: 'S3 does not allow lifecycle rules together with MFA delete.',
  },
  {
    rule: 'cloudtrail_cloudwatch_logging_enabled',
    resources: ['Audit/AuditTrailTrail'],
    reason: 'The emulated CloudTrail delivers nothing. In an account, `verify` checks the last delivery.',
  },
  {
    rule: 'cloudtrail_insights_exist',
    resources: ['Audit/AuditTrailTrail'],
    reason: 'Insights is billed by event, and needs weeks to know what is usual.',
  },
  {
    rule: 'cloudwatch_log_group_kms_encryption_enabled',
    resources: FUNCTION_LOGS,
    reason: 'Contains error messages only.',
  },
  {
    rule: 'cloudwatch_log_group_retention_policy_specific_days_enabled',
    resources: FUNCTION_LOGS,
    reason: 'Contains error messages only; CloudTrail keeps what the functions did.',
  },
  {
    rule: 'config_delegated_admin_and_org_aggregator_all_regions',
    resources: ACCOUNT,
    reason: 'The account is alone.',
  },
  {
    rule: 'config_recorder_all_regions_enabled',
    resources: ACCOUNT,
    reason: 'AWS Config records in the Region of the baseline, because it is billed; see control 4.3.',
  },
  {
    rule: 'guardduty_is_enabled',
    resources: ACCOUNT,
    reason:
      'GuardDuty is billed by use, and enabled in the Region of the baseline; the other Regions have none.',
  },
  ...[
    'guardduty_ec2_malware_protection_enabled',
    'guardduty_eks_audit_log_enabled',
    'guardduty_eks_runtime_monitoring_enabled',
    'guardduty_lambda_protection_enabled',
    'guardduty_rds_protection_enabled',
    'guardduty_s3_protection_enabled',
  ].map((rule) => ({
    rule,
    resources: ['Detectors/GuardDuty'],
    reason:
      'Each protection plan is billed by use. AWS chooses those of a new detector; an emulated one has none.',
  })),
  {
    rule: 'securityhub_enabled',
    resources: ACCOUNT,
    reason:
      'Security Hub is billed by use, and enabled in the Region of the baseline; the other Regions have none.',
  },
  ...[
    { rule: 'guardduty_centrally_managed', resources: ['Detectors/GuardDuty'] },
    { rule: 'guardduty_delegated_admin_enabled_all_regions', resources: [...ACCOUNT, 'Detectors/GuardDuty'] },
    { rule: 'securityhub_delegated_admin_enabled_all_regions', resources: ACCOUNT },
  ].map((one) => ({
    ...one,
    reason: 'The account is in no organization. In one, `organization.detectors` chooses an administrator.',
  })),
  { rule: 'iam_administrator_access_with_mfa', resources: ADMINISTRATORS, reason: NO_MFA_YET },
  {
    rule: 'iam_aws_attached_policy_no_administrative_privileges',
    resources: ACCOUNT,
    reason: 'Someone must administer the account without using root; see control 2.14.',
  },
  {
    rule: 'iam_check_saml_providers_sts',
    resources: ACCOUNT,
    reason:
      'The account is alone, so people are users or come from what `federation` configures; see control 2.19.',
  },
  {
    rule: 'iam_group_administrator_access_policy',
    resources: ADMINISTRATORS,
    reason:
      'The group exists to administer the account. Without MFA, its own policy denies everything except setting it up.',
  },
  {
    rule: 'iam_password_policy_expires_passwords_within_90_days_or_less',
    resources: ACCOUNT,
    reason: 'Passwords that expire are weaker, say NIST and CIS 7.0; they have 14 characters, and MFA.',
  },
  {
    rule: 'iam_role_cross_service_confused_deputy_prevention',
    resources: ['Audit/AuditTrailDeliveryRole'],
    reason: 'CloudTrail sends neither aws:SourceArn nor aws:SourceAccount here, says its documentation.',
  },
  {
    rule: 'iam_role_cross_service_confused_deputy_prevention',
    resources: [
      'Alarms/NotificationsExplainerRole',
      'Detectors/ConfigRoleFunctionRole',
      'Settings/SettingsRole',
      'Summary/WeeklySummaryFunctionRole',
    ],
    reason:
      'Lambda assumes it for functions of this account only, because IAM passes no role to another account.',
  },
  {
    rule: 'iam_root_credentials_management_enabled',
    resources: ACCOUNT,
    reason: 'Only the management account of an organization can enable it; see control 2.1.1.',
  },
  {
    rule: 'iam_securityaudit_role_created',
    resources: ACCOUNT,
    reason:
      'The role Auditor has the policy when `access.mode` is `roles`. Nobody else audits a new account.',
  },
  { rule: 'iam_user_hardware_mfa_enabled', resources: USER, reason: NO_MFA_YET },
  { rule: 'iam_user_mfa_enabled_console_access', resources: USER, reason: NO_MFA_YET },
  {
    rule: 's3_bucket_cross_region_replication',
    resources: BUCKETS,
    reason: 'Versioned and retained; a copy belongs in another account, which a first account does not have.',
  },
  {
    rule: 's3_bucket_event_notifications_enabled',
    resources: BUCKETS,
    reason: 'CloudTrail, access logs, and AWS Config write there; nobody has to be notified of each file.',
  },
  {
    rule: 's3_bucket_kms_encryption',
    resources: ['Audit/AuditTrailAccessLogs'],
    reason: 'S3 cannot deliver access logs to a bucket whose default encryption is a KMS key.',
  },
  {
    rule: 's3_bucket_no_mfa_delete',
    resources: BUCKETS,
    reason: 'S3 does not allow lifecycle rules together with MFA delete; see control 3.1.2.',
  },
  {
    rule: 's3_bucket_object_lock',
    resources: BUCKETS,
    reason:
      'Versions are kept for the retention. A lock in compliance mode cannot be undone, not even after a mistake.',
  },
  {
    rule: 's3_bucket_server_access_logging_enabled',
    resources: ['Audit/AuditTrailAccessLogs'],
    reason: 'The bucket receives the access logs. Logging its own access would create an endless loop.',
  },
  { rule: 'secretsmanager_automatic_rotation_enabled', resources: FIRST_PASSWORD, reason: USED_ONCE },
  { rule: 'secretsmanager_secret_rotated_periodically', resources: FIRST_PASSWORD, reason: USED_ONCE },
  { rule: 'secretsmanager_secret_unused', resources: FIRST_PASSWORD, reason: USED_ONCE },
  {
    rule: 'secretsmanager_has_restrictive_resource_policy',
    resources: FIRST_PASSWORD,
    reason:
      'Its policy denies reading without MFA and changes outside CloudFormation. The check wants a list of users.',
  },
  {
    rule: 'vpc_different_regions',
    resources: ACCOUNT,
    reason: 'The emulated account has a default VPC in one Region; the baseline needs none.',
  },
];
