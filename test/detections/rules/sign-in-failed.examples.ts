import { example, type Examples } from '../events/example';
import { ADMIN } from '../events/fixtures';
import { call, failedSignIn, root, signIn, signInPage, unproven, user } from '../events/record';

export const examples: Examples = {
  matches: [
    example('the password of a user is wrong', failedSignIn(unproven('bob'))),
    example('the password of root is wrong', failedSignIn(root())),
  ],
  nearMisses: [
    example('a user signs in', signIn(user('bob'), 'Yes')),
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html
    example(
      'nobody has that name',
      failedSignIn(unproven('HIDDEN_DUE_TO_SECURITY_REASONS'), 'No username found in supplied account'),
    ),
    example('the page asks for MFA', signInPage('CheckMfa', unproven('bob'))),
    example(
      'a new password is refused',
      call('iam', 'ChangePassword', ADMIN, { errorCode: 'PasswordPolicyViolation' }),
    ),
  ],
};
