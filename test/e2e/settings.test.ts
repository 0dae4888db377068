import { EventBridge } from '@aws-sdk/client-eventbridge';
import { SNS } from '@aws-sdk/client-sns';
import { SQS } from '@aws-sdk/client-sqs';
import { SSM } from '@aws-sdk/client-ssm';
import { Template } from 'aws-cdk-lib/assertions';
import type { BaselineOptions } from '../../lib/config/config';
import { CHECK_SOURCE, type CheckDetail } from '../../lib/settings/daily-check';
import { PARAMETER_PATH } from '../../lib/settings/parameter-path';
import { stackTemplate } from '../synth';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { dailyRules, readSettings, runRules, settingClients } from './settings';
import { EmulatedStack } from '../../emulator/stack';

// The tests share one account and follow one stack through its life: their order matters.
jest.setTimeout(120_000);

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
let stack: EmulatedStack;
let networks: EmulatedStack;
let before: Awaited<ReturnType<typeof readSettings>>;

/** Four Regions: like new, partly set, right already, and opened up. */
beforeAll(async () => {
  emulator = await startEmulator();
  stack = new EmulatedStack(emulator, 'AccountBaseline-Settings');
  networks = new EmulatedStack(emulator, 'AccountBaseline-Networks');
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
  await oregon.modifyInstanceMetadataDefaults({
    HttpTokens: 'required',
    HttpPutResponseHopLimit: 1,
    HttpTokensEnforced: 'enabled',
  });
  await analyzer('us-west-2').createAnalyzer({ analyzerName: 'theirs', type: 'ACCOUNT' });

  const frankfurt = ec2('eu-central-1');
  await frankfurt.enableEbsEncryptionByDefault({});
  await frankfurt.modifyInstanceMetadataDefaults({
    HttpTokens: 'required',
    HttpPutResponseHopLimit: 2,
    HttpTokensEnforced: 'enabled',
  });
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

describe('a first deployment that one Region refuses', () => {
  test('names the Region, sets the others, is rolled back and leaves every Region as it was', async () => {
    const workSince = stack.watch();
    emulator.refuse('ap-southeast-2 EnableSnapshotBlockPublicAccess');
    expect(await stack.deploy(stackTemplate('Settings'))).toBe('ROLLBACK_COMPLETE');
    expect(await stack.failures()).toEqual({
      AccountSnapshotPublicAccessBlock: expect.stringContaining(
        'ap-southeast-2: ValidationError: EnableSnapshotBlockPublicAccess is refused in ap-southeast-2',
      ) as string,
    });
    expect(workSince().settings).toEqual(
      expect.arrayContaining([
        'us-east-1 EnableSnapshotBlockPublicAccess',
        'us-east-1 DisableSnapshotBlockPublicAccess',
      ]),
    );
    expect(await readSettings(emulator)).toEqual(before);
    emulator.refuse();
    expect(await stack.destroy()).toBeUndefined();
  });
});

describe('the deployment with the defaults', () => {
  test('writes what is not right, in each Region, and nothing else', async () => {
    const workSince = stack.watch();
    expect(await stack.deploy(stackTemplate('Settings'))).toBe('CREATE_COMPLETE');
    expect(workSince().settings).toEqual([
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
      metadata: { HttpTokens: 'required', HttpPutResponseHopLimit: 2, HttpTokensEnforced: 'enabled' },
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
          metadata: { HttpTokens: 'required', HttpPutResponseHopLimit: 1, HttpTokensEnforced: 'enabled' },
          analyzers: ['theirs'],
        },
        'eu-central-1': { ...safe, defaultGroups: ['1/1', '1/1'] },
        'ap-southeast-2': safe,
      },
    });
  });
});

describe('a deployment that switches one setting off and others on', () => {
  test('restores the one in each Region, and leaves alone and names what is in use', async () => {
    const oregon = settingClients(emulator).ec2('us-west-2');
    const { Subnets: [subnet] = [] } = await oregon.describeSubnets({});
    const { NetworkInterface } = await oregon.createNetworkInterface({ SubnetId: subnet?.SubnetId });

    expect(await stack.deploy(stackTemplate('Settings', MORE))).toBe('UPDATE_COMPLETE');
    expect(await networks.deploy(stackTemplate('Networks', MORE))).toBe('CREATE_COMPLETE');
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
    const outputs = await networks.outputs();
    const group = NetworkInterface?.Groups?.[0]?.GroupId;
    expect(outputs['LeftAloneDefaultVpc']).toBe(`us-west-2 ${subnet?.VpcId}: network interfaces (1)`);
    expect(outputs['LeftAloneDefaultSecurityGroups']).toBe(`us-west-2 ${group}: in use`);
  });
});

describe('the daily check', () => {
  /** Calls the function with what its schedule sends. */
  async function checkAll(): Promise<void> {
    const rules = await dailyRules(emulator);
    expect(rules).toHaveLength(1);
    await runRules(emulator, rules);
  }

  /** A queue that gets the events of the check. */
  async function subscribeQueue(): Promise<() => Promise<CheckDetail[]>> {
    const sqs = new SQS(emulator.clientConfig);
    const events = new EventBridge(emulator.clientConfig);
    const { QueueUrl } = await sqs.createQueue({ QueueName: 'checks' });
    const EventPattern = JSON.stringify({ source: [CHECK_SOURCE] });
    await events.putRule({ Name: 'checks', EventPattern });
    const Arn = `arn:aws:sqs:${emulator.region}:${emulator.accountId}:checks`;
    await events.putTargets({ Rule: 'checks', Targets: [{ Id: 'queue', Arn }] });
    return async () => {
      const { Messages = [] } = await sqs.receiveMessage({
        QueueUrl,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: 1,
      });
      return Messages.map(({ Body = '' }) => (JSON.parse(Body) as { detail: CheckDetail }).detail);
    };
  }

  test('writes and puts nothing where all is well, and else reapplies it and puts events', async () => {
    const receive = await subscribeQueue();
    const { ec2, iam } = settingClients(emulator);
    const workSince = stack.watch();
    await checkAll();
    expect(workSince().settings).toEqual([]);
    expect(await receive()).toEqual([]);

    const good = await readSettings(emulator);
    await ec2('eu-central-1').enableSerialConsoleAccess({});
    await ec2('us-west-2').disableSnapshotBlockPublicAccess({});
    await iam.createAccountAlias({ AccountAlias: 'acme-evil' });
    await checkAll();
    expect(await readSettings(emulator)).toEqual(good);
    const details = await receive();
    expect(details.sort((one, other) => one.setting.localeCompare(other.setting))).toEqual([
      { setting: 'AccountAlias', regions: [], outcome: 'reapplied' },
      { setting: 'SerialConsoleOff', regions: ['eu-central-1'], outcome: 'reapplied' },
      { setting: 'SnapshotPublicAccessBlock', regions: ['us-west-2'], outcome: 'reapplied' },
    ]);
  });
});

describe('a setting whose logical id is another one', () => {
  /** The template in which the resources of settings have other ids; a last resource may fail. */
  function renamed(fails: boolean): Template {
    const template = stackTemplate('Settings', MORE).toJSON() as {
      Resources: Record<string, { Type: string }>;
    };
    const resources = Object.entries(template.Resources).map(([id, resource]): [string, { Type: string }] => [
      resource.Type.startsWith('Custom::') ? `Renamed${id}` : id,
      resource,
    ]);
    const DependsOn = resources.map(([id]) => id).filter((id) => id.startsWith('Renamed'));
    const Taken = { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'taken' }, DependsOn };
    const text = JSON.stringify({
      ...template,
      Resources: { ...Object.fromEntries(resources), ...(fails ? { Taken } : {}) },
    });
    return Template.fromString(
      text.replaceAll(
        /"Fn::GetAtt":\["(Account\w+)","LeftAlone"\]/g,
        '"Fn::GetAtt":["Renamed$1","LeftAlone"]',
      ),
    );
  }

  test('stays set when that fails, when it works, and when it is taken back', async () => {
    await new SNS(emulator.clientConfig).createTopic({ Name: 'taken' });
    const good = await readSettings(emulator);
    expect(await stack.deploy(renamed(true))).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await readSettings(emulator)).toEqual(good);
    expect(await stack.deploy(renamed(false))).toBe('UPDATE_COMPLETE');
    expect(await readSettings(emulator)).toEqual(good);
    expect(await stack.deploy(stackTemplate('Settings', MORE))).toBe('UPDATE_COMPLETE');
    expect(await readSettings(emulator)).toEqual(good);
  });
});

describe('the end', () => {
  test('of a switch brings back what was there, and touches no network that was made since', async () => {
    const sydney = settingClients(emulator).ec2('ap-southeast-2');
    const { Vpc } = await sydney.createVpc({ CidrBlock: '10.0.0.0/16' });
    expect(await stack.deploy(stackTemplate('Settings'))).toBe('UPDATE_COMPLETE');
    expect(await networks.destroy()).toBeUndefined();
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

  test('of the stack leaves everything as it was, and remembers nothing', async () => {
    expect(await stack.destroy()).toBeUndefined();
    expect(await readSettings(emulator)).toEqual(before);
    const { Parameters } = await new SSM(emulator.clientConfig).getParametersByPath({ Path: PARAMETER_PATH });
    expect(Parameters).toEqual([]);
  });
});
