import type { Detection } from '../detection';
import { ROOT_USER } from '../signals';

export const rootUsed: Detection = {
  id: 'RootUsed',
  signal: ROOT_USER,
  controls: ['CIS 7.0 5.3', 'Security Hub CloudWatch.1'],
  // Security Hub compares the patterns of its controls literally, including spaces, except CloudWatch.4
  // and .13:
  // https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html
  pattern:
    '{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}',
  why: 'Root can do everything and cannot be restricted, so review every use. The pattern is the text of the standards. It also counts central root sessions from the management account, failed sign-ins, and events that AWS delivers late.',
  noise:
    'None in normal use: people work as administrators. Without RootUsedDirectly, the event belongs to a central root session, or is a record that AWS delivered late or corrected. A late record can be the first sign of real use.',
  firstMinutes: [
    'Ask your team who used root, and for what.',
    'Check in docs/runbooks/root-user-tasks.md whether the task needs root at all.',
    'If nobody used root, treat it as a takeover: see RootUsedDirectly.',
  ],
  containment: ['See RootUsedDirectly.'],
};
