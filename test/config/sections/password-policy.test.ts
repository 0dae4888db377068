import { accept, check, message, messageOf, type Row, SMALLEST } from '../rows';

const LENGTH = 'passwordPolicy.minimumLength: must be a whole number of characters from 6 to 128';
const REUSE = 'passwordPolicy.passwordReusePrevention: must be a whole number of passwords from 1 to 24';
const EXPIRY = 'passwordPolicy.expireAfterDays: must be a whole number of days from 1 to 1095';

accept([
  [
    'the smallest numbers',
    { passwordPolicy: { minimumLength: 6, passwordReusePrevention: 1, expireAfterDays: 1 } },
  ],
  [
    'the largest numbers',
    { passwordPolicy: { minimumLength: 128, passwordReusePrevention: 24, expireAfterDays: 1095 } },
  ],
]);

check([
  ...[5, 129, 15.5, '15', null].map((minimumLength): Row => [
    `a length of ${JSON.stringify(minimumLength)}`,
    { passwordPolicy: { minimumLength } },
    `${LENGTH}; received ${JSON.stringify(minimumLength)}`,
  ]),
  ...[0, 25].map((passwordReusePrevention): Row => [
    `${passwordReusePrevention} previous passwords`,
    { passwordPolicy: { passwordReusePrevention } },
    `${REUSE}; received ${passwordReusePrevention}`,
  ]),
  ...[0, 1096].map((expireAfterDays): Row => [
    `an expiry after ${expireAfterDays} days`,
    { passwordPolicy: { expireAfterDays } },
    `${EXPIRY}; received ${expireAfterDays}`,
  ]),
  [
    'a removal of another kind',
    { passwordPolicy: { onRemoval: 'keep' } },
    `passwordPolicy.onRemoval: must be 'restore' or 'retain'; received "keep"`,
  ],
  [
    'a word for a switch',
    { passwordPolicy: { requireNumbers: 'yes' } },
    'passwordPolicy.requireNumbers: must be true or false; received "yes"',
  ],
  ['a number for a switch', { customerKey: 1 }, 'customerKey: must be true or false; received 1'],
]);

test.each([NaN, Infinity, -Infinity])('%s is not a length', (minimumLength) => {
  expect(messageOf({ ...SMALLEST, passwordPolicy: { minimumLength } })).toBe(
    message([`${LENGTH}; received ${minimumLength}`]),
  );
});
