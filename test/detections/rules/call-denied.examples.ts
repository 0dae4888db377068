import { example, type Examples } from '../events/example';
import { APP, INTRUDER } from '../events/fixtures';
import { call, denied } from '../events/record';

export const examples: Examples = {
  matches: [
    example(
      'EC2 refuses',
      denied('ec2', 'RunInstances', INTRUDER, { errorCode: 'Client.UnauthorizedOperation' }),
    ),
    example('IAM refuses', denied('iam', 'ListUsers', INTRUDER)),
    example(
      'Lambda refuses',
      denied('lambda', 'ListFunctions20150331', APP, { errorCode: 'AccessDeniedException' }),
    ),
  ],
  nearMisses: [
    example('the call succeeds', call('iam', 'ListUsers', INTRUDER)),
    example(
      'what was asked for does not exist',
      call('iam', 'GetRole', APP, { errorCode: 'NoSuchEntityException' }),
    ),
    example(
      'too many calls',
      call('ec2', 'DescribeInstances', APP, { errorCode: 'Client.RequestLimitExceeded' }),
    ),
    example(
      'a token has expired',
      call('sso', 'GetRoleCredentials', APP, { errorCode: 'UnauthorizedException' }),
    ),
  ],
};
