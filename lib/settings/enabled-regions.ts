import type { Clients } from './setting';

/** Names of the enabled Regions. */
export async function enabledRegions({ ec2 }: Pick<Clients, 'ec2'>): Promise<string[]> {
  const { Regions = [] } = await ec2.describeRegions({});
  return Regions.flatMap(({ RegionName = [] }) => RegionName);
}
