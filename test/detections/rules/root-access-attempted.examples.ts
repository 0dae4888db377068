import { example, type Examples } from '../events/example';
import { rootAttempts } from '../events/fixtures';
import { consoleCall, failedSignIn, ROOT, root, signIn, signInPage, unproven } from '../events/record';

export const examples: Examples = {
  matches: rootAttempts(),
  nearMisses: [
    example('root signs in', signIn(root(), 'Yes')),
    example('the sign-in page asks for MFA', signInPage('CheckMfa', root())),
    example('the recovery is complete', signInPage('PasswordRecoveryCompleted', root())),
    example('root works in the console', consoleCall('s3', 'ListBuckets', ROOT)),
    example('the password of a user is wrong', failedSignIn(unproven('bob'))),
    example('a user forgot a password', signInPage('PasswordRecoveryRequested', unproven('bob'))),
  ],
};
