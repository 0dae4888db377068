import { STOP_THE_CALLER } from '../containment';
import type { DocumentedDetection } from '../detection';
import { allOf, anyOf, DIRECTLY } from '../patterns';
import { ATTEMPTS } from '../signals';

export const instanceSecretsRead: DocumentedDetection = {
  id: 'InstanceSecretsRead',
  signal: ATTEMPTS,
  weight: 30,
  controls: [],
  // Calls that are denied count, too.
  pattern: `{${allOf(
    DIRECTLY,
    anyOf(
      '$.eventName="GetPasswordData"',
      allOf('$.eventName="DescribeInstanceAttribute"', '$.requestParameters.attribute="userData"'),
    ),
    // Terraform reads the user data of each instance, whenever it plans.
    '$.userAgent!="*Terraform*"',
  )}}`,
  why: 'Somebody requests the user data or the Windows password of one instance after another. User data often contains passwords and keys. Denied calls count, too: they show what somebody is after.',
  noise:
    'A person looks at one or two instances. A security scanner that reads the user data of ten instances within five minutes triggers the alarm; Terraform does not count.',
  firstMinutes: [
    'Ask the caller what they are looking for.',
    'Check whether the calls were denied. If not, search for passwords in the user data of these instances.',
  ],
  containment: [STOP_THE_CALLER, 'Change the passwords and keys that the user data contains.'],
};
