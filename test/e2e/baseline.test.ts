import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { CloudTrailClient, GetTrailCommand, GetTrailStatusCommand } from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient, DescribeAlarmsCommand, GetDashboardCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  GetAccountPasswordPolicyCommand,
  GetGroupCommand,
  GetLoginProfileCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListAttachedGroupPoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListGroupPoliciesCommand,
  UpdateAccountPasswordPolicyCommand,
} from '@aws-sdk/client-iam';
import { HeadBucketCommand, PutObjectCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { DETECTIONS } from '../../lib/detections/rules';
import { SIGNALS } from '../../lib/detections/signals';
import { STACK_KINDS, type StackKind, stackNameOf } from '../../lib/stacks/stack-kinds';
import { runCdk } from '../../emulator/cdk';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { metricFiltersOf } from '../../emulator/metric-filters';
import { EmulatedSuite } from '../../emulator/suite';
import { DEFAULT_LIMIT } from '../template-limits';

/** What the configuration asks for. */
const STACKS = STACK_KINDS.filter(
  (kind) =>
    ![
      'Roles',
      'Pipelines',
      'Delegation',
      'IdentityCenter',
      'BreakGlass',
      'Services',
      'Detectors',
      'Networks',
      'Organization',
      'Members',
      'OrganizationDetectors',
    ].includes(kind),
).map((kind) => stackNameOf('AccountBaseline', kind));

/** What every deployment of the suite is asked for. */
const DEPLOY = ['deploy', '--all', '--require-approval', 'never'];

/** Without the validation, which the first deployment has done. */
const UNVALIDATED = 'node bin/app.mjs --no-validation';

const CONFIG = 'test/e2e/fixtures/baseline.config.ts';

/** What the account had before: the baseline must bring it back. */
const FORMER = { MinimumPasswordLength: 9, RequireNumbers: true, PasswordReusePrevention: 3 };

jest.setTimeout(120_000);

let emulator: Emulator;
let iam: IAMClient;
let cloudFormation: CloudFormationClient;
let suite: EmulatedSuite;

beforeAll(async () => {
  emulator = await startEmulator();
  iam = new IAMClient(emulator.clientConfig);
  cloudFormation = new CloudFormationClient(emulator.clientConfig);
  suite = new EmulatedSuite(emulator);
  await iam.send(new UpdateAccountPasswordPolicyCommand(FORMER));
});

afterAll(async () => {
  await emulator.stop();
});

const passwordPolicy = async () => (await iam.send(new GetAccountPasswordPolicyCommand({}))).PasswordPolicy;

const output = async (kind: StackKind, key: string): Promise<string> =>
  (await suite.outputs(stackNameOf('AccountBaseline', kind)))[key] ?? `no output ${key}`;

const physicalId = async (logicalId: string): Promise<string> =>
  (await suite.findOne((resource) => resource.logicalId === logicalId)).physicalId;

const logGroupName = () => physicalId('AuditTrailLogGroup');

describe('the deployment into a never-bootstrapped account', () => {
  test('succeeds', async () => {
    const { code, output: text } = await runCdk(emulator, DEPLOY, { config: CONFIG });
    expect({ code, text }).toEqual({
      code: 0,
      text: expect.stringContaining('AccountBaseline-Access.SignInUrl'),
    });
    expect(await suite.statuses()).toEqual(
      Object.fromEntries(STACKS.map((name) => [name, 'CREATE_COMPLETE'])),
    );
    // RootNotice depends on no other stack, so that it comes anywhere.
    const inOrder = (names: readonly string[]) => names.filter((name) => !name.endsWith('-RootNotice'));
    expect(inOrder(await suite.names())).toEqual(inOrder(STACKS));
  });

  test.each(STACKS)(
    'sends a template of %s that leaves a part of what CloudFormation takes free',
    async (name) => {
      const { TemplateBody = '' } = await cloudFormation.send(
        new GetTemplateCommand({ StackName: name, TemplateStage: 'Original' }),
      );
      expect(Buffer.byteLength(TemplateBody)).toBeGreaterThan(1_000);
      expect(Buffer.byteLength(TemplateBody)).toBeLessThanOrEqual(DEFAULT_LIMIT);
    },
  );

  test('makes the group and puts the administrators into it', async () => {
    const { Users = [] } = await iam.send(new GetGroupCommand({ GroupName: 'Administrators' }));
    expect(Users.map(({ UserName }) => UserName).sort()).toEqual(['alice', 'bob']);
    const { AttachedPolicies = [] } = await iam.send(
      new ListAttachedGroupPoliciesCommand({ GroupName: 'Administrators' }),
    );
    expect(AttachedPolicies.map(({ PolicyName }) => PolicyName)).toEqual(['AdministratorAccess']);
    const { PolicyNames = [] } = await iam.send(
      new ListGroupPoliciesCommand({ GroupName: 'Administrators' }),
    );
    expect(PolicyNames).toHaveLength(2);
  });

  test.each(['alice', 'bob'])('makes %s change the password and gives no other way in', async (UserName) => {
    const { LoginProfile } = await iam.send(new GetLoginProfileCommand({ UserName }));
    expect(LoginProfile?.PasswordResetRequired).toBe(true);
    const { AccessKeyMetadata } = await iam.send(new ListAccessKeysCommand({ UserName }));
    expect(AccessKeyMetadata).toEqual([]);
    const { AttachedPolicies } = await iam.send(new ListAttachedUserPoliciesCommand({ UserName }));
    expect(AttachedPolicies).toEqual([]);
  });

  test('keeps the first password in a secret that the printed command reads', async () => {
    const command = await output('Access', 'ReadPasswordalice');
    const [, secretId] = /--secret-id (\S+) --query SecretString --output text$/.exec(command) ?? [];
    const secrets = new SecretsManagerClient(emulator.clientConfig);
    const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId: secretId }));
    expect(SecretString).toHaveLength(32);
    for (const kind of [/[a-z]/, /[A-Z]/, /\d/, /[^\w\s]/]) expect(SecretString).toMatch(kind);
    for (const StackName of STACKS) {
      expect(JSON.stringify(await suite.outputs(StackName))).not.toContain(SecretString);
      const { TemplateBody = '' } = await cloudFormation.send(new GetTemplateCommand({ StackName }));
      expect(TemplateBody).not.toContain(SecretString);
    }
  });

  test('sets the password policy of the configuration', async () => {
    expect(await passwordPolicy()).toEqual({
      MinimumPasswordLength: 16,
      RequireUppercaseCharacters: true,
      RequireLowercaseCharacters: true,
      RequireNumbers: true,
      RequireSymbols: true,
      PasswordReusePrevention: 24,
      AllowUsersToChangePassword: true,
      ExpirePasswords: false,
      HardExpiry: false,
    });
  });

  test('starts the trail', async () => {
    const client = new CloudTrailClient(emulator.clientConfig);
    const { Trail } = await client.send(new GetTrailCommand({ Name: 'account-baseline' }));
    expect(Trail).toMatchObject({
      IsMultiRegionTrail: true,
      IncludeGlobalServiceEvents: true,
      LogFileValidationEnabled: true,
      S3BucketName: await output('Audit', 'TrailBucket'),
      KmsKeyId: expect.stringContaining(':key/'),
      CloudWatchLogsLogGroupArn: expect.stringContaining(await logGroupName()),
      CloudWatchLogsRoleArn: expect.stringContaining(':role/'),
    });
    const { IsLogging } = await client.send(new GetTrailStatusCommand({ Name: 'account-baseline' }));
    expect(IsLogging).toBe(true);
  });

  test('watches: filters, alarms that call the function, and people who are told', async () => {
    const logs = new CloudWatchLogsClient(emulator.clientConfig);
    const metricFilters = await metricFiltersOf(logs, await logGroupName());
    // One for each detection, and one for the sign-ins of the dashboard.
    expect(metricFilters).toHaveLength(DETECTIONS.filter(({ needs }) => needs === undefined).length + 1);
    expect(metricFilters).toContainEqual(
      expect.objectContaining({
        filterPattern:
          '{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}',
      }),
    );
    const { MetricAlarms: all = [] } = await new CloudWatchClient(emulator.clientConfig).send(
      new DescribeAlarmsCommand({}),
    );
    // The heartbeat notifies people without the function.
    const MetricAlarms = all.filter(({ Namespace }) => Namespace !== 'AWS/Logs');
    expect(all).toHaveLength(MetricAlarms.length + 1);
    expect(MetricAlarms.map(({ MetricName }) => MetricName).sort()).toEqual(
      SIGNALS.map((signal) => signal.id).sort(),
    );
    const alarmTopic = await physicalId('NotificationsAlarmTopic');
    for (const alarm of MetricAlarms) {
      expect(alarm).toMatchObject({ ActionsEnabled: true, AlarmActions: [alarmTopic], OKActions: [] });
      // The guard and BaselineTamperedWith know the alarms by it.
      expect(alarm.AlarmName).toMatch(/^AccountBaseline-/);
    }
    const sns = new SNSClient(emulator.clientConfig);
    const subscriptions = async (TopicArn: string) =>
      (await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions;
    expect(await subscriptions(alarmTopic)).toEqual([expect.objectContaining({ Protocol: 'lambda' })]);
    expect(await subscriptions(await output('Alarms', 'NotificationsTopic'))).toEqual([
      expect.objectContaining({
        Protocol: 'email',
        Endpoint: 'security@example.com',
      }),
    ]);
  });

  test('shows the alarms and what brings messages on a dashboard', async () => {
    const client = new CloudWatchClient(emulator.clientConfig);
    const { DashboardBody = '' } = await client.send(
      new GetDashboardCommand({ DashboardName: 'AccountBaseline' }),
    );
    const { MetricAlarms = [] } = await client.send(new DescribeAlarmsCommand({}));
    const { widgets } = JSON.parse(DashboardBody) as {
      widgets: { type: string; properties: { alarms?: string[] } }[];
    };
    expect(widgets.find(({ type }) => type === 'alarm')?.properties.alarms?.sort()).toEqual(
      MetricAlarms.filter(({ Namespace }) => Namespace === 'Baseline')
        .map(({ AlarmArn }) => AlarmArn)
        .sort(),
    );
    expect(DashboardBody).toContain(await physicalId('NotificationsExplainer'));
    expect(DashboardBody).toContain(await logGroupName());
  });
});

describe('a second deployment', () => {
  test('changes nothing', async () => {
    const workSince = suite.watch();
    const { code, output: text } = await runCdk(emulator, DEPLOY, { config: CONFIG, app: UNVALIDATED });
    expect({ code, text }).toEqual({ code: 0, text: expect.stringContaining('(no changes)') });
    expect(text.match(/\(no changes\)/g)).toHaveLength(STACKS.length);
    expect(workSince()).toEqual({ resources: [], settings: [] });
  });
});

describe('the removal', () => {
  test('restores the former policy, keeps the evidence and locks nobody out', async () => {
    const s3 = new S3Client({ ...emulator.clientConfig, forcePathStyle: true });
    const Bucket = await output('Audit', 'TrailBucket');
    const group = await logGroupName();
    const Key = `AWSLogs/${emulator.accountId}/CloudTrail/us-east-1/log.json.gz`;
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'evidence' }));

    const { code, output: text } = await runCdk(emulator, ['destroy', '--all', '--force'], {
      config: CONFIG,
      app: UNVALIDATED,
    });
    expect({ code, text }).toEqual({ code: 0, text: expect.stringContaining('destroyed') });

    expect(await passwordPolicy()).toEqual({
      ...FORMER,
      RequireUppercaseCharacters: false,
      RequireLowercaseCharacters: false,
      RequireSymbols: false,
      AllowUsersToChangePassword: false,
      ExpirePasswords: false,
      HardExpiry: false,
    });
    await s3.send(new HeadBucketCommand({ Bucket }));
    const kept = await s3.send(new GetObjectCommand({ Bucket, Key }));
    expect(await kept.Body?.transformToString()).toBe('evidence');
    const { logGroups = [] } = await new CloudWatchLogsClient(emulator.clientConfig).send(
      new DescribeLogGroupsCommand({ logGroupNamePrefix: group }),
    );
    expect(logGroups).toHaveLength(1);
    const { Users = [] } = await iam.send(new GetGroupCommand({ GroupName: 'Administrators' }));
    expect(Users).toHaveLength(2);
  });

  test('can be followed by a deployment that takes the people in again', async () => {
    const { code, output: text } = await runCdk(emulator, [...DEPLOY, '--import-existing-resources'], {
      config: CONFIG,
      app: UNVALIDATED,
    });
    expect({ code, text }).toEqual({
      code: 0,
      text: expect.stringContaining('AccountBaseline-Access.SignInUrl'),
    });
    const { Users = [] } = await iam.send(new GetGroupCommand({ GroupName: 'Administrators' }));
    expect(Users).toHaveLength(2);
  });
});
