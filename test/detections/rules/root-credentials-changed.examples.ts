import { calls, type Calls, example, type Examples, parameters } from '../events/example';
import { ADMIN, CENTRAL_ROOT, ROOT_WITH_KEY, rootAttempts } from '../events/fixtures';
import {
  ACCOUNT,
  call,
  consoleCall,
  denied,
  ROOT,
  root,
  signIn,
  signInPage,
  through,
} from '../events/record';

/** Root in the console, as the IAM pages of the console log it: as if the sign-in service had called. */
const ROOT_IN_IAM_CONSOLE = through('signin', ROOT);

const MFA_DEVICE = { serialNumber: `arn:aws:iam::${ACCOUNT}:mfa/root-account-mfa-device` };

/** Calls of root on its own credentials, which need no parameters or name the user "AWS ROOT USER". */
const ROOT_CREDENTIAL_CALLS: Calls = {
  DeleteAccessKey: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE' },
  UpdateAccessKey: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', status: 'Active' },
  CreateVirtualMFADevice: { virtualMFADeviceName: 'root-account-mfa-device' },
  EnableMFADevice: { userName: 'AWS ROOT USER', ...MFA_DEVICE },
  DeactivateMFADevice: { userName: 'AWS ROOT USER', ...MFA_DEVICE },
  DeleteVirtualMFADevice: MFA_DEVICE,
};

export const examples: Examples = {
  matches: [
    example('an access key is created in the console', call('iam', 'CreateAccessKey', ROOT_IN_IAM_CONSOLE)),
    example('an access key creates another', call('iam', 'CreateAccessKey', ROOT_WITH_KEY)),
    example('root changes its password as IAM logs it', consoleCall('iam', 'ChangePassword', ROOT)),
    ...calls('iam', ROOT_IN_IAM_CONSOLE, ROOT_CREDENTIAL_CALLS),
    example(
      'MFA is enabled as AWS documents it',
      call('iam', 'EnableMFADevice', ROOT, parameters(MFA_DEVICE)),
    ),
    ...['DeleteAccessKey', 'DeleteLoginProfile', 'DeleteSigningCertificate'].map((name) =>
      example(`central root access: ${name}`, call('iam', name, CENTRAL_ROOT)),
    ),
    // No record of an EmailUpdated is public; this one takes the form of PasswordUpdated.
    ...['PasswordRecoveryCompleted', 'PasswordUpdated', 'EmailUpdated'].map((name) =>
      example(name, signInPage(name, root())),
    ),
    // https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/logging-using-cloudtrail.html
    ...['SetIAMAccessPreference', 'SetAccountPreferences', 'CloseAccount'].map((name) =>
      example(name, consoleCall('billingconsole', name, ROOT, { eventType: 'AwsConsoleAction' })),
    ),
  ],
  nearMisses: [
    ...rootAttempts(),
    example(
      'a link to a new password is not valid',
      signInPage('PasswordRecoveryCompleted', root(), {
        errorMessage: 'Invalid token',
        responseElements: { PasswordRecoveryCompleted: 'Failure' },
      }),
    ),
    example(
      'a new password is too short',
      consoleCall('iam', 'ChangePassword', ROOT, { errorCode: 'PasswordPolicyViolationException' }),
    ),
    example('root may not create another key', denied('iam', 'CreateAccessKey', ROOT_WITH_KEY)),
    example('a user creates a key for itself', call('iam', 'CreateAccessKey', through('signin', ADMIN))),
    example('a user changes its password', consoleCall('iam', 'ChangePassword', ADMIN)),
    example(
      'a user sets up MFA',
      consoleCall('iam', 'EnableMFADevice', ADMIN, parameters({ userName: 'alice' })),
    ),
    example('root lists its keys', consoleCall('iam', 'ListAccessKeys', ROOT)),
    example(
      'central root access checks whether root has a password',
      call('iam', 'GetLoginProfile', CENTRAL_ROOT),
    ),
    example('root signs in', signIn(root(), 'Yes')),
    example('root is asked for MFA', signInPage('CheckMfa', root())),
    example('root looks at its preferences', consoleCall('billingconsole', 'GetAccountPreferences', ROOT)),
  ],
};
