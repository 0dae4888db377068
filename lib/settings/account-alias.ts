import { isNamed, type Permission, type Setting } from './setting';

/** The alias of the account. An account can have only one. */
const accountAlias: Setting<string | null> = {
  name: 'AccountAlias',
  scope: 'account',
  async read({ iam }) {
    const { AccountAliases: [alias = null] = [] } = await iam.listAccountAliases({});
    return alias;
  },
  // A new alias replaces the old one.
  async write({ iam }, value, place, now) {
    if (value === null) return iam.deleteAccountAlias({ AccountAlias: now ?? undefined });
    try {
      return await iam.createAccountAlias({ AccountAlias: value });
    } catch (error) {
      if (!isNamed(error, 'EntityAlreadyExistsException')) throw error;
      // No two accounts can have the same. The sign-in page is not worth a deployment that is rolled back.
      place.skip(`another account has the alias ${value}`);
      return value;
    }
  },
};

export const permissions: readonly Permission[] = [
  {
    sid: 'AccountAlias',
    actions: ['iam:CreateAccountAlias', 'iam:DeleteAccountAlias', 'iam:ListAccountAliases'],
  },
];

/** Another account can have the alias. */
export const mayBeLeftAlone = true;
export { accountAlias as setting };
export const file = __filename;
