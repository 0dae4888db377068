import { Stack } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { eventMatcher } from '../../emulator/event-pattern';
import { TamperingRules } from '../../lib/watchdog/tampering-rules';
import { onBus } from '../../scripts/docs/silencing/ways';
import { week } from '../../scripts/docs/week';
import { calls } from '../detections/events/example';
import { LOG_GROUP, PREFIX } from '../detections/events/names';
import { call, CLOUDFORMATION, denied, role, service, through, user } from '../detections/events/record';
import { stackTemplate, statements, testApp } from '../synth';
import { deployedRules, KEY_ID, reportedBy } from './rules';
import { eachOf } from '../each-of';

const ADMIN = user('alice', true);
const ARN = 'us-east-1:123456789012';
const EXPLAINER = `${PREFIX}-Alarms-NotificationsExplainer-AbCdEf`;
const TOPIC = `arn:aws:sns:${ARN}:${PREFIX}-Alarms-NotificationsTopic-AbCdEf`;
const ALARM = `${PREFIX}-Alarms-AlarmsSafeguards-AbCdEf`;
const ROLE = `${PREFIX}-Alarms-NotificationsExplainerRole-AbCdEf`;
const RULE = `${PREFIX}-Watchdog-OnRules-AbCdEf`;
const KEY_ARN = `arn:aws:kms:${ARN}:key/${KEY_ID}`;

const whoever = [
  ['an administrator', ADMIN],
  ['a role', role('Deployer', 'ci')],
  ['Cloud Control', through('cloudcontrolapi', ADMIN)],
  ['a service', service('config')],
] as const;

/** Calls that silence something, by the rule that reports them. */
const CALLS = {
  Functions: [
    ...calls('lambda', ADMIN, {
      UpdateFunctionCode20150331v2: { functionName: EXPLAINER },
      UpdateFunctionConfiguration20150331v2: { functionName: `arn:aws:lambda:${ARN}:function:${EXPLAINER}` },
      PutFunctionConcurrency20171031: { functionName: `123456789012:${EXPLAINER}` },
      RemovePermission20150331v2: { functionName: `${EXPLAINER}:1`, statementId: 'a' },
      PutFunctionEventInvokeConfig: { functionName: EXPLAINER },
      DeleteFunction20150331: { functionName: EXPLAINER },
    }),
    ...calls('iam', ADMIN, {
      PutRolePolicy: { roleName: ROLE },
      AttachRolePolicy: { roleName: ROLE, policyArn: 'arn:aws:iam::aws:policy/AWSDenyAll' },
      PutRolePermissionsBoundary: { roleName: ROLE },
      UpdateAssumeRolePolicy: { roleName: ROLE },
      DeleteRole: { roleName: ROLE },
    }),
  ],
  Topics: calls('sns', ADMIN, {
    DeleteTopic: { topicArn: TOPIC },
    SetTopicAttributes: { topicArn: TOPIC, attributeName: 'Policy' },
    Subscribe: { topicArn: TOPIC, protocol: 'https' },
    Unsubscribe: { subscriptionArn: `${TOPIC}:12ab34cd-5678-4e90-a1b2-c3d4e5f60718` },
    SetSubscriptionAttributes: {
      subscriptionArn: `${TOPIC}:12ab34cd-5678-4e90-a1b2-c3d4e5f60718`,
      attributeName: 'FilterPolicy',
    },
  }),
  Alarms: [
    ...calls('monitoring', ADMIN, {
      DeleteAlarms: { alarmNames: ['Orders', ALARM] },
      DisableAlarmActions: { alarmNames: [ALARM] },
      PutMetricAlarm: { alarmName: ALARM, threshold: 1000 },
      SetAlarmState: { alarmName: ALARM, stateValue: 'OK' },
      PutCompositeAlarm: { alarmName: 'Quiet', alarmRule: `ALARM("${ALARM}")` },
      PutAlarmMuteRule: { name: 'Quiet', muteTargets: { alarmNames: [ALARM] } },
    }),
    ...calls('logs', ADMIN, {
      DeleteMetricFilter: { logGroupName: LOG_GROUP, filterName: 'any' },
      PutMetricFilter: { logGroupName: LOG_GROUP, filterName: 'any' },
      DeleteLogGroup: { logGroupName: LOG_GROUP },
      PutRetentionPolicy: { logGroupName: LOG_GROUP, retentionInDays: 1 },
      PutTransformer: { logGroupIdentifier: `arn:aws:logs:${ARN}:log-group:${LOG_GROUP}` },
      AssociateKmsKey: { resourceIdentifier: `arn:aws:logs:${ARN}:log-group:${LOG_GROUP}` },
      PutAccountPolicy: { policyName: 'any', policyType: 'TRANSFORMER_POLICY' },
    }),
  ],
  Trail: calls('cloudtrail', ADMIN, {
    StopLogging: { name: 'account-baseline' },
    DeleteTrail: { name: `arn:aws:cloudtrail:${ARN}:trail/account-baseline` },
    PutEventSelectors: { trailName: 'account-baseline' },
    PutInsightSelectors: { trailName: 'account-baseline' },
  }),
  Key: calls('kms', ADMIN, {
    DisableKey: { keyId: KEY_ID },
    ScheduleKeyDeletion: { keyId: KEY_ARN },
    PutKeyPolicy: { keyId: KEY_ID },
    CreateGrant: { keyId: KEY_ARN },
    RevokeGrant: { keyId: KEY_ARN },
    DeleteAlias: { aliasName: 'alias/account-baseline' },
    UpdateAlias: { aliasName: 'alias/other', targetKeyId: KEY_ID },
  }),
  Rules: calls('events', ADMIN, {
    DisableRule: { name: RULE },
    DeleteRule: { name: RULE },
    PutRule: { name: RULE },
    RemoveTargets: { rule: RULE, ids: ['People'] },
    UpdateEventBus: { name: 'default' },
  }),
  Detours: [
    ...calls('cloudcontrolapi', ADMIN, {
      UpdateResource: { typeName: 'AWS::Lambda::Function', identifier: EXPLAINER },
      DeleteResource: { typeName: 'AWS::CloudTrail::Trail', identifier: 'account-baseline' },
    }),
    ...calls('cloudformation', ADMIN, { ExecuteStackRefactor: { stackRefactorId: KEY_ID } }),
  ],
};

describe('each rule', () => {
  const each = eachOf(Object.entries(CALLS), ([rule]) => rule);

  each(
    'reports each call that silences something, and no other rule reports it again',
    ([rule, examples]) => {
      const reported = examples.map(({ title, event }) => [title, reportedBy(onBus(event))]);
      expect(reported).toEqual(examples.map(({ title }) => [title, [rule]]));
    },
  );

  each('reports calls of everyone', ([rule, examples]) => {
    const [{ event } = { event: undefined }] = examples;
    const reported = whoever.map(([name, userIdentity]) => [
      name,
      reportedBy(onBus({ ...event, userIdentity })),
    ]);
    expect(reported).toEqual(whoever.map(([name]) => [name, [rule]]));
  });

  each('reports no attempt, which everyone can make', ([, examples]) => {
    const attempts = examples.map(({ event }) => reportedBy(onBus({ ...event, errorCode: 'AccessDenied' })));
    expect(attempts.flat()).toEqual([]);
  });
});

describe('a stack of any name', () => {
  const reported = (service: string, eventName: string, requestParameters: object) =>
    reportedBy(onBus(call(service, eventName, CLOUDFORMATION, { requestParameters })));

  test.each([
    ['sns', 'SetTopicAttributes', { topicArn: TOPIC, attributeName: 'Policy' }],
    ['sns', 'Subscribe', { topicArn: TOPIC }],
    ['lambda', 'AddPermission20150331v2', { functionName: EXPLAINER }],
    ['lambda', 'PutFunctionEventInvokeConfig', { functionName: EXPLAINER }],
    ['iam', 'PutRolePolicy', { roleName: ROLE }],
    ['iam', 'AttachRolePolicy', { roleName: ROLE }],
    ['logs', 'PutTransformer', { logGroupIdentifier: LOG_GROUP }],
    ['logs', 'PutAccountPolicy', { policyName: 'a', policyType: 'TRANSFORMER_POLICY' }],
    ['monitoring', 'PutAlarmMuteRule', { muteTargets: { alarmNames: [ALARM] } }],
  ])('that calls %s %s on what is not its own is reported', (service, eventName, parameters) => {
    expect(reported(service, eventName, parameters)).toEqual(['AddedByStack']);
  });

  test.each([
    ['lambda', 'UpdateFunctionCode20150331v2', { functionName: EXPLAINER }],
    ['monitoring', 'PutMetricAlarm', { alarmName: ALARM }],
    ['logs', 'PutMetricFilter', { logGroupName: LOG_GROUP }],
    ['events', 'PutRule', { name: RULE }],
  ])(
    'is not reported for %s %s, which only the owner can cause: that is reported once a stack',
    (service, eventName, parameters) => {
      expect(reported(service, eventName, parameters)).toEqual([]);
    },
  );
});

describe('a stack of the baseline', () => {
  const status = (stackName: string, value: string) => ({
    source: 'aws.cloudformation',
    'detail-type': 'CloudFormation Stack Status Change',
    detail: {
      'stack-id': `arn:aws:cloudformation:${ARN}:stack/${stackName}/${KEY_ID}`,
      'status-details': { status: value, 'status-reason': 'User Initiated' },
    },
  });

  test.each(['CREATE', 'UPDATE', 'DELETE', 'IMPORT'])('is reported when its %s begins', (operation) => {
    for (const kind of ['Audit', 'Alarms', 'Watchdog']) {
      expect(reportedBy(status(`${PREFIX}-${kind}`, `${operation}_IN_PROGRESS`))).toEqual(['Stacks']);
    }
  });

  test('is reported once for each operation', () => {
    const rest = ['UPDATE_COMPLETE', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'REVIEW_IN_PROGRESS'];
    for (const one of rest) expect(reportedBy(status(`${PREFIX}-Alarms`, one))).toEqual([]);
  });

  test('is none with a similar name, whose text somebody could choose', () => {
    for (const name of ['Orders', `My${PREFIX}-Alarms`, `${PREFIX}-CALL-0800-123`, PREFIX]) {
      expect(reportedBy(status(name, 'UPDATE_IN_PROGRESS'))).toEqual([]);
    }
  });
});

describe('everyday events', () => {
  test.each([
    [
      'a log stream',
      call('logs', 'CreateLogStream', ADMIN, { requestParameters: { logGroupName: LOG_GROUP } }),
    ],
    ['a confirmation', call('sns', 'ConfirmSubscription', ADMIN, { requestParameters: { topicArn: TOPIC } })],
    ['a read', call('kms', 'DescribeKey', ADMIN, { requestParameters: { keyId: KEY_ID } })],
    [
      'a function of an application',
      call('lambda', 'UpdateFunctionCode20150331v2', ADMIN, {
        requestParameters: { functionName: 'orders' },
      }),
    ],
    ['another trail', call('cloudtrail', 'StopLogging', ADMIN, { requestParameters: { name: 'other' } })],
    ['another key', call('kms', 'DisableKey', ADMIN, { requestParameters: { keyId: 'other' } })],
    ['a refused call', denied('sns', 'DeleteTopic', ADMIN, { requestParameters: { topicArn: TOPIC } })],
  ])('report nothing: %s', (_, event) => {
    expect(reportedBy(onBus(event))).toEqual([]);
  });

  test('of a week are reported only where a deployment adds a recipient', () => {
    const rules = deployedRules().map(({ id, pattern }) => ({ id, matches: eventMatcher(pattern) }));
    const reported = week().flatMap(({ habit, event }) => {
      const onItsBus = onBus(event);
      return rules
        .filter(({ matches }) => matches(onItsBus))
        .map(({ id }) => [habit, event['eventName'], id]);
    });
    expect(reported).toEqual([['Deployment of this baseline', 'Subscribe', 'AddedByStack']]);
  });
});

test('an existing trail and log group are watched by what is known of them', () => {
  const options = { auditTrail: { existingLogGroup: 'theirs/trail' } };
  const reported = (service: string, eventName: string, requestParameters: object) =>
    reportedBy(onBus(call(service, eventName, ADMIN, { requestParameters })), options);
  expect(reported('cloudtrail', 'StopLogging', { name: 'theirs' })).toEqual(['Trail']);
  expect(reported('logs', 'DeleteLogGroup', { logGroupName: 'theirs/trail' })).toEqual(['Alarms']);
  const arn = `arn:aws:logs:${ARN}:log-group:theirs/trail:*`;
  expect(reported('logs', 'PutTransformer', { logGroupIdentifier: arn })).toEqual(['Alarms']);
  expect(reported('logs', 'DeleteLogGroup', { logGroupName: LOG_GROUP })).toEqual([]);
});

test('without a key, nothing of KMS is watched', () => {
  expect(deployedRules({ customerKey: false }).map(({ id }) => id)).not.toContain('Key');
});

describe('a message', () => {
  test('of each rule ends with what a person can do at once', () => {
    const texts = deployedRules({ accountSettings: { dailyCheck: true } }).flatMap(({ targets }) =>
      targets.map(({ InputTransformer }) => JSON.stringify(InputTransformer.InputTemplate)),
    );
    expect(texts.length).toBeGreaterThan(10);
    expect(texts.filter((text) => !/n..Now: [^<>]+\.\W+$/.test(text))).toEqual([]);
  });

  /** What a caller cannot choose. */
  const SAFE = [
    '$.account',
    '$.region',
    '$.time',
    '$.detail.eventTime',
    '$.detail.eventName',
    '$.detail.eventSource',
    '$.detail.eventID',
    '$.detail.userIdentity.type',
    '$.detail.sourceIPAddress',
    // Of a stack with a name that the pattern spells out.
    '$.detail.stack-id',
    '$.detail.status-details.status',
    // Of the daily check: one text, which the pattern spells out.
    '$.detail-type',
  ];

  test('contains nothing that a caller can choose, because a rule cannot clean text', () => {
    const paths = deployedRules({ accountSettings: { dailyCheck: true } }).flatMap(({ targets }) =>
      targets.flatMap(({ InputTransformer }) => Object.values(InputTransformer.InputPathsMap)),
    );
    expect(paths.filter((path) => !SAFE.includes(path))).toEqual([]);
  });

  test('uses each placeholder that it defines, and no other', () => {
    for (const { id, targets } of deployedRules({ accountSettings: { dailyCheck: true } })) {
      for (const { InputTransformer } of targets) {
        const text = JSON.stringify(InputTransformer.InputTemplate);
        const used = [...new Set([...text.matchAll(/<(\w+)>/g)].map(([, name]) => name))].sort();
        expect([id, used]).toEqual([id, Object.keys(InputTransformer.InputPathsMap).sort()]);
      }
    }
  });

  test('is also sent to chat, as JSON that chat channels show', () => {
    const slack = { workspaceId: 'T0123', channelId: 'C0123' };
    const rules = deployedRules({ notifications: { emails: ['security@example.com'], slack } });
    for (const { targets } of rules) {
      expect(targets.map(({ Id }) => Id)).toEqual(['People', 'Chat']);
      expect(JSON.stringify(targets[1]?.InputTransformer.InputTemplate)).toContain(
        String.raw`\"source\":\"custom\"`,
      );
    }
    for (const { targets } of deployedRules()) expect(targets.map(({ Id }) => Id)).toEqual(['People']);
  });
});

test('the topics admit the rules of the suite, in every configuration', () => {
  for (const options of [{}, { profile: 'free' as const }, { customerKey: false }]) {
    expect(statements(stackTemplate('Alarms', options), 'AWS::SNS::TopicPolicy')).toContainEqual(
      expect.objectContaining({
        Principal: { Service: 'events.amazonaws.com' },
        Condition: {
          ArnLike: {
            'aws:SourceArn': {
              'Fn::Sub':
                'arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:rule/AccountBaseline-*',
            },
          },
        },
      }),
    );
  }
});

test('a pattern that EventBridge would refuse stops the synthesis', () => {
  const stack = new Stack(testApp(), 'Test');
  const parameters = { name: [{ suffix: 'x'.repeat(2_000) }] };
  const one = { id: 'Long', severity: 'high' as const, title: 'a', step: 'b', services: ['sns'], parameters };
  const rules = () =>
    new TamperingRules(stack, 'On', { calls: [one], stackNames: ['a'], topic: new Topic(stack, 'Topic') });
  expect(rules).toThrow(/^an event pattern must have at most 2048 characters, got 2\d{3} for Long$/);
});
