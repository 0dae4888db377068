import { Agent } from 'node:http';
import { AccessAnalyzer } from '@aws-sdk/client-accessanalyzer';
import { Account, AlternateContactType } from '@aws-sdk/client-account';
import { EC2 } from '@aws-sdk/client-ec2';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { IAM } from '@aws-sdk/client-iam';
import { Lambda } from '@aws-sdk/client-lambda';
import { S3Control } from '@aws-sdk/client-s3-control';
import type { Emulator } from '../../emulator/emulator';

/** Clients of the services that hold settings. */
export function settingClients(emulator: Emulator) {
  const { clientConfig, env } = emulator;
  const regional = (region: string) => ({ ...clientConfig, region });
  return {
    ec2: (region: string) => new EC2(regional(region)),
    analyzer: (region: string) => new AccessAnalyzer(regional(region)),
    account: new Account(clientConfig),
    iam: new IAM(clientConfig),
    s3control: new S3Control({
      ...clientConfig,
      endpoint: env.AWS_ENDPOINT_URL_S3_CONTROL,
      // As in localhost.mjs.
      requestHandler: {
        httpAgent: new Agent({
          lookup: (_host, _options, callback) => {
            callback(null, [{ address: '127.0.0.1', family: 4 }]);
          },
        }),
      },
    }),
  };
}

/** Every setting of the account as its API tells it, and of each Region that is enabled. */
export async function readSettings(emulator: Emulator) {
  const { account, ec2, iam, s3control } = settingClients(emulator);
  const absent = () => undefined;
  const contacts = Object.values(AlternateContactType).map(async (kind) => {
    const answer = await account.getAlternateContact({ AlternateContactType: kind }).catch(absent);
    return [kind, answer?.AlternateContact?.EmailAddress] as const;
  });
  const { Regions = [] } = await ec2(emulator.region).describeRegions({});
  const regions = Regions.map(
    async ({ RegionName = '' }) => [RegionName, await readRegion(emulator, RegionName)] as const,
  );
  const block = await s3control.getPublicAccessBlock({ AccountId: emulator.accountId }).catch(absent);
  return {
    alias: (await iam.listAccountAliases({})).AccountAliases?.[0],
    passwordPolicy: (await iam.getAccountPasswordPolicy({})).PasswordPolicy,
    contacts: Object.fromEntries(await Promise.all(contacts)),
    s3PublicAccessBlock: block?.PublicAccessBlockConfiguration,
    regions: Object.fromEntries(await Promise.all(regions)),
  };
}

async function readRegion(emulator: Emulator, region: string) {
  const clients = settingClients(emulator);
  const ec2 = clients.ec2(region);
  const { analyzers = [] } = await clients.analyzer(region).listAnalyzers({});
  const { Vpcs = [] } = await ec2.describeVpcs({ Filters: [{ Name: 'is-default', Values: ['true'] }] });
  const { SecurityGroups = [] } = await ec2.describeSecurityGroups({
    Filters: [{ Name: 'group-name', Values: ['default'] }],
  });
  return {
    ebsEncryption: (await ec2.getEbsEncryptionByDefault({})).EbsEncryptionByDefault,
    metadata: (await ec2.getInstanceMetadataDefaults({})).AccountLevel,
    snapshots: (await ec2.getSnapshotBlockPublicAccessState({})).State,
    images: (await ec2.getImageBlockPublicAccessState({})).ImageBlockPublicAccessState,
    serialConsole: (await ec2.getSerialConsoleAccessStatus({})).SerialConsoleAccessEnabled,
    analyzers: analyzers.map(({ name }) => name),
    defaultVpcs: Vpcs.length,
    /** Rules in and out of each default security group. */
    defaultGroups: SecurityGroups.map(
      ({ IpPermissions, IpPermissionsEgress }) => `${IpPermissions?.length}/${IpPermissionsEgress?.length}`,
    ),
  };
}

/** Names of the rules of daily checks in an account. */
export async function dailyRules({ clientConfig }: Emulator): Promise<string[]> {
  const { Rules = [] } = await new EventBridge(clientConfig).listRules({});
  return Rules.flatMap(({ Name = '', ScheduleExpression }) =>
    ScheduleExpression === 'rate(1 day)' ? [Name] : [],
  );
}

/** Calls the functions of rules with what their schedules send. */
export async function runRules({ clientConfig }: Emulator, rules: readonly string[]): Promise<void> {
  const events = new EventBridge(clientConfig);
  const lambda = new Lambda(clientConfig);
  for (const Rule of rules) {
    const { Targets = [] } = await events.listTargetsByRule({ Rule });
    for (const { Arn: FunctionName, Input = '' } of Targets) {
      const { FunctionError } = await lambda.invoke({ FunctionName, Payload: Buffer.from(Input) });
      if (FunctionError !== undefined) throw new Error(`${Rule}: ${FunctionError}`);
    }
  }
}
