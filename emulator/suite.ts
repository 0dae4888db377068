import { CloudFormation, paginateDescribeStacks } from '@aws-sdk/client-cloudformation';
import type { Emulator } from './emulator';
import { EmulatedStack, type EmulatedTemplate, type Work, workSince } from './stack';

/** A stack to deploy: its name and its template. */
export interface SuiteStack {
  readonly name: string;
  readonly template: EmulatedTemplate;
}

/** A resource of one of the stacks. */
export interface SuiteResource {
  readonly stack: string;
  readonly logicalId: string;
  /** @example 'AWS::SNS::Topic' */
  readonly type: string;
  readonly physicalId: string;
}

/** Status by stack name; undefined if the stack does not exist. */
export type Statuses = Record<string, string | undefined>;

/**
 * Related stacks of an emulated account, through the SDK. Methods that read cover all stacks of the account,
 * including those deployed with the CDK or the AWS CLI.
 */
export class EmulatedSuite {
  private readonly client: CloudFormation;
  private readonly stacks = new Map<string, EmulatedStack>();

  constructor(private readonly emulator: Emulator) {
    this.client = new CloudFormation(emulator.clientConfig);
  }

  /** Returns the stack with this name, whether it exists or not. */
  stack(name: string): EmulatedStack {
    const stack = this.stacks.get(name) ?? new EmulatedStack(this.emulator, name);
    this.stacks.set(name, stack);
    return stack;
  }

  /**
   * Creates or updates the stacks in this order, like `cdk deploy --all`: unchanged stacks are skipped, and
   * it stops at the first failure.
   *
   * @returns the final status of each attempted stack
   */
  async deploy(stacks: readonly SuiteStack[]): Promise<Statuses> {
    return this.each(stacks, (stack, template) => stack.deployChanges(template));
  }

  /** Like `deploy`, and imports existing resources. */
  async takeOver(stacks: readonly SuiteStack[]): Promise<Statuses> {
    return this.each(stacks, (stack, template) => stack.takeOver(template));
  }

  /**
   * Deletes the stacks in this order, and continues after a failure.
   *
   * @returns the final status of each stack: undefined if it was deleted
   */
  async destroy(names: readonly string[]): Promise<Statuses> {
    const statuses: Statuses = {};
    for (const name of names) statuses[name] = await this.stack(name).destroy();
    return statuses;
  }

  /** Names of the stacks in the account, in order of creation. */
  async names(): Promise<string[]> {
    const found: { name: string; created: number }[] = [];
    for await (const { Stacks = [] } of paginateDescribeStacks({ client: this.client }, {})) {
      for (const { StackName = '', CreationTime, StackStatus } of Stacks) {
        if (StackStatus !== 'DELETE_COMPLETE')
          found.push({ name: StackName, created: CreationTime?.getTime() ?? 0 });
      }
    }
    return found.sort((one, other) => one.created - other.created).map(({ name }) => name);
  }

  /** Status of each stack in the account. */
  async statuses(): Promise<Statuses> {
    return this.ofEach(async (stack) => (await stack.describe())?.StackStatus);
  }

  /** Physical IDs of one stack, by logical ID. */
  async resources(stackName: string): Promise<Record<string, string | undefined>> {
    return this.stack(stackName).resources();
  }

  /** Outputs of one stack. */
  async outputs(stackName: string): Promise<Record<string, string | undefined>> {
    return this.stack(stackName).outputs();
  }

  /** The resources of all stacks with this type, or that meet this condition. */
  async find(wanted: string | ((resource: SuiteResource) => boolean)): Promise<SuiteResource[]> {
    const fulfils =
      typeof wanted === 'string' ? ({ type }: SuiteResource): boolean => type === wanted : wanted;
    const found: SuiteResource[] = [];
    for (const stack of await this.names()) {
      const { StackResources = [] } = await this.client.describeStackResources({ StackName: stack });
      for (const { LogicalResourceId, ResourceType, PhysicalResourceId } of StackResources) {
        found.push({
          stack,
          logicalId: LogicalResourceId ?? '',
          type: ResourceType ?? '',
          physicalId: PhysicalResourceId ?? '',
        });
      }
    }
    return found.filter(fulfils);
  }

  /**
   * The only resource with this type, or that meets this condition.
   *
   * @throws {Error} if there is none or more than one, with those found
   */
  async findOne(wanted: string | ((resource: SuiteResource) => boolean)): Promise<SuiteResource> {
    const found = await this.find(wanted);
    const [resource] = found;
    if (resource === undefined || found.length > 1) {
      const ids = found.map(({ stack, logicalId }) => `${stack}/${logicalId}`).join(', ');
      throw new Error(`expected one resource, found ${found.length}${ids && `: ${ids}`} (${String(wanted)})`);
    }
    return resource;
  }

  /** Last failure reason of each resource, by `<stack>/<logical ID>`. */
  async failures(): Promise<Record<string, string | undefined>> {
    const byStack = await this.ofEach((stack) => stack.failures());
    return Object.fromEntries(
      Object.entries(byStack).flatMap(([name, failures]) =>
        Object.entries(failures).map(([logicalId, reason]) => [`${name}/${logicalId}`, reason]),
      ),
    );
  }

  /**
   * Starts watching. The returned function lists the changes since then, resources as `<stack>/<logical ID>`.
   */
  watch(): () => Work {
    return workSince(this.emulator, (stack, logicalId) => `${stack}/${logicalId}`);
  }

  private async each(
    stacks: readonly SuiteStack[],
    deploy: (stack: EmulatedStack, template: EmulatedTemplate) => Promise<string | undefined>,
  ): Promise<Statuses> {
    const statuses: Statuses = {};
    for (const { name, template } of stacks) {
      const status = await deploy(this.stack(name), template);
      statuses[name] = status;
      if (!/^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(status ?? '')) break;
    }
    return statuses;
  }

  private async ofEach<T>(read: (stack: EmulatedStack) => Promise<T>): Promise<Record<string, T>> {
    const names = await this.names();
    return Object.fromEntries(
      await Promise.all(names.map(async (name) => [name, await read(this.stack(name))] as const)),
    );
  }
}
