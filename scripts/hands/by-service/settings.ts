import { AccessAnalyzer } from '@aws-sdk/client-accessanalyzer';
import { Account } from '@aws-sdk/client-account';
import { EC2 } from '@aws-sdk/client-ec2';
import { Agent } from 'node:http';
import { IAM } from '@aws-sdk/client-iam';
import { S3Control } from '@aws-sdk/client-s3-control';
import { hand, type Hand, type Place, type Row, without } from '../hand';

const REGION = 'us-west-2';

const ec2Of = ({ emulator }: Place) => new EC2({ ...emulator.clientConfig, region: REGION });
const iamOf = ({ emulator }: Place) => new IAM(emulator.clientConfig);
const accountOf = ({ emulator }: Place) => new Account(emulator.clientConfig);

/** The host of S3 Control has the account in its name, as emulator/localhost.mjs explains. */
const s3ControlOf = ({ emulator: { clientConfig, env } }: Place) =>
  new S3Control({
    ...clientConfig,
    endpoint: env['AWS_ENDPOINT_URL_S3_CONTROL'],
    requestHandler: {
      httpAgent: new Agent({
        lookup: (_host, _options, callback) => {
          callback(null, [{ address: '127.0.0.1', family: 4 }]);
        },
      }),
    },
  });

/** A row of a setting: the resource is custom, so only the setting can be touched. */
function setting(type: string, logicalId: string, changed: Hand, stack = 'Settings'): Row {
  return {
    type: `Custom::${type}`,
    of: [stack, logicalId],
    // Another property makes CloudFormation call the function, which writes the setting.
    change: (properties) => ({ ...properties, Applied: 'again' }),
    hands: {
      changed,
      deleted: without('A setting is always there: changed is what can happen.'),
      renamed: without('A setting has no name.'),
      replaced: without('A setting has no name.'),
    },
  };
}

const contact = (AlternateContactType: 'SECURITY' | 'BILLING' | 'OPERATIONS') =>
  hand('`account:DeleteAlternateContact`', (place) =>
    accountOf(place).deleteAlternateContact({ AlternateContactType }),
  );

export const SETTING_ROWS: readonly Row[] = [
  setting(
    'PasswordPolicy',
    'PasswordPolicy',
    hand('`iam:UpdateAccountPasswordPolicy`: weaker', (place) =>
      iamOf(place).updateAccountPasswordPolicy({ MinimumPasswordLength: 8 }),
    ),
  ),
  setting(
    'AccountAlias',
    'AccountAccountAlias',
    hand('`iam:DeleteAccountAlias`', (place) => iamOf(place).deleteAccountAlias({ AccountAlias: 'acme' })),
  ),
  setting('SecurityContact', 'AccountSecurityContact', contact('SECURITY')),
  setting('BillingContact', 'AccountBillingContact', contact('BILLING')),
  setting('OperationsContact', 'AccountOperationsContact', contact('OPERATIONS')),
  setting(
    'EbsEncryption',
    'AccountEbsEncryption',
    hand('`ec2:DisableEbsEncryptionByDefault`', (place) => ec2Of(place).disableEbsEncryptionByDefault({})),
  ),
  setting(
    'ImdsV2',
    'AccountImdsV2',
    hand('`ec2:ModifyInstanceMetadataDefaults`', (place) =>
      ec2Of(place).modifyInstanceMetadataDefaults({ HttpTokens: 'optional' }),
    ),
  ),
  setting(
    'SnapshotPublicAccessBlock',
    'AccountSnapshotPublicAccessBlock',
    hand('`ec2:DisableSnapshotBlockPublicAccess`', (place) =>
      ec2Of(place).disableSnapshotBlockPublicAccess({}),
    ),
  ),
  setting(
    'AmiPublicAccessBlock',
    'AccountAmiPublicAccessBlock',
    hand('`ec2:DisableImageBlockPublicAccess`', (place) => ec2Of(place).disableImageBlockPublicAccess({})),
  ),
  setting(
    'SerialConsoleOff',
    'AccountSerialConsoleOff',
    hand('`ec2:EnableSerialConsoleAccess`', (place) => ec2Of(place).enableSerialConsoleAccess({})),
  ),
  setting(
    'AccessAnalyzer',
    'AccountAccessAnalyzer',
    hand('`access-analyzer:DeleteAnalyzer`', ({ emulator }) =>
      new AccessAnalyzer({ ...emulator.clientConfig, region: REGION }).deleteAnalyzer({
        analyzerName: 'account-baseline',
      }),
    ),
  ),
  setting(
    'DefaultVpc',
    'NetworksDefaultVpc',
    hand('`ec2:CreateDefaultVpc`', (place) => ec2Of(place).createDefaultVpc({})),
    'Networks',
  ),
  setting(
    'DefaultSecurityGroups',
    'NetworksDefaultSecurityGroups',
    hand('`ec2:AuthorizeSecurityGroupIngress`, from everywhere', async (place) => {
      const { SecurityGroups: [group] = [] } = await ec2Of(place).describeSecurityGroups({
        Filters: [{ Name: 'group-name', Values: ['default'] }],
      });
      await ec2Of(place).authorizeSecurityGroupIngress({
        GroupId: group?.GroupId,
        IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
      });
    }),
    'Networks',
  ),
  setting(
    'S3PublicAccessBlock',
    'AccountS3PublicAccessBlock',
    hand('`s3:PutAccountPublicAccessBlock`: off', (place) =>
      s3ControlOf(place).deletePublicAccessBlock({ AccountId: place.emulator.accountId }),
    ),
  ),
];
