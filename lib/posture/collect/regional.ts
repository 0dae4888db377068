import {
  EC2Client,
  GetEbsEncryptionByDefaultCommand,
  GetImageBlockPublicAccessStateCommand,
  GetInstanceMetadataDefaultsCommand,
  GetSerialConsoleAccessStatusCommand,
  GetSnapshotBlockPublicAccessStateCommand,
} from '@aws-sdk/client-ec2';
import type { BaselineConfig } from '../../config/config';
import type { Clients } from '../clients';
import { noAnswer, read } from '../read';
import type { AccountSnapshot, Caller, RegionalSettings } from '../snapshot';
import { readAnalyzer } from './exposure';

/** The enabled Regions that the configuration includes. */
export function regionsMeant(
  regions: AccountSnapshot['regions'],
  { regions: wanted }: BaselineConfig['accountSettings'],
): string[] {
  return ('value' in regions ? regions.value : []).flatMap(({ name, enabled }) =>
    enabled && (wanted?.includes(name) ?? true) ? [name] : [],
  );
}

/**
 * Reads the settings of one Region.
 *
 * @param hasAnalyzer whether the baseline creates an external access analyzer
 */
export async function readRegionalSettings(
  clients: Clients,
  caller: Caller,
  region: string,
  hasAnalyzer: boolean,
): Promise<RegionalSettings> {
  const ec2 = clients.get(EC2Client, region);
  const [ebsEncryption, imds, snapshotBlock, imageBlock, serialConsole, analyzer] = await Promise.all([
    read(
      async () =>
        (await ec2.send(new GetEbsEncryptionByDefaultCommand({}))).EbsEncryptionByDefault ??
        noAnswer('whether EBS encryption is enabled'),
    ),
    read(async () => {
      const { AccountLevel } = await ec2.send(new GetInstanceMetadataDefaultsCommand({}));
      return {
        tokens: AccountLevel?.HttpTokens ?? 'no-preference',
        enforced: AccountLevel?.HttpTokensEnforced ?? 'no-preference',
      };
    }),
    read(
      async () =>
        (await ec2.send(new GetSnapshotBlockPublicAccessStateCommand({}))).State ??
        noAnswer('whether the snapshot block is enabled'),
    ),
    read(
      async () =>
        (await ec2.send(new GetImageBlockPublicAccessStateCommand({}))).ImageBlockPublicAccessState ??
        noAnswer('whether the image block is enabled'),
    ),
    read(
      async () =>
        (await ec2.send(new GetSerialConsoleAccessStatusCommand({}))).SerialConsoleAccessEnabled ??
        noAnswer('whether the serial console is enabled'),
    ),
    readAnalyzer(clients, caller, region, hasAnalyzer),
  ]);
  return { ebsEncryption, imds, snapshotBlock, imageBlock, serialConsole, analyzer };
}
