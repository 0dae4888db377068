import { Aws, Validations } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnSubscription, ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Guarded } from './guard';

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
  /**
   * Key that encrypts the topic; its policy is extended for the services that publish. An AWS managed key is no
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
}

/** Service that publishes for this account. */
export type Publisher = 'cloudwatch' | 'budgets' | 'costalerts';

/**
 * The topic that people subscribe to.
 *
 * @throws {Error} if no address is given
 */
export class Notifications extends Construct {
  /** The topic; alarms and budgets publish to it. */
  readonly topic: ITopic;

  constructor(scope: Construct, id: string, props: NotificationsProps) {
    super(scope, id);
    const { emails, encryptionKey } = props;
    if (emails.length === 0) throw new Error('emails must name at least one address, got none');

    this.topic = new Topic(this, 'Topic', { displayName: 'AWS account baseline', masterKey: encryptionKey });
    const fromThisAccount = { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } };
    const principals = (props.publishers ?? ['cloudwatch']).map(
      (service) => new ServicePrincipal(`${service}.amazonaws.com`),
    );
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'Publishers',
        principals,
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: fromThisAccount,
      }),
    );
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'TlsOnly',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    );
    encryptionKey?.addToResourcePolicy(
      new PolicyStatement({
        sid: 'Publishers',
        principals,
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        // The key itself: a key policy speaks of no other.
        resources: ['*'],
        conditions: fromThisAccount,
      }),
    );
    for (const { address, id: subscriptionId } of emails) {
      new CfnSubscription(this, subscriptionId ?? address, {
        topicArn: this.topic.topicArn,
        protocol: 'email',
        endpoint: address,
      });
    }
    if (!encryptionKey) {
      Validations.of(this.topic).acknowledge({
        id: 'NIST.800.53.R5-SNSEncryptedKMS',
        reason: 'customerKey is off to save its price, and CloudWatch can’t publish with an AWS managed key.',
      });
    }
  }

  /** What must not be taken away by accident. */
  get guarded(): Guarded[] {
    return [
      {
        actions: ['sns:DeleteTopic', 'sns:RemovePermission', 'sns:SetTopicAttributes'],
        resources: [this.topic.topicArn],
      },
    ];
  }
}
