import type { Evidence, Expected, Treatment } from './control';

/** Evidence that requirements of several standards rest on. */

/** The trail, and beside it whatever the requirement asks of it. */
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

/** The same with data events beside them. */
export const ALL_MANAGEMENT_EVENTS = trail({
  AdvancedEventSelectors: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] }],
});

/** Reads and writes of objects in every bucket but those of the baseline. */
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

/** Nothing but TLS, for the bucket of this logical id. */
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
          Condition: { Bool: { 'aws:SecureTransport': false } },
        },
      ],
    },
  },
});

/** The group is administrators; its members get permissions through it. */
export const MEMBERSHIP: readonly Evidence[] = [
  {
    type: 'AWS::IAM::Group',
    properties: {
      ManagedPolicyArns: [{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/AdministratorAccess' }],
    },
  },
  { type: 'AWS::IAM::UserToGroupAddition', properties: { GroupName: { Ref: 'AdminAccessGroup' } } },
];

/** Users with permissions of their own. */
export const USER_POLICIES: readonly Evidence[] = [
  { type: 'AWS::IAM::User', properties: { Policies: [] } },
  { type: 'AWS::IAM::User', properties: { ManagedPolicyArns: [] } },
  { type: 'AWS::IAM::Policy', properties: { Users: [] } },
  { type: 'AWS::IAM::ManagedPolicy', properties: { Users: [] } },
];

export const ACCESS_KEY: Evidence = { type: 'AWS::IAM::AccessKey', properties: {} };

export const CUSTOMER_MANAGED_POLICY: Evidence = { type: 'AWS::IAM::ManagedPolicy', properties: {} };

/** Without MFA a member can do no more than enrol a device. */
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

/** A text with references, as the template has it. */
const reference = (text: string): Expected => {
  const [, id] = /^\$\{(\w+)\.Arn\}$/.exec(text) ?? [];
  return id === undefined ? { 'Fn::Sub': text } : { 'Fn::GetAtt': [id, 'Arn'] };
};

/**
 * Administrators can't do this by accident.
 *
 * @param actions what is denied
 * @param resources ARNs of what is guarded, as the template has them
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

/** As CDK writes it: a list of one is the one. */
const listOrOne = <T>(list: readonly T[]): T | readonly T[] => {
  const [only, ...others] = list;
  return only !== undefined && others.length === 0 ? only : list;
};

const NETWORK_TESTS = ['test/settings/default-networks.test.ts', 'test/e2e/settings.test.ts'];

/** A setting that the function sets. */
export const setting = (name: string, properties: Readonly<Record<string, Expected>> = {}): Evidence => ({
  type: `Custom::${name}`,
  properties: {
    ServiceToken: { 'Fn::GetAtt': ['Settings', 'Arn'] },
    ...properties,
  },
});

/** Tests of what the function sets, and that it does in every Region. */
export const SETTING_TESTS = ['test/settings/account-settings.handler.test.ts', 'test/e2e/settings.test.ts'];

/** The password policy holds these settings. */
export const passwordPolicy = (policy: Readonly<Record<string, Expected>>): Evidence =>
  setting('PasswordPolicy', { Value: { json: policy } });

/** The security contact, which only the owner knows. */
export const NAME_CONTACTS: Treatment = {
  status: 'manual',
  steps: [
    'Name them in the configuration, `accountSettings.contacts.security` at least, with a mailbox of more than one person, and deploy: the baseline sets them.',
  ],
  link: 'https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-update-contact-alternate.html',
  tests: SETTING_TESTS,
};

/** The networks of a new account, which the baseline removes on request. */
export const removeDefaultVpcs = (rest: string): Treatment => ({
  status: 'manual',
  steps: [
    'Set `accountSettings.removeDefaultVpcs: true` and deploy: the baseline removes unused default VPCs from every Region and lists the others.',
    rest,
  ],
  link: 'https://docs.aws.amazon.com/vpc/latest/userguide/deleting-default-vpc.html',
  tests: NETWORK_TESTS,
});

export const EMPTY_DEFAULT_GROUPS: Treatment = {
  status: 'manual',
  steps: [
    'Set `accountSettings.emptyDefaultSecurityGroups: true` and deploy: the baseline empties unused default groups in every Region and lists the others.',
  ],
  link: 'https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html',
  tests: NETWORK_TESTS,
};

/** The recorder of the strict profile; it is for the Region of the stack. */
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

/** For cases with AWS Support, with MFA. */
export const SUPPORT_ROLE: Evidence = {
  type: 'AWS::IAM::Role',
  properties: {
    ManagedPolicyArns: [{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/AWSSupportAccess' }],
    AssumeRolePolicyDocument: {
      Statement: [{ Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }],
    },
  },
};

/** The buckets of the baseline. */
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

/** What a profile leaves out because it is billed, and the switch. */
export const billed = (what: string, switchedOnBy: string): Treatment => ({
  status: 'exception',
  reason: `${what} It is on in the profile strict, and with \`${switchedOnBy}: true\` in every other.`,
});

/** Without a key of the account. */
export const NO_KEY: Treatment = {
  status: 'exception',
  reason:
    'The profile free has no key, to save its price: S3 and CloudWatch Logs encrypt with keys of their own. `customerKey: true` makes one.',
};

/** A policy that lets everybody in. */
export const letsEverybodyIn = (type: string, property = 'PolicyDocument'): Evidence => ({
  type,
  properties: { [property]: { Statement: [{ Effect: 'Allow', Principal: '*' }] } },
});

/**
 * From the events of the trail to a person's mailbox.
 *
 * @param metric metric and alarm that count them
 * @param pattern text of the filter
 */
export const told = (metric: string, pattern: Expected): Evidence[] => [
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
  {
    type: 'AWS::SNS::Subscription',
    properties: { Protocol: 'lambda', TopicArn: { Ref: 'NotificationsAlarmTopic' } },
  },
  {
    type: 'AWS::SNS::Subscription',
    properties: { Protocol: 'email', TopicArn: { Ref: 'NotificationsTopic' } },
  },
];

/** Tests of the filters, and of the message that an alarm becomes. */
export const TOLD_TESTS = ['test/detections/deployed-filters.test.ts', 'test/e2e/messages.test.ts'];

/** Filters that requirements of several standards rest on. */
export const ROOT_USED = told(
  'RootUser',
  // CIS names three terms, and Security Hub compares the text to the letter.
  '{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}',
);
export const ROOT_CREDENTIALS_CHANGED = told('RootCredentials', {
  words: 'Root *AccessKey *MFADevice *LoginProfile CloseAccount',
});
export const KEY_DISABLED = told('Safeguards', {
  words: 'kms.amazonaws.com DisableKey ScheduleKeyDeletion',
});
export const ACCESS_KEY_CREATED = told('Safeguards', { words: 'CreateAccessKey' });
