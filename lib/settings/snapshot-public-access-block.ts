import type { SnapshotBlockPublicAccessState } from '@aws-sdk/client-ec2';
import { isManaged, type Setting, type Permission } from './setting';

/**
 * Blocks public access to EBS snapshots, including those that are public already, in every Region.
 * @see https://docs.aws.amazon.com/ebs/latest/userguide/block-public-access-snapshots.html
 */
const snapshotPublicAccessBlock: Setting<SnapshotBlockPublicAccessState> = {
  name: 'SnapshotPublicAccessBlock',
  scope: 'Region',
  async read({ ec2 }) {
    const { ManagedBy, State = 'unblocked' } = await ec2.getSnapshotBlockPublicAccessState({});
    return isManaged(ManagedBy) ? undefined : State;
  },
  write: ({ ec2 }, State) =>
    State === 'unblocked'
      ? ec2.disableSnapshotBlockPublicAccess({})
      : ec2.enableSnapshotBlockPublicAccess({ State }),
  desired: () => 'block-all-sharing',
};

export const option = {
  /**
   * Blocks public access to EBS snapshots, including those that are public already, in every Region.
   * @default true
   */
  snapshotPublicAccessBlock: true,
} as const;

export const permissions: readonly Permission[] = [
  {
    sid: 'SnapshotPublicAccessBlock',
    actions: [
      'ec2:DisableSnapshotBlockPublicAccess',
      'ec2:EnableSnapshotBlockPublicAccess',
      'ec2:GetSnapshotBlockPublicAccessState',
    ],
  },
];

export const changedBy: readonly string[] = ['*BlockPublicAccess'];
export const weakenedBy: readonly string[] = ['ec2:DisableSnapshotBlockPublicAccess'];

export const mayBeLeftAlone = true;
export { snapshotPublicAccessBlock as setting };
export const file = __filename;
