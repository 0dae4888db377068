import type { Evidence, Expected, Treatment } from './control';

/** Evidence that requirements of several standards rest on. */

/** The trail, with the properties that the control requires. */
export const trail = (properties: Readonly<Record<string, Expected>>): Evidence => ({
  type: 'AWS::CloudTrail::Trail',
  properties: { IsLogging: true, IsMultiRegionTrail: true, ...properties },
});

export const ENCRYPTED_TRAIL = trail({ KMSKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] } });

/** A trail without selectors logs all management events, read and write. */
export const SELECTORS: readonly Evidence[] = [
  { type: 'AWS::CloudTrail::Trail', properties: { EventSelectors: [] } },
  { type: 'AWS::CloudTrail::Trail', properties: { AdvancedEventSelectors: [] } },
];

/** Advanced event selectors that include all management events. */
export const ALL_MANAGEMENT_EVENTS = trail({
  AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] }],
});

/** Data event selectors for S3 objects. */
export const DATA_EVENTS = trail({
  AdvancedEventSelectors: [
    {
      FieldSelectors: [
        { Field: 'eventCategory', Equals: ['Data'] },
        { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
      ],
    },
  ],
});

/** The bucket with this logical ID denies requests without TLS. */
export const tlsOnly = (bucket: string): Evidence => ({
  type: 'AWS::S3::BucketPolicy',
  properties: {
    Bucket: { Ref: bucket },
    PolicyDocument: {
      Statement: [
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:*',
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        },
      ],
    },
  },
});

/** The administrators' group, whose members get their permissions through it. */
export const MEMBERSHIP: readonly Evidence[] = [
  {
    type: 'AWS::IAM::Group',
    properties: {
      ManagedPolicyArns: [{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/AdministratorAccess' }],
    },
  },
  { type: 'AWS::IAM::UserToGroupAddition', properties: { GroupName: { Ref: 'AdminAccessGroup' } } },
];

/** Policies attached to users. */
export const USER_POLICIES: readonly Evidence[] = [
  { type: 'AWS::IAM::User', properties: { Policies: [] } },
  { type: 'AWS::IAM::User', properties: { ManagedPolicyArns: [] } },
  { type: 'AWS::IAM::Policy', properties: { Users: [] } },
  { type: 'AWS::IAM::ManagedPolicy', properties: { Users: [] } },
];

export const ACCESS_KEY: Evidence = { type: 'AWS::IAM::AccessKey', properties: {} };

export const CUSTOMER_MANAGED_POLICY: Evidence = { type: 'AWS::IAM::ManagedPolicy', properties: {} };

/** Without MFA, a member can only set up a device. */
export const DENY_WITHOUT_MFA: Evidence = {
  type: 'AWS::IAM::Policy',
  properties: {
    Groups: [{ Ref: 'AdminAccessGroup' }],
    PolicyDocument: {
      Statement: [
        {
          Sid: 'DenyWithoutMfa',
          Effect: 'Deny',
          Resource: '*',
          Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
        },
      ],
    },
  },
};

/** A string with references, as it appears in the template. */
const reference = (text: string): Expected => {
  const [, id] = /^\$\{(\w+)\.Arn\}$/.exec(text) ?? [];
  return id === undefined ? { 'Fn::Sub': text } : { 'Fn::GetAtt': [id, 'Arn'] };
};

/**
 * The guard denies these actions to administrators.
 *
 * @param actions what is denied
 * @param resources ARNs of the protected resources, as in the template
 */
export const guardAgainst = (actions: readonly string[], resources: readonly string[]): Evidence => ({
  type: 'AWS::IAM::Policy',
  properties: {
    Groups: [{ Ref: 'AdminAccessGroup' }],
    PolicyDocument: {
      Statement: [{ Effect: 'Deny', Action: actions, Resource: listOrOne(resources.map(reference)) }],
    },
  },
});

/** CDK writes a list with one item as that item. */
const listOrOne = <T>(list: readonly T[]): T | readonly T[] => {
  const [only, ...others] = list;
  return only !== undefined && others.length === 0 ? only : list;
};

const NETWORK_TESTS = ['test/settings/default-networks.test.ts', 'test/e2e/settings.test.ts'];

/** A setting that the settings function applies. */
export const setting = (name: string, properties: Readonly<Record<string, Expected>> = {}): Evidence => ({
  type: `Custom::${name}`,
  properties: {
    ServiceToken: { 'Fn::GetAtt': ['Settings', 'Arn'] },
    ...properties,
  },
});

/** Tests of the settings that the function applies, also in every Region. */
export const SETTING_TESTS = ['test/settings/account-settings.handler.test.ts', 'test/e2e/settings.test.ts'];

/** The password policy has these settings. */
export const passwordPolicy = (policy: Readonly<Record<string, Expected>>): Evidence =>
  setting('PasswordPolicy', { Value: { json: policy } });

/** The security contact, which only the account owner knows. */
export const NAME_CONTACTS: Treatment = {
  status: 'manual',
  steps: [
    'Set at least `accountSettings.contacts.security` in the configuration, with a shared mailbox, and deploy. The baseline sets the contacts.',
  ],
  link: 'https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-update-contact-alternate.html',
  tests: SETTING_TESTS,
};

/** The default networks of a new account, which the baseline removes if you enable it. */
export const removeDefaultVpcs = (rest: string): Treatment => ({
  status: 'manual',
  steps: [
    'Set `accountSettings.removeDefaultVpcs: true` and deploy. The baseline removes unused default VPCs from every Region and lists the others.',
    rest,
  ],
  link: 'https://docs.aws.amazon.com/vpc/latest/userguide/deleting-default-vpc.html',
  tests: NETWORK_TESTS,
});

export const EMPTY_DEFAULT_GROUPS: Treatment = {
  status: 'manual',
  steps: [
    'Set `accountSettings.emptyDefaultSecurityGroups: true` and deploy. The baseline removes all rules from unused default security groups in every Region and lists the others.',
  ],
  link: 'https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html',
  tests: NETWORK_TESTS,
};

/** The recorder of the strict profile, in the Region of the stack. */
export const RECORDER: readonly Evidence[] = [
  {
    type: 'AWS::Config::ConfigurationRecorder',
    properties: {
      RoleARN: {
        'Fn::Sub':
          'arn:${AWS::Partition}:iam::${AWS::AccountId}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig',
      },
      RecordingGroup: { AllSupported: true, IncludeGlobalResourceTypes: true },
    },
  },
  {
    type: 'AWS::Config::DeliveryChannel',
    properties: { S3BucketName: { Ref: 'ConfigRecorderBucket' } },
  },
];

/** Security Hub of the strict profile. */
export const HUB: readonly Evidence[] = [
  { type: 'AWS::SecurityHub::Hub', properties: { EnableDefaultStandards: true } },
];

/** The role for AWS Support cases, which requires MFA. */
export const SUPPORT_ROLE: Evidence = {
  type: 'AWS::IAM::Role',
  properties: {
    ManagedPolicyArns: [{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/AWSSupportAccess' }],
    AssumeRolePolicyDocument: {
      Statement: [{ Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }],
    },
  },
};

/** The baseline's buckets. */
export const PRIVATE_BUCKETS: readonly Evidence[] = [
  {
    type: 'AWS::S3::Bucket',
    properties: {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    },
  },
];

/** GuardDuty of the strict profile. */
export const DETECTOR: readonly Evidence[] = [
  { type: 'AWS::GuardDuty::Detector', properties: { Enable: true } },
];

/** A service that is off because it is billed, and the option that enables it. */
export const billed = (what: string, switchedOnBy: string): Treatment => ({
  status: 'exception',
  reason: `${what} Enabled in the strict profile. In the other profiles, set \`${switchedOnBy}: true\`.`,
});

/** No customer managed key. */
export const NO_KEY: Treatment = {
  status: 'exception',
  reason:
    'The free profile has no customer managed key, to save its cost. S3 and CloudWatch Logs encrypt with their own keys. `customerKey: true` creates one.',
};

/** A policy that grants access to everyone. */
export const letsEverybodyIn = (type: string, property = 'PolicyDocument'): Evidence => ({
  type,
  properties: { [property]: { Statement: [{ Effect: 'Allow', Principal: '*' }] } },
});

/** A metric filter with this pattern, and the alarm on its metric. */
const counted = (metric: string, pattern: Expected): Evidence[] => [
  {
    type: 'AWS::Logs::MetricFilter',
    properties: {
      FilterPattern: pattern,
      LogGroupName: { Ref: 'AuditTrailLogGroup' },
      MetricTransformations: [{ MetricName: metric, MetricNamespace: 'Baseline' }],
    },
  },
  {
    type: 'AWS::CloudWatch::Alarm',
    properties: {
      MetricName: metric,
      Namespace: 'Baseline',
      AlarmActions: [{ Ref: 'NotificationsAlarmTopic' }],
    },
  },
];

/**
 * The path from an event in the trail to a mailbox: filter, alarm, and subscriptions.
 *
 * @param metric metric and alarm that count the events
 * @param pattern filter pattern
 */
export const told = (metric: string, pattern: Expected): Evidence[] => [
  ...counted(metric, pattern),
  {
    type: 'AWS::SNS::Subscription',
    properties: { Protocol: 'lambda', TopicArn: { Ref: 'NotificationsAlarmTopic' } },
  },
  {
    type: 'AWS::SNS::Subscription',
    properties: { Protocol: 'email', TopicArn: { Ref: 'NotificationsTopic' } },
  },
];

/**
 * The text of a standard, which counts attempts as well, and the filter that triggers an alarm at the first
 * success.
 */
export const toldWithText = (text: Expected, metric: string, pattern: Expected): Evidence[] => [
  ...told(metric, pattern),
  ...counted('Attempts', text),
];

/** Tests of the filters, and of the notification that an alarm sends. */
export const TOLD_TESTS = ['test/detections/deployed-filters.test.ts', 'test/e2e/messages.test.ts'];

/** Filters that controls of several standards rely on. */
export const ROOT_USED = toldWithText(
  // CIS requires three terms, and Security Hub compares the pattern literally.
  '{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}',
  'RootUser',
  { words: 'Root invokedBy AwsServiceEvent PasswordRecoveryRequested' },
);
export const ROOT_CREDENTIALS_CHANGED = told('RootCredentials', {
  words: 'Root *AccessKey *MFADevice *LoginProfile CloseAccount',
});
export const KEY_DISABLED = toldWithText(
  { words: 'kms.amazonaws.com DisableKey ScheduleKeyDeletion' },
  'Safeguards',
  { words: 'kms.amazonaws.com DisableKey ScheduleKeyDeletion errorCode' },
);
export const ACCESS_KEY_CREATED = told('Access', { words: 'CreateAccessKey' });
