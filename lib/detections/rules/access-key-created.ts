import { STOP_THE_CALLER } from '../containment';
import type { Detection } from '../detection';
import { SAFEGUARDS } from '../signals';

export const accessKeyCreated: Detection = {
  id: 'AccessKeyCreated',
  signal: SAFEGUARDS,
  controls: [],
  pattern: '{$.eventName="CreateAccessKey"}',
  why: 'An access key is a long-term credential without MFA, and a common way for an intruder to keep access.',
  noise: 'None where people use `aws login` or roles. Review every new key.',
  firstMinutes: [
    'Ask the caller what the key is for, and whether a role would do.',
    'Check whose key it is: the message names the user.',
  ],
  containment: [STOP_THE_CALLER, 'Deactivate the key, then delete it.'],
};
