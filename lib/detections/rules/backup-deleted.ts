import { STOP_THE_CALLER } from '../containment';
import type { DocumentedDetection } from '../detection';
import { allOf, anyOf, DIRECTLY, eventNameLike, sourceIs, SUCCEEDED, WRITES } from '../patterns';
import { SAFEGUARDS } from '../signals';

export const backupDeleted: DocumentedDetection = {
  id: 'BackupDeleted',
  signal: SAFEGUARDS,
  controls: [],
  pattern: `{${allOf(
    SUCCEEDED,
    WRITES,
    DIRECTLY,
    anyOf(
      allOf(sourceIs('backup'), eventNameLike('Delete*', 'Disassociate*')),
      // RDS, and DynamoDB or FSx.
      eventNameLike('*AutomatedBackup', 'DeleteBackup', 'UnlockSnapshot'),
      // EFS.
      '$.requestParameters.backupPolicy.status="DISABLED"',
      allOf(eventNameLike('ModifyDB*'), '$.requestParameters.backupRetentionPeriod=0'),
      '$.requestParameters.VersioningConfiguration.Status="Suspended"',
      '$.requestParameters.pointInTimeRecoverySpecification.pointInTimeRecoveryEnabled IS FALSE',
    ),
  )}}`,
  why: 'Somebody deleted backups, or stopped new ones: recovery points, vaults, plans, automated backups of databases and file systems, versions of objects, locks of snapshots. Extortion begins this way, before the data is encrypted or deleted.',
  noise:
    'Removing an application manually. When a backup expires under its plan, the service deletes it, which does not count.',
  firstMinutes: [
    'Ask the caller.',
    'If nobody knows, stop the caller before you investigate: the data may be next.',
  ],
  containment: [
    STOP_THE_CALLER,
    'Check which recovery points are left, including those in other accounts and Regions, and protect them with a vault lock.',
    'Enable versioning, backup plans and automated backups again.',
  ],
};
