const CONFIG_CHANGED =
  '`verify` does not read detectors. The detection ConfigChanged reports the call at once.';
const ALIAS = 'It is a name for people: each resource names the key itself.';
const BUDGET = '`verify` checks only that there is a budget of the name.';
const NETWORKS =
  '`verify` does not read networks. They are emptied and removed once, when the stack is deployed.';

/** Hands that neither `preflight` nor `verify` sees, and why. */
export const SILENT: Readonly<Record<string, string>> = {
  'AWS::IAM::OIDCProvider replaced':
    'The roles trust the audience of the template only, so that pipelines can no longer sign in.',
  'AWS::KMS::Alias changed': ALIAS,
  'AWS::KMS::Alias replaced': ALIAS,
  'AWS::SNS::Subscription replaced': 'It delivers as before.',
  'AWS::CloudWatch::Dashboard changed': 'Nothing depends on it.',
  'AWS::SecretsManager::Secret changed':
    'It is no longer the password of the user, who notices at the first sign-in.',
  'AWS::Budgets::Budget changed': BUDGET,
  'AWS::Budgets::Budget replaced': BUDGET,
  'AWS::Config::ConfigurationRecorder changed': CONFIG_CHANGED,
  'AWS::Config::DeliveryChannel changed': CONFIG_CHANGED,
  'Custom::DefaultVpc changed': NETWORKS,
  'Custom::DefaultSecurityGroups changed': NETWORKS,
};
