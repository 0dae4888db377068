import { EC2 } from '@aws-sdk/client-ec2';
import { CLIENT } from './client-options';
import { settings } from './setting-provider';
import { NETWORK_SWITCHES } from './settings';

/** The networks that AWS puts into every Region of a new account. */
export const handler = settings(
  NETWORK_SWITCHES,
  (region = process.env['AWS_REGION']) => ({ ec2: new EC2({ ...CLIENT, region }) }),
  async ({ ec2 }) => {
    const { Regions = [] } = await ec2.describeRegions({});
    return Regions.flatMap(({ RegionName = [] }) => RegionName);
  },
);
