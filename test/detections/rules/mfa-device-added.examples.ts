import { calls, example, type Examples } from '../events/example';
import { ADMIN, FEDERATED, INTRUDER } from '../events/fixtures';
import { ACCOUNT, call, consoleCall, denied, ROOT, user } from '../events/record';

export const examples: Examples = {
  matches: [
    ...calls('iam', ADMIN, {
      CreateVirtualMFADevice: { virtualMFADeviceName: 'alice-spare' },
      EnableMFADevice: { userName: 'alice', serialNumber: `arn:aws:iam::${ACCOUNT}:mfa/alice-spare` },
    }),
    example('an access key adds one for another user', call('iam', 'EnableMFADevice', INTRUDER)),
    example('somebody federated adds one for a user', consoleCall('iam', 'EnableMFADevice', FEDERATED)),
  ],
  nearMisses: [
    example('an intruder may not', denied('iam', 'EnableMFADevice', INTRUDER)),
    example(
      'the code is wrong',
      call('iam', 'EnableMFADevice', ADMIN, { errorCode: 'InvalidAuthenticationCodeException' }),
    ),
    example('the first of a new user', consoleCall('iam', 'EnableMFADevice', user('carol', false))),
    example('root sets up MFA', consoleCall('iam', 'EnableMFADevice', ROOT)),
    example('devices are listed', consoleCall('iam', 'ListMFADevices', ADMIN)),
    example('a device is deactivated', consoleCall('iam', 'DeactivateMFADevice', ADMIN)),
  ],
};
