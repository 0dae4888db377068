import type { ImageBlockPublicAccessEnabledState } from '@aws-sdk/client-ec2';
import { isManaged, type Setting, type Permission } from './setting';

type State = ImageBlockPublicAccessEnabledState | 'unblocked';

/**
 * Prevents AMIs from being made public, in every Region.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-public-access-to-amis.html
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableImageBlockPublicAccess.html
 */
const amiPublicAccessBlock: Setting<State> = {
  name: 'AmiPublicAccessBlock',
  scope: 'Region',
  staleValue: 'unblocked',
  async read({ ec2 }) {
    const answer = await ec2.getImageBlockPublicAccessState({});
    const { ImageBlockPublicAccessState: state = 'unblocked' } = answer;
    return isManaged(answer.ManagedBy) ? undefined : (state as State);
  },
  // Reads may be stale for ten minutes; the answer has the new state.
  async write({ ec2 }, state) {
    const answer = await (state === 'unblocked'
      ? ec2.disableImageBlockPublicAccess({})
      : ec2.enableImageBlockPublicAccess({ ImageBlockPublicAccessState: state }));
    return answer.ImageBlockPublicAccessState;
  },
  desired: () => 'block-new-sharing',
};

export const option = {
  /**
   * Prevents AMIs from being made public, in every Region.
   * @default true
   */
  amiPublicAccessBlock: true,
} as const;

export const permissions: readonly Permission[] = [
  {
    sid: 'AmiPublicAccessBlock',
    actions: [
      'ec2:DisableImageBlockPublicAccess',
      'ec2:EnableImageBlockPublicAccess',
      'ec2:GetImageBlockPublicAccessState',
    ],
  },
];

export const changedBy: readonly string[] = ['*BlockPublicAccess'];
export const weakenedBy: readonly string[] = ['ec2:DisableImageBlockPublicAccess'];

export const mayBeLeftAlone = true;
export { amiPublicAccessBlock as setting };
export const file = __filename;
