import { setTimeout as sleep } from 'node:timers/promises';
import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Emulator } from './emulator';

/** What arrived at a subscriber of a topic: the fields of the envelope that a person would see. */
export interface InboxMessage {
  readonly subject: string | undefined;
  readonly text: string;
}

let inboxes = 0; // Numbers the queues of this process; each needs a name of its own.

/**
 * Subscribes a new queue to a topic, to read what subscribers of the topic receive.
 * Not raw: SNS wraps each message in its envelope, so that the subject is there too; `waitForMessages` unwraps it.
 *
 * @returns the URL of the queue
 */
export async function subscribeInbox(emulator: Emulator, topicArn: string): Promise<string> {
  const sqs = new SQSClient(emulator.clientConfig);
  const sns = new SNSClient(emulator.clientConfig);
  try {
    inboxes += 1;
    const { QueueUrl = '' } = await sqs.send(
      new CreateQueueCommand({ QueueName: `inbox-${process.pid}-${inboxes}` }),
    );
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
    );
    const subscription = { TopicArn: topicArn, Protocol: 'sqs', Endpoint: Attributes?.QueueArn };
    await sns.send(new SubscribeCommand(subscription));
    return QueueUrl;
  } finally {
    sqs.destroy();
    sns.destroy();
  }
}

/**
 * Takes messages from an inbox until there are `count` of them, in the order of arrival.
 *
 * @throws when fewer have come after `timeoutMs`, with those that came
 */
export async function waitForMessages(
  emulator: Emulator,
  queueUrl: string,
  count: number,
  timeoutMs = 10_000,
): Promise<InboxMessage[]> {
  const sqs = new SQSClient(emulator.clientConfig);
  const deadline = Date.now() + timeoutMs;
  const messages: InboxMessage[] = [];
  try {
    while (messages.length < count) {
      if (Date.now() > deadline) {
        const got = messages.map(({ subject, text }) => `\n- ${subject ?? '(no subject)'}: ${text}`).join('');
        throw new Error(`${messages.length} of ${count} messages within ${timeoutMs} ms${got}`);
      }
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10 }),
      );
      for (const { Body = '', ReceiptHandle } of Messages) {
        messages.push(unwrap(Body));
        await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
      }
      if (Messages.length === 0) await sleep(50);
    }
    return messages;
  } finally {
    sqs.destroy();
  }
}

function unwrap(body: string): InboxMessage {
  const envelope: unknown = JSON.parse(body);
  if (typeof envelope !== 'object' || envelope === null || !('Message' in envelope)) {
    throw new Error(`not an SNS envelope: ${body}`);
  }
  const subject =
    'Subject' in envelope && typeof envelope.Subject === 'string' ? envelope.Subject : undefined;
  return { subject, text: String(envelope.Message) };
}
