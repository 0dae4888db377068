import { calls, type Calls, example, type Examples } from '../events/example';
import { ACL, ACL_ENTRY, ADMIN, VPC } from '../events/fixtures';
import { call } from '../events/record';

const NETWORK_ACL_CALLS: Calls = {
  CreateNetworkAcl: VPC,
  DeleteNetworkAcl: ACL,
  CreateNetworkAclEntry: ACL_ENTRY,
  DeleteNetworkAclEntry: ACL_ENTRY,
  ReplaceNetworkAclEntry: ACL_ENTRY,
  ReplaceNetworkAclAssociation: { ...ACL, associationId: 'aclassoc-0a1b2c3d4e5f60718' },
};

export const examples: Examples = {
  matches: calls('ec2', ADMIN, NETWORK_ACL_CALLS),
  nearMisses: [
    example('network ACLs are read', call('ec2', 'DescribeNetworkAcls', ADMIN)),
    example('a web ACL is created', call('wafv2', 'CreateWebACL', ADMIN)),
  ],
};
