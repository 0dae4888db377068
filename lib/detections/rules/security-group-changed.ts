import { resourceChange } from '../standard-text';

export const securityGroupChanged = resourceChange({
  id: 'SecurityGroupChanged',
  cis: '5.10',
  securityHub: 10,
  eventNames: [
    'AuthorizeSecurityGroupIngress',
    'AuthorizeSecurityGroupEgress',
    'RevokeSecurityGroupIngress',
    'RevokeSecurityGroupEgress',
    'CreateSecurityGroup',
    'DeleteSecurityGroup',
  ],
  why: 'Security groups define which traffic reaches an instance. The pattern of Security Hub omits ModifySecurityGroupRules; ChangedByHand counts it.',
});
