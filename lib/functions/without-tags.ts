import { Annotations, AspectPriority, Aspects, CfnResource, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Keeps tags away from the resources of a scope, also those that an app adds later: `Tags.of(app)` reaches
 * every resource.
 */
export function withoutTags(scope: IConstruct): void {
  for (const one of scope.node.findAll()) {
    if (CfnResource.isCfnResource(one)) one.addPropertyDeletionOverride('Tags');
  }
}

/**
 * Warns if the stack has tags, which CloudFormation applies to the resources of a scope, too.
 *
 * @param what what is in the scope
 * @param harm what tags of the stack do to it
 * @throws {Error} if the stack is nested, and gets the tags of its parent
 */
export function withoutStackTags(scope: IConstruct, what: string, harm: string): void {
  const stack = Stack.of(scope);
  const text = `tags of the stack ${harm}: give it none, and set @aws-cdk/core:explicitStackTags`;
  if (stack.nested) throw new Error(`${what} must not be in a nested stack, got ${stack.node.path}: ${text}`);
  const visit = (node: IConstruct) => {
    if (node === scope && stack.tags.hasTags()) {
      Annotations.of(stack).addWarningV2('aws-account-baseline:stackTags', text);
    }
  };
  Aspects.of(scope).add({ visit }, { priority: AspectPriority.READONLY });
}
