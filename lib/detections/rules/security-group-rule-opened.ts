import type { DocumentedDetection } from '../detection';
import { allOf, anyOf, eventNameLike, SUCCEEDED } from '../patterns';
import { securityGroupOpened } from './security-group-opened';

const REQUEST = '$.requestParameters.ModifySecurityGroupRulesRequest';
const RULE = `${REQUEST}.SecurityGroupRule.SecurityGroupRule`;
const RULES = `${REQUEST}.SecurityGroupRule[*].SecurityGroupRule`;

export const securityGroupRuleOpened: DocumentedDetection = {
  ...securityGroupOpened,
  id: 'SecurityGroupRuleOpened',
  // The response does not have the rule. The request has one rule as an object, and several as a list, of
  // which a pattern cannot say that address and port are of the same rule.
  pattern: `{${allOf(
    SUCCEEDED,
    eventNameLike('ModifySecurityGroupRules'),
    anyOf(
      allOf(
        // `CidrIpv4` or `CidrIpv6`: 0.0.0.0/0 or ::/0.
        `${RULE}.*="*/0"`,
        anyOf(
          `${RULE}.IpProtocol="-1"`,
          allOf(`${RULE}.FromPort<=22`, `${RULE}.ToPort>=22`),
          allOf(`${RULE}.FromPort<=3389`, `${RULE}.ToPort>=3389`),
        ),
      ),
      `${RULES}.CidrIpv4="*/0"`,
      `${RULES}.CidrIpv6="*/0"`,
    ),
  )}}`,
  why: 'A rule of a security group was changed so that it lets the whole internet in through SSH (22), Remote Desktop (3389), or all ports, or traffic out to the whole internet on these ports. Scanners find an open port within minutes and try passwords.',
  noise:
    'A changed rule for outgoing traffic counts, too: the event does not show the direction. If a call changes several rules, one that is open to the internet counts whatever its port, even 443.',
};
