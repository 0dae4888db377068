import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CloudTrailClient,
  CreateTrailCommand,
  StartLoggingCommand,
  StopLoggingCommand,
  UpdateTrailCommand,
} from '@aws-sdk/client-cloudtrail';
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  DisableAlarmActionsCommand,
} from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteMetricFilterCommand,
  DescribeMetricFiltersCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { CloudFormationClient, DescribeStackResourceCommand } from '@aws-sdk/client-cloudformation';
import {
  AddUserToGroupCommand,
  CreateGroupCommand,
  CreateUserCommand,
  IAMClient,
  PutGroupPolicyCommand,
  RemoveUserFromGroupCommand,
  UpdateAccountPasswordPolicyCommand,
} from '@aws-sdk/client-iam';
import { DisableKeyRotationCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  CreateBucketCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { ListSubscriptionsByTopicCommand, SNSClient, UnsubscribeCommand } from '@aws-sdk/client-sns';
import type { Posture } from '../../lib/posture/finding';
import type { Plan } from '../../lib/posture/preflight/plan';
import { runCdk } from './cdk';
import { EMULATOR_HOME, type Emulator, REPOSITORY, startEmulator } from './emulator';
import { subscribeInbox, waitForMessages } from './inbox';

jest.setTimeout(120_000);

const CONFIG = 'test/emulator/fixtures/baseline.config.ts';

interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line as a user would. */
function baseline(
  emulator: Emulator,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<Result> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['bin/baseline.mjs', ...args],
      { cwd: REPOSITORY, env: { ...emulator.env, ...env } },
      (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
      },
    );
  });
}

/** What CloudTrail asks of a bucket. */
const admitTrails = (bucket: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      ['s3:GetBucketAcl', ''],
      ['s3:PutObject', '/*'],
    ].map(([Action, path = '']) => ({
      Effect: 'Allow',
      Principal: { Service: 'cloudtrail.amazonaws.com' },
      Action,
      Resource: `arn:aws:s3:::${bucket}${path}`,
    })),
  });

const actions = ({ stdout }: Result): Record<string, string> =>
  Object.fromEntries((JSON.parse(stdout) as Plan).entries.map(({ what, action }) => [what, action]));

describe('preflight', () => {
  let emulator: Emulator;
  let folder: string;

  beforeAll(async () => {
    emulator = await startEmulator();
    folder = mkdtempSync(join(EMULATOR_HOME, 'config-'));
  });

  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await emulator.stop();
  });

  test('plans to create everything in an empty account', async () => {
    const result = await baseline(emulator, ['preflight', '--json', '--config', CONFIG]);
    expect(actions(result)).toMatchObject({
      'Stack AccountBaseline': 'create',
      'Audit trail': 'create',
      'Password policy': 'create',
      'Group Administrators': 'create',
      'User alice': 'create',
      'User bob': 'create',
      'Key alias/account-baseline': 'create',
    });
    expect(result.code).toBe(0);
  });

  describe('on an account that was prepared by hand', () => {
    let config: string;

    beforeAll(async () => {
      const trails = new CloudTrailClient(emulator.clientConfig);
      const iam = new IAMClient(emulator.clientConfig);
      const logs = new CloudWatchLogsClient(emulator.clientConfig);
      const s3 = new S3Client({ ...emulator.clientConfig, forcePathStyle: true });
      await s3.send(new CreateBucketCommand({ Bucket: 'old-logs' }));
      await s3.send(new PutBucketPolicyCommand({ Bucket: 'old-logs', Policy: admitTrails('old-logs') }));
      await logs.send(new CreateLogGroupCommand({ logGroupName: 'old-trail' }));
      await trails.send(
        new CreateTrailCommand({ Name: 'old', S3BucketName: 'old-logs', IsMultiRegionTrail: true }),
      );
      // The emulator takes the log group with an update only.
      await trails.send(
        new UpdateTrailCommand({
          Name: 'old',
          CloudWatchLogsLogGroupArn: `arn:aws:logs:us-east-1:${emulator.accountId}:log-group:old-trail:*`,
          CloudWatchLogsRoleArn: `arn:aws:iam::${emulator.accountId}:role/old`,
        }),
      );
      await trails.send(new StartLoggingCommand({ Name: 'old' }));
      await iam.send(new UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 20 }));
      await iam.send(new CreateUserCommand({ UserName: 'Alice' }));
      config = join(folder, 'baseline.config.ts');
      writeFileSync(
        config,
        `import { defineBaseline } from '${join(REPOSITORY, 'lib/config')}';

export default defineBaseline({
  administrators: ['alice'],
  notifications: { emails: ['security@example.com'] },
});
`,
      );
    });

    test('stops at the user whose name is taken, offers the trail, and keeps what is stricter', async () => {
      const result = await baseline(emulator, ['preflight', '--json', '--config', config]);
      const { entries } = JSON.parse(result.stdout) as Plan;
      expect(entries.filter(({ action }) => action === 'stop').map(({ what }) => what)).toEqual([
        'User alice',
      ]);
      expect(entries).toContainEqual(
        expect.objectContaining({
          what: 'Trail old',
          action: 'adopt',
          adoption: { path: ['auditTrail', 'existingLogGroup'], value: 'old-trail' },
        }),
      );
      expect(entries.find(({ what }) => what === 'Password policy')?.why).toContain(
        'What is stricter stays: 20 characters.',
      );
      expect(result.code).toBe(1);
    });

    test('--write shows the difference, and writes it only when told', async () => {
      const before = readFileSync(config, 'utf8');
      const shown = await baseline(emulator, ['preflight', '--write', '--config', config]);
      expect(shown.stderr).toContain("+  auditTrail: { existingLogGroup: 'old-trail' },");
      expect(readFileSync(config, 'utf8')).toBe(before);
      await baseline(emulator, ['preflight', '--write', '--yes', '--config', config]);
      expect(readFileSync(config, 'utf8')).toBe(
        before.replace('\n});', "\n  auditTrail: { existingLogGroup: 'old-trail' },\n});"),
      );
      const after = await baseline(emulator, ['preflight', '--json', '--config', config]);
      expect(actions(after)).toMatchObject({ 'Log group old-trail': 'adopt' });
    });
  });
});

describe('verify', () => {
  let emulator: Emulator;
  let iam: IAMClient;
  /** "check status" of whatever failed so far. */
  let known: readonly string[] = [];

  beforeAll(async () => {
    emulator = await startEmulator();
    iam = new IAMClient(emulator.clientConfig);
    const { code, output } = await runCdk(emulator, ['deploy', '--require-approval', 'never'], {
      config: CONFIG,
      app: 'node --import tsx bin/app.ts --no-validation',
    });
    expect({ code, output }).toEqual({ code: 0, output: expect.any(String) });
  });

  afterAll(async () => {
    await emulator.stop();
  });

  const physicalId = async (LogicalResourceId: string): Promise<string> => {
    const { StackResourceDetail } = await new CloudFormationClient(emulator.clientConfig).send(
      new DescribeStackResourceCommand({ StackName: 'AccountBaseline', LogicalResourceId }),
    );
    return StackResourceDetail?.PhysicalResourceId ?? '';
  };

  const verify = async () => {
    const { code, stdout } = await baseline(emulator, ['verify', '--json', '--config', CONFIG]);
    const { findings } = JSON.parse(stdout) as Posture;
    return { code, findings };
  };

  /** What fails now and did not before. */
  const found = async (): Promise<string[]> => {
    const failed = (await verify()).findings
      .filter(({ status }) => status === 'fail')
      .map(({ check }) => check);
    const fresh = failed.filter((check) => !known.includes(check));
    known = failed;
    return fresh;
  };

  test('without a deployment would be a failure, without credentials an exit code of its own', async () => {
    const elsewhere = await baseline(emulator, [
      'verify',
      '--json',
      '--config',
      CONFIG,
      '--region',
      'eu-west-1',
    ]);
    expect((JSON.parse(elsewhere.stdout) as Posture).findings).toContainEqual(
      expect.objectContaining({ check: 'stack', status: 'fail' }),
    );
    expect(elsewhere.code).toBe(1);
    const env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:1', AWS_MAX_ATTEMPTS: '1' };
    const unreachable = await baseline(emulator, ['verify', '--config', CONFIG], env);
    expect(unreachable).toMatchObject({ code: 3, stdout: '' });
    expect(unreachable.stderr).toContain('The account could not be read: sts.GetCallerIdentity');
  });

  test('right after the deployment finds only what a person has to do, within 5 seconds', async () => {
    const durations: number[] = [];
    // The best of three: other tests share the machine.
    for (let run = 0; run < 3; run += 1) {
      const started = Date.now();
      await verify();
      durations.push(Date.now() - started);
    }
    expect(Math.min(...durations)).toBeLessThan(5000);
    const { code, findings } = await verify();
    const of = (wanted: string) => [
      ...new Set(findings.filter(({ status }) => status === wanted).map(({ check }) => check)),
    ];
    // The emulated root has no MFA device.
    expect(of('fail')).toEqual(['root-mfa']);
    expect(of('person')).toEqual([
      'user-mfa',
      'first-passwords',
      'unsubscribe',
      'contacts',
      'billing-access',
    ]);
    expect(of('pass')).toEqual(
      expect.arrayContaining([
        'ebs-encryption',
        'imdsv2',
        'snapshot-public-block',
        'image-public-block',
        'serial-console',
        'access-analyzer',
        'administrators',
        'password-policy',
        'trail-logging',
        'filters',
        'alarms',
        'listening',
        'explainer',
      ]),
    );
    // The account's id before the address of S3 Control does not resolve here: unknown, and never passes.
    expect(of('unknown')).toContain('s3-account-block');
    expect(code).toBe(1);
    known = of('fail');
  });

  test('prints a table by area, without colours where it is no terminal', async () => {
    const { stdout } = await baseline(emulator, ['verify', '--config', CONFIG]);
    expect(stdout).toContain('123456789012, stack AccountBaseline in us-east-1');
    expect(stdout).toMatch(/^pass +trail-logging +The trail account-baseline is logging\.$/m);
    expect(stdout).toMatch(/\d+ passed, 1 failed, \d+ need a person, \d+ unknown\n$/);
    expect(stdout).not.toContain('\u001b');
  });

  test('the report tells the same on one page, with the cost, and to tools', async () => {
    const folder = mkdtempSync(join(EMULATOR_HOME, 'report-'));
    try {
      const page = join(folder, 'report.html');
      const written = await baseline(emulator, ['report', '--config', CONFIG, '--output', page]);
      expect(written).toEqual({ code: 0, stdout: '', stderr: expect.stringContaining(`written to ${page}`) });
      const html = readFileSync(page, 'utf8');
      expect(Buffer.byteLength(html)).toBeLessThan(300_000);
      const { findings } = await verify();
      const failed = findings.filter(({ status }) => status === 'fail');
      expect(failed).not.toEqual([]);
      for (const { title } of failed) expect(html).toContain(title);
      expect(html).toMatch(/standard[^]*USD/);

      const tools = await baseline(emulator, ['report', '--format', 'json', '--config', CONFIG]);
      const checks = (JSON.parse(tools.stdout) as Posture).findings.map(({ check }) => check);
      expect(checks).toEqual(findings.map(({ check }) => check));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('--test-alert rings an alarm, waits for the function, and people get a message that says TEST', async () => {
    const inbox = await subscribeInbox(emulator, await physicalId('NotificationsTopic'));
    const { stdout } = await baseline(emulator, ['verify', '--test-alert', '--json', '--config', CONFIG]);
    const finding = (JSON.parse(stdout) as Posture).findings.find(({ check }) => check === 'test-alert');
    expect(finding).toMatchObject({
      status: 'pass',
      detail: expect.stringContaining('the function had run'),
    });
    const [message] = await waitForMessages(emulator, inbox, 1, 30_000);
    expect(message?.text).toContain('TEST by \\"baseline verify --test-alert\\": nothing happened');
  });

  describe('after sabotage finds exactly', () => {
    test('a stopped trail', async () => {
      await new CloudTrailClient(emulator.clientConfig).send(
        new StopLoggingCommand({ Name: 'account-baseline' }),
      );
      expect(await found()).toEqual(['trail-logging']);
    });

    test('an alarm with its actions switched off', async () => {
      const client = new CloudWatchClient(emulator.clientConfig);
      const { MetricAlarms: [alarm] = [] } = await client.send(new DescribeAlarmsCommand({}));
      await client.send(new DisableAlarmActionsCommand({ AlarmNames: [alarm?.AlarmName ?? ''] }));
      expect(await found()).toEqual(['alarms']);
    });

    test('a filter that is gone', async () => {
      const client = new CloudWatchLogsClient(emulator.clientConfig);
      const logGroupName = await physicalId('AuditTrailLogGroup');
      const { metricFilters: [filter] = [] } = await client.send(
        new DescribeMetricFiltersCommand({ logGroupName }),
      );
      await client.send(new DeleteMetricFilterCommand({ logGroupName, filterName: filter?.filterName }));
      expect(await found()).toEqual(['filters']);
    });

    test('a weakened password policy', async () => {
      await iam.send(new UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 8 }));
      expect(await found()).toEqual(['password-policy']);
    });

    test('a subscription that was ended', async () => {
      const sns = new SNSClient(emulator.clientConfig);
      const { Subscriptions = [] } = await sns.send(
        new ListSubscriptionsByTopicCommand({ TopicArn: await physicalId('NotificationsTopic') }),
      );
      const mail = Subscriptions.find(({ Protocol }) => Protocol === 'email');
      await sns.send(new UnsubscribeCommand({ SubscriptionArn: mail?.SubscriptionArn }));
      expect(await found()).toEqual(['listening']);
    });

    test('a user who was put into another group', async () => {
      await iam.send(new CreateGroupCommand({ GroupName: 'Others' }));
      await iam.send(new RemoveUserFromGroupCommand({ GroupName: 'Administrators', UserName: 'bob' }));
      await iam.send(new AddUserToGroupCommand({ GroupName: 'Others', UserName: 'bob' }));
      expect(await found()).toEqual(['administrators']);
    });

    test('a group policy that no longer asks for MFA', async () => {
      const PolicyDocument = JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Deny', Action: 's3:DeleteBucket', Resource: '*' }],
      });
      await iam.send(
        new PutGroupPolicyCommand({
          GroupName: 'Administrators',
          PolicyName: 'AdminAccessPolicy',
          PolicyDocument,
        }),
      );
      expect(await found()).toEqual(['administrators-group']);
    });

    test('a key that is no longer rotated', async () => {
      await new KMSClient(emulator.clientConfig).send(
        new DisableKeyRotationCommand({ KeyId: await physicalId('Key') }),
      );
      expect(await found()).toEqual(['key-rotation']);
    });

    test('a log bucket that keeps no versions', async () => {
      const s3 = new S3Client({ ...emulator.clientConfig, forcePathStyle: true });
      await s3.send(
        new PutBucketVersioningCommand({
          Bucket: await physicalId('AuditTrailBucket'),
          VersioningConfiguration: { Status: 'Suspended' },
        }),
      );
      expect(await found()).toEqual(['trail-bucket']);
    });
  });
});
