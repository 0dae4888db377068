import { resourceChange } from '../standard-text';

export const routeChanged = resourceChange({
  id: 'RouteChanged',
  cis: '5.13',
  securityHub: 13,
  service: 'ec2',
  eventNames: [
    'CreateRoute',
    'CreateRouteTable',
    'ReplaceRoute',
    'ReplaceRouteTableAssociation',
    'DeleteRouteTable',
    'DeleteRoute',
    'DisassociateRouteTable',
  ],
  why: 'A route defines where traffic goes, and can send it around a firewall.',
});
