import { example, type Examples } from '../events/example';
import { ADMIN, INTRUDER } from '../events/fixtures';
import { call, CLOUDFORMATION, denied } from '../events/record';

const WORLD = { CidrIpv4: '0.0.0.0/0' };
const OFFICE = { CidrIpv4: '198.51.100.0/24' };
const ports = (FromPort: number, ToPort = FromPort) => ({ IpProtocol: 'tcp', FromPort, ToPort });
const ALL = { IpProtocol: '-1', FromPort: -1, ToPort: -1 };

/** The request as CloudTrail records it: public queries for Athena and Sumo Logic read the same path. */
const request = (rule: object) => ({
  requestParameters: {
    ModifySecurityGroupRulesRequest: {
      GroupId: 'sg-0a1b2c3d4e5f60718',
      SecurityGroupRule: { SecurityGroupRuleId: 'sgr-1', SecurityGroupRule: rule, tag: 1 },
    },
  },
});
const several = (title: string, ...rules: readonly object[]) =>
  example(
    title,
    call('ec2', 'ModifySecurityGroupRules', INTRUDER, {
      requestParameters: {
        ModifySecurityGroupRulesRequest: {
          GroupId: 'sg-0a1b2c3d4e5f60718',
          SecurityGroupRule: rules.map((SecurityGroupRule, index) => ({
            SecurityGroupRuleId: `sgr-${index}`,
            SecurityGroupRule,
            tag: index + 1,
          })),
        },
      },
    }),
  );
const changed = (title: string, rule: object, by = INTRUDER) =>
  example(title, call('ec2', 'ModifySecurityGroupRules', by, request(rule)));

export const examples: Examples = {
  matches: [
    changed('SSH', { ...WORLD, ...ports(22) }),
    changed('SSH over IPv6', { CidrIpv6: '::/0', ...ports(22) }),
    changed('Remote Desktop, by a stack', { ...WORLD, ...ports(3389) }, CLOUDFORMATION),
    changed('all protocols', { ...WORLD, ...ALL }),
    changed('all ports', { ...WORLD, ...ports(0, 65535) }),
    several('several rules', { ...OFFICE, ...ports(22) }, { ...OFFICE, ...ALL }, { ...WORLD, ...ports(22) }),
    several('several rules, over IPv6', { CidrIpv6: '::/0', ...ports(22) }, { ...OFFICE, ...ports(443) }),
    several('several rules, whatever the port', { ...WORLD, ...ports(443) }, { ...OFFICE, ...ports(22) }),
  ],
  nearMisses: [
    example(
      'an intruder may not',
      denied('ec2', 'ModifySecurityGroupRules', INTRUDER, request({ ...WORLD, ...ports(22) })),
    ),
    changed('SSH for the office', { ...OFFICE, ...ports(22) }, ADMIN),
    several('several rules for the office', { ...OFFICE, ...ports(22) }, { ...OFFICE, ...ALL }),
    several('the office over IPv6', { CidrIpv6: '2001:db8::/64', ...ALL }, { ...OFFICE, ...ALL }),
    changed('all for the office', { ...OFFICE, ...ALL }, ADMIN),
    changed('HTTPS for the world', { ...WORLD, ...ports(443) }, ADMIN),
    changed('lower ports', { ...WORLD, ...ports(0, 21) }),
    changed('higher ports', { ...WORLD, ...ports(4000, 5000) }),
    changed('ports between', { ...WORLD, ...ports(80, 1024) }),
    example(
      'another call with the same rule',
      call('ec2', 'UpdateSecurityGroupRuleDescriptionsIngress', ADMIN, request({ ...WORLD, ...ports(22) })),
    ),
  ],
};
