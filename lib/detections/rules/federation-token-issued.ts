import type { DocumentedDetection } from '../detection';
import { allOf, SUCCEEDED } from '../patterns';
import { ACCESS } from '../signals';

export const federationTokenIssued: DocumentedDetection = {
  id: 'FederationTokenIssued',
  signal: ACCESS,
  controls: [],
  pattern: `{${allOf(SUCCEEDED, '$.eventName="GetFederationToken"')}}`,
  why: 'Somebody turned an access key into a federated session of up to 36 hours, which can also open the console. The session continues after the key is deactivated.',
  noise:
    'None, except old applications that hand out such sessions to their own users. Roles have replaced them.',
  firstMinutes: [
    'Ask the owner of the IAM user whose key it is.',
    'Look at what the session did: its ARN ends with `federated-user/` and the name in the event.',
  ],
  containment: [
    'Deny everything to the IAM user with a policy: this stops its federated sessions, too. Deactivating the key does not.',
    'Deactivate the access keys of the user, then look for what the session created.',
  ],
};
