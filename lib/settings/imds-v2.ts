import type { DefaultHttpTokensEnforcedState, MetadataDefaultHttpTokensState } from '@aws-sdk/client-ec2';
import { isManaged, MANAGED, type Setting } from './setting';

/** Defaults of a Region; `no-preference` and -1 leave it to the image and the launch. */
interface MetadataDefaults {
  readonly [field: string]: string | number;
  readonly HttpTokens: MetadataDefaultHttpTokensState;
  readonly HttpPutResponseHopLimit: number;
  /** Whether a launch that asks for IMDSv1 fails. */
  readonly HttpTokensEnforced: DefaultHttpTokensEnforcedState;
}

export const imdsV2 = {
  name: 'ImdsV2',
  scope: 'Region',
  option: {
    name: 'requireImdsV2',
    doc: 'New instances take IMDSv2 only, with a hop limit of 2, and a launch that asks for IMDSv1 fails; in every Region.',
    default: true,
    see: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html',
  },
  permissions: [
    { sid: 'ImdsV2', actions: ['ec2:GetInstanceMetadataDefaults', 'ec2:ModifyInstanceMetadataDefaults'] },
  ],
  leftAlone: MANAGED,
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
  // One hop is stricter; two are what containers need.
  desired: ({ HttpPutResponseHopLimit }) => ({
    HttpTokens: 'required',
    HttpPutResponseHopLimit: HttpPutResponseHopLimit === 1 ? 1 : 2,
    // A default alone yields to a launch that asks for IMDSv1. Instances that run already go on.
    // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html#enforce-imdsv2-at-the-account-level
    HttpTokensEnforced: 'enabled',
  }),
} as const satisfies Setting<MetadataDefaults>;
