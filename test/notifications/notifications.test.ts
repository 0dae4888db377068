import { Fn, Stack } from 'aws-cdk-lib';
import { Annotations, Match, type Template } from 'aws-cdk-lib/assertions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Alias, type IKey, Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket, EventType } from 'aws-cdk-lib/aws-s3';
import { SnsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import type { Construct } from 'constructs';
import { EmailChannel } from '../../lib/notifications/channels/email';
import { SlackChannel } from '../../lib/notifications/channels/slack';
import { Notifications, type NotificationsProps } from '../../lib/notifications/notifications';
import { statements, templateOf, testApp } from '../synth';
import { refused } from '../refused';

type Json = Readonly<Record<string, unknown>>;

const EMAIL = new EmailChannel({ address: 'a@example.com' });
const FROM_THIS_ACCOUNT = { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } };
const BILLING = { Service: ['budgets.amazonaws.com', 'costalerts.amazonaws.com'] };
const ALARMS = { Service: 'cloudwatch.amazonaws.com' };

/** An ARN of this account, as the template has it. */
const arn = (service: string, region: object | undefined, rest: string) => ({
  'Fn::Join': [
    '',
    [
      'arn:',
      { Ref: 'AWS::Partition' },
      ...(region ? [`:${service}:`, region, ':'] : [`:${service}::`]),
      { Ref: 'AWS::AccountId' },
      rest,
    ],
  ],
});
const alarm = (name: string) => arn('cloudwatch', { Ref: 'AWS::Region' }, `:alarm:${name}`);

/** The policy of each topic, by the topic. */
const policies = (template: Template) =>
  Object.fromEntries(
    Object.values(template.findResources('AWS::SNS::TopicPolicy')).flatMap(({ Properties }) => {
      const { Topics, PolicyDocument } = Properties as {
        Topics: { Ref: string }[];
        PolicyDocument: { Statement: Json[] };
      };
      // Those are simulated in test/access.
      const simulated: unknown[] = ['DenyTampering', 'DenySubscribingWithoutMfa'];
      return Topics.map(({ Ref }) => [
        /^Notifications([a-z]*Topic)/i.exec(Ref)?.[1],
        PolicyDocument.Statement.filter(({ Sid }) => !simulated.includes(Sid)),
      ]);
    }),
  ) as Readonly<Record<string, Json[]>>;

/** What everybody is denied. */
const TLS = {
  Sid: 'DenyInsecureTransport',
  Effect: 'Deny',
  Action: 'sns:Publish',
  Principal: '*',
  Resource: '*',
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};

const publishes = (Sid: string, Principal: object, Condition: object) => ({
  Sid,
  Effect: 'Allow',
  Action: 'sns:Publish',
  Principal,
  Resource: '*',
  Condition,
});

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
        publishers: ['budgets', 'costalerts'],
        channels: [EMAIL, new SlackChannel({ workspaceId: 'T1', channelId: 'C1' })],
      }),
  );
  const recipients = [
    TLS,
    publishes('BillingPublishes', BILLING, {
      ArnLike: { 'aws:SourceArn': [arn('budgets', undefined, ':*'), arn('ce', undefined, ':*')] },
      StringEquals: FROM_THIS_ACCOUNT,
    }),
  ];

  test('admit only TLS: that of alarms those of this stack, that of the recipients budgets and cost alerts', () => {
    expect(policies(template)).toEqual({
      AlarmTopic: [
        TLS,
        publishes('AlarmsPublish', ALARMS, {
          ArnLike: { 'aws:SourceArn': alarm('Test-*') },
          StringEquals: FROM_THIS_ACCOUNT,
        }),
      ],
      Topic: recipients,
      ChatTopic: recipients,
    });
  });

  test('admit no budget unless asked for', () => {
    expect(policies(notifications())['Topic']).toEqual([TLS]);
  });

  test('admit alarms of another name if asked for', () => {
    const [, admitted] = policies(notifications({ alarmPrefix: 'security-' }))['AlarmTopic'] ?? [];
    expect(admitted?.['Condition']).toMatchObject({ ArnLike: { 'aws:SourceArn': alarm('security-*') } });
    notifications({ alarmPrefix: 'security-' }).hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ ALARMS: alarm('security-') }) },
    });
  });

  test('of the recipients admits an alarm that the function does not explain, if asked for', () => {
    const admitting = templateOf((scope) => {
      new Notifications(scope, 'Notifications', {
        channels: [EMAIL],
        logGroup: LogGroup.fromLogGroupName(scope, 'Logs', 'trail-logs'),
        encryptionKey: new Key(scope, 'Key'),
      }).admitAlarms('Other-*');
    });
    const Condition = { ArnLike: { 'aws:SourceArn': alarm('Other-*') }, StringEquals: FROM_THIS_ACCOUNT };
    expect(policies(admitting)['Topic']).toEqual([TLS, publishes('OtherPublish', ALARMS, Condition)]);
    expect(statements(admitting, 'AWS::KMS::Key', 'KeyPolicy')).toContainEqual(
      expect.objectContaining({ Principal: ALARMS, Condition }),
    );
  });

  test('are encrypted with a key that their publishers may use, for the same alarms', () => {
    template.allResourcesProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.anyValue() });
    const mayEncrypt = { Action: ['kms:Decrypt', 'kms:GenerateDataKey*'], Resource: '*', Effect: 'Allow' };
    expect(statements(template, 'AWS::KMS::Key', 'KeyPolicy').slice(1)).toEqual([
      {
        ...mayEncrypt,
        Sid: 'AlarmsEncrypt',
        Principal: ALARMS,
        Condition: { ArnLike: { 'aws:SourceArn': alarm('Test-*') }, StringEquals: FROM_THIS_ACCOUNT },
      },
      {
        ...mayEncrypt,
        Sid: 'BillingEncrypts',
        Principal: BILLING,
        Condition: { StringEquals: FROM_THIS_ACCOUNT },
      },
    ]);
  });

  test.each<[name: string, key: (scope: Construct) => IKey]>([
    ['an AWS managed key', (scope) => Alias.fromAliasName(scope, 'Alias', 'alias/aws/sns')],
    [
      'an alias',
      (scope) => new Alias(scope, 'Alias', { aliasName: 'ops', targetKey: new Key(scope, 'Key') }),
    ],
  ])('refuse %s, because permissions on its ARN allow nothing', (_, key) => {
    const stack = new Stack(testApp(), 'Test');
    const logGroup = LogGroup.fromLogGroupName(stack, 'Logs', 'trail-logs');
    const props = { channels: [EMAIL], logGroup, encryptionKey: key(stack) };
    expect(() => new Notifications(stack, 'Notifications', props)).toThrow(
      new Error('encryptionKey must be a key, not an alias, got Test/Alias'),
    );
  });

  test('take grants into the policy that they have', () => {
    const template = templateOf((scope) => {
      const { topic, alarmTopic, chatTopic } = new Notifications(scope, 'Notifications', {
        channels: [new SlackChannel({ workspaceId: 'T1', channelId: 'C1' })],
        logGroup: LogGroup.fromLogGroupName(scope, 'Logs', 'trail-logs'),
      });
      topic.grantPublish(new ServicePrincipal('backup.amazonaws.com'));
      chatTopic?.grantPublish(new ServicePrincipal('codestar-notifications.amazonaws.com'));
      const bucket = new Bucket(scope, 'Bucket');
      bucket.addEventNotification(EventType.OBJECT_REMOVED, new SnsDestination(alarmTopic));
    });
    template.resourceCountIs('AWS::SNS::TopicPolicy', 2);
    const granted = (topicName: string) =>
      policies(template)[topicName]?.filter(({ Sid }) => /^\d+$/.test(String(Sid)));
    const publish = { Effect: 'Allow', Action: 'sns:Publish', Resource: '*' };
    const inTopic = ['backup', 'codestar-notifications'].map((service) => ({
      ...publish,
      Principal: { Service: `${service}.amazonaws.com` },
    }));
    expect(granted('Topic')).toMatchObject(inTopic);
    expect(granted('ChatTopic')).toMatchObject(inTopic);
    expect(granted('AlarmTopic')).toMatchObject([{ ...publish, Principal: { Service: 's3.amazonaws.com' } }]);
  });

  test('with an imported key, say which statements its policy must have', () => {
    const stack = new Stack(testApp(), 'Test');
    new Notifications(stack, 'Notifications', {
      channels: [EMAIL],
      logGroup: LogGroup.fromLogGroupName(stack, 'Logs', 'trail-logs'),
      encryptionKey: Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/a'),
      publishers: ['budgets'],
    });
    const warnings = Annotations.fromStack(stack)
      .findWarning('*', Match.stringLikeRegexp('imported key'))
      .map(({ entry }) => /"Sid":"(\w+)"/.exec(entry.data as string)?.[1]);
    expect(warnings).toEqual(['AlarmsEncrypt', 'BillingEncrypts']);
  });

  test('without a key are not encrypted: with an AWS managed one CloudWatch’s alarms would be lost', () => {
    notifications().allResourcesProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.absent() });
  });

  refused(notifications, [
    [{ channels: [] }, 'channels must name at least one channel, got []'],
    ...['security@example.com', {}, undefined, null].map((channel): [unknown, string] => [
      { channels: [channel] },
      `channels[0] must be a channel, such as new EmailChannel({ address: 'security@example.com' }), got ${JSON.stringify(channel)}`,
    ]),
    [{ encryptionKey: 'key' }, 'encryptionKey must be a construct, got "key"'],
    [{ logGroup: undefined }, 'logGroup must be a construct, got undefined'],
    [{ alarmPrefix: '' }, 'alarmPrefix must be a text of 1 to 255 characters, got ""'],
    [{ alarmPrefix: '*' }, 'alarmPrefix must not contain * or ?, got "*"'],
    [
      { accountName: 'Bücher' },
      'accountName must be a name of 1 to 32 letters, digits, dots, hyphens and underscores, got "Bücher"',
    ],
    [
      { runbooks: 'https://example.com/runbooks' },
      'runbooks must be an https URL, or a path, that ends in /, got "https://example.com/runbooks"',
    ],
    [{ publishers: ['billing'] }, 'publishers[0] must be one of budgets, costalerts, got "billing"'],
    [
      { organizationId: 'org-1' },
      'organizationId must be the ID of an organization, such as o-a1b2c3d4e5, got "org-1"',
    ],
  ]);
});

test('alarms that are admitted have a statement each, and only names are', () => {
  const template = templateOf((scope) => {
    const one = new Notifications(scope, 'Notifications', {
      channels: [EMAIL],
      logGroup: LogGroup.fromLogGroupName(scope, 'Logs', 'trail-logs'),
    });
    for (const name of ['a-b*', 'ab-*', 'Alarms', Fn.ref('One'), Fn.ref('Two')]) one.admitAlarms(name);
    expect(() => {
      one.admitAlarms('arn:aws:cloudwatch:us-east-1:123456789012:alarm:a');
    }).toThrow(
      new Error(
        'name must be the name of an alarm, not its ARN, got "arn:aws:cloudwatch:us-east-1:123456789012:alarm:a"',
      ),
    );
    expect(() => {
      one.admitRules('my-rule');
    }).toThrow(new Error('source must be the ARN of a rule, got "my-rule"'));
  });
  expect(
    policies(template)
      ['Topic']?.map(({ Sid }) => Sid)
      .slice(1),
  ).toEqual(['abPublish', 'ab2Publish', 'Alarms2Publish', 'AlarmPublish', 'Alarm2Publish']);
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

  test('beside another one, has a statement of its own', () => {
    const template = templateOf((scope) => {
      const one = new Notifications(scope, 'Notifications', {
        channels: [EMAIL],
        logGroup: LogGroup.fromLogGroupName(scope, 'Logs', 'trail-logs'),
      });
      for (const rule of [RULE, `${RULE}-2`, `${RULE}-3`]) one.admitRules(rule);
    });
    expect(
      policies(template)
        ['Topic']?.map(({ Sid }) => Sid)
        .slice(1),
    ).toEqual(['EventBridgePublishes', 'EventBridgePublishes2', 'EventBridgePublishes3']);
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
