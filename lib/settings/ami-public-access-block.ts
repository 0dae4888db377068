import type { ImageBlockPublicAccessEnabledState } from '@aws-sdk/client-ec2';
import { isManaged, MANAGED, type Setting } from './setting';

export const amiPublicAccessBlock = {
  name: 'AmiPublicAccessBlock',
  scope: 'Region',
  option: {
    name: 'amiPublicAccessBlock',
    doc: 'AMIs cannot be made public, in every Region.',
    default: true,
    see: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/block-public-access-to-amis.html',
  },
  permissions: [
    {
      sid: 'AmiPublicAccessBlock',
      actions: [
        'ec2:DisableImageBlockPublicAccess',
        'ec2:EnableImageBlockPublicAccess',
        'ec2:GetImageBlockPublicAccessState',
      ],
    },
  ],
  staleValue: 'unblocked',
  leftAlone: MANAGED,
  async read({ ec2 }) {
    const { ImageBlockPublicAccessState = 'unblocked', ManagedBy } = await ec2.getImageBlockPublicAccessState(
      {},
    );
    return isManaged(ManagedBy) ? undefined : ImageBlockPublicAccessState;
  },
  // Reading may show it ten minutes late; the answer says what it will be:
  // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableImageBlockPublicAccess.html
  async write({ ec2 }, value) {
    const ImageBlockPublicAccessState = value as ImageBlockPublicAccessEnabledState;
    const answer = await (value === 'unblocked'
      ? ec2.disableImageBlockPublicAccess({})
      : ec2.enableImageBlockPublicAccess({ ImageBlockPublicAccessState }));
    return answer.ImageBlockPublicAccessState;
  },
  desired: () => 'block-new-sharing',
} as const satisfies Setting<string>;
