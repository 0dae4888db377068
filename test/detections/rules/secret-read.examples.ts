import { example, type Examples } from '../events/example';
import { APP, FEDERATED, INTRUDER } from '../events/fixtures';
import { call, denied, through, user } from '../events/record';

const SECRET = { requestParameters: { secretId: 'orders' } };
const parameter = (withDecryption: boolean) => ({
  requestParameters: { name: '/orders/key', withDecryption },
});
const SDK = { userAgent: 'aws-sdk-js/3.1000.0 os/linux lang/js#22' };

export const examples: Examples = {
  matches: [
    example('an access key', call('secretsmanager', 'GetSecretValue', INTRUDER, { ...SECRET, ...SDK })),
    example('a parameter', call('ssm', 'GetParameter', INTRUDER, { ...parameter(true), ...SDK })),
    example('a person', call('secretsmanager', 'GetSecretValue', user('alice', true), { ...SECRET, ...SDK })),
    example('somebody federated', call('secretsmanager', 'GetSecretValue', FEDERATED, { ...SECRET, ...SDK })),
    example('a role on the command line', call('secretsmanager', 'GetSecretValue', APP, SECRET)),
  ],
  nearMisses: [
    example('an intruder may not', denied('secretsmanager', 'GetSecretValue', INTRUDER, SECRET)),
    example('an application', call('secretsmanager', 'GetSecretValue', APP, { ...SECRET, ...SDK })),
    example(
      'an application reads a parameter',
      call('ssm', 'GetParameter', APP, { ...parameter(true), ...SDK }),
    ),
    example('a parameter that is not a secret', call('ssm', 'GetParameter', INTRUDER, parameter(false))),
    example(
      'CloudFormation',
      call('secretsmanager', 'GetSecretValue', through('cloudformation', FEDERATED), SECRET),
    ),
    example(
      'Terraform',
      call('secretsmanager', 'GetSecretValue', FEDERATED, {
        ...SECRET,
        userAgent: 'APN/1.0 HashiCorp/1.0 Terraform/1.13.0 aws-sdk-go-v2/1.39.0',
      }),
    ),
    example(
      'another call',
      call('secretsmanager', 'DescribeSecret', INTRUDER, { requestParameters: { withDecryption: true } }),
    ),
  ],
};
