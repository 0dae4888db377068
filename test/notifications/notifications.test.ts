import { Match } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Detection } from '../../lib/detections/detection';
import { DETECTIONS } from '../../lib/detections/rules';
import { SIGNALS } from '../../lib/detections/signals';
import { Notifications, type NotificationsProps } from '../../lib/notifications/notifications';
import { SecurityAlarms } from '../../lib/detections/security-alarms';
import { statements, templateOf } from '../synth';

const FROM_THIS_ACCOUNT = { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } };
const PUBLISHERS = {
  Service: ['cloudwatch.amazonaws.com', 'budgets.amazonaws.com', 'costalerts.amazonaws.com'],
};

const notifications = (props: Partial<NotificationsProps> = {}) =>
  templateOf(
    (scope) =>
      new Notifications(scope, 'Notifications', {
        emails: [{ address: 'a@example.com' }],
        logGroup: LogGroup.fromLogGroupName(scope, 'Logs', 'trail-logs'),
        ...props,
      }),
  );

describe('the topics', () => {
  const template = templateOf(
    (scope) =>
      new Notifications(scope, 'Notifications', {
        encryptionKey: new Key(scope, 'Key'),
        logGroup: LogGroup.fromLogGroupName(scope, 'Logs', 'trail-logs'),
        publishers: ['cloudwatch', 'budgets', 'costalerts'],
        emails: [{ address: 'a@example.com' }, { address: 'b@example.com' }],
      }),
  );

  test('admit only this account’s alarms, budgets and cost alerts, and only with TLS', () => {
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      Topics: [{ Ref: Match.stringLikeRegexp('Topic') }, { Ref: Match.stringLikeRegexp('AlarmTopic') }],
    });
    expect(statements(template, 'AWS::SNS::TopicPolicy')).toEqual([
      {
        Effect: 'Allow',
        Action: 'sns:Publish',
        Principal: PUBLISHERS,
        Resource: '*',
        Condition: FROM_THIS_ACCOUNT,
      },
      {
        Effect: 'Deny',
        Action: 'sns:Publish',
        Principal: '*',
        Resource: '*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ]);
  });

  test('are encrypted with a key that their publishers may use', () => {
    template.allResourcesProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.anyValue() });
    expect(statements(template, 'AWS::KMS::Key', 'KeyPolicy')).toContainEqual(
      expect.objectContaining({
        Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        Principal: PUBLISHERS,
        Condition: FROM_THIS_ACCOUNT,
      }),
    );
  });

  test('without a key are not encrypted: with an AWS managed one CloudWatch’s alarms would be lost', () => {
    notifications().allResourcesProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.absent() });
  });

  test('reach every address, and tools by HTTPS', () => {
    const people = notifications({
      emails: [{ address: 'a@example.com' }, { address: 'b@example.com' }],
      httpsEndpoints: ['https://alerts.example.com/aws'],
    });
    for (const [Protocol, Endpoint] of [
      ['email', 'a@example.com'],
      ['email', 'b@example.com'],
      ['https', 'https://alerts.example.com/aws'],
    ]) {
      people.hasResourceProperties('AWS::SNS::Subscription', {
        Protocol,
        Endpoint,
        TopicArn: { Ref: Match.stringLikeRegexp('NotificationsTopic') },
      });
    }
  });

  test('reach two tools whose addresses differ in characters that ids of constructs can’t tell apart', () => {
    notifications({
      httpsEndpoints: ['https://example.com/a/b', 'https://example.com/a--b'],
    }).resourceCountIs('AWS::SNS::Subscription', 4);
  });

  test('need somebody to tell', () => {
    expect(() => notifications({ emails: [] })).toThrow('emails must name at least one address, got none');
  });
});

describe('a rule of EventBridge', () => {
  const RULE = 'arn:aws:events:us-east-1:123456789012:rule/findings';
  const admitting = (props: Partial<NotificationsProps> = {}) =>
    templateOf((scope) => {
      new Notifications(scope, 'Notifications', {
        emails: [{ address: 'a@example.com' }],
        logGroup: LogGroup.fromLogGroupName(scope, 'Logs', 'trail-logs'),
        encryptionKey: new Key(scope, 'Key'),
        ...props,
      }).admitRules(RULE);
    });
  const EVENTS = { Service: 'events.amazonaws.com' };

  test('that is admitted may publish, and no other', () => {
    const admitted = statements(admitting(), 'AWS::SNS::TopicPolicy').filter(({ Principal }) =>
      JSON.stringify(Principal).includes('events.'),
    );
    expect(admitted).toEqual([
      {
        Effect: 'Allow',
        Principal: EVENTS,
        Action: 'sns:Publish',
        Resource: '*',
        Condition: { ArnLike: { 'aws:SourceArn': RULE } },
      },
    ]);
  });

  test('may use the key for topics of this account and Region alone', () => {
    const [, statement] = statements(admitting(), 'AWS::KMS::Key', 'KeyPolicy').slice(-2);
    expect(statement).toEqual({
      Effect: 'Allow',
      Principal: EVENTS,
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      Resource: '*',
      Condition: {
        ArnLike: {
          'kms:EncryptionContext:aws:sns:topicArn': {
            'Fn::Join': [
              '',
              [
                'arn:',
                { Ref: 'AWS::Partition' },
                ':sns:',
                { Ref: 'AWS::Region' },
                ':',
                { Ref: 'AWS::AccountId' },
                ':*',
              ],
            ],
          },
        },
      },
    });
  });

  test('may publish to chat channels too', () => {
    admitting({ chat: { slack: { workspaceId: 'T1', channelId: 'C1' } } }).hasResourceProperties(
      'AWS::SNS::TopicPolicy',
      { Topics: Match.arrayWith([{ Ref: Match.stringLikeRegexp('ChatTopic') }]) },
    );
  });

  test('is not admitted by itself', () => {
    expect(JSON.stringify(notifications().toJSON())).not.toContain('events.amazonaws.com');
  });
});

describe('the function between the topics', () => {
  test('is called by the topic of alarms alone', () => {
    const template = notifications();
    template.hasResourceProperties('AWS::SNS::Subscription', {
      Protocol: 'lambda',
      TopicArn: { Ref: Match.stringLikeRegexp('AlarmTopic') },
    });
    template.resourceCountIs('AWS::Lambda::Permission', 1);
    template.hasResourceProperties('AWS::Lambda::Permission', {
      Principal: 'sns.amazonaws.com',
      SourceArn: { Ref: Match.stringLikeRegexp('AlarmTopic') },
    });
  });

  test('loses nothing: a call that fails goes to people as it came, at once', () => {
    notifications().hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      MaximumRetryAttempts: 0,
      DestinationConfig: {
        OnFailure: { Destination: { Ref: Match.stringLikeRegexp('^NotificationsTopic') } },
      },
    });
  });

  test('has a log group with retention', () => {
    notifications().hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 30 });
  });
});

describe('chat channels', () => {
  const chat = notifications({
    chat: {
      slack: { workspaceId: 'T1', channelId: 'C1' },
      teams: { tenantId: 'tenant', teamId: 'team', channelId: 'channel' },
    },
  });

  test.each(['SlackChannelConfiguration', 'MicrosoftTeamsChannelConfiguration'])(
    'in %s show both topics and can do nothing in the account',
    (type) => {
      chat.hasResourceProperties(`AWS::Chatbot::${type}`, {
        SnsTopicArns: [
          { Ref: Match.stringLikeRegexp('NotificationsTopic') },
          { Ref: Match.stringLikeRegexp('ChatTopic') },
        ],
        GuardrailPolicies: [Match.objectLike({ 'Fn::Join': Match.anyValue() })],
      });
      chat.hasResourceProperties('AWS::IAM::Role', {
        AssumeRolePolicyDocument: {
          Statement: [
            Match.objectLike({
              Principal: { Service: 'chatbot.amazonaws.com' },
              Condition: FROM_THIS_ACCOUNT,
            }),
          ],
        },
        Policies: Match.absent(),
        ManagedPolicyArns: Match.absent(),
      });
    },
  );
});

describe('alarms', () => {
  const alarms = (detections: readonly Detection[] = DETECTIONS) =>
    templateOf(
      (scope) =>
        new SecurityAlarms(scope, 'Alarms', {
          prefix: 'AccountBaseline',
          logGroup: LogGroup.fromLogGroupName(scope, 'Logs', 'trail-logs'),
          topic: new Topic(scope, 'Topic'),
          detections,
        }),
    );

  test('on root use have the filter that Security Hub compares to the letter', () => {
    alarms().hasResourceProperties('AWS::Logs::MetricFilter', {
      LogGroupName: 'trail-logs',
      FilterPattern:
        '{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}',
      MetricTransformations: [{ MetricName: 'RootUser', MetricNamespace: 'Baseline', MetricValue: '1' }],
    });
  });

  test('notify the topic at the first event and say how urgent it is, what happened and what to do', () => {
    alarms().hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmDescription: Match.stringLikeRegexp('^CRITICAL: Root user used\\nAsk immediately who used root'),
      AlarmActions: [{ Ref: Match.stringLikeRegexp('Topic') }],
      MetricName: 'RootUser',
      Namespace: 'Baseline',
      Statistic: 'Maximum',
      Period: 300,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
    });
  });

  test('are one for each signal, with a filter for each detection: one more is one more entry', () => {
    alarms().resourceCountIs('AWS::CloudWatch::Alarm', SIGNALS.length);
    alarms().resourceCountIs('AWS::Logs::MetricFilter', DETECTIONS.length);
    const extra = { ...example(), id: 'Extra' };
    alarms([...DETECTIONS, extra]).resourceCountIs('AWS::Logs::MetricFilter', DETECTIONS.length + 1);
  });

  test('go with the last of their detections', () => {
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
  ])('are their own for a detection with $tuning, which then counts events', ({ tuning, expected }) => {
    const weighted = DETECTIONS.find(({ id }) => id === 'SignInFailed') ?? example();
    const template = alarms([{ ...weighted, ...tuning }]);
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'SignInFailed', ...expected });
    template.hasResourceProperties('AWS::Logs::MetricFilter', {
      MetricTransformations: [Match.objectLike({ MetricName: 'SignInFailed', MetricValue: '1' })],
    });
  });

  test('can have a signal of your own', () => {
    const signal = { ...example().signal, id: 'Payments', title: 'Payment data read' };
    alarms([{ ...example(), signal }]).hasResourceProperties('AWS::CloudWatch::Alarm', {
      MetricName: 'Payments',
      AlarmDescription: Match.stringLikeRegexp('^CRITICAL: Payment data read\\n'),
    });
  });

  test('of every stack of the suite look for its prefix, not for the name of their own stack', () => {
    const template = JSON.stringify(alarms().toJSON());
    expect(template).toContain('*:stack/AccountBaseline-*');
    expect(template).not.toContain('AWS::StackName');
  });

  function example(): Detection {
    const [first] = DETECTIONS;
    if (!first) throw new Error('no detection');
    return first;
  }
});
