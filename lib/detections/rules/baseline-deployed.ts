import { STOP_THE_CALLER } from '../containment';
import type { DocumentedDetection } from '../detection';
import { allOf, eventNameLike, sourceIs, SUCCEEDED } from '../patterns';
import { ACTIVITY } from '../signals';

export const baselineDeployed: DocumentedDetection = {
  id: 'BaselineDeployed',
  signal: ACTIVITY,
  controls: [],
  pattern: `{${allOf(
    SUCCEEDED,
    sourceIs('cloudformation'),
    eventNameLike('UpdateStack', 'ExecuteChangeSet'),
    // A name or an ARN.
    '$.requestParameters.stackName="*${Prefix}-*"',
  )}}`,
  why: 'Somebody updated a stack of the baseline. An update can weaken or remove every safeguard. CloudFormation then makes the calls, so BaselineTamperedWith does not count them.',
  noise:
    'Each deployment of the baseline that changes something, with a few messages for all stacks together.',
  firstMinutes: [
    'Ask the caller whether they deployed the baseline.',
    'If nobody did, run `verify`: it compares the account with your configuration.',
  ],
  containment: [STOP_THE_CALLER, 'Redeploy the baseline from your own copy of the configuration.'],
};
