import {
  CloudFormation,
  paginateDescribeStackEvents,
  type Stack as StackDescription,
  type StackEvent,
  waitUntilChangeSetCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { S3 } from '@aws-sdk/client-s3';
import type { Template } from 'aws-cdk-lib/assertions';
import type { Emulator } from './emulator';

const BUCKET = 'templates';

/** What CloudFormation, and the functions that it calls, did to an account. */
interface Work {
  /** Logical ids of resources that were made, changed or deleted. */
  readonly resources: readonly string[];
  /** Calls that wrote a setting, as Region and action, as often as they came. */
  readonly settings: readonly string[];
}

/** A stack of an emulated account, driven by the SDK: the CDK command line takes seconds for each command. */
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

  /** Creates or updates the stack, and returns the status that it ends in. */
  async deploy(template: Template): Promise<string | undefined> {
    const exists = (await this.describe()) !== undefined;
    const request = await this.request(template);
    await (exists ? this.client.updateStack(request) : this.client.createStack(request));
    return this.settled();
  }

  /** Creates or updates the stack, takes in what is there already, and returns the status that it ends in. */
  async takeOver(template: Template): Promise<string | undefined> {
    const exists = (await this.describe()) !== undefined;
    const change = { StackName: this.name, ChangeSetName: 'take-over' };
    await this.client.createChangeSet({
      ...(await this.request(template)),
      ...change,
      ChangeSetType: exists ? 'UPDATE' : 'CREATE',
      ImportExistingResources: true,
    });
    await waitUntilChangeSetCreateComplete(
      { client: this.client, maxWaitTime: 60, minDelay: 1, maxDelay: 1 },
      change,
    );
    await this.client.executeChangeSet(change);
    return this.settled();
  }

  /** Deletes the stack and returns the status that it ends in: none when it is gone. */
  async destroy(): Promise<string | undefined> {
    await this.client.deleteStack({ StackName: this.name });
    return this.settled();
  }

  /** The status of the stack once nothing is under way; undefined when there is no stack. */
  async settled(): Promise<string | undefined> {
    for (;;) {
      const status = (await this.describe())?.StackStatus;
      if (!/_IN_PROGRESS$/.test(status ?? '')) return status;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }

  /** Undefined when there is no stack. */
  async describe(): Promise<StackDescription | undefined> {
    const answer = await this.client.describeStacks({ StackName: this.name }).catch(() => undefined);
    return answer?.Stacks?.[0];
  }

  async outputs(): Promise<Record<string, string | undefined>> {
    const { Outputs = [] } = (await this.describe()) ?? {};
    return Object.fromEntries(Outputs.map(({ OutputKey = '', OutputValue }) => [OutputKey, OutputValue]));
  }

  /** Physical ids by logical ids. */
  async resources(): Promise<Record<string, string | undefined>> {
    const { StackResources = [] } = await this.client.describeStackResources({ StackName: this.name });
    return Object.fromEntries(
      StackResources.map(({ LogicalResourceId = '', PhysicalResourceId }) => [
        LogicalResourceId,
        PhysicalResourceId,
      ]),
    );
  }

  /** Why resources could not be made, changed or deleted, by logical id: what CloudFormation said last. */
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

  /** Begins to watch; the function that it returns tells what was done since. */
  watch(): () => Work {
    const { length } = this.emulator.log();
    return () => {
      const lines = this.emulator.log().slice(length).split('\n');
      const of = (verb: string) =>
        lines.flatMap((line) => (line.startsWith(`${verb} `) ? [line.slice(verb.length + 1)] : [])).sort();
      return { resources: [...new Set(of('resource'))], settings: of('write') };
    };
  }

  /** By way of a bucket: some templates are more than CloudFormation takes without one. */
  private async request(template: Template) {
    this.bucket ??= this.s3.createBucket({ Bucket: BUCKET });
    await this.bucket;
    await this.s3.putObject({ Bucket: BUCKET, Key: this.name, Body: JSON.stringify(template.toJSON()) });
    return {
      StackName: this.name,
      TemplateURL: `${this.emulator.endpoint}/${BUCKET}/${this.name}`,
      Capabilities: ['CAPABILITY_NAMED_IAM' as const],
    };
  }
}
