import { exceptRollout } from './exceptions';
import { denials, type OrganizationPolicy } from './policy';

/**
 * For organizations whose people come from IAM Identity Center. Break-glass users are in the management
 * account, which no policy limits. From there they assume a role in the member, which can create a user.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-users-federation-idp
 */
export const users: OrganizationPolicy = {
  name: 'users',
  type: 'SERVICE_CONTROL_POLICY',
  denies: 'Creating IAM users, console passwords, access keys, and service-specific credentials',
  reason: 'Long-term credentials leak, and they outlive the people and systems that they were created for.',
  noise:
    'SMTP credentials of SES, long-term API keys of Bedrock, Git credentials of CodeCommit; keys of existing users cannot be rotated',
  exempt: 'The roles that roll out the baseline or recover a member; central root sessions',
  neverDenies: 'Signing in, changing a password, and deactivating or deleting a key of an existing user',
  document: (options) =>
    denials([
      {
        Sid: 'DenyLongTermCredentials',
        Effect: 'Deny',
        Action: [
          'iam:CreateAccessKey',
          'iam:CreateLoginProfile',
          'iam:CreateServiceSpecificCredential',
          'iam:CreateUser',
        ],
        Resource: '*',
        Condition: exceptRollout(options),
      },
    ]),
};
