import { IAM } from '@aws-sdk/client-iam';
import { CLIENT, settings } from './setting-provider';

const iam = new IAM(CLIENT);

/** The alias of the account: it has one or none. */
export const handler = settings({
  AccountAlias: {
    global: true,
    read: async () => {
      const { AccountAliases: [alias = null] = [] } = await iam.listAccountAliases({});
      return alias;
    },
    // A new one takes the place of the old one.
    write: (value, _region, _account, now) =>
      value === null
        ? iam.deleteAccountAlias({ AccountAlias: now as string })
        : iam.createAccountAlias({ AccountAlias: value as string }),
  },
});
