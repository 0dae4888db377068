import { section } from '../../fields/basics';
import { email, matching, text } from '../../fields/text';

/** Limits: https://docs.aws.amazon.com/accounts/latest/reference/API_PutAlternateContact.html */
const contact = section(
  {
    name: text(64),
    title: text(50),
    email: email(),
    phone: matching(/^[\s0-9()+-]{1,25}$/, 'must be a telephone number: 1 to 25 digits, spaces, ( ) + and -'),
  },
  "must be an object such as { name: 'Ann Lee', title: 'CISO', email: 'security@example.com', phone: '+1 555 0100' }",
).optional();

export const contacts = section(
  { security: contact, billing: contact, operations: contact },
  'must be an object such as { security: { name, title, email, phone } }',
).default({});
