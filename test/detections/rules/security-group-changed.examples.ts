import { calls, type Calls, example, type Examples, parameters } from '../events/example';
import { ADMIN, GROUP, RULES_REWRITTEN, VPC } from '../events/fixtures';
import { call } from '../events/record';

const ANYWHERE = {
  items: [{ ipProtocol: 'tcp', fromPort: 22, toPort: 22, ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] } }],
};

const SECURITY_GROUP_CALLS: Calls = {
  AuthorizeSecurityGroupIngress: { ...GROUP, ipPermissions: ANYWHERE },
  AuthorizeSecurityGroupEgress: { ...GROUP, ipPermissions: ANYWHERE },
  RevokeSecurityGroupIngress: { ...GROUP, ipPermissions: ANYWHERE },
  RevokeSecurityGroupEgress: { ...GROUP, ipPermissions: ANYWHERE },
  CreateSecurityGroup: { groupName: 'database', groupDescription: 'database', ...VPC },
  DeleteSecurityGroup: GROUP,
};

export const examples: Examples = {
  matches: calls('ec2', ADMIN, SECURITY_GROUP_CALLS),
  nearMisses: [
    example('security groups are read', call('ec2', 'DescribeSecurityGroups', ADMIN)),
    // The text of Security Hub leaves it out; ChangedByHand has it.
    example(
      'a rule is rewritten in place',
      call('ec2', 'ModifySecurityGroupRules', ADMIN, parameters(RULES_REWRITTEN)),
    ),
    example('a cache gets a group of its own', call('elasticache', 'CreateCacheSecurityGroup', ADMIN)),
    example('an instance starts', call('ec2', 'RunInstances', ADMIN)),
  ],
};
