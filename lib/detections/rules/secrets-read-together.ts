import { STOP_THE_CALLER } from '../containment';
import type { DocumentedDetection } from '../detection';
import { allOf, anyOf, BY_PERSON, DIRECTLY, eventNameLike, SUCCEEDED } from '../patterns';
import { ATTEMPTS } from '../signals';

export const secretsReadTogether: DocumentedDetection = {
  id: 'SecretsReadTogether',
  signal: ATTEMPTS,
  weight: 60,
  controls: [],
  pattern: `{${allOf(
    SUCCEEDED,
    DIRECTLY,
    anyOf(
      '$.eventName="BatchGetSecretValue"',
      allOf(
        eventNameLike('GetParameters', 'GetParametersByPath'),
        '$.requestParameters.withDecryption IS TRUE',
      ),
    ),
    BY_PERSON,
  )}}`,
  why: 'Somebody reads many secrets or secure parameters at a time. Each call returns up to twenty; five calls within five minutes suggest that somebody is collecting them.',
  noise:
    'Roles that use an SDK are workloads and do not count. A script that reads a long path of parameters makes one call for every ten.',
  firstMinutes: [
    'Ask the caller why so many secrets were read.',
    'List them from the events: these are the secrets to change.',
  ],
  containment: [STOP_THE_CALLER, 'Change each secret that was read, the most powerful first.'],
};
