import type { UpdateAccountPasswordPolicyCommandInput } from '@aws-sdk/client-iam';
import { orNull, type Setting, type Permission } from './setting';

/** Fields of a password policy. */
type Fields = Readonly<Record<string, number | boolean>>;

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html */
const passwordPolicy = {
  name: 'PasswordPolicy',
  scope: 'account',
  read: ({ iam }) =>
    orNull('NoSuchEntityException', async () => {
      const { PasswordPolicy = {} } = await iam.getAccountPasswordPolicy({});
      return given(PasswordPolicy as Fields);
    }),
  write: ({ iam }, value) =>
    value === null
      ? iam.deleteAccountPasswordPolicy({})
      : iam.updateAccountPasswordPolicy(value as UpdateAccountPasswordPolicyCommandInput),
  // What differs from what was set is somebody's work, and stays where it is stricter.
  desired(now, previous, asked, set) {
    const policy = stricter(asked as Fields, previous);
    return set === undefined ? policy : stricter(policy, now, set as Fields);
  },
} as const satisfies Setting<Fields | null>;

export const permissions = [
  {
    sid: 'PasswordPolicy',
    actions: [
      'iam:DeleteAccountPasswordPolicy',
      'iam:GetAccountPasswordPolicy',
      'iam:UpdateAccountPasswordPolicy',
    ],
  },
] as const satisfies readonly Permission[];

export { passwordPolicy as setting };
export const file = __filename;

/**
 * The stricter of both in every field that makes passwords stronger. Of the other one, what is off was left
 * out.
 *
 * @param but fields of the other one that do not count, if they are still that
 */
function stricter(policy: Fields, other?: Fields | null, but?: Fields): Fields {
  const fields = Object.entries(other ?? {})
    .filter(([key, value]) => key !== 'AllowUsersToChangePassword' && value !== but?.[key])
    .map(([key, value]) => [
      key,
      // Only the age is stricter when it is less.
      value === true ||
        (key === 'MaxPasswordAge' ? Math.min : Math.max)(Number(value), Number(policy[key] ?? value)),
    ]);
  return given({ ...policy, ...(Object.fromEntries(fields) as Fields) });
}

/**
 * A policy as the request that would set it: what is off is left out, as is the zero that some answers mean
 * "never" by and that the request refuses, and ExpirePasswords, which the request does not have.
 */
function given(policy: Fields): Fields {
  return Object.fromEntries(
    Object.entries(policy).filter(([key, value]) => key !== 'ExpirePasswords' && value),
  );
}
