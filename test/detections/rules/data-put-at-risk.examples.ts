import { calls, example, type Examples, parameters } from '../events/example';
import { ADMIN, BUCKET, INTRUDER } from '../events/fixtures';
import { ACCOUNT, call, CLOUDFORMATION, denied, through } from '../events/record';

const DATABASE = { dBInstanceIdentifier: 'orders' };
const replication = (Account: string) => ({
  ...BUCKET,
  ReplicationConfiguration: { Rule: { Destination: { Account, Bucket: 'arn:aws:s3:::copy' } } },
});

export const examples: Examples = {
  matches: [
    ...calls('rds', INTRUDER, {
      DeleteDBInstance: { ...DATABASE, skipFinalSnapshot: true },
      DeleteDBCluster: { dBClusterIdentifier: 'orders' },
      DeleteDBSnapshot: { dBSnapshotIdentifier: 'orders' },
      DeleteGlobalCluster: { globalClusterIdentifier: 'orders' },
      StartExportTask: { s3BucketName: 'copy' },
      ModifyDBInstance: { ...DATABASE, deletionProtection: false },
      ModifyDBCluster: { dBClusterIdentifier: 'orders', masterUserPassword: '****' },
    }),
    ...calls('elasticfilesystem', INTRUDER, { DeleteFileSystem: { fileSystemId: 'fs-1' } }),
    ...calls('dynamodb', INTRUDER, {
      DeleteTable: { tableName: 'orders' },
      ExportTableToPointInTime: { s3Bucket: 'copy' },
    }),
    ...calls('s3', INTRUDER, { DeleteBucket: BUCKET, PutBucketReplication: replication('210987654321') }),
    ...calls('ec2', INTRUDER, {
      CreateInstanceExportTask: {},
      ExportImage: {},
      CreateStoreImageTask: { imageId: 'ami-1', bucket: 'copy' },
      CreateTrafficMirrorSession: {},
    }),
  ],
  nearMisses: [
    example('an intruder may not', denied('rds', 'DeleteDBInstance', INTRUDER, parameters(DATABASE))),
    example('a stack is deleted', call('rds', 'DeleteDBInstance', CLOUDFORMATION, parameters(DATABASE))),
    example('AWS Backup exports', call('rds', 'StartExportTask', through('backup', ADMIN))),
    ...calls('rds', ADMIN, {
      ModifyDBInstance: { ...DATABASE, deletionProtection: true },
      CreateDBInstance: { ...DATABASE, deletionProtection: false, masterUserPassword: '****' },
    }),
    ...calls('s3', ADMIN, { PutBucketReplication: replication(ACCOUNT), DeleteBucketCors: BUCKET }),
    ...calls('ec2', ADMIN, { CreateImage: {}, DeleteSnapshot: {} }),
  ],
};
