import fc from 'fast-check';
import { refusal } from '../../functions/fake-aws';
import type { Api } from '../api';

/** A password policy as IAM answers. */
interface PasswordPolicy {
  readonly MinimumPasswordLength: number;
  readonly RequireSymbols: boolean;
  readonly RequireNumbers: boolean;
  readonly RequireUppercaseCharacters: boolean;
  readonly RequireLowercaseCharacters: boolean;
  readonly AllowUsersToChangePassword: boolean;
  readonly ExpirePasswords: boolean;
  readonly MaxPasswordAge?: number | undefined;
  readonly PasswordReusePrevention?: number | undefined;
  readonly HardExpiry?: boolean | undefined;
}

/** Fields of which more is stronger. */
const STRENGTHS = [
  ...(['MinimumPasswordLength', 'RequireSymbols', 'RequireNumbers', 'RequireUppercaseCharacters'] as const),
  ...(['RequireLowercaseCharacters', 'PasswordReusePrevention'] as const),
];

const flag = fc.boolean();
const some = (minimum: number, maximum: number) =>
  fc.option(fc.integer({ min: minimum, max: maximum }), { nil: undefined });

export const api: Api<PasswordPolicy | undefined> = {
  scope: 'account',
  states: fc.option(
    fc
      .record({
        MinimumPasswordLength: fc.integer({ min: 6, max: 128 }),
        RequireSymbols: flag,
        RequireNumbers: flag,
        RequireUppercaseCharacters: flag,
        RequireLowercaseCharacters: flag,
        AllowUsersToChangePassword: flag,
        MaxPasswordAge: some(1, 1095),
        PasswordReusePrevention: some(1, 24),
        HardExpiry: fc.constantFrom(true, undefined),
      })
      .map((policy) => ({ ...policy, ExpirePasswords: policy.MaxPasswordAge !== undefined })),
    { nil: undefined },
  ),
  isWeaker(was, is) {
    if (!was) return false;
    if (!is) return true;
    const never = 1096;
    return (
      STRENGTHS.some((name) => Number(is[name] ?? 0) < Number(was[name] ?? 0)) ||
      (is.MaxPasswordAge ?? never) > (was.MaxPasswordAge ?? never)
    );
  },
  operations: {
    GetAccountPasswordPolicy: ({ state }) => {
      if (!state) throw refusal('NoSuchEntityException');
      return { PasswordPolicy: state };
    },
    UpdateAccountPasswordPolicy: (at, input: Partial<PasswordPolicy>) =>
      void (at.state = {
        MinimumPasswordLength: input.MinimumPasswordLength ?? 6,
        RequireSymbols: input.RequireSymbols ?? false,
        RequireNumbers: input.RequireNumbers ?? false,
        RequireUppercaseCharacters: input.RequireUppercaseCharacters ?? false,
        RequireLowercaseCharacters: input.RequireLowercaseCharacters ?? false,
        AllowUsersToChangePassword: input.AllowUsersToChangePassword ?? false,
        ExpirePasswords: input.MaxPasswordAge !== undefined,
        MaxPasswordAge: input.MaxPasswordAge,
        PasswordReusePrevention: input.PasswordReusePrevention,
        HardExpiry: input.HardExpiry,
      }),
    DeleteAccountPasswordPolicy: (at) => void (at.state = undefined),
  },
};
