/** What is looked at in a template. */
export interface CloudFormationTemplate {
  readonly Parameters?: Readonly<Record<string, unknown>>;
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> }>
  >;
}

/**
 * Names that the template refers to and that are not in it. A text that looks like a reference in Fn::Sub is
 * one.
 */
export function danglingReferences(template: CloudFormationTemplate): string[] {
  const { Resources, Parameters = {} } = template;
  return referencesIn(template).filter(
    (name) =>
      !name.startsWith('AWS::') && !Object.hasOwn(Resources, name) && !Object.hasOwn(Parameters, name),
  );
}

function referencesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return (Object.entries(value) as [string, unknown][]).flatMap(([key, child]) => {
    if (key === 'Ref' && typeof child === 'string') return [child];
    if (key === 'DependsOn') return [child].flat() as string[];
    if (key === 'Fn::GetAtt')
      return [Array.isArray(child) ? String(child[0]) : (String(child).split('.')[0] ?? '')];
    if (key === 'Fn::Sub' && typeof child === 'string') {
      return [...child.matchAll(/\$\{([^!}.][^}.]*)[^}]*\}/g)].map(([, name = '']) => name);
    }
    return referencesIn(child);
  });
}
