import {
  EC2Client,
  type AuthorizeSecurityGroupIngressCommandInput,
  type DescribeNetworkInterfacesCommandInput,
  type Filter,
  type IpPermission,
  type NetworkAcl,
  type NetworkAclEntry,
} from '@aws-sdk/client-ec2';
import { mockClient } from 'aws-sdk-client-mock';
import { FakeAws, refusal } from '../functions/fake-aws';
import { resourcesFor } from './resources';
import { networksHandler } from './serving';
import { throttledInTurn } from './throttled-in-turn';

jest.mock('node:timers/promises', () => ({ setTimeout: jest.fn(() => Promise.resolve()) }));

const HOME = 'eu-central-1';

interface Group {
  readonly GroupId: string;
  readonly GroupName: string;
  readonly VpcId: string;
  IpPermissions: IpPermission[];
  IpPermissionsEgress: IpPermission[];
}

/** Networks of one Region; `extra` is what more EC2 tells, by the operation that tells it. */
interface Network {
  vpc: string | undefined;
  gateways: string[];
  subnets: { SubnetId: string; DefaultForAz: boolean }[];
  groups: Group[];
  /** Security groups that a network interface has. */
  inUse: string[];
  extra: Record<string, object>;
}

let made = 0;
let regions: Record<string, Network>;

function at(region: string): Network {
  const found = regions[region];
  if (!found) throw refusal('AuthFailure');
  return found;
}

const toEverywhere = (): IpPermission => ({
  IpProtocol: '-1',
  IpRanges: [{ CidrIp: '0.0.0.0/0' }],
  Ipv6Ranges: [],
  PrefixListIds: [],
  UserIdGroupPairs: [],
});
const toAddress = (CidrIp: string): IpPermission => ({ ...toEverywhere(), IpRanges: [{ CidrIp }] });
const toList = (): IpPermission => ({
  IpProtocol: '-1',
  PrefixListIds: [{ PrefixListId: 'pl-1' }],
});
const fromGroup = (GroupId: string): IpPermission => ({
  IpProtocol: '-1',
  IpRanges: [],
  Ipv6Ranges: [],
  PrefixListIds: [],
  UserIdGroupPairs: [{ GroupId, UserId: '123456789012' }],
});

/** A group as EC2 makes it with a network. */
function defaultGroup(VpcId: string, GroupId = `sg-${(made += 1)}`): Group {
  return {
    GroupId,
    GroupName: 'default',
    VpcId,
    IpPermissions: [fromGroup(GroupId)],
    IpPermissionsEgress: [toEverywhere()],
  };
}

const acl = (...more: NetworkAclEntry[]): NetworkAcl => ({
  Entries: [
    ...[true, false].flatMap((Egress) => [
      { Egress, RuleNumber: 100, RuleAction: 'allow', Protocol: '-1', CidrBlock: '0.0.0.0/0' } as const,
      { Egress, RuleNumber: 32767, RuleAction: 'deny', Protocol: '-1', CidrBlock: '0.0.0.0/0' } as const,
    ]),
    ...more,
  ],
});

/**
 * What a network of somebody's own has in each Region; only its id keeps it from being taken for the default
 * one.
 */
const OWN = {
  DescribeInstances: { Reservations: [{}] },
  DescribeInternetGateways: { InternetGateways: [{ InternetGatewayId: 'igw-own' }] },
  DescribeNetworkAcls: { NetworkAcls: [acl(), acl()] },
  DescribeNetworkInterfaces: { NetworkInterfaces: [{}] },
  DescribeRouteTables: { RouteTables: [{}, {}] },
  DescribeSubnets: { Subnets: [{ SubnetId: 'subnet-own', DefaultForAz: false }] },
  DescribeVpcEndpoints: { VpcEndpoints: [{}] },
  DescribeVpnGateways: { VpnGateways: [{}] },
};

/** The network of a Region of a new account. */
function network(): Network {
  const vpc = `vpc-${(made += 1)}`;
  return {
    vpc,
    gateways: [`igw-${made}`],
    subnets: ['a', 'b'].map((zone) => ({ SubnetId: `subnet-${made}${zone}`, DefaultForAz: true })),
    groups: [defaultGroup(vpc)],
    inUse: [],
    extra: {
      DescribeNetworkAcls: { NetworkAcls: [acl()] },
      DescribeRouteTables: {
        RouteTables: [{ Routes: [{ GatewayId: 'local' }, { GatewayId: `igw-${made}` }] }],
      },
      DescribeVpcPeeringConnections: {
        VpcPeeringConnections: [
          { RequesterVpcInfo: { VpcId: 'vpc-own' }, AccepterVpcInfo: { VpcId: 'vpc-far' } },
        ],
      },
    },
  };
}

/** What a call filters by. */
function filtered(Filters: Filter[] = []): string | undefined {
  return Filters.map(({ Name, Values }) => `${Name}=${String(Values)}`).join();
}

type Filtered = { readonly Filters?: Filter[] };
type Rules = Required<Pick<AuthorizeSecurityGroupIngressCommandInput, 'GroupId' | 'IpPermissions'>>;

function group(region: string, id: string): Group {
  const found = at(region).groups.find(({ GroupId }) => GroupId === id);
  if (!found) throw refusal('InvalidGroup.NotFound');
  return found;
}

const extraOf =
  (operation: string) =>
  ({ extra }: Network): object =>
    extra[operation] ?? {};

/**
 * Answers what the default network has to who asks for it alone; to others, what the other network has, too.
 */
function ofVpc(operation: keyof typeof OWN, own = extraOf(operation), name = 'vpc-id') {
  return ({ Filters }: Filtered, region: string): object =>
    filtered(Filters) === `${name}=${at(region).vpc}` ? own(at(region)) : OWN[operation];
}

const aws = new FakeAws([mockClient(EC2Client)], {
  DescribeRegions: () => ({ Regions: Object.keys(regions).map((RegionName) => ({ RegionName })) }),
  DescribeVpcs: ({ Filters }: Filtered, region) => {
    expect(filtered(Filters)).toBe('is-default=true');
    const { vpc } = at(region);
    return { Vpcs: vpc === undefined ? [] : [{ VpcId: vpc }] };
  },
  DescribeSubnets: ofVpc('DescribeSubnets', ({ subnets }) => ({ Subnets: subnets })),
  DescribeInternetGateways: ofVpc(
    'DescribeInternetGateways',
    ({ gateways }) => ({
      InternetGateways: gateways.map((InternetGatewayId) => ({ InternetGatewayId })),
    }),
    'attachment.vpc-id',
  ),
  DescribeVpnGateways: ofVpc('DescribeVpnGateways', extraOf('DescribeVpnGateways'), 'attachment.vpc-id'),
  DescribeVpcPeeringConnections: (_, region) => extraOf('DescribeVpcPeeringConnections')(at(region)),
  DescribeSecurityGroups: ({ Filters }: Filtered, region) => ({
    SecurityGroups: at(region).groups.filter(({ GroupName, VpcId }) =>
      [`group-name=${GroupName}`, `vpc-id=${VpcId}`].includes(String(filtered(Filters))),
    ),
  }),
  DescribeNetworkInterfaces: (input: DescribeNetworkInterfacesCommandInput, region) => {
    const users = at(region).inUse.filter((id) => filtered(input.Filters) === `group-id=${id}`);
    return filtered(input.Filters)?.startsWith('group-id')
      ? { NetworkInterfaces: users }
      : ofVpc('DescribeNetworkInterfaces')(input, region);
  },
  DescribeInstances: ofVpc('DescribeInstances'),
  DescribeRouteTables: ofVpc('DescribeRouteTables'),
  DescribeNetworkAcls: ofVpc('DescribeNetworkAcls'),
  DescribeVpcEndpoints: ofVpc('DescribeVpcEndpoints'),
  DetachInternetGateway: () => ({}),
  DeleteInternetGateway: ({ InternetGatewayId }: { InternetGatewayId: string }, region) => {
    at(region).gateways = at(region).gateways.filter((id) => id !== InternetGatewayId);
    return {};
  },
  DeleteSubnet: ({ SubnetId }: { SubnetId: string }, region) => {
    at(region).subnets = at(region).subnets.filter((subnet) => subnet.SubnetId !== SubnetId);
    return {};
  },
  DeleteVpc: ({ VpcId }: { VpcId: string }, region) => {
    const one = at(region);
    if (one.subnets.length + one.gateways.length > 0) throw refusal('DependencyViolation');
    one.vpc = undefined;
    one.groups = one.groups.filter((other) => other.VpcId !== VpcId);
    return {};
  },
  CreateDefaultVpc: (_, region) => {
    regions[region] = network();
    return { Vpc: { VpcId: regions[region].vpc } };
  },
  RevokeSecurityGroupIngress: ({ GroupId, IpPermissions }: Rules, region) => {
    expect(IpPermissions).toEqual(group(region, GroupId).IpPermissions);
    group(region, GroupId).IpPermissions = [];
    return {};
  },
  RevokeSecurityGroupEgress: ({ GroupId, IpPermissions }: Rules, region) => {
    expect(IpPermissions).toEqual(group(region, GroupId).IpPermissionsEgress);
    group(region, GroupId).IpPermissionsEgress = [];
    return {};
  },
  AuthorizeSecurityGroupIngress: ({ GroupId, IpPermissions }: Rules, region) => {
    group(region, GroupId).IpPermissions.push(...IpPermissions.map(asDescribed));
    return {};
  },
  AuthorizeSecurityGroupEgress: ({ GroupId, IpPermissions }: Rules, region) => {
    group(region, GroupId).IpPermissionsEgress.push(...IpPermissions.map(asDescribed));
    return {};
  },
});

/** A rule as EC2 tells it, which is more than it was told. */
function asDescribed({ UserIdGroupPairs = [], ...rule }: IpPermission): IpPermission {
  const pairs = UserIdGroupPairs.map((pair) => ({ ...pair, UserId: '123456789012' }));
  return { IpRanges: [], Ipv6Ranges: [], PrefixListIds: [], ...rule, UserIdGroupPairs: pairs };
}

const resources = resourcesFor(networksHandler, aws, HOME);

function newAccount(): void {
  made = 0;
  regions = { [HOME]: network(), 'us-east-1': network() };
}

beforeEach(() => {
  newAccount();
  jest.spyOn(console, 'log').mockReturnValue(undefined);
});

/** Operations that changed a Region, in this order. */
const writesIn = (region: string) =>
  aws.writes.filter(([where]) => where === region).map(([, operation]) => operation);
const everything = () => structuredClone(regions);

describe('whichever call is throttled', () => {
  const operations = (calls: readonly string[]) =>
    calls.filter((call) => call.startsWith(HOME)).map((call) => call.split(' ')[1]);

  test('the default VPC is removed and made again', async () => {
    const throttled = await throttledInTurn(aws, newAccount, async () => {
      for (const [type, isThere] of [
        ['Create', false],
        ['Update', false],
        ['Delete', true],
      ] as const) {
        expect(await resources.set(type, 'DefaultVpc')).toMatchObject({ Status: 'SUCCESS' });
        expect(Object.values(regions).map(({ vpc }) => vpc !== undefined)).toEqual([isThere, isThere]);
      }
    });
    expect(operations(throttled)).toEqual(
      expect.arrayContaining([
        ...Object.keys(OWN),
        ...['DetachInternetGateway', 'DeleteInternetGateway', 'DeleteSubnet', 'DeleteVpc'],
        'CreateDefaultVpc',
      ]),
    );
  });

  test('default security groups are emptied and filled again', async () => {
    const throttled = await throttledInTurn(aws, newAccount, async () => {
      const before = everything();
      for (const type of ['Create', 'Update'] as const) {
        expect(await resources.set(type, 'DefaultSecurityGroups')).toMatchObject({ Status: 'SUCCESS' });
        expect(group(HOME, String(at(HOME).groups[0]?.GroupId)).IpPermissions).toEqual([]);
      }
      expect(await resources.set('Delete', 'DefaultSecurityGroups')).toMatchObject({ Status: 'SUCCESS' });
      expect(everything()).toEqual(before);
    });
    expect(operations(throttled)).toEqual(
      expect.arrayContaining(
        ['Revoke', 'Authorize'].flatMap((verb) =>
          ['Ingress', 'Egress'].map((way) => `${verb}SecurityGroup${way}`),
        ),
      ),
    );
  });
});

describe('the default VPC', () => {
  test('that is as AWS made it is removed, with its gateway and subnets, in every Region', async () => {
    const { vpc } = at(HOME);
    const told = await resources.set('Create', 'DefaultVpc', {});
    expect(told).toMatchObject({ Status: 'SUCCESS', Data: { LeftAlone: 'nothing' } });
    expect(aws.writes.filter(([region]) => region === HOME)).toEqual([
      [HOME, 'DetachInternetGateway', { InternetGatewayId: 'igw-1', VpcId: vpc }],
      [HOME, 'DeleteInternetGateway', { InternetGatewayId: 'igw-1' }],
      [HOME, 'DeleteSubnet', { SubnetId: 'subnet-1a' }],
      [HOME, 'DeleteSubnet', { SubnetId: 'subnet-1b' }],
      [HOME, 'DeleteVpc', { VpcId: vpc }],
    ]);
    expect(at('us-east-1').vpc).toBeUndefined();
  });

  test.each<[use: string, network: (vpc: Network) => void]>([
    [
      'network interfaces (2)',
      (vpc) => (vpc.extra['DescribeNetworkInterfaces'] = { NetworkInterfaces: [{}, {}] }),
    ],
    ['instances', (vpc) => (vpc.extra['DescribeInstances'] = { Reservations: [{}] })],
    [
      'custom security groups',
      (vpc) => vpc.groups.push({ ...defaultGroup(String(vpc.vpc)), GroupName: 'web' }),
    ],
    ['custom security groups', (vpc) => vpc.groups[0]?.IpPermissions.push(toEverywhere())],
    ['custom subnets', (vpc) => vpc.subnets.push({ SubnetId: 'subnet-mine', DefaultForAz: false })],
    ['custom routes', (vpc) => (vpc.extra['DescribeRouteTables'] = { RouteTables: [{}, {}] })],
    [
      'custom routes',
      (vpc) => (vpc.extra['DescribeRouteTables'] = { RouteTables: [{ Routes: [{ GatewayId: 'vgw-1' }] }] }),
    ],
    [
      'custom routes',
      (vpc) =>
        (vpc.extra['DescribeRouteTables'] = {
          RouteTables: [{ Routes: [{ GatewayId: 'local' }, { VpcPeeringConnectionId: 'pcx-1' }] }],
        }),
    ],
    ['custom network ACLs', (vpc) => (vpc.extra['DescribeNetworkAcls'] = { NetworkAcls: [acl(), acl()] })],
    ...[
      acl({
        Egress: false,
        RuleNumber: 90,
        RuleAction: 'deny',
        Protocol: '-1',
        CidrBlock: '192.0.2.0/24',
      }),
      { Entries: acl().Entries?.slice(1) },
      ...(
        [
          ['RuleNumber', 90],
          ['RuleAction', 'deny'],
          ['Protocol', '6'],
          ['CidrBlock', '192.0.2.0/24'],
        ] as const
      ).map(([field, value]) => ({
        Entries: acl().Entries?.map((entry, index) => (index === 0 ? { ...entry, [field]: value } : entry)),
      })),
    ].map((changed): [string, (vpc: Network) => void] => [
      'custom network ACLs',
      (vpc) => (vpc.extra['DescribeNetworkAcls'] = { NetworkAcls: [changed] }),
    ]),
    ['a VPN gateway', (vpc) => (vpc.extra['DescribeVpnGateways'] = { VpnGateways: [{}] })],
    ...['RequesterVpcInfo', 'AccepterVpcInfo'].map((side): [string, (vpc: Network) => void] => [
      'peering connections',
      ({ vpc, extra }) =>
        (extra['DescribeVpcPeeringConnections'] = {
          VpcPeeringConnections: [
            {
              RequesterVpcInfo: { VpcId: 'vpc-own' },
              AccepterVpcInfo: { VpcId: 'vpc-far' },
              [side]: { VpcId: vpc },
            },
          ],
        }),
    ]),
    ['endpoints', (vpc) => (vpc.extra['DescribeVpcEndpoints'] = { VpcEndpoints: [{}] })],
  ])('that has %s is left alone and named', async (use, change) => {
    change(at(HOME));
    const before = everything();
    const told = await resources.set('Create', 'DefaultVpc');
    expect(told).toMatchObject({ Status: 'SUCCESS', Data: { LeftAlone: `${HOME} vpc-1: ${use}` } });
    expect(at(HOME)).toEqual(before[HOME]);
    expect(at('us-east-1').vpc).toBeUndefined();
    await resources.set('Delete', 'DefaultVpc');
    expect(at(HOME)).toEqual(before[HOME]);
  });

  test('that is not there is not looked for, and others stay', async () => {
    at(HOME).vpc = undefined;
    const told = await resources.set('Create', 'DefaultVpc');
    expect(told).toMatchObject({ Status: 'SUCCESS', Data: { LeftAlone: 'nothing' } });
    expect(writesIn(HOME)).toEqual([]);
  });

  test('that is in use in several Regions is named for each', async () => {
    for (const region of [HOME, 'us-east-1']) {
      at(region).extra['DescribeInstances'] = { Reservations: [{}] };
    }
    const { Data } = await resources.set('Create', 'DefaultVpc');
    expect(Data?.['LeftAlone']?.split('; ').sort()).toEqual([
      'eu-central-1 vpc-1: instances',
      'us-east-1 vpc-3: instances',
    ]);
  });

  test('is made anew on Delete where there was one, and only there', async () => {
    regions['us-east-1'] = { ...network(), vpc: undefined, groups: [], subnets: [], gateways: [] };
    await resources.set('Create', 'DefaultVpc');
    aws.reset();
    expect(await resources.set('Delete', 'DefaultVpc')).toMatchObject({ Status: 'SUCCESS' });
    expect(at(HOME).vpc).toMatch(/^vpc-/);
    expect(aws.writes).toEqual([[HOME, 'CreateDefaultVpc', {}]]);
  });

  test('that is removed half-way is removed at the next try', async () => {
    aws.fail('DeleteSubnet', refusal('RequestLimitExceeded'), { times: 1 });
    expect(await resources.set('Create', 'DefaultVpc')).toMatchObject({ Status: 'SUCCESS' });
    expect(at(HOME)).toMatchObject({ vpc: undefined, gateways: [], subnets: [] });
  });

  test('that can’t be removed in one Region fails, and names it', async () => {
    aws.fail('DeleteVpc', refusal('UnauthorizedOperation', 'denied'), { regions: ['us-east-1'] });
    expect(await resources.set('Create', 'DefaultVpc')).toMatchObject({
      Status: 'FAILED',
      Reason: 'Error: us-east-1: UnauthorizedOperation: denied',
    });
    expect(at(HOME).vpc).toBeUndefined();
  });
});

describe('the default security groups', () => {
  const NAME = 'DefaultSecurityGroups';
  const only = (region: string) => {
    const [found] = at(region).groups;
    if (!found) throw new Error('no group');
    return found;
  };

  test('that have the rules they were made with are emptied, and restored', async () => {
    const before = everything();
    const told = await resources.set('Create', NAME);
    expect(told).toMatchObject({ Status: 'SUCCESS', Data: { LeftAlone: 'nothing' } });
    for (const region of [HOME, 'us-east-1']) {
      expect(only(region)).toMatchObject({ IpPermissions: [], IpPermissionsEgress: [] });
    }
    expect(await resources.set('Delete', NAME)).toMatchObject({ Status: 'SUCCESS' });
    expect(everything()).toEqual(before);
  });

  test.each<[shows: string, change: (group: Group) => void]>([
    ['a rule more', (one) => one.IpPermissions.push(toEverywhere())],
    ['a rule instead', (one) => (one.IpPermissions = [fromGroup('sg-other')])],
    ['one port only', (one) => (one.IpPermissionsEgress = [{ ...toEverywhere(), IpProtocol: 'tcp' }])],
    ['one address only', (one) => (one.IpPermissionsEgress = [toAddress('192.0.2.0/24')])],
    ['a list of addresses', (one) => (one.IpPermissionsEgress = [toList()])],
    [
      'one more address',
      (one) => (one.IpPermissions = [{ ...fromGroup(one.GroupId), IpRanges: [{ CidrIp: '192.0.2.0/24' }] }]),
    ],
    [
      'a way out by IPv6, which could not be restored',
      (one) => (one.IpPermissionsEgress = [{ ...toEverywhere(), Ipv6Ranges: [{ CidrIpv6: '::/0' }] }]),
    ],
  ])('that have %s are left alone and named', async (_shows, change) => {
    change(only(HOME));
    const before = everything();
    const { Data } = await resources.set('Create', NAME);
    expect(Data).toEqual({ LeftAlone: `${HOME} ${only(HOME).GroupId}: custom rules` });
    await resources.set('Delete', NAME);
    expect(everything()).toEqual(before);
    expect(writesIn(HOME)).toEqual([]);
  });

  test('that something uses are left alone and named', async () => {
    at(HOME).inUse = [only(HOME).GroupId];
    const { Data } = await resources.set('Create', NAME);
    expect(Data).toEqual({ LeftAlone: `${HOME} ${only(HOME).GroupId}: in use` });
    expect(writesIn(HOME)).toEqual([]);
  });

  test('that are empty already are not touched', async () => {
    Object.assign(only(HOME), { IpPermissions: [], IpPermissionsEgress: [] });
    await resources.set('Create', NAME);
    await resources.set('Delete', NAME);
    expect(writesIn(HOME)).toEqual([]);
  });

  test('of which somebody took one rule get back the other only', async () => {
    only(HOME).IpPermissions = [];
    const before = everything();
    await resources.set('Create', NAME);
    expect(only(HOME).IpPermissionsEgress).toEqual([]);
    await resources.set('Delete', NAME);
    expect(everything()).toEqual(before);
    expect(writesIn(HOME)).toEqual(['RevokeSecurityGroupEgress', 'AuthorizeSecurityGroupEgress']);
  });

  test('of which somebody took the way out lose the other only', async () => {
    only(HOME).IpPermissionsEgress = [];
    await resources.set('Create', NAME);
    expect(writesIn(HOME)).toEqual(['RevokeSecurityGroupIngress']);
  });

  test('that were emptied half-way are emptied at the next try, and restored', async () => {
    const before = everything();
    aws.fail('RevokeSecurityGroupEgress', refusal('RequestLimitExceeded'), { times: 1 });
    const told = await resources.set('Create', NAME);
    expect(told).toMatchObject({ Status: 'SUCCESS', Data: { LeftAlone: 'nothing' } });
    expect(only(HOME).IpPermissionsEgress).toEqual([]);
    aws.fail('AuthorizeSecurityGroupEgress', refusal('RequestLimitExceeded'), { times: 1 });
    await resources.set('Delete', NAME);
    expect(everything()).toEqual(before);
  });

  test('of networks that were made later keep their rules on Delete', async () => {
    await resources.set('Create', NAME);
    const later = defaultGroup('vpc-later');
    at(HOME).groups.push(later);
    await resources.set('Delete', NAME);
    expect(group(HOME, later.GroupId)).toEqual(defaultGroup('vpc-later', later.GroupId));
  });

  test('to which somebody gave rules since keep those on Delete', async () => {
    await resources.set('Create', NAME);
    only(HOME).IpPermissions = [fromGroup('sg-other')];
    await resources.set('Delete', NAME);
    expect(only(HOME)).toMatchObject({ IpPermissions: [fromGroup('sg-other')], IpPermissionsEgress: [] });
  });
});

describe('both', () => {
  test('leave nothing to restore but a new network', async () => {
    await resources.set('Create', 'DefaultSecurityGroups');
    await resources.set('Create', 'DefaultVpc');
    await resources.set('Delete', 'DefaultVpc');
    await resources.set('Delete', 'DefaultSecurityGroups');
    for (const region of [HOME, 'us-east-1']) {
      const { groups } = at(region);
      expect(groups).toEqual(groups.map(({ VpcId, GroupId }) => defaultGroup(VpcId, GroupId)));
      expect(groups).toHaveLength(1);
    }
  });

  test('say what was left alone in at most 2,000 characters, and the log says all', async () => {
    const ids = Array.from({ length: 200 }, (_, index) => `sg-${String(index).padStart(17, '0')}`);
    at(HOME).groups = ids.map((id) => defaultGroup('vpc-1', id));
    at(HOME).inUse = ids;
    const { Data } = await resources.set('Create', 'DefaultSecurityGroups');
    expect(Data?.['LeftAlone']).toHaveLength(2000);
    expect(console.log).toHaveBeenCalledWith(expect.stringContaining(`${String(ids.at(-1))}: in use`));
  });
});
