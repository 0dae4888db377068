import { MEMBER_CALLS } from '../organization/member-calls';

/**
 * The API calls of each command (SDK package and command), and the IAM actions that each call needs. The
 * first is that of the call itself.
 */
const ACTIONS = {
  /** For `preflight` and `verify`. */
  account: {
    'sts.GetCallerIdentity': 'sts:GetCallerIdentity',
    // All stacks in one call need both.
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html
    'cloudformation.DescribeStacks': ['cloudformation:DescribeStacks', 'cloudformation:ListStacks'],
    'cloudformation.GetTemplate': 'cloudformation:GetTemplate',
    'cloudformation.ListStackResources': 'cloudformation:ListStackResources',
    'cloudtrail.DescribeTrails': 'cloudtrail:DescribeTrails',
    'cloudtrail.GetTrailStatus': 'cloudtrail:GetTrailStatus',
    'ec2.DescribeRegions': 'ec2:DescribeRegions',
    'iam.GetAccountAuthorizationDetails': 'iam:GetAccountAuthorizationDetails',
    'iam.GetAccountPasswordPolicy': 'iam:GetAccountPasswordPolicy',
    'iam.GetAccountSummary': 'iam:GetAccountSummary',
  },
  verify: {
    'accessanalyzer.ListAnalyzers': 'access-analyzer:ListAnalyzers',
    'accessanalyzer.ListFindings': 'access-analyzer:ListFindings',
    'account.GetAlternateContact': 'account:GetAlternateContact',
    'account.GetContactInformation': 'account:GetContactInformation',
    'budgets.DescribeBudget': 'budgets:ViewBudget',
    'budgets.DescribeNotificationsForBudget': 'budgets:ViewBudget',
    'budgets.DescribeSubscribersForNotification': 'budgets:ViewBudget',
    // Cloud Control calls the service of the type with the caller's permissions, here for trust anchors.
    'cloudcontrol.ListResources': [
      'cloudformation:ListResources',
      'rolesanywhere:ListTagsForResource',
      'rolesanywhere:ListTrustAnchors',
    ],
    // Cloud Control reads with the caller's permissions. Those of the types of RootNotice are in the schemas.
    // https://docs.aws.amazon.com/cloudcontrolapi/latest/userguide/resource-operations-read.html
    'cloudcontrol.GetResource': [
      'cloudformation:GetResource',
      'notifications-contacts:GetEmailContact',
      'notifications-contacts:ListTagsForResource',
      'notifications:GetEventRule',
      'notifications:GetNotificationConfiguration',
      'notifications:ListChannels',
      'notifications:ListNotificationHubs',
      'notifications:ListTagsForResource',
    ],
    'cloudformation.DescribeStackDriftDetectionStatus': 'cloudformation:DescribeStackDriftDetectionStatus',
    'cloudformation.DetectStackDrift': 'cloudformation:DetectStackDrift',
    'cloudtrail.GetEventSelectors': 'cloudtrail:GetEventSelectors',
    'cloudtrail.LookupEvents': 'cloudtrail:LookupEvents',
    'cloudwatch-logs.DescribeLogGroups': 'logs:DescribeLogGroups',
    'cloudwatch-logs.DescribeMetricFilters': 'logs:DescribeMetricFilters',
    'cloudwatch-logs.DescribeSubscriptionFilters': 'logs:DescribeSubscriptionFilters',
    'cloudwatch.DescribeAlarms': 'cloudwatch:DescribeAlarms',
    'cloudwatch.GetAlarmMuteRule': 'cloudwatch:GetAlarmMuteRule',
    'cloudwatch.GetDashboard': 'cloudwatch:GetDashboard',
    'cloudwatch.ListAlarmMuteRules': 'cloudwatch:ListAlarmMuteRules',
    'config-service.DescribeConfigurationRecorders': 'config:DescribeConfigurationRecorders',
    'config-service.DescribeConfigurationRecorderStatus': 'config:DescribeConfigurationRecorderStatus',
    'config-service.DescribeDeliveryChannels': 'config:DescribeDeliveryChannels',
    'ec2.DescribeImageAttribute': 'ec2:DescribeImageAttribute',
    'ec2.DescribeImages': 'ec2:DescribeImages',
    'ec2.DescribeSecurityGroups': 'ec2:DescribeSecurityGroups',
    'ec2.DescribeVpcs': 'ec2:DescribeVpcs',
    'ec2.GetEbsEncryptionByDefault': 'ec2:GetEbsEncryptionByDefault',
    'ec2.GetImageBlockPublicAccessState': 'ec2:GetImageBlockPublicAccessState',
    'ec2.GetInstanceMetadataDefaults': 'ec2:GetInstanceMetadataDefaults',
    'ec2.GetSerialConsoleAccessStatus': 'ec2:GetSerialConsoleAccessStatus',
    'ec2.GetSnapshotBlockPublicAccessState': 'ec2:GetSnapshotBlockPublicAccessState',
    'eventbridge.ListRules': 'events:ListRules',
    'eventbridge.ListTargetsByRule': 'events:ListTargetsByRule',
    'guardduty.GetDetector': 'guardduty:GetDetector',
    'iam.GenerateCredentialReport': 'iam:GenerateCredentialReport',
    'iam.GetCredentialReport': 'iam:GetCredentialReport',
    'iam.GetOpenIDConnectProvider': 'iam:GetOpenIDConnectProvider',
    'iam.ListAccountAliases': 'iam:ListAccountAliases',
    'iam.ListMFADevices': 'iam:ListMFADevices',
    'iam.ListOpenIDConnectProviders': 'iam:ListOpenIDConnectProviders',
    'iam.GetSAMLProvider': 'iam:GetSAMLProvider',
    'iam.ListSAMLProviders': 'iam:ListSAMLProviders',
    'iam.ListSSHPublicKeys': 'iam:ListSSHPublicKeys',
    'iam.ListServiceSpecificCredentials': 'iam:ListServiceSpecificCredentials',
    'kms.DescribeKey': 'kms:DescribeKey',
    'kms.GetKeyPolicy': 'kms:GetKeyPolicy',
    'kms.GetKeyRotationStatus': 'kms:GetKeyRotationStatus',
    'lambda.GetFunction': 'lambda:GetFunction',
    'lambda.GetFunctionEventInvokeConfig': 'lambda:GetFunctionEventInvokeConfig',
    'lambda.GetPolicy': 'lambda:GetPolicy',
    'lambda.ListEventSourceMappings': 'lambda:ListEventSourceMappings',
    's3.GetBucketEncryption': 's3:GetEncryptionConfiguration',
    's3.GetBucketLifecycleConfiguration': 's3:GetLifecycleConfiguration',
    's3.GetBucketLogging': 's3:GetBucketLogging',
    's3.GetBucketPolicy': 's3:GetBucketPolicy',
    's3.GetBucketVersioning': 's3:GetBucketVersioning',
    's3.GetObjectLockConfiguration': 's3:GetBucketObjectLockConfiguration',
    's3.ListBuckets': 's3:ListAllMyBuckets',
    's3.GetPublicAccessBlock': 's3:GetBucketPublicAccessBlock',
    'organizations.DescribeOrganization': 'organizations:DescribeOrganization',
    's3-control.GetPublicAccessBlock': 's3:GetAccountPublicAccessBlock',
    'secrets-manager.GetResourcePolicy': 'secretsmanager:GetResourcePolicy',
    'secrets-manager.ListSecrets': 'secretsmanager:ListSecrets',
    'securityhub.DescribeHub': 'securityhub:DescribeHub',
    'sns.GetSubscriptionAttributes': 'sns:GetSubscriptionAttributes',
    'sns.GetTopicAttributes': 'sns:GetTopicAttributes',
    'sns.ListSubscriptionsByTopic': 'sns:ListSubscriptionsByTopic',
  },
  preflight: {
    'accessanalyzer.ListAnalyzers': 'access-analyzer:ListAnalyzers',
    'budgets.DescribeBudgets': 'budgets:ViewBudget',
    // For groups of IAM Identity Center, with the permissions that the schemas of the types name.
    'cloudcontrol.GetResource': [
      'cloudformation:GetResource',
      'identitystore:DescribeGroup',
      'sso:DescribeInstance',
      'sso:ListTagsForResource',
    ],
    // For instances of IAM Identity Center.
    'cloudcontrol.ListResources': ['cloudformation:ListResources', 'sso:ListInstances'],
    'cloudtrail.GetEventSelectors': 'cloudtrail:GetEventSelectors',
    'cloudwatch-logs.DescribeLogGroups': 'logs:DescribeLogGroups',
    'config-service.DescribeConfigurationRecorders': 'config:DescribeConfigurationRecorders',
    'cost-explorer.GetAnomalyMonitors': 'ce:GetAnomalyMonitors',
    'cloudformation.DescribeAccountLimits': 'cloudformation:DescribeAccountLimits',
    'cloudformation.ListStacks': 'cloudformation:ListStacks',
    'cloudwatch-logs.DescribeMetricFilters': 'logs:DescribeMetricFilters',
    'guardduty.ListDetectors': 'guardduty:ListDetectors',
    'iam.GetOpenIDConnectProvider': 'iam:GetOpenIDConnectProvider',
    'iam.ListOpenIDConnectProviders': 'iam:ListOpenIDConnectProviders',
    'iam.ListSAMLProviders': 'iam:ListSAMLProviders',
    'iam.SimulatePrincipalPolicy': 'iam:SimulatePrincipalPolicy',
    'kms.ListAliases': 'kms:ListAliases',
    'organizations.DescribeOrganization': 'organizations:DescribeOrganization',
    'securityhub.DescribeHub': 'securityhub:DescribeHub',
    'cloudwatch.DescribeAlarms': 'cloudwatch:DescribeAlarms',
    'cloudwatch.ListDashboards': 'cloudwatch:ListDashboards',
    'ec2.GetEbsEncryptionByDefault': 'ec2:GetEbsEncryptionByDefault',
    'eventbridge.ListRules': 'events:ListRules',
    'iam.ListAccountAliases': 'iam:ListAccountAliases',
    'kms.DescribeKey': 'kms:DescribeKey',
    'lambda.GetFunctionConfiguration': 'lambda:GetFunctionConfiguration',
    's3.GetBucketLifecycleConfiguration': 's3:GetLifecycleConfiguration',
    's3.GetBucketVersioning': 's3:GetBucketVersioning',
    's3.ListBuckets': 's3:ListAllMyBuckets',
    'secrets-manager.ListSecrets': 'secretsmanager:ListSecrets',
    'sns.ListTopics': 'sns:ListTopics',
  },
  /** For `diff` and `uninstall --deployed`, besides `sts:GetCallerIdentity`. */
  diff: {
    'cloudformation.DescribeStacks': 'cloudformation:DescribeStacks',
    'cloudformation.GetTemplate': 'cloudformation:GetTemplate',
    'cloudformation.ListStackResources': 'cloudformation:ListStackResources',
  },
  /** For `org preflight`. */
  orgPreflight: {
    // For instances of IAM Identity Center.
    'cloudcontrol.ListResources': ['cloudformation:ListResources', 'sso:ListInstances'],
    'cloudformation.ListStackResources': 'cloudformation:ListStackResources',
    'cloudformation.ListStackSets': 'cloudformation:ListStackSets',
    'cloudtrail.DescribeTrails': 'cloudtrail:DescribeTrails',
    'cloudtrail.GetTrailStatus': 'cloudtrail:GetTrailStatus',
    'config-service.DescribeConfigurationRecorders': 'config:DescribeConfigurationRecorders',
    'iam.ListOrganizationsFeatures': 'iam:ListOrganizationsFeatures',
    'organizations.DescribeOrganization': 'organizations:DescribeOrganization',
    'organizations.DescribeOrganizationalUnit': 'organizations:DescribeOrganizationalUnit',
    'organizations.ListAWSServiceAccessForOrganization': 'organizations:ListAWSServiceAccessForOrganization',
    'organizations.ListAccounts': 'organizations:ListAccounts',
    'organizations.ListDelegatedAdministrators': 'organizations:ListDelegatedAdministrators',
    'organizations.ListDelegatedServicesForAccount': 'organizations:ListDelegatedServicesForAccount',
    'organizations.ListOrganizationalUnitsForParent': 'organizations:ListOrganizationalUnitsForParent',
    'organizations.ListParents': 'organizations:ListParents',
    'organizations.ListPolicies': 'organizations:ListPolicies',
    'organizations.ListPoliciesForTarget': 'organizations:ListPoliciesForTarget',
    'organizations.ListRoots': 'organizations:ListRoots',
  },
  /** Besides `sts:GetCallerIdentity`, which needs no permission. */
  explain: {
    'cloudformation.ListStackResources': 'cloudformation:ListStackResources',
    'iam.GetAccountAuthorizationDetails': 'iam:GetAccountAuthorizationDetails',
    'iam.GetContextKeysForPrincipalPolicy': 'iam:GetContextKeysForPrincipalPolicy',
    'iam.SimulatePrincipalPolicy': 'iam:SimulatePrincipalPolicy',
    'kms.GetKeyPolicy': 'kms:GetKeyPolicy',
    's3.GetBucketPolicy': 's3:GetBucketPolicy',
    'secrets-manager.GetResourcePolicy': 'secretsmanager:GetResourcePolicy',
    'sns.GetTopicAttributes': 'sns:GetTopicAttributes',
  },
  /** For the commands of `org` that read members, besides `sts:GetCallerIdentity`. */
  organization: {
    'organizations.DescribeOrganization': 'organizations:DescribeOrganization',
    'organizations.ListAccounts': 'organizations:ListAccounts',
    'organizations.ListAccountsForParent': 'organizations:ListAccountsForParent',
    'organizations.ListOrganizationalUnitsForParent': 'organizations:ListOrganizationalUnitsForParent',
  },
  /** For `org verify`, on the StackSet of the members. */
  rollout: {
    'cloudformation.DescribeStackSet': 'cloudformation:DescribeStackSet',
    'cloudformation.ListStackInstances': 'cloudformation:ListStackInstances',
  },
  /** For `org verify`, in the management account, on the roles of the members. */
  orgVerify: {
    'sts.AssumeRole': 'sts:AssumeRole',
  },
  /** For `org root-audit`, in the management account. Its root sessions need no further permissions. */
  orgRootAudit: {
    'iam.ListOrganizationsFeatures': 'iam:ListOrganizationsFeatures',
  },
  /** For `org root-audit`, on the root users of the members. */
  rootSession: {
    'sts.AssumeRoot': 'sts:AssumeRoot',
  },
  /** For `org plan`, besides what finds the log group. */
  orgPlan: {
    'cloudwatch-logs.FilterLogEvents': 'logs:FilterLogEvents',
  },
  /** For `org verify`, in each member. */
  member: MEMBER_CALLS,
  /** For `verify --test-alert`, the only command that changes anything. */
  testAlert: {
    'cloudwatch.SetAlarmState': 'cloudwatch:SetAlarmState',
    'cloudwatch-logs.FilterLogEvents': 'logs:FilterLogEvents',
  },
} as const;

type Actions = string | readonly string[];

/** A set of calls. */
export type Reader = keyof typeof ACTIONS;

/** The calls of a set, such as `iam.GetAccountSummary`. */
export function callsOf(reader: Reader): string[] {
  return Object.keys(ACTIONS[reader]);
}

/** The IAM actions of these sets, sorted, without duplicates. */
export function actionsOf(...readers: readonly Reader[]): string[] {
  return [...new Set(readers.flatMap((reader) => Object.values<Actions>(ACTIONS[reader]).flat()))].sort();
}

/** The IAM action that a call needs; the first one if it needs several. */
export function actionOf(call: string): string {
  const known = Object.values<Readonly<Record<string, Actions>>>(ACTIONS);
  const [first = call.replace('.', ':')] = known.flatMap((actions) => actions[call] ?? []);
  return first;
}
