import type { Stack } from '@aws-sdk/client-cloudformation';
import { z } from 'zod';
import type { DeployedStack, DeployedSuite } from './snapshot';

const Template = z.object({
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).optional(),
});

/** Resolves a reference such as `AWS::Region` or a logical ID; undefined if unknown. */
export type ValueOf = (reference: string) => string | undefined;

/** A reference that nothing resolves, so that any string without a wildcard matches. */
const ANY = { Ref: '(unknown)' };

/** What a condition leaves out. */
const NOTHING = Symbol('nothing');

/** The values of the parameters of a stack. */
export function parametersOf({ Parameters = [] }: Pick<Stack, 'Parameters'> = {}): Record<string, string> {
  return Object.fromEntries(
    Parameters.map(({ ParameterKey = '', ParameterValue = '', ResolvedValue }) => [
      ParameterKey,
      ResolvedValue ?? ParameterValue,
    ]),
  );
}

/** The values of references in the template of a stack: its resources, its parameters, and its account. */
export function valuesOf(
  { stack, resources }: DeployedStack,
  caller: { readonly account: string; readonly partition: string },
  region: string,
): ValueOf {
  const known = new Map([
    ...Object.entries(parametersOf(stack)),
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
 * A value of a template without outputs of other stacks, mappings, conditions and joins. The references that
 * remain are those that `isAsDeployed` compares.
 */
export function resolved(value: unknown, stack: DeployedStack, suite: DeployedSuite, of: ValueOf): unknown {
  const { Conditions, Mappings = {} } = Template.parse(stack.template);
  const resolve = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(resolve).filter((each) => each !== NOTHING);
    if (typeof one !== 'object' || one === null) return one;
    const entries: readonly (readonly [string, unknown])[] = Object.entries(one);
    const [first, ...others] = entries;
    if (!first || others.length > 0) {
      const values = entries.map(([key, each]) => [key, resolve(each)] as const);
      return Object.fromEntries(values.filter(([, each]) => each !== NOTHING));
    }
    const [name, content] = first;
    if (name === 'Ref' && content === 'AWS::NoValue') return NOTHING;
    if (name === 'Fn::If') return resolve(chosen(content, Conditions, of) ?? ANY);
    if (name === 'Fn::GetStackOutput') return outputOf(content, suite) ?? ANY;
    if (name === 'Fn::ImportValue') return exported(content, suite) ?? ANY;
    if (name === 'Fn::FindInMap') return foundIn(Mappings, content, of) ?? ANY;
    if (name === 'Fn::Join') return joined(content, resolve) ?? ANY;
    if (name === 'Fn::Split') return split(content, resolve, of) ?? ANY;
    if (name === 'Fn::Select') return selected(content, resolve) ?? ANY;
    // Any other function is not evaluated.
    if (name.startsWith('Fn::') && name !== 'Fn::GetAtt' && name !== 'Fn::Sub') return ANY;
    return { [name]: resolve(content) };
  };
  return resolve(value);
}

/** The value that a condition chooses; undefined if it depends on what is not known. */
function chosen(content: unknown, conditions: Conditions, of: ValueOf): unknown {
  const { data } = z.tuple([z.string(), z.unknown(), z.unknown()]).safeParse(content);
  if (!data) return undefined;
  const [condition, met, otherwise] = data;
  const isMet = holds({ Condition: condition }, conditions, of);
  if (isMet === undefined) return undefined;
  return isMet ? met : otherwise;
}

type Conditions = Readonly<Record<string, unknown>>;

const Condition = z.union([
  z.object({ Condition: z.string() }),
  z.object({ 'Fn::Equals': z.tuple([z.unknown(), z.unknown()]) }),
  z.object({ 'Fn::Not': z.tuple([z.unknown()]) }),
]);

/** Whether a condition is met; undefined if it is not known. */
export function holds(condition: unknown, conditions: Conditions, of: ValueOf): boolean | undefined {
  const { data } = Condition.safeParse(condition);
  if (!data) return undefined;
  if ('Condition' in data) return holds(conditions[data.Condition], conditions, of);
  if ('Fn::Not' in data) {
    const isMet = holds(data['Fn::Not'][0], conditions, of);
    return isMet === undefined ? undefined : !isMet;
  }
  const [one, other] = data['Fn::Equals'].map((value) => {
    const { data: reference } = z.object({ Ref: z.string() }).safeParse(value);
    return reference ? of(reference.Ref) : value;
  });
  return one === undefined || other === undefined ? undefined : one === other;
}

/** The text of a value of a template; undefined if it has a reference that is not known. */
export function textOf(value: unknown, of: ValueOf): string | undefined {
  if (typeof value === 'string') return value;
  const { Ref, 'Fn::Sub': text } = Reference.safeParse(value).data ?? {};
  if (text === undefined) return Ref === undefined ? undefined : of(Ref);
  // In Fn::Sub, `${!` stands for a literal `${`.
  const known = text.replace(/\$\{([^!}][^}]*)\}/g, (all, name: string) => of(name) ?? all);
  return /\$\{[^!]/.test(known) ? undefined : known.replaceAll('${!', '${');
}

const Reference = z.object({ Ref: z.string().optional(), 'Fn::Sub': z.string().optional() });

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

/** The parts of a text; undefined if it is not known. */
function split(content: unknown, resolve: (one: unknown) => unknown, of: ValueOf): string[] | undefined {
  const { data: [separator, value] = ['', undefined] } = z
    .tuple([z.string(), z.unknown()])
    .safeParse(content);
  return textOf(resolve(value), of)?.split(separator);
}

/** An item of a list; undefined if it is not known. */
function selected(content: unknown, resolve: (one: unknown) => unknown): unknown {
  const { data: [index, list] = [0, undefined] } = z
    .tuple([z.coerce.number(), z.unknown()])
    .safeParse(content);
  const items = resolve(list);
  return Array.isArray(items) ? (items[index] as unknown) : undefined;
}

/** The string in the syntax of Fn::Sub; undefined if a part is not a string. */
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
