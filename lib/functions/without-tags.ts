import { CfnResource } from 'aws-cdk-lib';
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
