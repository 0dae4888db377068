import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudTrail } from '@aws-sdk/client-cloudtrail';
import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogs,
  type MetricFilter,
  paginateDescribeMetricFilters,
} from '@aws-sdk/client-cloudwatch-logs';
import { ConfigService } from '@aws-sdk/client-config-service';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { GuardDuty } from '@aws-sdk/client-guardduty';
import { IAM } from '@aws-sdk/client-iam';
import { Organizations } from '@aws-sdk/client-organizations';
import { SecurityHub } from '@aws-sdk/client-securityhub';
import { SNS } from '@aws-sdk/client-sns';
import type { BaselineConfig, BaselineOptions } from '../../lib/config/config';
import { loadConfig } from '../../lib/config/load-config';
import { adopt } from '../../lib/posture/commands/adopt';
import { preflightCommand } from '../../lib/posture/commands/preflight';
import { EMULATOR_HOME, type Emulator, REPOSITORY, startEmulator } from '../../emulator/emulator';
import { createOrganization } from '../../emulator/organization';
import { allIn, BaselineSuite } from './baseline-suite';
import { createExistingTrail } from './existing-trail';
import { blea, controlTower, retaining, superwerker, survivalKit } from './former/templates';
import { notPassed } from './verified';

// Each describe is an account that moves in as docs/moving.md says: its tests are in order.
jest.setTimeout(300_000);

const EMAIL = 'security@example.com';
/** The emulated root has no device. */
const ROOT = 'fail root-mfa: Root has no MFA device: the password alone gives full access.';

const environment = { ...process.env };
const directory = process.cwd();
let emulator: Emulator;
let suite: BaselineSuite;
let folder: string;
let config: string;
let printed: string[];
/** As `adopt` wrote it. */
let options: Partial<BaselineOptions>;

async function begin(
  account: (emulator: Emulator) => Promise<Emulator> = (same) => Promise.resolve(same),
): Promise<void> {
  emulator = await account(await startEmulator());
  suite = new BaselineSuite(emulator);
  Object.assign(process.env, emulator.env);
  folder = mkdtempSync(join(EMULATOR_HOME, 'moving-'));
  config = join(folder, 'baseline.config.ts');
  writeFileSync(
    config,
    `import { defineBaseline } from '${join(REPOSITORY, 'lib/config/config')}';

export default defineBaseline({
  administrators: ['alice', 'bob'],
  notifications: { emails: ['${EMAIL}'] },
});
`,
  );
  printed = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
  jest.spyOn(console, 'error').mockImplementation();
}

/** The same emulator, as a member of the organization uses it. */
const asMember = (management: Emulator, accountId: string): Emulator => ({
  ...management,
  accountId,
  clientConfig: {
    ...management.clientConfig,
    credentials: { accessKeyId: accountId, secretAccessKey: 'test' },
  },
  env: { ...management.env, AWS_ACCESS_KEY_ID: accountId },
});

async function end(): Promise<void> {
  process.chdir(directory);
  jest.restoreAllMocks();
  process.env = { ...environment };
  rmSync(folder, { recursive: true, force: true });
  await emulator.stop();
}

function load(): BaselineConfig {
  jest.resetModules();
  return loadConfig(config);
}

/** Adopts the account: these decisions, and the first choice of every other question. */
async function decide(decisions: Readonly<Record<string, string>>): Promise<string> {
  const plan = join(folder, 'adopt.json');
  writeFileSync(plan, JSON.stringify({ version: 1, account: emulator.accountId, decisions }));
  printed.length = 0;
  expect(await adopt({ config, color: false, region: emulator.region, plan, yes: true }, load())).toBe(0);
  // A parsed configuration is one that can be parsed again. The emulator protects no stack unless asked to.
  options = { ...(load() as unknown as Partial<BaselineOptions>), terminationProtection: false };
  return printed.join('');
}

/** What `preflight` prints. */
async function planned(): Promise<string> {
  printed.length = 0;
  await preflightCommand({ config, color: false, json: true, region: emulator.region }, load());
  return printed.join('');
}

const findings = () => notPassed(emulator, options);

/** Trails that log, metric filters, rules and alarms that listen, and who hears them: what there is twice. */
async function listening() {
  const trails = new CloudTrail(emulator.clientConfig);
  const { trailList = [] } = await trails.describeTrails({});
  const filters: MetricFilter[] = [];
  const client = new CloudWatchLogs(emulator.clientConfig);
  for await (const page of paginateDescribeMetricFilters({ client }, {})) {
    filters.push(...(page.metricFilters ?? []));
  }
  const { MetricAlarms = [] } = await new CloudWatch(emulator.clientConfig).describeAlarms({});
  const { Rules = [] } = await new EventBridge(emulator.clientConfig).listRules({});
  const { Subscriptions = [] } = await new SNS(emulator.clientConfig).listSubscriptions({});
  const foreign = (names: readonly (string | undefined)[]) =>
    names.filter((name = '') => !name.startsWith('AccountBaseline-'));
  return {
    trails: trailList.map(({ Name }) => Name),
    foreignAlarms: foreign(MetricAlarms.map(({ AlarmName }) => AlarmName)),
    foreignFilters: filters.filter(({ metricTransformations: [metric] = [] }) =>
      ['CISBenchmark', 'CloudTrailMetrics'].includes(metric?.metricNamespace ?? ''),
    ).length,
    foreignRules: foreign(Rules.map(({ Name }) => Name)).length,
    foreignSubscriptions: Subscriptions.filter(({ TopicArn = '' }) => !TopicArn.includes(':AccountBaseline-'))
      .length,
  };
}

/** Nothing listens that is not ours. */
const ONLY_OURS = { foreignAlarms: [], foreignFilters: 0, foreignRules: 0, foreignSubscriptions: 0 };

describe('terraform-aws-secure-baseline', () => {
  const TRAIL = 'cloudtrail-multi-region';
  const ROLES = ['IAM-Support', 'Config-Recorder', 'VPC-Flow-Logs-Publisher'];
  const ALARMS = [
    'UnauthorizedAPICalls',
    'NoMFAConsoleSignin',
    'RootUsage',
    'IAMChanges',
    'CloudTrailCfgChanges',
  ];
  const POLICY = {
    MinimumPasswordLength: 14,
    PasswordReusePrevention: 24,
    RequireLowercaseCharacters: true,
    RequireUppercaseCharacters: true,
    RequireNumbers: true,
    RequireSymbols: true,
    AllowUsersToChangePassword: true,
  };

  beforeAll(async () => {
    await begin();
    const { clientConfig, accountId } = emulator;
    await createExistingTrail(emulator, { trail: TRAIL, bucket: 'audit-logs', logGroup: TRAIL });
    const data = (type: string, value: string) => ({ Type: type, Values: [value] });
    const all = { ReadWriteType: 'All' as const, IncludeManagementEvents: true };
    await new CloudTrail(clientConfig).putEventSelectors({
      TrailName: TRAIL,
      EventSelectors: [
        { ...all, DataResources: [data('AWS::S3::Object', 'arn:aws:s3:::')] },
        {
          ...all,
          DataResources: [
            data('AWS::DynamoDB::Table', 'arn:aws:dynamodb'),
            data('AWS::Lambda::Function', 'arn:aws:lambda'),
          ],
        },
      ],
    });
    const { TopicArn = '' } = await new SNS(clientConfig).createTopic({ Name: 'CISAlarm' });
    await new SNS(clientConfig).subscribe({ TopicArn, Protocol: 'email', Endpoint: EMAIL });
    for (const name of ALARMS) {
      const metric = { metricName: name, metricNamespace: 'CISBenchmark' };
      await new CloudWatchLogs(clientConfig).putMetricFilter({
        logGroupName: TRAIL,
        filterName: name,
        filterPattern: '{ $.userIdentity.type = "Root" }',
        metricTransformations: [{ ...metric, metricValue: '1' }],
      });
      await new CloudWatch(clientConfig).putMetricAlarm({
        AlarmName: name,
        Namespace: metric.metricNamespace,
        MetricName: name,
        Statistic: 'Sum',
        Period: 300,
        EvaluationPeriods: 1,
        Threshold: 1,
        ComparisonOperator: 'GreaterThanOrEqualToThreshold',
        AlarmActions: [TopicArn],
      });
    }
    const iam = new IAM(clientConfig);
    await iam.updateAccountPasswordPolicy(POLICY);
    for (const RoleName of ROLES) {
      const Principal = RoleName === 'IAM-Support' ? { AWS: accountId } : { Service: 'config.amazonaws.com' };
      await iam.createRole({
        RoleName,
        AssumeRolePolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }],
        }),
      });
    }
    await new ConfigService(clientConfig).putConfigurationRecorder({
      ConfigurationRecorder: { name: 'default', roleARN: `arn:aws:iam::${accountId}:role/Config-Recorder` },
    });
    await new GuardDuty(clientConfig).createDetector({ Enable: true });
    await new SecurityHub(clientConfig).enableSecurityHub({});
  });
  afterAll(end);

  test('is adopted: another trail, the same policy, its detectors', async () => {
    const said = await decide({ [`Trail ${TRAIL}`]: 'create' });
    expect(said).toContain(`Trail ${TRAIL}: Create another trail.`);
    expect(await suite.deployBaseline(options)).toEqual(allIn('CREATE_COMPLETE', options));
    expect(await findings()).toEqual([ROOT]);
    // Both listen, until the former one is taken away.
    expect(await listening()).toMatchObject({
      trails: [TRAIL, 'account-baseline'],
      foreignFilters: ALARMS.length,
      foreignSubscriptions: 1,
    });
  });

  test('is taken away, alarms first, then the trail, and the account stays watched', async () => {
    const { clientConfig } = emulator;
    await new CloudWatch(clientConfig).deleteAlarms({ AlarmNames: ALARMS });
    for (const filterName of ALARMS) {
      await new CloudWatchLogs(clientConfig).deleteMetricFilter({ logGroupName: TRAIL, filterName });
    }
    await new SNS(clientConfig).deleteTopic({
      TopicArn: `arn:aws:sns:${emulator.region}:${emulator.accountId}:CISAlarm`,
    });
    expect(await findings()).toEqual([ROOT]);
    await new CloudTrail(clientConfig).deleteTrail({ Name: TRAIL });
    await new CloudWatchLogs(clientConfig).deleteLogGroup({ logGroupName: TRAIL });
    const iam = new IAM(clientConfig);
    await iam.deleteRolePolicy({ RoleName: TRAIL, PolicyName: 'Deliver' });
    for (const RoleName of [...ROLES.filter((name) => name !== 'Config-Recorder'), TRAIL]) {
      await iam.deleteRole({ RoleName });
    }
    expect(await findings()).toEqual([ROOT]);
    expect(await listening()).toEqual({ ...ONLY_OURS, trails: ['account-baseline'] });
  });

  test('would take the password policy along, if Terraform were not told to forget it', async () => {
    const iam = new IAM(emulator.clientConfig);
    await iam.deleteAccountPasswordPolicy({});
    expect(await findings()).toEqual([
      ROOT,
      expect.stringMatching(/^fail password-policy: The account has no password policy/),
    ]);
  });
});

describe('baseline-environment-on-aws', () => {
  const STACK = 'Dev-BLEAGovBaseStandalone';
  const DETECTORS = ['DetectionGuardDutyDetector', 'DetectionSecurityHub'];
  let trail: string;
  let group: string;

  beforeAll(async () => {
    await begin();
    expect(await suite.stack(STACK).deploy(blea(EMAIL))).toBe('CREATE_COMPLETE');
    const { LoggingCloudTrail = '', IamIamAdminGroup = '' } = await suite.resources(STACK);
    trail = LoggingCloudTrail;
    group = IamIamAdminGroup;
    await new IAM(emulator.clientConfig).createUser({ UserName: 'carol' });
    await new IAM(emulator.clientConfig).addUserToGroup({ GroupName: group, UserName: 'carol' });
  });
  afterAll(end);

  test('is adopted: another trail, its detectors', async () => {
    await decide({ [`Trail ${trail}`]: 'create' });
    expect(await suite.deployBaseline(options)).toEqual(allIn('CREATE_COMPLETE', options));
    expect((await listening()).trails).toEqual([trail, 'account-baseline']);
    expect(await findings()).toEqual([
      ROOT,
      expect.stringContaining(`carol has administrator rights through the group ${group}`),
    ]);
  });

  test('is left by its people', async () => {
    const iam = new IAM(emulator.clientConfig);
    await iam.removeUserFromGroup({ GroupName: group, UserName: 'carol' });
    expect(await findings()).toEqual([ROOT]);
  });

  test('is deleted, and its detectors stay', async () => {
    const stack = suite.stack(STACK);
    expect(await stack.deploy(retaining(blea(EMAIL), DETECTORS))).toBe('UPDATE_COMPLETE');
    expect(await findings()).toEqual([ROOT]);
    expect(await stack.destroy()).toBeUndefined();
    expect(await findings()).toEqual([ROOT]);
    expect(await listening()).toEqual({ ...ONLY_OURS, trails: ['account-baseline'] });
    const { DetectorIds } = await new GuardDuty(emulator.clientConfig).listDetectors({});
    expect(DetectorIds).toHaveLength(1);
    await new SecurityHub(emulator.clientConfig).describeHub({});
  });
});

describe('aws-security-survival-kit', () => {
  const PROJECT = 'aws-security-survival-kit';
  const GROUP = 'aws-cloudtrail-logs-567589703415-c7b72250';
  const stacks = survivalKit(PROJECT, GROUP, EMAIL);

  beforeAll(async () => {
    await begin();
    await createExistingTrail(emulator, {
      trail: 'management-events',
      bucket: 'trail-logs',
      logGroup: GROUP,
    });
    for (const [name, template] of Object.entries(stacks)) {
      expect(await suite.stack(name).deploy(template)).toBe('CREATE_COMPLETE');
    }
  });
  afterAll(end);

  test('is adopted with the trail that it reads', async () => {
    expect(await decide({})).toContain(`Trail management-events: Read the log group ${GROUP}.`);
    expect(await suite.deployBaseline(options)).toEqual(allIn('CREATE_COMPLETE', options));
    expect(await findings()).toEqual([ROOT]);
  });

  test('is deleted, and the trail stays the only one', async () => {
    for (const name of Object.keys(stacks).reverse())
      expect(await suite.stack(name).destroy()).toBeUndefined();
    expect(await findings()).toEqual([ROOT]);
    expect(await listening()).toEqual({ ...ONLY_OURS, trails: ['management-events'] });
  });
});

describe('superwerker, and the Control Tower that it sets up, in the management account', () => {
  const TRAIL = 'aws-controltower-BaselineCloudTrail';
  const GROUP = 'aws-controltower/CloudTrailLogs';
  let organizations: Organizations;
  let rootId: string;
  let policyId: string;

  beforeAll(async () => {
    await begin();
    ({ rootId } = await createOrganization(emulator, 2));
    // Only this helper has a key.
    const iam = new IAM(emulator.clientConfig);
    const { AccessKeyMetadata = [] } = await iam.listAccessKeys({ UserName: 'organizer' });
    for (const { AccessKeyId } of AccessKeyMetadata) {
      await iam.deleteAccessKey({ UserName: 'organizer', AccessKeyId });
    }
    organizations = new Organizations(emulator.clientConfig);
    await organizations
      .enablePolicyType({ RootId: rootId, PolicyType: 'SERVICE_CONTROL_POLICY' })
      .catch(() => undefined);
    await createExistingTrail(emulator, {
      trail: TRAIL,
      bucket: 'aws-controltower-logs-111111111111',
      logGroup: GROUP,
    });
    for (const Name of ['aws-guardrails-AbCdEf', 'superwerker-root']) {
      const { Policy } = await organizations.createPolicy({
        Name,
        Description: Name,
        Type: 'SERVICE_CONTROL_POLICY',
        Content: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              Sid: 'PreventLeavingOrganization',
              Effect: 'Deny',
              Action: 'organizations:LeaveOrganization',
              Resource: '*',
            },
          ],
        }),
      });
      policyId = Policy?.PolicySummary?.Id ?? '';
      await organizations.attachPolicy({ PolicyId: policyId, TargetId: rootId });
    }
    const everything = superwerker({ budget: true, notifications: true }, EMAIL);
    expect(await suite.stack('superwerker').deploy(everything)).toBe('CREATE_COMPLETE');
  });
  afterAll(end);

  test('is adopted with the trail of Control Tower', async () => {
    const said = await decide({});
    expect(said).toContain(`Trail ${TRAIL}: Read the log group ${GROUP}.`);
    expect(await suite.deployBaseline(options)).toEqual(allIn('CREATE_COMPLETE', options));
    expect(await findings()).toEqual([ROOT]);
  });

  test('loses its budget, notifications, and policy, and Control Tower keeps its trail', async () => {
    const rest = superwerker({ budget: false, notifications: false }, EMAIL);
    expect(await suite.stack('superwerker').deploy(rest)).toBe('UPDATE_COMPLETE');
    await organizations.detachPolicy({ PolicyId: policyId, TargetId: rootId });
    await organizations.deletePolicy({ PolicyId: policyId });
    expect(await findings()).toEqual([ROOT]);
    expect(await listening()).toEqual({ ...ONLY_OURS, trails: [TRAIL] });
    const { Policies = [] } = await organizations.listPoliciesForTarget({
      TargetId: rootId,
      Filter: 'SERVICE_CONTROL_POLICY',
    });
    expect(Policies.map(({ Name }) => Name)).toContain('aws-guardrails-AbCdEf');
  });
});

describe('a member that Control Tower governs, with a landing zone before 3.0', () => {
  const TRAIL = 'aws-controltower-BaselineCloudTrail';
  const GROUP = 'aws-controltower/CloudTrailLogs';
  const STACK_SET = 'StackSet-AWSControlTowerBP-BASELINE-CONFIG-0a1b2c3d';

  beforeAll(async () => {
    let managementAccount = '';
    await begin(async (management) => {
      const { members } = await createOrganization(management, 1);
      const [accountId = ''] = members;
      managementAccount = management.accountId;
      return asMember(management, accountId);
    });
    await createExistingTrail(emulator, {
      trail: TRAIL,
      bucket: 'aws-controltower-logs-222222222222',
      logGroup: GROUP,
    });
    expect(await suite.stack(STACK_SET).deploy(controlTower(managementAccount))).toBe('CREATE_COMPLETE');
    // The control that denies Regions.
    emulator.refuse('ap-southeast-2 GetEbsEncryptionByDefault close');
  });
  afterAll(end);

  test('is adopted with its trail and recorder, and without the Regions that are denied', async () => {
    const said = await decide({});
    expect(said).toContain(`Trail ${TRAIL}: Read the log group ${GROUP}.`);
    expect(options.accountSettings?.regions).not.toContain('ap-southeast-2');
    expect(await suite.deployBaseline(options)).toEqual(allIn('CREATE_COMPLETE', options));
    expect(await findings()).toEqual([ROOT]);
  });

  test('keeps what Control Tower has', async () => {
    expect((await listening()).trails).toEqual([TRAIL]);
    const { ConfigurationRecorders } = await new ConfigService(
      emulator.clientConfig,
    ).describeConfigurationRecorders({});
    expect(ConfigurationRecorders?.map(({ name }) => name)).toEqual([
      'aws-controltower-BaselineConfigRecorder',
    ]);
  });
});

describe('a member that Control Tower governs, since landing zone 3.0', () => {
  const TRAIL = 'aws-controltower-BaselineCloudTrail';
  const STACK_SET = 'StackSet-AWSControlTowerBP-BASELINE-CONFIG-0a1b2c3d';
  let managementAccount = '';

  beforeAll(async () => {
    await begin(async (management) => {
      const { members } = await createOrganization(management, 1);
      const [accountId = ''] = members;
      managementAccount = management.accountId;
      await createExistingTrail(management, {
        trail: TRAIL,
        bucket: 'aws-controltower-logs-333333333333',
        logGroup: 'aws-controltower/CloudTrailLogs',
        isOfOrganization: true,
      });
      return asMember(management, accountId);
    });
    expect(await suite.stack(STACK_SET).deploy(controlTower(managementAccount))).toBe('CREATE_COMPLETE');
    // The control that denies Regions.
    emulator.refuse('ap-southeast-2 GetEbsEncryptionByDefault close');
  });
  afterAll(end);

  test('is told whose trail it is, and gets one of its own beside it', async () => {
    expect(await planned()).toContain(
      `It is the trail of the organization: it belongs to the account ${managementAccount}`,
    );
    expect(await decide({})).not.toContain('Read the log group');
    expect(options.auditTrail?.existingLogGroup).toBeUndefined();
    expect(await suite.deployBaseline(options)).toEqual(allIn('CREATE_COMPLETE', options));
    expect(await findings()).toEqual([ROOT]);
    expect((await listening()).trails.sort()).toEqual(['account-baseline', TRAIL]);
  });

  test('is not judged by the trail of the organization, whose log group has the same name', async () => {
    const adopted = { ...options, auditTrail: { existingLogGroup: 'aws-controltower/CloudTrailLogs' } };
    expect(await notPassed(emulator, adopted)).toContainEqual(
      expect.stringContaining('trail-logging: No trail writes to the log group'),
    );
  });

  test('keeps what Control Tower has', async () => {
    const { ConfigurationRecorders } = await new ConfigService(
      emulator.clientConfig,
    ).describeConfigurationRecorders({});
    expect(ConfigurationRecorders?.map(({ name }) => name)).toEqual([
      'aws-controltower-BaselineConfigRecorder',
    ]);
  });
});
