import { STOP_THE_CALLER } from '../containment';
import type { DocumentedDetection } from '../detection';
import { allOf, anyOf, BY_PERSON, DIRECTLY, SUCCEEDED } from '../patterns';
import { ATTEMPTS } from '../signals';

export const secretRead: DocumentedDetection = {
  id: 'SecretRead',
  signal: ATTEMPTS,
  weight: 20,
  controls: [],
  pattern: `{${allOf(
    SUCCEEDED,
    DIRECTLY,
    anyOf(
      '$.eventName="GetSecretValue"',
      allOf('$.eventName="GetParameter"', '$.requestParameters.withDecryption IS TRUE'),
    ),
    // Terraform reads each secret and parameter that it manages, whenever it plans.
    '$.userAgent!="*Terraform*"',
    BY_PERSON,
  )}}`,
  why: 'A person or a command reads secrets or secure parameters one after another. Fifteen within five minutes is more than anybody needs; an intruder reads them all.',
  noise:
    'Roles that use an SDK are workloads and do not count, nor does Terraform. Fifteen instances that start at once and read a secret with the AWS CLI do. An intruder who reads slowly, or pretends to be a workload, stays below the threshold.',
  firstMinutes: [
    'Ask the caller why so many secrets were read.',
    'List them from the events: these are the secrets to change.',
  ],
  containment: [STOP_THE_CALLER, 'Change each secret that was read, the most powerful first.'],
};
