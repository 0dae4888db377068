import { calls, example, type Examples } from '../events/example';
import { ADMIN, INTRUDER } from '../events/fixtures';
import { ACCOUNT, call, consoleCall, denied, ROOT } from '../events/record';

export const examples: Examples = {
  matches: [
    ...calls('iam', ADMIN, {
      CreateVirtualMFADevice: { virtualMFADeviceName: 'alice-spare' },
      EnableMFADevice: { userName: 'alice', serialNumber: `arn:aws:iam::${ACCOUNT}:mfa/alice-spare` },
    }),
    example('somebody adds one for another user', call('iam', 'EnableMFADevice', INTRUDER)),
  ],
  nearMisses: [
    example('an intruder may not', denied('iam', 'EnableMFADevice', INTRUDER)),
    example(
      'the code is wrong',
      call('iam', 'EnableMFADevice', ADMIN, { errorCode: 'InvalidAuthenticationCodeException' }),
    ),
    example('root sets up MFA', consoleCall('iam', 'EnableMFADevice', ROOT)),
    example('devices are listed', consoleCall('iam', 'ListMFADevices', ADMIN)),
    example('a device is deactivated', consoleCall('iam', 'DeactivateMFADevice', ADMIN)),
  ],
};
