import { Stack, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Refuses what the stack already has, or another stack of the app that is in the same place.
 *
 * @param scope scope of the new constructs
 * @param names names of the new constructs
 * @param nameOf returns the name of an existing construct, if it is one of these
 * @param place what can have it only once
 * @throws {Error} if a name is taken
 */
export function onlyOnce(
  scope: IConstruct,
  names: readonly string[],
  nameOf: (one: IConstruct) => string | false | undefined,
  place: 'account' | 'account and Region' = 'account and Region',
): void {
  const stack = Stack.of(scope);
  const isSame = (one: string, other: string) => one === other && !Token.isUnresolved(one);
  const isNear = (other: Stack) =>
    other === stack ||
    (isSame(other.account, stack.account) && (place === 'account' || isSame(other.region, stack.region)));
  for (const one of stack.node.root.node.findAll()) {
    const name = nameOf(one);
    if (name && names.includes(name) && isNear(Stack.of(one))) {
      const paths = new Set([one.node.scope?.node.path, scope.node.path]);
      throw new Error(`${name} is in ${[...paths].join(' and ')}: an ${place} can have it only once`);
    }
  }
}
