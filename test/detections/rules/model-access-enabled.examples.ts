import { calls, example, type Examples } from '../events/example';
import { ADMIN, APP, INTRUDER } from '../events/fixtures';
import { call, denied } from '../events/record';

const MODEL = { modelId: 'anthropic.claude-3-sonnet-20240229-v1:0' };

export const examples: Examples = {
  matches: calls('bedrock', INTRUDER, {
    PutUseCaseForModelAccess: {},
    CreateFoundationModelAgreement: MODEL,
    PutFoundationModelEntitlement: MODEL,
    CreateProvisionedModelThroughput: { ...MODEL, modelUnits: 10 },
    CreateMarketplaceModelEndpoint: { endpointName: 'x' },
  }),
  nearMisses: [
    example('an intruder may not', denied('bedrock', 'PutFoundationModelEntitlement', INTRUDER)),
    ...calls('bedrock', APP, { InvokeModel: MODEL, Converse: MODEL }),
    ...calls('bedrock', ADMIN, { ListFoundationModels: {}, GetFoundationModelAvailability: MODEL }),
    example('an endpoint of another service', call('sagemaker', 'CreateMarketplaceModelEndpoint', ADMIN)),
  ],
};
