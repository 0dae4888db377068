import { CfnResource } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { METADATA_KEY, type PartName } from '../catalog/parts';

/** Marks a resource as a part of the baseline that `verify` reads. */
export function markPart(construct: IConstruct, part: PartName): void {
  resourceOf(construct).addMetadata(METADATA_KEY, { part });
}

function resourceOf(construct: IConstruct): CfnResource {
  const resource = CfnResource.isCfnResource(construct) ? construct : construct.node.defaultChild;
  if (!resource || !CfnResource.isCfnResource(resource)) {
    throw new Error(`a part must be a resource, got ${construct.node.path}`);
  }
  return resource;
}
