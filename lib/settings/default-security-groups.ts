import type { EC2, IpPermission, SecurityGroup } from '@aws-sdk/client-ec2';
import type { Permission, Clients, Place, Setting } from './setting';

/** Input of a Describe call with one filter. */
const by = (Name: string, value: string) => ({ Filters: [{ Name, Values: [value] }] });

/**
 * The original rules of default security groups. They are removed if nothing uses the group and it has no
 * other rules. The desired value is null rather than a list, because groups can be created later.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html
 */
const defaultSecurityGroups: Setting<readonly string[] | null, Pick<Clients, 'ec2'>> = {
  name: 'DefaultSecurityGroups',
  scope: 'Region',
  read: async ({ ec2 }, place) => (await defaultGroups(ec2, place)).flatMap(({ rules }) => rules).sort(),
  async write({ ec2 }, value, place) {
    for (const { group, rules } of await defaultGroups(ec2, place)) {
      if (value === null) await empty(group, rules, ec2, place);
      else await restore(group, rules, value, ec2);
    }
    return value;
  },
  desired: (now) => (now && now.length > 0 ? null : now),
};

export const option = {
  /**
   * Removes the rules from default security groups, in every Region. Only groups that nothing uses and that
   * still have their original rules are emptied. The output `LeftAloneDefaultSecurityGroups` of the
   * stack Networks names the others.
   * @default false
   */
  emptyDefaultSecurityGroups: false,
} as const;

export const permissions: readonly Permission[] = [
  {
    sid: 'FindDefaultSecurityGroups',
    actions: ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSecurityGroups'],
  },
  {
    sid: 'EmptyDefaultSecurityGroups',
    actions: [
      'ec2:AuthorizeSecurityGroupEgress',
      'ec2:AuthorizeSecurityGroupIngress',
      'ec2:RevokeSecurityGroupEgress',
      'ec2:RevokeSecurityGroupIngress',
    ],
    resources: [{ service: 'ec2', region: '*', path: 'security-group/*' }],
  },
];

export const mayBeLeftAlone = true;
export { defaultSecurityGroups as setting };
export const file = __filename;

/** The default groups that have no custom rules, with those of their original rules that still exist. */
async function defaultGroups(
  ec2: EC2,
  place: Place,
): Promise<{ group: SecurityGroup; rules: readonly string[] }[]> {
  const { SecurityGroups = [] } = await ec2.describeSecurityGroups(by('group-name', 'default'));
  return SecurityGroups.flatMap((group) => {
    const rules = rulesOf(group);
    if (rules) return [{ group, rules }];
    place.skip(`${place.region} ${group.GroupId}: custom rules`);
    return [];
  });
}

async function empty(group: SecurityGroup, rules: readonly string[], ec2: EC2, place: Place): Promise<void> {
  const { GroupId = '', IpPermissions, IpPermissionsEgress } = group;
  if (rules.length === 0) return;
  const { NetworkInterfaces = [] } = await ec2.describeNetworkInterfaces(by('group-id', GroupId));
  if (NetworkInterfaces.length > 0) {
    place.skip(`${place.region} ${GroupId}: in use`);
    return;
  }
  if (rules.includes(GroupId + IN)) await ec2.revokeSecurityGroupIngress({ GroupId, IpPermissions });
  if (rules.includes(GroupId + OUT)) {
    await ec2.revokeSecurityGroupEgress({ GroupId, IpPermissions: IpPermissionsEgress });
  }
}

async function restore(
  { GroupId = '' }: SecurityGroup,
  rules: readonly string[],
  previous: readonly string[],
  ec2: EC2,
): Promise<void> {
  const isMissing = (rule: string) => previous.includes(rule) && !rules.includes(rule);
  if (isMissing(GroupId + IN)) {
    const IpPermissions = [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId }] }];
    await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions });
  }
  if (isMissing(GroupId + OUT)) {
    const IpPermissions = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
    await ec2.authorizeSecurityGroupEgress({ GroupId, IpPermissions });
  }
}

/**
 * Suffixes of a group's ID that name its original rules: all traffic from its members, all outbound traffic.
 */
const IN = ' in';
const OUT = ' out';

/** The original rules that a default group still has; undefined if it has custom rules. */
export function rulesOf(group: SecurityGroup): readonly string[] | undefined {
  const { GroupId = '', IpPermissions = [], IpPermissionsEgress = [] } = group;
  const isFromItself = (rule: IpPermission) =>
    targetsOf(rule).length === 1 && rule.UserIdGroupPairs?.[0]?.GroupId === GroupId;
  const isToEverywhere = (rule: IpPermission) =>
    targetsOf(rule).length === 1 && rule.IpRanges?.[0]?.CidrIp === '0.0.0.0/0';
  const rules = [...IpPermissions, ...IpPermissionsEgress];
  const areAsMade =
    rules.every(({ IpProtocol }) => IpProtocol === '-1') &&
    IpPermissions.every(isFromItself) &&
    IpPermissionsEgress.every(isToEverywhere);
  if (!areAsMade) return undefined;
  return [...IpPermissions.map(() => GroupId + IN), ...IpPermissionsEgress.map(() => GroupId + OUT)];
}

/** All sources or destinations of a rule. */
function targetsOf(rule: IpPermission): object[] {
  const { UserIdGroupPairs = [], IpRanges = [], Ipv6Ranges = [], PrefixListIds = [] } = rule;
  return [...UserIdGroupPairs, ...IpRanges, ...Ipv6Ranges, ...PrefixListIds];
}
