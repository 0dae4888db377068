import { z } from 'zod';

const Template = z.object({
  Resources: z.record(
    z.string(),
    z.object({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) }),
  ),
});

/** CloudFormation actions that the AWS CLI and the CDK CLI use for a deployment. */
const OF_COMMAND_LINE: readonly string[] = [
  'cloudformation:CreateChangeSet',
  'cloudformation:DescribeChangeSet',
  'cloudformation:DescribeStackEvents',
  'cloudformation:DescribeStacks',
  'cloudformation:ExecuteChangeSet',
  'cloudformation:GetTemplate',
  'cloudformation:UpdateTerminationProtection',
];

/**
 * Actions that CloudFormation uses with the deployer's credentials: by resource type, and by property if a
 * template may omit the property. Read-only actions are left out, because a caller with write access usually
 * has them.
 *
 * The schema of each type lists what its handlers call: `aws cloudformation describe-type --type RESOURCE
 * --type-name …`.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/security-iam.html
 */
export const DEPLOYMENT_ACTIONS: Readonly<Record<string, readonly string[]>> = {
  'AWS::Budgets::Budget': ['budgets:ModifyBudget'],
  'AWS::Budgets::Budget.ResourceTags': ['budgets:TagResource'],
  'AWS::CE::AnomalyMonitor': ['ce:CreateAnomalyMonitor'],
  'AWS::CE::AnomalySubscription': ['ce:CreateAnomalySubscription'],
  'AWS::Chatbot::MicrosoftTeamsChannelConfiguration': [
    'chatbot:CreateMicrosoftTeamsChannelConfiguration',
    'iam:PassRole',
  ],
  'AWS::Chatbot::SlackChannelConfiguration': ['chatbot:CreateSlackChannelConfiguration', 'iam:PassRole'],
  'AWS::CloudFormation::StackSet': ['cloudformation:CreateStackInstances', 'cloudformation:CreateStackSet'],
  'AWS::CloudFormation::StackSet.Tags': ['cloudformation:TagResource'],
  'AWS::CloudTrail::Trail': ['cloudtrail:CreateTrail', 'cloudtrail:StartLogging', 'iam:PassRole'],
  'AWS::CloudTrail::Trail.AdvancedEventSelectors': ['cloudtrail:PutEventSelectors'],
  'AWS::CloudTrail::Trail.IsOrganizationTrail': ['iam:CreateServiceLinkedRole'],
  'AWS::CloudTrail::Trail.Tags': ['cloudtrail:AddTags'],
  'AWS::CloudWatch::Alarm': ['cloudwatch:PutMetricAlarm'],
  'AWS::CloudWatch::Alarm.Tags': ['cloudwatch:TagResource'],
  'AWS::CloudWatch::Dashboard': ['cloudwatch:PutDashboard'],
  'AWS::CloudWatch::Dashboard.Tags': ['cloudwatch:TagResource'],
  'AWS::Config::ConfigurationRecorder': [
    'config:PutConfigurationRecorder',
    'config:StartConfigurationRecorder',
    'iam:PassRole',
  ],
  'AWS::Config::DeliveryChannel': ['config:PutDeliveryChannel'],
  'AWS::Events::Rule': ['events:PutRule', 'events:PutTargets'],
  'AWS::Events::Rule.Tags': ['events:TagResource'],
  'AWS::GuardDuty::Detector': ['guardduty:CreateDetector', 'iam:CreateServiceLinkedRole'],
  'AWS::GuardDuty::Detector.Tags': ['guardduty:TagResource'],
  'AWS::IAM::Group': ['iam:CreateGroup'],
  'AWS::IAM::Group.ManagedPolicyArns': ['iam:AttachGroupPolicy'],
  'AWS::IAM::ManagedPolicy': ['iam:CreatePolicy'],
  'AWS::IAM::OIDCProvider': ['iam:CreateOpenIDConnectProvider'],
  'AWS::IAM::OIDCProvider.Tags': ['iam:TagOpenIDConnectProvider'],
  'AWS::IAM::Policy': [],
  'AWS::IAM::Policy.Groups': ['iam:PutGroupPolicy'],
  'AWS::IAM::Policy.Roles': ['iam:PutRolePolicy'],
  'AWS::IAM::Role': ['iam:CreateRole'],
  'AWS::IAM::Role.ManagedPolicyArns': ['iam:AttachRolePolicy'],
  'AWS::IAM::Role.Policies': ['iam:PutRolePolicy'],
  'AWS::IAM::Role.Tags': ['iam:TagRole'],
  'AWS::IAM::SAMLProvider': ['iam:CreateSAMLProvider'],
  'AWS::IAM::User': ['iam:CreateUser'],
  // The first-time password is a secret that CloudFormation reads.
  'AWS::IAM::User.LoginProfile': ['iam:CreateLoginProfile', 'secretsmanager:GetSecretValue'],
  'AWS::IAM::UserToGroupAddition': ['iam:AddUserToGroup'],
  'AWS::KMS::Alias': ['kms:CreateAlias'],
  'AWS::KMS::Key': ['kms:CreateKey'],
  'AWS::KMS::Key.EnableKeyRotation': ['kms:EnableKeyRotation'],
  'AWS::KMS::Key.Tags': ['kms:TagResource'],
  'AWS::Lambda::EventInvokeConfig': ['lambda:PutFunctionEventInvokeConfig'],
  'AWS::Lambda::Function': ['lambda:CreateFunction', 'iam:PassRole'],
  'AWS::Lambda::Function.Tags': ['lambda:TagResource'],
  'AWS::Lambda::Permission': ['lambda:AddPermission'],
  'AWS::Logs::LogGroup': ['logs:CreateLogGroup'],
  'AWS::Logs::LogGroup.KmsKeyId': ['logs:AssociateKmsKey'],
  'AWS::Logs::LogGroup.RetentionInDays': ['logs:PutRetentionPolicy'],
  'AWS::Logs::LogGroup.Tags': ['logs:TagResource'],
  'AWS::Logs::MetricFilter': ['logs:PutMetricFilter'],
  'AWS::Notifications::ChannelAssociation': ['notifications:AssociateChannel'],
  'AWS::Notifications::EventRule': ['notifications:CreateEventRule'],
  'AWS::Notifications::NotificationConfiguration': [
    'notifications:CreateNotificationConfiguration',
    'iam:CreateServiceLinkedRole',
  ],
  'AWS::Notifications::NotificationHub': [
    'notifications:RegisterNotificationHub',
    'iam:CreateServiceLinkedRole',
  ],
  'AWS::NotificationsContacts::EmailContact': [
    'notifications-contacts:CreateEmailContact',
    'notifications-contacts:SendActivationCode',
  ],
  'AWS::Organizations::Account': ['organizations:CreateAccount', 'organizations:MoveAccount'],
  'AWS::Organizations::Account.Tags': ['organizations:TagResource'],
  'AWS::Organizations::OrganizationalUnit': ['organizations:CreateOrganizationalUnit'],
  'AWS::Organizations::OrganizationalUnit.Tags': ['organizations:TagResource'],
  'AWS::Organizations::Policy': ['organizations:CreatePolicy'],
  'AWS::Organizations::Policy.Tags': ['organizations:TagResource'],
  'AWS::Organizations::Policy.TargetIds': ['organizations:AttachPolicy'],
  'AWS::S3::Bucket': ['s3:CreateBucket'],
  'AWS::S3::Bucket.BucketEncryption': ['s3:PutEncryptionConfiguration'],
  'AWS::S3::Bucket.LifecycleConfiguration': ['s3:PutLifecycleConfiguration'],
  'AWS::S3::Bucket.LoggingConfiguration': ['s3:PutBucketLogging'],
  'AWS::S3::Bucket.PublicAccessBlockConfiguration': ['s3:PutBucketPublicAccessBlock'],
  'AWS::S3::Bucket.Tags': ['s3:PutBucketTagging'],
  'AWS::S3::Bucket.VersioningConfiguration': ['s3:PutBucketVersioning'],
  'AWS::S3::BucketPolicy': ['s3:PutBucketPolicy'],
  'AWS::SNS::Subscription': ['sns:Subscribe'],
  'AWS::SNS::Topic': ['sns:CreateTopic'],
  'AWS::SNS::Topic.Tags': ['sns:TagResource'],
  'AWS::SNS::TopicPolicy': ['sns:SetTopicAttributes'],
  'AWS::SSO::Assignment': ['sso:CreateAccountAssignment'],
  'AWS::SSO::PermissionSet': ['sso:CreatePermissionSet', 'sso:ProvisionPermissionSet'],
  'AWS::SSO::PermissionSet.CustomerManagedPolicyReferences': [
    'sso:AttachCustomerManagedPolicyReferenceToPermissionSet',
  ],
  'AWS::SSO::PermissionSet.InlinePolicy': ['sso:PutInlinePolicyToPermissionSet'],
  'AWS::SSO::PermissionSet.ManagedPolicies': ['sso:AttachManagedPolicyToPermissionSet'],
  'AWS::SSO::PermissionSet.PermissionsBoundary': ['sso:PutPermissionsBoundaryToPermissionSet'],
  'AWS::SSO::PermissionSet.Tags': ['sso:TagResource'],
  'AWS::SecretsManager::ResourcePolicy': ['secretsmanager:PutResourcePolicy'],
  'AWS::SecretsManager::Secret': ['secretsmanager:CreateSecret', 'secretsmanager:GetRandomPassword'],
  'AWS::SecurityHub::Hub': ['securityhub:EnableSecurityHub', 'iam:CreateServiceLinkedRole'],
  'AWS::SecurityHub::Hub.Tags': ['securityhub:TagResource'],
  // CloudFormation calls functions of the stack, which apply the settings.
  'Custom::*': ['lambda:InvokeFunction'],
};

/** Permissions to deploy templates. */
export interface DeploymentActions {
  /** IAM actions that the deployer needs directly. */
  readonly direct: readonly string[];
  /** IAM actions that CloudFormation needs, with the same credentials. */
  readonly byCloudFormation: readonly string[];
}

/** The IAM actions to deploy templates, sorted, without duplicates. */
export function deploymentActions(templates: readonly unknown[]): DeploymentActions {
  const rows = resourcesOf(templates).flatMap(({ Type, Properties }) =>
    Type.startsWith('Custom::')
      ? ['Custom::*']
      : [Type, ...Object.keys(Properties).map((property) => `${Type}.${property}`)],
  );
  const actions = rows.flatMap((row) => DEPLOYMENT_ACTIONS[row] ?? []);
  return { direct: OF_COMMAND_LINE, byCloudFormation: [...new Set(actions)].sort() };
}

/** Number of resources of a type in the templates. */
export function countOf(templates: readonly unknown[], type: string): number {
  return resourcesOf(templates).filter(({ Type }) => Type === type).length;
}

function resourcesOf(templates: readonly unknown[]) {
  return templates.flatMap((template) => Object.values(Template.parse(template).Resources));
}
