import { Match } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { EmailChannel } from '../../lib/notifications/channels/email';
import { SlackChannel } from '../../lib/notifications/channels/slack';
import { Notifications, type NotificationsProps } from '../../lib/notifications/notifications';
import { statements, templateOf } from '../synth';

const EMAIL = new EmailChannel({ address: 'a@example.com' });
const FROM_THIS_ACCOUNT = { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } };
const PUBLISHERS = {
  Service: ['cloudwatch.amazonaws.com', 'budgets.amazonaws.com', 'costalerts.amazonaws.com'],
};

const notifications = (props: Partial<NotificationsProps> = {}) =>
  templateOf(
    (scope) =>
      new Notifications(scope, 'Notifications', {
        channels: [EMAIL],
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
        channels: [EMAIL],
      }),
  );

  test('admit only this account’s alarms, budgets and cost alerts, and only with TLS', () => {
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      Topics: [{ Ref: Match.stringLikeRegexp('Topic') }, { Ref: Match.stringLikeRegexp('AlarmTopic') }],
    });
    const own = statements(template, 'AWS::SNS::TopicPolicy').filter(
      // Those are simulated in test/access.
      ({ Sid = '' }) => !['DenyTampering', 'DenySubscribingWithoutMfa'].includes(Sid),
    );
    expect(own).toEqual([
      {
        Sid: 'ServicesPublish',
        Effect: 'Allow',
        Action: 'sns:Publish',
        Principal: PUBLISHERS,
        Resource: '*',
        Condition: FROM_THIS_ACCOUNT,
      },
      {
        Sid: 'DenyInsecureTransport',
        Effect: 'Deny',
        Action: 'sns:Publish',
        Principal: '*',
        Resource: '*',
        Condition: { Bool: { 'aws:SecureTransport': false } },
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

  test('need a channel', () => {
    expect(() => notifications({ channels: [] })).toThrow(
      'channels must name at least one channel, got none',
    );
  });
});

describe('a rule of EventBridge', () => {
  const RULE = 'arn:aws:events:us-east-1:123456789012:rule/findings';
  const admitting = (props: Partial<NotificationsProps> = {}) =>
    templateOf((scope) => {
      new Notifications(scope, 'Notifications', {
        channels: [EMAIL],
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
        Sid: 'EventBridgePublishes',
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
      Sid: 'EventBridgeEncrypts',
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
    admitting({ channels: [new SlackChannel({ workspaceId: 'T1', channelId: 'C1' })] }).hasResourceProperties(
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
