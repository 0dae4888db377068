import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Refuses what the stack already has, or another stack of the app that is in the same account and Region.
 *
 * @param scope scope of the new constructs
 * @param names names of the new constructs
 * @param nameOf returns the name of an existing construct, if it is one of these
 * @throws {Error} if a name is taken
 */
export function onlyOnce(
  scope: IConstruct,
  names: readonly string[],
  nameOf: (one: IConstruct) => string | false,
): void {
  const stack = Stack.of(scope);
  const isKnown = !stack.environment.includes('unknown');
  const isNear = (other: Stack) => other === stack || (isKnown && other.environment === stack.environment);
  for (const one of stack.node.root.node.findAll()) {
    const name = nameOf(one);
    if (name !== false && names.includes(name) && isNear(Stack.of(one))) {
      throw new Error(`${name} must be unique in an account and Region, got it twice`);
    }
  }
}
