import { BREAK_GLASS } from '../../access/break-glass';
import { BILLING_VIEWERS } from '../../billing/billing-viewers';
import { describe } from '../errors';
import { sameName } from './duplicates';
import type { Related } from './related';

/** Administrators can already view the bills, and a user can be created only once. */
export function administratorsAsViewers({ administrators, billing }: Related): string[] {
  return billing.viewers.flatMap((name, index) =>
    administrators.some((administrator) => sameName(administrator, name))
      ? [describe(`billing.viewers[${index}]`, 'is already an administrator', name)]
      : [],
  );
}

/** The groups of the billing viewers and of the sealed users have fixed names. */
export function takenGroupName({ access, billing }: Related): string[] {
  if (
    access.groupName !== undefined &&
    access.breakGlass.length > 0 &&
    sameName(access.groupName, BREAK_GLASS)
  ) {
    return [
      describe('access.groupName', 'is the name of the group of the break-glass users', access.groupName),
    ];
  }
  return access.groupName !== undefined &&
    billing.viewers.length > 0 &&
    sameName(access.groupName, BILLING_VIEWERS)
    ? [describe('access.groupName', 'is the name of the group of billing viewers', access.groupName)]
    : [];
}

/** A sealed user is nobody's everyday user. */
export function breakGlassListed({ access, administrators, billing }: Related): string[] {
  const others = [...administrators, ...billing.viewers, ...access.people.map(({ name }) => name)];
  return access.breakGlass.flatMap((name, index) =>
    name !== '' && others.some((other) => sameName(name, other))
      ? [describe(`access.breakGlass[${index}]`, 'is listed elsewhere; it must be a user of its own', name)]
      : [],
  );
}

/** Roles exist for people who sign in as users of mode 'roles'. */
export function peopleWithoutRoles({ access }: Related): string[] {
  return access.mode === 'users' && access.people.length > 0
    ? [describe('access.people', "needs access.mode: 'roles'", access.people)]
    : [];
}

/** Sessions are those of roles, which users of mode 'users' have only with a SAML provider. */
export function revokedWithoutRoles({ access, federation }: Related): string[] {
  return access.mode === 'users' && federation.saml === undefined && access.revokedSessions.length > 0
    ? [
        describe(
          'access.revokedSessions',
          "needs access.mode: 'roles' or federation.saml",
          access.revokedSessions,
        ),
      ]
    : [];
}

/** An account that nobody can administer would need root. */
export function nobodyAdministers({ access, administrators }: Related): string[] {
  const rolesOf = (administrator: string) =>
    access.people.find(({ name }) => sameName(name, administrator))?.roles ?? ['Administrator'];
  return administrators.length === 0 ||
    administrators.some((name) => rolesOf(name).includes('Administrator')) ||
    administrators.every((name) => rolesOf(name).length === 0)
    ? []
    : [
        describe(
          'access.people',
          'must let at least one of administrators assume Administrator; otherwise only the root user could administer the account',
          access.people,
        ),
      ];
}

/** The name of a person who is listed twice must be spelled alike: users of IAM have one spelling. */
export function otherwiseSpelled({ access, administrators, billing }: Related): string[] {
  const listed = [...administrators, ...billing.viewers];
  return access.people.flatMap(({ name }, index) => {
    const other = listed.find((one) => one !== name && sameName(one, name));
    return other === undefined || name === ''
      ? []
      : [
          describe(
            `access.people[${index}].name`,
            `must be spelled like ${other}, which is listed elsewhere`,
            name,
          ),
        ];
  });
}

/**
 * Characters for the names in the trust policy of a role: a trust policy has at most 2,048, and the rest of
 * it, with an identity provider, takes less than 1,000.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const LONGEST_NAMES = 1_000;

/** Names that would not fit the trust policy of a role. */
export function tooManyNames({ access, administrators, billing }: Related): string[] {
  if (access.mode !== 'roles') return [];
  const names = [...administrators, ...billing.viewers, ...access.people.map(({ name }) => name)];
  // In quotes, with a comma.
  const length = [...new Set(names)].reduce((sum, name) => sum + name.length + 3, 0);
  return length <= LONGEST_NAMES
    ? []
    : [
        describe(
          'access.mode',
          `must not be 'roles' with names of more than ${LONGEST_NAMES} characters together, which a trust policy cannot hold; use federation`,
          access.mode,
        ),
      ];
}
