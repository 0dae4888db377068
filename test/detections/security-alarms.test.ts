import { Fn, Stack, Token } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { AnyPrincipal, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Alias, Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { type ITopic, Topic, TopicPolicy } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { Detection } from '../../lib/detections/detection';
import { DetectionFilters } from '../../lib/detections/detection-filters';
import { DETECTIONS } from '../../lib/detections/rules';
import { SecurityAlarms } from '../../lib/detections/security-alarms';
import { SIGNALS } from '../../lib/detections/signals';
import { EmailChannel } from '../../lib/notifications/channels/email';
import { Notifications } from '../../lib/notifications/notifications';
import { refused } from '../refused';
import { templateOf, testApp } from '../synth';

const alarms = (detections: readonly Detection[] = DETECTIONS) =>
  templateOf((scope) => {
    new DetectionFilters(scope, 'AlarmsOn', {
      prefix: 'AccountBaseline',
      logGroup: LogGroup.fromLogGroupName(scope, 'Logs', 'trail-logs'),
      detections,
    });
    new SecurityAlarms(scope, 'Alarms', { topic: new Topic(scope, 'Topic'), detections });
  });

test('the alarm of attempts has the filter on root use that Security Hub compares to the letter', () => {
  alarms().hasResourceProperties('AWS::Logs::MetricFilter', {
    LogGroupName: 'trail-logs',
    FilterPattern:
      '{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}',
    MetricTransformations: [{ MetricName: 'Attempts', MetricNamespace: 'Baseline', MetricValue: '1' }],
  });
});

test('alarms notify the topic at the first event and say how urgent it is, what happened and what to do', () => {
  alarms().hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmDescription: Match.stringLikeRegexp('^CRITICAL: Root user used\\nAsk immediately who used root'),
    AlarmActions: [{ Ref: Match.stringLikeRegexp('Topic') }],
    MetricName: 'RootUser',
    Namespace: 'Baseline',
    Statistic: 'Maximum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
  });
});

test('there is one alarm for each signal, with a filter for each detection: one more is one more entry', () => {
  alarms().resourceCountIs('AWS::CloudWatch::Alarm', SIGNALS.length);
  alarms().resourceCountIs('AWS::Logs::MetricFilter', DETECTIONS.length);
  const extra = { ...example(), id: 'Extra' };
  alarms([...DETECTIONS, extra]).resourceCountIs('AWS::Logs::MetricFilter', DETECTIONS.length + 1);
});

test('an alarm goes with the last of their detections', () => {
  alarms(DETECTIONS.filter(({ signal }) => signal.id !== 'RootUser')).resourceCountIs(
    'AWS::CloudWatch::Alarm',
    SIGNALS.length - 1,
  );
});

test.each([
  { tuning: { threshold: 2 }, expected: { Threshold: 2, Period: 300 } },
  { tuning: { period: 60 }, expected: { Threshold: 5, Period: 60 } },
  {
    tuning: { severity: 'low' as const },
    expected: { Threshold: 5, AlarmDescription: Match.stringLikeRegexp('^LOW: Sign in failed\\n') },
  },
])('an alarm of its own has a detection with $tuning, which then counts events', ({ tuning, expected }) => {
  const weighted = DETECTIONS.find(({ id }) => id === 'SignInFailed') ?? example();
  const template = alarms([{ ...weighted, ...tuning }]);
  template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'SignInFailed', ...expected });
  template.hasResourceProperties('AWS::Logs::MetricFilter', {
    MetricTransformations: [Match.objectLike({ MetricName: 'SignInFailed', MetricValue: '1' })],
  });
});

test('a detection can have a signal of your own', () => {
  const signal = { ...example().signal, id: 'Payments', title: 'Payment data read' };
  alarms([{ ...example(), signal }]).hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'Payments',
    AlarmDescription: Match.stringLikeRegexp('^CRITICAL: Payment data read\\n'),
  });
});

test('the filters look for the prefix of the suite, not for the name of their own stack', () => {
  const template = JSON.stringify(alarms().toJSON());
  expect(template).toContain('*:stack/AccountBaseline-*');
  expect(template).not.toContain('AWS::StackName');
});

const OWN: Detection = { ...example(), id: 'Own' };

describe('an own detection', () => {
  const own = (wrong: object) => alarms([{ ...OWN, ...wrong }]);
  const NAME = 'must be a name in PascalCase, letters only';
  const PERIOD = 'must be a number of seconds: a multiple of 60 up to 86400';
  const SEVERITY = 'must be one of low, medium, high, critical';

  refused(own, [
    [{ id: 'Own2' }, `detections[0].id ${NAME}, got "Own2"`],
    [{ id: 'own' }, `detections[0].id ${NAME}, got "own"`],
    [{ id: '' }, `detections[0].id ${NAME}, got ""`],
    ...['', ' ', '{ $.eventName = ${Foo} }', 'x'.repeat(1025)].map((pattern): [unknown, string] => [
      { pattern },
      'detections[0].pattern must be a pattern of 1 to 1024 characters, with documented placeholders only, got ' +
        (pattern.length > 100 ? `"${'x'.repeat(96)}...` : `"${pattern}"`),
    ]),
    ...[0, -1, 0.5, Infinity].map((weight): [unknown, string] => [
      { weight },
      `detections[0].weight must be a whole number of units from 1 to 100000, got ${weight}`,
    ]),
    [{ threshold: 0 }, 'detections[0].threshold must be a whole number of events from 1 to 100000, got 0'],
    [{ period: 90 }, `detections[0].period ${PERIOD}, got 90`],
    [{ period: 172_800 }, `detections[0].period ${PERIOD}, got 172800`],
    [{ severity: 'urgent' }, `detections[0].severity ${SEVERITY}, got "urgent"`],
    [{ signal: 'Exposure' }, 'detections[0].signal must be an object, got "Exposure"'],
    [{ signal: { ...OWN.signal, id: 'My signal' } }, `detections[0].signal.id ${NAME}, got "My signal"`],
    [
      { signal: { ...OWN.signal, steps: undefined } },
      'detections[0].signal.steps must be a list of texts, got undefined',
    ],
    [
      { signal: { ...OWN.signal, severity: 'urgent' } },
      `detections[0].signal.severity ${SEVERITY}, got "urgent"`,
    ],
  ]);

  test('can have a pattern that is not known yet', () => {
    own({ pattern: Token.asString(Fn.ref('Pattern')) }).hasResourceProperties('AWS::Logs::MetricFilter', {
      FilterPattern: { Ref: 'Pattern' },
    });
  });

  test.each<[string, (scope: Construct, detections: Detection[]) => unknown]>([
    [
      'alarms',
      (scope, detections) => new SecurityAlarms(scope, 'A', { topic: new Topic(scope, 'T'), detections }),
    ],
    ['filters', (scope, detections) => filters(scope, 'FiltersOn', detections)],
  ])('cannot be missing altogether, or weaken a signal of the baseline, in the %s', (_, construct) => {
    expect(() => templateOf((scope) => construct(scope, []))).toThrow(
      new Error('detections must name at least one, got []'),
    );
    const signal = { ...OWN.signal, threshold: 9, severity: 'low' } as const;
    const weakened = [...DETECTIONS, { ...OWN, signal }];
    expect(() => templateOf((scope) => construct(scope, weakened))).toThrow(
      new Error('detections must not have different signals of one name, got two named "RootUser"'),
    );
    const copied = [...DETECTIONS, { ...OWN, signal: { ...OWN.signal } }];
    expect(() => templateOf((scope) => construct(scope, copied))).not.toThrow();
  });
});

test('the ID of filters must end in On, after which messages find the name of the detection', () => {
  expect(() => templateOf((scope) => filters(scope, 'Filters', [OWN]))).toThrow(
    new Error('id must end in On, got "Filters"'),
  );
});

test.each(['', '*', 'X-', '-X'])(
  '%j is no prefix of stacks, with which a pattern would match anything',
  (prefix) => {
    const filtersWith = () =>
      templateOf((scope) => {
        const logGroup = LogGroup.fromLogGroupName(scope, 'Logs', 'trail-logs');
        new DetectionFilters(scope, 'AlarmsOn', { prefix, logGroup });
      });
    expect(filtersWith).toThrow(
      new Error(`prefix must be the name of a stack, or what comes before a hyphen in it, got "${prefix}"`),
    );
  },
);

test('a prefix that leaves out the stack of the filters is warned of, because nothing then watches it', () => {
  const warningsOf = (name: string, prefix: string) => {
    const stack = new Stack(testApp(), name);
    new DetectionFilters(stack, 'On', {
      prefix,
      logGroup: LogGroup.fromLogGroupName(stack, 'Logs', 'trail-logs'),
      detections: [OWN],
    });
    return Annotations.fromStack(stack).findWarning('*', Match.anyValue());
  };
  expect(warningsOf('Root-Alarms', 'Root')).toEqual([]);
  expect(warningsOf('Root-Alarms', 'Root-Alarms')).toMatchObject([
    {
      entry: {
        data: expect.stringMatching(
          /^BaselineTamperedWith does not watch the stack Root-Alarms itself: its name does not begin with "Root-Alarms-"\. /,
        ) as string,
      },
    },
  ]);
});

test('filters take a bucket, not its name, with which they would watch nothing', () => {
  const filtersOf = () =>
    templateOf((scope) => {
      const logGroup = LogGroup.fromLogGroupName(scope, 'Logs', 'trail-logs');
      const bucket = 'trail-bucket' as unknown as IBucket;
      new DetectionFilters(scope, 'On', { prefix: 'AccountBaseline', logGroup, bucket });
    });
  expect(filtersOf).toThrow(new Error('bucket must be a construct, got "trail-bucket"'));
});

test('two filters cannot count an event twice, with which half as many would trigger an alarm', () => {
  const both = (detections: Detection[]) => () =>
    templateOf((scope) => {
      filters(scope, 'FirstOn', [OWN]);
      filters(scope, 'SecondOn', detections);
    });
  expect(both([OWN])).toThrow(
    /^Own is in \w+\/FirstOn and \w+\/SecondOn: an account and Region can have it only once$/,
  );
  expect(both([{ ...OWN, id: 'Other' }])).not.toThrow();
});

test('alarms need a topic, not its ARN', () => {
  const topic = 'arn:aws:sns:eu-central-1:111122223333:topic' as unknown as Topic;
  expect(() => templateOf((scope) => new SecurityAlarms(scope, 'Alarms', { topic }))).toThrow(
    new Error('topic must be a construct, got "arn:aws:sns:eu-central-1:111122223333:topic"'),
  );
});

describe('alarms are refused if nobody would receive them:', () => {
  const cloudWatch = new ServicePrincipal('cloudwatch.amazonaws.com');
  const notifications = (scope: Construct, alarmPrefix?: string) =>
    new Notifications(scope, 'Notifications', {
      channels: [new EmailChannel({ address: 'security@example.com' })],
      logGroup: LogGroup.fromLogGroupName(scope, 'Logs', 'trail-logs'),
      alarmPrefix,
    });
  const alarmsOn = (topicOf: (scope: Construct) => ITopic) => () =>
    templateOf((scope) => new SecurityAlarms(scope, 'Alarms', { topic: topicOf(scope) }));
  const lost = (topic: string) =>
    `nobody would receive what cloudwatch.amazonaws.com publishes, because the policy of Test/${topic} or of its key does not allow it: call topic.grantPublish(new ServicePrincipal('cloudwatch.amazonaws.com')), or give alarmTopic of Notifications`;

  test.each<[string, (scope: Construct) => ITopic, string]>([
    ['the topic of the recipients', (scope) => notifications(scope).topic, 'Notifications/Topic'],
    ['a topic with a policy', (scope) => new Topic(scope, 'Own', { enforceSSL: true }), 'Own'],
    ['a topic with a key', (scope) => new Topic(scope, 'Own', { masterKey: new Key(scope, 'Key') }), 'Own'],
  ])('%s does not admit CloudWatch', (_, topicOf, path) => {
    expect(alarmsOn(topicOf)).toThrow(lost(path));
    expect(
      alarmsOn((scope) => {
        const topic = topicOf(scope);
        topic.grantPublish(cloudWatch);
        return topic;
      }),
    ).not.toThrow();
  });

  test.each<[string, (scope: Construct) => ITopic]>([
    [
      'a topic with a policy beside it',
      (scope) => {
        const topic = new Topic(scope, 'Own');
        const policy = new TopicPolicy(scope, 'Policy', { topics: [new Topic(scope, 'Other'), topic] });
        policy.document.addStatements(
          new PolicyStatement({
            principals: [new ServicePrincipal('events.amazonaws.com')],
            actions: ['sns:Publish'],
            resources: ['*'],
          }),
        );
        return topic;
      },
    ],
    [
      'a topic whose policy is empty',
      (scope) => {
        const topic = new Topic(scope, 'Own');
        new TopicPolicy(scope, 'Policy', { topics: [topic] });
        return topic;
      },
    ],
    [
      'a topic with an alias of a key',
      (scope) => new Topic(scope, 'Own', { masterKey: new Key(scope, 'Key').addAlias('alias/own') }),
    ],
  ])('%s does not admit CloudWatch', (_, topicOf) => {
    expect(alarmsOn(topicOf)).toThrow(lost('Own'));
  });

  test('a topic with the key of AWS cannot admit it', () => {
    const topicOf = (scope: Construct) =>
      new Topic(scope, 'Own', { masterKey: Alias.fromAliasName(scope, 'Key', 'alias/aws/sns') });
    expect(alarmsOn(topicOf)).toThrow(
      'nobody would receive what is published, because Test/Own has an AWS managed key, which admits no service: give it a key of your own, or none',
    );
  });

  test.each<[string, (scope: Construct) => ITopic]>([
    ['one that has no policy', (scope) => new Topic(scope, 'Own')],
    ['one that Notifications has for alarms', (scope) => notifications(scope).alarmTopic],
    [
      'an imported one, whose policy is not known',
      (scope) => Topic.fromTopicArn(scope, 'Own', 'arn:aws:sns:eu-west-1:111122223333:own'),
    ],
    [
      'one that admits everybody under conditions, as a policy of SNS does',
      (scope) => {
        const topic = new Topic(scope, 'Own');
        topic.addToResourcePolicy(
          new PolicyStatement({
            principals: [new AnyPrincipal()],
            actions: ['sns:Publish'],
            resources: [topic.topicArn],
            conditions: { StringEquals: { 'AWS:SourceOwner': '111122223333' } },
          }),
        );
        return topic;
      },
    ],
  ])('%s admits it', (_, topicOf) => {
    expect(alarmsOn(topicOf)).not.toThrow();
  });

  test('topics of other Regions are theirs', () => {
    const app = testApp();
    for (const region of ['eu-west-1', 'us-east-1']) {
      const stack = new Stack(app, region, { env: { region } });
      const topic = new Topic(stack, 'Topic', { enforceSSL: true });
      topic.grantPublish(cloudWatch);
      new SecurityAlarms(stack, 'Alarms', { topic });
    }
    expect(() => app.synth()).not.toThrow();
  });

  test('Notifications of another stack admits them only by their prefix', () => {
    const elsewhere = (alarmPrefix?: string) => () => {
      const app = testApp();
      const { alarmTopic } = notifications(new Stack(app, 'One'), alarmPrefix);
      new SecurityAlarms(new Stack(app, 'Other'), 'Alarms', { topic: alarmTopic });
    };
    expect(elsewhere()).toThrow(
      new Error('alarmPrefix of One/Notifications must be the beginning of "Other-", got "One-"'),
    );
    expect(elsewhere('Other-')).not.toThrow();
    expect(elsewhere('O')).not.toThrow();
    expect(elsewhere(Token.asString(Fn.ref('Prefix')))).not.toThrow();
  });
});

function filters(scope: Construct, id: string, detections: Detection[]) {
  const logGroup = LogGroup.fromLogGroupName(scope, `${id}Logs`, 'trail-logs');
  return new DetectionFilters(scope, id, { prefix: 'AccountBaseline', logGroup, detections });
}

function example(): Detection {
  const [first] = DETECTIONS;
  if (!first) throw new Error('no detection');
  return first;
}
