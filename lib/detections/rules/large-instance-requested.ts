import { STOP_THE_CALLER } from '../containment';
import type { DocumentedDetection } from '../detection';
import { allOf, anyOf, DIRECTLY } from '../patterns';
import { ATTEMPTS } from '../signals';

/** Families with accelerators, and the largest sizes of the others. */
const TYPES = ['p*', 'g*', 'trn*', 'inf*', '*metal*', '*24xlarge', '*48xlarge'];

export const largeInstanceRequested: DocumentedDetection = {
  id: 'LargeInstanceRequested',
  signal: ATTEMPTS,
  weight: 300,
  controls: [],
  // Failures count, too: a new account has no quota for such instances, and a stolen role no permission.
  pattern: `{${allOf(
    '$.eventName="RunInstances"',
    DIRECTLY,
    anyOf(...TYPES.map((type) => `$.requestParameters.instanceType="${type}"`)),
  )}}`,
  why: 'Somebody started an instance with accelerators or of the largest size, or tried to. Thieves use them to compute at your expense, often in a Region that you never check.',
  noise:
    'None where nobody trains models; disable it where people do. Auto Scaling and other services (`invokedBy`) do not count. A pattern cannot know which Regions you use.',
  firstMinutes: [
    'Ask the caller what the instance is for.',
    'Look for instances in every Region: EC2 Global View in the console.',
  ],
  containment: [STOP_THE_CALLER, 'Terminate the instances in every Region, and report them to AWS Support.'],
};
