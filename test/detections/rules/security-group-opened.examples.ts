import { example, type Examples } from '../events/example';
import { ADMIN, GROUP, INTRUDER } from '../events/fixtures';
import { call, CLOUDFORMATION, denied } from '../events/record';

const WORLD = '0.0.0.0/0';
const rule = (fromPort: number, toPort = fromPort, cidrIpv4 = WORLD, ipProtocol = 'tcp') => ({
  ...GROUP,
  cidrIpv4,
  fromPort,
  toPort,
  ipProtocol,
  isEgress: false,
});
const ALL = rule(-1, -1, WORLD, '-1');
const OFFICE = '198.51.100.0/24';
const SSH_OVER_IPV6 = { ...GROUP, cidrIpv6: '::/0', fromPort: 22, toPort: 22, ipProtocol: 'tcp' };

const response = (...items: readonly object[]) => ({
  requestParameters: GROUP,
  responseElements: { _return: true, securityGroupRuleSet: { items } },
});
const opened = (title: string, items: readonly object[], by = INTRUDER) =>
  example(title, call('ec2', 'AuthorizeSecurityGroupIngress', by, response(...items)));

export const examples: Examples = {
  matches: [
    opened('SSH', [rule(22)]),
    opened('SSH, by a stack', [rule(22)], CLOUDFORMATION),
    opened('SSH over IPv6', [SSH_OVER_IPV6]),
    opened('Remote Desktop', [rule(3389)]),
    opened('all protocols', [ALL]),
    opened('all ports', [rule(0, 65535)]),
    opened('SSH behind HTTPS', [rule(443), rule(22)]),
    opened('Remote Desktop behind HTTPS', [rule(443), rule(3389)]),
    opened('all protocols behind HTTPS', [rule(443), ALL]),
  ],
  nearMisses: [
    example(
      'an intruder may not',
      denied('ec2', 'AuthorizeSecurityGroupIngress', INTRUDER, response(rule(22))),
    ),
    opened('HTTPS for the world', [rule(443)], CLOUDFORMATION),
    opened('HTTP and HTTPS for the world', [rule(80), rule(443)], CLOUDFORMATION),
    opened('SSH for the office', [rule(22, 22, OFFICE)], ADMIN),
    opened('SSH for the office, and HTTPS for the world', [rule(22, 22, OFFICE), rule(443)], ADMIN),
    opened('HTTPS for the world, and all for the office', [rule(443), { ...ALL, cidrIpv4: OFFICE }], ADMIN),
    opened('lower ports', [rule(0, 21), rule(1, 20)]),
    opened('higher ports', [rule(4000, 5000), rule(4000, 5000)]),
    opened('ports between', [rule(80, 1024), rule(80, 1024)]),
    example('everything may go out', call('ec2', 'AuthorizeSecurityGroupEgress', ADMIN, response(ALL))),
    example('a rule is removed', call('ec2', 'RevokeSecurityGroupIngress', ADMIN, response(rule(22)))),
  ],
};
