import { z } from 'zod';

const Template = z.object({
  Resources: z.record(z.string(), z.object({ Type: z.string(), Properties: z.unknown().default({}) })),
});
const GroupPolicy = z.object({
  // A role policy has no groups.
  Groups: z.array(z.union([z.object({ Ref: z.string() }), z.string()])).default([]),
  PolicyName: z.string(),
  PolicyDocument: z.unknown(),
});

/** An inline policy of a group in a template. */
export interface TemplatePolicy {
  /** Logical ID of the group, or its name if another stack creates it. */
  readonly group: string;
  readonly name: string;
  /** Policy document, with CloudFormation references. */
  readonly document: unknown;
}

/** The inline policies of the groups in a template. */
export function policiesOfGroups(template: unknown): TemplatePolicy[] {
  return Object.values(Template.parse(template).Resources).flatMap(({ Type, Properties }) => {
    if (Type !== 'AWS::IAM::Policy') return [];
    const { Groups, PolicyName: name, PolicyDocument: document } = GroupPolicy.parse(Properties);
    return Groups.map((group) => ({ group: typeof group === 'string' ? group : group.Ref, name, document }));
  });
}

/**
 * Whether a document matches the template, regardless of the order of lists.
 *
 * @param valueOf value of a reference such as `AWS::Region` or a logical ID; undefined if unknown
 */
export function isAsDeployed(
  wanted: unknown,
  actual: unknown,
  valueOf: (reference: string) => string | undefined,
): boolean {
  const same = (one: unknown, other: unknown) => isAsDeployed(one, other, valueOf);
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(actual) &&
      actual.length === wanted.length &&
      wanted.every((one) => actual.some((other) => same(one, other))) &&
      // An actual item can match two expected ones if not all their references are known.
      actual.every((other) => wanted.some((one) => same(one, other)))
    );
  }
  if (typeof wanted !== 'object' || wanted === null) return String(wanted) === String(actual);
  const text = textOf(wanted);
  if (text !== undefined) return typeof actual === 'string' && patternOf(text, valueOf).test(actual);
  if (typeof actual !== 'object' || actual === null) return false;
  const names = Object.keys(wanted);
  return (
    names.length === Object.keys(actual).length &&
    names.every((name) => name in actual && same(Reflect.get(wanted, name), Reflect.get(actual, name)))
  );
}

/**
 * A document with one spelling for what services rewrite: lists of one item, and everyone as a principal.
 */
export function normalized(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 1 ? normalized(value[0]) : value.map(normalized);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, one]) => [name, normalized(one)] as const);
  const [[name, only] = [], ...others] = entries;
  return others.length === 0 && name === 'AWS' && only === '*' ? '*' : Object.fromEntries(entries);
}

/** The string that a template value stands for, in Fn::Sub syntax. */
function textOf(value: object): string | undefined {
  if ('Ref' in value) return `\${${String(value.Ref)}}`;
  if ('Fn::GetAtt' in value) return `\${${[value['Fn::GetAtt']].flat().join('.')}}`;
  return 'Fn::Sub' in value ? String(value['Fn::Sub']) : undefined;
}

/**
 * Known references must match literally. For an ARN only the end is known, and the rest must not contain a
 * wildcard.
 */
function patternOf(text: string, valueOf: (reference: string) => string | undefined): RegExp {
  const parts = text.split(/(\$\{[^}]+\})/).map((part) => {
    const [, literal, reference = ''] = /^\$\{(!?)([^}]+)\}$/.exec(part) ?? [];
    if (literal === undefined) return escaped(part);
    if (literal === '!') return escaped(`\${${reference}}`);
    const [id = '', attribute] = reference.split('.');
    const value = valueOf(id);
    if (value === undefined) return '[^*?]+';
    // A log group ARN ends in a wildcard.
    return attribute === undefined ? escaped(value) : `(?:arn:[^*?]+[:/])?${escaped(value)}(?::\\*)?`;
  });
  return new RegExp(`^${parts.join('')}$`);
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
