import { type Task, type InProfile, BOB, TRAIL_LOGS } from './request';

/** What an administrator with MFA does every day. */
export const EVERYDAY: readonly Task[] = [
  {
    task: 'Start servers',
    actions: ['ec2:RunInstances'],
    on: 'arn:aws:ec2:us-east-1:${AWS::AccountId}:instance/i-1',
  },
  { task: 'Write a file', actions: ['s3:PutObject', 's3:DeleteObject'], on: 'arn:aws:s3:::site/index.html' },
  {
    task: 'Create and delete a bucket',
    actions: ['s3:CreateBucket', 's3:PutBucketPolicy', 's3:DeleteBucket'],
    on: 'arn:aws:s3:::site',
  },
  {
    task: 'Create, change and delete a user',
    actions: ['iam:CreateUser', 'iam:UpdateUser', 'iam:DeleteUser'],
    on: BOB,
  },
  { task: 'Add someone to Administrators', actions: ['iam:AddUserToGroup'], on: '${AdminAccessGroup.Arn}' },
  {
    task: 'Manage another group',
    actions: ['iam:PutGroupPolicy', 'iam:RemoveUserFromGroup', 'iam:DeleteGroup'],
    on: 'arn:aws:iam::${AWS::AccountId}:group/Developers',
  },
  {
    task: 'Pass a role to a service',
    actions: ['iam:PassRole'],
    on: 'arn:aws:iam::${AWS::AccountId}:role/worker',
  },
  {
    task: 'Stop another trail of the account',
    actions: ['cloudtrail:StopLogging', 'cloudtrail:DeleteTrail'],
    on: 'arn:aws:cloudtrail:us-east-1:${AWS::AccountId}:trail/other',
  },
  { task: 'View the trail', actions: ['cloudtrail:GetTrailStatus'], on: '${AuditTrailTrail.Arn}' },
  {
    task: 'Read log files',
    actions: ['s3:GetObject'],
    on: '${AuditTrailBucket.Arn}/AWSLogs/${AWS::AccountId}/CloudTrail/file',
  },
  {
    task: 'Search the trail’s log group',
    actions: ['logs:FilterLogEvents', 'logs:StartQuery'],
    on: TRAIL_LOGS,
  },
  {
    task: 'Delete another log group',
    actions: ['logs:DeleteLogGroup', 'logs:PutRetentionPolicy'],
    on: 'arn:aws:logs:us-east-1:${AWS::AccountId}:log-group:/aws/lambda/site:log-stream:',
  },
  { task: 'Decrypt log files', actions: ['kms:Decrypt', 'kms:DescribeKey'], on: '${Key.Arn}' },
  {
    task: 'Change and delete an alarm of a workload',
    actions: ['cloudwatch:PutMetricAlarm', 'cloudwatch:DeleteAlarms'],
    on: 'arn:aws:cloudwatch:us-east-1:${AWS::AccountId}:alarm:site-errors',
  },
  { task: 'Subscribe another address', actions: ['sns:Subscribe'], on: '${NotificationsTopic}' },
  {
    task: 'Disable another key, or change its policy',
    actions: ['kms:DisableKey', 'kms:PutKeyPolicy'],
    on: 'arn:aws:kms:us-east-1:${AWS::AccountId}:key/other',
    context: { 'kms:ResourceAliases': ['alias/other'] },
  },
  {
    task: 'Disable a key of another Region that has an alias of the same name',
    actions: ['kms:DisableKey'],
    on: 'arn:aws:kms:eu-west-1:${AWS::AccountId}:key/other',
    context: { 'kms:ResourceAliases': ['alias/account-baseline'] },
  },
  { task: 'Change the password policy', actions: ['iam:UpdateAccountPasswordPolicy'] },
  {
    task: 'Deploy the stack, or remove it',
    actions: [
      'cloudformation:CreateChangeSet',
      'cloudformation:DeleteStack',
      'cloudformation:ExecuteChangeSet',
      'cloudformation:UpdateTerminationProtection',
    ],
    on: 'arn:aws:cloudformation:us-east-1:${AWS::AccountId}:stack/AccountBaseline-Alarms/id',
  },
];

/** What an administrator does through CloudFormation: people are resources of the stack. */
export const THROUGH_CLOUDFORMATION: readonly Task[] = [
  {
    task: 'Create an administrator',
    actions: ['iam:CreateUser', 'iam:CreateLoginProfile', 'iam:GetUser'],
    on: BOB,
  },
  {
    task: 'Create a role',
    actions: ['iam:CreateRole', 'iam:PassRole'],
    on: 'arn:aws:iam::${AWS::AccountId}:role/worker',
  },
];

type Accident = Task & InProfile;

/** What the guard denies to people, and lets CloudFormation do. */
export const ACCIDENTS: readonly Accident[] = [
  {
    task: 'Leave Administrators, or remove someone',
    actions: ['iam:RemoveUserFromGroup'],
    on: '${AdminAccessGroup.Arn}',
  },
  {
    task: 'Delete or rename the group',
    actions: ['iam:DeleteGroup', 'iam:UpdateGroup'],
    on: '${AdminAccessGroup.Arn}',
  },
  {
    task: 'Attach a policy to the group, or detach AdministratorAccess',
    actions: ['iam:AttachGroupPolicy', 'iam:DetachGroupPolicy'],
    on: '${AdminAccessGroup.Arn}',
  },
  {
    task: 'Change or delete the MFA policy or the guard',
    actions: ['iam:PutGroupPolicy', 'iam:DeleteGroupPolicy'],
    on: '${AdminAccessGroup.Arn}',
  },
  {
    task: 'Stop, change or delete the trail',
    actions: [
      'cloudtrail:StopLogging',
      'cloudtrail:UpdateTrail',
      'cloudtrail:DeleteTrail',
      'cloudtrail:PutEventSelectors',
      'cloudtrail:PutInsightSelectors',
    ],
    on: '${AuditTrailTrail.Arn}',
  },
  ...['AuditTrailBucket', 'AuditTrailAccessLogs'].map((bucket) => bucketAccident(bucket)),
  { ...bucketAccident('ConfigRecorderBucket'), only: 'strict' },
  ...['AuditTrailBucket', 'AuditTrailAccessLogs'].map((bucket) => fileAccident(bucket)),
  { ...fileAccident('ConfigRecorderBucket'), only: 'strict' },
  {
    task: 'Delete the trail’s log group or its filters, shorten its retention, or transform its events',
    actions: [
      'logs:DeleteLogGroup',
      'logs:DeleteMetricFilter',
      'logs:PutDataProtectionPolicy',
      'logs:PutLogGroupDeletionProtection',
      'logs:PutMetricFilter',
      'logs:PutRetentionPolicy',
      'logs:PutTransformer',
    ],
    on: TRAIL_LOGS,
  },
  {
    task: 'Delete a stream of the trail’s log group, or write into it',
    actions: ['logs:DeleteLogStream', 'logs:PutLogEvents'],
    on: `${TRAIL_LOGS}stream`,
  },
  {
    task: 'Disable or delete the key, or change its policy',
    actions: [
      'kms:DisableKey',
      'kms:DisableKeyRotation',
      'kms:ScheduleKeyDeletion',
      'kms:PutKeyPolicy',
      'kms:RevokeGrant',
    ],
    on: '${Key.Arn}',
    context: { 'kms:ResourceAliases': ['alias/account-baseline'] },
  },
  {
    task: 'Delete the key’s alias, or point it to another key',
    actions: ['kms:DeleteAlias', 'kms:UpdateAlias'],
    on: 'arn:aws:kms:us-east-1:${AWS::AccountId}:alias/account-baseline',
  },
  ...['SettingsSettings', 'AlarmsNotificationsExplainer'].map((id): Accident => ({
    task: `Change, stop or delete the function ${id}`,
    actions: [
      'lambda:AddPermission',
      'lambda:DeleteFunction',
      'lambda:InvokeFunction',
      'lambda:PutFunctionConcurrency',
      'lambda:PutFunctionEventInvokeConfig',
      'lambda:RemovePermission',
      'lambda:UpdateFunctionCode',
      'lambda:UpdateFunctionConfiguration',
    ],
    on: `arn:aws:lambda:us-east-1:\${AWS::AccountId}:function:AccountBaseline-Any-${id}`,
  })),
  {
    task: 'Change or delete a role of a function',
    actions: [
      'iam:AttachRolePolicy',
      'iam:DeleteRole',
      'iam:DeleteRolePolicy',
      'iam:DetachRolePolicy',
      'iam:PutRolePermissionsBoundary',
      'iam:PutRolePolicy',
      'iam:UpdateAssumeRolePolicy',
    ],
    on: '${NotificationsExplainerRole.Arn}',
  },
  {
    task: 'Change or stop an event rule of the suite',
    actions: [
      'events:DeleteRule',
      'events:DisableRule',
      'events:PutRule',
      'events:PutTargets',
      'events:RemoveTargets',
    ],
    on: 'arn:aws:events:us-east-1:${AWS::AccountId}:rule/AccountBaseline-Detectors-Findings-1A2B3C',
  },
  {
    task: 'Set a stack policy, which can deny later deployments',
    actions: ['cloudformation:SetStackPolicy'],
    on: 'arn:aws:cloudformation:us-east-1:${AWS::AccountId}:stack/AccountBaseline-Alarms/id',
  },
  {
    task: 'Change the key of the trail’s log group',
    actions: ['logs:AssociateKmsKey', 'logs:DisassociateKmsKey'],
    on: TRAIL_LOGS,
  },
  ...['NotificationsTopic', 'NotificationsAlarmTopic'].map((topic) => topicAccident(topic)),
  { ...topicAccident('NotificationsChatTopic'), only: 'strict' },
  {
    task: 'Delete, silence, mute or change an alarm',
    actions: [
      'cloudwatch:DeleteAlarms',
      'cloudwatch:DisableAlarmActions',
      'cloudwatch:PutAlarmMuteRule',
      'cloudwatch:PutMetricAlarm',
    ],
    on: 'arn:aws:cloudwatch:us-east-1:${AWS::AccountId}:alarm:AccountBaseline-Alarms-AlarmsRootUser-1A2B3C',
  },
  {
    task: 'Stop or delete the recorder of AWS Config',
    actions: ['config:StopConfigurationRecorder', 'config:DeleteConfigurationRecorder'],
    on: 'arn:aws:config:us-east-1:${AWS::AccountId}:configuration-recorder/default/id',
    only: 'strict',
  },
  {
    task: 'Suspend or delete the detector of GuardDuty',
    actions: ['guardduty:UpdateDetector', 'guardduty:DeleteDetector'],
    on: 'arn:aws:guardduty:us-east-1:${AWS::AccountId}:detector/${GuardDuty}',
    only: 'strict',
  },
  {
    task: 'Disable Security Hub',
    actions: ['securityhub:DisableSecurityHub'],
    on: '${SecurityHub}',
    only: 'strict',
  },
];

function bucketAccident(bucket: string): Accident {
  return {
    task: `Open, change or delete the bucket ${bucket}`,
    actions: [
      's3:DeleteBucket',
      's3:DeleteBucketPolicy',
      's3:PutBucketPolicy',
      's3:PutBucketAcl',
      's3:PutBucketPublicAccessBlock',
      's3:PutBucketVersioning',
      's3:PutLifecycleConfiguration',
      's3:PutEncryptionConfiguration',
    ],
    on: `\${${bucket}.Arn}`,
  };
}

function fileAccident(bucket: string): Accident {
  return {
    task: `Overwrite or delete a file of ${bucket}`,
    actions: ['s3:PutObject', 's3:DeleteObject', 's3:DeleteObjectVersion'],
    on: `\${${bucket}.Arn}/AWSLogs/file`,
  };
}

function topicAccident(topic: string): Accident {
  return {
    task: `Delete ${topic}, or change who may publish and who receives what`,
    actions: [
      'sns:DeleteTopic',
      'sns:SetTopicAttributes',
      'sns:SetSubscriptionAttributes',
      'sns:AddPermission',
      'sns:RemovePermission',
      'sns:PutDataProtectionPolicy',
      'sns:Unsubscribe',
    ],
    on: `\${${topic}}`,
  };
}
