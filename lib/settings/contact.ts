import type { AlternateContactType } from '@aws-sdk/client-account';
import { orNull, type Permission, type Setting } from './setting';

/** Fields of the request; AWS requires all of them. */
type Contact = Readonly<Record<'Name' | 'Title' | 'EmailAddress' | 'PhoneNumber', string>>;

/**
 * An alternate contact of the account; null if it has none.
 * @see https://docs.aws.amazon.com/accounts/latest/reference/API_PutAlternateContact.html
 */
export function contact(name: string, AlternateContactType: AlternateContactType): Setting<Contact | null> {
  return {
    name,
    scope: 'account',
    read: ({ account }) =>
      orNull('ResourceNotFoundException', async () => {
        const { AlternateContact } = await account.getAlternateContact({ AlternateContactType });
        const { Name, Title, EmailAddress, PhoneNumber } = AlternateContact ?? {};
        return { Name, Title, EmailAddress, PhoneNumber } as Contact;
      }),
    write: ({ account }, value) =>
      value === null
        ? account.deleteAlternateContact({ AlternateContactType })
        : account.putAlternateContact({ ...value, AlternateContactType }),
  };
}

/** Actions that each contact needs. */
export const CONTACT_ACTIONS: Permission['actions'] = [
  'account:DeleteAlternateContact',
  'account:GetAlternateContact',
  'account:PutAlternateContact',
];

export const file = __filename;
