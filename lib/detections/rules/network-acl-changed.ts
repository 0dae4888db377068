import { resourceChange } from '../standard-text';

export const networkAclChanged = resourceChange({
  id: 'NetworkAclChanged',
  cis: '5.11',
  securityHub: 11,
  eventNames: [
    'CreateNetworkAcl',
    'CreateNetworkAclEntry',
    'DeleteNetworkAcl',
    'DeleteNetworkAclEntry',
    'ReplaceNetworkAclEntry',
    'ReplaceNetworkAclAssociation',
  ],
  why: 'Network ACLs define which traffic reaches a subnet.',
});
