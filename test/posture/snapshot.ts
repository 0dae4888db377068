import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { RoleDetail } from '@aws-sdk/client-iam';
import { DETECTIONS } from '../../lib/detections/rules';
import { descriptionOf, metricOf, patternOf, signalOf } from '../../lib/detections/tuning';
import { OWN_USER_ACTIONS } from '../../lib/access/without-mfa';
import { type BaselineConfig, defineBaseline } from '../../lib/config/config';
import type { PartName } from '../../lib/catalog/parts';
import type { StackKind } from '../../lib/stacks/stack-kinds';
import type {
  DeployedResource,
  DeployedStack,
  Properties,
  RegionalSettings,
  Snapshot,
} from '../../lib/posture/snapshot';

export const CONFIG: BaselineConfig = defineBaseline({
  administrators: ['alice', 'bob'],
  notifications: { emails: ['security@example.com'] },
});

const ACCOUNT = '123456789012';
export const REGION = 'eu-central-1';
const NOW = new Date('2026-11-24T12:00:00Z');
const RECENT = new Date('2026-11-24T11:50:00Z');
export const LOG_GROUP = 'AccountBaseline-Audit-AuditTrailLogGroup-1A2B3C';
export const BUCKET = 'accountbaseline-audit-audittrailbucket-1a2b3c';
const EXPLAINER = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:AccountBaseline-Alarms-NotificationsExplainer-1A2B3C`;
export const TOPIC = `arn:aws:sns:${REGION}:${ACCOUNT}:AccountBaseline-Alarms-NotificationsTopic-1A2B3C`;
const HEARTBEAT = 'AccountBaseline-Watchdog-Heartbeat-1A2B3C';
const ALARM_TOPIC = `arn:aws:sns:${REGION}:${ACCOUNT}:AccountBaseline-Alarms-NotificationsAlarmTopic-1A2B3C`;
export const KEY = `arn:aws:kms:${REGION}:${ACCOUNT}:key/11111111-2222-3333-4444-555555555555`;
export const SECRET = `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:AccountBaseline-Access-AdminAccessalicePassword-1A2B-xyzxyz`;

/** As IAM answers: URL-encoded. */
export const encoded = (statement: object): string =>
  encodeURIComponent(JSON.stringify({ Version: '2012-10-17', Statement: [statement] }));

const WITHOUT_MFA = {
  Sid: 'DenyWithoutMfa',
  Effect: 'Deny',
  NotAction: OWN_USER_ACTIONS,
  Resource: '*',
  Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false', 'aws:ViaAWSService': 'false' } },
};

const GUARD = { Effect: 'Deny', Action: ['iam:RemoveUserFromGroup'], Resource: '*' };

/** The ids that CloudFormation gave to the parts of each stack. */
const PARTS: Readonly<
  Record<
    'Access' | 'Audit' | 'Alarms' | 'Spend' | 'Watchdog' | 'RootNotice',
    Readonly<Partial<Record<PartName, string>>>
  >
> = {
  Access: { 'support-role': 'AccountBaseline-Access-SupportRole-1A2B3C' },
  Audit: { trail: 'account-baseline', 'log-group': LOG_GROUP, 'log-bucket': BUCKET, key: KEY },
  Alarms: {
    'notification-topic': TOPIC,
    'alarm-topic': ALARM_TOPIC,
    explainer: 'AccountBaseline-Alarms-NotificationsExplainer-1A2B3C',
    'explainer-role': 'AccountBaseline-Alarms-NotificationsExplainerRole-1A2B3C',
    'explainer-log-group': 'AccountBaseline-Alarms-FunctionLogs-1A2B3C',
  },
  Spend: { budget: 'AccountBaseline-Spend-SpendAlertsBudget-1A2B3C' },
  Watchdog: { heartbeat: HEARTBEAT },
  RootNotice: {
    'email-contact': `arn:aws:notifications-contacts::${ACCOUNT}:emailcontact/a01jes88qxwkbj05xv9c967pgm1`,
  },
};

const GROUP_POLICIES = Object.fromEntries(
  Object.entries({ AdminAccessPolicy: WITHOUT_MFA, AdminAccessGuard: GUARD }).map(([PolicyName, one]) => [
    PolicyName,
    {
      Type: 'AWS::IAM::Policy',
      Properties: {
        Groups: [{ Ref: 'AdminAccessGroup' }],
        PolicyName,
        PolicyDocument: { Version: '2012-10-17', Statement: [one] },
      },
    },
  ]),
);

/** A stack that is well, with these parts. */
export function deployedStack(
  kind: StackKind,
  parts: Readonly<Partial<Record<PartName, string>>> = {},
  more: Readonly<Record<string, unknown>> = {},
): DeployedStack {
  const marked = Object.keys(parts).map((part) => [
    part,
    { Type: 'AWS::Any::Type', Metadata: { AccountBaseline: { part } } },
  ]);
  return {
    kind,
    stack: {
      StackName: `AccountBaseline-${kind}`,
      StackId: `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/AccountBaseline-${kind}/1`,
      CreationTime: RECENT,
      StackStatus: 'CREATE_COMPLETE',
      EnableTerminationProtection: true,
      DriftInformation: { StackDriftStatus: 'IN_SYNC', LastCheckTimestamp: RECENT },
    },
    resources: Object.entries({
      ...parts,
      ...(kind === 'Access' ? { AdminAccessGroup: 'Administrators' } : {}),
    }).map(([LogicalResourceId, PhysicalResourceId]) => ({
      LogicalResourceId,
      PhysicalResourceId,
      ResourceType: 'AWS::Any::Type',
      ResourceStatus: 'CREATE_COMPLETE',
      LastUpdatedTimestamp: RECENT,
    })),
    template: { Resources: { ...(Object.fromEntries(marked) as object), ...more } },
  };
}

const SETTINGS: RegionalSettings = {
  ebsEncryption: { value: true },
  imds: { value: { tokens: 'required', enforced: 'enabled' } },
  snapshotBlock: { value: 'block-all-sharing' },
  imageBlock: { value: 'block-new-sharing' },
  serialConsole: { value: false },
  analyzer: {
    value: { arn: `arn:aws:access-analyzer:${REGION}:${ACCOUNT}:analyzer/account-baseline`, findings: [] },
  },
};

/** A role that trusts this principal. */
export function role(
  RoleName: string,
  Principal: object | string,
  policies: readonly string[] = ['AdministratorAccess'],
  Path = '/',
  more: object = {},
): RoleDetail {
  return {
    RoleName,
    Path,
    Arn: `arn:aws:iam::${ACCOUNT}:role${Path}${RoleName}`,
    CreateDate: RECENT,
    AssumeRolePolicyDocument: encoded({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal, ...more }),
    RolePolicyList: [],
    AttachedManagedPolicies: policies.map((PolicyName) => ({
      PolicyName,
      PolicyArn: `arn:aws:iam::aws:policy/${PolicyName}`,
    })),
  };
}

const signals = new Map(DETECTIONS.map(signalOf).map((signal) => [signal.id, signal]));

/** As a template has it. */
const TOPIC_STATEMENT = {
  Sid: 'ServicesPublish',
  Effect: 'Allow',
  Action: 'sns:Publish',
  Principal: { Service: ['cloudwatch.amazonaws.com'] },
  Resource: '*',
  Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
};

const BLOCKED = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
};

const NOTICE_RULE = `arn:aws:notifications::${ACCOUNT}:configuration/a01jes88qxwkbj05xv9c967pgm1/rule/a01`;

/** A resource that is as its template has it. */
function wellResource(
  kind: StackKind,
  type: string,
  resource: string,
  wanted: Properties,
  more: Properties = {},
): DeployedResource {
  return { kind, type, resource, wanted, actual: { value: { ...wanted, ...more } } };
}

/** An account in which all is well, in the shapes that AWS answers with. */
export const WELL: Snapshot = {
  at: NOW,
  region: REGION,
  caller: { account: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:user/alice`, partition: 'aws' },
  suite: {
    value: [
      deployedStack('Settings'),
      deployedStack('Access', PARTS.Access, GROUP_POLICIES),
      deployedStack('Audit', PARTS.Audit),
      deployedStack('Detections'),
      deployedStack('Attempts'),
      deployedStack('Alarms', PARTS.Alarms, {
        Filter: {
          Type: 'AWS::Logs::MetricFilter',
          Properties: {
            LogGroupName: {
              'Fn::GetStackOutput': { StackName: 'AccountBaseline-Audit', OutputName: 'TrailLogGroup' },
            },
          },
        },
      }),
      deployedStack('Watchdog', PARTS.Watchdog),
      deployedStack('Spend', PARTS.Spend),
      deployedStack('Summary'),
      deployedStack('RootNotice', PARTS.RootNotice),
    ],
  },
  regions: {
    value: [
      { name: REGION, enabled: true },
      { name: 'us-east-1', enabled: true },
      { name: 'ap-east-1', enabled: false },
    ],
  },
  summary: { value: { AccountMFAEnabled: 1, AccountAccessKeysPresent: 0, Users: 2 } },
  passwordPolicy: {
    value: {
      MinimumPasswordLength: 15,
      RequireUppercaseCharacters: true,
      RequireLowercaseCharacters: true,
      RequireNumbers: true,
      RequireSymbols: true,
      PasswordReusePrevention: 24,
      AllowUsersToChangePassword: true,
      ExpirePasswords: false,
    },
  },
  people: {
    value: {
      users: ['alice', 'bob'].map((UserName) => ({
        UserName,
        Arn: `arn:aws:iam::${ACCOUNT}:user/${UserName}`,
        GroupList: ['Administrators'],
        UserPolicyList: [],
        AttachedManagedPolicies: [],
      })),
      groups: [
        {
          GroupName: 'Administrators',
          Arn: `arn:aws:iam::${ACCOUNT}:group/Administrators`,
          GroupPolicyList: [
            { PolicyName: 'AdminAccessPolicy', PolicyDocument: encoded(WITHOUT_MFA) },
            {
              PolicyName: 'AdminAccessGuard',
              PolicyDocument: encoded(GUARD),
            },
          ],
          AttachedManagedPolicies: [
            { PolicyName: 'AdministratorAccess', PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
          ],
        },
      ],
      // As AWS, CDK and the stacks create them in every account.
      roles: [
        role('AWSServiceRoleForSupport', { Service: 'support.amazonaws.com' }, [], '/aws-service-role/'),
        role('cdk-hnb659fds-cfn-exec-role-123456789012-eu-central-1', {
          Service: 'cloudformation.amazonaws.com',
        }),
        role(
          PARTS.Access['support-role'] ?? '',
          { AWS: `arn:aws:iam::${ACCOUNT}:root` },
          ['AWSSupportAccess'],
          '/',
          { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } },
        ),
        role(PARTS.Alarms['explainer-role'] ?? '', { Service: 'lambda.amazonaws.com' }, []),
      ],
      policies: [],
    },
  },
  trails: {
    value: [
      {
        trail: {
          Name: 'account-baseline',
          TrailARN: `arn:aws:cloudtrail:${REGION}:${ACCOUNT}:trail/account-baseline`,
          HomeRegion: REGION,
          S3BucketName: BUCKET,
          KmsKeyId: KEY,
          IsMultiRegionTrail: true,
          IncludeGlobalServiceEvents: true,
          LogFileValidationEnabled: true,
          CloudWatchLogsLogGroupArn: `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${LOG_GROUP}:*`,
        },
        status: {
          value: { IsLogging: true, LatestDeliveryTime: RECENT, LatestCloudWatchLogsDeliveryTime: RECENT },
        },
      },
    ],
  },
  credentials: {
    value: [
      { user: '<root_account>', hasPassword: true, hasMfa: true, accessKeys: [], certificates: [] },
      { user: 'alice', hasPassword: true, hasMfa: true, accessKeys: [], certificates: [] },
      { user: 'bob', hasPassword: true, hasMfa: true, accessKeys: [], certificates: [] },
    ],
  },
  supportRole: {
    value: {
      arn: `arn:aws:iam::${ACCOUNT}:role/${PARTS.Access['support-role'] ?? ''}`,
      trustPolicy: encoded({
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
        Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
      }),
      policyArns: ['arn:aws:iam::aws:policy/AWSSupportAccess'],
    },
  },
  samlProviders: { value: [] },
  oidcProviders: { value: [] },
  oidcAudiences: {},
  trustAnchors: { [REGION]: { value: [] } },
  serviceCredentials: { value: [] },
  sshKeys: { alice: { value: [] }, bob: { value: [] } },
  managementAccount: { value: undefined },
  images: { [REGION]: { value: [] } },
  mfaDevices: { alice: { value: 1 }, bob: { value: 2 } },
  secrets: { value: [] },
  adoptedBucket: { value: undefined },
  selectors: { value: { basic: [{ IncludeManagementEvents: true, ReadWriteType: 'All' }], advanced: [] } },
  key: {
    value: {
      arn: KEY,
      state: 'Enabled',
      rotates: true,
      alias: { name: 'alias/account-baseline', leadsTo: { value: KEY } },
    },
  },
  logGroup: { value: { logGroupName: LOG_GROUP, retentionInDays: 365, kmsKeyId: KEY } },
  metricFilters: {
    value: DETECTIONS.filter(({ needs }) => needs === undefined).map((detection) => ({
      filterName: `AccountBaseline-Detections-AlarmsOn${detection.id}-1A2B3C`,
      filterPattern: patternOf(detection, {
        prefix: 'AccountBaseline',
        logGroup: LOG_GROUP,
        bucket: BUCKET,
        account: ACCOUNT,
      }),
      metricTransformations: [{ ...metricOf(detection), metricNamespace: 'Baseline' }],
    })),
  },
  alarms: {
    value: [
      ...[...signals.values()]
        .map((signal) => ({ ...signal, AlarmDescription: descriptionOf(signal) }))
        .map(({ id, threshold, period, AlarmDescription }): MetricAlarm => ({
          AlarmDescription,
          TreatMissingData: 'notBreaching',
          AlarmName: `AccountBaseline-Alarms-Alarms${id}-1A2B3C`,
          AlarmArn: `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:AccountBaseline-Alarms-Alarms${id}-1A2B3C`,
          MetricName: id,
          Namespace: 'Baseline',
          ActionsEnabled: true,
          AlarmActions: [ALARM_TOPIC],
          Statistic: threshold === 1 ? 'Maximum' : 'Sum',
          ComparisonOperator: 'GreaterThanOrEqualToThreshold',
          EvaluationPeriods: 1,
          Threshold: threshold,
          Period: period,
        })),
      {
        AlarmName: HEARTBEAT,
        AlarmArn: `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:${HEARTBEAT}`,
        MetricName: 'IncomingLogEvents',
        Namespace: 'AWS/Logs',
        Dimensions: [{ Name: 'LogGroupName', Value: LOG_GROUP }],
        ActionsEnabled: true,
        AlarmActions: [TOPIC],
        Statistic: 'Sum',
        ComparisonOperator: 'LessThanThreshold',
        EvaluationPeriods: 24,
        Threshold: 1,
        Period: 3_600,
        TreatMissingData: 'breaching',
      },
    ],
  },
  topic: {
    value: {
      arn: TOPIC,
      subscriptions: [
        {
          SubscriptionArn: `${TOPIC}:1`,
          TopicArn: TOPIC,
          Protocol: 'email',
          Endpoint: 'security@example.com',
          endsBySignedCallsOnly: { value: true },
          filters: { value: false },
          changes: { value: [] },
        },
      ],
    },
  },
  alarmTopic: {
    value: {
      arn: ALARM_TOPIC,
      subscriptions: [
        {
          SubscriptionArn: `${ALARM_TOPIC}:1`,
          TopicArn: ALARM_TOPIC,
          Protocol: 'lambda',
          Endpoint: EXPLAINER,
          endsBySignedCallsOnly: { value: true },
          filters: { value: false },
          changes: { value: [] },
        },
      ],
    },
  },
  otherTopics: { value: [] },
  functions: {
    value: [
      {
        kind: 'Alarms',
        template: {
          name: PARTS.Alarms.explainer ?? '',
          code: 'well',
          handler: 'index.handler',
          variables: [],
          settings: { Role: { 'Fn::GetAtt': ['explainer-role', 'Arn'] }, Timeout: 60 },
        },
        state: {
          value: {
            arn: EXPLAINER,
            state: 'Active',
            files: { 'index.js': 'well' },
            handler: 'index.handler',
            variables: [],
            layers: [],
            settings: {
              Role: `arn:aws:iam::${ACCOUNT}:role/${PARTS.Alarms['explainer-role'] ?? ''}`,
              Timeout: 60,
            },
          },
        },
      },
    ],
  },
  resources: {
    value: [
      wellResource('Audit', 'AWS::S3::Bucket', BUCKET, {
        PublicAccessBlockConfiguration: BLOCKED,
        VersioningConfiguration: { Status: 'Enabled' },
        BucketEncryption: { SSEAlgorithm: 'AES256' },
        LoggingConfiguration: { DestinationBucketName: 'accountbaseline-audit-accesslogs-1a2b3c' },
        LifecycleConfiguration: { ExpirationInDays: 2557, NoncurrentDays: 2557 },
      }),
      wellResource('Alarms', 'AWS::SNS::Topic', TOPIC, { KmsMasterKeyId: KEY }),
      wellResource('Watchdog', 'AWS::Events::Rule', 'AccountBaseline-Watchdog-OnTopics-1A2B3C', {
        State: 'ENABLED',
        EventPattern: { source: ['aws.sns'] },
        Targets: [{ Id: 'People', Arn: TOPIC }],
      }),
      wellResource('Alarms', 'AWS::Lambda::EventInvokeConfig', PARTS.Alarms.explainer ?? '', {
        MaximumRetryAttempts: 0,
        MaximumEventAgeInSeconds: 21_600,
        OnFailure: TOPIC,
      }),
      wellResource('Summary', 'AWS::CloudWatch::Dashboard', 'AccountBaseline', {
        DashboardBody: { widgets: [{ type: 'text', properties: { markdown: '## AccountBaseline' } }] },
      }),
      wellResource('Spend', 'AWS::Budgets::Budget', PARTS.Spend.budget ?? '', {
        BudgetType: 'COST',
        TimeUnit: 'MONTHLY',
        BudgetLimit: { Amount: 50, Unit: 'USD' },
        Notifications: [
          {
            NotificationType: 'ACTUAL',
            ComparisonOperator: 'GREATER_THAN',
            Threshold: 80,
            ThresholdType: 'PERCENTAGE',
            Subscribers: [{ SubscriptionType: 'SNS', Address: TOPIC }],
          },
        ],
      }),
      wellResource('RootNotice', 'AWS::Notifications::EventRule', NOTICE_RULE, {
        EventType: 'AWS API Call via CloudTrail',
        Regions: ['us-east-1'],
        Source: 'aws.iam',
      }),
      wellResource(
        'RootNotice',
        'AWS::NotificationsContacts::EmailContact',
        PARTS.RootNotice['email-contact'] ?? '',
        { EmailAddress: 'security@example.com' },
        { Status: 'active' },
      ),
    ],
  },
  eventSources: { value: [] },
  subscriptionFilters: { value: [] },
  resourcePolicies: {
    value: [
      {
        kind: 'Alarms',
        type: 'AWS::SNS::TopicPolicy',
        resource: TOPIC,
        wanted: { Statement: [TOPIC_STATEMENT] },
        actual: {
          value: {
            Statement: [
              { ...TOPIC_STATEMENT, Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } },
            ],
          },
        },
      },
    ],
  },
  muteRules: { value: [] },
  regional: { [REGION]: SETTINGS, 'us-east-1': SETTINGS },
  accountPublicAccessBlock: { value: true },
  primaryContact: { value: ['FullName', 'AddressLine1', 'City', 'CountryCode', 'PhoneNumber', 'PostalCode'] },
  contacts: {
    value: Object.fromEntries(
      ['BILLING', 'OPERATIONS', 'SECURITY'].map((kind) => [
        kind,
        { EmailAddress: `${kind.toLowerCase()}@example.com` },
      ]),
    ),
  },
  billingAccessSet: { value: RECENT },
  accountAlias: { value: undefined },
  networks: {},
  confirmed: {},
};

/** The value of a part that the fixture has. */
export function valueOf<T>(part: { readonly value: T } | { readonly unknown: string }): T {
  if ('unknown' in part) throw new Error(`unknown: ${part.unknown}`);
  return part.value;
}
