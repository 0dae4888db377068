import { calls, example, type Examples, parameters } from '../events/example';
import { ADMIN, BUCKET, INTRUDER } from '../events/fixtures';
import { call, CLOUDFORMATION, denied, service } from '../events/record';

const POINT = { backupVaultName: 'daily', recoveryPointArn: 'arn:aws:ec2:us-east-1::snapshot/snap-1' };
const efs = (status: string) => ({ fileSystemId: 'fs-1', backupPolicy: { status } });
const versioning = (Status: string) => ({ ...BUCKET, VersioningConfiguration: { Status } });
const continuous = (pointInTimeRecoveryEnabled: boolean) => ({
  tableName: 'orders',
  pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled },
});

export const examples: Examples = {
  matches: [
    ...calls('backup', INTRUDER, {
      DeleteRecoveryPoint: POINT,
      DeleteBackupVault: { backupVaultName: 'daily' },
      DeleteBackupVaultLockConfiguration: { backupVaultName: 'daily' },
      DeleteBackupPlan: { backupPlanId: '1' },
      DisassociateRecoveryPoint: POINT,
    }),
    ...calls('rds', INTRUDER, {
      DeleteDBInstanceAutomatedBackup: { dbiResourceId: 'db-1' },
      DeleteDBClusterAutomatedBackup: { dbClusterResourceId: 'cluster-1' },
      ModifyDBInstance: { dBInstanceIdentifier: 'orders', backupRetentionPeriod: 0 },
    }),
    ...calls('dynamodb', INTRUDER, {
      DeleteBackup: { backupArn: 'x' },
      UpdateContinuousBackups: continuous(false),
    }),
    ...calls('s3', INTRUDER, { PutBucketVersioning: versioning('Suspended') }),
    ...calls('ec2', INTRUDER, { UnlockSnapshot: { snapshotId: 'snap-1' } }),
    ...calls('elasticfilesystem', INTRUDER, { PutBackupPolicy: efs('DISABLED') }),
  ],
  nearMisses: [
    example('an intruder may not', denied('backup', 'DeleteRecoveryPoint', INTRUDER, parameters(POINT))),
    example('a backup expires', call('backup', 'DeleteRecoveryPoint', service('backup'), parameters(POINT))),
    example('a stack is deleted', call('backup', 'DeleteBackupPlan', CLOUDFORMATION)),
    example('recovery points are read', call('backup', 'DescribeRecoveryPoint', ADMIN)),
    ...calls('backup', ADMIN, { StartBackupJob: POINT, CreateBackupPlan: {} }),
    ...calls('rds', ADMIN, {
      ModifyDBInstance: { dBInstanceIdentifier: 'orders', backupRetentionPeriod: 7 },
      CreateDBInstance: { dBInstanceIdentifier: 'orders', backupRetentionPeriod: 0 },
    }),
    ...calls('s3', ADMIN, { PutBucketVersioning: versioning('Enabled') }),
    ...calls('ec2', ADMIN, { LockSnapshot: { snapshotId: 'snap-1' } }),
    ...calls('elasticfilesystem', ADMIN, { PutBackupPolicy: efs('ENABLED') }),
    ...calls('dynamodb', ADMIN, { UpdateContinuousBackups: continuous(true), DeleteTable: {} }),
    example('dry', call('backup', 'DeleteRecoveryPoint', ADMIN, { ...parameters(POINT), readOnly: true })),
  ],
};
