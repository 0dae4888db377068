import type { EC2, NetworkAcl, VpcPeeringConnection } from '@aws-sdk/client-ec2';
import { rulesOf } from './default-security-groups';
import type { Permission, Clients, Setting } from './setting';

/** Input of a Describe call with one filter. */
const by = (Name: string, value: string) => ({ Filters: [{ Name, Values: [value] }] });

/**
 * Whether a Region has a default VPC. AWS creates one in every Region of a new account. A VPC that is in use
 * or customized is not deleted.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/deleting-default-vpc.html
 */
const defaultVpc: Setting<boolean, Pick<Clients, 'ec2'>> = {
  name: 'DefaultVpc',
  scope: 'Region',
  read: async ({ ec2 }) => (await findVpc(ec2)) !== undefined,
  async write({ ec2 }, value, { region, skip }) {
    if (value) return ec2.createDefaultVpc({});
    const vpc = await findVpc(ec2);
    if (vpc === undefined) return value;
    const use = await useOf(vpc, ec2);
    if (use === undefined) return removeVpc(vpc, ec2);
    skip(`${region} ${vpc}: ${use}`);
    return value;
  },
  desired: () => false,
};

export const option = {
  /**
   * Deletes the default VPC of every Region. A VPC that contains resources, or to which something was added,
   * is not changed; the output `LeftAloneDefaultVpc` of the stack Networks names it. The deletion triggers
   * the detection ChangedByHand once. Restoring creates new VPCs, with other IDs.
   * @default false
   */
  removeDefaultVpcs: false,
} as const;

export const permissions: readonly Permission[] = [
  {
    // A VPC has no ARN before it is created, and Describe* actions have no resource-level permissions.
    sid: 'FindDefaultVpc',
    actions: [
      'ec2:CreateDefaultVpc',
      'ec2:DescribeInstances',
      'ec2:DescribeInternetGateways',
      'ec2:DescribeNetworkAcls',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeRouteTables',
      'ec2:DescribeSecurityGroups',
      'ec2:DescribeSubnets',
      'ec2:DescribeVpcEndpoints',
      'ec2:DescribeVpcPeeringConnections',
      'ec2:DescribeVpcs',
      'ec2:DescribeVpnGateways',
    ],
  },
  {
    sid: 'RemoveDefaultVpc',
    actions: ['ec2:DeleteInternetGateway', 'ec2:DeleteSubnet', 'ec2:DeleteVpc', 'ec2:DetachInternetGateway'],
    resources: [
      { service: 'ec2', region: '*', path: 'internet-gateway/*' },
      { service: 'ec2', region: '*', path: 'subnet/*' },
      { service: 'ec2', region: '*', path: 'vpc/*' },
    ],
  },
];

export const mayBeLeftAlone = true;
export { defaultVpc as setting };
export const file = __filename;

async function findVpc(ec2: EC2): Promise<string | undefined> {
  const { Vpcs = [] } = await ec2.describeVpcs(by('is-default', 'true'));
  return Vpcs[0]?.VpcId;
}

/** What uses the VPC or was added to it; undefined if it is unused and unchanged since AWS created it. */
async function useOf(vpc: string, ec2: EC2): Promise<string | undefined> {
  const inVpc = by('vpc-id', vpc);
  const { NetworkInterfaces = [] } = await ec2.describeNetworkInterfaces(inVpc);
  if (NetworkInterfaces.length > 0) return `network interfaces (${NetworkInterfaces.length})`;
  const { Reservations = [] } = await ec2.describeInstances(inVpc);
  if (Reservations.length > 0) return 'instances';
  const { SecurityGroups = [] } = await ec2.describeSecurityGroups(inVpc);
  if (SecurityGroups.length > 1 || !SecurityGroups.every(rulesOf)) return 'custom security groups';
  const { Subnets = [] } = await ec2.describeSubnets(inVpc);
  if (!Subnets.every(({ DefaultForAz }) => DefaultForAz)) return 'custom subnets';
  const { RouteTables = [] } = await ec2.describeRouteTables(inVpc);
  const routes = RouteTables.flatMap(({ Routes = [] }) => Routes);
  const isLocal = (gateway = '') => gateway === 'local' || gateway.startsWith('igw-');
  if (RouteTables.length > 1 || !routes.every(({ GatewayId }) => isLocal(GatewayId))) {
    return 'custom routes';
  }
  const { NetworkAcls = [] } = await ec2.describeNetworkAcls(inVpc);
  if (NetworkAcls.length > 1 || !NetworkAcls.every(isAsMade)) return 'custom network ACLs';
  const { VpcEndpoints = [] } = await ec2.describeVpcEndpoints(inVpc);
  if (VpcEndpoints.length > 0) return 'endpoints';
  // VPN gateways and peering connections may have no route yet, and would be noticed only after the subnets
  // are deleted. EC2 still lists deleted ones for a while.
  const { VpnGateways = [] } = await ec2.describeVpnGateways(by('attachment.vpc-id', vpc));
  if (VpnGateways.length > 0) return 'a VPN gateway';
  const { VpcPeeringConnections = [] } = await ec2.describeVpcPeeringConnections({});
  const isPeer = ({ RequesterVpcInfo, AccepterVpcInfo }: VpcPeeringConnection) =>
    RequesterVpcInfo?.VpcId === vpc || AccepterVpcInfo?.VpcId === vpc;
  return VpcPeeringConnections.some(isPeer) ? 'peering connections' : undefined;
}

/** Whether a network ACL allows all traffic in both directions, like the original one of a VPC. */
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

async function removeVpc(VpcId: string, ec2: EC2): Promise<void> {
  const { InternetGateways = [] } = await ec2.describeInternetGateways(by('attachment.vpc-id', VpcId));
  for (const { InternetGatewayId } of InternetGateways) {
    await ec2.detachInternetGateway({ InternetGatewayId, VpcId });
    await ec2.deleteInternetGateway({ InternetGatewayId });
  }
  const { Subnets = [] } = await ec2.describeSubnets(by('vpc-id', VpcId));
  for (const { SubnetId } of Subnets) await ec2.deleteSubnet({ SubnetId });
  await ec2.deleteVpc({ VpcId });
}
