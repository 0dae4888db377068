import type { SecurityGroup } from '@aws-sdk/client-ec2';
import { rulesOf } from '../../lib/settings/default-security-groups';

const GroupId = 'sg-1';
const FROM_ITSELF = { IpProtocol: '-1', UserIdGroupPairs: [{ GroupId }] };
const TO_EVERYWHERE = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
const group = (change: Partial<SecurityGroup> = {}): SecurityGroup => ({
  GroupId,
  IpPermissions: [FROM_ITSELF],
  IpPermissionsEgress: [TO_EVERYWHERE],
  ...change,
});

test('the original rules are those within the group, and those to everywhere', () => {
  expect(rulesOf(group())).toEqual(['sg-1 in', 'sg-1 out']);
  expect(rulesOf(group({ IpPermissions: [] }))).toEqual(['sg-1 out']);
  expect(rulesOf({ GroupId })).toEqual([]);
});

test.each<[string, Partial<SecurityGroup>]>([
  ['for another group', { IpPermissions: [{ ...FROM_ITSELF, UserIdGroupPairs: [{ GroupId: 'sg-2' }] }] }],
  [
    'for two groups',
    { IpPermissions: [{ ...FROM_ITSELF, UserIdGroupPairs: [{ GroupId }, { GroupId: 'sg-2' }] }] },
  ],
  ['for an address, too', { IpPermissions: [{ ...FROM_ITSELF, IpRanges: [{ CidrIp: '192.0.2.0/24' }] }] }],
  ['for IPv6, too', { IpPermissions: [{ ...FROM_ITSELF, Ipv6Ranges: [{ CidrIpv6: '::/0' }] }] }],
  [
    'for a prefix list, too',
    { IpPermissions: [{ ...FROM_ITSELF, PrefixListIds: [{ PrefixListId: 'pl-1' }] }] },
  ],
  ['for one protocol', { IpPermissions: [{ ...FROM_ITSELF, IpProtocol: 'tcp' }] }],
  ['to one network', { IpPermissionsEgress: [{ ...TO_EVERYWHERE, IpRanges: [{ CidrIp: '10.0.0.0/8' }] }] }],
  ['to one protocol', { IpPermissionsEgress: [{ ...TO_EVERYWHERE, IpProtocol: 'udp' }] }],
])('a rule %s is a custom one, and the group is not changed', (_, change) => {
  expect(rulesOf(group(change))).toBeUndefined();
});
