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
import { mayPublish } from './grant-publish';
import { acknowledge, acknowledgeWildcard } from '../functions/nag-suppressions';

/** Properties of `Notifications`. */
export interface NotificationsProps {
  /** Channels that receive every message, at least one. */
  readonly channels: readonly INotificationChannel[];
  /** Log group that the alarms count events in; messages tell of these events. */
  readonly logGroup: ILogGroup;
  /**
   * Key that encrypts the topics; its policy is extended for the services that publish. An AWS managed key is
   * no choice: CloudWatch could not use it and its alarms would be dropped without a word.
   * @default - not encrypted
   */
  readonly encryptionKey?: IKey;
  /**
   * Services that may publish, for this account only.
   * @default ['cloudwatch']
   * @see https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html
   */
  readonly publishers?: readonly Publisher[];
  /**
   * Whether the alarms also notify their topic when they are over.
   * @default false
   */
  readonly notifyOnOk?: boolean;
  /**
   * What messages call the account, besides its id: ASCII.
   * @default - its id alone
   */
  readonly accountName?: string;
  /**
   * What precedes the names of the runbooks in messages: a URL that ends in a slash.
   * @default 'docs/runbooks/'
   */
  readonly runbooks?: string;
}

/** Service that publishes for this account. */
export type Publisher = 'cloudwatch' | 'budgets' | 'costalerts';

/**
 * The topic that people subscribe to, and the one that alarms notify; between them a function that explains
 * an alarm by the events behind it. When it fails, the topic of people gets the alarm as it came.
 *
 * @throws {Error} if no channel is given
 */
export class Notifications extends Construct {
  /** The topic of people; budgets publish to it. */
  readonly topic: ITopic;
  /** The topic of alarms. */
  readonly alarmTopic: ITopic;
  /** Topic of the messages for chat applications; undefined without such a channel. */
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
    // The function publishes alarms for chat here. Chat channels show the messages of the other topic as
    // well.
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
   * Admits rules of EventBridge to the topics.
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
        // As AWS's documentation has it: a data key, with and without its plain text.
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
        // EventBridge passes neither source account nor source ARN on to the key; SNS always says which topic
        // it is for.
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

  /** One policy for all topics; in it, the resource * is the topic that has it. */
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
      ],
    });
    this.encryptionKey?.addToResourcePolicy(
      new PolicyStatement({
        sid: 'PublishersEncrypt',
        principals,
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        // The key itself: a key policy speaks of no other.
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
      // The filters behind an alarm, and the events that they find.
      new PolicyStatement({
        sid: 'ReadFiltersAndEvents',
        actions: ['logs:DescribeMetricFilters', 'logs:FilterLogEvents'],
        // Ends in :*, as CloudWatch Logs wants it for actions on a log group.
        // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
        resources: [logGroup.logGroupArn],
      }),
      // The message, and the alarm as it came when the function fails.
      ...mayPublish([this.topic, ...(chatTopic ? [chatTopic] : [])], encryptionKey),
    ];
    const explainer = new InlineFunction(this, 'Explainer', {
      entry: join(__dirname, './explain-alarm.handler.ts'),
      description: 'Explains each alarm: who did what, when, and from where.',
      permissions,
      onFailure: this.topic,
      timeout: Duration.minutes(1),
      // Twenty events of 256 KB, twice over, and two clients.
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
        TELL_WHEN_OVER: props.notifyOnOk ? 'true' : undefined,
      },
    });
    acknowledgeWildcard(explainer.executionRole, logGroup.logGroupArn, 'Reads all streams of one log group.');
    return explainer;
  }
}

function hasFormat(channels: readonly INotificationChannel[], format: MessageFormat): boolean {
  return channels.some((channel) => channel.format === format);
}

/** Names of the events that may need root. A sign-in comes before each; IAM's calls are judged otherwise. */
function rootTasks(): string {
  const names = ROOT_TASKS.flatMap(({ events }) =>
    events.filter(({ source }) => source !== 'iam').map(({ name }) => name),
  );
  return [...new Set(['ConsoleLogin', ...names])].join(' ');
}
