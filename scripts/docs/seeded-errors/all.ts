import { AUDIT } from './audit';
import { DETECTIONS } from './detections';
import { DETECTORS } from './detectors';
import type { Fault } from './fault';
import { NOTIFICATIONS } from './notifications';
import { PEOPLE } from './people';

/** Templates with one error each, which AWS would refuse. */
export const FAULTS: readonly Fault[] = [...AUDIT, ...DETECTIONS, ...NOTIFICATIONS, ...PEOPLE, ...DETECTORS];
