import { z } from 'zod';
import { isAsDeployed } from './policy-documents';
import type { AccountSnapshot, DeployedSuite, Properties } from './snapshot';
import type { StackKind } from '../stacks/stack-kinds';
import { type ValueOf, valuesOf } from './template-values';

export type { ValueOf };

/** The values of references in the template of a stack of the suite. */
export function referencesOf(
  { caller, region }: Pick<AccountSnapshot, 'caller' | 'region'>,
  suite: DeployedSuite,
  kind: StackKind,
): ValueOf {
  const stack = suite.find((one) => one.kind === kind);
  return stack ? valuesOf(stack, caller, region) : () => undefined;
}

/** Names of the properties that differ from the template, or that only one side has. */
export function differences(wanted: Properties, actual: Properties, of: ValueOf): string[] {
  const names = [...new Set([...Object.keys(wanted), ...Object.keys(actual)])].sort();
  return names.filter((name) => !isAsDeployed(wanted[name], actual[name], of));
}

/** What differs, such as "State and Targets of the event rule x differ from the template." */
export function differing(names: readonly string[], what: string): string {
  return `${names.join(', ')} of ${what} ${names.length === 1 ? 'differs' : 'differ'} from the template.`;
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
