import type { BaselineConfig } from '../config/config';
import { merged, mergedId, type Json } from '../stacks/merged';
import { stackKindsOf, stackNameOf } from '../stacks/stack-kinds';
import { templatesOf } from '../stacks/templates';
import { type Place, type TemplatePolicies, templatePolicies } from './template-policies';

/** The stacks of a configuration, to be resolved for a place. */
export class ConfiguredStacks {
  private readonly templates: Readonly<Record<string, Json>>;

  constructor(private readonly config: BaselineConfig) {
    const all = new Map(templatesOf(config).map(({ stackName, template }) => [stackName, template as Json]));
    this.templates = Object.fromEntries(
      stackKindsOf(config).flatMap((kind) => {
        const template = all.get(stackNameOf(config.stackName, kind));
        return template ? [[kind, template] as const] : [];
      }),
    );
  }

  /** Names of the stacks. */
  get stackNames(): string[] {
    return Object.keys(this.templates).map((kind) => `${this.config.stackName}-${kind}`);
  }

  /**
   * The policies as they are after a deployment.
   *
   * @param physical physical IDs by stack name and logical ID. @default - none
   */
  policies(
    place: Omit<Place, 'physical' | 'stackName'>,
    physical: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map(),
  ): TemplatePolicies {
    const { stackName } = this.config;
    const idOf = mergedId(this.templates);
    const ids = Object.keys(this.templates).flatMap((kind) =>
      [...(physical.get(`${stackName}-${kind}`) ?? [])].map(
        ([id, value]) => [idOf(kind, id), value] as const,
      ),
    );
    return templatePolicies(merged(this.templates), { ...place, stackName, physical: new Map(ids) });
  }
}
