import type { Permission, Setting } from './setting';

/** The alias of the account. An account can have only one. */
const accountAlias = {
  name: 'AccountAlias',
  scope: 'account',
  async read({ iam }) {
    const { AccountAliases: [alias = null] = [] } = await iam.listAccountAliases({});
    return alias;
  },
  // A new alias replaces the old one.
  write: ({ iam }, value, _, now) =>
    value === null
      ? iam.deleteAccountAlias({ AccountAlias: now ?? undefined })
      : iam.createAccountAlias({ AccountAlias: value }),
} as const satisfies Setting<string | null>;

export const permissions = [
  {
    sid: 'AccountAlias',
    actions: ['iam:CreateAccountAlias', 'iam:DeleteAccountAlias', 'iam:ListAccountAliases'],
  },
] as const satisfies readonly Permission[];

export { accountAlias as setting };
export const file = __filename;
