import { STOP_THE_CALLER } from '../containment';
import type { DocumentedDetection } from '../detection';
import { allOf, eventNameLike, sourceIs, SUCCEEDED } from '../patterns';
import { SAFEGUARDS } from '../signals';

export const trailChanged: DocumentedDetection = {
  id: 'TrailChanged',
  signal: SAFEGUARDS,
  controls: ['CIS 7.0 5.5'],
  pattern: `{${allOf(
    SUCCEEDED,
    sourceIs('cloudtrail'),
    eventNameLike('CreateTrail', 'UpdateTrail', 'DeleteTrail', 'StartLogging', 'StopLogging'),
  )}}`,
  why: 'Without the trail, nobody can see what else happens in the account.',
  noise:
    'Deployments that change a trail, including the first deployment of this baseline. They are rare; review each one.',
  firstMinutes: [
    'Ask the caller. For a deployment, the source of the event is cloudformation.amazonaws.com.',
    'Check in the CloudTrail console that the trail is logging: account-baseline, or your own existing trail.',
  ],
  containment: [STOP_THE_CALLER, 'Start logging again, then redeploy the baseline.'],
};
