import { example, type Examples, parameters } from '../events/example';
import { ADMIN, APP, INTRUDER } from '../events/fixtures';
import { call, consoleCall, denied } from '../events/record';

export const examples: Examples = {
  matches: [
    example(
      'a user creates one for itself',
      consoleCall('iam', 'CreateAccessKey', ADMIN, parameters({ userName: 'alice' })),
    ),
    example(
      'an administrator creates one for another',
      call('iam', 'CreateAccessKey', ADMIN, parameters({ userName: 'bob' })),
    ),
    example(
      'a role creates one',
      call('iam', 'CreateAccessKey', APP, parameters({ userName: 'build-server' })),
    ),
    example(
      'an old key is activated',
      call('iam', 'UpdateAccessKey', ADMIN, parameters({ userName: 'bob', status: 'Active' })),
    ),
  ],
  nearMisses: [
    example(
      'an intruder is refused one',
      denied('iam', 'CreateAccessKey', INTRUDER, parameters({ userName: 'root-helper' })),
    ),
    example(
      'another setting becomes active',
      call('iam', 'UpdateSSHPublicKey', ADMIN, parameters({ status: 'Active' })),
    ),
    example('keys are listed', call('iam', 'ListAccessKeys', ADMIN)),
    example(
      'a key is deactivated',
      call('iam', 'UpdateAccessKey', ADMIN, parameters({ status: 'Inactive' })),
    ),
    example('a key is deleted', call('iam', 'DeleteAccessKey', ADMIN)),
    example('the last use is read', call('iam', 'GetAccessKeyLastUsed', ADMIN)),
  ],
};
