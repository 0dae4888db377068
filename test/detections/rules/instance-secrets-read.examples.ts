import { example, type Examples, parameters } from '../events/example';
import { ADMIN, APP, INTRUDER } from '../events/fixtures';
import { call, CLOUDFORMATION, denied } from '../events/record';

const USER_DATA = parameters({ instanceId: 'i-0a1b2c3d4e5f60718', attribute: 'userData' });
const TERRAFORM = { userAgent: 'APN/1.0 HashiCorp/1.0 Terraform/1.13.0 aws-sdk-go-v2/1.39.0' };

export const examples: Examples = {
  matches: [
    example('user data', call('ec2', 'DescribeInstanceAttribute', INTRUDER, USER_DATA)),
    example('user data, in vain', denied('ec2', 'DescribeInstanceAttribute', APP, USER_DATA)),
    example('a password', call('ec2', 'GetPasswordData', INTRUDER)),
    example(
      'a password, in vain',
      denied('ec2', 'GetPasswordData', APP, { errorCode: 'Client.UnauthorizedOperation' }),
    ),
  ],
  nearMisses: [
    example(
      'another attribute',
      call('ec2', 'DescribeInstanceAttribute', ADMIN, parameters({ attribute: 'instanceType' })),
    ),
    example('user data is changed', call('ec2', 'ModifyInstanceAttribute', ADMIN, USER_DATA)),
    example('CloudFormation', call('ec2', 'DescribeInstanceAttribute', CLOUDFORMATION, USER_DATA)),
    example('Terraform', call('ec2', 'DescribeInstanceAttribute', ADMIN, { ...USER_DATA, ...TERRAFORM })),
    example('instances are listed', call('ec2', 'DescribeInstances', ADMIN)),
  ],
};
