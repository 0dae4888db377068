import { calls, example, type Examples, parameters } from '../events/example';
import { ADMIN, INTRUDER } from '../events/fixtures';
import { call, CLOUDFORMATION, denied } from '../events/record';

const INSTANCE = { instanceId: 'i-0a1b2c3d4e5f60718' };
const PROFILE = {
  AssociateIamInstanceProfileRequest: { InstanceId: 'i-1', IamInstanceProfile: { Name: 'x' } },
};
const USER_DATA = { ...INSTANCE, userData: '<sensitiveDataRemoved>' };

export const examples: Examples = {
  matches: [
    ...calls('ec2', INTRUDER, { ModifyInstanceAttribute: USER_DATA }),
    example(
      'user data in the other form',
      call('ec2', 'ModifyInstanceAttribute', INTRUDER, parameters({ ...INSTANCE, attribute: 'userData' })),
    ),
    ...calls('ec2-instance-connect', INTRUDER, {
      SendSerialConsoleSSHPublicKey: { ...INSTANCE, serialPort: 0 },
    }),
    ...calls('ec2', INTRUDER, {
      AssociateIamInstanceProfile: PROFILE,
      ReplaceIamInstanceProfileAssociation: PROFILE,
    }),
  ],
  nearMisses: [
    example('an intruder may not', denied('ec2', 'ModifyInstanceAttribute', INTRUDER, parameters(USER_DATA))),
    example(
      'a stack replaces it',
      call('ec2', 'ModifyInstanceAttribute', CLOUDFORMATION, parameters(USER_DATA)),
    ),
    ...calls('ec2', ADMIN, {
      ModifyInstanceAttribute: { ...INSTANCE, disableApiTermination: { value: false } },
      RunInstances: { userData: '<sensitiveDataRemoved>', instanceType: 't3.micro' },
    }),
    example(
      'user data is read',
      call('ec2', 'DescribeInstanceAttribute', ADMIN, parameters({ ...INSTANCE, attribute: 'userData' })),
    ),
    ...calls('ec2', ADMIN, { DisassociateIamInstanceProfile: { AssociationId: 'iip-assoc-1' } }),
    ...calls('ec2-instance-connect', ADMIN, { SendSSHPublicKey: INSTANCE }),
  ],
};
