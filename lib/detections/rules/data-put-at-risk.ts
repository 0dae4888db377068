import { STOP_THE_CALLER } from '../containment';
import type { DocumentedDetection } from '../detection';
import { allOf, anyOf, DIRECTLY, eventNameLike, SUCCEEDED } from '../patterns';
import { ACTIVITY } from '../signals';

export const dataPutAtRisk: DocumentedDetection = {
  id: 'DataPutAtRisk',
  signal: ACTIVITY,
  controls: [],
  pattern: `{${allOf(
    SUCCEEDED,
    DIRECTLY,
    anyOf(
      eventNameLike(
        // Deleted: databases, clusters and their snapshots, and other stores.
        'DeleteDB*',
        'DeleteGlobalCluster',
        'DeleteFileSystem',
        'DeleteTable',
        'DeleteBucket',
        // Taken away: RDS, DynamoDB, EC2.
        'StartExportTask',
        'ExportTableToPointInTime',
        'CreateInstanceExportTask',
        'ExportImage',
        'CreateStoreImageTask',
        'CreateTrafficMirrorSession',
      ),
      allOf(
        eventNameLike('ModifyDB*'),
        anyOf(
          '$.requestParameters.deletionProtection IS FALSE',
          '$.requestParameters.masterUserPassword="*"',
        ),
      ),
      '$.requestParameters.ReplicationConfiguration.Rule.Destination.Account!="${Account}"',
    ),
  )}}`,
  why: 'Somebody manually deleted or exported data in bulk: a database, snapshot, file system, table, bucket or instance. It also covers a database whose deletion protection was disabled or whose password was replaced, a bucket that is replicated to another account, and instance traffic that is mirrored.',
  noise:
    'Cleaning up, scripts that delete old snapshots, and analytics that export tables with their own calls. CloudFormation, AWS Backup and automated backups do not count.',
  firstMinutes: [
    'Ask the caller what it is for.',
    'For an export, find the bucket in the event, and check who owns it. Otherwise check that a backup exists.',
  ],
  containment: [
    STOP_THE_CALLER,
    'Cancel the export, or delete the replication rule or the mirror session.',
    'Restore the data from a backup, or enable the protection again.',
  ],
};
