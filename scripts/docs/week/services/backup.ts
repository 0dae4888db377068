import { daily, DAYS, type Habit } from '../habit';
import { arnOf, assumption, call, resourceId, role, service, serviceEvent, through, uuid } from '../record';

const BACKUP = through(
  'backup',
  role('AWSBackupDefaultServiceRole', 'AWSBackup-AWSBackupDefaultServiceRole', {}, 'service-role/'),
);
const VAULT = { backupVaultName: 'company' };

/**
 * AWS Backup, each night: snapshots, a copy in another Region of the same account, old ones expire.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/logging-using-cloudtrail.html
 */
export const backup: Habit = {
  title: 'AWS Backup',
  records: () =>
    daily(DAYS, '05:00', 40, (day) => {
      const snapshotId = resourceId('snap', day);
      return [
        assumption(service('backup'), 'service-role/AWSBackupDefaultServiceRole', 'AWSBackup'),
        serviceEvent('backup', 'BackupJobStarted', {
          backupJobId: uuid(`job ${day}`),
          ...VAULT,
          resourceType: 'EBS',
        }),
        call(BACKUP, 'ec2', 'CreateSnapshot', { volumeId: resourceId('vol', 'shop-1') }),
        call(BACKUP, 'ec2', 'CreateTags', { resourcesSet: { items: [{ resourceId: snapshotId }] } }),
        call(BACKUP, 'rds', 'CreateDBSnapshot', {
          dBInstanceIdentifier: 'shop',
          dBSnapshotIdentifier: `awsbackup:job-${day}`,
        }),
        call(BACKUP, 'kms', 'CreateGrant', {
          operations: ['Decrypt', 'CreateGrant'],
          granteePrincipal: 'backup.amazonaws.com',
        }),
        serviceEvent('backup', 'BackupJobCompleted', {
          backupJobId: uuid(`job ${day}`),
          ...VAULT,
          state: 'COMPLETED',
        }),
        serviceEvent('backup', 'CopyJobStarted', {
          copyJobId: uuid(`copy ${day}`),
          destinationBackupVaultArn: arnOf('backup', 'backup-vault:company').replace(
            'us-east-1',
            'us-west-2',
          ),
        }),
        call(
          BACKUP,
          'ec2',
          'CopySnapshot',
          { sourceRegion: 'us-east-1', sourceSnapshotId: snapshotId, encrypted: true },
          { awsRegion: 'us-west-2' },
        ),
        serviceEvent('backup', 'CopyJobCompleted', { copyJobId: uuid(`copy ${day}`), state: 'COMPLETED' }),
        call(BACKUP, 'ec2', 'DeleteSnapshot', {
          snapshotId: resourceId('snap', `expired ${day}`),
          force: false,
        }),
        call(BACKUP, 'rds', 'DeleteDBSnapshot', { dBSnapshotIdentifier: `awsbackup:expired-${day}` }),
        serviceEvent('backup', 'BackupDeleted', {
          recoveryPointArn: arnOf('backup', `recovery-point:${uuid(`expired ${day}`)}`),
          ...VAULT,
        }),
      ];
    }),
};
