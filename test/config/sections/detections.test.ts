import { DETECTIONS } from '../../../lib/detections/rules';
import { accept, check } from '../rows';

const TUNING = "must be false, or an object such as { threshold: 50, period: 300, severity: 'high' }";

accept([
  ['one is disabled', { detections: { RootUsed: false } }],
  [
    'two are tuned',
    { detections: { CallDenied: { threshold: 100 }, SignInFailed: { period: 600, severity: 'high' } } },
  ],
]);

const NONE = Object.fromEntries(DETECTIONS.map(({ id }) => [id, false]));

check([
  [
    'none is left',
    { detections: NONE },
    `detections: must leave at least one on; received ${JSON.stringify(NONE).slice(0, 97)}...`,
  ],
  [
    'one that does not exist',
    { detections: { RootUse: false } },
    'detections.RootUse: is not a known detection; did you mean RootUsed?; received "RootUse"',
  ],
  [
    'a switch that is on',
    { detections: { RootUsed: true } },
    `detections.RootUsed: ${TUNING}; received true`,
  ],
  ['a list in place of one', { detections: { RootUsed: [] } }, `detections.RootUsed: ${TUNING}; received []`],
  [
    'a threshold of nothing',
    { detections: { RootUsed: { threshold: 0 } } },
    'detections.RootUsed.threshold: must be a whole number of events from 1 to 100000; received 0',
  ],
  [
    'a period that an alarm can’t have',
    { detections: { RootUsed: { period: 90 } } },
    'detections.RootUsed.period: must be a number of seconds: a multiple of 60 up to 86400; received 90',
  ],
  [
    'another severity',
    { detections: { RootUsed: { severity: 'urgent' } } },
    'detections.RootUsed.severity: must be one of low, medium, high, critical; received "urgent"',
  ],
]);
