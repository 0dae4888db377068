import { readableTemplate } from './readable-template';

/** The parts of a template that are merged. */
export interface Json {
  readonly Resources: Readonly<Record<string, unknown>>;
  readonly Outputs?: Readonly<
    Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: string } }>
  >;
  readonly Mappings?: Readonly<Record<string, unknown>>;
}

/**
 * Merges the stacks of the suite, for checks that do not depend on the stack. References to other stacks
 * become references within the template. A logical ID that several stacks use gets the stack name as a
 * prefix.
 *
 * @param stacks templates by the last part of the stack name, such as Audit
 */
export function merged(stacks: Readonly<Record<string, Json>>): Json {
  const rename = mergedId(stacks);

  const rewrite = (kind: string, node: unknown): unknown => {
    if (Array.isArray(node)) return node.map((one) => rewrite(kind, one));
    if (typeof node !== 'object' || node === null) return node;
    if ('Ref' in node) return { Ref: rename(kind, String(node.Ref)) };
    if ('Fn::GetAtt' in node) {
      const [id = '', ...path] = node['Fn::GetAtt'] as string[];
      return { 'Fn::GetAtt': [rename(kind, id), ...path] };
    }
    if ('Fn::Sub' in node && typeof node['Fn::Sub'] === 'string') {
      return {
        'Fn::Sub': node['Fn::Sub'].replace(
          /\$\{(\w+)(\.\w+)?\}/g,
          (_, id: string, attribute = '') => `\${${rename(kind, id)}${String(attribute)}}`,
        ),
      };
    }
    if ('Fn::GetStackOutput' in node) {
      const { StackName, OutputName } = node['Fn::GetStackOutput'] as Record<string, string>;
      const producer = StackName?.split('-').at(-1) ?? '';
      const output = stacks[producer]?.Outputs?.[OutputName ?? ''];
      if (!output)
        throw new Error(`${kind} refers to ${OutputName ?? ''} of ${producer}, which has no such output`);
      return rewrite(producer, output.Value);
    }
    if ('Fn::ImportValue' in node) {
      const name = String(node['Fn::ImportValue']);
      const found = Object.entries(stacks).flatMap(([producer, { Outputs = {} }]) =>
        Object.values(Outputs)
          .filter(({ Export }) => Export?.Name === name)
          .map(({ Value }) => rewrite(producer, Value)),
      );
      if (found.length !== 1) throw new Error(`${kind} imports ${name}, which ${found.length} stacks export`);
      return found[0];
    }
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) => [
        key,
        key === 'DependsOn' ? [value].flat().map((id) => rename(kind, String(id))) : rewrite(kind, value),
      ]),
    );
  };

  const of = (part: 'Resources' | 'Outputs' | 'Mappings', isShared: (id: string) => boolean) =>
    Object.fromEntries(
      Object.entries(stacks).flatMap(([kind, template]) =>
        Object.entries(template[part] ?? {}).map(([id, value]) => [
          isShared(id) ? rename(kind, id) : id,
          rewrite(kind, value),
        ]),
      ),
    );
  const none = () => false;
  return readableTemplate({
    Mappings: of('Mappings', none),
    Resources: of('Resources', () => true),
    Outputs: of('Outputs', none),
  }) as Json;
}

/** The logical ID in the merged template of a resource of a stack. */
export function mergedId(
  stacks: Readonly<Record<string, Pick<Json, 'Resources'>>>,
): (kind: string, id: string) => string {
  const ids = Object.values(stacks).flatMap(({ Resources }) => Object.keys(Resources));
  const shared = new Set(ids.filter((id, index) => ids.indexOf(id) !== index));
  return (kind, id) => (shared.has(id) ? `${kind}${id}` : id);
}
