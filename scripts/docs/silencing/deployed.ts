import type { BaselineConfig } from '../../../lib/config/config';
import { templatesOf } from '../../../lib/stacks/templates';

/** A resource with its properties as CloudFormation resolves them. */
export interface DeployedResource {
  /** `Stack/LogicalId`, such as `Alarms/NotificationsTopic`. */
  readonly id: string;
  readonly type: string;
  /** What `Ref` returns: a name, an ARN, or an ID. */
  readonly ref: string;
  /** @default - types that are not needed have none */
  readonly arn?: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown }>>;
  readonly Mappings?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
}

export const ACCOUNT = '123456789012';
const KEY_ID = '1234abcd-12ab-34cd-56ef-1234567890ab';

/** The resources of a configuration, as if they were deployed. */
export class DeployedAccount {
  readonly resources: readonly DeployedResource[];
  /** Region of the stacks. */
  readonly region: string;
  /** Prefix of the stack names. */
  readonly prefix: string;
  private readonly templates: Readonly<Record<string, Template>>;

  /** @param region home Region, if the configuration names none */
  constructor(
    private readonly config: BaselineConfig,
    region = 'us-east-1',
  ) {
    this.region = config.region ?? region;
    this.prefix = config.stackName;
    this.templates = Object.fromEntries(
      templatesOf(config).map(({ stackName, template }) => [
        stackName.slice(config.stackName.length + 1),
        template as Template,
      ]),
    );
    this.resources = Object.entries(this.templates).flatMap(([stack, { Resources }]) =>
      Object.entries(Resources).map(([logicalId, resource]) => ({
        id: `${stack}/${logicalId}`,
        type: resource.Type,
        ref: this.refOf(stack, logicalId),
        arn: this.arnOf(stack, logicalId),
        properties: this.resolve(stack, resource.Properties ?? {}) as Readonly<Record<string, unknown>>,
      })),
    );
  }

  /** The resources of a type. */
  ofType(type: string): DeployedResource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  /**
   * The resource with this ID.
   *
   * @throws {Error} if the configuration does not create it
   */
  get(id: string): DeployedResource {
    const found = this.resources.find((resource) => resource.id === id);
    if (!found) throw new Error(`no stack has the resource ${id}`);
    return found;
  }

  /** The name that CloudFormation generates, or that the template sets. */
  private nameOf(stack: string, logicalId: string): string {
    const { Type, Properties = {} } = this.resource(stack, logicalId);
    const set = Object.entries(Properties).find(
      ([property]) => property === `${Type.split('::').at(-1) ?? ''}Name` || property === 'AliasName',
    );
    if (set) return String(this.resolve(stack, set[1]));
    const name = `${this.config.stackName}-${stack}-${logicalId}-AbCdEf123456`;
    return Type === 'AWS::S3::Bucket' ? name.toLowerCase() : name;
  }

  private refOf(stack: string, logicalId: string): string {
    const { Type } = this.resource(stack, logicalId);
    if (Type === 'AWS::KMS::Key') return KEY_ID;
    const arn = Type === 'AWS::SNS::Topic' ? this.arnOf(stack, logicalId) : undefined;
    return arn ?? this.nameOf(stack, logicalId);
  }

  private arnOf(stack: string, logicalId: string): string | undefined {
    const regional = (service: string, resource: string) =>
      `arn:aws:${service}:${this.region}:${ACCOUNT}:${resource}`;
    const { Type } = this.resource(stack, logicalId);
    if (Type === 'AWS::KMS::Key') return regional('kms', `key/${KEY_ID}`);
    const name = this.nameOf(stack, logicalId);
    switch (Type) {
      case 'AWS::CloudTrail::Trail':
        return regional('cloudtrail', `trail/${name}`);
      case 'AWS::CloudWatch::Alarm':
        return regional('cloudwatch', `alarm:${name}`);
      case 'AWS::Events::Rule':
        return regional('events', `rule/${name}`);
      case 'AWS::IAM::Role':
        return `arn:aws:iam::${ACCOUNT}:role/${name}`;
      case 'AWS::Lambda::Function':
        return regional('lambda', `function:${name}`);
      case 'AWS::Logs::LogGroup':
        return regional('logs', `log-group:${name}:*`);
      case 'AWS::S3::Bucket':
        return `arn:aws:s3:::${name}`;
      case 'AWS::SNS::Topic':
        return regional('sns', name);
      default:
        return undefined;
    }
  }

  private resource(stack: string, logicalId: string): Resource {
    const found = this.templates[stack]?.Resources[logicalId];
    if (!found) throw new Error(`the stack ${stack} has no resource ${logicalId}`);
    return found;
  }

  /** A value of a template with its references resolved. What is not needed keeps its attribute as text. */
  private resolve(stack: string, node: unknown): unknown {
    if (Array.isArray(node)) return node.map((one) => this.resolve(stack, one));
    if (typeof node !== 'object' || node === null) return node;
    const [[name, argument] = ['', undefined]] = Object.entries(node);
    switch (name) {
      case 'Ref':
        return this.reference(stack, String(argument));
      case 'Fn::GetAtt':
        return this.attribute(stack, argument as [string, string]);
      case 'Fn::Sub':
        return String(argument).replace(/\$\{([\w:]+)(?:\.(\w+))?\}/g, (_, id: string, attribute?: string) =>
          attribute === undefined ? this.reference(stack, id) : this.attribute(stack, [id, attribute]),
        );
      case 'Fn::Join': {
        const [separator, parts] = argument as [string, unknown[]];
        return parts.map((part) => String(this.resolve(stack, part))).join(separator);
      }
      case 'Fn::Split': {
        const [separator, text] = this.resolve(stack, argument) as [string, string];
        return text.split(separator);
      }
      case 'Fn::Select': {
        const [index, values] = this.resolve(stack, argument) as [number, unknown[]];
        return values[index];
      }
      case 'Fn::FindInMap': {
        const [map, key, field] = this.resolve(stack, argument) as [string, string, string];
        return this.templates[stack]?.Mappings?.[map]?.[key]?.[field];
      }
      case 'Fn::GetStackOutput': {
        const { StackName, OutputName } = argument as { StackName: string; OutputName: string };
        const producer = StackName.slice(this.config.stackName.length + 1);
        return this.resolve(producer, this.templates[producer]?.Outputs?.[OutputName]?.Value);
      }
      default:
        return Object.fromEntries(
          Object.entries(node).map(([key, value]) => [key, this.resolve(stack, value)]),
        );
    }
  }

  private reference(stack: string, id: string): string {
    const pseudo: Readonly<Record<string, string>> = {
      'AWS::AccountId': ACCOUNT,
      'AWS::Partition': 'aws',
      'AWS::Region': this.region,
      'AWS::StackName': `${this.config.stackName}-${stack}`,
      'AWS::URLSuffix': 'amazonaws.com',
    };
    return pseudo[id] ?? (id.startsWith('AWS::') ? id : this.refOf(stack, id));
  }

  private attribute(stack: string, [id, attribute]: [string, string]): string {
    if (attribute === 'TopicName') return this.nameOf(stack, id);
    return attribute === 'Arn'
      ? (this.arnOf(stack, id) ?? `${this.refOf(stack, id)}.Arn`)
      : `${this.refOf(stack, id)}.${attribute}`;
  }
}
