import fc from 'fast-check';
import { refusal } from '../../functions/fake-aws';
import type { Api } from '../api';

interface Input {
  readonly AlternateContactType: string;
}

/** The three contacts, by their types. */
export const api: Api<Readonly<Record<string, object | undefined>>> = {
  scope: 'account',
  states: fc.dictionary(
    fc.constantFrom('SECURITY', 'BILLING', 'OPERATIONS'),
    fc.record({
      Name: fc.string({ minLength: 1, maxLength: 20 }),
      Title: fc.constant('CISO'),
      EmailAddress: fc.constant('former@example.com'),
      PhoneNumber: fc.constant('+1 555 0100'),
    }),
    { noNullPrototype: true },
  ),
  // The recipient does not make a contact stronger or weaker.
  isWeaker: () => false,
  operations: {
    GetAlternateContact: ({ state }, { AlternateContactType: type }: Input) => {
      const found = state[type];
      if (!found) throw refusal('ResourceNotFoundException');
      return { AlternateContact: { ...found, AlternateContactType: type } };
    },
    PutAlternateContact: (at, { AlternateContactType, ...contact }: Input) =>
      void (at.state = { ...at.state, [AlternateContactType]: contact }),
    DeleteAlternateContact: (at, { AlternateContactType }: Input) =>
      void (at.state = { ...at.state, [AlternateContactType]: undefined }),
  },
};
