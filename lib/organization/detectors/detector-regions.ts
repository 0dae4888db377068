import type { Organization } from '../policies/policy';

/** Regions in which the detectors of an organization are enabled. The configuration requires one. */
export function detectorRegions({ detectors, regions = [] }: Organization): readonly string[] {
  return detectors.regions ?? regions;
}
