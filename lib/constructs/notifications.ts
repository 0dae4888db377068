import { join } from 'node:path';
import { Aws, Duration, Validations } from 'aws-cdk-lib';
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
import { ChatChannels, type ChatChannelsProps } from './chat-channels';
import { consoleDomain } from './console-domain';
import type { Guarded } from './guard';
import { InlineFunction } from './inline-function';
import { acknowledgeWildcard } from './wildcard';

/** An address that is told. */
export interface EmailProps {
  /** The e-mail address. */
  readonly address: string;
  /**
   * Construct id. Give one when the address is a token; keep it, or the address must confirm again.
   * @default - the address
   */
  readonly id?: string;
}

export interface NotificationsProps {
  /** Addresses that receive every message, at least one. */
  readonly emails: readonly EmailProps[];
  /** Log group that the alarms count events in; messages tell of these events. */
  readonly logGroup: ILogGroup;
  /**
   * Key that encrypts the topics; its policy is extended for the services that publish. An AWS managed key is no
   * choice: CloudWatch could not use it and its alarms would be dropped without a word.
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
   * HTTPS endpoints of tools; they receive the events as JSON and must confirm their subscription.
   * @default []
   */
  readonly httpsEndpoints?: readonly string[];
  /**
   * Chat channels.
   * @default - none
   */
  readonly chat?: Omit<ChatChannelsProps, 'topics'>;
  /**
   * Whether the alarms also notify their topic when they are over.
   * @default false
   */
  readonly tellWhenOver?: boolean;
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
 * The topic that people subscribe to, and the one that alarms notify; between them a function that explains an alarm by
 * the events behind it. When it fails, the topic of people gets the alarm as it came.
 *
 * @throws {Error} if no address is given
 */
export class Notifications extends Construct {
  /** The topic of people; budgets publish to it. */
  readonly topic: ITopic;
  /** The topic of alarms. */
  readonly alarmTopic: ITopic;

  constructor(scope: Construct, id: string, props: NotificationsProps) {
    super(scope, id);
    const { emails, encryptionKey } = props;
    if (emails.length === 0) throw new Error('emails must name at least one address, got none');

    const topic = new Topic(this, 'Topic', { displayName: 'AWS account baseline', masterKey: encryptionKey });
    const alarmTopic = new Topic(this, 'AlarmTopic', { masterKey: encryptionKey });
    this.topic = topic;
    this.alarmTopic = alarmTopic;
    this.admitPublishers(topic, alarmTopic, props);
    for (const { address, id: subscriptionId } of emails) this.subscribe('email', address, subscriptionId);
    for (const endpoint of props.httpsEndpoints ?? []) this.subscribe('https', endpoint);
    if (!encryptionKey) {
      for (const one of [topic, alarmTopic]) {
        Validations.of(one).acknowledge({
          id: 'NIST.800.53.R5-SNSEncryptedKMS',
          reason:
            'customerKey is off to save its price, and CloudWatch can’t publish with an AWS managed key.',
        });
      }
    }
    // What the function publishes for chat; the channels also show what is published to people as it is.
    const chatTopic = props.chat && new Topic(this, 'ChatTopic', { masterKey: encryptionKey });
    if (chatTopic) new ChatChannels(this, 'Chat', { ...props.chat, topics: [topic, chatTopic] });
    const explainer = this.explainer(props, chatTopic);
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

  /** What must not be taken away by accident. */
  get guarded(): Guarded[] {
    return [
      {
        actions: ['sns:DeleteTopic', 'sns:RemovePermission', 'sns:SetTopicAttributes'],
        resources: [this.topic.topicArn, this.alarmTopic.topicArn],
      },
    ];
  }

  private subscribe(protocol: string, endpoint: string, id = endpoint): void {
    new CfnSubscription(this, id, { topicArn: this.topic.topicArn, protocol, endpoint });
  }

  /** One policy for both topics; in it, the resource * is the topic that has it. */
  private admitPublishers(topic: Topic, alarmTopic: Topic, props: NotificationsProps): void {
    const { publishers, encryptionKey } = props;
    const principals = (publishers ?? ['cloudwatch']).map(
      (service) => new ServicePrincipal(`${service}.amazonaws.com`),
    );
    const conditions = { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } };
    const policyDocument = new PolicyDocument({
      statements: [
        new PolicyStatement({
          principals,
          actions: ['sns:Publish'],
          resources: ['*'],
          conditions,
        }),
        new PolicyStatement({
          effect: Effect.DENY,
          principals: [new StarPrincipal()],
          actions: ['sns:Publish'],
          resources: ['*'],
          conditions: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
      ],
    });
    new TopicPolicy(topic, 'Policy', { topics: [topic, alarmTopic], policyDocument });
    encryptionKey?.addToResourcePolicy(
      new PolicyStatement({
        principals,
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        // The key itself: a key policy speaks of no other.
        resources: ['*'],
        conditions,
      }),
    );
  }

  private explainer(props: NotificationsProps, chatTopic: ITopic | undefined): InlineFunction {
    const { logGroup, encryptionKey, accountName } = props;
    const permissions = [
      // The filters behind an alarm, and the events that they find.
      new PolicyStatement({
        actions: ['logs:DescribeMetricFilters', 'logs:FilterLogEvents'],
        // Ends in :*, as CloudWatch Logs wants it for actions on a log group.
        // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
        resources: [logGroup.logGroupArn],
      }),
      // The message, and the alarm as it came when the function fails.
      new PolicyStatement({
        actions: ['sns:Publish'],
        resources: [this.topic, ...(chatTopic ? [chatTopic] : [])].map(({ topicArn }) => topicArn),
      }),
    ];
    if (encryptionKey) {
      permissions.push(
        // SNS encrypts with the publisher's permissions.
        // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#send-to-encrypted-topic
        new PolicyStatement({
          actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
          resources: [encryptionKey.keyArn],
          conditions: { StringEquals: { 'kms:ViaService': `sns.${Aws.REGION}.amazonaws.com` } },
        }),
      );
    }
    const explainer = new InlineFunction(this, 'Explainer', {
      entry: join(__dirname, '../handlers/explain-alarm.ts'),
      description: 'Explains alarms',
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
        TOOLS: props.httpsEndpoints?.length ? 'true' : undefined,
        CHAT_TOPIC: chatTopic?.topicArn,
        TELL_WHEN_OVER: props.tellWhenOver ? 'true' : undefined,
      },
    });
    acknowledgeWildcard(
      explainer.executionRole,
      logGroup.logGroupArn,
      'The streams of the one log group that it reads.',
    );
    return explainer;
  }
}

/** Names of the events that may need root. A sign-in comes before each, and any of IAM's calls may be one. */
function rootTasks(): string {
  const names = ROOT_TASKS.flatMap(({ events }) =>
    events.filter(({ source }) => source !== 'iam').map(({ name }) => name),
  );
  return [...new Set(['ConsoleLogin', ...names])].join(' ');
}
