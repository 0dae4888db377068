import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { text } from 'node:stream/consumers';
import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { Emulator } from './emulator';

/** A message that a subscriber of a topic received. */
export interface InboxMessage {
  readonly subject: string | undefined;
  readonly text: string;
}

/** A web server that receives the messages of a topic. */
export interface HttpInbox {
  readonly url: string;
  /** Messages received so far, in order of arrival. */
  readonly messages: readonly InboxMessage[];
  close(): Promise<void>;
}

let inboxes = 0; // Counter for unique queue names in this process.

/**
 * Subscribes a new queue to a topic, to read what its subscribers receive. Delivery is not raw, because the
 * SNS envelope contains the subject; `waitForMessages` unwraps it.
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
 * Receives messages from an inbox until there are `count`, in order of arrival.
 *
 * @throws after `timeoutMs` with the messages received so far
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

/**
 * Starts a web server and subscribes it to a topic, to read what subscribers with this protocol receive.
 * MiniStack posts to any URL: with `https`, the text is that of `https`, but the server uses plain HTTP.
 *
 * @throws if the subscription is not confirmed within ten seconds
 */
export async function startHttpInbox(
  emulator: Emulator,
  topicArn: string,
  protocol: 'http' | 'https' = 'https',
): Promise<HttpInbox> {
  const messages: InboxMessage[] = [];
  let confirmed = false;
  const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request);
    // MiniStack waits for the response before it can serve the confirmation.
    response.end();
    if (request.headers['x-amz-sns-message-type'] === 'SubscriptionConfirmation') {
      const confirmation = JSON.parse(body) as { SubscribeURL: string };
      confirmed = (await fetch(confirmation.SubscribeURL)).ok;
    } else {
      messages.push(unwrap(body));
    }
  };
  const server = createServer((request, response) => {
    // An error here shows as a missing message.
    receive(request, response).catch((error: unknown) => {
      console.error(error);
    });
  }).listen(0, '127.0.0.1');
  // A test that does not close the server must not hang.
  server.unref();
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no free port on 127.0.0.1');
  const url = `http://127.0.0.1:${address.port}/`;
  const close = async (): Promise<void> => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };

  const sns = new SNSClient(emulator.clientConfig);
  try {
    await sns.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: protocol, Endpoint: url }));
    await until(() => confirmed, `the subscription of ${url} was not confirmed`);
  } catch (error) {
    await close();
    throw error;
  } finally {
    sns.destroy();
  }
  return { url, messages, close };
}

/**
 * Waits until the condition is true.
 *
 * @throws an error that starts with `problem` after `timeoutMs`
 */
export async function until(condition: () => boolean, problem: string, timeoutMs = 10_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`${problem} within ${timeoutMs} ms`);
    await sleep(50);
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
