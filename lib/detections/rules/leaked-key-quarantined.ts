import { STOP_THE_CALLER } from '../containment';
import type { DocumentedDetection } from '../detection';
import { allOf, anyOf, eventNameLike, SUCCEEDED } from '../patterns';
import { ACCESS } from '../signals';

export const leakedKeyQuarantined: DocumentedDetection = {
  id: 'LeakedKeyQuarantined',
  signal: ACCESS,
  // More than others of the signal: it is what the message must say.
  weight: 2,
  controls: [],
  pattern: `{${allOf(
    SUCCEEDED,
    eventNameLike('Attach*', 'Put*'),
    anyOf(
      '$.requestParameters.policyArn="*:policy/AWSCompromisedKeyQuarantine*"',
      '$.requestParameters.policyName="AWSCompromisedKeyQuarantine*"',
    ),
  )}}`,
  why: 'AWS found an access key of this account in public, for example on GitHub, and attached a policy to its user that denies some calls. Strangers have the key: the policy slows them down, but does not stop them.',
  noise: 'None.',
  firstMinutes: [
    'Deactivate the access keys of the user in the event now.',
    'Read the message that AWS sent to root’s e-mail address; it says where the key is.',
  ],
  containment: [
    STOP_THE_CALLER,
    'Look for what the key did: new users, roles and instances in every Region.',
    'Answer the support case that AWS opened. Only then remove the policy.',
  ],
};
