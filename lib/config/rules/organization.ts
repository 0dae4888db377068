import { POLICIES } from '../../organization/policies';
import type { PolicyName } from '../../organization/policies/policy';
import { MAXIMUM_SIZE, sizeOf } from '../../organization/policies/size';
import { hasUserNotifications } from '../../root-notice/availability';
import { SWITCHES } from '../../settings/settings';
import { describe } from '../errors';
import { sameName } from './duplicates';
import type { Related } from './related';

/** The ID of an OU contains that of its root. */
export function elsewhereRooted({ organization }: Related): string[] {
  const { rootId = '', ous = [] } = organization ?? {};
  const prefix = rootId.replace(/^r-/, 'ou-');
  return ous.flatMap((ou, index) =>
    ou.startsWith(`${prefix}-`)
      ? []
      : [describe(`organization.ous[${index}]`, `must be an OU of the root ${rootId}`, ou)],
  );
}

/** The event rule of the stacks' deployments names each, in a pattern of at most 2,048 characters. */
const MOST_GROUPS = 7;

/** An account belongs to one group, because StackSets cannot leave out an OU below one that they cover. */
export function memberGroups({ organization }: Related): string[] {
  if (!organization) return [];
  const { ous, members } = organization;
  const groups = Object.entries(members.groups);
  const named: string[] = [];
  const names: string[] = [];
  const excess =
    groups.length > MOST_GROUPS
      ? [
          describe(
            'organization.members.groups',
            `must have at most ${MOST_GROUPS} groups`,
            Object.keys(members.groups),
          ),
        ]
      : [];
  const errors = groups.flatMap(([name, group]) => {
    const path = `organization.members.groups.${name}`;
    const twice = names.find((other) => sameName(name, other));
    names.push(name);
    return [
      ...(twice === undefined ? [] : [describe(path, `must differ from ${twice} in more than case`, name)]),
      ...(ous ? [] : [describe(path, 'needs organization.ous, the OUs of all members', name)]),
      ...group.ous.flatMap((ou, index) => {
        const isTaken = named.includes(ou);
        named.push(ou);
        const at = `${path}.ous[${index}]`;
        if (isTaken) return [describe(at, 'is in a group already', ou)];
        if (ous && !ous.includes(ou)) return [describe(at, 'must be listed in organization.ous, too', ou)];
        return [];
      }),
    ];
  });
  return [...excess, ...errors];
}

/** The policy of the Regions denies everything but the Regions listed. */
export function regionsForPolicy({ organization }: Related): string[] {
  const mode = organization?.policies.regions ?? 'off';
  if (mode === 'off' || organization?.regions) return [];
  const message = 'needs organization.regions, the Regions that members may use';
  return [describe('organization.policies.regions', message, mode)];
}

/** Members need the home Region, and most global services are in us-east-1. */
export function regionsMissing({ organization, region }: Related): string[] {
  const listed = organization?.regions;
  if (!listed) return [];
  const needed = [
    ...(region === undefined ? [] : [[region, 'the home Region']]),
    // Other partitions have their global services elsewhere.
    ...(hasUserNotifications(region) && region !== 'us-east-1'
      ? [['us-east-1', 'where global services are']]
      : []),
  ];
  return needed.flatMap(([name = '', what = '']) =>
    listed.includes(name) ? [] : [describe('organization.regions', `must include ${name}, ${what}`, listed)],
  );
}

/** Policies that exempt roles by name, which members could create without the policy that protects them. */
const EXEMPTING: readonly PolicyName[] = ['regions', 'users'];

/** A policy with exempt roles limits nobody if members can create such a role. */
export function unprotectedExemptions({ organization }: Related): string[] {
  const policies = organization?.policies;
  if (!policies || policies.protect === 'enforce') return [];
  const message = "needs organization.policies.protect: 'enforce', which protects the roles that it exempts";
  return EXEMPTING.filter((name) => policies[name] === 'enforce').map((name) =>
    describe(`organization.policies.${name}`, message, policies[name]),
  );
}

/** A declarative policy has no conditions, and members inherit it. */
export function unexceptable({ organization }: Related): string[] {
  if (organization?.policies.instances !== 'enforce' || organization.exceptAccounts.length === 0) return [];
  const message =
    'cannot except accounts; remove exceptAccounts and list the covered OUs in ous, or do not enforce it';
  return [describe('organization.policies.instances', message, 'enforce')];
}

/** AWS limits the size of a policy. */
export function longPolicies({ organization, stackName }: Related): string[] {
  if (!organization) return [];
  const { id, ous = [], policies, regions = [], exceptAccounts, trustedAccounts, members } = organization;
  const settings = SWITCHES.flatMap(({ option }) => Object.keys(option));
  const isVaried = (name: string) =>
    Object.values(members.groups).some(({ accountSettings = {} }) => name in accountSettings);
  const options = {
    organizationId: id,
    prefix: stackName,
    exceptAccounts,
    trustedAccounts,
    regions,
    settings,
    // At its longest: a group may have on what the others have off.
    unitsWithout: Object.fromEntries(settings.map((name) => [name, isVaried(name) ? ous : []])),
  };
  return POLICIES.flatMap((policy) => {
    const [size, maximum] = [sizeOf(policy, options), MAXIMUM_SIZE[policy.type]];
    if (policies[policy.name] === 'off' || size <= maximum) return [];
    const message =
      `would have ${size.toLocaleString('en')} characters, and AWS allows ${maximum.toLocaleString('en')}; ` +
      'list the covered OUs in ous instead of exceptAccounts, or fewer trustedAccounts';
    return [describe(`organization.policies.${policy.name}`, message, policies[policy.name])];
  });
}
