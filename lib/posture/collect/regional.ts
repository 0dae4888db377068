import { AccessAnalyzerClient, paginateListAnalyzers } from '@aws-sdk/client-accessanalyzer';
import {
  EC2Client,
  GetEbsEncryptionByDefaultCommand,
  GetImageBlockPublicAccessStateCommand,
  GetInstanceMetadataDefaultsCommand,
  GetSerialConsoleAccessStatusCommand,
  GetSnapshotBlockPublicAccessStateCommand,
} from '@aws-sdk/client-ec2';
import type { Clients } from '../clients';
import { all, read } from '../read';
import type { RegionalSettings } from '../snapshot';

/** Reads the settings of one Region. */
export async function readRegionalSettings(clients: Clients, region: string): Promise<RegionalSettings> {
  const ec2 = clients.get(EC2Client, region);
  const client = clients.get(AccessAnalyzerClient, region);
  const [ebsEncryption, imds, snapshotBlock, imageBlock, serialConsole, analyzers] = await Promise.all([
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
    read(() => all(paginateListAnalyzers({ client }, {}), (page) => page.analyzers)),
  ]);
  return { ebsEncryption, imds, snapshotBlock, imageBlock, serialConsole, analyzers };
}

/** A response without the field must not count as a setting. */
function noAnswer(what: string): never {
  throw new Error(`AWS did not return whether ${what} is enabled`);
}
