import {
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  paginateListSubscriptionsByTopic,
  SNSClient,
  type Subscription,
} from '@aws-sdk/client-sns';
import type { Clients } from '../clients';
import { all, noAnswer, read, readIfThere } from '../read';
import type { TopicState, TopicSubscription } from '../snapshot';

/** Reads the attributes of a topic, of each topic once. */
export type ReadTopicAttributes = (topicArn: string) => Promise<Readonly<Record<string, string>>>;

/** Several parts of a snapshot need the attributes of the same topic. */
export function topicAttributes(clients: Clients): ReadTopicAttributes {
  const known = new Map<string, ReturnType<ReadTopicAttributes>>();
  return (TopicArn) => {
    const attributes =
      known.get(TopicArn) ??
      clients
        .get(SNSClient)
        .send(new GetTopicAttributesCommand({ TopicArn }))
        .then(({ Attributes = {} }) => Attributes);
    known.set(TopicArn, attributes);
    return attributes;
  };
}

/** Reads a topic and its subscriptions. */
export function readTopic(clients: Clients, attributes: ReadTopicAttributes, TopicArn: string) {
  const client = clients.get(SNSClient);
  return readIfThere(['NotFoundException', 'NotFound'], async (): Promise<TopicState> => {
    // For a missing topic, the list of subscriptions is empty instead of an error.
    await attributes(TopicArn);
    const subscriptions = await all(
      paginateListSubscriptionsByTopic({ client }, { TopicArn }),
      (page) => page.Subscriptions,
    );
    return {
      arn: TopicArn,
      subscriptions: await Promise.all(subscriptions.map((one) => withAttributes(client, one))),
    };
  });
}

/**
 * Attributes that change how a subscription delivers, with their defaults. The stacks set none.
 */
const UNCHANGED: Readonly<Record<string, readonly string[]>> = {
  DeliveryPolicy: ['', '{}'],
  RawMessageDelivery: ['', 'false'],
  RedrivePolicy: ['', '{}'],
};

/**
 * Adds how the subscription was confirmed, and whether it has a filter policy.
 * @see https://docs.aws.amazon.com/sns/latest/api/API_GetSubscriptionAttributes.html
 */
async function withAttributes(client: SNSClient, subscription: Subscription): Promise<TopicSubscription> {
  // Without its state, a stranger would look like a recipient who has not confirmed.
  const { SubscriptionArn = noAnswer('whether a subscription is confirmed') } = subscription;
  if (!isConfirmed(subscription)) return subscription;
  const attributes = await readAttributes(client, SubscriptionArn);
  if (!('value' in attributes)) {
    return { ...subscription, filters: attributes, changes: attributes, endsBySignedCallsOnly: attributes };
  }
  const { ConfirmationWasAuthenticated, FilterPolicy = '' } = attributes.value;
  return {
    ...subscription,
    // An empty filter policy excludes nothing.
    filters: { value: !['', '{}'].includes(FilterPolicy) },
    changes: {
      value: Object.entries(UNCHANGED).flatMap(([name, values]) =>
        values.includes(attributes.value[name] ?? '') ? [] : [name],
      ),
    },
    endsBySignedCallsOnly: { value: ConfirmationWasAuthenticated === 'true' },
  };
}

function readAttributes(client: SNSClient, SubscriptionArn: string) {
  return read(async (): Promise<Readonly<Record<string, string>>> => {
    const { Attributes = {} } = await client.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }));
    return Attributes;
  });
}

/** Without confirmation, SNS returns PendingConfirmation or Deleted instead of an ARN. */
export function isConfirmed({ SubscriptionArn = '' }: Subscription): boolean {
  return SubscriptionArn.startsWith('arn:');
}
