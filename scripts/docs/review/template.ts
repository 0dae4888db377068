import { templatesOf } from '../../../lib/stacks/templates';
import type { BaselineConfig } from '../../../lib/config/config';
import { parseTemplate } from '../../../lib/posture/parse-template';

/** A resource, as far as a review reads it. */
export interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
}

/** A template, as far as a review reads it. */
interface Template {
  readonly Description: string;
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown }>>;
}

/** A stack's template, with those of the other stacks that it refers to. */
export interface Reviewed {
  readonly stackName: string;
  readonly template: Template;
  /** Templates of the suite, by the name of their stack. */
  readonly suite: Readonly<Record<string, Template>>;
}

/** The stacks of a configuration, for review. */
export function reviewed(config: BaselineConfig): Reviewed[] {
  const suite = Object.fromEntries(
    templatesOf(config).map(({ stackName, template }) => [stackName, template as Template]),
  );
  return Object.entries(suite).map(([stackName, template]) => ({ stackName, template, suite }));
}

/** The template that the StackSet of a stack deploys to other accounts; undefined if it has none. */
export function deployedElsewhere(stack: Reviewed): Reviewed | undefined {
  const set = resourcesOf(stack).find(([, { Type }]) => Type === 'AWS::CloudFormation::StackSet')?.[1];
  const body = set && property(set, 'TemplateBody');
  if (typeof body !== 'string') return undefined;
  return { stackName: `StackSet-${stack.stackName}`, template: parseTemplate(body) as Template, suite: {} };
}

/** The resources of a template. */
export function resourcesOf({ template }: Reviewed): [logicalId: string, resource: Resource][] {
  return Object.entries(template.Resources);
}

/** A property of a resource, undefined if it is not set. */
export function property(resource: Resource, name: string): unknown {
  return resource.Properties?.[name];
}

/** One thing or a list of them, as a list; nothing is an empty one. */
export function list(value: unknown): unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
