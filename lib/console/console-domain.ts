import { Aws, CfnMapping, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { CONSOLE_DOMAINS } from './console-domains';

/** Names of the mappings in a template. */
const MAPPINGS = { console: 'ConsoleDomains', signIn: 'SignInDomains' } as const;

/** Domain of the console, or of its sign-in page, in the partition that the stack is deployed to. */
export function consoleDomain(scope: Construct, kind: keyof typeof MAPPINGS): string {
  const stack = Stack.of(scope);
  const id = MAPPINGS[kind];
  const existing = stack.node.tryFindChild(id);
  const mapping =
    existing instanceof CfnMapping ? existing : new CfnMapping(stack, id, { mapping: domains(kind) });
  return mapping.findInMap(Aws.PARTITION, 'domain');
}

/** The domains of one kind by partition, as a mapping holds them. */
function domains(kind: keyof typeof MAPPINGS) {
  return Object.fromEntries(
    Object.entries(CONSOLE_DOMAINS).map(([partition, { [kind]: domain }]) => [partition, { domain }]),
  );
}
