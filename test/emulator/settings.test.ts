import { CloudFormation, paginateDescribeStackEvents, type StackEvent } from '@aws-sdk/client-cloudformation';
import { Lambda } from '@aws-sdk/client-lambda';
import { S3 } from '@aws-sdk/client-s3';
import type { BaselineOptions } from '../../lib/config';
import { baselineTemplate } from '../synth';
import { type Emulator, startEmulator } from './emulator';
import { subscribeInbox, waitForMessages } from './inbox';
import { readSettings, settingClients } from './settings';

// The tests share one account and follow one stack through its life: their order matters.
jest.setTimeout(120_000);

const StackName = 'AccountBaseline';
const MORE: Partial<BaselineOptions> = {
  accountSettings: {
    ebsEncryption: false,
    alias: 'acme-prod',
    contacts: {
      security: { name: 'Security', title: 'Team', email: 'security@example.com', phone: '+1 555 0100' },
    },
    removeDefaultVpcs: true,
    emptyDefaultSecurityGroups: true,
    dailyCheck: true,
  },
};

let emulator: Emulator;
let cloudFormation: CloudFormation;
let s3: S3;
let before: Awaited<ReturnType<typeof readSettings>>;

/** Four Regions: like new, partly set, right already, and opened up. */
beforeAll(async () => {
  emulator = await startEmulator();
  cloudFormation = new CloudFormation(emulator.clientConfig);
  s3 = new S3({ ...emulator.clientConfig, forcePathStyle: true });
  await s3.createBucket({ Bucket: 'templates' });
  const { account, analyzer, ec2, iam, s3control } = settingClients(emulator);
  await iam.updateAccountPasswordPolicy({ MinimumPasswordLength: 20, RequireNumbers: true });
  await iam.createAccountAlias({ AccountAlias: 'acme-old' });
  await account.putAlternateContact({
    AlternateContactType: 'BILLING',
    Name: 'Bills',
    Title: 'Team',
    EmailAddress: 'bills@example.com',
    PhoneNumber: '+1 555 0101',
  });
  await s3control.putPublicAccessBlock({
    AccountId: emulator.accountId,
    PublicAccessBlockConfiguration: { BlockPublicAcls: true },
  });

  const oregon = ec2('us-west-2');
  await oregon.enableEbsEncryptionByDefault({});
  await oregon.modifyInstanceMetadataDefaults({ HttpTokens: 'required', HttpPutResponseHopLimit: 1 });
  await analyzer('us-west-2').createAnalyzer({ analyzerName: 'theirs', type: 'ACCOUNT' });

  const frankfurt = ec2('eu-central-1');
  await frankfurt.enableEbsEncryptionByDefault({});
  await frankfurt.modifyInstanceMetadataDefaults({ HttpTokens: 'required', HttpPutResponseHopLimit: 2 });
  await frankfurt.enableSnapshotBlockPublicAccess({ State: 'block-all-sharing' });
  await frankfurt.createVpc({ CidrBlock: '10.0.0.0/16' });
  await analyzer('eu-central-1').createAnalyzer({ analyzerName: 'account-baseline', type: 'ACCOUNT' });

  const sydney = ec2('ap-southeast-2');
  await sydney.modifyInstanceMetadataDefaults({ HttpTokens: 'optional' });
  await sydney.enableSnapshotBlockPublicAccess({ State: 'block-new-sharing' });
  await sydney.disableImageBlockPublicAccess({});
  await sydney.enableSerialConsoleAccess({});
  before = await readSettings(emulator);
});

afterAll(async () => {
  await emulator.stop();
});

/** Calls that wrote a setting since the log had this length, sorted. */
function writesSince(length: number): string[] {
  const lines = emulator.log().slice(length).split('\n');
  return lines.flatMap((line) => /^write (.+)$/.exec(line)?.[1] ?? []).sort();
}

async function stack() {
  return (await cloudFormation.describeStacks({ StackName })).Stacks?.[0];
}

/** Creates or updates the stack and returns the status that it ends in. */
async function deploy(options: Partial<BaselineOptions> = {}): Promise<string | undefined> {
  const exists = (await stack().catch(() => undefined)) !== undefined;
  // By way of a bucket: with the optional settings it is more than CloudFormation takes without one.
  const Body = JSON.stringify(baselineTemplate(options).toJSON());
  await s3.putObject({ Bucket: 'templates', Key: StackName, Body });
  const request = {
    StackName,
    TemplateURL: `${emulator.endpoint}/templates/${StackName}`,
    Capabilities: ['CAPABILITY_NAMED_IAM' as const],
  };
  await (exists ? cloudFormation.updateStack(request) : cloudFormation.createStack(request));
  return settled();
}

/** The status of the stack once nothing is under way; undefined when the stack is gone. */
async function settled(): Promise<string | undefined> {
  for (;;) {
    const status = (await stack().catch(() => undefined))?.StackStatus;
    if (!status?.endsWith('_IN_PROGRESS')) return status;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Why resources could not be made, by logical id. */
async function failures(): Promise<Record<string, string | undefined>> {
  const events: StackEvent[] = [];
  for await (const page of paginateDescribeStackEvents({ client: cloudFormation }, { StackName })) {
    events.push(...(page.StackEvents ?? []));
  }
  const failed = events.filter(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED');
  return Object.fromEntries(
    failed.map(({ LogicalResourceId = '', ResourceStatusReason }) => [
      LogicalResourceId,
      ResourceStatusReason,
    ]),
  );
}

async function destroy(): Promise<void> {
  await cloudFormation.deleteStack({ StackName });
  expect(await settled()).toBeUndefined();
}

describe('a first deployment that one Region refuses', () => {
  test('names the Region, sets the others, is rolled back and leaves every Region as it was', async () => {
    const start = emulator.log().length;
    emulator.refuse('ap-southeast-2 EnableSnapshotBlockPublicAccess');
    expect(await deploy()).toBe('ROLLBACK_COMPLETE');
    expect(await failures()).toEqual({
      AccountSnapshotPublicAccessBlock: expect.stringContaining(
        'ap-southeast-2: ValidationError: EnableSnapshotBlockPublicAccess is refused in ap-southeast-2',
      ) as string,
    });
    expect(writesSince(start)).toEqual(
      expect.arrayContaining([
        'us-east-1 EnableSnapshotBlockPublicAccess',
        'us-east-1 DisableSnapshotBlockPublicAccess',
      ]),
    );
    expect(await readSettings(emulator)).toEqual(before);
    emulator.refuse();
    await destroy();
  });
});

describe('the deployment with the defaults', () => {
  test('writes what is not right, in each Region, and nothing else', async () => {
    const start = emulator.log().length;
    expect(await deploy()).toBe('CREATE_COMPLETE');
    expect(writesSince(start)).toEqual([
      'ap-southeast-2 CreateAnalyzer',
      'ap-southeast-2 DisableSerialConsoleAccess',
      'ap-southeast-2 EnableEbsEncryptionByDefault',
      'ap-southeast-2 EnableImageBlockPublicAccess',
      'ap-southeast-2 EnableSnapshotBlockPublicAccess',
      'ap-southeast-2 ModifyInstanceMetadataDefaults',
      'us-east-1 CreateAnalyzer',
      'us-east-1 EnableEbsEncryptionByDefault',
      'us-east-1 EnableSnapshotBlockPublicAccess',
      'us-east-1 ModifyInstanceMetadataDefaults',
      'us-east-1 PutPublicAccessBlock',
      'us-east-1 UpdateAccountPasswordPolicy',
      'us-west-2 EnableSnapshotBlockPublicAccess',
    ]);
  });

  test('makes every Region safe and weakens nothing', async () => {
    const safe = {
      ebsEncryption: true,
      metadata: { HttpTokens: 'required', HttpPutResponseHopLimit: 2 },
      snapshots: 'block-all-sharing',
      images: 'block-new-sharing',
      serialConsole: false,
      analyzers: ['account-baseline'],
      defaultVpcs: 1,
      defaultGroups: ['1/1'],
    };
    expect(await readSettings(emulator)).toMatchObject({
      alias: 'acme-old',
      contacts: before.contacts,
      passwordPolicy: { MinimumPasswordLength: 20, RequireSymbols: true },
      s3PublicAccessBlock: {
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: true,
        RestrictPublicBuckets: true,
      },
      regions: {
        'us-east-1': safe,
        'us-west-2': {
          ...safe,
          metadata: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
          analyzers: ['theirs'],
        },
        'eu-central-1': { ...safe, defaultGroups: ['1/1', '1/1'] },
        'ap-southeast-2': safe,
      },
    });
  });

  test('has nothing to do when it comes again', async () => {
    const start = emulator.log().length;
    await expect(deploy()).rejects.toThrow('No updates are to be performed');
    expect(writesSince(start)).toEqual([]);
  });
});

describe('a deployment that switches one setting off and others on', () => {
  test('restores the one in each Region, and leaves alone and names what is in use', async () => {
    const oregon = settingClients(emulator).ec2('us-west-2');
    const { Subnets: [subnet] = [] } = await oregon.describeSubnets({});
    const { NetworkInterface } = await oregon.createNetworkInterface({ SubnetId: subnet?.SubnetId });

    expect(await deploy(MORE)).toBe('UPDATE_COMPLETE');
    const now = await readSettings(emulator);
    const ofRegions = (key: 'ebsEncryption' | 'defaultVpcs' | 'defaultGroups', settings = now) =>
      Object.fromEntries(Object.entries(settings.regions).map(([region, values]) => [region, values[key]]));
    expect(ofRegions('ebsEncryption')).toEqual(ofRegions('ebsEncryption', before));
    expect(now).toMatchObject({
      alias: 'acme-prod',
      contacts: { SECURITY: 'security@example.com', BILLING: 'bills@example.com' },
    });
    expect(ofRegions('defaultVpcs')).toEqual({
      'us-east-1': 0,
      'us-west-2': 1,
      'eu-central-1': 0,
      'ap-southeast-2': 0,
    });
    expect(ofRegions('defaultGroups')).toEqual({
      'us-east-1': [],
      'us-west-2': ['1/1'],
      'eu-central-1': ['0/0'],
      'ap-southeast-2': [],
    });
    const outputs = new Map((await stack())?.Outputs?.map((one) => [one.OutputKey, one.OutputValue]));
    const group = NetworkInterface?.Groups?.[0]?.GroupId;
    expect(outputs.get('LeftAloneDefaultVpc')).toBe(`us-west-2 ${subnet?.VpcId}: 1 network interface(s)`);
    expect(outputs.get('LeftAloneDefaultSecurityGroups')).toBe(`us-west-2 ${group}: in use`);
  });
});

describe('the daily check', () => {
  /** Calls each function with what its schedule sends. */
  async function checkAll(): Promise<void> {
    const lambda = new Lambda(emulator.clientConfig);
    const rules = Object.values(baselineTemplate(MORE).findResources('AWS::Events::Rule'));
    const targets = rules.flatMap((rule) => (rule as Rule).Properties.Targets);
    expect(targets).toHaveLength(2);
    for (const { Arn, Input } of targets) {
      const { StackResourceDetail } = await cloudFormation.describeStackResource({
        StackName,
        LogicalResourceId: /\w+/.exec(Arn['Fn::Sub'])?.[0],
      });
      const { FunctionError } = await lambda.invoke({
        FunctionName: StackResourceDetail?.PhysicalResourceId,
        Payload: Buffer.from(Input),
      });
      expect(FunctionError).toBeUndefined();
    }
  }

  interface Rule {
    readonly Properties: { Targets: { Arn: { 'Fn::Sub': string }; Input: string }[] };
  }

  test('writes and tells nothing where all is well, and else sets it right and tells', async () => {
    const topic = (await stack())?.Outputs?.find(({ OutputKey }) => OutputKey === 'NotificationTopic');
    const inbox = await subscribeInbox(emulator, topic?.OutputValue ?? '');
    const { ec2, iam } = settingClients(emulator);
    const start = emulator.log().length;
    await checkAll();
    expect(writesSince(start)).toEqual([]);

    const good = await readSettings(emulator);
    await ec2('eu-central-1').enableSerialConsoleAccess({});
    await ec2('us-west-2').disableSnapshotBlockPublicAccess({});
    await iam.createAccountAlias({ AccountAlias: 'acme-evil' });
    await checkAll();
    expect(await readSettings(emulator)).toEqual(good);
    const messages = await waitForMessages(emulator, inbox, 2);
    expect(messages.map(({ subject }) => subject)).toEqual(
      Array(2).fill(`[MEDIUM] ${emulator.accountId}: Account settings need a look`),
    );
    const drift = messages.flatMap(({ text }) => text.split('\n').filter((line) => line.includes(' was ')));
    expect(drift.sort()).toEqual([
      'account: AccountAlias was "acme-evil"',
      'eu-central-1: SerialConsoleOff was false',
      'us-west-2: SnapshotPublicAccessBlock was "unblocked"',
    ]);
  });
});

describe('the end', () => {
  test('of a switch brings back what was there, and touches no network that was made since', async () => {
    const sydney = settingClients(emulator).ec2('ap-southeast-2');
    const { Vpc } = await sydney.createVpc({ CidrBlock: '10.0.0.0/16' });
    expect(await deploy()).toBe('UPDATE_COMPLETE');
    const { alias, contacts, regions } = await readSettings(emulator);
    expect(alias).toBe('acme-old');
    expect(contacts).toEqual(before.contacts);
    expect(Object.values(regions).map(({ defaultVpcs }) => defaultVpcs)).toEqual([1, 1, 1, 1]);
    expect(Object.values(regions).map(({ defaultGroups }) => defaultGroups)).toEqual([
      ['1/1'],
      ['1/1'],
      ['1/1', '1/1'],
      ['1/1', '1/1'],
    ]);
    expect(regions['us-east-1']?.ebsEncryption).toBe(true);
    await sydney.deleteVpc({ VpcId: Vpc?.VpcId });
  });

  test('of the stack leaves everything as it was', async () => {
    await destroy();
    expect(await readSettings(emulator)).toEqual(before);
  });
});
