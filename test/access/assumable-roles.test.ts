import {
  othersOf,
  peopleWithRoles,
  roleNamesOf,
  type RolePeople,
  userNamesOf,
  usersByRole,
} from '../../lib/access/assumable-roles';
import { PERSON_ROLES } from '../../lib/access/person-roles';

const PEOPLE: RolePeople & { readonly stackName: string } = {
  stackName: 'Baseline',
  administrators: ['alice'],
  billing: { viewers: ['bob'] },
  access: { people: [{ name: 'carol', roles: ['PowerUser', 'Auditor'] }] },
};
const withPeople = (people: RolePeople['access']['people']) => ({ ...PEOPLE, access: { people } });

test('administrators may assume every role, billing viewers theirs, and others those that are listed', () => {
  expect(usersByRole(PEOPLE)).toEqual({
    Administrator: ['alice'],
    PowerUser: ['alice', 'carol'],
    ReadOnly: ['alice'],
    Auditor: ['alice', 'carol'],
    Billing: ['alice', 'bob'],
  });
});

test('the roles that are listed for somebody replace the usual ones', () => {
  const people = withPeople([
    { name: 'alice', roles: ['ReadOnly'] },
    { name: 'bob', roles: [] },
  ]);
  expect(usersByRole(people)).toEqual({
    Administrator: [],
    PowerUser: [],
    ReadOnly: ['alice'],
    Auditor: [],
    Billing: [],
  });
  expect(othersOf(people)).toEqual([]);
});

test('everybody has one user, break-glass users included', () => {
  const people = withPeople([
    { name: 'bob', roles: ['Auditor'] },
    { name: 'carol', roles: ['ReadOnly'] },
  ]);
  expect(peopleWithRoles(people)).toEqual(['alice', 'bob', 'carol']);
  expect(othersOf(people)).toEqual(['carol']);
  expect(userNamesOf(people)).toEqual(['alice', 'bob', 'carol']);
  const breakGlass = ['glass1', 'glass2'];
  expect(userNamesOf({ ...people, access: { ...people.access, breakGlass } })).toEqual([
    'alice',
    'bob',
    'carol',
    ...breakGlass,
  ]);
});

test('a role that nobody may assume has no name', () => {
  expect(roleNamesOf(PEOPLE)).toEqual(PERSON_ROLES.map((role) => `Baseline-${role}`));
  expect(roleNamesOf({ ...PEOPLE, administrators: [] })).toEqual([
    'Baseline-PowerUser',
    'Baseline-Auditor',
    'Baseline-Billing',
  ]);
});
