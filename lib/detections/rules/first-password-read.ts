import { STOP_THE_CALLER } from '../containment';
import type { DocumentedDetection } from '../detection';
import { allOf, anyOf, SUCCEEDED } from '../patterns';
import { ACCESS } from '../signals';

export const firstPasswordRead: DocumentedDetection = {
  id: 'FirstPasswordRead',
  signal: ACCESS,
  controls: [],
  // CloudFormation names a secret by its logical ID, without the name of the stack.
  pattern: `{${allOf(
    '$.eventName="GetSecretValue"',
    SUCCEEDED,
    anyOf('$.requestParameters.secretId="*AdminAccess*"', '$.requestParameters.secretId="*BillingAccess*"'),
  )}}`,
  why: 'Somebody read the first-time password of a user. Until its owner signs in and changes it, the reader can sign in as that user.',
  noise: 'Once for each new user, when somebody hands the password over.',
  firstMinutes: [
    'Check that the caller is the person who hands the password over.',
    'Ask the new user whether they have signed in. Look for a sign-in from an unknown address.',
  ],
  containment: [STOP_THE_CALLER, 'Reset the password of the user, and check its MFA devices.'],
};
