import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';

/** What the function sent to the event's address. */
export interface Answer {
  readonly method: string | undefined;
  readonly contentType: string | undefined;
  readonly body: unknown;
  readonly bytes: number;
}

/**
 * How the address treats an answer: stores it, refuses it with a status, breaks the connection, stores it and
 * then breaks the connection, or never replies.
 */
export type Reception = 'stored' | 'refused' | 'broken' | 'unconfirmed' | 'ignored';

/** Where CloudFormation takes answers; here, a server of this machine does. */
export const BUCKET =
  'https://cloudformation-custom-resource-response-eucentral1.s3.eu-central-1.amazonaws.com';

const realFetch = globalThis.fetch;

/** CloudFormation's side of a custom resource: the address that takes the answers, as a real HTTP server. */
export class CloudFormation {
  /** Answers that were stored. */
  readonly answers: Answer[] = [];
  /** Called when an answer arrived that is ignored. */
  onIgnored = (): void => {};
  /** Answers that were sent, stored or not. */
  sent = 0;
  private readonly receptions: Reception[] = [];
  private readonly server: Server = createServer((request, response) => {
    void this.receive(request).then((reception) => {
      if (reception === 'broken' || reception === 'unconfirmed') request.socket.destroy();
      else if (reception === 'ignored') this.onIgnored();
      else response.writeHead(reception === 'stored' ? 200 : 503).end();
    });
  });

  async start(): Promise<void> {
    await once(this.server.listen(0, '127.0.0.1'), 'listening');
    process.env['AWS_REGION'] = 'eu-central-1';
    globalThis.fetch = (url, init) =>
      realFetch(typeof url === 'string' ? url.replace(BUCKET, this.local) : url, init);
  }

  async stop(): Promise<void> {
    globalThis.fetch = realFetch;
    this.server.closeAllConnections();
    await once(this.server.close(), 'close');
  }

  /** Forgets what was received; the next answers meet these receptions, later ones are stored. */
  reset(...receptions: Reception[]): void {
    this.answers.length = 0;
    this.sent = 0;
    this.receptions.splice(0, Infinity, ...receptions);
  }

  readonly url = `${BUCKET}/answer`;

  /** The address for functions of the emulated account: `emulator/responses.mjs` finds the server. */
  get urlInAccount(): string {
    return `${BUCKET}/port/${new URL(this.local).port}/answer`;
  }

  /** Where the server is reached without `fetch`. */
  get local(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The bodies of the answers that were stored. */
  get bodies(): unknown[] {
    return this.answers.map(({ body }) => body);
  }

  private async receive(request: IncomingMessage): Promise<Reception> {
    const body = await text(request);
    this.sent += 1;
    const reception = this.receptions.shift() ?? 'stored';
    if (reception === 'stored' || reception === 'unconfirmed') {
      this.answers.push({
        method: request.method,
        contentType: request.headers['content-type'],
        body: JSON.parse(body) as unknown,
        bytes: Buffer.byteLength(body),
      });
    }
    return reception;
  }
}

/** The part of an event that the answer repeats. */
export const IDS = {
  StackId: 'arn:aws:cloudformation:eu-central-1:123456789012:stack/AccountBaseline/1c2e',
  RequestId: '5b478d41-0000-4ea8-9c54-b6f2d3f5ab52',
  LogicalResourceId: 'PasswordPolicyPolicy0E6B5C2A',
};

/** An event's own fields; what is left out is filled in. */
export interface Change {
  readonly type: 'Create' | 'Update' | 'Delete';
  readonly resourceType?: string;
  readonly physicalId?: string;
  readonly properties?: Record<string, unknown>;
  /** Those of before an Update. */
  readonly old?: Record<string, unknown>;
  /** The stack and the logical id, if they are not those of IDS. */
  readonly ids?: { readonly [Id in keyof typeof IDS]?: string | undefined };
}

/** The event that CloudFormation would call the function with. */
export function eventOf(
  url: string,
  { type, resourceType = 'Custom::Thing', physicalId = 'thing', properties = {}, old, ids }: Change,
): CloudFormationCustomResourceEvent {
  const ServiceToken = 'arn:aws:lambda:eu-central-1:123456789012:function:handler';
  const common = {
    ...IDS,
    ...ids,
    ServiceToken,
    ResponseURL: url,
    ResourceType: resourceType,
    // As JSON, in which nothing is undefined.
    ResourceProperties: JSON.parse(JSON.stringify({ ServiceToken, ...properties })) as typeof properties & {
      ServiceToken: string;
    },
  };
  if (type === 'Create') return { ...common, RequestType: type };
  if (type === 'Delete') return { ...common, RequestType: type, PhysicalResourceId: physicalId };
  return {
    ...common,
    RequestType: type,
    PhysicalResourceId: physicalId,
    OldResourceProperties: { ServiceToken, ...old },
  };
}

/** A call's context, of which the handler asks the remaining time only. */
export function contextWith(remainingMilliseconds: number): Context {
  // The rest of the interface is not needed here, and some of it is deprecated.
  return { getRemainingTimeInMillis: () => remainingMilliseconds } as Context;
}
