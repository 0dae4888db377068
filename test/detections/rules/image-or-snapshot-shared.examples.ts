import { calls, example, type Examples, parameters } from '../events/example';
import { ADMIN, INTRUDER } from '../events/fixtures';
import { ACCOUNT, call, denied, role, through } from '../events/record';

const OTHER = '210987654321';
const ORGANIZATION = 'arn:aws:organizations::210987654321:organization/o-a1b2c3d4e5';
const BACKUP = through('backup', role('AWSBackupDefaultServiceRole', 'AWSBackup'));

const image = (...items: readonly object[]) => ({
  attributeType: 'launchPermission',
  imageId: 'ami-0a1b2c3d4e5f60718',
  launchPermission: { add: { items } },
});
const volume = (...items: readonly object[]) => ({
  attributeType: 'CREATE_VOLUME_PERMISSION',
  snapshotId: 'snap-0a1b2c3d4e5f60718',
  createVolumePermission: { add: { items } },
});
const database = (...valuesToAdd: readonly string[]) => ({
  attributeName: 'restore',
  dBSnapshotIdentifier: 'orders',
  valuesToAdd,
});

export const examples: Examples = {
  matches: [
    ...[image, volume].flatMap((of) => {
      const name = of === image ? 'ModifyImageAttribute' : 'ModifySnapshotAttribute';
      const shared = (title: string, ...items: readonly object[]) =>
        example(`${name}: ${title}`, call('ec2', name, INTRUDER, parameters(of(...items))));
      return [
        shared('another account', { userId: OTHER }),
        shared('everyone', { group: 'all' }),
        shared('another account behind the own', { userId: ACCOUNT }, { userId: OTHER }),
      ];
    }),
    example(
      'an image for an organization',
      call('ec2', 'ModifyImageAttribute', INTRUDER, parameters(image({ organizationArn: ORGANIZATION }))),
    ),
    example(
      'an image for an organizational unit',
      call(
        'ec2',
        'ModifyImageAttribute',
        INTRUDER,
        parameters(image({ organizationalUnitArn: `${ORGANIZATION}/ou-a1b2-c3d4e5f6` })),
      ),
    ),
    ...calls('rds', INTRUDER, {
      ModifyDBSnapshotAttribute: database(OTHER),
      ModifyDBClusterSnapshotAttribute: database('all'),
    }),
  ],
  nearMisses: [
    example(
      'an intruder may not',
      denied('ec2', 'ModifySnapshotAttribute', INTRUDER, parameters(volume({ userId: OTHER }))),
    ),
    example(
      'a backup is shared with the own account',
      call('ec2', 'ModifySnapshotAttribute', ADMIN, parameters(volume({ userId: ACCOUNT }))),
    ),
    example(
      'an image is shared with the own account',
      call('ec2', 'ModifyImageAttribute', ADMIN, parameters(image({ userId: ACCOUNT }))),
    ),
    example(
      'a database snapshot is shared with the own account',
      call('rds', 'ModifyDBSnapshotAttribute', ADMIN, parameters(database(ACCOUNT))),
    ),
    example(
      'AWS Backup copies to another account, as its plan says',
      call('ec2', 'ModifySnapshotAttribute', BACKUP, parameters(volume({ userId: OTHER }))),
    ),
    example(
      'a share ends',
      call(
        'ec2',
        'ModifySnapshotAttribute',
        ADMIN,
        parameters({ createVolumePermission: { remove: { items: [{ userId: OTHER }] } } }),
      ),
    ),
    example(
      'a share of a database ends',
      call('rds', 'ModifyDBSnapshotAttribute', ADMIN, parameters({ valuesToRemove: [OTHER] })),
    ),
    example(
      'an image gets a description',
      call('ec2', 'ModifyImageAttribute', ADMIN, parameters({ description: { value: 'orders' } })),
    ),
  ],
};
