import type { GroupDetail, UserDetail } from '@aws-sdk/client-iam';
import { peopleWithRoles, userNamesOf } from '../../access/assumable-roles';
import { CREATE_DEVICE, NO_RESOURCE_ACTIONS, OWN_USER_ACTIONS, WITHOUT_MFA } from '../../access/without-mfa';
import { partOf, partsOf } from '../baseline-parts';
import {
  administers,
  decoded,
  listOf,
  principalsByKind,
  type Statement,
  statementsOf,
} from '../iam-statements';
import { own } from '../own';
import { isAsDeployed, policiesOfGroups, type TemplatePolicy } from '../policy-documents';
import { resolved, valuesOf } from '../template-values';
import type { Credentials, Part, People, SecretName, Snapshot } from '../snapshot';
import {
  AS_ROOT,
  check,
  consoleLink,
  counted,
  day,
  fail,
  given,
  type Observation,
  inWords,
  manual,
  pass,
  REDEPLOY,
  unknown,
} from './check';
import type { BaselineConfig } from '../../config/config';
import type { Remedy } from '../finding';
import { remadeUsers } from '../deployed-roles';
import { DELETED_USER, REMADE_USER } from '../remedies';
import { shell } from '../shell';

/** Actions that a member can use without MFA. */
const EXEMPT = [...OWN_USER_ACTIONS, CREATE_DEVICE, ...NO_RESOURCE_ACTIONS];

const named = <T extends GroupDetail | UserDetail>(list: readonly T[], name: string) =>
  list.find(
    (one) => ('GroupName' in one ? one.GroupName : 'UserName' in one ? one.UserName : undefined) === name,
  );

const isIn = (group: string) => (user: UserDetail) => user.GroupList?.includes(group) === true;

const userName = ({ UserName = '' }: UserDetail) => UserName;

export const PEOPLE_CHECKS = [
  check(
    {
      check: 'administrators-group',
      title: 'Administrators need MFA for everything except setting it up',
      problem: 'The administrators group is missing or lacks a policy',
      area: 'people',
      severity: 'critical',
      controls: ['CIS 2.10', 'CIS 2.13', 'SSB ACCT.04', 'SSB ACCT.05'],
    },
    ({ people }, config) =>
      given({ people }, ({ people: { groups, users } }) => {
        const { access } = config;
        const group = named(groups, access.groupName);
        if (!group) return fail(`There is no group ${access.groupName}.`, REDEPLOY);
        const faults = faultsOf(group, access.guard);
        const about = { resource: group.Arn };
        return faults.length === 0
          ? pass(`The group ${access.groupName} has all its policies.`, about)
          : fail(
              `The group ${access.groupName} ${faults.join(', and ')}.`,
              restoring([access.groupName], users, config),
              about,
            );
      }),
  ),
  check(
    {
      check: 'group-policies',
      title: 'The group policies are unmodified',
      problem: 'A group policy was changed, added or removed',
      area: 'people',
      severity: 'high',
      controls: [],
    },
    ({ people, suite, caller, region }, config) =>
      given({ people, suite }, ({ people: { groups, users }, suite: stacks }) => {
        const wanted = stacks.flatMap((deployed) => {
          const valueOf = valuesOf(deployed, caller, region);
          return policiesOfGroups(deployed.template).map((policy): DeployedPolicy => ({
            ...policy,
            document: resolved(policy.document, deployed, stacks, valueOf),
            group: valueOf(policy.group) ?? policy.group,
            valueOf,
          }));
        });
        const faults = faultsOfPolicies(groups, wanted);
        const count = wanted.length;
        if (count === 0) return unknown('No deployed stack has a group policy.');
        return faults.length === 0
          ? pass(`The ${count} inline policies are unmodified.`)
          : fail(
              `${faults.join('; ')}.`,
              restoring(
                wanted.map(({ group }) => group),
                users,
                config,
              ),
            );
      }),
  ),
  check(
    {
      check: 'administrators',
      title: 'The administrators match the configuration',
      problem: 'The administrators differ from the configuration',
      area: 'people',
      severity: 'high',
      controls: ['CIS 2.7', 'CIS 2.13', 'FSBP IAM.2', 'SSB ACCT.03'],
    },
    ({ people, suite }, config) => {
      const { access, administrators } = config;
      const isByRole = access.mode === 'roles';
      const members = isByRole ? partOf(suite, 'people-group') : { value: access.groupName };
      return given({ people, members, suite }, ({ people: { users }, members: group, suite: stacks }) => {
        const wanted = isByRole ? peopleWithRoles(config) : administrators;
        const membersOf = (name: string) => users.filter(isIn(name)).map(userName);
        // Between the steps of docs/roles.md: the roles exist, and the users have not moved yet.
        const waiting = isByRole
          ? membersOf(access.groupName).filter(
              (name) => wanted.includes(name) && !membersOf(group).includes(name),
            )
          : [];
        const missing = wanted.filter((name) => ![...membersOf(group), ...waiting].includes(name));
        const others = [
          ...membersOf(group)
            .filter((name) => !wanted.includes(name))
            .map((name) => ({ name, group })),
          // With roles, nobody has the rights of an administrator as a user.
          ...(isByRole
            ? membersOf(access.groupName)
                .filter((name) => !waiting.includes(name))
                .map((name) => ({ name, group: access.groupName }))
            : []),
        ];
        if (missing.length + others.length + waiting.length === 0) {
          return pass(`${group} has ${inWords(membersOf(group))}.`);
        }
        return [
          ...waiting.map((name) =>
            fail(
              `${name} still has the rights of a user.`,
              {
                text: 'Deploy the rest with a profile that assumes the role, as docs/roles.md says. CloudFormation moves the user to the group of people.',
                command: 'npx cdk deploy --all --profile administrator',
              },
              { resource: name },
            ),
          ),
          ...missing.map((name) =>
            fail(
              named(users, name) ? `${name} is not in the group ${group}.` : `There is no user ${name}.`,
              named(users, name)
                ? // The other check says what to do about the user first.
                  remadeUsers(stacks, users).includes(name)
                  ? REMADE_USER
                  : {
                      text: 'Add the user to the group, or remove the name from the configuration.',
                      command: shell`aws iam add-user-to-group --group-name ${group} --user-name ${name}`,
                    }
                : DELETED_USER,
              { resource: name },
            ),
          ),
          ...others.map(({ name, group: theirs }) =>
            fail(
              theirs === group
                ? `${name} is in the group ${theirs} but not in the configuration.`
                : `${name} is in the group ${theirs}, although people have their rights from roles.`,
              {
                text:
                  theirs === group
                    ? `Find out who added the user. Add the name to the configuration, or remove the user from the group ${AS_ROOT}.`
                    : `Find out who added the user, and remove the user from the group ${AS_ROOT}.`,
                command: shell`aws iam remove-user-from-group --group-name ${theirs} --user-name ${name}`,
              },
              { resource: name },
            ),
          ),
        ];
      });
    },
  ),
  check(
    {
      check: 'own-permissions',
      title: 'Users have permissions through groups only',
      problem: 'A user has policies of their own',
      area: 'people',
      severity: 'medium',
      controls: ['CIS 2.13', 'FSBP IAM.2', 'SSB ACCT.04'],
    },
    ({ people }, { administrators }) =>
      given({ people }, ({ people: { users, policies } }) => {
        const faulty = users.flatMap((user) => {
          const { UserPolicyList: inline = [], AttachedManagedPolicies: attached = [] } = user;
          const names = [...inline, ...attached].map(({ PolicyName = '' }) => PolicyName);
          const isAdministrator = administers({ inline, attached }, policies);
          // The check other-administrators reports the others.
          if (names.length === 0 || (isAdministrator && !administrators.includes(userName(user)))) return [];
          return fail(
            `${userName(user)} has policies of their own: ${names.join(', ')}.`,
            { text: 'Grant the permissions to a group or a role, and remove them from the user.' },
            // They outlast the membership in the group.
            { resource: user.Arn, ...(isAdministrator && { severity: 'high' }) },
          );
        });
        return faulty.length === 0 ? pass('No user has a policy of their own.') : faulty;
      }),
  ),
  check(
    {
      check: 'user-mfa',
      title: 'Every user with a console password has MFA',
      problem: 'A user with a console password has no MFA device',
      area: 'people',
      severity: 'high',
      controls: ['CIS 2.10', 'FSBP IAM.5', 'SSB ACCT.05'],
    },
    (snapshot, config) => {
      const ours = userNamesOf(config);
      return given({ people: snapshot.people }, ({ people: { users } }) => [
        ...ours.filter((name) => named(users, name)).flatMap((name) => mfaOf(snapshot, name)),
        ...othersWithoutMfa(snapshot, ours),
      ]);
    },
  ),
  check(
    {
      check: 'access-keys',
      title: 'No user has long-term access keys',
      problem: 'A user has long-term access keys',
      area: 'people',
      severity: 'medium',
      controls: ['CIS 2.12', 'FSBP IAM.3', 'SSB ACCT.13'],
    },
    ({ credentials }) =>
      given({ credentials }, ({ credentials: rows }) => {
        // Root access keys have their own check.
        const holders = rows.filter(
          ({ user, accessKeys }) => accessKeys.length > 0 && user !== '<root_account>',
        );
        if (holders.length === 0) return pass('No user has an active access key.');
        return holders.map(({ user, accessKeys }) =>
          fail(
            `${user} has ${counted(accessKeys.length, 'active access key')}: ${accessKeys.map(ageOf).join('; ')}.`,
            {
              text: 'Use `aws login` for people and roles for programs. Deactivate the keys, and delete them when nothing has stopped working.',
              command: shell`aws iam list-access-keys --user-name ${user}`,
            },
            { resource: user },
          ),
        );
      }),
  ),
  check(
    {
      check: 'first-passwords',
      title: 'First-time passwords are deleted after the first sign-in',
      problem: 'A first-time password is still stored',
      area: 'people',
      severity: 'medium',
      controls: ['SSB ACCT.03'],
    },
    ({ suite, secrets, people, region, mfaDevices, credentials }, { access }) =>
      given({ suite, secrets }, ({ suite: stacks, secrets: stored }) => {
        const left = partsOf(stacks, 'first-password').flatMap(({ id, owner }) => {
          const secret = stored.find(({ arn, name }) => id === arn || id === name);
          return secret ? [{ resource: id, name: owner, secret }] : [];
        });
        if (left.length === 0) return pass('No first-time password is stored.');
        return left.flatMap(({ resource, name, secret }) => {
          const what = `first-time password of ${name ?? resource}`;
          if (secret.versions === undefined) {
            return unknown(`Secrets Manager did not return the versions of the ${what}.`, { resource });
          }
          const devices = (name === undefined ? undefined : own(mfaDevices, name)) ?? {
            unknown: `the configuration has no user for the first-time password ${resource}`,
          };
          const commandOf = (verb: string, rest: string) =>
            `${shell`aws secretsmanager ${verb} --region ${region} --secret-id ${resource}`} ${rest}`;
          // The stacks never change it.
          if (secret.versions > 1) {
            return fail(
              `The ${what} was changed in Secrets Manager: it is not that of the user, and the next deployment that creates the user would set it.`,
              {
                text: 'Find out who changed it, and delete it with this command; it can be restored for 30 days. If the user has not signed in yet, set another password in the IAM console.',
                command: commandOf('delete-secret', '--recovery-window-in-days 30'),
              },
              { resource, severity: 'high' },
            );
          }
          const seen = given({ devices }, ({ devices: count }) =>
            count > 0
              ? fail(`${name} has set up MFA, but the first-time password is still in Secrets Manager.`, {
                  text: 'Delete it: it is no longer valid, and costs 0.40 USD a month.',
                  command: commandOf('delete-secret', '--force-delete-without-recovery'),
                })
              : wasImported(people, name, secret)
                ? manual(
                    `${name} existed before and ${hasNoPassword({ credentials }, name) ? 'has no console' : 'kept the'} password. The first-time password in Secrets Manager does not work.`,
                    { text: `Do not hand it over. Delete it after ${name} has set up MFA.` },
                  )
                : manual(`${name} has not set up MFA. The first-time password is in Secrets Manager.`, {
                    text: `Read it once${access.mode === 'roles' ? ' as your user, because the session of a role has no MFA,' : ''} and give it to the user.`,
                    command: commandOf('get-secret-value', '--query SecretString --output text'),
                  }),
          );
          return seen.map((one) => ({ ...one, resource }));
        });
      }),
  ),
  check(
    {
      check: 'support-role',
      title: 'Only administrators can use the support role',
      problem: 'The support role is missing or was changed',
      area: 'people',
      severity: 'medium',
      controls: ['CIS 2.15'],
    },
    ({ supportRole, caller }, { access }) =>
      access.supportRole
        ? given({ supportRole }, ({ supportRole: role }) => {
            if (!role) return fail('The support role was deleted.', REDEPLOY);
            const { arn: resource, trustPolicy, policyArns } = role;
            const trust = statementsOf(trustPolicy);
            if (trust.some((one) => letsOthersIn(one, caller.account))) {
              return fail('A principal outside the account can assume the support role.', REDEPLOY, {
                resource,
                severity: 'critical',
              });
            }
            const faults = [
              ...(policyArns.some((arn) => arn.endsWith(':iam::aws:policy/AWSSupportAccess'))
                ? []
                : ['lacks AWSSupportAccess']),
              ...(trust.every(asksForMfa) ? [] : ['can be assumed without MFA']),
              ...(trust.some((one) => letsAccountIn(one, caller.account))
                ? []
                : ['cannot be assumed by every administrator']),
            ];
            return faults.length === 0
              ? pass('Administrators with MFA can assume the support role.', { resource })
              : fail(`The support role ${faults.join(', and ')}.`, REDEPLOY, { resource });
          })
        : [],
  ),
];

/** A policy that a stack put into a group, by the name of the group. */
interface DeployedPolicy extends TemplatePolicy {
  /** Values of references in the stack. */
  readonly valueOf: (reference: string) => string | undefined;
}

/** When a key was created and last used. */
function ageOf({ created, lastUsed }: Credentials['accessKeys'][number]): string {
  return `${created ? `created on ${day(created)}` : 'of unknown age'}, ${lastUsed ? `last used on ${day(lastUsed)}` : 'never used'}`;
}

/** Changes to the inline policies of the groups in a template. */
function faultsOfPolicies(groups: readonly GroupDetail[], wanted: readonly DeployedPolicy[]): string[] {
  return [...new Set(wanted.map(({ group }) => group))].flatMap((name) => {
    const group = named(groups, name);
    // A deleted group is reported by its own check.
    if (!group) return [];
    const { GroupPolicyList: actual = [] } = group;
    const own = wanted.filter((policy) => policy.group === name);
    const others = actual.filter(({ PolicyName }) => !own.some((one) => one.name === PolicyName));
    const changed = own.filter((one) => {
      const { PolicyDocument } = actual.find(({ PolicyName }) => PolicyName === one.name) ?? {};
      return (
        PolicyDocument === undefined || !isAsDeployed(one.document, decoded(PolicyDocument), one.valueOf)
      );
    });
    return [
      ...changed.map((one) => `${one.name} of ${name} was deleted or changed`),
      ...others.map(({ PolicyName = '' }) => `${PolicyName} of ${name} was added`),
    ];
  });
}

/** How to restore groups. A deployment would give their rights to people whom somebody added. */
function restoring(groups: readonly string[], users: readonly UserDetail[], config: BaselineConfig): Remedy {
  const wanted = userNamesOf(config);
  const strangers = users.flatMap((user) =>
    [...new Set(groups)].flatMap((group) =>
      isIn(group)(user) && !wanted.includes(userName(user)) ? [{ group, name: userName(user) }] : [],
    ),
  );
  if (strangers.length === 0) return REDEPLOY;
  const removals = strangers.map(
    ({ group, name }) => shell`aws iam remove-user-from-group --group-name ${group} --user-name ${name}`,
  );
  return {
    text: `Find out who changed it. Remove ${strangers.map(({ name }) => name).join(', ')} first ${AS_ROOT}: the configuration does not name them, and the redeployment would give them the rights of the group. Then redeploy.`,
    command: [...removals, REDEPLOY.command].join(' && '),
  };
}

/** What is wrong with the administrators' group. */
function faultsOf(group: GroupDetail, guard: boolean): string[] {
  const statements = (group.GroupPolicyList ?? [])
    .flatMap(({ PolicyDocument }) => PolicyDocument ?? [])
    .flatMap(statementsOf);
  const administers = group.AttachedManagedPolicies?.some(({ PolicyArn = '' }) =>
    PolicyArn.endsWith(':iam::aws:policy/AdministratorAccess'),
  );
  return [
    ...(administers ? [] : ['lacks AdministratorAccess']),
    ...(statements.some(deniesWithoutMfa) ? [] : ['does not deny access without MFA']),
    ...(!guard || statements.some(guards) ? [] : ['lacks the guardrail']),
  ];
}

/** Exempts only the setup of MFA, and has no condition other than missing MFA. */
function deniesWithoutMfa({ Effect, NotAction, Resource, Condition }: Statement): boolean {
  const { BoolIfExists: conditions = {}, ...others } = Condition ?? {};
  return (
    Effect === 'Deny' &&
    listOf(Resource).includes('*') &&
    NotAction !== undefined &&
    listOf(NotAction).every((action) => EXEMPT.includes(action)) &&
    Object.keys(others).length === 0 &&
    Object.entries(conditions).every(
      ([key, value]) => key in { ...WITHOUT_MFA, 'aws:ViaAWSService': '' } && String(value) === 'false',
    )
  );
}

function guards({ Effect, Action }: Statement): boolean {
  return Effect === 'Deny' && listOf(Action).includes('iam:RemoveUserFromGroup');
}

const principalsOf = (statement: Statement) => principalsByKind(statement).map(([, name]) => name);

/** Services and identity providers also count as others. */
function letsOthersIn(statement: Statement, account: string): boolean {
  return (
    statement.Effect === 'Allow' &&
    principalsOf(statement).some((one) => one !== account && !one.includes(`:iam::${account}:`))
  );
}

/**
 * Whether principals that the account's own policies allow to assume roles, such as administrators, can
 * assume this one with MFA.
 */
function letsAccountIn(statement: Statement, account: string): boolean {
  const { Effect, Action, Condition = {} } = statement;
  return (
    Effect === 'Allow' &&
    listOf(Action).includes('sts:AssumeRole') &&
    principalsOf(statement).some((one) => one === account || one.endsWith(`:iam::${account}:root`)) &&
    Object.values(Condition).every((keys) => Object.keys(keys).every((key) => key in WITHOUT_MFA))
  );
}

function asksForMfa({ Effect, Condition }: Statement): boolean {
  return Effect === 'Deny' || String(Condition?.['Bool']?.['aws:MultiFactorAuthPresent']) === 'true';
}

function mfaOf(snapshot: Snapshot, name: string): Observation[] {
  const devices = own(snapshot.mfaDevices, name) ?? { unknown: `MFA devices of ${name} were not read` };
  return given({ devices }, ({ devices: count }) => {
    if (count > 0) return pass(`${name} has ${counted(count, 'MFA device')}.`, { resource: name });
    if (hasNoPassword(snapshot, name)) {
      return manual(
        `${name} cannot sign in, and so cannot set up MFA. The credential report, which can be four hours old, has no password.`,
        {
          text: 'Enable console access in the IAM console, with a generated password that the user must change.',
        },
        { resource: name, title: 'A user has no console password' },
      );
    }
    if (isFirstPasswordDeleted(snapshot, name)) {
      return fail(
        `${name} has no MFA device, although the first-time password was deleted, as it is once MFA is set up. Somebody removed the device, or it was never there.`,
        {
          text: `Find out who removed it. If ${name} lost it, follow docs/runbooks/people.md#a-colleague-loses-the-phone. If nobody knows, the password may be in other hands: delete it first.`,
          // IAM's events of the partition `aws` are in this Region.
          command: shell`aws cloudtrail lookup-events --region ${snapshot.caller.partition === 'aws' ? 'us-east-1' : snapshot.region} --lookup-attributes AttributeKey=EventName,AttributeValue=DeactivateMFADevice`,
        },
        { resource: name },
      );
    }
    return manual(
      `${name} has no MFA device yet. Until then, the group denies everything else.`,
      {
        text: `${name} signs in, opens Security credentials, assigns an MFA device, and signs in again with it.`,
        link: consoleLink(snapshot, 'iam/home#/security_credentials'),
      },
      { resource: name },
    );
  });
}

/** Whether the credential report, which can be hours old, has the user without a console password. */
function hasNoPassword({ credentials }: Pick<Snapshot, 'credentials'>, name: string | undefined): boolean {
  return 'value' in credentials && credentials.value.some((row) => row.user === name && !row.hasPassword);
}

/** Whether the stacks had a first-time password for the user that no longer exists. */
function isFirstPasswordDeleted({ suite, secrets }: Snapshot, name: string): boolean {
  if (!('value' in suite && 'value' in secrets)) return false;
  const own = partsOf(suite.value, 'first-password').filter(({ owner }) => owner === name);
  const kept = secrets.value.flatMap(({ arn, name: secret }) => [arn, secret]);
  return own.length > 0 && own.every(({ id }) => !kept.includes(id));
}

/**
 * A stack creates the secret of a first-time password before its user. An older user was imported, and kept
 * the password.
 */
function wasImported(people: Part<People>, name: string | undefined, { created }: SecretName): boolean {
  const user = 'value' in people ? people.value.users.find(({ UserName }) => UserName === name) : undefined;
  return user?.CreateDate !== undefined && created !== undefined && user.CreateDate < created;
}

/** Users that the baseline did not create, so its policies deny them nothing. */
function othersWithoutMfa({ credentials }: Snapshot, ours: readonly string[]): Observation[] {
  return given({ credentials }, ({ credentials: rows }) =>
    rows
      .filter(
        ({ user, hasPassword, hasMfa }) =>
          hasPassword && !hasMfa && user !== '<root_account>' && !ours.includes(user),
      )
      .map(({ user }) =>
        fail(
          `${user} has a password and no MFA device.`,
          {
            text: 'Ask the user to set up MFA, or delete the password.',
            command: shell`aws iam delete-login-profile --user-name ${user}`,
          },
          { resource: user },
        ),
      ),
  );
}
