import { standardText } from '../standard-text';

export const rootUseAttempted = standardText({
  id: 'RootUseAttempted',
  cis: '5.3',
  securityHub: 1,
  // Security Hub compares spaces, too.
  pattern:
    '{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}',
  success: 'RootUsed',
});
