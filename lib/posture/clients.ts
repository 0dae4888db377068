import { actionOf } from './calls';

/** Connection to an account, with the options of the AWS CLI. */
export interface Connection {
  /** Region. @default - AWS_REGION, then the profile's Region */
  readonly region?: string;
  /** Profile of the shared AWS configuration. @default - that of the AWS SDK */
  readonly profile?: string;
  /** Time limit of one attempt of a call, in milliseconds. @default 10000 */
  readonly timeoutMs?: number;
  /** Is called before each call is sent. @default - none */
  readonly onCall?: (call: string) => void;
  /** Temporary credentials of another account. @default - those of the profile or the environment */
  readonly credentials?: Credentials;
  /**
   * Retries of throttled calls, in the SDK's mode `adaptive`: it slows down until AWS answers.
   * @default - the SDK's, three attempts or AWS_MAX_ATTEMPTS
   */
  readonly patientAttempts?: number;
  /** Connections to share with other clients. @default - each client has its own */
  readonly connections?: Connections;
}

/**
 * Connections that clients of several accounts share, so that not each account opens new ones. Its
 * creator closes it.
 */
export class Connections {
  private handler?: Handler;

  /** The handler of the first client, for all of them. */
  handlerOr(options: object): object {
    return this.handler ?? options;
  }

  keep(handler: Handler): void {
    this.handler ??= handler;
  }

  destroy(): void {
    this.handler?.destroy?.();
  }
}

interface Handler {
  destroy?(): void;
}

/** Temporary credentials. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

interface Configuration {
  readonly region?: string;
  readonly profile?: string;
  readonly credentials?: Credentials;
  readonly maxAttempts?: number;
  readonly retryMode?: string;
  readonly requestHandler: object;
}

interface Client {
  readonly config: { readonly serviceId: string; readonly requestHandler: Handler };
  send(command: object, ...rest: unknown[]): unknown;
  destroy(): void;
}

/** An API call that failed. */
export class CallFailed extends Error {
  /** Error name, such as AccessDenied. */
  readonly code: string;

  /**
   * @param call such as `iam.GetAccountSummary`
   * @param cause what the SDK threw
   */
  constructor(
    readonly call: string,
    cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = 'CallFailed';
    this.code = cause instanceof Error ? cause.name : 'Error';
  }

  /** The IAM action that the call needs. */
  get permission(): string {
    return actionOf(this.call);
  }
}

/**
 * The SDK clients of one run, one for each service and Region. They have timeouts and the SDK retries (three
 * attempts, or AWS_MAX_ATTEMPTS), report each call, and throw CallFailed.
 */
export class Clients {
  private readonly clients = new Map<string, Client>();

  constructor(private readonly connection: Connection = {}) {}

  /**
   * Returns an SDK client.
   *
   * @param Client its class
   * @param region @default - the connection's
   */
  get<T extends Client>(Client: new (configuration: Configuration) => T, region = this.connection.region): T {
    const key = `${Client.name} ${region ?? ''}`;
    const existing = this.clients.get(key);
    // The key contains the name of the class.
    if (existing) return existing as T;
    const { profile, credentials, patientAttempts, connections, timeoutMs = 10_000 } = this.connection;
    const options = {
      connectionTimeout: Math.min(timeoutMs, 3000),
      requestTimeout: timeoutMs,
      throwOnRequestTimeout: true,
    };
    const client = new Client({
      region,
      ...(credentials ? { credentials } : { profile }),
      ...(patientAttempts === undefined ? {} : { maxAttempts: patientAttempts, retryMode: 'adaptive' }),
      requestHandler: connections?.handlerOr(options) ?? options,
    });
    connections?.keep(client.config.requestHandler);
    this.watch(client);
    this.clients.set(key, client);
    return client;
  }

  /** Closes the connections of all clients, except shared ones. */
  destroy(): void {
    if (this.connection.connections) return;
    for (const client of this.clients.values()) client.destroy();
  }

  private watch(client: Client): void {
    const send = client.send.bind(client);
    client.send = async (command, ...rest) => {
      const call = callOf(client, command);
      this.connection.onCall?.(call);
      try {
        return await send(command, ...rest);
      } catch (error) {
        throw new CallFailed(call, error);
      }
    };
  }
}

/** SDK package and command, such as `cloudwatch-logs.DescribeLogGroups`. */
function callOf({ config }: Client, command: object): string {
  const service = config.serviceId.toLowerCase().replaceAll(' ', '-');
  return `${service}.${command.constructor.name.replace(/Command$/, '')}`;
}
