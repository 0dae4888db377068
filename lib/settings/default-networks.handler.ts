import {
  EC2,
  type IpPermission,
  type NetworkAcl,
  type SecurityGroup,
  type VpcPeeringConnection,
} from '@aws-sdk/client-ec2';
import { CLIENT, settings } from './setting-provider';

const ec2 = (region?: string) => new EC2({ ...CLIENT, region });

/** What a call asks for. */
const by = (Name: string, value: string) => ({ Filters: [{ Name, Values: [value] }] });

/** What was not touched because it is in use, and where. */
const leftAlone = new Set<string>();

/** The networks that AWS puts into every Region of a new account, and that nobody asked for. */
export const handler = settings(
  {
    /** Whether there is one. */
    DefaultVpc: {
      read: async (region) => (await defaultVpc(region)) !== undefined,
      write: async (value, region) => {
        if (value) return ec2(region).createDefaultVpc({});
        const vpc = await defaultVpc(region);
        if (vpc === undefined) return value;
        const use = await useOf(vpc, region);
        if (use === undefined) return removeVpc(vpc, region);
        leftAlone.add(`${region} ${vpc}: ${use}`);
        return value;
      },
      goal: () => false,
    },
    /** The rules that default groups were made with. Null asks for none, since other groups may be made until Delete. */
    DefaultSecurityGroups: {
      read: async (region) => (await defaultGroups(region)).flatMap(({ rules }) => rules).sort(),
      write: async (value, region) => {
        for (const { group, rules } of await defaultGroups(region)) {
          if (value === null) await empty(group, rules, region);
          else await restore(group, rules, value as readonly string[], region);
        }
        return value;
      },
      goal: (now) => ((now as readonly string[]).length > 0 ? null : now),
    },
  },
  async () => {
    const { Regions = [] } = await ec2().describeRegions({});
    return Regions.flatMap(({ RegionName = [] }) => RegionName);
  },
  () => {
    const LeftAlone = [...leftAlone].join('; ') || 'nothing';
    leftAlone.clear();
    console.log(`left alone: ${LeftAlone}`);
    // An answer has 4,096 bytes; the log has all of it.
    return { LeftAlone: LeftAlone.slice(0, 2000) };
  },
);

async function defaultVpc(region: string): Promise<string | undefined> {
  const { Vpcs = [] } = await ec2(region).describeVpcs(by('is-default', 'true'));
  return Vpcs[0]?.VpcId;
}

/** What uses the network, or was added to it; undefined where it is as AWS made it. */
async function useOf(vpc: string, region: string): Promise<string | undefined> {
  const inVpc = by('vpc-id', vpc);
  const { NetworkInterfaces = [] } = await ec2(region).describeNetworkInterfaces(inVpc);
  if (NetworkInterfaces.length > 0) return `${NetworkInterfaces.length} network interface(s)`;
  const { Reservations = [] } = await ec2(region).describeInstances(inVpc);
  if (Reservations.length > 0) return 'instances';
  const { SecurityGroups = [] } = await ec2(region).describeSecurityGroups(inVpc);
  if (SecurityGroups.length > 1 || !SecurityGroups.every(rulesOf)) return 'security groups of its own';
  const { Subnets = [] } = await ec2(region).describeSubnets(inVpc);
  if (!Subnets.every(({ DefaultForAz }) => DefaultForAz)) return 'subnets of its own';
  const { RouteTables = [] } = await ec2(region).describeRouteTables(inVpc);
  const routes = RouteTables.flatMap(({ Routes = [] }) => Routes);
  const isLocal = (gateway = '') => gateway === 'local' || gateway.startsWith('igw-');
  if (RouteTables.length > 1 || !routes.every(({ GatewayId }) => isLocal(GatewayId))) {
    return 'routes of its own';
  }
  const { NetworkAcls = [] } = await ec2(region).describeNetworkAcls(inVpc);
  if (NetworkAcls.length > 1 || !NetworkAcls.every(isAsMade)) return 'network ACLs of its own';
  const { VpcEndpoints = [] } = await ec2(region).describeVpcEndpoints(inVpc);
  if (VpcEndpoints.length > 0) return 'endpoints';
  // These may have no route yet, and would be found when the subnets are gone. EC2 tells of former ones for a while.
  const { VpnGateways = [] } = await ec2(region).describeVpnGateways(by('attachment.vpc-id', vpc));
  if (VpnGateways.length > 0) return 'a VPN gateway';
  const { VpcPeeringConnections = [] } = await ec2(region).describeVpcPeeringConnections({});
  const isPeer = ({ RequesterVpcInfo, AccepterVpcInfo }: VpcPeeringConnection) =>
    RequesterVpcInfo?.VpcId === vpc || AccepterVpcInfo?.VpcId === vpc;
  return VpcPeeringConnections.some(isPeer) ? 'peering connections' : undefined;
}

/** Whether a network ACL lets everything in and out, as the one that a network is made with. */
function isAsMade({ Entries = [] }: NetworkAcl): boolean {
  return (
    Entries.length === 4 &&
    Entries.every(
      ({ RuleNumber, RuleAction, Protocol, CidrBlock }) =>
        (RuleNumber === 100 ? RuleAction === 'allow' : RuleNumber === 32767) &&
        Protocol === '-1' &&
        CidrBlock === '0.0.0.0/0',
    )
  );
}

async function removeVpc(VpcId: string, region: string): Promise<void> {
  const { InternetGateways = [] } = await ec2(region).describeInternetGateways(
    by('attachment.vpc-id', VpcId),
  );
  for (const { InternetGatewayId } of InternetGateways) {
    await ec2(region).detachInternetGateway({ InternetGatewayId, VpcId });
    await ec2(region).deleteInternetGateway({ InternetGatewayId });
  }
  const { Subnets = [] } = await ec2(region).describeSubnets(by('vpc-id', VpcId));
  for (const { SubnetId } of Subnets) await ec2(region).deleteSubnet({ SubnetId });
  await ec2(region).deleteVpc({ VpcId });
}

/** The default groups that have no rules but those they were made with, and which of them they have. */
async function defaultGroups(region: string): Promise<{ group: SecurityGroup; rules: readonly string[] }[]> {
  const { SecurityGroups = [] } = await ec2(region).describeSecurityGroups(by('group-name', 'default'));
  return SecurityGroups.flatMap((group) => {
    const rules = rulesOf(group);
    if (rules) return [{ group, rules }];
    leftAlone.add(`${region} ${group.GroupId}: rules of its own`);
    return [];
  });
}

async function empty(group: SecurityGroup, rules: readonly string[], region: string): Promise<void> {
  const { GroupId = '', IpPermissions, IpPermissionsEgress } = group;
  if (rules.length === 0) return;
  const { NetworkInterfaces = [] } = await ec2(region).describeNetworkInterfaces(by('group-id', GroupId));
  if (NetworkInterfaces.length > 0) {
    leftAlone.add(`${region} ${GroupId}: in use`);
    return;
  }
  if (rules.includes(GroupId + IN)) await ec2(region).revokeSecurityGroupIngress({ GroupId, IpPermissions });
  if (rules.includes(GroupId + OUT)) {
    await ec2(region).revokeSecurityGroupEgress({ GroupId, IpPermissions: IpPermissionsEgress });
  }
}

async function restore(
  { GroupId = '' }: SecurityGroup,
  rules: readonly string[],
  former: readonly string[],
  region: string,
): Promise<void> {
  const isMissing = (rule: string) => former.includes(rule) && !rules.includes(rule);
  if (isMissing(GroupId + IN)) {
    const IpPermissions = [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId }] }];
    await ec2(region).authorizeSecurityGroupIngress({ GroupId, IpPermissions });
  }
  if (isMissing(GroupId + OUT)) {
    const IpPermissions = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
    await ec2(region).authorizeSecurityGroupEgress({ GroupId, IpPermissions });
  }
}

/** What follows a group's id in the names of its rules: everything from its members, and to everywhere. */
const IN = ' in';
const OUT = ' out';

/** Which of the rules that it was made with a default group has; undefined where it has others. */
function rulesOf(group: SecurityGroup): readonly string[] | undefined {
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

/** All that a rule lets in or out. */
function targetsOf(rule: IpPermission): object[] {
  const { UserIdGroupPairs = [], IpRanges = [], Ipv6Ranges = [], PrefixListIds = [] } = rule;
  return [...UserIdGroupPairs, ...IpRanges, ...Ipv6Ranges, ...PrefixListIds];
}
