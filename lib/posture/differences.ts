import { isAsDeployed } from './policy-documents';
import type { AccountSnapshot, DeployedSuite, Properties } from './snapshot';
import type { StackKind } from '../stacks/stack-kinds';
import { type ValueOf, valuesOf } from './template-values';

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
