import type { DocumentedDetection } from '../detection';
import { allOf, anyOf, DIRECTLY, ROOT_IS_IN, SUCCEEDED } from '../patterns';
import { ROOT_USER } from '../signals';

export const rootUsed: DocumentedDetection = {
  id: 'RootUsed',
  signal: ROOT_USER,
  controls: ['CIS 7.0 5.3'],
  pattern: `{${anyOf(
    allOf('$.userIdentity.type="Root"', DIRECTLY, '$.eventType!="AwsServiceEvent"', ...ROOT_IS_IN),
    // The management account opens a central root session.
    allOf('$.eventName="AssumeRoot"', SUCCEEDED),
  )}}`,
  why: 'Root can do everything and cannot be restricted, so review every use. This detection also counts central root sessions, in the management account (`AssumeRoot`) and in the member account, and events that AWS delivers late. RootAccessAttempted counts failed sign-ins.',
  noise:
    'None in normal use: people work as administrators. If RootUsedDirectly did not trigger, the event belongs to a central root session, or is a record that AWS delivered late or corrected. A late record can be the first sign of real use.',
  firstMinutes: [
    'Ask your team who used root, and for what.',
    'Check in docs/runbooks/root-user-tasks.md whether the task needs root at all.',
    'If nobody used root, treat it as a takeover: see RootUsedDirectly.',
  ],
  containment: ['See RootUsedDirectly.'],
};
