import type { BaselineConfig } from '../../lib/config/config';
import { CallFailed, Clients } from '../../lib/posture/clients';
import { STACK_KINDS, type StackKind, stackNameOf } from '../../lib/stacks/stack-kinds';

export interface DeployedTemplate {
  readonly Resources: Readonly<Record<string, { readonly Type: string }>>;
}

type Input = Readonly<Record<string, unknown>>;
type Answer = (input: Input) => object;

interface Client {
  readonly config: { readonly serviceId: string; readonly requestHandler: object };
  send(command: object): unknown;
  destroy(): void;
}

/** As many filters as CloudWatch Logs returns at once. */
const FILTERS_A_PAGE = 50;

/**
 * Clients of an account in which these templates are deployed, and which notes the calls. Each resource has
 * its logical ID as physical ID. A call about nothing of the templates gets an empty answer.
 */
export class DeployedBaseline extends Clients {
  /** The calls so far, each with its Region and input. */
  readonly calls: string[] = [];
  private readonly region: string;
  private readonly answers: Readonly<Partial<Record<string, Answer>>>;

  constructor(
    { stackName, region = 'us-east-1', administrators }: BaselineConfig,
    templates: Readonly<Partial<Record<StackKind, DeployedTemplate>>>,
    regions: readonly string[],
  ) {
    super({ region });
    this.region = region;
    const stacks = new Map(
      STACK_KINDS.flatMap((kind) => {
        const template = templates[kind];
        return template ? [[stackNameOf(stackName, kind), template] as const] : [];
      }),
    );
    const resources = [...stacks.values()].flatMap(({ Resources }) => Object.entries(Resources));
    const idsOf = (type: string) => resources.flatMap(([id, { Type }]) => (Type === type ? id : []));
    const templateOf = (name: unknown): DeployedTemplate => {
      const message = `Stack with id ${String(name)} does not exist`;
      const found = stacks.get(String(name));
      if (!found) throw new CallFailed('cloudformation.DescribeStacks', new Error(message));
      return found;
    };
    const stackOf = (StackName: string) => ({
      StackName,
      StackId: `arn:aws:cloudformation:${region}:123456789012:stack/${StackName}/1`,
      StackStatus: 'CREATE_COMPLETE',
    });
    this.answers = {
      DescribeStacks: ({ StackName }) => {
        if (typeof StackName !== 'string') return { Stacks: [...stacks.keys()].map(stackOf) };
        templateOf(StackName);
        return { Stacks: [stackOf(StackName)] };
      },
      GetTemplate: ({ StackName }) => ({ TemplateBody: JSON.stringify(templateOf(StackName)) }),
      ListStackResources: ({ StackName }) => ({
        StackResourceSummaries: Object.entries(templateOf(StackName).Resources).map(([id, { Type }]) => ({
          LogicalResourceId: id,
          PhysicalResourceId: id,
          ResourceType: Type,
          ResourceStatus: 'CREATE_COMPLETE',
        })),
      }),
      DescribeRegions: () => ({
        Regions: regions.map((RegionName) => ({ RegionName, OptInStatus: 'opt-in-not-required' })),
      }),
      GenerateCredentialReport: () => ({ State: 'COMPLETE' }),
      GetAccountAuthorizationDetails: () => ({
        UserDetailList: administrators.map((UserName) => ({ UserName, GroupList: [] })),
      }),
      DescribeTrails: () => ({
        trailList: idsOf('AWS::CloudTrail::Trail').map((Name) => ({ Name, TrailARN: Name })),
      }),
      DescribeKey: () => ({ KeyMetadata: { KeyId: idsOf('AWS::KMS::Key')[0], KeyState: 'Enabled' } }),
      DescribeMetricFilters: ({ nextToken }) => {
        const ids = idsOf('AWS::Logs::MetricFilter');
        const from = Number(nextToken ?? 0);
        const next = from + FILTERS_A_PAGE;
        return {
          metricFilters: ids.slice(from, next).map((filterName) => ({ filterName })),
          ...(next < ids.length ? { nextToken: String(next) } : {}),
        };
      },
      ListRules: () => ({ Rules: idsOf('AWS::Events::Rule').map((Name) => ({ Name })) }),
      ListSubscriptionsByTopic: ({ TopicArn }) => ({
        Subscriptions: resources.flatMap(([id, one]) =>
          one.Type === 'AWS::SNS::Subscription' &&
          JSON.stringify(one).includes(`"TopicArn":{"Ref":"${String(TopicArn)}"}`)
            ? { SubscriptionArn: `arn:${id}`, Protocol: 'email', Endpoint: id }
            : [],
        ),
      }),
      DescribeBudget: () => ({
        Budget: {
          BudgetLimit: { Amount: '50', Unit: 'USD' },
          CostTypes: {},
          TimePeriod: { Start: new Date(0), End: new Date('2087-06-15') },
        },
      }),
      DescribeNotificationsForBudget: () => ({
        Notifications: [80, 100, 120].map((Threshold) => ({ NotificationType: 'ACTUAL', Threshold })),
      }),
      GetImageBlockPublicAccessState: () => ({ ImageBlockPublicAccessState: 'block-new-sharing' }),
      ListFindings: () => ({ findings: [] }),
      DescribeImages: () => ({ Images: [] }),
      ListResources: () => ({ ResourceDescriptions: [] }),
    };
  }

  override get<T extends Client>(client: new (configuration: never) => T, region?: string): T {
    const send = ({ constructor, input }: { constructor: { name: string }; input: Input }) => {
      const name = constructor.name.replace(/Command$/, '');
      this.calls.push(`${client.name} ${name} ${region ?? ''} ${JSON.stringify(input)}`);
      return Promise.resolve().then(() => this.answers[name]?.(input) ?? {});
    };
    const config = { region: () => Promise.resolve(this.region) };
    // The SDK's paginators look whose instance it is.
    return Object.assign(Object.create(client.prototype as object) as T, { send, config });
  }
}
