import type { AlternateContactType, PutAlternateContactCommandInput } from '@aws-sdk/client-account';
import { isNamed, type Permission, type Setting, type Value } from './setting';

/**
 * An alternate contact of the account, or none.
 * @see https://docs.aws.amazon.com/accounts/latest/reference/API_PutAlternateContact.html
 */
export function contact(name: string, AlternateContactType: AlternateContactType) {
  return {
    name,
    scope: 'account',
    async read({ account }) {
      try {
        const { AlternateContact } = await account.getAlternateContact({ AlternateContactType });
        const { Name, Title, EmailAddress, PhoneNumber } = AlternateContact ?? {};
        return { Name, Title, EmailAddress, PhoneNumber } as Value;
      } catch (error) {
        if (isNamed(error, 'ResourceNotFoundException')) return null;
        throw error;
      }
    },
    write: ({ account }, value) =>
      value === null
        ? account.deleteAlternateContact({ AlternateContactType })
        : account.putAlternateContact({
            ...(value as unknown as PutAlternateContactCommandInput),
            AlternateContactType,
          }),
  } as const satisfies Setting;
}

/** What each contact needs. */
export const CONTACT_ACTIONS: Permission['actions'] = [
  'account:DeleteAlternateContact',
  'account:GetAlternateContact',
  'account:PutAlternateContact',
];

export const file = __filename;
