import { PERSON_ROLES, type PersonRole, personRoleName } from './person-roles';

/** The people of a configuration, and their roles. */
export interface RolePeople {
  readonly administrators: readonly string[];
  readonly billing: { readonly viewers: readonly string[] };
  readonly access: {
    readonly breakGlass?: readonly string[];
    readonly people: readonly { readonly name: string; readonly roles: readonly PersonRole[] }[];
  };
}

/** The roles of each person, by user name: those of `access.people`, or else the usual ones. */
function rolesByPerson({ administrators, billing, access }: RolePeople): Map<string, readonly PersonRole[]> {
  return new Map([
    ...administrators.map((name) => [name, PERSON_ROLES] as const),
    ...billing.viewers.map((name) => [name, ['Billing']] as const),
    ...access.people.map(({ name, roles }) => [name, roles] as const),
  ]);
}

/** The names of the users who may assume each role. */
export function usersByRole(people: RolePeople): Record<PersonRole, readonly string[]> {
  const roles = [...rolesByPerson(people)];
  const usersOf = (role: PersonRole) => roles.filter(([, own]) => own.includes(role)).map(([name]) => name);
  return {
    Administrator: usersOf('Administrator'),
    PowerUser: usersOf('PowerUser'),
    ReadOnly: usersOf('ReadOnly'),
    Auditor: usersOf('Auditor'),
    Billing: usersOf('Billing'),
  };
}

/** The people who have a user because of `access.people` alone. */
export function othersOf({ administrators, billing, access }: RolePeople): string[] {
  const listed = [...administrators, ...billing.viewers];
  return access.people.map(({ name }) => name).filter((name) => !listed.includes(name));
}

/** The people who assume roles in mode 'roles'. */
export function peopleWithRoles(people: RolePeople): string[] {
  return [...rolesByPerson(people).keys()];
}

/** The names of all users that the configuration creates. */
export function userNamesOf(people: RolePeople): string[] {
  return [...peopleWithRoles(people), ...(people.access.breakGlass ?? [])];
}

/** Physical names of the roles that somebody may assume. */
export function roleNamesOf(people: RolePeople & { readonly stackName: string }): string[] {
  const users = usersByRole(people);
  return PERSON_ROLES.filter((role) => users[role].length > 0).map((role) =>
    personRoleName(people.stackName, role),
  );
}
