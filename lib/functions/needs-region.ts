import { Stack, Token } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Refuses a stack whose Region is another one, or not known: the deployment would fail.
 *
 * @param what what needs the Region
 * @param why what only this Region has
 * @throws {Error} if the stack of the scope is elsewhere
 */
export function needsRegion(scope: IConstruct, what: string, wanted: string, why: string): void {
  const { region } = Stack.of(scope);
  if (region === wanted) return;
  const got = Token.isUnresolved(region) ? 'a stack without a Region' : region;
  throw new Error(`${what} needs a stack in ${wanted}, ${why}, got ${got}`);
}
