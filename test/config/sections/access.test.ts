import { accept, check, type Row } from '../rows';

const people = (...list: object[]) => ({ access: { mode: 'roles', people: list } });
const NO_ADMINISTRATOR =
  'access.people: must let at least one of administrators assume Administrator; otherwise only the root user could administer the account';
const TOO_LONG =
  "access.mode: must not be 'roles' with names of more than 1000 characters together, which a trust policy cannot hold; use federation";

accept([
  ['roles for people', people({ name: 'dave', roles: ['ReadOnly', 'Auditor'] })],
  ['other roles for an administrator', people({ name: 'alice', roles: ['Administrator', 'ReadOnly'] })],
  [
    'an administrator without the role, next to one with it',
    { administrators: ['alice', 'bob'], ...people({ name: 'alice', roles: ['ReadOnly'] }) },
  ],
  ['two sealed users', { access: { breakGlass: ['glass-1', 'glass-2'] } }],
  ['the shortest and the longest session', { access: { sessionHours: 1, mfaHours: 12 } }],
]);

check([
  [
    'one sealed user',
    { access: { breakGlass: ['glass-1'] } },
    'access.breakGlass: must name two users, so that one can replace the other; received ["glass-1"]',
  ],
  [
    'the same sealed user twice',
    { access: { breakGlass: ['glass', 'Glass'] } },
    'access.breakGlass[1]: is a duplicate; received "Glass"',
  ],
  [
    'an administrator as sealed user',
    { access: { breakGlass: ['glass', 'Alice'] } },
    'access.breakGlass[1]: is listed elsewhere; it must be a user of its own; received "Alice"',
  ],
  [
    'the group of the sealed users for administrators',
    { access: { groupName: 'breakglass', breakGlass: ['glass-1', 'glass-2'] } },
    'access.groupName: is the name of the group of the break-glass users; received "breakglass"',
  ],
  [
    'an unknown mode',
    { access: { mode: 'groups' } },
    'access.mode: must be one of users, roles; received "groups"',
  ],
  [
    'people who are users only',
    { access: { people: [{ name: 'dave', roles: ['ReadOnly'] }] } },
    `access.people: needs access.mode: 'roles'; received [{"name":"dave","roles":["ReadOnly"]}]`,
  ],
  [
    'a person without roles',
    people({ name: 'dave', roles: [] }),
    'access.people[0].roles: must name at least one of Administrator, PowerUser, ReadOnly, Auditor, Billing; received []',
  ],
  [
    'a role that does not exist',
    people({ name: 'dave', roles: ['Root'] }),
    'access.people[0].roles[0]: must be one of Administrator, PowerUser, ReadOnly, Auditor, Billing; received "Root"',
  ],
  [
    'a person who is not an object',
    people('dave' as unknown as object),
    `access.people[0]: must be a person such as { name: 'dave', roles: ['ReadOnly'] }; received "dave"`,
  ],
  [
    'a person twice',
    people({ name: 'dave', roles: ['ReadOnly'] }, { name: 'Dave', roles: ['Auditor'] }),
    'access.people[1]: is a duplicate; received "Dave"',
  ],
  [
    'an administrator in another spelling',
    people({ name: 'Alice', roles: ['Administrator'] }),
    'access.people[0].name: must be spelled like alice, which is listed elsewhere; received "Alice"',
  ],
  [
    'nobody who administers',
    people({ name: 'alice', roles: ['ReadOnly'] }),
    `${NO_ADMINISTRATOR}; received [{"name":"alice","roles":["ReadOnly"]}]`,
  ],
  [
    'names that a trust policy cannot hold',
    {
      administrators: Array.from(
        { length: 15 },
        (_, index) => `${'a'.repeat(62)}${index % 10}${index > 9 ? 'b' : 'c'}`,
      ),
      access: { mode: 'roles' },
    },
    `${TOO_LONG}; received "roles"`,
  ],
  [
    'revoked sessions where nobody has any',
    { access: { revokedSessions: [{ name: 'carol', before: '2026-11-29T10:00:00Z' }] } },
    `access.revokedSessions: needs access.mode: 'roles' or federation.saml; received [{"name":"carol","before":"2026-11-29T10:00:00Z"}]`,
  ],
  ...['yesterday', '2026-11-29', '2026-13-29T10:00:00Z', '2026-11-29T10:00:00+01:00'].map((before): Row => [
    `sessions that began before ${before}`,
    { access: { mode: 'roles', revokedSessions: [{ name: 'carol', before }] } },
    `access.revokedSessions[0].before: must be a moment in UTC, such as 2026-11-29T10:00:00Z; received "${before}"`,
  ]),
  [
    'a pattern of sessions',
    { access: { mode: 'roles', revokedSessions: [{ name: 'car*', before: '2026-11-29T10:00:00Z' }] } },
    'access.revokedSessions[0].name: must be the name of a session: 2 to 64 letters, digits, or _+=,.@-; received "car*"',
  ],
  ...[0, 13, 1.5, '4'].map((sessionHours): Row => [
    `a session of ${JSON.stringify(sessionHours)} hours`,
    { access: { sessionHours } },
    `access.sessionHours: must be a whole number of hours from 1 to 12; received ${JSON.stringify(sessionHours)}`,
  ]),
]);
