import { join } from 'node:path';
import { Aws, Duration, Stack } from 'aws-cdk-lib';
import {
  Effect,
  PolicyDocument,
  PolicyStatement,
  ServicePrincipal,
  StarPrincipal,
} from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnSubscription, ITopic, Topic, TopicPolicy } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { ROOT_TASKS } from '../catalog/root-tasks';
import type { INotificationChannel, MessageFormat } from './channels/channel';
import { consoleDomain } from '../console/console-domain';
import { markPart } from '../functions/mark-part';
import { InlineFunction } from '../functions/inline-function';
import { denyTopicChanges } from './deny-topic-changes';
import { mayPublish } from './grant-publish';
import { acknowledge, acknowledgeWildcard } from '../functions/nag-suppressions';

/** Properties of `Notifications`. */
export interface NotificationsProps {
  /** Channels that receive every message, at least one. */
  readonly channels: readonly INotificationChannel[];
  /** Log group with the events that alarms count and messages explain. */
  readonly logGroup: ILogGroup;
  /**
   * Key that encrypts the topics; its policy is extended for the services that publish. Do not use an AWS
   * managed key: CloudWatch cannot use it, and alarms would be lost without an error.
   * @default - not encrypted
   */
  readonly encryptionKey?: IKey;
  /**
   * Services that can publish, for this account only.
   * @default ['cloudwatch']
   * @see https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html
   */
  readonly publishers?: readonly Publisher[];
  /**
   * Whether the alarms also notify their topic when they return to OK.
   * @default false
   */
  readonly notifyOnOk?: boolean;
  /**
   * Name of the account in messages, in addition to its ID. ASCII only.
   * @default - only the ID
   */
  readonly accountName?: string;
  /**
   * Base URL of the runbooks in messages, with a trailing slash.
   * @default 'docs/runbooks/'
   */
  readonly runbooks?: string;
}

/** Service that publishes to the topics. */
export type Publisher = 'cloudwatch' | 'budgets' | 'costalerts';

/**
 * A topic that recipients subscribe to, a topic that alarms notify, and a function between them that explains
 * each alarm with the events behind it. If the function fails, recipients receive the unmodified alarm.
 *
 * @throws {Error} if no channel is given
 */
export class Notifications extends Construct {
  /** Topic of the recipients. Budgets also publish to it. */
  readonly topic: ITopic;
  /** Topic that alarms notify. */
  readonly alarmTopic: ITopic;
  /** Topic of the messages for chat applications; undefined if there is no chat channel. */
  readonly chatTopic?: ITopic;
  private readonly policy: TopicPolicy;
  private readonly encryptionKey?: IKey;

  constructor(scope: Construct, id: string, props: NotificationsProps) {
    super(scope, id);
    const { channels, encryptionKey } = props;
    if (channels.length === 0) throw new Error('channels must name at least one channel, got none');

    const topic = new Topic(this, 'Topic', { displayName: 'AWS account baseline', masterKey: encryptionKey });
    const alarmTopic = new Topic(this, 'AlarmTopic', { masterKey: encryptionKey });
    this.topic = topic;
    this.alarmTopic = alarmTopic;
    this.encryptionKey = encryptionKey;
    // The function publishes alarms for chat here. Chat channels also show the messages of the other topic.
    const chatTopic = hasFormat(channels, 'chat')
      ? new Topic(this, 'ChatTopic', { masterKey: encryptionKey })
      : undefined;
    this.chatTopic = chatTopic;
    for (const channel of channels) {
      channel.bind(this, chatTopic && channel.format === 'chat' ? [topic, chatTopic] : [topic]);
    }
    const topics = [topic, alarmTopic, ...(chatTopic ? [chatTopic] : [])];
    this.policy = this.admitPublishers(topic, topics, props.publishers ?? ['cloudwatch']);
    if (!encryptionKey) {
      for (const one of topics) {
        acknowledge(one, {
          reason: 'customerKey is off, and CloudWatch cannot publish with an AWS managed key.',
          cdkNag: ['NIST.800.53.R5-SNSEncryptedKMS'],
          checkov: ['CKV_AWS_26'],
          guard: ['SNS_ENCRYPTED_KMS'],
          cfnNag: ['W47'],
        });
      }
    }
    const explainer = this.explainer(props);
    markPart(topic, 'notification-topic');
    markPart(alarmTopic, 'alarm-topic');
    markPart(explainer, 'explainer');
    markPart(explainer.executionRole, 'explainer-role');
    markPart(explainer.logGroup, 'explainer-log-group');
    explainer.addPermission('Alarms', {
      principal: new ServicePrincipal('sns.amazonaws.com'),
      sourceArn: alarmTopic.topicArn,
    });
    new CfnSubscription(this, 'Alarms', {
      topicArn: alarmTopic.topicArn,
      protocol: 'lambda',
      endpoint: explainer.functionArn,
    });
  }

  /**
   * Allows EventBridge rules to publish to the topics.
   *
   * @param source ARN of a rule, or a pattern of ARNs
   */
  admitRules(source: string): void {
    const principals = [new ServicePrincipal('events.amazonaws.com')];
    this.policy.document.addStatements(
      new PolicyStatement({
        sid: 'EventBridgePublishes',
        principals,
        actions: ['sns:Publish'],
        resources: ['*'],
        conditions: { ArnLike: { 'aws:SourceArn': source } },
      }),
    );
    this.encryptionKey?.addToResourcePolicy(
      new PolicyStatement({
        sid: 'EventBridgeEncrypts',
        principals,
        // As in the AWS documentation; * covers data keys with and without plaintext.
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
        // EventBridge passes neither source account nor source ARN to the key. SNS always passes the topic.
        // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
        conditions: {
          ArnLike: {
            'kms:EncryptionContext:aws:sns:topicArn': Stack.of(this).formatArn({
              service: 'sns',
              resource: '*',
            }),
          },
        },
      }),
    );
  }

  /** Creates one policy for all topics. Its resource * means the topic that it is attached to. */
  private admitPublishers(topic: Topic, topics: Topic[], publishers: readonly Publisher[]): TopicPolicy {
    const principals = publishers.map((service) => new ServicePrincipal(`${service}.amazonaws.com`));
    const conditions = { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } };
    const policyDocument = new PolicyDocument({
      statements: [
        new PolicyStatement({
          sid: 'ServicesPublish',
          principals,
          actions: ['sns:Publish'],
          resources: ['*'],
          conditions,
        }),
        new PolicyStatement({
          sid: 'DenyInsecureTransport',
          effect: Effect.DENY,
          principals: [new StarPrincipal()],
          actions: ['sns:Publish'],
          resources: ['*'],
          conditions: { Bool: { 'aws:SecureTransport': false } },
        }),
        ...denyTopicChanges(),
      ],
    });
    this.encryptionKey?.addToResourcePolicy(
      new PolicyStatement({
        sid: 'PublishersEncrypt',
        principals,
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        // In a key policy, * is the key itself.
        resources: ['*'],
        conditions,
      }),
    );
    return new TopicPolicy(topic, 'Policy', { topics, policyDocument });
  }

  private explainer(props: NotificationsProps): InlineFunction {
    const { logGroup, encryptionKey, accountName } = props;
    const { chatTopic } = this;
    const permissions = [
      new PolicyStatement({
        sid: 'ReadFiltersAndEvents',
        actions: ['logs:DescribeMetricFilters', 'logs:FilterLogEvents'],
        // The ARN ends in :*, which CloudWatch Logs requires for actions on a log group.
        // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
        resources: [logGroup.logGroupArn],
      }),
      // For the message, or the unmodified alarm if the function fails.
      ...mayPublish([this.topic, ...(chatTopic ? [chatTopic] : [])], encryptionKey),
    ];
    const explainer = new InlineFunction(this, 'Explainer', {
      entry: join(__dirname, './explain-alarm.handler.ts'),
      description: 'Explains each alarm: who did what, when, and from where.',
      permissions,
      onFailure: this.topic,
      timeout: Duration.minutes(1),
      // For two copies of 20 events of 256 KB, and two clients.
      memorySize: 256,
      environment: {
        LOG_GROUP: logGroup.logGroupName,
        TOPIC: this.topic.topicArn,
        CONSOLE: consoleDomain(this, 'console'),
        RUNBOOKS: props.runbooks ?? 'docs/runbooks/',
        ROOT_TASKS: rootTasks(),
        ACCOUNT_NAME: accountName,
        TOOLS: hasFormat(props.channels, 'json') ? 'true' : undefined,
        CHAT_TOPIC: chatTopic?.topicArn,
        NOTIFY_ON_OK: props.notifyOnOk ? 'true' : undefined,
      },
    });
    acknowledgeWildcard(explainer.executionRole, logGroup.logGroupArn, 'Reads all streams of one log group.');
    return explainer;
  }
}

function hasFormat(channels: readonly INotificationChannel[], format: MessageFormat): boolean {
  return channels.some((channel) => channel.format === format);
}

/**
 * Names of the events that can need root, and of the sign-in before them. IAM events are evaluated
 * separately.
 */
function rootTasks(): string {
  const names = ROOT_TASKS.flatMap(({ events }) =>
    events.filter(({ source }) => source !== 'iam').map(({ name }) => name),
  );
  return [...new Set(['ConsoleLogin', ...names])].join(' ');
}
