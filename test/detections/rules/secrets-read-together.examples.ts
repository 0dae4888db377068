import { example, type Examples } from '../events/example';
import { APP, FEDERATED, INTRUDER } from '../events/fixtures';
import { call, denied, through } from '../events/record';

const ALL = { requestParameters: { filters: [{ key: 'name', values: ['prod'] }] } };
const names = (withDecryption: boolean) => ({
  requestParameters: { names: ['/orders/key', '/orders/user'], withDecryption },
});
const SDK = { userAgent: 'aws-sdk-js/3.1000.0 os/linux lang/js#22' };

export const examples: Examples = {
  matches: [
    example('an access key', call('secretsmanager', 'BatchGetSecretValue', INTRUDER, { ...ALL, ...SDK })),
    example(
      'somebody federated',
      call('secretsmanager', 'BatchGetSecretValue', FEDERATED, { ...ALL, ...SDK }),
    ),
    example('a role on the command line', call('secretsmanager', 'BatchGetSecretValue', APP, ALL)),
    example('parameters', call('ssm', 'GetParameters', INTRUDER, names(true))),
    example('a path of parameters', call('ssm', 'GetParametersByPath', INTRUDER, names(true))),
  ],
  nearMisses: [
    example('an intruder may not', denied('secretsmanager', 'BatchGetSecretValue', INTRUDER, ALL)),
    example('an application', call('secretsmanager', 'BatchGetSecretValue', APP, { ...ALL, ...SDK })),
    example('parameters that are not secrets', call('ssm', 'GetParameters', INTRUDER, names(false))),
    example('another call', call('ssm', 'GetParameterHistory', INTRUDER, names(true))),
    example(
      'through a service',
      call('ssm', 'GetParameters', through('cloudformation', INTRUDER), names(true)),
    ),
    example('secrets are listed', call('secretsmanager', 'ListSecrets', INTRUDER, ALL)),
  ],
};
