import { STOP_THE_CALLER } from '../containment';
import type { DocumentedDetection } from '../detection';
import { allOf, eventNameLike, sourceIs, SUCCEEDED } from '../patterns';
import { SAFEGUARDS } from '../signals';

const CHANGES = eventNameLike(
  'StopConfigurationRecorder',
  'DeleteDeliveryChannel',
  'PutDeliveryChannel',
  'PutConfigurationRecorder',
);

export const configChanged: DocumentedDetection = {
  id: 'ConfigChanged',
  signal: SAFEGUARDS,
  controls: ['CIS 7.0 5.9'],
  pattern: `{${allOf(SUCCEEDED, sourceIs('config'), CHANGES)}}`,
  why: 'AWS Config records how resources change. While the recorder is stopped, it records nothing.',
  noise: 'Setting up AWS Config, once. None in an account that does not use it.',
  firstMinutes: ['Ask the caller.', 'Check in the AWS Config console that the recorder is on.'],
  containment: [STOP_THE_CALLER, 'Start the recorder again.'],
};
