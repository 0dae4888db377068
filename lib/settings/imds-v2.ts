import type { DefaultHttpTokensEnforcedState, MetadataDefaultHttpTokensState } from '@aws-sdk/client-ec2';
import { isManaged, type Setting, type Permission } from './setting';

/** Defaults of a Region. With `no-preference` and -1, the image and the launch decide. */
interface MetadataDefaults {
  readonly [field: string]: string | number;
  readonly HttpTokens: MetadataDefaultHttpTokensState;
  readonly HttpPutResponseHopLimit: number;
  /**
   * Whether a launch that requests IMDSv1 fails. A launch can override a default that is not enforced.
   * Running instances are not affected.
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html#enforce-imdsv2-at-the-account-level
   */
  readonly HttpTokensEnforced: DefaultHttpTokensEnforcedState;
}

/**
 * Makes new instances accept only IMDSv2, with a hop limit of 2, in every Region. Launches that request
 * IMDSv1 fail.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html
 */
const imdsV2: Setting<MetadataDefaults> = {
  name: 'ImdsV2',
  scope: 'Region',
  async read({ ec2 }) {
    const { AccountLevel = {} } = await ec2.getInstanceMetadataDefaults({});
    const {
      HttpTokens = 'no-preference',
      HttpPutResponseHopLimit = -1,
      HttpTokensEnforced = 'no-preference',
      ManagedBy,
    } = AccountLevel;
    return isManaged(ManagedBy) ? undefined : { HttpTokens, HttpPutResponseHopLimit, HttpTokensEnforced };
  },
  write: ({ ec2 }, value) => ec2.modifyInstanceMetadataDefaults({ ...value }),
  // One hop is stricter; containers need two.
  desired: ({ HttpPutResponseHopLimit }) => ({
    HttpTokens: 'required',
    HttpPutResponseHopLimit: HttpPutResponseHopLimit === 1 ? 1 : 2,
    HttpTokensEnforced: 'enabled',
  }),
};

export const option = {
  /**
   * Makes new instances accept only IMDSv2, with a hop limit of 2, in every Region. Launches that ask for
   * IMDSv1 fail.
   * @default true
   */
  requireImdsV2: true,
} as const;

export const permissions: readonly Permission[] = [
  { sid: 'ImdsV2', actions: ['ec2:GetInstanceMetadataDefaults', 'ec2:ModifyInstanceMetadataDefaults'] },
];

export const changedBy: readonly string[] = ['*MetadataDefaults'];
export const weakenedBy: readonly string[] = ['ec2:ModifyInstanceMetadataDefaults'];

export const mayBeLeftAlone = true;
export { imdsV2 as setting };
export const file = __filename;
