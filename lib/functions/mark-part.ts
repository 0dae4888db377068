import { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { METADATA_KEY, type PartName } from '../catalog/parts';

/**
 * Marks a resource as a part of the baseline that `verify` reads.
 *
 * @param owner the resource that this one belongs to, such as the user of a first-time password
 */
export function markPart(construct: IConstruct, part: PartName, owner?: IConstruct): void {
  const resource = resourceOf(construct);
  resource.addMetadata(METADATA_KEY, {
    part,
    ...(owner ? { owner: resource.stack.getLogicalId(resourceOf(owner)) } : {}),
  });
}

function resourceOf(construct: IConstruct): CfnResource {
  const resource = CfnResource.isCfnResource(construct) ? construct : construct.node.defaultChild;
  if (!resource || !CfnResource.isCfnResource(resource)) {
    throw new Error(`a part must be a resource, got ${construct.node.path}`);
  }
  return resource;
}
