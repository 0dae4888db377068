import type { DocumentedDetection } from '../detection';
import { allOf, anyOf } from '../patterns';
import { ROOT_ATTEMPTS } from '../signals';

export const rootAccessAttempted: DocumentedDetection = {
  id: 'RootAccessAttempted',
  signal: ROOT_ATTEMPTS,
  controls: [],
  pattern: `{${allOf(
    '$.userIdentity.type="Root"',
    anyOf('$.responseElements.ConsoleLogin="Failure"', '$.eventName="PasswordRecoveryRequested"'),
  )}}`,
  why: 'Somebody knows the e-mail address of root, and is guessing its password or requesting a new one. They have not signed in yet: RootUsedDirectly and RootCredentialsChanged report that, however many attempts there are.',
  noise:
    'Somebody who may use root mistypes or forgets the password. While attempts continue, you get at most one message an hour, because anyone on the internet can cause them.',
  firstMinutes: [
    'Ask the people who may use root whether it was them. Call them: an intruder may read the mailbox.',
    'Look for a sign-in or a completed recovery of root afterwards.',
  ],
  containment: [
    'Check that root has MFA, and that the mailbox of root has MFA and no unknown forwarding.',
    'If the attempts continue, give root an e-mail address that nobody can guess.',
  ],
};
