import { STOP_THE_CALLER } from '../containment';
import type { DocumentedDetection } from '../detection';
import { allOf, anyOf, eventNameLike, SUCCEEDED } from '../patterns';
import { EXPOSURE } from '../signals';

/** The rule at this position lets the world in by SSH, by RDP, or by every protocol. */
function opensRemoteAccess(position: number): string {
  const rule = `$.responseElements.securityGroupRuleSet.items[${position}]`;
  return allOf(
    // `cidrIpv4` or `cidrIpv6`: 0.0.0.0/0 or ::/0.
    `${rule}.*="*/0"`,
    anyOf(
      `${rule}.ipProtocol="-1"`,
      allOf(`${rule}.fromPort<=22`, `${rule}.toPort>=22`),
      allOf(`${rule}.fromPort<=3389`, `${rule}.toPort>=3389`),
    ),
  );
}

export const securityGroupOpened: DocumentedDetection = {
  id: 'SecurityGroupOpened',
  signal: EXPOSURE,
  controls: [],
  // The response lists the rules one by one, the request has several forms. Address and port must be of the
  // same rule, which a wildcard cannot say.
  pattern: `{${allOf(
    SUCCEEDED,
    eventNameLike('AuthorizeSecurityGroupIngress'),
    anyOf(opensRemoteAccess(0), opensRemoteAccess(1)),
  )}}`,
  why: 'A security group lets the whole internet in over SSH (22), over Remote Desktop (3389), or on all ports. Scanners find an open port within minutes and try passwords.',
  noise:
    'None where people use Session Manager. Deployments count. Other ports, such as 443, do not count. The pattern reads only the first two rules of a call; SecurityGroupRuleOpened reads changed rules, and ChangedByHand reports every manual change of a security group.',
  firstMinutes: [
    'Ask the caller what the port is for.',
    'Check in the EC2 console which instances have the security group.',
  ],
  containment: [
    'Remove the rule: EC2 console, Security groups, Inbound rules.',
    STOP_THE_CALLER,
    'Check the instances for sign-ins since then. Replace any instance that somebody got into.',
  ],
};
