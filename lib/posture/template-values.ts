import { z } from 'zod';
import type { DeployedStack, DeployedSuite } from './snapshot';

const Template = z.object({
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).optional(),
});

/** Resolves a reference such as `AWS::Region` or a logical ID; undefined if unknown. */
export type ValueOf = (reference: string) => string | undefined;

/** A reference that nothing resolves, so that any string without a wildcard matches. */
const ANY = { Ref: '(unknown)' };

/** The values of references in the template of a stack: its resources, its parameters, and its account. */
export function valuesOf(
  { stack, resources }: DeployedStack,
  caller: { readonly account: string; readonly partition: string },
  region: string,
): ValueOf {
  const known = new Map([
    ...(stack.Parameters ?? []).map(
      ({ ParameterKey, ParameterValue, ResolvedValue }) =>
        [ParameterKey, ResolvedValue ?? ParameterValue] as const,
    ),
    ...resources.map(
      ({ LogicalResourceId, PhysicalResourceId }) => [LogicalResourceId, PhysicalResourceId] as const,
    ),
    ['AWS::AccountId', caller.account],
    ['AWS::Partition', caller.partition],
    ['AWS::Region', region],
    ['AWS::StackName', stack.StackName],
  ]);
  return (reference) => known.get(reference);
}

/**
 * A value of a template without outputs of other stacks, mappings and joins. The references that remain are
 * those that `isAsDeployed` compares.
 */
export function resolved(value: unknown, stack: DeployedStack, suite: DeployedSuite, of: ValueOf): unknown {
  const { Mappings = {} } = Template.parse(stack.template);
  const resolve = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(resolve);
    if (typeof one !== 'object' || one === null) return one;
    const entries: readonly (readonly [string, unknown])[] = Object.entries(one);
    const [first, ...others] = entries;
    if (!first || others.length > 0) {
      return Object.fromEntries(entries.map(([key, each]) => [key, resolve(each)]));
    }
    const [name, content] = first;
    if (name === 'Fn::GetStackOutput') return outputOf(content, suite) ?? ANY;
    if (name === 'Fn::ImportValue') return exported(content, suite) ?? ANY;
    if (name === 'Fn::FindInMap') return foundIn(Mappings, content, of) ?? ANY;
    if (name === 'Fn::Join') return joined(content, resolve) ?? ANY;
    // Any other function is not evaluated.
    if (name.startsWith('Fn::') && name !== 'Fn::GetAtt' && name !== 'Fn::Sub') return ANY;
    return { [name]: resolve(content) };
  };
  return resolve(value);
}

function outputOf(content: unknown, suite: DeployedSuite): string | undefined {
  const { StackName, OutputName } = z
    .object({ StackName: z.string(), OutputName: z.string() })
    .parse(content);
  const outputs = suite.find(({ stack }) => stack.StackName === StackName)?.stack.Outputs ?? [];
  return outputs.find(({ OutputKey }) => OutputKey === OutputName)?.OutputValue;
}

function exported(name: unknown, suite: DeployedSuite): string | undefined {
  const outputs = suite.flatMap(({ stack }) => stack.Outputs ?? []);
  return outputs.find(({ ExportName }) => ExportName === name)?.OutputValue;
}

function foundIn(
  mappings: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>,
  content: unknown,
  of: ValueOf,
): unknown {
  const [map, first, second] = z
    .array(z.unknown())
    .parse(content)
    .map((key) => {
      const { data } = z.object({ Ref: z.string() }).safeParse(key);
      return data ? (of(data.Ref) ?? '') : String(key);
    });
  return mappings[map ?? '']?.[first ?? '']?.[second ?? ''];
}

/** The string in the syntax of Fn::Sub; undefined if a part is no string. */
function joined(content: unknown, resolve: (one: unknown) => unknown): object | undefined {
  const { data } = z.tuple([z.string(), z.array(z.unknown())]).safeParse(content);
  if (!data) return undefined;
  const [separator, parts] = data;
  const texts = parts.map(resolve).map((part) => {
    if (typeof part === 'string') return part.replaceAll('${', '${!');
    const { data: one } = z.object({ Ref: z.string() }).safeParse(part);
    if (one) return `\${${one.Ref}}`;
    const { data: attribute } = z.object({ 'Fn::GetAtt': z.array(z.string()) }).safeParse(part);
    if (attribute) return `\${${attribute['Fn::GetAtt'].join('.')}}`;
    return z.object({ 'Fn::Sub': z.string() }).safeParse(part).data?.['Fn::Sub'];
  });
  return texts.every((text) => text !== undefined) ? { 'Fn::Sub': texts.join(separator) } : undefined;
}
