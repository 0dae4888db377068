import { STOP_THE_CALLER } from '../containment';
import type { DocumentedDetection } from '../detection';
import { allOf, eventNameLike, sourceIs, SUCCEEDED } from '../patterns';
import { ACTIVITY } from '../signals';

export const modelAccessEnabled: DocumentedDetection = {
  id: 'ModelAccessEnabled',
  signal: ACTIVITY,
  controls: [],
  pattern: `{${allOf(
    SUCCEEDED,
    sourceIs('bedrock'),
    eventNameLike(
      'PutFoundationModelEntitlement',
      'PutUseCaseForModelAccess',
      'CreateFoundationModelAgreement',
      'CreateProvisionedModelThroughput',
      '*MarketplaceModelEndpoint',
    ),
  )}}`,
  why: 'Somebody accepted the terms of an AI model, or bought throughput or an endpoint for one. Thieves of new accounts do this first, and resell the access: the bill grows by thousands of dollars a day.',
  noise: 'Expect it once for each model that you start to use. Using a model does not count.',
  firstMinutes: [
    'Ask the caller who needs the model.',
    'In Cost Explorer, check the cost of Amazon Bedrock today, by Region.',
  ],
  containment: [
    STOP_THE_CALLER,
    'Delete the throughput or endpoint, which is billed by the hour.',
    'Deny `bedrock:*` to the principals that do not need it, and report the use to AWS Support.',
  ],
};
