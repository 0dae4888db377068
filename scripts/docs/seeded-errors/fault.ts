import type { StackKind } from '../../../lib/stacks/stack-kinds';

/** Properties of a resource as CloudFormation has them. */
export type Properties = Record<string, unknown>;

export interface Resource {
  readonly Type: string;
  readonly Properties: Properties;
  readonly DependsOn?: string | readonly string[];
}

/** A template of the suite with one small mistake that AWS would refuse. */
export interface Fault {
  /** What is wrong, for the name of the test. */
  readonly fault: string;
  readonly stack: StackKind;
  /** Logical ID of the changed resource, or its type, of which the first one is changed. */
  readonly of: string;
  readonly change: (properties: Properties) => Properties;
  /** What the reason of the failure contains: the property, and the value or the limit. */
  readonly says: string;
  /** Logical IDs or types of resources that notice the mistake. @default - the changed resource */
  readonly noticedBy?: readonly string[];
}

type Row = readonly [
  fault: string,
  of: string,
  change: Fault['change'],
  says: string,
  ...noticedBy: readonly string[],
];

/** Rows of one stack. */
export function faultsOf(stack: StackKind, rows: readonly Row[]): Fault[] {
  return rows.map(([fault, of, change, says, ...noticedBy]) => ({
    ...{ fault, stack, of, change, says },
    ...(noticedBy.length > 0 ? { noticedBy } : {}),
  }));
}

/** Sets a property, at a path such as `Budget.TimeUnit` or `Targets.0.Arn`. Undefined removes it. */
export const set =
  (path: string, value: unknown) =>
  (properties: Properties): Properties =>
    at(properties, path.split('.'), value) as Properties;

function at(target: unknown, [step = '', ...rest]: readonly string[], value: unknown): unknown {
  const next = rest.length === 0 ? value : at((target as Properties | undefined)?.[step], rest, value);
  if (Array.isArray(target))
    return target.map((one, index) => (String(index) === step ? next : (one as unknown)));
  return { ...(target as Properties | undefined), [step]: next };
}

/** Removes the statement with this ID from every policy of the resource. */
export const without =
  (sid: string) =>
  (properties: Properties): Properties =>
    mapped(properties, (value) =>
      Array.isArray(value) ? value.filter((one) => (one as Properties | undefined)?.Sid !== sid) : value,
    ) as Properties;

/** Replaces a text wherever the properties contain it. */
export const replaced =
  (text: string, by: string) =>
  (properties: Properties): Properties =>
    mapped(properties, (value) =>
      typeof value === 'string' ? value.replaceAll(text, by) : value,
    ) as Properties;

function mapped(value: unknown, change: (value: unknown) => unknown): unknown {
  const changed = change(value);
  if (Array.isArray(changed)) return changed.map((one) => mapped(one, change));
  if (typeof changed !== 'object' || changed === null) return changed;
  return Object.fromEntries(Object.entries(changed).map(([key, one]) => [key, mapped(one, change)]));
}

/** Adds a statement to the policy in a property. */
export const withStatement =
  (property: string, statement: object) =>
  (properties: Properties): Properties => {
    const policy = properties[property] as { Statement: readonly object[] };
    return { ...properties, [property]: { ...policy, Statement: [...policy.Statement, statement] } };
  };
