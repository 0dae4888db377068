import { Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Acknowledges one wildcard in the resources of a policy, and no other.
 *
 * @param policy the construct that holds the policy
 * @param resource the resource as the policy has it
 * @param reason why it can't be narrower
 */
export function acknowledgeWildcard(policy: IConstruct, resource: string, reason: string): void {
  const finding = spell(Stack.of(policy).resolve(resource));
  Validations.of(policy).acknowledge({ id: `AwsSolutions-IAM5[Resource::${finding}]`, reason });
}

/** Spells a resolved value as cdk-nag does in the ids of its findings. */
function spell(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const [[kind, argument] = ['', undefined]] = Object.entries(value) as [string, unknown][];
  if (kind === 'Ref') return `<${String(argument)}>`;
  if (kind === 'Fn::GetAtt' && Array.isArray(argument)) return `<${argument.join('.')}>`;
  if (kind === 'Fn::Join' && Array.isArray(argument)) {
    const [separator, parts] = argument as [string, unknown[]];
    return parts.map(spell).join(separator);
  }
  throw new Error(`can't spell ${JSON.stringify(value)}`);
}
