import { EC2Client, paginateDescribeSecurityGroups, paginateDescribeVpcs } from '@aws-sdk/client-ec2';
import type { BaselineConfig } from '../../config/config';
import type { Clients } from '../clients';
import { all, noAnswer, read } from '../read';
import type { AccountSnapshot, DefaultGroup, DefaultNetworks, Part, Snapshot } from '../snapshot';
import { regionsMeant } from './regional';

/** What the configuration does not change, and what is not read. */
const NOT_ASKED = { value: [] };

/** Reads the default networks of the Regions, one call for each Region and option that changes them. */
export async function readNetworks(
  clients: Clients,
  { regions }: Pick<AccountSnapshot, 'regions'>,
  { accountSettings }: BaselineConfig,
): Promise<Snapshot['networks']> {
  const { removeDefaultVpcs, emptyDefaultSecurityGroups } = accountSettings;
  if (!removeDefaultVpcs && !emptyDefaultSecurityGroups) return {};
  const entries = regionsMeant(regions, accountSettings).map(async (region) => {
    const client = clients.get(EC2Client, region);
    const [vpcs, groups] = await Promise.all([
      removeDefaultVpcs ? readVpcs(client) : NOT_ASKED,
      emptyDefaultSecurityGroups ? readGroups(client) : NOT_ASKED,
    ]);
    return [region, { vpcs, groups } satisfies DefaultNetworks] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

function readVpcs(client: EC2Client): Promise<Part<string[]>> {
  const Filters = [{ Name: 'is-default', Values: ['true'] }];
  return read(() =>
    all(paginateDescribeVpcs({ client }, { Filters }), ({ Vpcs = noAnswer('the VPCs') }) =>
      Vpcs.map(({ VpcId = noAnswer('the ID of a VPC') }) => VpcId),
    ),
  );
}

function readGroups(client: EC2Client): Promise<Part<DefaultGroup[]>> {
  const Filters = [{ Name: 'group-name', Values: ['default'] }];
  return read(() =>
    all(
      paginateDescribeSecurityGroups({ client }, { Filters }),
      ({ SecurityGroups = noAnswer('the security groups') }) =>
        SecurityGroups.map(({ GroupId: id = noAnswer('the ID of a security group'), ...group }) => ({
          id,
          vpc: group.VpcId ?? id,
          inbound: (group.IpPermissions ?? noAnswer(`the rules of ${id}`)).length,
          outbound: (group.IpPermissionsEgress ?? noAnswer(`the rules of ${id}`)).length,
        })),
    ),
  );
}
