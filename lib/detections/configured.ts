import type { BaselineConfig } from '../config/config';
import { organizationTrailOf } from '../organization/organization-trail';
import { breakGlassUsed } from './break-glass-used';
import type { Detection } from './detection';
import { allOf, anyOf } from './patterns';
import { tuned } from './tuning';

/** The options that decide what is detected. */
export type DetectionOptions = Pick<BaselineConfig, 'access' | 'auditTrail' | 'detections' | 'organization'>;

/** What a configuration detects: the detections, as it tunes them, and the use of its sealed users. */
export function configuredDetections(config: DetectionOptions): Detection[] {
  const { access, detections, organization } = config;
  const wanted = tuned(detections).filter(({ needs }) => needs !== 'organization' || organization);
  return [
    ...(organizationTrailOf(config) ? wanted.map(forMembers) : wanted),
    ...(access.breakGlass ? [breakGlassUsed(access.breakGlass)] : []),
  ];
}

/** The detection with its condition on events of members. */
function forMembers(detection: Detection): Detection {
  const { inMembers, pattern } = detection;
  if (inMembers === undefined) return detection;
  const here = '$.recipientAccountId="${Account}"';
  return { ...detection, pattern: `{${allOf(anyOf(here, inMembers), pattern.slice(1, -1))}}` };
}
