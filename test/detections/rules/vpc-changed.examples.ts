import { calls, type Calls, example, type Examples, parameters } from '../events/example';
import { ADMIN, VPC } from '../events/fixtures';
import { call } from '../events/record';

const PEERING = { vpcPeeringConnectionId: 'pcx-0a1b2c3d4e5f60718' };

const VPC_CALLS: Calls = {
  CreateVpc: { cidrBlock: '10.0.0.0/16' },
  DeleteVpc: VPC,
  ModifyVpcAttribute: { ...VPC, enableDnsHostnames: { value: true } },
  AcceptVpcPeeringConnection: PEERING,
  CreateVpcPeeringConnection: { ...VPC, peerVpcId: 'vpc-0f1e2d3c4b5a69788', peerOwnerId: '210987654321' },
  DeleteVpcPeeringConnection: PEERING,
  RejectVpcPeeringConnection: PEERING,
  AttachClassicLinkVpc: { ...VPC, instanceId: 'i-0a1b2c3d4e5f60718' },
  DetachClassicLinkVpc: { ...VPC, instanceId: 'i-0a1b2c3d4e5f60718' },
  DisableVpcClassicLink: VPC,
  EnableVpcClassicLink: VPC,
};

export const examples: Examples = {
  matches: calls('ec2', ADMIN, VPC_CALLS),
  nearMisses: [
    example('VPCs are read', call('ec2', 'DescribeVpcs', ADMIN)),
    example('a subnet is created', call('ec2', 'CreateSubnet', ADMIN, parameters(VPC))),
    example('a VPC endpoint is created', call('ec2', 'CreateVpcEndpoint', ADMIN, parameters(VPC))),
  ],
};
