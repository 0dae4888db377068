import { calls, type Calls, example, type Examples } from '../events/example';
import { ADMIN, ROUTE, ROUTES, VPC } from '../events/fixtures';
import { call } from '../events/record';

const ROUTE_CALLS: Calls = {
  CreateRoute: ROUTE,
  CreateRouteTable: VPC,
  ReplaceRoute: ROUTE,
  ReplaceRouteTableAssociation: { ...ROUTES, associationId: 'rtbassoc-0a1b2c3d4e5f60718' },
  DeleteRouteTable: ROUTES,
  DeleteRoute: { ...ROUTES, destinationCidrBlock: '0.0.0.0/0' },
  DisassociateRouteTable: { associationId: 'rtbassoc-0a1b2c3d4e5f60718' },
};

export const examples: Examples = {
  matches: calls('ec2', ADMIN, ROUTE_CALLS),
  nearMisses: [
    example('route tables are read', call('ec2', 'DescribeRouteTables', ADMIN)),
    // Same names, another service: why the pattern names EC2.
    example('an HTTP API gets a route', call('apigateway', 'CreateRoute', ADMIN)),
    example('a mesh loses a route', call('appmesh', 'DeleteRoute', ADMIN)),
  ],
};
