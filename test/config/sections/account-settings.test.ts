import { accept, check } from '../rows';

const ann = { name: 'Ann Lee', title: 'CISO', email: 'security@example.com', phone: '+1 (555) 01-00' };
const contact = (change: object) => ({
  accountSettings: { contacts: { security: { ...ann, ...change } } },
});

describe('contacts', () => {
  accept([
    ['one', contact({})],
    ['all', { accountSettings: { contacts: { security: ann, billing: ann, operations: ann } } }],
  ]);

  check([
    [
      'one that is not an object',
      { accountSettings: { contacts: { security: 'ann@example.com' } } },
      "accountSettings.contacts.security: must be an object such as { name: 'Ann Lee', title: 'CISO', email: 'security@example.com', phone: '+1 555 0100' }; received \"ann@example.com\"",
    ],
    [
      'of a kind that AWS does not have',
      { accountSettings: { contacts: { legal: ann } } },
      'accountSettings.contacts.legal: is not an option',
    ],
    [
      'a blank name',
      contact({ name: ' ' }),
      'accountSettings.contacts.security.name: must be a text of 1 to 64 characters; received " "',
    ],
    [
      'a name that is left out',
      contact({ name: undefined }),
      'accountSettings.contacts.security.name: is missing; it must be a text of 1 to 64 characters',
    ],
    [
      'a long title',
      contact({ title: 'x'.repeat(51) }),
      `accountSettings.contacts.security.title: must be a text of 1 to 50 characters; received "${'x'.repeat(51)}"`,
    ],
    [
      'no address',
      contact({ email: 'ann' }),
      'accountSettings.contacts.security.email: must be an e-mail address such as security@example.com; received "ann"',
    ],
    [
      'no telephone number',
      contact({ phone: 'ask Ann' }),
      'accountSettings.contacts.security.phone: must be a telephone number: 1 to 25 digits, spaces, ( ) + and -; received "ask Ann"',
    ],
  ]);
});

describe('Regions', () => {
  accept([['two', { accountSettings: { regions: ['us-east-1', 'us-gov-west-1'] } }]]);

  check([
    [
      'none',
      { accountSettings: { regions: [] } },
      'accountSettings.regions: must name at least one Region; received []',
    ],
    [
      'one by its city',
      { accountSettings: { regions: ['Virginia'] } },
      'accountSettings.regions[0]: must be a Region such as us-east-1; received "Virginia"',
    ],
  ]);
});
