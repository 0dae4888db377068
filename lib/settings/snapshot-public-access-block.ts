import type { SnapshotBlockPublicAccessState } from '@aws-sdk/client-ec2';
import { isManaged, MANAGED, type Setting } from './setting';

export const snapshotPublicAccessBlock = {
  name: 'SnapshotPublicAccessBlock',
  scope: 'Region',
  option: {
    name: 'snapshotPublicAccessBlock',
    doc: 'EBS snapshots cannot be public, and those that are become private, in every Region.',
    default: true,
    see: 'https://docs.aws.amazon.com/ebs/latest/userguide/block-public-access-snapshots.html',
  },
  permissions: [
    {
      sid: 'SnapshotPublicAccessBlock',
      actions: [
        'ec2:DisableSnapshotBlockPublicAccess',
        'ec2:EnableSnapshotBlockPublicAccess',
        'ec2:GetSnapshotBlockPublicAccessState',
      ],
    },
  ],
  leftAlone: MANAGED,
  async read({ ec2 }) {
    const { ManagedBy, State = 'unblocked' } = await ec2.getSnapshotBlockPublicAccessState({});
    return isManaged(ManagedBy) ? undefined : State;
  },
  write: ({ ec2 }, State) =>
    State === 'unblocked'
      ? ec2.disableSnapshotBlockPublicAccess({})
      : ec2.enableSnapshotBlockPublicAccess({ State }),
  desired: () => 'block-all-sharing',
} as const satisfies Setting<SnapshotBlockPublicAccessState>;
