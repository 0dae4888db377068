import { CloudTrailClient, GetEventSelectorsCommand } from '@aws-sdk/client-cloudtrail';
import { GetRoleCommand, IAMClient, ListOpenIDConnectProvidersCommand } from '@aws-sdk/client-iam';
import { HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { Template } from 'aws-cdk-lib/assertions';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { subscribeInbox, waitForMessages } from '../../emulator/inbox';
import { EmulatedStack } from '../../emulator/stack';
import { assumeWith } from '../emulator/trust-policies';
import { allIn, BaselineSuite } from './baseline-suite';

jest.setTimeout(120_000);

const STRICT = { profile: 'strict' } as const;
const DETECTORS = 'AccountBaseline-Detectors';
const PIPELINES = 'AccountBaseline-Pipelines';

let emulator: Emulator;
let suite: BaselineSuite;
let s3: S3Client;

beforeAll(async () => {
  emulator = await startEmulator();
  suite = new BaselineSuite(emulator);
  s3 = new S3Client({ ...emulator.clientConfig, forcePathStyle: true });
});

afterAll(async () => {
  await emulator.stop();
});

/** Calls a service whose client the project does without. */
async function call(target: string, body: object): Promise<Record<string, unknown>> {
  const response = await fetch(emulator.endpoint, {
    method: 'POST',
    headers: { 'X-Amz-Target': target, 'Content-Type': 'application/x-amz-json-1.1' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Record<string, unknown>;
}

const recorders = () => call('StarlingDoveService.DescribeConfigurationRecorders', {});
const channels = () => call('StarlingDoveService.DescribeDeliveryChannels', {});

async function selectors(): Promise<unknown> {
  const { AdvancedEventSelectors } = await new CloudTrailClient(emulator.clientConfig).send(
    new GetEventSelectorsCommand({ TrailName: 'account-baseline' }),
  );
  return AdvancedEventSelectors?.map(({ Name }) => Name);
}

test('the strict profile is deployed, with the service-linked role that AWS Config needs', async () => {
  expect(await suite.deployBaseline(STRICT)).toEqual(allIn('CREATE_COMPLETE', STRICT));
  expect(Object.keys(await suite.all())).toEqual(
    expect.arrayContaining(['ConfigRecorderRecorder', 'GuardDuty', 'SecurityHub', 'Findings']),
  );
  const role = new GetRoleCommand({ RoleName: 'AWSServiceRoleForConfig' });
  expect((await new IAMClient(emulator.clientConfig).send(role)).Role?.Path).toBe(
    '/aws-service-role/config.amazonaws.com/',
  );
});

test('AWS Config records every type once a day, and delivers encrypted to a bucket of its own', async () => {
  const { ConfigRecorderBucket } = await suite.all();
  expect(await recorders()).toEqual({
    ConfigurationRecorders: [
      expect.objectContaining({
        roleARN: `arn:aws:iam::${emulator.accountId}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`,
        recordingGroup: { allSupported: true, includeGlobalResourceTypes: true },
        recordingMode: { recordingFrequency: 'DAILY' },
      }),
    ],
  });
  expect(await channels()).toEqual({
    DeliveryChannels: [
      expect.objectContaining({
        s3BucketName: ConfigRecorderBucket,
        s3KmsKeyArn: expect.stringContaining(':key/') as string,
      }),
    ],
  });
});

test('the trail logs data events beside management events', async () => {
  expect(await selectors()).toEqual(['Management events selector', 'S3']);
});

describe('a finding', () => {
  const finding = (changes: object) => ({
    Id: 'arn:aws:securityhub:us-east-1:123456789012:security-control/IAM.4/finding/0a1b',
    ProductName: 'Security Hub',
    Title: 'IAM root user access key should not exist',
    Description: 'This control checks whether the root user access key is present.',
    Severity: { Label: 'CRITICAL' },
    Workflow: { Status: 'NEW' },
    RecordState: 'ACTIVE',
    Resources: [{ Type: 'AwsAccount', Id: 'AWS::::Account:123456789012' }],
    ...changes,
  });
  const find = (...findings: object[]) =>
    call('AWSEvents.PutEvents', {
      Entries: findings.map((one) => ({
        Source: 'aws.securityhub',
        DetailType: 'Security Hub Findings - Imported',
        Detail: JSON.stringify({ findings: [one] }),
      })),
    });

  test('reaches people in plain words, once, and only when it is serious and new', async () => {
    const { NotificationsTopic = '' } = await suite.all();
    const inbox = await subscribeInbox(emulator, NotificationsTopic);
    const answer = await find(
      finding({ Severity: { Label: 'HIGH' } }),
      finding({ Workflow: { Status: 'NOTIFIED' } }),
      finding({ RecordState: 'ARCHIVED' }),
      finding({ ProductName: 'GuardDuty', Severity: { Label: 'MEDIUM' } }),
      finding({
        ProductName: 'GuardDuty',
        Severity: { Label: 'HIGH' },
        Title: 'Credentials were exfiltrated',
      }),
      finding({}),
    );
    expect(answer).toMatchObject({ FailedEntryCount: 0 });
    const messages = await waitForMessages(emulator, inbox, 2);
    expect(messages.map(({ text }) => text.split('\n'))).toEqual([
      expect.arrayContaining(['"HIGH: Credentials were exfiltrated"']),
      [
        '"CRITICAL: IAM root user access key should not exist"',
        '"Account 123456789012, us-east-1"',
        '"1. Open the link and assess it with the owner of the resource."',
        '"2. Set its workflow status when it is resolved. Until then, each check notifies you again."',
        '"What: This control checks whether the root user access key is present."',
        '"Resource: AWS::::Account:123456789012"',
        '"Finding: arn:aws:securityhub:us-east-1:123456789012:security-control/IAM.4/finding/0a1b"',
        '"Link: https://us-east-1.console.aws.amazon.com/securityhub/home?region=us-east-1#/findings"',
      ],
    ]);
  });
});

test('back to standard, detectors and data events go, evidence stays and nothing else is replaced', async () => {
  const before = await suite.all();
  expect(await suite.deployBaseline()).toEqual({
    ...allIn('CREATE_COMPLETE'),
    // The trail without data events, the guard without what is gone.
    'AccountBaseline-Access': 'UPDATE_COMPLETE',
    'AccountBaseline-Audit': 'UPDATE_COMPLETE',
    [DETECTORS]: undefined,
  });
  const after = await suite.all();
  const gone = Object.keys(before).filter((id) => before[id] !== after[id]);
  expect(gone.sort()).toEqual([
    'ConfigRecorderBucket',
    'ConfigRecorderBucketPolicy',
    'ConfigRecorderChannel',
    'ConfigRecorderRecorder',
    'ConfigRole',
    'ConfigRoleFunction',
    'ConfigRoleFunctionEventInvokeConfig',
    'ConfigRoleFunctionRole',
    'ConfigRolePermissions',
    'DetectorsFunctionLogs',
    'Findings',
    'GuardDuty',
    'SecurityHub',
  ]);
  expect(await recorders()).toEqual({ ConfigurationRecorders: [] });
  expect(await channels()).toEqual({ DeliveryChannels: [] });
  expect(await selectors()).toBeUndefined();
  await s3.send(new HeadBucketCommand({ Bucket: before['ConfigRecorderBucket'] }));
});

test('where the account has a detector, the deployment fails in AWS’s words and what was there goes on', async () => {
  const before = await suite.all();
  const Resources = { Theirs: { Type: 'AWS::GuardDuty::Detector', Properties: { Enable: true } } };
  const theirs = new EmulatedStack(emulator, 'Theirs');
  expect(await theirs.deploy(Template.fromJSON({ Resources }))).toBe('CREATE_COMPLETE');

  expect((await suite.deployBaseline(STRICT))[DETECTORS]).toBe('ROLLBACK_COMPLETE');
  expect((await suite.failures())[`${DETECTORS}/GuardDuty`]).toContain(
    'a detector already exists for the current account',
  );
  expect(await suite.all()).toMatchObject(before);
  expect(await suite.destroy([DETECTORS])).toEqual({ [DETECTORS]: undefined });
});

test('with that detector left alone, strict is deployed, with a new bucket beside the one that was kept', async () => {
  const options = { ...STRICT, detectors: { guardDuty: false } };
  expect((await suite.deployBaseline(options))[DETECTORS]).toBe('CREATE_COMPLETE');
  const after = await suite.all();
  expect(after).not.toHaveProperty('GuardDuty');
  expect(await channels()).toMatchObject({
    DeliveryChannels: [{ s3BucketName: after['ConfigRecorderBucket'] }],
  });
});

describe('pipelines', () => {
  const GITHUB = 'https://token.actions.githubusercontent.com';
  const withPipelines = (deploy: { branch: string } | { environment: string }) => ({
    ...STRICT,
    detectors: { guardDuty: false },
    federation: { pipelines: { github: [{ repository: 'acme/site', deploy }] } },
  });
  const opens = async (role: string, sub: string) => {
    const arn = `arn:aws:iam::${emulator.accountId}:role/AccountBaseline-site-${role}`;
    const session = await assumeWith(new STSClient(emulator.clientConfig), arn, { iss: GITHUB, sub });
    return typeof session === 'string' ? session : 'opens';
  };
  const PULL_REQUEST = 'repo:acme/site:pull_request';
  const MAIN = 'repo:acme/site:ref:refs/heads/main';
  const PRODUCTION = 'repo:acme/site:environment:production';

  test('assume their roles with tokens, and a change of the configuration closes the way before', async () => {
    const byBranch = withPipelines({ branch: 'main' });
    expect((await suite.deployBaseline(byBranch))[PIPELINES]).toBe('CREATE_COMPLETE');
    expect(await opens('plan', PULL_REQUEST)).toBe('opens');
    expect(await opens('deploy', MAIN)).toBe('opens');
    expect(await opens('deploy', PULL_REQUEST)).toBe('AccessDenied');
    expect(await opens('plan', 'repo:evil/site:pull_request')).toBe('AccessDenied');

    const byEnvironment = withPipelines({ environment: 'production' });
    expect((await suite.deployBaseline(byEnvironment))[PIPELINES]).toBe('UPDATE_COMPLETE');
    expect(await opens('deploy', PRODUCTION)).toBe('opens');
    expect(await opens('deploy', MAIN)).toBe('AccessDenied');
  });

  test('lose their roles and the provider with the stack', async () => {
    expect(await suite.destroy([PIPELINES])).toEqual({ [PIPELINES]: undefined });
    expect(await opens('deploy', PRODUCTION)).toBe('AccessDenied');
    const iam = new IAMClient(emulator.clientConfig);
    const { OpenIDConnectProviderList } = await iam.send(new ListOpenIDConnectProvidersCommand({}));
    expect(OpenIDConnectProviderList).toEqual([]);
  });
});

test('removal takes the detectors and leaves the evidence', async () => {
  const { ConfigRecorderBucket, AuditTrailBucket } = await suite.all();
  expect(new Set(Object.values(await suite.remove()))).toEqual(new Set([undefined]));
  expect(await recorders()).toEqual({ ConfigurationRecorders: [] });
  for (const Bucket of [ConfigRecorderBucket, AuditTrailBucket])
    await s3.send(new HeadBucketCommand({ Bucket }));
});
