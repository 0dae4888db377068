import type { Evidence, Expected } from './control';

/** Evidence that requirements of several standards rest on. */

/** The trail, and beside it whatever the requirement asks of it. */
export const trail = (properties: Readonly<Record<string, Expected>>): Evidence => ({
  type: 'AWS::CloudTrail::Trail',
  properties: { IsLogging: true, IsMultiRegionTrail: true, ...properties },
});

export const ENCRYPTED_TRAIL = trail({ KMSKeyId: { 'Fn::Sub': '${Key.Arn}' } });

/** A trail without selectors logs all management events, read and write. */
export const SELECTORS: readonly Evidence[] = [
  { type: 'AWS::CloudTrail::Trail', properties: { EventSelectors: [] } },
  { type: 'AWS::CloudTrail::Trail', properties: { AdvancedEventSelectors: [] } },
];

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
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
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
      Statement: [
        { Effect: 'Deny', Action: actions, Resource: resources.map((text) => ({ 'Fn::Sub': text })) },
      ],
    },
  },
});

/** The password policy holds these settings. */
export const passwordPolicy = (policy: Readonly<Record<string, Expected>>): Evidence => ({
  type: 'Custom::PasswordPolicy',
  properties: { Policy: { json: policy } },
});

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
export const TOLD_TESTS = ['test/catalog/deployed-filters.test.ts', 'test/emulator/messages.test.ts'];

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
