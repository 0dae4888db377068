import { AccessAnalyzer } from '@aws-sdk/client-accessanalyzer';
import {
  Account,
  type AlternateContact,
  type AlternateContactType,
  type PutAlternateContactCommandInput,
  ResourceNotFoundException,
} from '@aws-sdk/client-account';
import {
  EC2,
  type ImageBlockPublicAccessEnabledState,
  type ModifyInstanceMetadataDefaultsCommandInput,
  type SnapshotBlockPublicAccessState,
} from '@aws-sdk/client-ec2';
import {
  NoSuchPublicAccessBlockConfiguration,
  type PublicAccessBlockConfiguration,
  S3Control,
} from '@aws-sdk/client-s3-control';
import {
  IAM,
  NoSuchEntityException,
  type UpdateAccountPasswordPolicyCommandInput,
} from '@aws-sdk/client-iam';
import { ANALYZER } from './analyzer';
import { CLIENT, type Setting, settings, type Value } from './setting-provider';

const account = new Account(CLIENT);
const iam = new IAM(CLIENT);
const s3control = new S3Control(CLIENT);
const ec2 = (region?: string) => new EC2({ ...CLIENT, region });
const analyzer = (region: string) => new AccessAnalyzer({ ...CLIENT, region });

type Contact = Omit<PutAlternateContactCommandInput, 'AlternateContactType'>;

/** Fields of a password policy. */
type Fields = Readonly<Record<string, number | boolean>>;

/**
 * An alternate contact.
 * @see https://docs.aws.amazon.com/accounts/latest/reference/API_PutAlternateContact.html
 */
const contact = (AlternateContactType: AlternateContactType): Setting => ({
  global: true,
  read: async () => {
    try {
      const { AlternateContact } = await account.getAlternateContact({ AlternateContactType });
      const { Name, Title, EmailAddress, PhoneNumber } = AlternateContact as Required<AlternateContact>;
      return { Name, Title, EmailAddress, PhoneNumber };
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return null;
      throw error;
    }
  },
  write: (value) =>
    value
      ? account.putAlternateContact({ AlternateContactType, ...(value as Contact) })
      : account.deleteAlternateContact({ AlternateContactType }),
});

/** The settings that every account gets. */
export const handler = settings(
  {
    PasswordPolicy: {
      global: true,
      read: async () => {
        try {
          const { PasswordPolicy = {} } = await iam.getAccountPasswordPolicy({});
          return given(PasswordPolicy as Fields);
        } catch (error) {
          if (error instanceof NoSuchEntityException) return null;
          throw error;
        }
      },
      write: (value) =>
        value
          ? iam.updateAccountPasswordPolicy(value as UpdateAccountPasswordPolicyCommandInput)
          : iam.deleteAccountPasswordPolicy({}),
      // What differs from what was set is somebody's work, and stays where it is stricter.
      goal: (now, former, wanted, set) =>
        stricter(stricter(wanted as Fields, former as Fields), (set && now) as Fields, set as Fields),
    },
    SecurityContact: contact('SECURITY'),
    BillingContact: contact('BILLING'),
    OperationsContact: contact('OPERATIONS'),
    S3PublicAccessBlock: {
      global: true,
      read: async (_, AccountId) => {
        try {
          const { PublicAccessBlockConfiguration } = await s3control.getPublicAccessBlock({ AccountId });
          return PublicAccessBlockConfiguration as Value;
        } catch (error) {
          if (error instanceof NoSuchPublicAccessBlockConfiguration) return null;
          throw error;
        }
      },
      write: (value, _, AccountId) =>
        value
          ? s3control.putPublicAccessBlock({
              AccountId,
              PublicAccessBlockConfiguration: value as PublicAccessBlockConfiguration,
            })
          : s3control.deletePublicAccessBlock({ AccountId }),
      goal: () => ({
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: true,
        RestrictPublicBuckets: true,
      }),
    },
    EbsEncryption: {
      read: async (region) =>
        (await ec2(region).getEbsEncryptionByDefault({})).EbsEncryptionByDefault === true,
      write: (value, region) =>
        value ? ec2(region).enableEbsEncryptionByDefault({}) : ec2(region).disableEbsEncryptionByDefault({}),
      goal: () => true,
    },
    ImdsV2: {
      read: async (region) => {
        const { AccountLevel = {} } = await ec2(region).getInstanceMetadataDefaults({});
        const { HttpTokens = 'no-preference', HttpPutResponseHopLimit = -1 } = AccountLevel;
        return { HttpTokens, HttpPutResponseHopLimit };
      },
      write: (value, region) =>
        ec2(region).modifyInstanceMetadataDefaults(value as ModifyInstanceMetadataDefaultsCommandInput),
      // One hop is stricter; two are what containers need.
      goal: (now) => ({
        HttpTokens: 'required',
        HttpPutResponseHopLimit: isOneHop(now) ? 1 : 2,
      }),
    },
    SnapshotPublicAccessBlock: {
      read: async (region) => (await ec2(region).getSnapshotBlockPublicAccessState({})).State ?? 'unblocked',
      write: (value, region) =>
        value === 'unblocked'
          ? ec2(region).disableSnapshotBlockPublicAccess({})
          : ec2(region).enableSnapshotBlockPublicAccess({ State: value as SnapshotBlockPublicAccessState }),
      goal: () => 'block-all-sharing',
    },
    AmiPublicAccessBlock: {
      read: async (region) =>
        (await ec2(region).getImageBlockPublicAccessState({})).ImageBlockPublicAccessState ?? 'unblocked',
      // Reading may show it ten minutes late; the answer says what it will be:
      // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableImageBlockPublicAccess.html
      write: async (value, region) => {
        const ImageBlockPublicAccessState = value as ImageBlockPublicAccessEnabledState;
        const answer = await (value === 'unblocked'
          ? ec2(region).disableImageBlockPublicAccess({})
          : ec2(region).enableImageBlockPublicAccess({ ImageBlockPublicAccessState }));
        return answer.ImageBlockPublicAccessState;
      },
      goal: () => 'block-new-sharing',
      late: 'unblocked',
    },
    SerialConsoleOff: {
      read: async (region) =>
        (await ec2(region).getSerialConsoleAccessStatus({})).SerialConsoleAccessEnabled !== true,
      write: (value, region) =>
        value ? ec2(region).disableSerialConsoleAccess({}) : ec2(region).enableSerialConsoleAccess({}),
      goal: () => true,
    },
    /** An account can have one of this type a Region. */
    AccessAnalyzer: {
      read: async (region) => {
        const { analyzers: [found] = [] } = await analyzer(region).listAnalyzers({ type: 'ACCOUNT' });
        return found ? (found.name === ANALYZER ? ANALYZER : 'another') : null;
      },
      // Somebody else's is neither made again nor deleted.
      write: async (value, region, _, now) => {
        if (value === ANALYZER)
          await analyzer(region).createAnalyzer({ analyzerName: ANALYZER, type: 'ACCOUNT' });
        else if (now === ANALYZER) await analyzer(region).deleteAnalyzer({ analyzerName: ANALYZER });
        else return value;
        return undefined;
      },
      goal: (now) => now ?? ANALYZER,
    },
  },
  async () => {
    const { Regions = [] } = await ec2().describeRegions({});
    return Regions.flatMap(({ RegionName = [] }) => RegionName);
  },
);

function isOneHop(now: Value): boolean {
  return (now as ModifyInstanceMetadataDefaultsCommandInput).HttpPutResponseHopLimit === 1;
}

/**
 * The stricter of both in every field that makes passwords stronger. Of the other one, what is off was left out.
 *
 * @param but fields of the other one that do not count, if they are still that
 */
function stricter(policy: Fields, other?: Fields | null, but?: Fields): Fields {
  const fields = Object.entries(other ?? {})
    .filter(([key, value]) => key !== 'AllowUsersToChangePassword' && value !== but?.[key])
    .map(([key, value]) => [
      key,
      // Only the age is stricter when it is less.
      value === true ||
        (key === 'MaxPasswordAge' ? Math.min : Math.max)(Number(value), Number(policy[key] ?? value)),
    ]);
  return given({ ...policy, ...(Object.fromEntries(fields) as Fields) });
}

/**
 * A policy as the request that would set it: what is off is left out, as is the zero that some answers mean "never" by and
 * that the request refuses, and ExpirePasswords, which the request does not have.
 */
function given(policy: Fields): Fields {
  return Object.fromEntries(
    Object.entries(policy).filter(([key, value]) => key !== 'ExpirePasswords' && value),
  );
}
