import {
  EC2Client,
  GetEbsEncryptionByDefaultCommand,
  GetImageBlockPublicAccessStateCommand,
  GetInstanceMetadataDefaultsCommand,
  GetSerialConsoleAccessStatusCommand,
  GetSnapshotBlockPublicAccessStateCommand,
} from '@aws-sdk/client-ec2';
import type { Clients } from '../clients';
import { read } from '../read';
import type { Caller, RegionalSettings } from '../snapshot';
import { readAnalyzer } from './exposure';

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
        noAnswer('EBS encryption'),
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
        noAnswer('the snapshot block'),
    ),
    read(
      async () =>
        (await ec2.send(new GetImageBlockPublicAccessStateCommand({}))).ImageBlockPublicAccessState ??
        noAnswer('the image block'),
    ),
    read(
      async () =>
        (await ec2.send(new GetSerialConsoleAccessStatusCommand({}))).SerialConsoleAccessEnabled ??
        noAnswer('the serial console'),
    ),
    readAnalyzer(clients, caller, region, hasAnalyzer),
  ]);
  return { ebsEncryption, imds, snapshotBlock, imageBlock, serialConsole, analyzer };
}

/** A response without the field must not count as a setting. */
function noAnswer(what: string): never {
  throw new Error(`AWS did not return whether ${what} is enabled`);
}
