import type { EC2Client } from '@aws-sdk/client-ec2';

/** What an operation answers, from its input; each Region has a client of its own. */
export type Operation = (input: never, region: string) => object;

/** What is common to the stubs of the clients of all services, whose types are not. */
interface Stub {
  callsFake(answer: (this: EC2Client, command: { readonly input: object }) => Promise<object>): void;
}

interface Failure {
  readonly operation: string;
  readonly error: Error;
  readonly regions: readonly string[] | undefined;
  times: number;
}

/**
 * AWS services whose operations are functions of a test's state. Operations that it does not have fail, so
 * that nothing is called unnoticed.
 */
export class FakeAws {
  /** Calls so far: Region, operation, input. */
  readonly calls: [region: string, operation: string, input: object][] = [];
  private readonly failures: Failure[] = [];

  constructor(stubs: readonly { readonly send: unknown }[], operations: Readonly<Record<string, Operation>>) {
    const { calls } = this;
    const failureOf = this.failureOf.bind(this);
    for (const { send } of stubs) {
      // The client is `this`, and the only one who knows the Region.
      (send as Stub).callsFake(async function (this: EC2Client, { input, constructor }) {
        const region = await this.config.region();
        const operation = constructor.name.replace(/Command$/, '');
        calls.push([region, operation, input]);
        const error = failureOf(operation, region);
        if (error) throw error;
        const answer = operations[operation];
        if (!answer) throw new Error(`there is no ${operation}`);
        return answer(input as never, region);
      });
    }
  }

  /** Calls that change something. */
  get writes(): [region: string, operation: string, input: object][] {
    return this.calls.filter(([, operation]) => !/^(Get|List|Describe)/.test(operation));
  }

  /** Lets an operation fail; everywhere where no Region is named, and always where no number is given. */
  fail(
    operation: string,
    error: Error,
    { regions, times = Infinity }: { regions?: string[]; times?: number } = {},
  ) {
    this.failures.push({ operation, error, regions, times });
  }

  /** Everything works again, and nothing was called. */
  reset(): void {
    this.failures.length = 0;
    this.calls.length = 0;
  }

  private failureOf(operation: string, region: string): Error | undefined {
    const failure = this.failures.find(
      (one) => one.operation === operation && (one.regions?.includes(region) ?? true) && one.times > 0,
    );
    if (failure) failure.times -= 1;
    return failure?.error;
  }
}

/** An error of this name, as the SDK throws it. */
export function refusal(name: string, message = 'no'): Error {
  return Object.assign(new Error(message), { name });
}
