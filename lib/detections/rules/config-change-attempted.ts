import { eventNameIs } from '../patterns';
import { standardText } from '../standard-text';

const CHANGES = eventNameIs(
  'StopConfigurationRecorder',
  'DeleteDeliveryChannel',
  'PutDeliveryChannel',
  'PutConfigurationRecorder',
);

export const configChangeAttempted = standardText({
  id: 'ConfigChangeAttempted',
  cis: '5.9',
  securityHub: 9,
  pattern: `{($.eventSource=config.amazonaws.com) && (${CHANGES})}`,
  success: 'ConfigChanged',
});
