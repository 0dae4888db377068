import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudTrailClient, StopLoggingCommand } from '@aws-sdk/client-cloudtrail';
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  DisableAlarmActionsCommand,
  PutAlarmMuteRuleCommand,
} from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  DeleteMetricFilterCommand,
  DescribeMetricFiltersCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { DisableRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { IAM } from '@aws-sdk/client-iam';
import { DisableKeyRotationCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  AddPermissionCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda';
import {
  PutBucketLifecycleConfigurationCommand,
  PutBucketVersioningCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { ListSubscriptionsByTopicCommand, SNSClient, UnsubscribeCommand } from '@aws-sdk/client-sns';
import type { BaselineOptions } from '../../lib/config/config';
import type { Finding, Posture } from '../../lib/posture/finding';
import type { Plan } from '../../lib/posture/preflight/plan';
import { secretsIn } from '../secrets';
import { zipOf } from '../zip';
import { EMULATOR_HOME, type Emulator, REPOSITORY, startEmulator } from '../../emulator/emulator';
import { subscribeInbox, waitForMessages } from '../../emulator/inbox';
import { readLogs } from '../../emulator/logs';
import { settingClients } from './settings';
import { createExistingTrail } from './existing-trail';
import { allIn, BaselineSuite } from './baseline-suite';

jest.setTimeout(120_000);

interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

let emulator: Emulator;
let suite: BaselineSuite;
let folder: string;
/** The configuration that the story goes on with. */
let config: string;
/** All that was printed. */
const printed: string[] = [];

/** Runs the command line as a user would. */
function baseline(args: readonly string[], env: Record<string, string> = {}): Promise<Result> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['bin/aws-account-baseline.mjs', ...args, '--config', config],
      { cwd: REPOSITORY, env: { ...emulator.env, ...env } },
      (error, stdout, stderr) => {
        printed.push(stdout, stderr);
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
      },
    );
  });
}

const planOf = ({ stdout }: Result) => (JSON.parse(stdout) as Plan).entries;

const unknownIn = (result: Result) =>
  planOf(result).flatMap(({ what, action }) => (action === 'unknown' ? [what] : []));

const actions = (result: Result): Record<string, string> =>
  Object.fromEntries(planOf(result).map(({ what, action }) => [what, action]));

const findingsOf = ({ stdout }: Result) => (JSON.parse(stdout) as Posture).findings;

/** The checks with a finding of this status, each once. */
const checks = (findings: readonly Finding[], status: Finding['status']): string[] => [
  ...new Set(findings.flatMap((finding) => (finding.status === status ? [finding.check] : []))),
];

/**
 * What `configuration` says, as it is deployed; test/e2e/baseline.test.ts tries the command line that does
 * it.
 */
const options = (auditTrail: BaselineOptions['auditTrail']): Partial<BaselineOptions> => ({
  administrators: ['alice', 'bob'],
  notifications: { emails: ['security@example.com'] },
  auditTrail,
});

const configuration = (
  more = '',
): string => `import { defineBaseline } from '${join(REPOSITORY, 'lib/config/config')}';

export default defineBaseline({
  administrators: ['alice', 'bob'],
  notifications: { emails: ['security@example.com'] },${more}
});
`;

beforeAll(async () => {
  emulator = await startEmulator();
  suite = new BaselineSuite(emulator);
  folder = mkdtempSync(join(EMULATOR_HOME, 'story-'));
  config = join(folder, 'baseline.config.ts');
  writeFileSync(config, configuration());
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await emulator.stop();
});

/** Each test goes on with the account that the one before has left. */
describe('one account from the first look to the report of a sabotage', () => {
  let ids: Readonly<Record<string, string | undefined>> = {};
  /** Environment of a user with an access key. */
  let deployer: Record<string, string> = {};
  /** What verify found right after the deployment. */
  let before: readonly Finding[] = [];

  test('empty, preflight plans to create everything, and verify says in a table that nothing is deployed', async () => {
    const [planned, verified, quietly, silently] = await Promise.all([
      baseline(['preflight', '--json']),
      baseline(['verify']),
      baseline(['verify', '--quiet']),
      baseline(['preflight', '--quiet']),
    ]);
    expect(actions(planned)).toMatchObject({
      'Stack AccountBaseline-Settings': 'create',
      'Stack AccountBaseline-Alarms': 'create',
      'Audit trail': 'create',
      'Password policy': 'create',
      'Group Administrators': 'create',
      'User alice': 'create',
      'User bob': 'create',
      'Key alias/account-baseline': 'create',
    });
    expect(planned.code).toBe(0);
    // Only CloudFormation can see it before the deployment.
    expect(unknownIn(planned)).toEqual(['Notification hub']);
    const { code, stdout } = verified;
    expect(stdout).toContain('123456789012, stacks AccountBaseline-* in us-east-1');
    expect(stdout).toMatch(/^fail +stack +.+$/m);
    expect(stdout).toMatch(/\d+ passed, \d+ failed, \d+ need manual action, \d+ unknown\n$/);
    // Where it is not a terminal.
    expect(stdout).not.toContain('\u001b');
    expect(code).toBe(1);
    expect(quietly).toMatchObject({ code: 1, stdout: expect.stringMatching(/^fail +stack +.+$/m) });
    expect(quietly.stdout).not.toMatch(/^(?:pass|manual|unknown) /m);
    expect(silently).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  test('prepared by hand, preflight stops at what would fail, offers the trail, and keeps what is stricter', async () => {
    deployer = await prepareByHand();
    const args = ['preflight', '--write', '--json'];
    const [shown, asDeployer] = await Promise.all([
      baseline(args),
      baseline(['preflight', '--json'], deployer),
    ]);
    const entries = planOf(shown);
    expect(entries.filter(({ action }) => action === 'stop').map(({ what }) => what)).toEqual(['User alice']);
    expect(entries).toContainEqual(
      expect.objectContaining({
        what: 'Trail old',
        action: 'adopt',
        adoption: { path: ['auditTrail', 'existingLogGroup'], value: 'old-trail' },
      }),
    );
    expect(entries.find(({ what }) => what === 'Password policy')?.why).toContain(
      'Stricter values are not changed: 20 characters.',
    );
    expect(shown.code).toBe(1);
    expect(planOf(asDeployer)).toContainEqual(
      expect.objectContaining({
        what: 'Permissions to deploy',
        action: 'stop',
        why: 'IAM policy simulation for all resources denies iam:CreateUser.',
      }),
    );
    // Shown, and not written before somebody says so.
    expect(shown.stderr).toContain("+  auditTrail: { existingLogGroup: 'old-trail' },");
    expect(readFileSync(config, 'utf8')).toBe(configuration());
  });

  test('as preflight says, the trail is adopted and the name made free; then it is deployed', async () => {
    await baseline(['preflight', '--write', '--yes']);
    expect(readFileSync(config, 'utf8')).toBe(
      configuration("\n  auditTrail: { existingLogGroup: 'old-trail' },"),
    );
    await new IAM(emulator.clientConfig).deleteUser({ UserName: 'Alice' });
    const planned = await baseline(['preflight', '--json']);
    expect(planned.code).toBe(0);
    expect(actions(planned)).toMatchObject({ 'Log group old-trail': 'adopt' });
    const adopting = options({ existingLogGroup: 'old-trail' });
    expect(await suite.deployBaseline(adopting)).toEqual(allIn('CREATE_COMPLETE', adopting));
    for (const StackName of await suite.names()) {
      await suite.stack(StackName).client.updateTerminationProtection({
        StackName,
        EnableTerminationProtection: true,
      });
    }
    ids = await suite.all();
    expect(unknownIn(await baseline(['preflight', '--json']))).toEqual([]);
  });

  test('deployed, verify finds only what a person has to do; a test alarm arrives, and CloudFormation sees no drift', async () => {
    const inbox = await subscribeInbox(emulator, ids['NotificationsTopic'] ?? '');
    const result = await baseline(['verify', '--json', '--test-alert', '--detect-drift']);
    before = findingsOf(result).filter(({ check }) => check !== 'test-alert');
    // The emulated root has no MFA device; the user was made by hand, and the inbox is in no configuration.
    expect(checks(before, 'fail')).toEqual([
      'root-mfa',
      'access-keys',
      'other-administrators',
      'subscribers',
    ]);
    expect(result.code).toBe(1);
    expect(checks(before, 'manual')).toEqual([
      'user-mfa',
      'first-passwords',
      'unsubscribe',
      'root-notice',
      'contacts',
      'billing-access',
    ]);
    // The emulator delivers no log files.
    expect(checks(before, 'unknown')).toEqual(['trail-delivery', 'trail-log-group-delivery']);
    expect(findingsOf(result)).toContainEqual(
      expect.objectContaining({
        check: 'test-alert',
        status: 'pass',
        detail: expect.stringContaining('the function had run') as string,
      }),
    );
    const [message] = await waitForMessages(emulator, inbox, 1, 30_000);
    expect(message?.text).toContain(
      'Someone set the state of the alarm. Their reason: TEST by aws-account-baseline verify --test-alert: nothing happened',
    );
  });

  test('deployed, explain asks IAM about the topic that is deployed, and says which policies decide', async () => {
    const explained = (...more: string[]) => baseline(['explain', '--as', 'alice', '--json', ...more]);
    const [direct, withMfa, withoutMfa] = await Promise.all([
      explained('--can', 'sns:DeleteTopic'),
      explained('--can', 'iam:CreateUser'),
      explained('--can', 'iam:CreateUser', '--without-mfa'),
    ]);
    expect([direct.code, withMfa.code, withoutMfa.code]).toEqual([1, 0, 1]);
    expect(JSON.parse(direct.stdout)).toMatchObject({
      decision: 'denied',
      source: 'iam',
      request: { resource: ids['NotificationsTopic'] },
      decidedBy: [{ policy: 'policy of the topic', statement: 'DenyTampering', effect: 'Deny' }],
    });
    // IAM, which has the context, agrees: otherwise it is the one that decides.
    expect(JSON.parse(withMfa.stdout)).toMatchObject({
      decidedBy: [{ policy: expect.stringContaining('AdministratorAccess'), effect: 'Allow' }],
    });
    expect(JSON.parse(withoutMfa.stdout)).toMatchObject({
      decidedBy: [{ statement: 'DenyWithoutMfa', effect: 'Deny' }],
    });
  });

  test('sabotaged, verify finds exactly that, and the report tells it, with the cost, and to tools', async () => {
    // The group's policy is looked at twice: for what it must do, and for what was deployed.
    const sabotages = [...Object.keys(SABOTAGE), 'group-policies'];
    for (const sabotage of Object.values(SABOTAGE)) await sabotage(emulator, ids);
    const page = join(folder, 'report.html');
    const [verified, written] = await Promise.all([
      baseline(['report', '--json']),
      baseline(['report', '--output', page]),
    ]);
    const after = findingsOf(verified);
    const expected = [...checks(before, 'fail'), ...sabotages];
    expect(checks(after, 'fail').sort()).toEqual(expected.sort());
    expect(checks(after, 'unknown')).toEqual(checks(before, 'unknown'));
    // There is no subscription left that a link could end.
    expect(checks(after, 'manual')).toEqual(
      checks(before, 'manual').filter((check) => check !== 'unsubscribe'),
    );

    expect(written).toEqual({ code: 0, stdout: '', stderr: expect.stringContaining(`Written to ${page}`) });
    const html = readFileSync(page, 'utf8');
    expect(Buffer.byteLength(html)).toBeLessThan(300_000);
    const told = after.filter(({ check }) => sabotages.includes(check));
    for (const { title, detail } of told) {
      expect(html).toContain(title);
      expect(html).toContain(detail.replaceAll('&', '&amp;'));
    }
    expect(html).toMatch(/standard[^]*USD/);
  });

  test('with a trail of its own, verify watches its bucket; drift is seen when it is asked for', async () => {
    writeFileSync(config, configuration());
    expect(Object.values(await suite.deployBaseline(options({})))).toContain('UPDATE_COMPLETE');
    ids = await suite.all();
    const s3 = new S3Client({ ...emulator.clientConfig, forcePathStyle: true });
    const Bucket = ids['AuditTrailBucket'];
    await s3.send(
      new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Suspended' } }),
    );
    await s3.send(
      new PutBucketLifecycleConfigurationCommand({
        Bucket,
        LifecycleConfiguration: {
          Rules: [{ Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 1 } }],
        },
      }),
    );
    const after = findingsOf(await baseline(['verify', '--json', '--detect-drift']));
    const known = [...checks(before, 'fail'), ...Object.keys(SABOTAGE), 'group-policies'];
    expect(checks(after, 'fail').filter((check) => !known.includes(check))).toEqual([
      'trail-bucket',
      'drift',
    ]);
    expect(after.flatMap(({ check, detail }) => (check === 'drift' ? detail : [])).join(' ')).toContain(
      'AuditTrailBucket',
    );
    expect(checks(after, 'pass')).toContain('trail-logging');
    expect(after).toContainEqual(
      expect.objectContaining({
        check: 'trail-bucket',
        detail: expect.stringMatching(
          /deletes evidence after 1 day, not as configured after \d+ days/,
        ) as string,
      }),
    );
  });

  test('what a person has done is recorded, as JSON for tools, and believed', async () => {
    const billing = ['verify', '--json', '--check', 'billing-access'];
    const [usual, strict] = await Promise.all([
      baseline(billing),
      baseline([...billing, '--fail-on', 'manual']),
    ]);
    expect([usual.code, strict.code]).toEqual([0, 1]);
    expect(checks(findingsOf(strict), 'manual')).toEqual(['billing-access']);
    const { code, stdout } = await baseline(['confirm', 'billing-access', '--json']);
    const { file, ...confirmed } = JSON.parse(stdout) as { file: string };
    expect(confirmed).toEqual({ schemaVersion: 1, account: emulator.accountId, check: 'billing-access' });
    expect(readFileSync(file, 'utf8')).toContain('billing-access');
    expect(code).toBe(0);
    expect(checks(findingsOf(await baseline(['verify', '--json'])), 'pass')).toContain('billing-access');
  });

  test('in all of this, no credential was printed, reported or logged', async () => {
    const secrets = new SecretsManager(emulator.clientConfig);
    const { SecretList = [] } = await secrets.listSecrets({});
    const passwords = await Promise.all(
      SecretList.map(async ({ ARN }) => (await secrets.getSecretValue({ SecretId: ARN })).SecretString ?? ''),
    );
    expect(passwords.map(({ length }) => length)).toEqual([32, 32]);
    const texts = [
      ...printed,
      readFileSync(join(folder, 'report.html'), 'utf8'),
      ...(await readLogs(emulator)),
    ];
    const credentials = [...passwords, deployer.AWS_SECRET_ACCESS_KEY ?? ''];
    for (const text of texts) {
      expect(secretsIn(text)).toEqual([]);
      expect(credentials.filter((one) => text.includes(one))).toEqual([]);
    }
  });
});

/**
 * A trail, a password policy and two users, as somebody may have made them by hand.
 *
 * @returns environment of one of the users, who may do everything but make users
 */
async function prepareByHand(): Promise<Record<string, string>> {
  const iam = new IAM(emulator.clientConfig);
  await createExistingTrail(emulator, { trail: 'old', bucket: 'old-logs', logGroup: 'old-trail' });
  await iam.updateAccountPasswordPolicy({ MinimumPasswordLength: 20 });
  await iam.createUser({ UserName: 'Alice' });
  await iam.createUser({ UserName: 'deployer' });
  const Statement = [
    { Effect: 'Allow', Action: '*', Resource: '*' },
    { Effect: 'Deny', Action: 'iam:CreateUser', Resource: '*' },
  ];
  await iam.putUserPolicy({
    UserName: 'deployer',
    PolicyName: 'Deploy',
    PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
  });
  const { AccessKey } = await iam.createAccessKey({ UserName: 'deployer' });
  return {
    AWS_ACCESS_KEY_ID: AccessKey?.AccessKeyId ?? '',
    AWS_SECRET_ACCESS_KEY: AccessKey?.SecretAccessKey ?? '',
  };
}

/** By the check that is to find it. */
const SABOTAGE: Readonly<
  Record<string, (account: Emulator, ids: Readonly<Record<string, string | undefined>>) => Promise<unknown>>
> = {
  'trail-logging': ({ clientConfig }) =>
    new CloudTrailClient(clientConfig).send(new StopLoggingCommand({ Name: 'old' })),
  alarms: async ({ clientConfig }) => {
    const client = new CloudWatchClient(clientConfig);
    const { MetricAlarms: [alarm] = [] } = await client.send(new DescribeAlarmsCommand({}));
    await client.send(new DisableAlarmActionsCommand({ AlarmNames: [alarm?.AlarmName ?? ''] }));
  },
  filters: async ({ clientConfig }) => {
    const client = new CloudWatchLogsClient(clientConfig);
    const logGroupName = 'old-trail';
    const { metricFilters: [filter] = [] } = await client.send(
      new DescribeMetricFiltersCommand({ logGroupName }),
    );
    await client.send(new DeleteMetricFilterCommand({ logGroupName, filterName: filter?.filterName }));
  },
  'mute-rules': async ({ clientConfig }) => {
    const client = new CloudWatchClient(clientConfig);
    const { MetricAlarms: [alarm] = [] } = await client.send(new DescribeAlarmsCommand({}));
    await client.send(
      new PutAlarmMuteRuleCommand({
        Name: 'quiet',
        Rule: { Schedule: { Expression: 'cron(0 2 * * *)', Duration: 'PT4H' } },
        MuteTargets: { AlarmNames: [alarm?.AlarmName ?? ''] },
      }),
    );
  },
  'function-code': ({ clientConfig }, { NotificationsExplainer }) =>
    new LambdaClient(clientConfig).send(
      new UpdateFunctionCodeCommand({
        FunctionName: NotificationsExplainer,
        ZipFile: zipOf({ 'index.js': 'exports.handler = async () => undefined;' }),
      }),
    ),
  functions: ({ clientConfig }, { WeeklySummaryFunction: FunctionName }) =>
    new LambdaClient(clientConfig).send(
      new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }),
    ),
  'resource-policies': ({ clientConfig }, { Settings: FunctionName }) =>
    new LambdaClient(clientConfig).send(
      new AddPermissionCommand({
        FunctionName,
        StatementId: 'mine',
        Action: 'lambda:InvokeFunction',
        Principal: '210987654321',
      }),
    ),
  identities: ({ clientConfig }, { SettingsRole: RoleName }) =>
    new IAM(clientConfig).attachRolePolicy({
      RoleName,
      PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
    }),
  'event-rules': ({ clientConfig }, { OnTopics: Name }) =>
    new EventBridgeClient(clientConfig).send(new DisableRuleCommand({ Name })),
  'support-role': ({ clientConfig }, { SupportRole: RoleName }) => {
    const Statement = [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: '210987654321' } }];
    return new IAM(clientConfig).updateAssumeRolePolicy({
      RoleName,
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
    });
  },
  'outside-administrators': async ({ clientConfig }) => {
    const Statement = [
      { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: 'arn:aws:iam::210987654321:root' } },
    ];
    const iam = new IAM(clientConfig);
    const RoleName = 'backdoor';
    await iam.createRole({
      RoleName,
      AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
    });
    await iam.attachRolePolicy({ RoleName, PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' });
  },
  'identity-providers': ({ clientConfig }) =>
    new IAM(clientConfig).createOpenIDConnectProvider({ Url: 'https://id.example.com', ClientIDList: ['a'] }),
  'service-credentials': ({ clientConfig }) =>
    new IAM(clientConfig).createServiceSpecificCredential({
      UserName: 'deployer',
      ServiceName: 'codecommit.amazonaws.com',
    }),
  'password-policy': ({ clientConfig }) =>
    new IAM(clientConfig).updateAccountPasswordPolicy({ MinimumPasswordLength: 8 }),
  listening: async ({ clientConfig }, { NotificationsTopic }) => {
    const sns = new SNSClient(clientConfig);
    const { Subscriptions = [] } = await sns.send(
      new ListSubscriptionsByTopicCommand({ TopicArn: NotificationsTopic }),
    );
    const mail = Subscriptions.find(({ Protocol }) => Protocol === 'email');
    await sns.send(new UnsubscribeCommand({ SubscriptionArn: mail?.SubscriptionArn }));
  },
  administrators: async ({ clientConfig }) => {
    const iam = new IAM(clientConfig);
    await iam.createGroup({ GroupName: 'Others' });
    await iam.removeUserFromGroup({ GroupName: 'Administrators', UserName: 'bob' });
    await iam.addUserToGroup({ GroupName: 'Others', UserName: 'bob' });
  },
  'administrators-group': ({ clientConfig }) =>
    new IAM(clientConfig).putGroupPolicy({
      GroupName: 'Administrators',
      PolicyName: 'AdminAccessPolicy',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Deny', Action: 's3:DeleteBucket', Resource: '*' }],
      }),
    }),
  'key-rotation': ({ clientConfig }, { Key }) =>
    new KMSClient(clientConfig).send(new DisableKeyRotationCommand({ KeyId: Key })),
  's3-account-block': (account) =>
    settingClients(account).s3control.deletePublicAccessBlock({ AccountId: account.accountId }),
  'ebs-encryption': (account) =>
    settingClients(account).ec2('eu-central-1').disableEbsEncryptionByDefault({}),
};
