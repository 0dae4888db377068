import type { AlternateContactType, PutAlternateContactCommandInput } from '@aws-sdk/client-account';
import { isNamed, type Setting, type Value } from './setting';

/** @see https://docs.aws.amazon.com/accounts/latest/reference/API_PutAlternateContact.html */
const contact = (name: string, AlternateContactType: AlternateContactType): Setting => ({
  name,
  scope: 'account',
  permissions: [
    {
      sid: name,
      actions: [
        'account:DeleteAlternateContact',
        'account:GetAlternateContact',
        'account:PutAlternateContact',
      ],
    },
  ],
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
});

/** By the name of its option in `accountSettings.contacts`. */
export const CONTACTS = {
  security: contact('SecurityContact', 'SECURITY'),
  billing: contact('BillingContact', 'BILLING'),
  operations: contact('OperationsContact', 'OPERATIONS'),
} as const;
