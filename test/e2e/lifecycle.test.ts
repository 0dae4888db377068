import { CloudTrail } from '@aws-sdk/client-cloudtrail';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { IAM } from '@aws-sdk/client-iam';
import { KMS } from '@aws-sdk/client-kms';
import { Lambda } from '@aws-sdk/client-lambda';
import { S3 } from '@aws-sdk/client-s3';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { SNS } from '@aws-sdk/client-sns';
import type { Template } from 'aws-cdk-lib/assertions';
import { type BaselineOptions, defineBaseline } from '../../lib/config/config';
import { SMALLEST } from '../smallest';
import { baselineTemplate } from '../synth';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import type { Statuses } from '../../emulator/suite';
import { readSettings, settingClients } from './settings';
import { BaselineSuite, suiteStacks } from './baseline-suite';
import { createExistingTrail } from './existing-trail';
import { notPassed } from './verified';

// One account and one suite through its life: the order matters.
jest.setTimeout(60_000);

type Options = Partial<BaselineOptions>;
type Settings = Awaited<ReturnType<typeof readSettings>>;
type RegionalSettings = Settings['regions'][string];

/** Where the API of the stacks, rather than the template, has the protection. */
const ALWAYS: Options = { terminationProtection: false };

const DEPLOYED = /^(CREATE|UPDATE|IMPORT)_COMPLETE$/;

/** Statuses of what did not succeed: a stack that is no longer asked for has none. */
function unsuccessful(statuses: Statuses): Statuses {
  return Object.fromEntries(
    Object.entries(statuses).filter(([, status]) => status !== undefined && !DEPLOYED.test(status)),
  );
}

/** Deploys a configuration, and expects every stack to succeed. */
async function deploy(options: Options): Promise<Template> {
  const all = { ...ALWAYS, ...options };
  const failed = unsuccessful(await suite.deployBaseline(all));
  if (Object.keys(failed).length > 0) throw new Error(JSON.stringify([failed, await suite.failures()]));
  return baselineTemplate(all);
}

/** Begins to watch; resources are told by their logical ids. */
function watch() {
  const workSince = suite.watch();
  return () => {
    const { resources, settings } = workSince();
    return { resources: resources.map((one) => one.split('/').at(-1) ?? ''), settings };
  };
}

const THEIR_LOGS = 'their-trail';

let emulator: Emulator;
let suite: BaselineSuite;
let evidence: Evidence;
let before: Settings;

beforeAll(async () => {
  emulator = await startEmulator();
  suite = new BaselineSuite(emulator);
  evidence = new Evidence(emulator);
  await formerSettings();
  await createExistingTrail(emulator, { trail: THEIR_LOGS, bucket: THEIR_LOGS, logGroup: THEIR_LOGS });
  before = await readSettings(emulator);
});

afterAll(async () => {
  await emulator.stop();
});

/** Some of what the baseline sets is set already, stricter or weaker. */
async function formerSettings(): Promise<void> {
  const { account, ec2, iam } = settingClients(emulator);
  await iam.updateAccountPasswordPolicy({ MinimumPasswordLength: 20, RequireNumbers: true });
  await iam.createAccountAlias({ AccountAlias: 'acme-old' });
  await account.putAlternateContact({
    AlternateContactType: 'BILLING',
    Name: 'Bills',
    Title: 'Team',
    EmailAddress: 'bills@example.com',
    PhoneNumber: '+1 555 0101',
  });
  await ec2('us-west-2').enableEbsEncryptionByDefault({});
  await ec2('us-west-2').modifyInstanceMetadataDefaults({
    HttpTokens: 'required',
    HttpPutResponseHopLimit: 1,
  });
  await ec2('ap-southeast-2').disableImageBlockPublicAccess({});
  await ec2('ap-southeast-2').enableSerialConsoleAccess({});
}

interface Resource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

function resourcesOf(template: Template): Readonly<Record<string, Resource>> {
  return (template.toJSON() as { Resources: Record<string, Resource> }).Resources;
}

/** What must never go: log files, events, the keys that they are encrypted with, and people. */
class Evidence {
  /** Physical ids by type. */
  private readonly ids: Record<string, Set<string>> = {};
  private readonly s3: S3;
  private readonly logs: CloudWatchLogs;
  private readonly kms: KMS;
  private readonly iam: IAM;

  constructor({ clientConfig }: Emulator) {
    this.s3 = new S3({ ...clientConfig, forcePathStyle: true });
    this.logs = new CloudWatchLogs(clientConfig);
    this.kms = new KMS(clientConfig);
    this.iam = new IAM(clientConfig);
  }

  /**
   * What is new gets something to lose: a bucket a log file, a log group an event, a user a password of their
   * own.
   */
  async grow(template: Template, ids: Readonly<Record<string, string | undefined>>): Promise<void> {
    for (const [logicalId, { Type, DeletionPolicy = '' }] of Object.entries(resourcesOf(template))) {
      const id = ids[logicalId] ?? '';
      const known = (this.ids[Type] ??= new Set());
      if (!DeletionPolicy.startsWith('Retain') || known.has(id)) continue;
      known.add(id);
      if (Type === 'AWS::S3::Bucket')
        await this.s3.putObject({ Bucket: id, Key: 'log.json.gz', Body: 'evidence' });
      if (Type === 'AWS::IAM::User')
        await this.iam.updateLoginProfile({ UserName: id, PasswordResetRequired: false });
      if (Type === 'AWS::Logs::LogGroup') {
        const stream = { logGroupName: id, logStreamName: 'events' };
        await this.logs.createLogStream(stream);
        await this.logs.putLogEvents({
          ...stream,
          logEvents: [{ timestamp: Date.now(), message: 'evidence' }],
        });
      }
    }
  }

  /** Everybody who was ever made. */
  private people(): string[] {
    return [...(this.ids['AWS::IAM::User'] ?? [])];
  }

  /** The groups of everybody who was ever made. */
  async groups(): Promise<Record<string, string[]>> {
    const groups = this.people().map(async (UserName) => {
      const { Groups = [] } = await this.iam.listGroupsForUser({ UserName });
      return [UserName, Groups.map(({ GroupName = '' }) => GroupName)] as const;
    });
    return Object.fromEntries(await Promise.all(groups));
  }

  async allGroups(): Promise<string[]> {
    const { Groups = [] } = await this.iam.listGroups({});
    return Groups.map(({ GroupName = '' }) => GroupName).sort();
  }

  /** What is gone. */
  async missing(): Promise<string[]> {
    const look = async (type: string, isThere: (id: string) => Promise<boolean>) => {
      const ids = [...(this.ids[type] ?? [])];
      const found = await Promise.all(ids.map((id) => isThere(id).catch(() => false)));
      return ids.filter((_, index) => !found[index]);
    };
    const missing = await Promise.all([
      look('AWS::S3::Bucket', async (Bucket) => {
        const { Body } = await this.s3.getObject({ Bucket, Key: 'log.json.gz' });
        return (await Body?.transformToString()) === 'evidence';
      }),
      look('AWS::Logs::LogGroup', async (logGroupName) => {
        const { events = [] } = await this.logs.filterLogEvents({ logGroupName });
        return events.some(({ message }) => message === 'evidence');
      }),
      look('AWS::KMS::Key', async (KeyId) => {
        const { KeyMetadata } = await this.kms.describeKey({ KeyId });
        return KeyMetadata?.KeyState === 'Enabled';
      }),
      look('AWS::IAM::User', async (UserName) => {
        // Nobody's password was set again.
        const { LoginProfile } = await this.iam.getLoginProfile({ UserName });
        return LoginProfile?.PasswordResetRequired === false;
      }),
    ]);
    return missing.flat();
  }
}

/** What the account's settings are with these resources: theirs where the template has none of the kind. */
function settingsWith(template: Template): Settings {
  const customs = new Map(
    Object.values(resourcesOf(template)).map(({ Type, Properties }) => [
      Type.replace('Custom::', ''),
      Properties,
    ]),
  );
  const value = (name: string) => JSON.parse(String(customs.get(name)?.['Value'])) as unknown;
  const fields = (name: string) => value(name) as Readonly<Record<string, unknown>>;
  const given = <T>(name: string, own: () => T, former: T): T => (customs.has(name) ? own() : former);
  const contact = (name: string, former: string | undefined) =>
    given(name, () => String(fields(name)['EmailAddress']), former);

  const regional = (former: RegionalSettings): RegionalSettings => {
    const vpcs = given('DefaultVpc', () => 0, former.defaultVpcs);
    const groups = former.defaultGroups.slice(former.defaultVpcs - vpcs);
    const hops = former.metadata?.HttpPutResponseHopLimit === 1 ? 1 : 2;
    return {
      ebsEncryption: given('EbsEncryption', () => true, former.ebsEncryption),
      metadata: given(
        'ImdsV2',
        () => ({
          ...former.metadata,
          HttpTokens: 'required',
          HttpTokensEnforced: 'enabled',
          HttpPutResponseHopLimit: hops,
        }),
        former.metadata,
      ),
      snapshots: given('SnapshotPublicAccessBlock', () => 'block-all-sharing', former.snapshots),
      images: given('AmiPublicAccessBlock', () => 'block-new-sharing', former.images),
      serialConsole: given('SerialConsoleOff', () => false, former.serialConsole),
      analyzers: given('AccessAnalyzer', () => ['account-baseline'], former.analyzers),
      defaultVpcs: vpcs,
      defaultGroups: given('DefaultSecurityGroups', () => groups.map(() => '0/0'), groups),
    };
  };

  const policy = fields('PasswordPolicy');
  const length = Number(policy['MinimumPasswordLength']);
  const former = before.passwordPolicy?.MinimumPasswordLength ?? 0;
  return {
    alias: given('AccountAlias', () => value('AccountAlias') as string, before.alias),
    passwordPolicy: {
      ...before.passwordPolicy,
      ...policy,
      ExpirePasswords: 'MaxPasswordAge' in policy,
      MinimumPasswordLength: customs.get('PasswordPolicy')?.['AllowWeaker']
        ? length
        : Math.max(length, former),
    },
    contacts: {
      ...before.contacts,
      SECURITY: contact('SecurityContact', before.contacts['SECURITY']),
      BILLING: contact('BillingContact', before.contacts['BILLING']),
      OPERATIONS: contact('OperationsContact', before.contacts['OPERATIONS']),
    },
    s3PublicAccessBlock: given(
      'S3PublicAccessBlock',
      () => ({
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: true,
        RestrictPublicBuckets: true,
      }),
      before.s3PublicAccessBlock,
    ),
    regions: Object.fromEntries(
      Object.entries(before.regions).map(([region, settings]) => [region, regional(settings)]),
    ),
  };
}

/** What `verify` does not pass, but for root's MFA device: an emulated root has none. */
async function faults(options: Options): Promise<string[]> {
  return (await notPassed(emulator, { ...ALWAYS, ...options })).filter(
    (finding) => !finding.startsWith('fail root-mfa'),
  );
}

/** That the account is what the configuration says, with what people keep. */
async function accountMatches(template: Template, options: Options): Promise<void> {
  const ids = await suite.all();
  expect(Object.keys(ids).sort()).toEqual(Object.keys(resourcesOf(template)).sort());
  // CloudFormation's own look at the resources: of roles, functions, topics, buckets, log groups and rules,
  // here.
  for (const name of await suite.names()) {
    await suite.stack(name).client.detectStackDrift({ StackName: name });
  }
  expect(await readSettings(emulator)).toEqual(settingsWith(template));
  await evidence.grow(template, ids);
  const groups = await evidence.groups();
  const { access, administrators, billing } = defineBaseline({ ...SMALLEST, ...options });
  const groupOf = (name: string) => [
    ...(administrators.includes(name) ? [access.groupName] : []),
    ...(billing.viewers.includes(name) ? ['BillingViewers'] : []),
  ];
  expect(await evidence.allGroups()).toEqual([
    access.groupName,
    ...(billing.viewers.length > 0 ? ['BillingViewers'] : []),
  ]);
  expect(groups).toEqual(Object.fromEntries(Object.keys(groups).map((name) => [name, groupOf(name)])));
  // Those who left can still sign in, and may do nothing.
  const left = Object.keys(groups).filter((name) => groupOf(name).length === 0);
  expect(await faults(options)).toEqual(
    left.map((name) => `fail user-mfa: ${name} has a password and no MFA device.`),
  );
  expect(await evidence.missing()).toEqual([]);
}

/** What of the stack is there without it. */
async function leftovers(): Promise<string[]> {
  const { clientConfig } = emulator;
  const { Roles = [] } = await new IAM(clientConfig).listRoles({});
  const { Functions = [] } = await new Lambda(clientConfig).listFunctions({});
  const { Topics = [] } = await new SNS(clientConfig).listTopics({});
  const { MetricAlarms = [] } = await new CloudWatch(clientConfig).describeAlarms({});
  const { Trails = [] } = await new CloudTrail(clientConfig).listTrails({});
  const { SecretList = [] } = await new SecretsManager(clientConfig).listSecrets({});
  const { Aliases = [] } = await new KMS(clientConfig).listAliases({});
  return [
    ...Roles.map(({ RoleName }) => RoleName),
    ...Functions.map(({ FunctionName }) => FunctionName),
    ...Topics.map(({ TopicArn }) => TopicArn),
    ...MetricAlarms.map(({ AlarmName }) => AlarmName),
    ...Trails.map(({ Name }) => Name),
    ...SecretList.map(({ Name }) => Name),
    ...Aliases.map(({ AliasName }) => AliasName),
  ].flatMap((name = '') => (/^AWSServiceRole|^alias\/aws\//.test(name) || name === THEIR_LOGS ? [] : [name]));
}

describe('a new stack', () => {
  test('is what the configuration says, and writes no setting that is right already', async () => {
    const workSince = watch();
    await accountMatches(await deploy({}), {});
    expect(workSince().settings).not.toContain('us-west-2 EnableEbsEncryptionByDefault');
  });

  test('has nothing to do when it is deployed again', async () => {
    const workSince = watch();
    await deploy({});
    expect(workSince()).toEqual({ resources: [], settings: [] });
  });
});

const CONTACT = { name: 'Ann Lee', title: 'CISO', email: 'ann@example.com', phone: '+1 555 0100' };

interface Step {
  /** What is switched; everything else is as in the smallest configuration. */
  readonly options: Options;
  /** Logical ids of what may change on the way there and on the way back. */
  readonly touches: RegExp;
  /** Settings that may be written on the way there and on the way back. @default - none */
  readonly writes?: RegExp;
  /** What gets another physical id. @default - nothing */
  readonly replaces?: RegExp;
}

/**
 * Every option that has another value than its default, once at least. Some together where a failure tells
 * them apart by the name of the resource or setting. The key's and the topic's policies admit who publishes,
 * and the guard names what it guards.
 */
const STEPS: Readonly<Record<string, Step>> = {
  'guard, support role and budget off, detections tuned, name, runbooks, told when it is over': {
    options: {
      access: { guard: false, supportRole: false },
      accountName: 'acme',
      billing: { monthlyBudgetUsd: false },
      detections: { CallDenied: { threshold: 100, severity: 'high' }, ChangedByHand: false },
      notifications: { ...SMALLEST.notifications, notifyOnOk: true, runbooks: 'https://example.com/' },
    },
    touches:
      /^(AdminAccessGuard|SupportRole|SpendAlertsBudget|NotificationsTopicPolicy|Key|Alarms(RootUser|RootCredentials|Safeguards|Access|RootAttempts|SignIn|Exposure|Activity|Attempts|.*CallDenied|OnChangedByHand)|Dashboard|NotificationsExplainer|WeeklySummaryFunction)$/,
  },
  'addresses, channels, billing viewers, another budget and anomalies': {
    options: {
      region: 'us-east-1',
      billing: { monthlyBudgetUsd: 100, costAnomalyDetection: true, viewers: ['carol'] },
      notifications: {
        emails: ['security@example.com', 'more@example.com'],
        httpsEndpoints: ['https://alerts.example.com/aws'],
        slack: { workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' },
        teams: {
          tenantId: '8f1c1b9e-2f44-4c0e-9c62-0d1d7d9b0a11',
          teamId: '1d2c3b4a-2f44-4c0e-9c62-0d1d7d9b0a22',
          channelId: '19%3ab6ef35dc342d56ba5654e6fc6d25a071%40thread.tacv2',
        },
      },
    },
    touches:
      /^((Notice|Notifications).+|BillingAccess.+|SpendAlerts.+|AdminAccessGuard|Dashboard|Key|WeeklySummary.*|On[A-Z]\w+)$/,
    // Its notices are create-only.
    replaces: /^SpendAlertsBudget$/,
  },
  'no encryption, IMDSv2 and analyzers; days of logs, and data events': {
    options: {
      accountSettings: { ebsEncryption: false, requireImdsV2: false, accessAnalyzer: false },
      auditTrail: { logGroupRetentionDays: 90, expireAfterDays: 400, s3DataEvents: true },
    },
    touches:
      /^(Account(EbsEncryption|ImdsV2|AccessAnalyzer)(Permissions)?|AuditTrail(AccessLogs|Bucket|LogGroup|Trail))$/,
    writes: /EbsEncryption|InstanceMetadata|Analyzer/,
  },
  'no blocks, and the serial console': {
    options: {
      accountSettings: {
        s3PublicAccessBlock: false,
        snapshotPublicAccessBlock: false,
        amiPublicAccessBlock: false,
        serialConsoleOff: false,
      },
    },
    touches: /^(Account(\w+PublicAccessBlock|SerialConsoleOff)(Permissions)?)$/,
    writes: /PublicAccess|SerialConsole/,
  },
  'alias and contacts': {
    options: {
      accountSettings: {
        alias: 'acme-prod',
        contacts: { security: CONTACT, billing: CONTACT, operations: CONTACT },
      },
    },
    touches: /^Account(AccountAlias|\w+Contact)(Permissions)?$/,
    writes: /AlternateContact|AccountAlias/,
  },
  'daily check and tags': {
    options: { accountSettings: { dailyCheck: true }, tags: { team: 'platform' } },
    // A user never changes after it was made.
    touches: /^(?!AdminAccessalice|Account|PasswordPolicy)/,
  },
  'default networks removed': {
    options: { accountSettings: { removeDefaultVpcs: true, emptyDefaultSecurityGroups: true } },
    touches: /^(Networks\w+|FunctionLogs)$/,
    writes: /Vpc|Subnet|InternetGateway/,
  },
  'password policy weaker than it was, and everything else on removal': {
    options: {
      access: { keepOnRemoval: false },
      accountSettings: { keepOnRemoval: true },
      auditTrail: { keepOnRemoval: false },
      passwordPolicy: { allowWeaker: true, onRemoval: 'retain' },
    },
    touches: /^PasswordPolicy$/,
    writes: /UpdateAccountPasswordPolicy/,
  },
  'one Region': {
    options: { accountSettings: { regions: ['us-east-1'] } },
    // A function that knows its Regions need not list them.
    touches: /^(Account\w+|PasswordPolicy|SettingsRole)$/,
  },
  'password policy stricter here and weaker there': {
    options: { passwordPolicy: { minimumLength: 21, expireAfterDays: 90, requireSymbols: false } },
    touches: /^PasswordPolicy$/,
    writes: /UpdateAccountPasswordPolicy/,
  },
  'profile free': {
    options: { profile: 'free' },
    touches: /^(Key|KeyAlias|AuditTrail.+|Notifications.+|AdminAccessGuard|WeeklySummary.*|On[A-Z]\w+)$/,
  },
  'profile strict': {
    options: { profile: 'strict' },
    touches:
      /^(AuditTrailTrail|Config\w+|GuardDuty|SecurityHub|Findings|FunctionLogs|NotificationsTopicPolicy|Key|AdminAccessGuard|WeeklySummary.*|On[A-Z]\w+)$/,
  },
  'strict without key and hub': {
    options: { profile: 'strict', customerKey: false, detectors: { securityHub: false } },
    touches:
      /^(AuditTrail.+|Config\w+|GuardDuty|Findings|FunctionLogs|Notifications.+|Key|KeyAlias|AdminAccessGuard|WeeklySummary.*|On[A-Z]\w+)$/,
  },
  'the trail that was there': {
    options: { auditTrail: { existingLogGroup: THEIR_LOGS } },
    touches:
      /^(AuditTrail.+|Alarms.+|Dashboard(SignIns)?|Notifications.+|Key|AdminAccessGuard|Heartbeat|WeeklySummary.*|On[A-Z]\w+)$/,
    // Filters can't move to another log group.
    replaces: /^(AlarmsOn|DashboardSignIns)/,
  },
  'another name of the group': {
    options: { access: { groupName: 'Admins' } },
    touches: /^(AdminAccess(Group|Guard|Members|Policy)|SupportRole|WeeklySummary.*)$/,
    replaces: /^AdminAccessGroup$/,
  },
  'bob beside alice': {
    options: { administrators: ['alice', 'bob'] },
    touches: /^AdminAccess(bob\w+|Members)$/,
  },
  'bob renamed': {
    options: { administrators: ['alice', 'robert'] },
    touches: /^AdminAccess((bob|robert)\w+|Members)$/,
  },
  nothing: { options: {}, touches: /^$/ },
};

describe('a switch, and the one before it back:', () => {
  let last: Step | undefined;

  test.each(Object.entries(STEPS))('%s', async (_, step) => {
    const ids = await suite.all();
    const workSince = watch();
    const template = await deploy(step.options);

    const expected = (kind: 'touches' | 'writes' | 'replaces') => (name: string) =>
      [step, last].some((one) => one?.[kind]?.test(name));
    const { resources, settings } = workSince();
    const now = await suite.all();
    const replaced = Object.keys(now).filter((id) => id in ids && now[id] !== ids[id]);
    const others = {
      resources: resources.filter((id) => !expected('touches')(id)),
      settings: settings.filter((call) => !expected('writes')(call)),
      replaced: replaced.filter((id) => !expected('replaces')(id)),
    };
    last = step;
    expect(others).toEqual({ resources: [], settings: [], replaced: [] });
    await accountMatches(template, step.options);
  });
});

const BOTH: Options = { administrators: ['alice', 'bob'] };

describe('somebody who left', () => {
  const template = baselineTemplate({ ...ALWAYS, ...BOTH });

  test('can’t be made again: the update says so and is rolled back', async () => {
    expect(await suite.deployBaseline({ ...ALWAYS, ...BOTH })).toMatchObject({
      'AccountBaseline-Access': 'UPDATE_ROLLBACK_COMPLETE',
    });
    expect(await suite.failures()).toEqual({
      'AccountBaseline-Access/AdminAccessbobUser': expect.stringContaining(
        'User with name bob already exists',
      ) as string,
    });
    await accountMatches(baselineTemplate(ALWAYS), {});
  });

  test('is taken in again, with the password of before', async () => {
    expect(unsuccessful(await suite.takeOver(suiteStacks({ ...ALWAYS, ...BOTH })))).toEqual({});
    await accountMatches(template, BOTH);
  });
});

describe('the removal', () => {
  test('brings back every setting, and leaves people and evidence and nothing else', async () => {
    expect(Object.values(await suite.remove()).filter((status) => status !== undefined)).toEqual([]);
    expect(await readSettings(emulator)).toEqual(before);
    expect(await evidence.missing()).toEqual([]);
    expect(await leftovers()).toEqual([]);
  });

  test('can be followed by a deployment that takes people in again', async () => {
    const template = baselineTemplate({ ...ALWAYS, ...BOTH });
    expect(unsuccessful(await suite.takeOver(suiteStacks({ ...ALWAYS, ...BOTH })))).toEqual({});
    await accountMatches(template, BOTH);
  });

  test('leaves the settings and takes the people, if that is asked for', async () => {
    const settings = settingsWith(
      await deploy({
        ...BOTH,
        access: { keepOnRemoval: false },
        accountSettings: { keepOnRemoval: true },
        passwordPolicy: { onRemoval: 'retain' },
      }),
    );
    expect(Object.values(await suite.remove()).filter((status) => status !== undefined)).toEqual([]);
    expect(await readSettings(emulator)).toEqual(settings);
    expect(await evidence.missing()).toEqual(['alice', 'bob']);
    expect(await leftovers()).toEqual([]);
  });
});
