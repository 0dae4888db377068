import type { BaselineConfig } from '../config/config';
import { breakGlassUsed } from './break-glass-used';
import type { Detection } from './detection';
import { tuned } from './tuning';

/** What a configuration detects: the detections, as it tunes them, and the use of its sealed users. */
export function configuredDetections({
  access,
  detections,
}: Pick<BaselineConfig, 'access' | 'detections'>): Detection[] {
  return [...tuned(detections), ...(access.breakGlass ? [breakGlassUsed(access.breakGlass)] : [])];
}
