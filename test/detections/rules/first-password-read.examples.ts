import { example, type Examples, parameters } from '../events/example';
import { ADMIN, APP, INTRUDER } from '../events/fixtures';
import { ACCOUNT, call, consoleCall, denied } from '../events/record';

const SECRET = 'AdminAccessalicePassword-AbCdEf123456';
const ARN = `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret`;

export const examples: Examples = {
  matches: [
    example(
      'in the console',
      consoleCall('secretsmanager', 'GetSecretValue', ADMIN, parameters({ secretId: SECRET })),
    ),
    example(
      'by its ARN',
      call('secretsmanager', 'GetSecretValue', INTRUDER, parameters({ secretId: `${ARN}:${SECRET}-x1Y2z3` })),
    ),
    example(
      'of somebody who may see bills',
      call(
        'secretsmanager',
        'GetSecretValue',
        APP,
        parameters({ secretId: `${ARN}:BillingAccessViewerscarolPassword-AbCdEf123456-x1Y2z3` }),
      ),
    ),
  ],
  nearMisses: [
    example(
      'an intruder may not',
      denied('secretsmanager', 'GetSecretValue', INTRUDER, parameters({ secretId: SECRET })),
    ),
    example(
      'an application reads its own secret',
      call(
        'secretsmanager',
        'GetSecretValue',
        APP,
        parameters({ secretId: `${ARN}:DatabasePassword-AbCdEf` }),
      ),
    ),
    example(
      'the secret is described',
      call('secretsmanager', 'DescribeSecret', ADMIN, parameters({ secretId: SECRET })),
    ),
    example(
      'the secret is deleted, as it should be',
      call('secretsmanager', 'DeleteSecret', ADMIN, parameters({ secretId: SECRET })),
    ),
  ],
};
