import { Aws, CfnMapping, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { CONSOLE_DOMAINS } from './console-domains';

/** Domain of the console, or of its sign-in page, in the partition that the stack is deployed to. */
export function consoleDomain(scope: Construct, kind: 'console' | 'signIn'): string {
  const stack = Stack.of(scope);
  const id = 'ConsoleDomains';
  const existing = stack.node.tryFindChild(id);
  const mapping =
    existing instanceof CfnMapping ? existing : new CfnMapping(stack, id, { mapping: CONSOLE_DOMAINS });
  return mapping.findInMap(Aws.PARTITION, kind);
}
