import { randomUUID } from 'node:crypto';
import {
  CloudFormation,
  paginateDescribeStackEvents,
  type Stack as StackDescription,
  type StackEvent,
  waitUntilChangeSetCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { S3 } from '@aws-sdk/client-s3';
import type { Emulator } from './emulator';

/** A template as an object or as `Template` of `aws-cdk-lib/assertions`. */
export type EmulatedTemplate = object | { toJSON(): object };

/** Accounts share the names of buckets, so each needs its own for its templates. */
const bucketOf = ({ accountId }: Emulator): string => `templates-${accountId}`;

/** What CloudFormation and its functions changed in an account. */
export interface Work {
  /** Resources that were created, changed or deleted. */
  readonly resources: readonly string[];
  /** Calls that wrote a setting, as Region and action, including repetitions. */
  readonly settings: readonly string[];
}

/**
 * Starts watching. The returned function lists the changes since then.
 *
 * @param name name of a resource in the list; undefined omits it
 */
export function workSince(
  emulator: Emulator,
  name: (stack: string, logicalId: string) => string | undefined,
): () => Work {
  const { length } = emulator.log();
  return () => {
    const lines = emulator.log().slice(length).split('\n');
    const of = (verb: string) =>
      lines.flatMap((line) => (line.startsWith(`${verb} `) ? [line.slice(verb.length + 1)] : []));
    const resources = of('resource').flatMap((line) => {
      const [stack = '', logicalId = ''] = line.split(' ');
      return name(stack, logicalId) ?? [];
    });
    return { resources: [...new Set(resources)].sort(), settings: of('write').sort() };
  };
}

/** A stack of an emulated account. It uses the SDK, because the CDK CLI takes seconds for each command. */
export class EmulatedStack {
  readonly client: CloudFormation;
  private readonly s3: S3;
  private bucket?: Promise<unknown>;

  constructor(
    private readonly emulator: Emulator,
    readonly name = 'AccountBaseline',
  ) {
    this.client = new CloudFormation(emulator.clientConfig);
    this.s3 = new S3({ ...emulator.clientConfig, forcePathStyle: true });
  }

  /** Creates or updates the stack, and returns its final status. */
  async deploy(template: EmulatedTemplate): Promise<string | undefined> {
    const exists = (await this.describe()) !== undefined;
    const request = await this.request(template);
    await (exists ? this.client.updateStack(request) : this.client.createStack(request));
    return this.settled();
  }

  /** Like `deploy`, but an unchanged template changes nothing instead of failing. */
  async deployChanges(template: EmulatedTemplate): Promise<string | undefined> {
    try {
      return await this.deploy(template);
    } catch (error) {
      if (!(error instanceof Error) || !error.message.includes('No updates are to be performed')) throw error;
      return this.settled();
    }
  }

  /** Like `deployChanges`, and imports existing resources. */
  async takeOver(template: EmulatedTemplate): Promise<string | undefined> {
    const exists = (await this.describe()) !== undefined;
    const change = { StackName: this.name, ChangeSetName: `take-over-${randomUUID()}` };
    await this.client.createChangeSet({
      ...(await this.request(template)),
      ...change,
      ChangeSetType: exists ? 'UPDATE' : 'CREATE',
      ImportExistingResources: true,
    });
    try {
      await waitUntilChangeSetCreateComplete(
        { client: this.client, maxWaitTime: 60, minDelay: 1, maxDelay: 1 },
        change,
      );
    } catch (error) {
      if (!(error instanceof Error) || !error.message.includes("didn't contain changes")) throw error;
      await this.client.deleteChangeSet(change);
      return this.settled();
    }
    await this.client.executeChangeSet(change);
    return this.settled();
  }

  /** Deletes the stack and returns its final status; undefined if it was deleted. */
  async destroy(): Promise<string | undefined> {
    await this.client.deleteStack({ StackName: this.name });
    return this.settled();
  }

  /** Waits until no operation is in progress, and returns the status; undefined without a stack. */
  async settled(): Promise<string | undefined> {
    for (;;) {
      const status = (await this.describe())?.StackStatus;
      if (!/_IN_PROGRESS$/.test(status ?? '')) return status;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** Describes the stack; undefined if it does not exist. */
  async describe(): Promise<StackDescription | undefined> {
    const answer = await this.client.describeStacks({ StackName: this.name }).catch((error: unknown) => {
      if (error instanceof Error && error.message.includes('does not exist')) return undefined;
      throw error;
    });
    return answer?.Stacks?.[0];
  }

  async outputs(): Promise<Record<string, string | undefined>> {
    const { Outputs = [] } = (await this.describe()) ?? {};
    return Object.fromEntries(Outputs.map(({ OutputKey = '', OutputValue }) => [OutputKey, OutputValue]));
  }

  /** Physical IDs by logical ID. */
  async resources(): Promise<Record<string, string | undefined>> {
    const { StackResources = [] } = await this.client.describeStackResources({ StackName: this.name });
    return Object.fromEntries(
      StackResources.map(({ LogicalResourceId = '', PhysicalResourceId }) => [
        LogicalResourceId,
        PhysicalResourceId,
      ]),
    );
  }

  /** Last failure reason of each resource, by logical ID. */
  async failures(): Promise<Record<string, string | undefined>> {
    const events: StackEvent[] = [];
    for await (const page of paginateDescribeStackEvents({ client: this.client }, { StackName: this.name })) {
      events.push(...(page.StackEvents ?? []));
    }
    return Object.fromEntries(
      events
        .filter(({ ResourceStatus }) => /^(CREATE|UPDATE|DELETE)_FAILED$/.test(ResourceStatus ?? ''))
        // Newest first.
        .reverse()
        .map(({ LogicalResourceId = '', ResourceStatusReason }) => [LogicalResourceId, ResourceStatusReason]),
    );
  }

  /** Starts watching. The returned function lists the changes since then, with logical IDs. */
  watch(): () => Work {
    return workSince(this.emulator, (stack, logicalId) => (stack === this.name ? logicalId : undefined));
  }

  /** Uses a bucket, because some templates exceed the size limit without one. */
  private async request(template: EmulatedTemplate) {
    const Bucket = bucketOf(this.emulator);
    this.bucket ??= this.s3.createBucket({ Bucket });
    await this.bucket;
    await this.s3.putObject({ Bucket, Key: this.name, Body: JSON.stringify(template) });
    return {
      StackName: this.name,
      TemplateURL: `${this.emulator.endpoint}/${Bucket}/${this.name}`,
      Capabilities: ['CAPABILITY_NAMED_IAM' as const],
    };
  }
}
