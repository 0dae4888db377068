import { Aws, CfnMapping, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** @see https://docs.aws.amazon.com/general/latest/gr/aws-sec-cred-types.html */
const DOMAINS = {
  aws: { console: 'console.aws.amazon.com', signIn: 'signin.aws.amazon.com' },
  'aws-cn': { console: 'console.amazonaws.cn', signIn: 'signin.amazonaws.cn' },
  'aws-us-gov': { console: 'console.amazonaws-us-gov.com', signIn: 'signin.amazonaws-us-gov.com' },
};

/** Domain of the console, or of its sign-in page, in the partition that the stack is deployed to. */
export function consoleDomain(scope: Construct, kind: 'console' | 'signIn'): string {
  const stack = Stack.of(scope);
  const id = 'ConsoleDomains';
  const existing = stack.node.tryFindChild(id);
  const mapping = existing instanceof CfnMapping ? existing : new CfnMapping(stack, id, { mapping: DOMAINS });
  return mapping.findInMap(Aws.PARTITION, kind);
}
