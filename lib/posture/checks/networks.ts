import type { BaselineConfig } from '../../config/config';
import { LONGEST_OUTPUT } from '../../settings/setting';
import { outputOf } from '../baseline-parts';
import type { Remedy } from '../finding';
import type { DefaultGroup, DefaultNetworks, Part } from '../snapshot';
import {
  check,
  type Check,
  counted,
  fail,
  given,
  type Observation,
  pass,
  type Topic,
  unknown,
} from './check';
import { once } from './settings';

/** A default network that is not as the stack left it. */
interface Found<T> {
  readonly region: string;
  readonly one: T;
}

/** What is read about a kind of default networks, and what is reported. */
interface Kind<T> {
  readonly option: keyof BaselineConfig['accountSettings'];
  /** The output that names what the deployment did not change. */
  readonly output: string;
  readonly of: (networks: DefaultNetworks) => Part<readonly T[]>;
  readonly id: (one: T) => string;
  readonly isWrong: (one: T) => boolean;
  readonly fault: (found: Found<T>) => string;
  readonly remedy: (all: readonly Found<T>[]) => Remedy;
  /** State if it passes, as in "Removed in 4 Regions". */
  readonly state: string;
}

export const NETWORK_CHECKS: readonly Check[] = [
  networks<string>(
    {
      check: 'default-vpcs',
      title: 'No Region has a default VPC',
      problem: 'A Region has a default VPC again',
      area: 'settings',
      severity: 'low',
      controls: [],
    },
    {
      option: 'removeDefaultVpcs',
      output: 'LeftAloneDefaultVpc',
      of: ({ vpcs }) => vpcs,
      id: (vpc) => vpc,
      isWrong: () => true,
      fault: ({ region, one }) => `${one} in ${region}`,
      remedy: (all) => ({
        text: 'Find out who created it, or whether somebody enabled the Region after the deployment. This command deletes it with its subnets and its gateway, unless something uses it.',
        command: `(set -e; for place in ${all.map(placeOf).join(' ')}; do ${PLACE}; ${DELETE_VPC}; done)`,
      }),
      state: 'Removed',
    },
  ),
  networks<DefaultGroup>(
    {
      check: 'default-security-groups',
      title: 'Default security groups have no rules',
      problem: 'A default security group has rules',
      area: 'settings',
      severity: 'medium',
      controls: ['CIS 6.5', 'FSBP EC2.2'],
    },
    {
      option: 'emptyDefaultSecurityGroups',
      output: 'LeftAloneDefaultSecurityGroups',
      of: ({ groups }) => groups,
      id: ({ id }) => id,
      isWrong: ({ inbound, outbound }) => inbound + outbound > 0,
      fault: ({ region, one: { id, vpc, inbound, outbound } }) =>
        `${id} of ${vpc} in ${region} (${inbound} inbound, ${outbound} outbound)`,
      remedy: (all) => ({
        text: 'Find out who added the rules, or created the VPC after the deployment. Give what uses the group one of its own first. Then remove the rules.',
        command: [
          ...revocation(
            'ingress',
            all.filter(({ one }) => one.inbound > 0),
          ),
          ...revocation(
            'egress',
            all.filter(({ one }) => one.outbound > 0),
          ),
        ].join(' && '),
      }),
      state: 'Without rules',
    },
  ),
];

/** A Region with an ID. AWS chose both, so that no shell interprets them. */
const placeOf = ({ region, one }: Found<string>) => `${region}/${one}`;

/** Sets variables of a shell. */
const PLACE = 'region="${place%/*}" id="${place#*/}"';

const listed = (what: string, filter: string, query: string) =>
  `$(aws ec2 describe-${what} --region "$region" --filters "Name=${filter},Values=$id" --query "${query}" --output text)`;

/**
 * What a VPC that is in use or customized has: this is checked before its unused subnets are deleted, because
 * the VPC itself could not be. Each VPC has a route table, a network ACL, and a group.
 */
const IN_USE = [
  listed('network-interfaces', 'vpc-id', 'NetworkInterfaces[].NetworkInterfaceId'),
  listed('security-groups', 'vpc-id', "SecurityGroups[?GroupName!='default'].GroupId"),
  listed('route-tables', 'vpc-id', 'RouteTables[1:].RouteTableId'),
  listed('network-acls', 'vpc-id', 'NetworkAcls[1:].NetworkAclId'),
  listed('vpc-endpoints', 'vpc-id', 'VpcEndpoints[].VpcEndpointId'),
  listed('vpn-gateways', 'attachment.vpc-id', 'VpnGateways[].VpnGatewayId'),
];

/** Deletes a default VPC, unless it is in use. */
const DELETE_VPC = [
  'used=""',
  // One by one, so that the command ends if a call fails.
  ...IN_USE.map((some) => `used="$used "${some}`),
  'test -z "$(echo $used)" || { echo "$id is in use:" $used; exit 1; }',
  `for one in ${listed('subnets', 'vpc-id', 'Subnets[].SubnetId')}; do aws ec2 delete-subnet --region "$region" --subnet-id "$one"; done`,
  `for one in ${listed('internet-gateways', 'attachment.vpc-id', 'InternetGateways[].InternetGatewayId')}; do aws ec2 detach-internet-gateway --region "$region" --internet-gateway-id "$one" --vpc-id "$id"; aws ec2 delete-internet-gateway --region "$region" --internet-gateway-id "$one"; done`,
  'aws ec2 delete-vpc --region "$region" --vpc-id "$id"',
].join('; ');

/** Removes all rules of one direction. */
function revocation(direction: 'ingress' | 'egress', all: readonly Found<DefaultGroup>[]): string[] {
  if (all.length === 0) return [];
  const places = all.map(({ region, one: { id } }) => placeOf({ region, one: id })).join(' ');
  const rules = `SecurityGroups[0].IpPermissions${direction === 'egress' ? 'Egress' : ''}`;
  return [
    `for place in ${places}; do ${PLACE}; aws ec2 revoke-security-group-${direction} --region "$region" --group-id "$id" --ip-permissions "$(aws ec2 describe-security-groups --region "$region" --group-ids "$id" --query "${rules}" --output json)"; done`,
  ];
}

function networks<T>(topic: Topic, kind: Kind<T>): Check {
  return check(topic, ({ networks: all, regions, suite }, { accountSettings }) =>
    accountSettings[kind.option] === true
      ? given({ regions, suite }, ({ suite: stacks }) => {
          const kept = outputOf(stacks, 'Networks', kind.output);
          if (kept === undefined) return unknown('The stack that changes default networks is not deployed.');
          return judge(kind, all, kept);
        })
      : [],
  );
}

function judge<T>(
  kind: Kind<T>,
  all: Readonly<Record<string, DefaultNetworks>>,
  kept: string,
): Observation[] {
  const places = Object.entries(all);
  if (places.length === 0) return [unknown('No Region is known to be enabled.')];
  const found: Found<T>[] = [];
  const unread = places.flatMap(([region, networks]) => {
    const part = kind.of(networks);
    if ('value' in part) {
      found.push(...part.value.filter(kind.isWrong).map((one) => ({ region, one })));
      return [];
    }
    return given({ part }, () => []).map((seen) => ({ region, seen }));
  });
  // As the handler of the setting writes it.
  const others = found.filter(({ region, one }) => !kept.includes(`${region} ${kind.id(one)}:`));
  return [...judgeFound(kind, others, kept), ...once(unread)].concat(
    others.length + unread.length === 0
      ? [
          pass(
            `${kind.state} in ${counted(places.length, 'Region')}${found.length > 0 ? `, except ${found.map(kind.fault).join(', ')}: the deployment did not change what is in use or customized` : ''}.`,
          ),
        ]
      : [],
  );
}

/** What the deployment did not leave. */
function judgeFound<T>(kind: Kind<T>, found: readonly Found<T>[], kept: string): Observation[] {
  const [first] = found;
  if (!first) return [];
  const detail = `${found.map(kind.fault).join(', ')}.`;
  if (kept.length >= LONGEST_OUTPUT) {
    return [
      unknown(`The output ${kind.output} is cut off, and may be about these: ${detail}`, {
        resource: kind.id(first.one),
      }),
    ];
  }
  return [
    fail(`Not as the deployment left them: ${detail}`, kind.remedy(found), {
      resource: kind.id(first.one),
      ...(found.length === 1 && { region: first.region }),
    }),
  ];
}
