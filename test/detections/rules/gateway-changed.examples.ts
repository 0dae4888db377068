import { calls, type Calls, example, type Examples } from '../events/example';
import { ADMIN, GATEWAY, VPC } from '../events/fixtures';
import { call } from '../events/record';

const CUSTOMER_GATEWAY = { customerGatewayId: 'cgw-0a1b2c3d4e5f60718' };

const GATEWAY_CALLS: Calls = {
  CreateCustomerGateway: { type: 'ipsec.1', ipAddress: '203.0.113.12', bgpAsn: 65000 },
  DeleteCustomerGateway: CUSTOMER_GATEWAY,
  AttachInternetGateway: { ...GATEWAY, ...VPC },
  CreateInternetGateway: {},
  DeleteInternetGateway: GATEWAY,
  DetachInternetGateway: { ...GATEWAY, ...VPC },
};

export const examples: Examples = {
  matches: calls('ec2', ADMIN, GATEWAY_CALLS),
  nearMisses: [
    example('internet gateways are read', call('ec2', 'DescribeInternetGateways', ADMIN)),
    example('a NAT gateway is created', call('ec2', 'CreateNatGateway', ADMIN)),
    example('an API gets a response', call('apigateway', 'PutGatewayResponse', ADMIN)),
  ],
};
