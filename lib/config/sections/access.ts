import { z } from 'zod';
import { PERSON_ROLES } from '../../access/person-roles';
import { flag, list, oneOf, section, wholeNumber } from '../../fields/basics';
import { accountId, groupName, providerName, userName } from '../../fields/names';
import { matching } from '../../fields/text';

/** Somebody, and the roles that they may assume. */
const person = section(
  {
    /** IAM user name. A name that is listed elsewhere gets these roles instead of the usual ones. */
    name: userName(),
    /** Roles that the person may assume, such as `['ReadOnly']`. */
    roles: list(oneOf(PERSON_ROLES), 'roles').min(1, {
      error: `must name at least one of ${PERSON_ROLES.join(', ')}`,
    }),
  },
  "must be a person such as { name: 'dave', roles: ['ReadOnly'] }",
);

/** Sessions of roles that are to end. */
const revokedSessions = section(
  {
    /**
     * Name of the sessions, as the message of an alarm shows it: that of the IAM user, or the one that the
     * identity provider gives.
     */
    name: matching(
      /^[\w+=,.@-]{2,64}$/,
      'must be the name of a session: 2 to 64 letters, digits, or _+=,.@-',
    ),
    /** Sessions that began before are denied everything, in UTC. */
    before: matching(
      /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/,
      'must be a moment in UTC, such as 2026-11-29T10:00:00Z',
    ),
  },
  "must be sessions such as { name: 'carol', before: '2026-11-29T10:00:00Z' }",
);

export const access = section({
  /**
   * How people get their permissions. 'users': from the groups of their users. 'roles': their users can only
   * look after their own credentials and assume roles with MFA. The roles are named after `stackName`, such
   * as `AccountBaseline-Administrator`. To change it, see docs/roles.md: deploy the stack `Roles` first, and
   * the others with the role.
   * @default 'users'
   */
  mode: oneOf(['users', 'roles']).default('users'),
  /**
   * Roles of people in mode 'roles': Administrator, PowerUser, ReadOnly, Auditor, Billing. Administrators may
   * assume all of them, and billing viewers Billing. List those of them who need other roles, and
   * everyone else who needs a user.
   * @default []
   */
  people: z.array(person, { error: 'must be a list of people' }).default([]),
  /**
   * Longest session of a role, in hours from 1 to 12. The AWS CLI asks for one hour unless a profile says
   * otherwise.
   * @default 4
   */
  sessionHours: wholeNumber('hours', 1, 12).default(4),
  /**
   * How long after signing in with MFA people can assume a role, in hours from 1 to 12.
   * @default 8
   */
  mfaHours: wholeNumber('hours', 1, 12).default(8),
  /**
   * Sessions of the roles that are to end, such as `[{ name: 'carol', before: '2026-11-29T10:00:00Z' }]`, at
   * most ten. Remove an entry `sessionHours` later. Do not end the session that deploys.
   * @default - none
   */
  revokedSessions: z
    .array(revokedSessions, { error: 'must be a list of sessions' })
    .max(10, { error: 'must have at most ten entries: remove those of sessions that have ended' })
    .optional(),
  /**
   * IAM user names of two sealed users for emergencies, such as `['break-glass-1', 'break-glass-2']`. They
   * have administrator rights with MFA in every mode, and each use of them triggers a critical alarm. See
   * docs/break-glass.md.
   * @default - none
   */
  breakGlass: list(userName(), 'two IAM user names')
    .length(2, { error: 'must name two users, so that one can replace the other' })
    .optional(),
  /**
   * Name of the group. If you change it, the members move to a new group and the old one is deleted.
   * @default 'Administrators'
   */
  groupName: groupName().default('Administrators'),
  /**
   * Prevents administrators from accidentally deleting or changing the group, its policies, the trail, its
   * buckets, key or log group, the topics, the alarms or the detectors. CloudFormation can still change them.
   * @default true
   */
  guard: flag().default(true),
  /**
   * Creates a role for cases with AWS Support. Administrators can assume it with MFA.
   * @default true
   */
  supportRole: flag().default(true),
  /**
   * Keeps the group, the users and the policies when the stack is deleted, so that nobody is locked out.
   * Changing it may fail once a first-time password was deleted.
   * @default true
   */
  keepOnRemoval: flag().default(true),
  /**
   * Creates a permissions boundary and a policy for people and pipelines that may create roles, with which
   * nobody gets more rights than they have. Attach both to them; docs/federation.md shows how.
   * @default false
   */
  delegation: flag().default(false),
  /**
   * IDs of the other AWS accounts that may assume roles in this account or use what it shares. `verify`
   * reports every other account. The option itself grants nothing.
   * @default []
   */
  trustedAccounts: list(accountId(), 'account IDs').default([]),
  /**
   * Identity providers whose users may assume roles: the name of a SAML provider, the URL of an OpenID
   * Connect provider without `https://`, or 'identity-center'. `verify` reports every other provider. The
   * option itself grants nothing.
   * @default []
   */
  trustedProviders: list(providerName(), 'identity providers').default([]),
}).prefault({});
