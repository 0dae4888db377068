import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { METRIC_NAMESPACE } from '../../../lib/detections/tuning';
import type { Snapshot } from '../../../lib/posture/snapshot';
import { ACCOUNT, type DeployedAccount } from './deployed';
import { ADMIN, type Caller, recordOf, through } from './record';
import type { Happening } from './ways';

/** A call, and what it does to the account. */
export interface SilencingCall {
  /** Such as `sns DeleteTopic`, and of what. */
  readonly title: string;
  readonly happening: Happening;
  /**
   * What `verify` would read afterwards, if it can see the difference.
   * @default - nothing that it reads changes
   */
  readonly after?: (well: Snapshot) => Partial<Snapshot>;
  /** Checks of `verify` that fail then; a test runs them. */
  readonly verify: readonly string[];
}

/** A part of the table. */
export interface SilencingGroup {
  readonly title: string;
  readonly calls: readonly SilencingCall[];
}

type Parameters = Readonly<Record<string, unknown>>;

interface Row {
  readonly service: string;
  /** The event name of CloudTrail. */
  readonly name: string;
  /** On what, if the name does not say it. */
  readonly of?: string;
  readonly parameters: Parameters;
  readonly breaks?: readonly string[];
  readonly after?: SilencingCall['after'];
  readonly verify?: readonly string[];
  /** @default - an administrator */
  readonly by?: Caller;
  readonly serviceEvents?: Happening['serviceEvents'];
}

const CLOUDFORMATION = through('cloudformation');
const CLOUD_CONTROL = through('cloudcontrolapi');

/** Applies a change to the value of a part, if it is known. */
function changed<K extends keyof Snapshot>(key: K, change: (value: ValueOf<Snapshot[K]>) => unknown) {
  return (well: Snapshot): Partial<Snapshot> => {
    const part = well[key];
    if (typeof part !== 'object' || !('value' in part)) throw new Error(`unknown: ${key}`);
    return { [key]: { value: change(part.value as ValueOf<Snapshot[K]>) } };
  };
}
type ValueOf<P> = P extends { readonly value: infer V } ? NonNullable<V> : never;

/** Changes the alarms of the stack Alarms, which the heartbeat is not one of. */
const alarmsAfter = (change: (alarm: MetricAlarm) => MetricAlarm[]) =>
  changed('alarms', (all) =>
    all.flatMap((one) => (one.Namespace === METRIC_NAMESPACE ? change(one) : [one])),
  );

/** Something of the functions is another one. */
const otherFunction = (change: object, check = 'functions') => ({
  verify: [check],
  after: changed('functions', (all) =>
    all.map((one) =>
      'value' in one.state ? { ...one, state: { value: { ...one.state.value, ...change } } } : one,
    ),
  ),
});

/** The code of a function is another one. */
const otherCode = otherFunction({ files: { 'index.js': 'other' } }, 'function-code');

/** Properties of the resources of a type are others; without any, the resources are gone. */
const otherResource = (check: string, type: string, change?: object) => ({
  verify: [check],
  after: changed('resources', (all) =>
    all.map((one) =>
      one.type === type && 'value' in one.actual
        ? { ...one, actual: { value: change && { ...one.actual.value, ...change } } }
        : one,
    ),
  ),
});

const otherRule = (change?: object) => otherResource('event-rules', 'AWS::Events::Rule', change);

/** The policy of a resource admits nobody. */
const otherPolicy = {
  verify: ['resource-policies'],
  after: changed('resourcePolicies', (all) =>
    all.map((one) => ({ ...one, actual: { value: { Statement: [] } } })),
  ),
};

const stranger = {
  verify: ['subscribers'],
  after: changed('topic', (one) => ({
    ...one,
    subscriptions: [
      ...one.subscriptions,
      { SubscriptionArn: `${one.arn}:9`, Protocol: 'https', Endpoint: 'https://mallory.example' },
    ],
  })),
};

const muted = (alarms: readonly string[]) => ({
  verify: ['mute-rules'],
  after: changed('muteRules', () => [{ arn: 'arn:aws:cloudwatch:::alarm-mute-rule:quiet', alarms }]),
});

const gone = (key: keyof Snapshot) => changed(key, () => undefined);

/** What a deployment of a stack tells the default bus. */
function operation(account: DeployedAccount, stackName: string, status: string) {
  const id = `arn:aws:cloudformation:${account.region}:${ACCOUNT}:stack/${stackName}/1a2b3c`;
  return {
    source: 'aws.cloudformation',
    'detail-type': 'CloudFormation Stack Status Change',
    account: ACCOUNT,
    region: account.region,
    detail: { 'stack-id': id, 'status-details': { status, 'status-reason': '' } },
  };
}

/** Every call that is known to silence the alarms, or to open a way into the account. */
export function silencingCalls(account: DeployedAccount): readonly SilencingGroup[] {
  const ref = (id: string) => account.get(id).ref;
  const group = (title: string, rows: readonly Row[]): SilencingGroup => ({
    title,
    calls: rows.map(({ service, name, of, parameters, by = ADMIN, breaks, serviceEvents, ...row }) => ({
      title: `${service} \`${name.replace(/20\d{6}(v\d)?$/, '')}\`${of === undefined ? '' : `: ${of}`}`,
      happening: {
        record: recordOf(
          service,
          name,
          by,
          parameters,
          // IAM and the account are global.
          ['iam', 'account', 'budgets', 'sso'].includes(service) ? 'us-east-1' : account.region,
        ),
        breaks,
        serviceEvents,
      },
      after: row.after,
      verify: row.verify ?? [],
    })),
  });

  const explainer = 'Alarms/NotificationsExplainer';
  const functionName = ref(explainer);
  const roleName = ref('Alarms/NotificationsExplainerRole');
  const delivery = ref('Audit/AuditTrailDeliveryRole');
  const topicArn = ref('Alarms/NotificationsTopic');
  const alarmTopicArn = ref('Alarms/NotificationsAlarmTopic');
  const subscriptionOf = (arn: string) => `${arn}:12ab34cd-5678-4e90-a1b2-c3d4e5f60718`;
  const [people] = account
    .ofType('AWS::SNS::Subscription')
    .filter(({ properties }) => properties['TopicArn'] === topicArn);
  if (!people) throw new Error('nobody is subscribed');
  const alarms = account.ofType('AWS::CloudWatch::Alarm').filter(({ id }) => id.startsWith('Alarms/'));
  const alarmNames = alarms.map((one) => one.ref);
  const alarmIds = alarms.map(({ id }) => id);
  const filters = account.ofType('AWS::Logs::MetricFilter').map(({ id }) => id);
  const [filterName = ''] = account.ofType('AWS::Logs::MetricFilter').map((one) => one.ref);
  const logGroupName = ref('Audit/AuditTrailLogGroup');
  const logGroupIdentifier = account.get('Audit/AuditTrailLogGroup').arn ?? '';
  const trail = ref('Audit/AuditTrailTrail');
  const keyId = ref('Audit/Key');
  const rules = account
    .ofType('AWS::Events::Rule')
    .filter(({ id, properties }) => id.startsWith('Watchdog/') && 'EventPattern' in properties);
  const rulesRule = ref('Watchdog/OnRules');
  const stack = (kind: string) => `${account.prefix}-${kind}`;
  const updates = (kind: string, status = 'UPDATE_IN_PROGRESS') => ({
    serviceEvents: [operation(account, stack(kind), status)],
  });
  const everyRule = rules.map(({ id }) => id);

  return [
    group('The function that explains alarms', [
      ...[
        { name: 'UpdateFunctionCode20150331v2', ...otherCode },
        {
          name: 'UpdateFunctionConfiguration20150331v2',
          of: 'another role',
          ...otherFunction({ settings: { Role: 'arn:aws:iam::123456789012:role/other', Timeout: 60 } }),
        },
        {
          name: 'DeleteFunction20150331',
          verify: ['function-code', 'explainer'],
          after: changed('functions', (all) => all.map((one) => ({ ...one, state: { value: undefined } }))),
        },
        {
          name: 'PutFunctionConcurrency20171031',
          of: 'none',
          ...otherFunction({ reservedConcurrency: 0 }),
        },
        { name: 'RemovePermission20150331v2', ...otherPolicy },
        {
          name: 'PutFunctionEventInvokeConfig',
          of: 'no retry, no failure topic',
          ...otherResource('functions', 'AWS::Lambda::EventInvokeConfig', { OnFailure: undefined }),
        },
      ].map((row): Row => ({ service: 'lambda', parameters: { functionName }, breaks: [explainer], ...row })),
      ...[
        { name: 'PutRolePolicy', of: 'Deny', parameters: { roleName, policyName: 'x' } },
        { name: 'AttachRolePolicy', of: '`AWSDenyAll`', parameters: { roleName, policyArn: 'AWSDenyAll' } },
        { name: 'PutRolePermissionsBoundary', parameters: { roleName } },
        { name: 'DeleteRolePolicy', parameters: { roleName, policyName: 'Default' } },
        { name: 'UpdateAssumeRolePolicy', parameters: { roleName } },
        { name: 'DeleteRole', parameters: { roleName } },
      ].map((row): Row => ({ service: 'iam', breaks: ['Alarms/NotificationsExplainerRole'], ...row })),
      {
        service: 'iam',
        name: 'PutRolePolicy',
        of: 'Deny, by a stack of any name',
        parameters: { roleName, policyName: 'x' },
        by: CLOUDFORMATION,
        breaks: ['Alarms/NotificationsExplainerRole'],
      },
      {
        service: 'cloudcontrolapi',
        name: 'UpdateResource',
        of: 'other code',
        parameters: { typeName: 'AWS::Lambda::Function', identifier: functionName },
        breaks: [explainer],
        ...otherCode,
      },
      {
        service: 'lambda',
        name: 'UpdateFunctionCode20150331v2',
        of: 'by Cloud Control',
        parameters: { functionName },
        by: CLOUD_CONTROL,
        breaks: [explainer],
        ...otherCode,
      },
    ]),
    group('The topics and their subscriptions', [
      {
        service: 'sns',
        name: 'DeleteTopic',
        of: 'of alarms',
        parameters: { topicArn: alarmTopicArn },
        breaks: ['Alarms/NotificationsAlarmTopic'],
        verify: ['explainer'],
        after: gone('alarmTopic'),
      },
      {
        service: 'sns',
        name: 'SetTopicAttributes',
        of: 'policy of the topic of alarms',
        parameters: { topicArn: alarmTopicArn, attributeName: 'Policy' },
        breaks: ['Alarms/NotificationsAlarmTopic'],
        ...otherPolicy,
      },
      {
        service: 'sns',
        name: 'SetTopicAttributes',
        of: 'the same, by a stack of any name',
        parameters: { topicArn: alarmTopicArn, attributeName: 'Policy' },
        by: CLOUDFORMATION,
        breaks: ['Alarms/NotificationsAlarmTopic'],
        ...otherPolicy,
      },
      {
        service: 'sns',
        name: 'Unsubscribe',
        of: 'the function',
        parameters: { subscriptionArn: subscriptionOf(alarmTopicArn) },
        breaks: ['Alarms/NotificationsAlarms'],
        verify: ['explainer'],
        after: changed('alarmTopic', (one) => ({ ...one, subscriptions: [] })),
      },
      {
        service: 'sns',
        name: 'SetSubscriptionAttributes',
        of: 'filter policy of the function',
        parameters: { subscriptionArn: subscriptionOf(alarmTopicArn), attributeName: 'FilterPolicy' },
        breaks: ['Alarms/NotificationsAlarms'],
      },
      {
        service: 'sns',
        name: 'DeleteTopic',
        of: 'of people',
        parameters: { topicArn },
        breaks: ['Alarms/NotificationsTopic'],
        verify: ['listening'],
        after: gone('topic'),
      },
      {
        service: 'sns',
        name: 'SetTopicAttributes',
        of: 'policy of the topic of people',
        parameters: { topicArn, attributeName: 'Policy' },
        breaks: ['Alarms/NotificationsTopic'],
        ...otherPolicy,
      },
      {
        service: 'sns',
        name: 'Unsubscribe',
        of: 'the only recipient',
        parameters: { subscriptionArn: subscriptionOf(topicArn) },
        breaks: [people.id],
        verify: ['listening'],
        after: changed('topic', (one) => ({ ...one, subscriptions: [] })),
      },
      {
        service: 'sns',
        name: 'SetSubscriptionAttributes',
        of: 'filter policy of the only recipient',
        parameters: { subscriptionArn: subscriptionOf(topicArn), attributeName: 'FilterPolicy' },
        breaks: [people.id],
      },
      {
        service: 'sns',
        name: 'Subscribe',
        of: 'a stranger',
        parameters: { topicArn, protocol: 'https' },
        ...stranger,
      },
      {
        service: 'sns',
        name: 'Subscribe',
        of: 'a stranger, by a stack of any name',
        parameters: { topicArn, protocol: 'https' },
        by: CLOUDFORMATION,
        ...stranger,
      },
    ]),
    group('The alarms', [
      {
        service: 'monitoring',
        name: 'DeleteAlarms',
        parameters: { alarmNames },
        breaks: alarmIds,
        verify: ['alarms'],
        after: alarmsAfter(() => []),
      },
      {
        service: 'monitoring',
        name: 'DisableAlarmActions',
        parameters: { alarmNames },
        breaks: alarmIds,
        verify: ['alarms'],
        after: alarmsAfter((one) => [{ ...one, ActionsEnabled: false }]),
      },
      {
        service: 'monitoring',
        name: 'PutMetricAlarm',
        of: 'a threshold out of reach',
        parameters: { alarmName: ref('Alarms/AlarmsSafeguards'), threshold: 1e9 },
        breaks: ['Alarms/AlarmsSafeguards'],
        verify: ['alarms'],
        after: alarmsAfter((one) => [{ ...one, Threshold: 1e9 }]),
      },
      {
        service: 'monitoring',
        name: 'SetAlarmState',
        of: 'ALARM, so that nothing new triggers it',
        parameters: { alarmName: ref('Alarms/AlarmsSafeguards'), stateValue: 'ALARM' },
        breaks: ['Alarms/AlarmsSafeguards'],
      },
      {
        service: 'monitoring',
        name: 'PutAlarmMuteRule',
        parameters: { name: 'quiet', muteTargets: { alarmNames } },
        breaks: alarmIds,
        ...muted(alarmNames),
      },
      {
        service: 'monitoring',
        name: 'PutAlarmMuteRule',
        of: 'by a stack of any name',
        parameters: { name: 'quiet', muteTargets: { alarmNames } },
        by: CLOUDFORMATION,
        breaks: alarmIds,
        ...muted(alarmNames),
      },
      {
        service: 'monitoring',
        name: 'PutCompositeAlarm',
        of: 'with the alarm as a child',
        parameters: { alarmName: 'quiet', alarmRule: `ALARM("${ref('Alarms/AlarmsSafeguards')}")` },
        breaks: ['Alarms/AlarmsSafeguards'],
      },
      {
        service: 'monitoring',
        name: 'DeleteAlarms',
        of: 'the heartbeat',
        parameters: { alarmNames: [ref('Watchdog/Heartbeat')] },
        verify: ['heartbeat'],
        after: changed('alarms', (all) => all.filter(({ MetricName }) => MetricName !== 'IncomingLogEvents')),
      },
    ]),
    group('The log group and its filters', [
      {
        service: 'logs',
        name: 'DeleteLogGroup',
        parameters: { logGroupName },
        breaks: ['Audit/AuditTrailLogGroup'],
        verify: ['log-group'],
        after: gone('logGroup'),
      },
      {
        service: 'logs',
        name: 'DeleteMetricFilter',
        parameters: { logGroupName, filterName },
        breaks: filters,
        verify: ['filters'],
        after: changed('metricFilters', (all) => all.slice(1)),
      },
      {
        service: 'logs',
        name: 'PutMetricFilter',
        of: 'a pattern that matches nothing',
        parameters: { logGroupName, filterName },
        breaks: filters,
        verify: ['filters'],
        after: changed('metricFilters', (all) => all.map((one) => ({ ...one, filterPattern: 'x' }))),
      },
      {
        service: 'logs',
        name: 'PutTransformer',
        parameters: { logGroupIdentifier },
        breaks: filters,
      },
      {
        service: 'logs',
        name: 'PutTransformer',
        of: 'by a stack of any name',
        parameters: { logGroupIdentifier },
        by: CLOUDFORMATION,
        breaks: filters,
      },
      {
        service: 'logs',
        name: 'PutAccountPolicy',
        of: 'a transformer for all log groups',
        parameters: { policyName: 'x', policyType: 'TRANSFORMER_POLICY' },
        breaks: filters,
      },
      {
        service: 'logs',
        name: 'AssociateKmsKey',
        of: 'a key that CloudTrail may not use',
        parameters: { logGroupName, kmsKeyId: 'other' },
        breaks: ['Audit/AuditTrailLogGroup'],
        verify: ['log-group-readers'],
        after: changed('logGroup', (one) => ({ ...one, kmsKeyId: 'other' })),
      },
      {
        service: 'logs',
        name: 'DisassociateKmsKey',
        parameters: { logGroupName },
        verify: ['log-group-readers'],
        after: changed('logGroup', (one) => ({ ...one, kmsKeyId: undefined })),
      },
      {
        service: 'logs',
        name: 'PutRetentionPolicy',
        of: 'one day',
        parameters: { logGroupName, retentionInDays: 1 },
        verify: ['log-group'],
        after: changed('logGroup', (one) => ({ ...one, retentionInDays: 1 })),
      },
      { service: 'logs', name: 'PutLogGroupDeletionProtection', parameters: { logGroupIdentifier } },
    ]),
    group('The trail', [
      {
        service: 'cloudtrail',
        name: 'StopLogging',
        parameters: { name: trail },
        breaks: ['Audit/AuditTrailTrail'],
        verify: ['trail-logging'],
        after: changed('trails', (all) =>
          all.map((one) => ({ ...one, status: { value: { IsLogging: false } } })),
        ),
      },
      {
        service: 'cloudtrail',
        name: 'DeleteTrail',
        parameters: { name: trail },
        breaks: ['Audit/AuditTrailTrail'],
        verify: ['trail-logging'],
        after: changed('trails', () => []),
      },
      {
        service: 'cloudtrail',
        name: 'UpdateTrail',
        of: 'no log group',
        parameters: { name: trail },
        breaks: ['Audit/AuditTrailTrail'],
        verify: ['trail-log-group-delivery'],
        after: changed('trails', (all) =>
          all.map((one) => ({ ...one, trail: { ...one.trail, CloudWatchLogsLogGroupArn: undefined } })),
        ),
      },
      {
        service: 'cloudtrail',
        name: 'PutEventSelectors',
        of: 'no management events',
        parameters: { trailName: trail },
        breaks: ['Audit/AuditTrailTrail'],
        verify: ['trail-events'],
        after: changed('selectors', () => ({ basic: [{ IncludeManagementEvents: false }], advanced: [] })),
      },
      {
        service: 'iam',
        name: 'DeleteRolePolicy',
        of: 'of the delivery role',
        parameters: { roleName: delivery, policyName: 'Default' },
        breaks: ['Audit/AuditTrailDeliveryRole'],
        verify: ['trail-log-group-delivery'],
        after: changed('trails', (all) =>
          all.map((one) => ({
            ...one,
            status: { value: { IsLogging: true, LatestCloudWatchLogsDeliveryError: 'AccessDenied' } },
          })),
        ),
      },
    ]),
    group('The key', [
      {
        service: 'kms',
        name: 'DisableKey',
        parameters: { keyId },
        breaks: ['Audit/Key'],
        verify: ['key-rotation'],
        after: changed('key', (one) => ({ ...one, state: 'Disabled' })),
      },
      {
        service: 'kms',
        name: 'ScheduleKeyDeletion',
        parameters: { keyId },
        breaks: ['Audit/Key'],
        verify: ['key-rotation'],
        after: changed('key', (one) => ({ ...one, state: 'PendingDeletion' })),
      },
      { service: 'kms', name: 'PutKeyPolicy', parameters: { keyId }, breaks: ['Audit/Key'], ...otherPolicy },
      { service: 'kms', name: 'CreateGrant', parameters: { keyId } },
      { service: 'kms', name: 'RevokeGrant', parameters: { keyId } },
      { service: 'kms', name: 'DeleteAlias', parameters: { aliasName: ref('Audit/KeyAlias') } },
    ]),
    group('The event rules', [
      {
        service: 'events',
        name: 'DisableRule',
        of: 'the rule that reports changed rules',
        parameters: { name: rulesRule },
        breaks: ['Watchdog/OnRules'],
        ...otherRule({ State: 'DISABLED' }),
      },
      {
        service: 'events',
        name: 'DeleteRule',
        of: 'another one',
        parameters: { name: ref('Watchdog/OnTopics') },
        breaks: ['Watchdog/OnTopics'],
        ...otherRule(),
      },
      {
        service: 'events',
        name: 'RemoveTargets',
        parameters: { rule: rulesRule, ids: ['People'] },
        breaks: ['Watchdog/OnRules'],
        ...otherRule({ Targets: [] }),
      },
      {
        service: 'events',
        name: 'PutRule',
        of: 'a pattern that matches nothing',
        parameters: { name: rulesRule },
        breaks: ['Watchdog/OnRules'],
        ...otherRule({ EventPattern: { source: ['x'] } }),
      },
      {
        service: 'events',
        name: 'UpdateEventBus',
        of: 'a key that EventBridge may not use',
        parameters: { name: 'default', kmsKeyIdentifier: 'other' },
        breaks: everyRule,
      },
    ]),
    group('The stacks', [
      {
        service: 'cloudformation',
        name: 'UpdateStack',
        of: 'Alarms',
        parameters: { stackName: stack('Alarms') },
        ...updates('Alarms'),
      },
      {
        service: 'cloudformation',
        name: 'ExecuteChangeSet',
        of: 'Audit',
        parameters: { stackName: stack('Audit'), changeSetName: 'x' },
        ...updates('Audit'),
      },
      {
        service: 'cloudformation',
        name: 'DeleteStack',
        of: 'Watchdog',
        parameters: { stackName: stack('Watchdog') },
        breaks: everyRule,
        ...updates('Watchdog', 'DELETE_IN_PROGRESS'),
      },
      {
        service: 'cloudformation',
        name: 'DeleteStack',
        of: 'Alarms',
        parameters: { stackName: stack('Alarms') },
        breaks: ['Alarms/NotificationsTopic', explainer, ...alarmIds],
        ...updates('Alarms', 'DELETE_IN_PROGRESS'),
        verify: ['stack'],
        after: changed('suite', (all) => all.filter(({ kind }) => kind !== 'Alarms')),
      },
      {
        service: 'cloudformation',
        name: 'UpdateTerminationProtection',
        of: 'off',
        parameters: { stackName: stack('Alarms'), enableTerminationProtection: false },
        verify: ['termination-protection'],
        after: changed('suite', (all) =>
          all.map((one) => ({ ...one, stack: { ...one.stack, EnableTerminationProtection: false } })),
        ),
      },
      {
        service: 'cloudformation',
        name: 'SetStackPolicy',
        parameters: { stackName: stack('Alarms'), stackPolicyBody: '{}' },
      },
      { service: 'cloudformation', name: 'ExecuteStackRefactor', parameters: { stackRefactorId: '1a2b3c' } },
    ]),
    group('Ways into the account, and the rest', [
      ...Object.entries(ENTRIES).flatMap(([service, calls]) =>
        Object.entries(calls).map(([name, parameters]): Row => ({ service, name, parameters })),
      ),
      {
        service: 's3',
        name: 'PutBucketLifecycle',
        of: 'of the bucket of access logs',
        parameters: { bucketName: ref('Audit/AuditTrailAccessLogs') },
        ...otherResource('trail-bucket', 'AWS::S3::Bucket', {
          LifecycleConfiguration: { ExpirationInDays: 1 },
        }),
      },
      {
        service: 'budgets',
        name: 'DeleteBudget',
        parameters: { budgetName: ref('Spend/SpendAlertsBudget') },
        ...otherResource('budget', 'AWS::Budgets::Budget'),
      },
    ]),
  ];
}

/** Calls that silence nothing, by service. */
const ENTRIES: Readonly<Record<string, Readonly<Record<string, Parameters>>>> = {
  secretsmanager: { GetSecretValue: { secretId: 'AdminAccessaliceUserPassword' } },
  iam: {
    CreateUser: { userName: 'mallory' },
    CreateRole: {
      roleName: 'backdoor',
      assumeRolePolicyDocument: '{"Statement":[{"Principal":{"AWS":"arn:aws:iam::999999999999:root"}}]}',
    },
    CreateAccessKey: { userName: 'alice' },
    CreateLoginProfile: { userName: 'mallory' },
    AttachUserPolicy: { userName: 'mallory' },
    CreateVirtualMFADevice: { virtualMFADeviceName: 'phone' },
    EnableMFADevice: { userName: 'bob' },
    CreateSAMLProvider: { name: 'idp' },
    CreateOpenIDConnectProvider: { url: 'https://idp.example.com' },
  },
  sso: { CreateInstance: { name: 'x' } },
  account: {
    EnableRegion: { regionName: 'ap-east-1' },
    DisableRegion: { regionName: 'ap-east-1' },
    StartPrimaryEmailUpdate: {},
    PutContactInformation: {},
  },
};
