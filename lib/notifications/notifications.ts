import { join } from 'node:path';
import { ArnFormat, Aws, Duration, Stack, Token } from 'aws-cdk-lib';
import {
  type Conditions,
  Effect,
  type IPrincipal,
  PolicyDocument,
  PolicyStatement,
  ServicePrincipal,
  StarPrincipal,
} from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnSubscription, ITopic, Topic, TopicPolicy } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { z } from 'zod';
import { ROOT_TASKS } from '../catalog/root-tasks';
import { notifications } from '../config/sections/notifications';
import type { INotificationChannel, MessageFormat } from './channels/channel';
import { consoleDomain } from '../console/console-domain';
import { list, oneOf } from '../fields/basics';
import { checkProps, construct } from '../fields/check-props';
import { accountName, organizationId as organizationIdField } from '../fields/names';
import { matching, text } from '../fields/text';
import { admitToKey } from '../functions/admit-to-key';
import { markPart } from '../functions/mark-part';
import { InlineFunction } from '../functions/inline-function';
import { denyTopicChanges } from './deny-topic-changes';
import { mayPublish } from './grant-publish';
import { acknowledge, acknowledgeWildcard } from '../functions/nag-suppressions';

const channel = () =>
  z.custom<INotificationChannel>(
    (one) => typeof (one as Partial<INotificationChannel> | null)?.bind === 'function',
    {
      error: "must be a channel, such as new EmailChannel({ address: 'security@example.com' })",
    },
  );

/** Properties of `Notifications`. */
export interface NotificationsProps {
  /** Channels that receive every message, at least one. */
  readonly channels: readonly INotificationChannel[];
  /** Log group with the events that alarms count and messages explain. */
  readonly logGroup: ILogGroup;
  /**
   * Key that encrypts the topics; its policy is extended for the services that publish. For an imported key,
   * synthesis warns with the statements that its policy must have. Do not use an AWS managed key: CloudWatch
   * cannot use it, and alarms would be lost without an error.
   * @default - not encrypted
   */
  readonly encryptionKey?: IKey;
  /**
   * Prefix of the names of the alarms that can notify `alarmTopic`, and that messages explain.
   * @default - the name of the stack and a hyphen, with which CloudFormation begins the names of its alarms
   */
  readonly alarmPrefix?: string;
  /**
   * Billing services that can publish to the recipients, for this account only.
   * @default []
   */
  readonly publishers?: readonly Publisher[];
  /**
   * ARNs of roles for people, who may subscribe an address manually.
   * @default []
   */
  readonly peopleRoleArns?: readonly string[];
  /**
   * Name of the account in messages, in addition to its ID: 1 to 32 letters, digits, dots, hyphens, and
   * underscores.
   * @default - only the ID
   */
  readonly accountName?: string;
  /**
   * ID of the organization that this account manages, if the log group has the events of its members:
   * messages then have the ID and the name of the member.
   * @default - events of this account only
   */
  readonly organizationId?: string;
  /**
   * Base URL of the runbooks in messages, with a trailing slash.
   * @default 'docs/runbooks/'
   */
  readonly runbooks?: string;
}

/** Billing service that publishes to the recipients. */
export type Publisher = 'budgets' | 'costalerts';

/** Service in the source ARNs of a publisher. */
const ARN_SERVICE: Readonly<Record<Publisher, string>> = { budgets: 'budgets', costalerts: 'ce' };

/** What a publisher needs the key for. As in the AWS documentation, * covers both kinds of data keys. */
const ENCRYPT = ['kms:Decrypt', 'kms:GenerateDataKey*'];

const FROM_THIS_ACCOUNT = { 'aws:SourceAccount': Aws.ACCOUNT_ID };

/**
 * A topic that recipients subscribe to, a topic that alarms notify, and a function between them that explains
 * each alarm with the events behind it. If the function fails, recipients receive the unmodified alarm.
 * @example
 * const { logGroup } = new AuditTrail(this, 'Trail');
 * const channels = [new EmailChannel({ address: 'security@example.com' })];
 * const { alarmTopic } = new Notifications(this, 'Notifications', { channels, logGroup });
 * new SecurityAlarms(this, 'Alarms', { topic: alarmTopic });
 * const prefix = 'Security'; // of the stack Security-Alarms
 * new DetectionFilters(this, 'AlarmsOn', { prefix, logGroup });
 */
export class Notifications extends Construct {
  /** Topic of the recipients. Budgets also publish to it. */
  readonly topic: ITopic;
  /** Topic that alarms notify. */
  readonly alarmTopic: ITopic;
  /** Topic of the messages for chat applications; undefined if there is no chat channel. */
  readonly chatTopic?: ITopic;
  /** Function that explains alarms. */
  readonly explainer: IFunction;
  /** Prefix of the names of the alarms that can notify `alarmTopic`. */
  readonly alarmPrefix: string;
  private readonly policy: PolicyDocument;
  /** Statement IDs in use. A policy and a key have each once, and the constructor uses the first one. */
  private readonly sids = new Set(['Alarms']);
  private readonly encryptionKey?: IKey;

  constructor(scope: Construct, id: string, props: NotificationsProps) {
    super(scope, id);
    checkProps(
      {
        channels: list(channel(), 'channels').min(1, { error: 'must name at least one channel' }),
        logGroup: construct(),
        // The function compares it as it is.
        alarmPrefix: text(255)
          .regex(/^[^*?]+$/, { error: 'must not contain * or ?' })
          .optional(),
        organizationId: organizationIdField().optional(),
        publishers: list(oneOf(Object.keys(ARN_SERVICE)), 'services').optional(),
        accountName: accountName().optional(),
        runbooks: notifications.shape.runbooks,
      },
      props,
    );
    const { channels, encryptionKey } = props;

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
    this.alarmPrefix = props.alarmPrefix ?? `${Stack.of(this).stackName}-`;
    const alarms = this.alarmArn(this.alarmPrefix);
    this.allowAlarms('Alarms', policyOf(props.peopleRoleArns, alarmTopic), `${alarms}*`);
    this.policy = policyOf(props.peopleRoleArns, topic, ...(chatTopic ? [chatTopic] : []));
    if (props.publishers?.length) this.allowBilling(props.publishers);
    if (!encryptionKey) {
      for (const one of [topic, alarmTopic, ...(chatTopic ? [chatTopic] : [])]) {
        acknowledge(one, {
          reason: 'customerKey is off, and CloudWatch cannot publish with an AWS managed key.',
          cdkNag: ['NIST.800.53.R5-SNSEncryptedKMS'],
          checkov: ['CKV_AWS_26'],
          guard: ['SNS_ENCRYPTED_KMS'],
          cfnNag: ['W47'],
        });
      }
    }
    const explainer = this.addExplainer(props, alarms);
    this.explainer = explainer;
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
   * Allows alarms to notify the recipients without the function that explains alarms.
   *
   * @param name name of an alarm, or a pattern of names
   */
  admitAlarms(name: string): void {
    checkProps({ name: matching(/^(?!arn:)./, 'must be the name of an alarm, not its ARN') }, { name });
    const sid = Token.isUnresolved(name) ? 'Alarm' : name.replace(/\W/g, '');
    this.allowAlarms(this.unusedSid(sid), this.policy, this.alarmArn(name));
  }

  /**
   * Allows EventBridge rules to publish to the recipients.
   *
   * @param source ARN of a rule, or a pattern of ARNs
   */
  admitRules(source: string): void {
    const principals = [new ServicePrincipal('events.amazonaws.com')];
    checkProps({ source: matching(/^arn:/, 'must be the ARN of a rule') }, { source });
    this.policy.addStatements(
      publish(this.unusedSid('EventBridgePublishes'), principals, { ArnLike: { 'aws:SourceArn': source } }),
    );
    this.admitToKey(
      new PolicyStatement({
        sid: 'EventBridgeEncrypts',
        principals,
        actions: ENCRYPT,
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

  /** Returns a statement ID that is not used yet, numbered if necessary. */
  private unusedSid(sid: string): string {
    let unused = sid;
    for (let number = 2; this.sids.has(unused); number += 1) unused = `${sid}${number}`;
    this.sids.add(unused);
    return unused;
  }

  private admitToKey(statement: PolicyStatement): void {
    if (this.encryptionKey) admitToKey(this.encryptionKey, statement);
  }

  private alarmArn(name: string): string {
    return Stack.of(this).formatArn({
      service: 'cloudwatch',
      resource: 'alarm',
      resourceName: name,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  /** CloudWatch passes the alarm and the account to the topic and to the key. */
  private allowAlarms(sid: string, policy: PolicyDocument, alarms: string): void {
    const principals = [new ServicePrincipal('cloudwatch.amazonaws.com')];
    const conditions = {
      // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
      ArnLike: { 'aws:SourceArn': alarms },
      StringEquals: FROM_THIS_ACCOUNT,
    };
    policy.addStatements(publish(`${sid}Publish`, principals, conditions));
    this.admitToKey(
      // In a key policy, * is the key itself.
      new PolicyStatement({
        sid: `${sid}Encrypt`,
        principals,
        actions: ENCRYPT,
        resources: ['*'],
        conditions,
      }),
    );
  }

  private allowBilling(services: readonly Publisher[]): void {
    const principals = services.map((service) => new ServicePrincipal(`${service}.amazonaws.com`));
    // https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html
    // https://docs.aws.amazon.com/cost-management/latest/userguide/ad-SNS.html
    const sources = services.map(
      (service) => `arn:${Aws.PARTITION}:${ARN_SERVICE[service]}::${Aws.ACCOUNT_ID}:*`,
    );
    this.policy.addStatements(
      publish('BillingPublishes', principals, {
        ArnLike: { 'aws:SourceArn': sources },
        StringEquals: FROM_THIS_ACCOUNT,
      }),
    );
    this.admitToKey(
      new PolicyStatement({
        sid: 'BillingEncrypts',
        principals,
        actions: ENCRYPT,
        resources: ['*'],
        // AWS does not say whether the key gets a source ARN, too.
        conditions: { StringEquals: FROM_THIS_ACCOUNT },
      }),
    );
  }

  private addExplainer(props: NotificationsProps, alarms: string): InlineFunction {
    const { logGroup, encryptionKey, accountName, organizationId } = props;
    const { chatTopic } = this;
    const members = `arn:${Aws.PARTITION}:organizations::${Aws.ACCOUNT_ID}:account/${organizationId ?? ''}/*`;
    const permissions = [
      new PolicyStatement({
        sid: 'ReadFiltersAndEvents',
        actions: ['logs:DescribeMetricFilters', 'logs:FilterLogEvents'],
        // The ARN ends in :*, which CloudWatch Logs requires for actions on a log group.
        // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
        resources: [logGroup.logGroupArn],
      }),
      ...(organizationId === undefined
        ? []
        : [
            new PolicyStatement({
              sid: 'ReadNamesOfMembers',
              actions: ['organizations:DescribeAccount'],
              resources: [members],
            }),
          ]),
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
        ALARMS: alarms,
        CONSOLE: consoleDomain(this, 'console'),
        RUNBOOKS: props.runbooks ?? 'docs/runbooks/',
        ROOT_TASKS: rootTasks(),
        ACCOUNT_NAME: accountName,
        ORGANIZATION: organizationId,
        TOOLS: hasFormat(props.channels, 'json') ? 'true' : undefined,
        CHAT_TOPIC: chatTopic?.topicArn,
      },
    });
    acknowledgeWildcard(explainer.executionRole, logGroup.logGroupArn, 'All streams of one log group.');
    if (organizationId !== undefined) {
      acknowledgeWildcard(explainer.executionRole, members, 'Reads names of members only.');
    }
    return explainer;
  }
}

/** Creates one policy for the topics. Its resource * means the topic that it is attached to. */
function policyOf(
  peopleRoleArns: readonly string[] | undefined,
  ...topics: [Topic, ...Topic[]]
): PolicyDocument {
  const policyDocument = new PolicyDocument({
    // Of grants, which have none.
    assignSids: true,
    statements: [
      new PolicyStatement({
        sid: 'DenyInsecureTransport',
        effect: Effect.DENY,
        principals: [new StarPrincipal()],
        actions: ['sns:Publish'],
        resources: ['*'],
        conditions: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
      ...denyTopicChanges(peopleRoleArns),
    ],
  });
  const policy = new TopicPolicy(topics[0], 'Policy', { topics, policyDocument });
  for (const topic of topics) {
    // Of grants. The CDK would create another policy, and a topic has only one.
    topic.addToResourcePolicy = (statement) => {
      policyDocument.addStatements(statement.copy({ resources: ['*'] }));
      return { statementAdded: true, policyDependable: policy };
    };
  }
  return policyDocument;
}

function publish(sid: string, principals: IPrincipal[], conditions: Conditions): PolicyStatement {
  return new PolicyStatement({ sid, principals, actions: ['sns:Publish'], resources: ['*'], conditions });
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
