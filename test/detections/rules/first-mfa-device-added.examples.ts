import { calls, example, type Examples } from '../events/example';
import { FEDERATED, INTRUDER } from '../events/fixtures';
import { ACCOUNT, call, consoleCall, denied, root, session, user } from '../events/record';

/** With the first-time password only. */
const CAROL = user('carol', false);
const DEVICE = { userName: 'carol', serialNumber: `arn:aws:iam::${ACCOUNT}:mfa/carol` };

export const examples: Examples = {
  matches: calls('iam', CAROL, {
    CreateVirtualMFADevice: { virtualMFADeviceName: 'carol' },
    EnableMFADevice: DEVICE,
  }),
  nearMisses: [
    example('a user may not', denied('iam', 'EnableMFADevice', CAROL)),
    example('a further device', consoleCall('iam', 'EnableMFADevice', user('carol', true))),
    example('an access key', call('iam', 'EnableMFADevice', INTRUDER)),
    example('somebody federated adds one for a user', consoleCall('iam', 'EnableMFADevice', FEDERATED)),
    example('root sets up MFA', consoleCall('iam', 'EnableMFADevice', root(session(false)))),
    example('devices are listed', consoleCall('iam', 'ListMFADevices', CAROL)),
  ],
};
