import type { UpdateAccountPasswordPolicyCommandInput } from '@aws-sdk/client-iam';
import { orNull, type Setting, type Permission } from './setting';

/** Fields of a password policy. */
type Fields = Readonly<Record<string, number | boolean>>;

/**
 * The password policy of the account; null if it has none.
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html
 */
const passwordPolicy: Setting<Fields | null> = {
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
  // Keeps stricter fields that someone changed after they were set.
  desired(now, previous, asked, set) {
    const policy = stricter(asked as Fields, previous);
    return set === undefined ? policy : stricter(policy, now, set as Fields);
  },
};

export const permissions: readonly Permission[] = [
  {
    sid: 'PasswordPolicy',
    actions: [
      'iam:DeleteAccountPasswordPolicy',
      'iam:GetAccountPasswordPolicy',
      'iam:UpdateAccountPasswordPolicy',
    ],
  },
];

export { passwordPolicy as setting };
export const file = __filename;

//! Hard expiry makes no password stronger: it locks people out, and a sole administrator for good.
const NOT_STRICTER = ['AllowUsersToChangePassword', 'HardExpiry'];

/**
 * Returns a policy with the stricter value of both for every field that makes passwords stronger.
 *
 * @param other the other policy, without disabled fields
 * @param but fields of the other policy to ignore while they have these values
 */
function stricter(policy: Fields, other?: Fields | null, but?: Fields): Fields {
  const fields = Object.entries(other ?? {})
    .filter(([key, value]) => !NOT_STRICTER.includes(key) && value !== but?.[key])
    .map(([key, value]) => [
      key,
      // For the age, less is stricter.
      value === true ||
        (key === 'MaxPasswordAge' ? Math.min : Math.max)(Number(value), Number(policy[key] ?? value)),
    ]);
  return given({ ...policy, ...(Object.fromEntries(fields) as Fields) });
}

/**
 * Converts a policy from a response to a request. It leaves out disabled fields, zeros (some responses
 * contain them for "never", but a request must not), and ExpirePasswords, which is not part of the request.
 */
function given(policy: Fields): Fields {
  return Object.fromEntries(
    Object.entries(policy).filter(([key, value]) => key !== 'ExpirePasswords' && value),
  );
}
