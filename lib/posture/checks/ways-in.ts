import type { RoleDetail, UserDetail } from '@aws-sdk/client-iam';
import { userNamesOf } from '../../access/assumable-roles';
import type { BaselineConfig } from '../../config/config';
import { hostOf, issuersOf } from '../../federation/pipelines/issuers';
import { partOf, resourcesOf } from '../baseline-parts';
import { administers } from '../iam-statements';
import { own } from '../own';
import { shell } from '../shell';
import type { People, Snapshot } from '../snapshot';
import { type Outsider, outsidersOf } from '../trust';
import {
  check,
  consoleLink,
  counted,
  day,
  fail,
  given,
  inWords,
  manual,
  type Observation,
  pass,
  unknown,
} from './check';

/** Name of Identity Center in access.trustedProviders. */
const IDENTITY_CENTER = 'identity-center';

/**
 * Path of the roles that Identity Center manages, and the name of its SAML provider.
 * @see https://docs.aws.amazon.com/singlesignon/latest/userguide/using-service-linked-roles.html
 */
const IDENTITY_CENTER_PATH = '/aws-reserved/sso.amazonaws.com/';
const IDENTITY_CENTER_PROVIDER = /^AWSSSO_\w+_DO_NOT_DELETE$/;

/** Roles with which an organization manages its accounts. Only its management account may assume these. */
const MANAGEMENT_ROLES = ['OrganizationAccountAccessRole', 'AWSControlTowerExecution'];
/** These also trust other accounts of the organization: the audit account, or a delegated administrator. */
const ORGANIZATION_ROLES = /^(?:aws-controltower-|stacksets-exec-|AWSCloudFormationStackSetExecutionRole$)/;

/**
 * The role with which CloudFormation deploys CDK apps. CDK's other roles only lead to it.
 * @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
 */
const CDK_ROLE = /^cdk-\w+-cfn-exec-role-/;

/** A role, and what matters about it. */
interface JudgedRole {
  readonly name: string;
  readonly arn: string;
  readonly role: RoleDetail;
  readonly isAdministrator: boolean;
  /** Outsiders that are identity providers have a check of their own. */
  readonly outsiders: readonly Outsider[];
  readonly providers: readonly Outsider[];
}

export const WAY_IN_CHECKS = [
  check(
    {
      check: 'outside-administrators',
      title: 'Nobody outside the account administers it',
      problem: 'An outsider administers the account',
      area: 'people',
      severity: 'critical',
      controls: ['SSB ACCT.04'],
    },
    (snapshot, config) =>
      outside(snapshot, config, true, 'No role with administrator rights trusts an unknown outsider.'),
  ),
  check(
    {
      check: 'outside-roles',
      title: 'Only known outsiders can assume roles',
      problem: 'An outsider can assume a role',
      area: 'people',
      severity: 'high',
      controls: [],
    },
    (snapshot, config) => outside(snapshot, config, false, 'No role trusts an unknown outsider.'),
  ),
  check(
    {
      check: 'identity-providers',
      title: 'Only known identity providers can sign people in',
      problem: 'An identity provider can sign people in',
      area: 'people',
      severity: 'high',
      controls: [],
    },
    (snapshot, config) => {
      const { people, samlProviders, oidcProviders, suite } = snapshot;
      return given(
        { people, samlProviders, oidcProviders, suite },
        ({ samlProviders: saml, oidcProviders: oidc }) => {
          const arns = [...saml, ...oidc].filter((arn) => !IDENTITY_CENTER_PROVIDER.test(nameOf(arn)));
          const roles = rolesOf(snapshot, config);
          const found = arns.flatMap((arn) => {
            if (isTrusted(nameOf(arn), config)) return [];
            const into = roles.filter(({ providers }) => providers.some(({ name }) => name === arn));
            return fail(
              `The ${arn.includes(':saml-provider/') ? 'SAML' : 'OpenID Connect'} provider ${nameOf(arn)} is not in the configuration. ${reach(into, arn)}`,
              {
                text: 'Find out who created it. Delete it, or add its name to access.trustedProviders.',
                command: arn.includes(':saml-provider/')
                  ? shell`aws iam delete-saml-provider --saml-provider-arn ${arn}`
                  : shell`aws iam delete-open-id-connect-provider --open-id-connect-provider-arn ${arn}`,
              },
              { resource: arn, ...(into.some(isSevere(arn)) ? { severity: 'critical' as const } : {}) },
            );
          });
          const all = [
            ...found,
            ...publicProviders(snapshot, roles, [...saml, ...oidc], config),
            ...identityCenter(snapshot, config),
          ];
          return all.length === 0 ? pass('The configuration names every identity provider.') : all;
        },
      );
    },
  ),
  check(
    {
      check: 'trust-anchors',
      title: 'No certificate authority can open the account',
      problem: 'Certificates can open the account',
      area: 'people',
      severity: 'high',
      controls: [],
    },
    ({ trustAnchors, people }) =>
      given({ people }, () => {
        const regions = Object.entries(trustAnchors);
        if (regions.length === 0) return unknown('The trust anchors of IAM Roles Anywhere were not read.');
        const seen = regions.flatMap(([region, anchors]) =>
          given({ anchors }, ({ anchors: ids }) =>
            ids.map((id) =>
              manual(
                `IAM Roles Anywhere has the trust anchor ${id} in ${region}: its certificates can assume the roles that trust the service.`,
                {
                  text: 'Find out who created it. Delete it if nobody needs it.',
                  command: shell`aws rolesanywhere delete-trust-anchor --region ${region} --trust-anchor-id ${id}`,
                },
                { resource: id, region },
              ),
            ),
          ).map((one) => ({ region, ...one })),
        );
        return seen.length === 0
          ? pass(
              regions.length === 1
                ? 'No role trusts IAM Roles Anywhere, and the home Region has no trust anchor.'
                : `IAM Roles Anywhere has no trust anchor in ${counted(regions.length, 'Region')}.`,
            )
          : seen;
      }),
  ),
  check(
    {
      check: 'other-administrators',
      title: 'Only the configured administrators have administrator rights',
      problem: 'Somebody whom the configuration does not name has administrator rights',
      area: 'people',
      severity: 'high',
      controls: ['CIS 2.13', 'FSBP IAM.2', 'SSB ACCT.04'],
    },
    (snapshot, config) =>
      given({ people: snapshot.people, suite: snapshot.suite }, ({ people }) => {
        const seen = [...otherAdministrators(people, config), ...administratorRoles(snapshot, config)];
        return seen.length === 0 ? pass('No other user or role has administrator rights.') : seen;
      }),
  ),
  check(
    {
      check: 'other-users',
      title: 'The configuration names every user',
      problem: 'A user is not in the configuration',
      area: 'people',
      severity: 'low',
      controls: ['CIS 2.7'],
    },
    ({ people }, config) =>
      given({ people }, ({ people: all }) => {
        const known = userNamesOf(config);
        const administrators = otherAdministrators(all, config).map(({ resource }) => resource);
        const others = all.users.filter(
          (user) =>
            !known.includes(userName(user)) &&
            // Other checks report these.
            !isIn(user, config.access.groupName) &&
            !hasPolicies(user) &&
            !administrators.includes(user.Arn ?? userName(user)),
        );
        if (others.length === 0) return pass('Every user is in the configuration or in another finding.');
        return others.map((user) =>
          manual(
            `${userName(user)} is not in the configuration${since(user.CreateDate)}.`,
            {
              text: 'Ask who needs the user. Delete it if nobody does; programs can use a role instead.',
              command: shell`aws iam get-user --user-name ${userName(user)}`,
            },
            { resource: user.Arn ?? userName(user) },
          ),
        );
      }),
  ),
  check(
    {
      check: 'service-credentials',
      title: 'No user has SSH keys, certificates or credentials for a single service',
      problem: 'A user has long-term credentials besides access keys',
      area: 'people',
      severity: 'medium',
      controls: [],
    },
    ({ people, credentials, serviceCredentials, sshKeys }) =>
      given({ people, credentials, serviceCredentials }, ({ people: { users }, ...read }) => {
        const seen = [
          ...read.serviceCredentials
            .filter(({ Status }) => Status !== 'Inactive')
            .map(
              ({
                UserName: user = '',
                ServiceName: service = '',
                ServiceSpecificCredentialId: id = '',
                CreateDate,
              }) =>
                fail(
                  `${user} has credentials for ${service}${since(CreateDate)}.`,
                  {
                    text: 'Find out who created them. Delete them if nobody needs them.',
                    command: shell`aws iam delete-service-specific-credential --user-name ${user} --service-specific-credential-id ${id}`,
                  },
                  { resource: user },
                ),
            ),
          ...read.credentials.flatMap(({ user, certificates }) =>
            certificates.map((uploaded) =>
              fail(
                `${user} has an active signing certificate${since(uploaded)}.`,
                {
                  text: 'Delete it: only old SOAP interfaces of AWS use it.',
                  command: shell`aws iam list-signing-certificates --user-name ${user}`,
                },
                { resource: user },
              ),
            ),
          ),
          ...users.flatMap((user) => {
            const name = userName(user);
            const keys = own(sshKeys, name) ?? { unknown: `SSH public keys of ${name} were not read` };
            return given({ keys }, ({ keys: list }) =>
              list
                .filter(({ Status }) => Status !== 'Inactive')
                .map(({ SSHPublicKeyId: id = '', UploadDate }) =>
                  fail(
                    `${name} has an SSH public key for CodeCommit${since(UploadDate)}.`,
                    {
                      text: 'Find out who uploaded it. Delete it if nobody needs it.',
                      command: shell`aws iam delete-ssh-public-key --user-name ${name} --ssh-public-key-id ${id}`,
                    },
                    { resource: name },
                  ),
                ),
            );
          }),
        ];
        return seen.length === 0 ? pass('No user has any.') : seen;
      }),
  ),
];

const userName = ({ UserName = '' }: UserDetail) => UserName;

const isIn = ({ GroupList = [] }: UserDetail, group: string) => GroupList.includes(group);

function hasPolicies({ UserPolicyList = [], AttachedManagedPolicies = [] }: UserDetail): boolean {
  return UserPolicyList.length + AttachedManagedPolicies.length > 0;
}

/** As in ", since 2026-11-24". */
const since = (date: Date | undefined) => (date === undefined ? '' : `, since ${day(date)}`);

/** The name of a SAML provider, or the URL of an OpenID Connect provider without its scheme. */
const nameOf = (arn: string) => arn.replace(/^.*?:(?:saml|oidc)-provider\//, '');

/** The configured identity provider and the issuers of the configured pipelines are trusted, too. */
const isTrusted = (name: string, config: BaselineConfig) =>
  config.access.trustedProviders.includes(name) ||
  config.federation.saml?.name === name ||
  issuersOf(config).map(hostOf).includes(name);

/** Whether the users of a provider administer the account, or anyone with an account there can sign in. */
const isSevere =
  (provider: string) =>
  ({ isAdministrator, providers }: JudgedRole) =>
    isAdministrator || providers.some((one) => one.name === provider && isTooWide(one));

/**
 * Whether a role trusts every user of a public provider, such as every repository of GitHub. The subject of
 * a token tells them apart; a SAML provider has the users of one company.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
 */
const isTooWide = ({ name, isNarrow }: Outsider) => !isNarrow && !name.includes(':saml-provider/');

/** Which roles people of a provider can assume. */
function reach(roles: readonly JudgedRole[], provider: string): string {
  if (roles.length === 0) return 'No role trusts it yet.';
  return `Its users can assume ${roles
    .map(({ name, isAdministrator, providers }) => {
      const remarks = [
        ...(isAdministrator ? ['administrator rights'] : []),
        ...(providers.some((one) => one.name === provider && isTooWide(one)) ? ['no condition on who'] : []),
      ];
      return remarks.length === 0 ? name : `${name} (${remarks.join(', ')})`;
    })
    .join(', ')}.`;
}

/**
 * The roles that this file judges. Services manage service-linked roles, and the role for AWS Support has a
 * check of its own.
 */
function rolesOf({ people, suite, caller }: Snapshot, { access }: BaselineConfig): JudgedRole[] {
  if (!('value' in people)) return [];
  const support = partOf(suite, 'support-role');
  const { roles, policies } = people.value;
  return roles
    .filter(
      ({ Path, RoleName }) =>
        !(Path ?? '').startsWith('/aws-service-role/') &&
        !(access.supportRole && 'value' in support && support.value === RoleName),
    )
    .map((role) => {
      const { RoleName: name = '', Arn: arn = name, RolePolicyList, AttachedManagedPolicies } = role;
      const trusted = outsidersOf(role, caller.account);
      return {
        name,
        arn,
        role,
        isAdministrator: administers({ inline: RolePolicyList, attached: AttachedManagedPolicies }, policies),
        outsiders: trusted.filter(({ kind }) => kind !== 'provider'),
        providers: trusted.filter(({ kind }) => kind === 'provider'),
      };
    });
}

/** Roles that trust outsiders, with administrator rights or without. */
function outside(
  snapshot: Snapshot,
  config: BaselineConfig,
  isAdministrator: boolean,
  fine: string,
): Observation[] {
  const { people, suite } = snapshot;
  return given({ people, suite }, ({ people: { roles } }) => {
    const unread = roles
      .filter(({ AssumeRolePolicyDocument }) => AssumeRolePolicyDocument === undefined)
      .map(({ RoleName: name = '' }) =>
        unknown(`IAM did not return the trust policy of ${name}.`, { resource: name }),
      );
    const seen = rolesOf(snapshot, config)
      .filter((one) => one.isAdministrator === isAdministrator)
      .flatMap((role) => {
        const open = role.outsiders.filter((who) => !isKnown(who, role, snapshot, config));
        return open.length === 0 ? [] : outsideRole(snapshot, role, open);
      });
    return seen.length + unread.length === 0 ? pass(fine) : [...seen, ...unread];
  });
}

/** Whether the configuration, the organization or a person has admitted this outsider. */
function isKnown(who: Outsider, role: JudgedRole, snapshot: Snapshot, config: BaselineConfig): boolean {
  if (who.kind === 'account' && config.access.trustedAccounts.includes(who.name)) return true;
  const { managementAccount } = snapshot;
  // It controls the account in any case.
  if (who.kind === 'account' && 'value' in managementAccount && managementAccount.value === who.name) {
    return true;
  }
  // Anyone who administers the account can also archive findings, so that does not prove a decision.
  return !role.isAdministrator && who.kind !== 'everyone' && isArchived(who, role, snapshot);
}

/** Whether somebody archived the finding of the analyzer in the home Region about this outsider. */
function isArchived({ name }: Outsider, { arn }: JudgedRole, { regional, region }: Snapshot): boolean {
  const { analyzer } = regional[region] ?? {};
  if (analyzer === undefined || !('value' in analyzer) || !analyzer.value) return false;
  const same = analyzer.value.findings.filter(
    ({ resource, principal = {} }) =>
      resource === arn &&
      Object.values(principal).some((one) => one === name || one.includes(`:iam::${name}:`)),
  );
  return same.length > 0 && same.every(({ status }) => status === 'ARCHIVED');
}

/** How to inspect a role. */
const lookAt = (snapshot: Snapshot, name: string) => ({
  command: shell`aws iam get-role --role-name ${name}`,
  link: consoleLink(snapshot, `iam/home#/roles/details/${encodeURIComponent(name)}`),
});

function outsideRole(snapshot: Snapshot, role: JudgedRole, open: readonly Outsider[]): Observation {
  const { name, arn, isAdministrator } = role;
  const who = open.map(described).join(', ');
  const rights = isAdministrator ? ', which has administrator rights' : '';
  const needsNoId = open.some(({ kind, isNarrow }) => kind === 'account' && !isNarrow);
  const detail = `${who} can assume the role ${name}${rights}${since(role.role.CreateDate)}.`;
  const about = { resource: arn };
  const text =
    'Find out who created the role. Delete it or change its trust policy, or add the account to access.trustedAccounts.';
  const look = lookAt(snapshot, name);
  if (isOfOrganization(role, snapshot)) {
    return manual(
      `${detail} Roles of this name manage the accounts of an organization.`,
      {
        text: 'Check that the account belongs to your organization, then add it to access.trustedAccounts.',
        ...look,
      },
      { ...about, severity: 'medium' },
    );
  }
  const isPublic = open.some(({ kind }) => kind === 'everyone');
  return fail(
    needsNoId ? `${detail} It does not ask for an external ID, which a third party should have.` : detail,
    { text, ...look },
    { ...about, ...(isPublic ? { severity: 'critical' as const } : {}) },
  );
}

/** Whether an organization probably created the role, but the trusted account could not be confirmed. */
function isOfOrganization({ name, outsiders }: JudgedRole, { managementAccount }: Snapshot): boolean {
  if (outsiders.some(({ kind }) => kind !== 'account')) return false;
  const isUnknown = !('value' in managementAccount);
  if (MANAGEMENT_ROLES.includes(name)) return isUnknown;
  return ORGANIZATION_ROLES.test(name) && (isUnknown || managementAccount.value !== undefined);
}

function described({ kind, name }: Outsider): string {
  const words: Readonly<Record<Outsider['kind'], string>> = {
    everyone: 'Anyone with an AWS account',
    account: `The account ${name}`,
    organization: `Every account of the organization ${name}`,
    provider: `Users of ${name}`,
    certificates: 'Certificates, through IAM Roles Anywhere,',
  };
  return words[kind];
}

/** Roles that trust providers without a resource in the account, such as Google, or a deleted one. */
function publicProviders(
  snapshot: Snapshot,
  roles: readonly JudgedRole[],
  existing: readonly string[],
  config: BaselineConfig,
): Observation[] {
  return roles
    .filter(({ role }) => !(role.Path ?? '').startsWith(IDENTITY_CENTER_PATH))
    .flatMap((role) => {
      const open = role.providers.filter(
        ({ name }) => !existing.includes(name) && !name.startsWith('arn:') && !isTrusted(name, config),
      );
      if (open.length === 0) return [];
      const rights = role.isAdministrator ? ', which has administrator rights' : '';
      return fail(
        `${open.map(described).join(', ')} can assume the role ${role.name}${rights}.`,
        {
          text: 'Find out who created the role. Delete it, or add the provider to access.trustedProviders.',
          ...lookAt(snapshot, role.name),
        },
        { resource: role.arn, ...(role.isAdministrator ? { severity: 'critical' as const } : {}) },
      );
    });
}

/** One observation for all roles of Identity Center, which its administrators manage elsewhere. */
function identityCenter(snapshot: Snapshot, config: BaselineConfig): Observation[] {
  const { people } = snapshot;
  if (isTrusted(IDENTITY_CENTER, config) || config.federation.identityCenter || !('value' in people))
    return [];
  const roles = rolesOf(snapshot, config).filter(({ role }) =>
    (role.Path ?? '').startsWith(IDENTITY_CENTER_PATH),
  );
  if (roles.length === 0) return [];
  const administrators = roles.filter(({ isAdministrator }) => isAdministrator).length;
  return [
    manual(
      `IAM Identity Center signs people in to ${counted(roles.length, 'role')}, ${administrators} of them with administrator rights.`,
      {
        text: `Check who has access to this account. If that is right, add '${IDENTITY_CENTER}' to access.trustedProviders.`,
        link: consoleLink(snapshot, 'singlesignon/home'),
      },
      { severity: 'medium' },
    ),
  ];
}

/** Users with administrator rights that the configuration does not name, except members of the group. */
function otherAdministrators(people: People, { administrators, access }: BaselineConfig): Observation[] {
  const { users, groups, policies } = people;
  return users.flatMap((user) => {
    const name = userName(user);
    // The checks administrators and break-glass report members of their groups.
    if (administrators.includes(name) || isIn(user, access.groupName)) return [];
    if (access.breakGlass?.includes(name)) return [];
    const own = { inline: user.UserPolicyList, attached: user.AttachedManagedPolicies };
    const through = groups.filter(
      ({ GroupName = '', GroupPolicyList, AttachedManagedPolicies }) =>
        isIn(user, GroupName) &&
        administers({ inline: GroupPolicyList, attached: AttachedManagedPolicies }, policies),
    );
    // Each with the command that shows or removes it.
    const sources = [
      ...(administers(own, policies)
        ? [
            {
              what: 'policies of their own',
              command: shell`aws iam list-attached-user-policies --user-name ${name} && aws iam list-user-policies --user-name ${name}`,
            },
          ]
        : []),
      ...through.map(({ GroupName: group = '' }) => ({
        what: `the group ${group}`,
        command: shell`aws iam remove-user-from-group --group-name ${group} --user-name ${name}`,
      })),
    ];
    if (sources.length === 0) return [];
    return fail(
      `${name} has administrator rights through ${inWords(sources.map(({ what }) => what))}${since(user.CreateDate)}.`,
      {
        text: 'Find out who granted them. Remove them, or add the name to administrators.',
        command: sources.map(({ command }) => command).join(' && '),
      },
      { resource: user.Arn ?? name },
    );
  });
}

/** Roles with administrator rights for the account's own users and services, except known ones. */
function administratorRoles(snapshot: Snapshot, config: BaselineConfig): Observation[] {
  const ours = resourcesOf(snapshot.suite).map(({ PhysicalResourceId }) => PhysicalResourceId);
  return rolesOf(snapshot, config)
    .filter(
      ({ name, role, isAdministrator, outsiders, providers }) =>
        isAdministrator &&
        // Other checks report these.
        outsiders.length + providers.length === 0 &&
        !ours.includes(name) &&
        !CDK_ROLE.test(name) &&
        !(role.Path ?? '').startsWith('/aws-reserved/'),
    )
    .map(({ name, arn, role }) =>
      manual(
        `The role ${name} has administrator rights${since(role.CreateDate)}.`,
        {
          text: 'Check who can assume it, and whether it needs all of them.',
          ...lookAt(snapshot, name),
        },
        { resource: arn },
      ),
    );
}
