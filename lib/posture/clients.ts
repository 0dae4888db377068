import { actionOf } from './calls';

/** How to reach an account, as on the AWS command line. */
export interface Connection {
  /** @default - as the AWS SDK finds it: AWS_REGION, then the profile's */
  readonly region?: string;
  /** Profile of the shared AWS configuration. @default - as the AWS SDK finds it */
  readonly profile?: string;
  /** Milliseconds that one attempt of a call may take. @default 10000 */
  readonly timeoutMs?: number;
  /** Hears of every call before it is sent. @default - nobody does */
  readonly onCall?: (call: string) => void;
}

interface Configuration {
  readonly region?: string;
  readonly profile?: string;
  readonly requestHandler: object;
}

interface Client {
  readonly config: { readonly serviceId: string };
  send(command: object, ...rest: unknown[]): unknown;
  destroy(): void;
}

/** A call that AWS did not answer as hoped. */
export class CallFailed extends Error {
  /** AWS's name of the error, such as AccessDenied. */
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

  /** The permission that the call needs. */
  get permission(): string {
    return actionOf(this.call);
  }
}

/**
 * The clients of one run: one for each service and Region, with time-outs and the SDK's retries (three attempts, unless
 * AWS_MAX_ATTEMPTS says otherwise), each of whose calls is told, and fails with its name.
 */
export class Clients {
  private readonly clients = new Map<string, Client>();

  constructor(private readonly connection: Connection = {}) {}

  /**
   * A client of the SDK.
   *
   * @param Client its class
   * @param region @default - the connection's
   */
  get<T extends Client>(Client: new (configuration: Configuration) => T, region = this.connection.region): T {
    const key = `${Client.name} ${region ?? ''}`;
    const existing = this.clients.get(key);
    // Only its own class is behind the key.
    if (existing) return existing as T;
    const { profile, timeoutMs = 10_000 } = this.connection;
    const client = new Client({
      region,
      profile,
      requestHandler: {
        connectionTimeout: Math.min(timeoutMs, 3000),
        requestTimeout: timeoutMs,
        throwOnRequestTimeout: true,
      },
    });
    this.watch(client);
    this.clients.set(key, client);
    return client;
  }

  /** Closes their connections. */
  destroy(): void {
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

/** Such as `cloudwatch-logs.DescribeLogGroups`: the SDK's package, and the command. */
function callOf({ config }: Client, command: object): string {
  const service = config.serviceId.toLowerCase().replaceAll(' ', '-');
  return `${service}.${command.constructor.name.replace(/Command$/, '')}`;
}
