import { resourceChange } from '../standard-text';

export const gatewayChanged = resourceChange({
  id: 'GatewayChanged',
  cis: '5.12',
  securityHub: 12,
  eventNames: [
    'CreateCustomerGateway',
    'DeleteCustomerGateway',
    'AttachInternetGateway',
    'CreateInternetGateway',
    'DeleteInternetGateway',
    'DetachInternetGateway',
  ],
  why: 'A gateway connects a network to the internet or to another network.',
});
