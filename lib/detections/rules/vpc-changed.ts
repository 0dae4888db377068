import { resourceChange } from '../standard-text';

export const vpcChanged = resourceChange({
  id: 'VpcChanged',
  cis: '5.14',
  securityHub: 14,
  eventNames: [
    'CreateVpc',
    'DeleteVpc',
    'ModifyVpcAttribute',
    'AcceptVpcPeeringConnection',
    'CreateVpcPeeringConnection',
    'DeleteVpcPeeringConnection',
    'RejectVpcPeeringConnection',
    'AttachClassicLinkVpc',
    'DetachClassicLinkVpc',
    'DisableVpcClassicLink',
    'EnableVpcClassicLink',
  ],
  why: 'A network is created, deleted or connected to another network.',
});
