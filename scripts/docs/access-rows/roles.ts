import type { Permission, Switch } from '../../../lib/settings/setting';
import { NETWORK_SWITCHES, SWITCHES } from '../../../lib/settings/settings';
import { type Context, type Task, type InProfile, BOB, LOG_FILE, TRAIL_LOGS } from './request';

/** What the code of a function, or a service for us, does. */
interface RoleTask extends Task, InProfile {
  /** @default {} */
  readonly context?: Context;
}

export interface RoleRow extends InProfile {
  /** Logical id of the role. */
  readonly role: string;
  readonly name: string;
  /** All that it may do, in the services that it may use at all. */
  readonly may: readonly RoleTask[];
  /** What is near, and denied. */
  readonly mayNot: readonly RoleTask[];
}

/** The log group of the functions of a stack. */
const functionLogs = (stack: string) =>
  `arn:aws:logs:us-east-1:\${AWS::AccountId}:log-group:\${${stack}FunctionLogs}:log-stream:stream`;

const ownLog = (stack: string): RoleTask => ({
  task: 'Write its log',
  actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
  on: functionLogs(stack),
});

/** SNS encrypts with the permissions of the publisher. */
const viaService = (service: string): Context => ({ 'kms:ViaService': `${service}.us-east-1.amazonaws.com` });

const tell = (topics: readonly string[]): RoleTask[] => [
  ...topics.map((topic) => ({
    task: `Publish to ${topic}`,
    actions: ['sns:Publish'],
    on: `\${${topic}}`,
    only: topic === 'NotificationsChatTopic' ? ('strict' as const) : undefined,
  })),
  {
    task: 'Encrypt what SNS publishes',
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    on: '${Key.Arn}',
    context: viaService('sns'),
  },
];

const KEYS_OTHERWISE: readonly RoleTask[] = [
  { task: 'Use the key directly', actions: ['kms:Decrypt', 'kms:GenerateDataKey'], on: '${Key.Arn}' },
  {
    task: 'Use the key through S3',
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    on: '${Key.Arn}',
    context: viaService('s3'),
  },
  {
    task: 'Use another key through SNS',
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    on: 'arn:aws:kms:us-east-1:${AWS::AccountId}:key/other',
    context: viaService('sns'),
  },
];

const CHANGE_LOGS: readonly RoleTask[] = [
  {
    task: 'Delete the trail’s log group or its filters, or shorten its retention',
    actions: ['logs:DeleteLogGroup', 'logs:PutRetentionPolicy', 'logs:DeleteMetricFilter'],
    on: TRAIL_LOGS,
  },
  {
    task: 'Write into the trail’s log group',
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    on: `${TRAIL_LOGS}forged`,
  },
];
const READ_EVENTS: RoleTask = {
  task: 'Read the trail’s filters and events',
  actions: ['logs:DescribeMetricFilters', 'logs:FilterLogEvents'],
  on: TRAIL_LOGS,
};
const READ_OTHER_LOGS: RoleTask = {
  task: 'Read another log group',
  actions: ['logs:FilterLogEvents'],
  on: 'arn:aws:logs:us-east-1:${AWS::AccountId}:log-group:other:log-stream:',
};
const CHANGE_TOPIC: RoleTask = {
  task: 'Delete or open a topic',
  actions: ['sns:DeleteTopic', 'sns:SetTopicAttributes', 'sns:Subscribe'],
  on: '${NotificationsTopic}',
};
const READ_FILES: RoleTask = { task: 'Read log files', actions: ['s3:GetObject'], on: LOG_FILE };
const BECOME_MORE: RoleTask = {
  task: 'Give itself more permissions',
  actions: ['iam:PutRolePolicy', 'iam:AttachRolePolicy', 'iam:UpdateAssumeRolePolicy'],
  on: '${SettingsRole.Arn}',
};
const CREATE_USER: RoleTask = {
  task: 'Create or change a user',
  actions: ['iam:CreateUser', 'iam:CreateAccessKey', 'iam:DeleteUser'],
  on: BOB,
};

const parameter = (name: string) => `arn:aws:ssm:us-east-1:\${AWS::AccountId}:parameter/${name}`;
const REMEMBER: RoleTask = {
  task: 'Record the previous value of a setting',
  actions: ['ssm:GetParameter', 'ssm:PutParameter', 'ssm:DeleteParameter'],
  on: parameter('account-baseline/settings/EbsEncryption'),
};
const OTHER_PARAMETER: RoleTask = {
  task: 'Read or change another parameter',
  actions: ['ssm:GetParameter', 'ssm:PutParameter', 'ssm:DeleteParameter'],
  on: parameter('other'),
};

const PUT_CHECK_EVENT: RoleTask = {
  task: 'Put an event of the daily check',
  actions: ['events:PutEvents'],
  on: 'arn:aws:events:us-east-1:${AWS::AccountId}:event-bus/default',
  context: { 'events:source': ['account-baseline.settings'] },
};

const linkedRole = (service: string, name: string) =>
  `arn:aws:iam::\${AWS::AccountId}:role/aws-service-role/${service}.amazonaws.com/${name}`;
const analyzer = (region: string, name: string) =>
  `arn:aws:access-analyzer:${region}:\${AWS::AccountId}:analyzer/${name}`;
const alarm = (name: string) => `arn:aws:cloudwatch:us-east-1:\${AWS::AccountId}:alarm:${name}`;
type Resource = NonNullable<Permission['resources']>[number];

const ec2 = (resource: string) => `arn:aws:ec2:eu-west-1:\${AWS::AccountId}:${resource}`;

const switchRow = ({ setting, option }: Switch, { sid, actions }: Permission) => ({
  task: `Read, set and restore ${setting.name}${sid === setting.name ? '' : ` (${sid})`}`,
  actions,
  only: Object.values(option).includes(true) ? undefined : ('strict' as const),
});

/**
 * The ARN of a resource in an account, as a template would contain it, with some Region and ID if any would
 * match.
 */
const oneOf = ({ service, region, path }: Resource, account: string) =>
  `arn:aws:${service}:${region.replace('*', 'eu-west-1')}:${account}:${path.replace('*', '1')}`;

/**
 * What the file of a setting says that it needs; test/settings/settings.test.ts compares that with what it
 * calls. A permission for resources of several kinds has rows of its own below: not every action knows each
 * of them.
 */
function apply(one: Switch): RoleTask[] {
  return one.permissions.flatMap((permission) => {
    const [resource, ...others] = permission.resources ?? [];
    if (others.length > 0) return [];
    return { ...switchRow(one, permission), on: resource && oneOf(resource, '${AWS::AccountId}') };
  });
}

/** The same in another account: IAM alone would not prevent it, if the permission were for all resources. */
function applyElsewhere(one: Switch): RoleTask[] {
  return one.permissions.flatMap((permission) => {
    const [resource, ...others] = permission.resources ?? [];
    if (!resource || others.length > 0) return [];
    const row = switchRow(one, permission);
    return { ...row, task: `${row.task} in another account`, on: oneOf(resource, '999999999999') };
  });
}

/** Roles of functions and services: each may do what is listed, and nothing else. */
export const ROLES: readonly RoleRow[] = [
  {
    role: 'NotificationsExplainerRole',
    name: 'The function that explains alarms',
    may: [ownLog('Alarms'), READ_EVENTS, ...tell(['NotificationsTopic', 'NotificationsChatTopic'])],
    mayNot: [
      {
        task: 'Publish to the topic that calls it',
        actions: ['sns:Publish'],
        on: '${NotificationsAlarmTopic}',
      },
      CHANGE_TOPIC,
      READ_OTHER_LOGS,
      ...CHANGE_LOGS,
      READ_FILES,
      ...KEYS_OTHERWISE,
    ],
  },
  {
    role: 'WeeklySummaryFunctionRole',
    name: 'The function of the weekly summary',
    may: [
      ownLog('Summary'),
      READ_EVENTS,
      { task: 'List analyzers', actions: ['access-analyzer:ListAnalyzers'] },
      { task: 'List trails', actions: ['cloudtrail:DescribeTrails'] },
      { task: 'List alarms', actions: ['cloudwatch:DescribeAlarms'], on: alarm('other') },
      {
        task: 'Report on credentials',
        actions: ['iam:GenerateCredentialReport', 'iam:GetCredentialReport'],
      },
      { task: 'List secrets', actions: ['secretsmanager:ListSecrets'] },
      {
        task: 'Read the history of an alarm',
        actions: ['cloudwatch:DescribeAlarmHistory'],
        on: alarm('AccountBaseline-Alarms-RootUser-1A2B3C'),
      },
      ...['NotificationsTopic', 'NotificationsAlarmTopic'].map((topic) => ({
        task: `Read who is subscribed to ${topic}`,
        actions: ['sns:GetSubscriptionAttributes', 'sns:ListSubscriptionsByTopic'],
        on: `\${${topic}}`,
      })),
      {
        task: 'See whether the function that explains alarms can run',
        actions: ['lambda:GetFunctionConcurrency'],
        on: '${NotificationsExplainer.Arn}',
      },
      {
        task: 'Read the state of the trail',
        actions: ['cloudtrail:GetTrailStatus'],
        on: '${AuditTrailTrail.Arn}',
      },
      {
        task: 'Read the findings of an analyzer',
        actions: ['access-analyzer:ListFindings'],
        on: analyzer('us-east-1', 'other'),
      },
      ...tell(['NotificationsTopic', 'NotificationsChatTopic']),
    ],
    mayNot: [
      {
        task: 'Read the history of another alarm',
        actions: ['cloudwatch:DescribeAlarmHistory'],
        on: alarm('other'),
      },
      {
        task: 'Change alarms',
        actions: ['cloudwatch:DisableAlarmActions', 'cloudwatch:DeleteAlarms', 'cloudwatch:PutMetricAlarm'],
        on: alarm('AccountBaseline-Alarms-RootUser-1A2B3C'),
      },
      {
        task: 'Read who is subscribed to another topic',
        actions: ['sns:GetSubscriptionAttributes', 'sns:ListSubscriptionsByTopic'],
        on: 'arn:aws:sns:us-east-1:${AWS::AccountId}:other',
      },
      {
        task: 'Read the settings of another function',
        actions: ['lambda:GetFunctionConcurrency'],
        on: 'arn:aws:lambda:us-east-1:${AWS::AccountId}:function:other',
      },
      {
        task: 'Change the function that explains alarms',
        actions: ['lambda:PutFunctionConcurrency', 'lambda:UpdateFunctionCode'],
        on: '${NotificationsExplainer.Arn}',
      },
      {
        task: 'Read the state of another account’s trail',
        actions: ['cloudtrail:GetTrailStatus'],
        on: 'arn:aws:cloudtrail:us-east-1:999999999999:trail/account-baseline',
      },
      { task: 'Stop the trail', actions: ['cloudtrail:StopLogging'], on: '${AuditTrailTrail.Arn}' },
      {
        task: 'Read findings of another Region',
        actions: ['access-analyzer:ListFindings'],
        on: analyzer('eu-west-1', 'other'),
      },
      {
        task: 'Read a first-time password',
        actions: ['secretsmanager:GetSecretValue'],
        on: '${AdminAccessalicePassword}',
      },
      { task: 'Publish alarms', actions: ['sns:Publish'], on: '${NotificationsAlarmTopic}' },
      CHANGE_TOPIC,
      READ_OTHER_LOGS,
      BECOME_MORE,
      CREATE_USER,
      ...CHANGE_LOGS,
      READ_FILES,
      ...KEYS_OTHERWISE,
    ],
  },
  {
    role: 'SettingsRole',
    name: 'The function of the settings',
    may: [
      ownLog('Settings'),
      REMEMBER,
      { task: 'Find the Regions', actions: ['ec2:DescribeRegions'] },
      {
        task: 'Read, set and restore the password policy',
        actions: [
          'iam:GetAccountPasswordPolicy',
          'iam:UpdateAccountPasswordPolicy',
          'iam:DeleteAccountPasswordPolicy',
        ],
      },
      ...SWITCHES.flatMap(apply),
      {
        task: 'Read, set and restore the alias',
        actions: ['iam:ListAccountAliases', 'iam:CreateAccountAlias', 'iam:DeleteAccountAlias'],
        only: 'strict',
      },
      { ...PUT_CHECK_EVENT, only: 'strict' },
    ],
    mayNot: [
      OTHER_PARAMETER,
      ...SWITCHES.flatMap(applyElsewhere),
      {
        task: 'Read or change contacts, of which none is configured',
        actions: [
          'account:GetAlternateContact',
          'account:PutAlternateContact',
          'account:DeleteAlternateContact',
        ],
        on: 'arn:aws:account::${AWS::AccountId}:account',
      },
      { ...PUT_CHECK_EVENT, only: 'standard' },
      {
        ...PUT_CHECK_EVENT,
        task: 'Put an event of another source, too',
        context: { 'events:source': ['account-baseline.settings', 'other'] },
      },
      {
        ...PUT_CHECK_EVENT,
        task: 'Put an event without a source',
        context: {},
      },
      {
        ...PUT_CHECK_EVENT,
        task: 'Put events on another bus',
        on: 'arn:aws:events:us-east-1:${AWS::AccountId}:event-bus/other',
      },
      {
        task: 'Delete another analyzer',
        actions: ['access-analyzer:DeleteAnalyzer'],
        on: analyzer('eu-west-1', 'other'),
      },
      {
        task: 'Create another service-linked role',
        actions: ['iam:CreateServiceLinkedRole'],
        on: linkedRole('config', 'AWSServiceRoleForConfig'),
      },
      {
        task: 'Open a bucket',
        actions: ['s3:PutBucketPolicy', 's3:PutBucketPublicAccessBlock'],
        on: '${AuditTrailBucket.Arn}',
      },
      {
        task: 'Share a snapshot',
        actions: ['ec2:ModifySnapshotAttribute'],
        on: 'arn:aws:ec2:us-east-1::snapshot/snap-1',
      },
      {
        task: 'Change the alias',
        actions: ['iam:CreateAccountAlias', 'iam:DeleteAccountAlias'],
        only: 'standard',
      },
      { task: 'Publish', actions: ['sns:Publish'], on: '${NotificationsTopic}' },
      { task: 'Publish alarms', actions: ['sns:Publish'], on: '${NotificationsAlarmTopic}' },
      BECOME_MORE,
      CREATE_USER,
      ...CHANGE_LOGS,
      READ_FILES,
      ...KEYS_OTHERWISE,
    ],
  },
  {
    role: 'AuditTrailDeliveryRole',
    name: 'CloudTrail, for the log group',
    may: [
      {
        task: 'Write events into its streams',
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        on: `${TRAIL_LOGS}\${AWS::AccountId}_CloudTrail_us-east-1`,
      },
    ],
    mayNot: [
      {
        task: 'Write into another stream',
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        on: `${TRAIL_LOGS}other`,
      },
      { task: 'Write into another log group', actions: ['logs:PutLogEvents'], on: functionLogs('Alarms') },
      { task: 'Read events', actions: ['logs:FilterLogEvents'], on: TRAIL_LOGS },
      ...CHANGE_LOGS,
    ],
  },
  {
    role: 'NetworksFunctionRole',
    name: 'The function of the default networks',
    only: 'strict',
    may: [
      ownLog('Networks'),
      REMEMBER,
      { task: 'Find the Regions', actions: ['ec2:DescribeRegions'] },
      ...NETWORK_SWITCHES.flatMap(apply),
      { task: 'Delete a network', actions: ['ec2:DeleteVpc'], on: ec2('vpc/vpc-1') },
      { task: 'Delete a subnet', actions: ['ec2:DeleteSubnet'], on: ec2('subnet/subnet-1') },
      {
        task: 'Detach and delete a gateway',
        actions: ['ec2:DetachInternetGateway', 'ec2:DeleteInternetGateway'],
        on: ec2('internet-gateway/igw-1'),
      },
    ],
    mayNot: [
      OTHER_PARAMETER,
      ...NETWORK_SWITCHES.flatMap(applyElsewhere),
      {
        task: 'Delete a security group',
        actions: ['ec2:DeleteSecurityGroup'],
        on: ec2('security-group/sg-1'),
      },
      {
        task: 'Start or end servers',
        actions: ['ec2:RunInstances', 'ec2:TerminateInstances'],
        on: ec2('instance/i-1'),
      },
      {
        task: 'Delete another account’s network',
        actions: ['ec2:DeleteVpc'],
        on: 'arn:aws:ec2:eu-west-1:999999999999:vpc/vpc-1',
      },
      { task: 'Publish', actions: ['sns:Publish'], on: '${NotificationsTopic}' },
      CREATE_USER,
      BECOME_MORE,
      ...CHANGE_LOGS,
    ],
  },
  {
    role: 'ConfigRoleFunctionRole',
    name: 'The function of AWS Config’s role',
    only: 'strict',
    may: [
      ownLog('Detectors'),
      REMEMBER,
      {
        task: 'Find or create the service-linked role',
        actions: ['iam:GetRole', 'iam:CreateServiceLinkedRole'],
        on: linkedRole('config', 'AWSServiceRoleForConfig'),
      },
    ],
    mayNot: [
      OTHER_PARAMETER,
      {
        task: 'Create another service-linked role',
        actions: ['iam:CreateServiceLinkedRole'],
        on: linkedRole('access-analyzer', 'AWSServiceRoleForAccessAnalyzer'),
      },
      {
        task: 'Delete the role',
        actions: ['iam:DeleteServiceLinkedRole', 'iam:DeleteRole'],
        on: linkedRole('config', 'AWSServiceRoleForConfig'),
      },
      CREATE_USER,
      BECOME_MORE,
      ...CHANGE_LOGS,
    ],
  },
  {
    role: 'NotificationsChatRole',
    name: 'The chat channels',
    only: 'strict',
    may: [],
    mayNot: [
      {
        task: 'View alarms',
        actions: ['cloudwatch:DescribeAlarms'],
        on: 'arn:aws:cloudwatch:us-east-1:${AWS::AccountId}:alarm:other',
      },
      { task: 'Read the trail’s events', actions: ['logs:FilterLogEvents'], on: TRAIL_LOGS },
      { task: 'Use services', actions: ['s3:ListAllMyBuckets', 'ec2:DescribeInstances'] },
      READ_FILES,
    ],
  },
];
