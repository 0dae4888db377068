import { SAML } from '../../everything';
import { accept, check } from '../rows';

const saml = (change: object) => ({ federation: { saml: { ...SAML, ...change } } });
const FILE = JSON.stringify(SAML.metadata);

afterEach(() => {
  jest.useRealTimers();
});

accept([['a SAML provider', { federation: { saml: SAML } }]]);

check([
  [
    'a file that does not exist',
    saml({ metadata: 'none.xml' }),
    'federation.saml.metadata: must be a file that can be read; received "none.xml"',
  ],
  [
    'a file that is not metadata',
    saml({ metadata: 'package.json' }),
    'federation.saml.metadata: is not well-formed XML: & is not an entity of XML; received "package.json"',
  ],
  ['no role', saml({ roles: [] }), 'federation.saml.roles: must name at least one role; received []'],
  [
    'a role that is not an object',
    saml({ roles: ['ReadOnly'] }),
    `federation.saml.roles[0]: must be a role such as { role: 'ReadOnly', group: 'engineers' }; received "ReadOnly"`,
  ],
  [
    'a role twice',
    saml({
      roles: [
        { role: 'ReadOnly', group: 'a' },
        { role: 'ReadOnly', group: 'b' },
      ],
    }),
    'federation.saml.roles[1].role: is a duplicate; received "ReadOnly"',
  ],
  [
    'a group that matches others',
    saml({ roles: [{ role: 'ReadOnly', group: 'engineers*' }] }),
    'federation.saml.roles[0].group: must be the name of a group: 1 to 128 characters, without " \\ $ * ? { }; received "engineers*"',
  ],
  [
    'a name with a slash',
    saml({ name: 'a/b' }),
    'federation.saml.name: must be the name of a SAML provider: 1 to 128 of A-Z a-z 0-9 . _ -; received "a/b"',
  ],
]);

describe('when the certificate has ended', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: new Date('2200-01-01') });
  });

  check([
    [
      'nobody could sign in',
      saml({}),
      `federation.saml.metadata: is expired: its signing certificate was valid until 2126-11-04; received ${FILE}`,
    ],
  ]);
});
