import { z } from 'zod';

const Template = z.object({
  Resources: z.record(z.string(), z.object({ Type: z.string(), Properties: z.unknown().default({}) })),
});
const GroupPolicy = z.object({
  // One of a role has none.
  Groups: z.array(z.object({ Ref: z.string() })).default([]),
  PolicyName: z.string(),
  PolicyDocument: z.unknown(),
});

/** An inline policy that a template gives to a group. */
export interface TemplatePolicy {
  /** Logical id of the group. */
  readonly group: string;
  readonly name: string;
  /** With CloudFormation's references in it. */
  readonly document: unknown;
}

/** The inline policies that a template gives to groups. */
export function policiesOfGroups(template: unknown): TemplatePolicy[] {
  return Object.values(Template.parse(template).Resources).flatMap(({ Type, Properties }) => {
    if (Type !== 'AWS::IAM::Policy') return [];
    const { Groups, PolicyName: name, PolicyDocument: document } = GroupPolicy.parse(Properties);
    return Groups.map(({ Ref: group }) => ({ group, name, document }));
  });
}

/**
 * Whether a document is what a template says, whatever the order of lists.
 *
 * @param valueOf the value of a reference such as `AWS::Region` or a logical id; undefined when it is not known
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
      // One that is there may stand for two that are wanted, if not all is known of them.
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

/** What stands in for a text in a template, as Fn::Sub writes it. */
function textOf(value: object): string | undefined {
  if ('Ref' in value) return `\${${String(value.Ref)}}`;
  if ('Fn::GetAtt' in value) return `\${${[value['Fn::GetAtt']].flat().join('.')}}`;
  return 'Fn::Sub' in value ? String(value['Fn::Sub']) : undefined;
}

/** References that are known are meant to the letter; of an ARN only the end is known, and no wildcard is in the rest. */
function patternOf(text: string, valueOf: (reference: string) => string | undefined): RegExp {
  const parts = text.split(/(\$\{[^}]+\})/).map((part) => {
    const [, literal, reference = ''] = /^\$\{(!?)([^}]+)\}$/.exec(part) ?? [];
    if (literal === undefined) return escaped(part);
    if (literal === '!') return escaped(`\${${reference}}`);
    const [id = '', attribute] = reference.split('.');
    const value = valueOf(id);
    if (value === undefined) return '[^*?]+';
    // The ARN of a log group ends with a wildcard of its own.
    return attribute === undefined ? escaped(value) : `(?:arn:[^*?]+[:/])?${escaped(value)}(?::\\*)?`;
  });
  return new RegExp(`^${parts.join('')}$`);
}

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
