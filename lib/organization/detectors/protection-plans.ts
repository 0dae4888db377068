/**
 * Protection plans of GuardDuty besides foundational threat detection, as its policies name them. Each is
 * billed by use.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_guardduty_syntax.html
 */
export const PROTECTION_PLANS = [
  's3_data_events',
  'eks_audit_logs',
  'ebs_malware_protection',
  'rds_login_events',
  'lambda_network_logs',
  'runtime_monitoring',
  'ai_protection',
] as const;

export type ProtectionPlan = (typeof PROTECTION_PLANS)[number];
