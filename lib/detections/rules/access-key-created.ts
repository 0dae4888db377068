import { STOP_THE_CALLER } from '../containment';
import type { DocumentedDetection } from '../detection';
import { allOf, anyOf, SUCCEEDED } from '../patterns';
import { ACCESS } from '../signals';

export const accessKeyCreated: DocumentedDetection = {
  id: 'AccessKeyCreated',
  signal: ACCESS,
  controls: [],
  // The runbook tells people to deactivate keys, so only activating one counts.
  pattern: `{${allOf(
    SUCCEEDED,
    anyOf(
      '$.eventName="CreateAccessKey"',
      allOf('$.eventName="UpdateAccessKey"', '$.requestParameters.status="Active"'),
    ),
  )}}`,
  why: 'An access key is a long-term credential without MFA, and a common way for an intruder to keep access. Activating an old key has the same effect as creating one.',
  noise: 'None where people use `aws login` or roles. Review every new key.',
  firstMinutes: [
    'Ask the caller what the key is for, and whether a role would do.',
    'Check whose key it is: the message names the user.',
  ],
  containment: [STOP_THE_CALLER, 'Deactivate the key, then delete it.'],
};
