import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import { type Change, CloudFormation, contextWith, eventOf } from '../functions/cloudformation';
import type { FakeAws } from '../functions/fake-aws';
import { ParameterStore } from './parameter-store';

/** What CloudFormation was told. */
export interface Told {
  readonly Status: 'SUCCESS' | 'FAILED';
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
  readonly Data?: Readonly<Record<string, string>>;
}

/** Properties of a setting's resource. Its value is made JSON, as the construct does. */
export interface Asked {
  readonly Value?: unknown;
  readonly AllowWeaker?: 'true';
  readonly Regions?: string;
  /** Physical id of the resource, if it is not the usual one. */
  readonly id?: string;
  /** Its stack and logical id, if they are not the usual ones. */
  readonly ids?: Change['ids'];
}

type Handler = (event: CloudFormationCustomResourceEvent, context: Context) => Promise<void>;

/** The resources of a function that serves settings, as CloudFormation makes, updates and deletes them. */
export class Resources {
  /** What each setting asked for last, as CloudFormation knows it. */
  private readonly last = new Map<string, Record<string, unknown>>();

  constructor(
    private readonly handler: Handler,
    private readonly cloudFormation: CloudFormation,
  ) {}

  /** Forgets what was asked for. */
  reset(): void {
    this.last.clear();
  }

  /** Calls the function and returns its answer. */
  async call(change: Change, remaining = 300_000): Promise<Told> {
    await this.handler(eventOf(this.cloudFormation.url, change), contextWith(remaining));
    return this.cloudFormation.bodies.at(-1) as Told;
  }

  /** Makes, updates or deletes the resource of a setting. */
  set(type: Change['type'], name: string, asked: Asked = {}, remaining?: number): Promise<Told> {
    const { id = name, ids, Value, ...others } = asked;
    const properties = { ...others, Value: json(Value) };
    // An Update of a resource that nobody made here has another reason than what it asks for.
    const key = JSON.stringify([name, ids]);
    const old = type === 'Update' ? (this.last.get(key) ?? properties) : undefined;
    this.last.set(key, properties);
    const resourceType = `Custom::${name}`;
    return this.call({ type, resourceType, physicalId: id, properties, old, ids }, remaining);
  }
}

function json(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}

/**
 * The resources of a function, with CloudFormation's side started and everything reset for each test of the
 * file.
 */
export function resourcesFor(handler: Handler, aws: FakeAws, home = 'eu-central-1'): Resources {
  const cloudFormation = new CloudFormation();
  const store = new ParameterStore();
  const resources = new Resources(handler, cloudFormation);
  beforeAll(async () => {
    process.env['AWS_REGION'] = home;
    await cloudFormation.start();
  });
  afterAll(() => cloudFormation.stop());
  beforeEach(() => {
    cloudFormation.reset();
    store.reset();
    resources.reset();
    aws.reset();
    jest.spyOn(console, 'error').mockReturnValue(undefined);
    jest.spyOn(console, 'log').mockReturnValue(undefined);
  });
  return resources;
}
