import { example, type Examples } from '../events/example';
import { FEDERATED } from '../events/fixtures';
import { failedSignIn, root, signIn, unproven, user } from '../events/record';

export const examples: Examples = {
  matches: [
    example('a user signs in with a password alone', signIn(user('bob'), 'No')),
    example('a user does so in another Region', signIn(user('bob'), 'No', { awsRegion: 'eu-north-1' })),
    example('an administrator signs in with a password alone', signIn(user('alice'), 'No')),
  ],
  nearMisses: [
    example('a user signs in with MFA', signIn(user('bob'), 'Yes')),
    example('the password is wrong', failedSignIn(unproven('bob'))),
    example('the identity provider asked for MFA', signIn(FEDERATED)),
    example('it did, but the record says no', signIn(FEDERATED, 'No')),
    example('root signs in with a password alone', signIn(root(), 'No')),
    // AWS's page of sign-in events spells root's so.
    example('root signs in with MFA', signIn(root(), 'YES')),
  ],
};
