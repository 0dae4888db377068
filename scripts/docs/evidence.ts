import type { Evidence, Expected, Treatment } from '../../lib/catalog/controls/control';

/** Resources of a template, by logical ID. */
export type Resources = Readonly<Record<string, { readonly Type: string; readonly Properties?: unknown }>>;

/** Logical IDs of the resources that match the evidence. */
export function found(resources: Resources, { type, properties }: Evidence): string[] {
  return Object.entries(resources)
    .filter(([, { Type, Properties = {} }]) => Type === type && matches(Properties, properties))
    .map(([logicalId]) => logicalId);
}

/** Whether the template proves the treatment. */
export function holds(resources: Resources, treatment: Treatment): boolean {
  const { evidence, none } = proof(treatment);
  return (
    evidence.every((one) => found(resources, one).length > 0) &&
    none.every((one) => found(resources, one).length === 0)
  );
}

/** The evidence of a treatment; empty for some treatments. */
export function proof(treatment: Treatment): { evidence: readonly Evidence[]; none: readonly Evidence[] } {
  return {
    evidence: ('evidence' in treatment ? treatment.evidence : undefined) ?? [],
    none: ('none' in treatment ? treatment.none : undefined) ?? [],
  };
}

function matches(actual: unknown, expected: Expected): boolean {
  if (isList(expected)) {
    return isList(actual) && expected.every((one) => actual.some((item) => matches(item, one)));
  }
  if (!isObject(expected)) return actual === expected;
  const { words, json } = expected;
  if (typeof words === 'string') {
    return typeof actual === 'string' && words.split(' ').every((word) => holdsWord(actual, word));
  }
  if (json !== undefined) return typeof actual === 'string' && matches(JSON.parse(actual), json);
  return isObject(actual) && Object.entries(expected).every(([key, one]) => matches(actual[key], one));
}

/** Whether the text contains the whole word: CreateRouteTable does not contain CreateRoute. */
function holdsWord(text: string, word: string): boolean {
  return new RegExp(`(?<!\\w)${word.replace(/[.*]/g, '\\$&')}(?!\\w)`).test(text);
}

function isList(value: unknown): value is readonly Expected[] {
  return Array.isArray(value);
}

function isObject(value: unknown): value is Readonly<Record<string, Expected>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
