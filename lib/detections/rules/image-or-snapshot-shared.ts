import { STOP_THE_CALLER } from '../containment';
import type { DocumentedDetection } from '../detection';
import { allOf, anyOf, DIRECTLY, SUCCEEDED } from '../patterns';
import { EXPOSURE } from '../signals';

const IMAGE = '$.requestParameters.launchPermission.add.items';
const VOLUME = '$.requestParameters.createVolumePermission.add.items';

export const imageOrSnapshotShared: DocumentedDetection = {
  id: 'ImageOrSnapshotShared',
  signal: EXPOSURE,
  controls: [],
  // Only ModifyImageAttribute, ModifySnapshotAttribute, ModifyDBSnapshotAttribute and
  // ModifyDBClusterSnapshotAttribute have such parameters. A pattern takes three selectors with a wildcard.
  pattern: `{${allOf(
    SUCCEEDED,
    DIRECTLY,
    anyOf(
      ...[IMAGE, VOLUME].flatMap((items) => [`${items}[*].userId!="\${Account}"`, `${items}[0].group="all"`]),
      `${IMAGE}[0].organizationArn="*"`,
      `${IMAGE}[0].organizationalUnitArn="*"`,
      // An account or "all".
      '$.requestParameters.valuesToAdd[*]!="${Account}"',
    ),
  )}}`,
  why: 'Somebody shared a machine image (AMI), or a snapshot of a disk or database, with another account, an organization or everyone. Anyone who can use it can copy all data on it, and you cannot take the copy back.',
  noise:
    'Rare: people who copy images or backups to another account manually. Sharing by AWS Backup, EC2 Image Builder and other services (`invokedBy`), sharing with this account, and ending a share do not count.',
  firstMinutes: [
    'Look in the event for the account that it was shared with. `all` means everyone.',
    'If nobody knows the account, end the share: in the EC2 or RDS console, open the permissions of the image or snapshot.',
  ],
  containment: [
    STOP_THE_CALLER,
    'Treat all data in it as stolen, including passwords and keys stored there.',
    'Look for other images and snapshots that the caller created or shared, in every Region.',
  ],
};
