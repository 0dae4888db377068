import { EC2Client, GetEbsEncryptionByDefaultCommand } from '@aws-sdk/client-ec2';
import type { BaselineConfig } from '../../config/config';
import { CallFailed, type Clients } from '../clients';
import { read } from '../read';
import type { Part, Region, Surroundings } from '../snapshot';

/**
 * Reads which Regions of the settings a policy of the organization blocks. A call shows more than a
 * simulation: it also works for root, which no simulation covers. EC2 is in no usual list of exceptions,
 * which contain global services.
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html
 */
export async function readOpenRegions(
  clients: Clients,
  regions: Part<readonly Region[]>,
  { accountSettings }: BaselineConfig,
): Promise<Surroundings['openRegions']> {
  const enabled =
    'value' in regions ? regions.value.filter((one) => one.enabled).map(({ name }) => name) : [];
  const asked = enabled.filter((name) => accountSettings.regions?.includes(name) ?? true);
  const answers = asked.map(async (region) => [region, await read(() => isOpen(clients, region))] as const);
  return Object.fromEntries(await Promise.all(answers));
}

async function isOpen(clients: Clients, region: string): Promise<boolean> {
  try {
    await clients.get(EC2Client, region).send(new GetEbsEncryptionByDefaultCommand({}));
    return true;
  } catch (error) {
    if (error instanceof CallFailed && /service control policy/.test(error.message)) return false;
    throw error;
  }
}
