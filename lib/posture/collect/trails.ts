import { CloudTrailClient, DescribeTrailsCommand, GetTrailStatusCommand } from '@aws-sdk/client-cloudtrail';
import type { Clients } from '../clients';
import { read } from '../read';
import type { TrailState } from '../snapshot';

/** Reads the trails that apply to the Region. */
export async function readTrails(clients: Clients): Promise<TrailState[]> {
  const client = clients.get(CloudTrailClient);
  // Includes trails of other Regions that apply to this one.
  const { trailList = [] } = await client.send(new DescribeTrailsCommand({ includeShadowTrails: true }));
  return Promise.all(
    trailList.map(async (trail) => ({
      trail,
      status: await read(() => client.send(new GetTrailStatusCommand({ Name: trail.TrailARN }))),
    })),
  );
}
