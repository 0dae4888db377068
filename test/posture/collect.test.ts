import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import {
  AccessAnalyzerClient,
  ListAnalyzersCommand,
  type FindingSummary,
  ListFindingsCommand,
} from '@aws-sdk/client-accessanalyzer';
import {
  AccountClient,
  GetAlternateContactCommand,
  GetContactInformationCommand,
} from '@aws-sdk/client-account';
import { CloudControlClient, GetResourceCommand, ListResourcesCommand } from '@aws-sdk/client-cloudcontrol';
import {
  CloudFormationClient,
  CloudFormationServiceException,
  DescribeStacksCommand,
  GetTemplateCommand,
  ListStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import { CloudTrailClient, DescribeTrailsCommand, GetTrailStatusCommand } from '@aws-sdk/client-cloudtrail';
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetAlarmMuteRuleCommand,
  ListAlarmMuteRulesCommand,
} from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeImageAttributeCommand,
  DescribeImagesCommand,
  DescribeRegionsCommand,
  EC2Client,
  GetEbsEncryptionByDefaultCommand,
  GetImageBlockPublicAccessStateCommand,
} from '@aws-sdk/client-ec2';
import { EventBridgeClient, ListRulesCommand, ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge';
import {
  GenerateCredentialReportCommand,
  GetAccountAuthorizationDetailsCommand,
  GetAccountPasswordPolicyCommand,
  GetAccountSummaryCommand,
  GetCredentialReportCommand,
  IAMClient,
  ListMFADevicesCommand,
  GetOpenIDConnectProviderCommand,
  ListOpenIDConnectProvidersCommand,
  ListSAMLProvidersCommand,
  ListServiceSpecificCredentialsCommand,
  ListSSHPublicKeysCommand,
} from '@aws-sdk/client-iam';
import { DescribeKeyCommand, GetKeyRotationStatusCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  GetFunctionCommand,
  GetFunctionEventInvokeConfigCommand,
  GetPolicyCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
} from '@aws-sdk/client-lambda';
import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLoggingCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { DescribeOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { S3ControlClient } from '@aws-sdk/client-s3-control';
import { ListSecretsCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import {
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  SNSClient,
} from '@aws-sdk/client-sns';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { zipOf } from '../zip';
import { filesIn } from '../../lib/posture/collect/functions';
import { Clients } from '../../lib/posture/clients';
import { readAccount, readCaller } from '../../lib/posture/collect/account';
import { parseCredentialReport } from '../../lib/posture/collect/people';
import { callsOf } from '../../lib/posture/calls';
import { collectMember } from '../../lib/posture/organization/collect-member';
import { STACK_KINDS, type StackKind } from '../../lib/stacks/stack-kinds';
import { collect } from '../../lib/posture/collect/verify';
import { defineBaseline } from '../../lib/config/config';
import type { Snapshot } from '../../lib/posture/snapshot';
import { SMALLEST } from '../smallest';
import { CONFIG, KEY, REGION, role, TOPIC, valueOf, WELL } from './snapshot';

const cloudFormation = mockClient(CloudFormationClient);
const cloudTrail = mockClient(CloudTrailClient);
const cloudWatch = mockClient(CloudWatchClient);
const ec2 = mockClient(EC2Client);
const iam = mockClient(IAMClient);
const sns = mockClient(SNSClient);
const s3 = mockClient(S3Client);
const secrets = mockClient(SecretsManagerClient);
const kms = mockClient(KMSClient);
const lambda = mockClient(LambdaClient);
const cloudControl = mockClient(CloudControlClient);
const events = mockClient(EventBridgeClient);
const sts = mockClient(STSClient);
const account = mockClient(AccountClient);
const analyzers = mockClient(AccessAnalyzerClient);
const organizations = mockClient(OrganizationsClient);
/** What the tests do with all of them. */
interface AnyMock {
  reset(): unknown;
  restore(): unknown;
  onAnyCommand(): { resolves(answer: object): unknown; rejects(error: Error): unknown };
}

const mocks: readonly AnyMock[] = [
  cloudFormation,
  cloudTrail,
  cloudWatch,
  ec2,
  iam,
  sns,
  s3,
  secrets,
  sts,
  analyzers,
  cloudControl,
  organizations,
  account,
  mockClient(CloudWatchLogsClient),
  kms,
  lambda,
  events,
  mockClient(S3ControlClient),
];

const HEAD =
  'user,arn,user_creation_time,password_enabled,password_last_used,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated';
const REPORT = [
  HEAD,
  '<root_account>,arn:aws:iam::123456789012:root,2026-01-01T00:00:00+00:00,not_supported,2026-11-20T08:00:00+00:00,true,false,N/A,N/A,false,N/A,N/A,false,N/A,false,N/A',
  'smith, j,arn:aws:iam::123456789012:user/smith, j,2026-01-01T00:00:00+00:00,true,no_information,false,true,2026-01-02T00:00:00+00:00,2026-11-03T00:00:00+00:00,true,2026-01-04T00:00:00+00:00,N/A,true,2026-02-01T00:00:00+00:00,false,N/A',
].join('\n');

/** An error of a service, as the SDK throws it. */
const failure = (name: string, message = ''): Error =>
  new CloudFormationServiceException({ name, message, $fault: 'client', $metadata: {} });

const REGIONS = ['region-1', 'region-2', 'region-3'];

/** The answer about Regions: these are open, and one is closed. */
const open = (regions: readonly string[]) => ({
  Regions: [
    ...regions.map((RegionName) => ({ RegionName, OptInStatus: 'opt-in-not-required' })),
    { RegionName: 'closed', OptInStatus: 'not-opted-in' },
  ],
});

let calls: string[] = [];

/** A stack that is deployed, in an account where every other call is answered with nothing. */
beforeEach(() => {
  calls = [];
  for (const mock of mocks) {
    mock.reset();
    mock.onAnyCommand().resolves({});
  }
  sts
    .on(GetCallerIdentityCommand)
    .resolves({ Account: '123456789012', Arn: 'arn:aws-cn:iam::123456789012:user/a' });
  cloudFormation
    .on(DescribeStacksCommand)
    .resolves({ Stacks: valueOf(WELL.suite).map(({ stack }) => stack) });
  for (const kind of STACK_KINDS) {
    const StackName = `AccountBaseline-${kind}`;
    cloudFormation
      .on(DescribeStacksCommand, { StackName })
      .rejects(failure('ValidationError', `Stack with id ${StackName} does not exist`));
  }
  for (const { stack, resources, template } of valueOf(WELL.suite)) {
    const { StackName = '' } = stack;
    cloudFormation.on(DescribeStacksCommand, { StackName }).resolves({ Stacks: [stack] });
    cloudFormation
      .on(ListStackResourcesCommand, { StackName })
      .resolves({ StackResourceSummaries: [...resources] });
    cloudFormation.on(GetTemplateCommand, { StackName }).resolves({ TemplateBody: JSON.stringify(template) });
  }
  ec2.on(DescribeRegionsCommand).resolves(open(REGIONS));
  cloudTrail
    .on(DescribeTrailsCommand)
    .resolves({ trailList: valueOf(WELL.trails).map(({ trail }) => trail) });
  iam.on(GetAccountSummaryCommand).resolves({ SummaryMap: { AccountMFAEnabled: 1 } });
  iam.on(GenerateCredentialReportCommand).resolves({ State: 'COMPLETE' });
  iam.on(GetCredentialReportCommand).resolves({ Content: Buffer.from(REPORT) });
  iam.on(GetAccountAuthorizationDetailsCommand).resolves({
    UserDetailList: [{ UserName: 'alice' }, { UserName: 'bob' }],
    GroupDetailList: [],
    RoleDetailList: [...valueOf(WELL.people).roles],
    Policies: [],
  });
  iam.on(ListSAMLProvidersCommand).resolves({ SAMLProviderList: [] });
  iam.on(ListOpenIDConnectProvidersCommand).resolves({ OpenIDConnectProviderList: [] });
  iam.on(ListServiceSpecificCredentialsCommand).resolves({ ServiceSpecificCredentials: [] });
  iam.on(ListSSHPublicKeysCommand).resolves({ SSHPublicKeys: [] });
  cloudControl.on(ListResourcesCommand).resolves({ ResourceDescriptions: [] });
  organizations.on(DescribeOrganizationCommand).rejects(failure('AWSOrganizationsNotInUseException'));
  analyzers.on(ListFindingsCommand).resolves({ findings: [] });
  ec2
    .on(GetImageBlockPublicAccessStateCommand)
    .resolves({ ImageBlockPublicAccessState: 'block-new-sharing' });
  ec2.on(DescribeImagesCommand).resolves({ Images: [] });
  sns.on(ListSubscriptionsByTopicCommand).resolves({
    Subscriptions: [{ SubscriptionArn: `${TOPIC}:1`, Protocol: 'email', Endpoint: 'security@example.com' }],
  });
});

const snapshot = async (config = CONFIG): Promise<Snapshot> => {
  const clients = new Clients({ region: REGION, onCall: (call) => calls.push(call) });
  return collect(clients, await readCaller(clients), config, {});
};

test('each of 20 Regions takes seven calls, those of the closed ones left out', async () => {
  // As many Regions as an account may well have.
  const regions = Array.from({ length: 20 }, (_, index) => `region-${index + 1}`);
  ec2.on(DescribeRegionsCommand).resolves(open(regions));
  const { regional } = await snapshot();
  expect(Object.keys(regional)).toEqual(regions);
  // This account has few resources: calls-of-a-deployed-baseline.test.ts counts those of a deployed one.
  expect(calls).toHaveLength(200);
});

test('a member takes the calls that its role allows, and no other', async () => {
  analyzers.on(ListFindingsCommand).rejects(failure('ResourceNotFoundException'));
  analyzers.on(ListAnalyzersCommand).resolves({ analyzers: [] });
  ec2.on(DescribeImagesCommand).resolves({ Images: [{ ImageId: 'ami-1' }] });
  ec2.on(DescribeImageAttributeCommand).resolves({ LaunchPermissions: [] });
  const clients = new Clients({ region: REGION, onCall: (call) => calls.push(call) });
  const caller = {
    account: '111111111111',
    arn: 'arn:aws:sts::111111111111:assumed-role/a/b',
    partition: 'aws',
  };
  const read = await collectMember(clients, caller, CONFIG, '123456789012');
  expect([...new Set(calls)].sort()).toEqual(callsOf('member').sort());
  expect(read.managementAccount).toEqual({ value: '123456789012' });
});

describe('the stack in us-east-1', () => {
  const StackName = 'AccountBaseline-RootNotice';
  const read = async (config = CONFIG) => {
    sts
      .on(GetCallerIdentityCommand)
      .resolves({ Account: '123456789012', Arn: 'arn:aws:iam::123456789012:user/a' });
    const clients = new Clients({ region: REGION });
    return (await collect(clients, await readCaller(clients), config, {})).suite;
  };
  const deny = (message: string) =>
    cloudFormation
      .on(DescribeStacksCommand, { StackName })
      .rejects(failure('AccessDenied', `a is not authorized to perform this ${message}`));
  const off = { ...CONFIG, notifications: { ...CONFIG.notifications, rootNotice: false } };
  const SCP = 'with an explicit deny in a service control policy';

  const described = () =>
    Promise.all(
      cloudFormation
        .commandCalls(DescribeStacksCommand)
        .map(async ({ args: [{ input }], thisValue }) => [
          input.StackName,
          await (thisValue as CloudFormationClient).config.region(),
        ]),
    );

  test('is read there, and the others in the home Region, all at once', async () => {
    await read();
    expect(await described()).toEqual([
      [undefined, REGION],
      [StackName, 'us-east-1'],
    ]);
  });

  test('is read by its name like the others, for a role that may not list stacks', async () => {
    const listed = await read();
    cloudFormation.on(DescribeStacksCommand).callsFake(({ StackName: name }: { StackName?: string }) => {
      const stack = valueOf(WELL.suite).find((one) => one.stack.StackName === name)?.stack;
      if (stack) return { Stacks: [stack] };
      throw name === undefined
        ? failure('AccessDenied', 'not authorized to perform: cloudformation:ListStacks')
        : failure('ValidationError', `Stack with id ${name} does not exist`);
    });
    expect(await read()).toEqual(listed);
    expect(Object.fromEntries((await described()).slice(3))).toEqual(
      Object.fromEntries(
        STACK_KINDS.map((kind) => [`AccountBaseline-${kind}`, kind === 'RootNotice' ? 'us-east-1' : REGION]),
      ),
    );
  });

  test('comes with the stacks of groups of members, also of those that the configuration no longer has', async () => {
    const StackName = 'AccountBaseline-MembersOld';
    const [known] = valueOf(WELL.suite);
    if (!known) throw new Error('no stack');
    cloudFormation
      .on(DescribeStacksCommand, {})
      .resolves({ Stacks: [known.stack, { ...known.stack, StackName }] })
      .on(ListStackResourcesCommand, { StackName })
      .resolves({ StackResourceSummaries: [] })
      .on(GetTemplateCommand, { StackName })
      .resolves({ TemplateBody: '{"Resources":{}}' });
    expect(valueOf(await read()).map(({ kind }) => kind)).toEqual(
      expect.arrayContaining([known.kind, 'MembersOld']),
    );
  });

  test('is not read in a partition without that Region', async () => {
    await snapshot();
    expect(cloudFormation.commandCalls(DescribeStacksCommand, { StackName })).toEqual([]);
  });

  test.each([
    ['without the permission', 'because no policy allows it', off],
    ['that the configuration asks for, where the organization denies the Region', SCP, CONFIG],
  ])('is unknown %s', async (_, message, config) => {
    deny(message);
    expect(await read(config)).toMatchObject({ permission: 'cloudformation:DescribeStacks' });
  });

  test('does not exist where the organization denies the Region and the configuration omits it', async () => {
    deny(SCP);
    expect(await read(off)).toMatchObject({
      value: expect.not.arrayContaining([expect.objectContaining({ kind: 'RootNotice' })]),
    });
  });
});

test('only the Regions that the configuration means are read', async () => {
  const clients = new Clients({ region: REGION });
  const regions = ['region-2', 'closed', 'elsewhere'];
  const config = { ...CONFIG, accountSettings: { ...CONFIG.accountSettings, regions } };
  const { regional } = await collect(clients, await readCaller(clients), config, {});
  expect(Object.keys(regional)).toEqual(['region-2']);
});

test('the partition is that of the caller', async () => {
  expect((await snapshot()).caller).toEqual({
    account: '123456789012',
    arn: 'arn:aws-cn:iam::123456789012:user/a',
    partition: 'aws-cn',
  });
});

test.each([
  [
    'AccessDenied',
    'not authorized',
    { unknown: 'iam:GetAccountSummary is not allowed', permission: 'iam:GetAccountSummary' },
  ],
  [
    'ThrottlingException',
    'Rate exceeded',
    { unknown: 'iam.GetAccountSummary was throttled until the retries ran out' },
  ],
  ['TimeoutError', 'socket hang up', { unknown: 'iam.GetAccountSummary timed out' }],
  ['ServiceFailure', 'Oops', { unknown: 'iam.GetAccountSummary failed: ServiceFailure: Oops' }],
])('a part that fails with %s is unknown, and the others are read', async (name, message, expected) => {
  iam.on(GetAccountSummaryCommand).rejects(failure(name, message));
  const read = await snapshot();
  expect(read.summary).toEqual(expected);
  expect(read.credentials).toMatchObject({ value: expect.any(Array) });
});

test('everything denied is everything unknown, not a failure', async () => {
  for (const mock of mocks) {
    mock.reset();
    mock.onAnyCommand().rejects(failure('AccessDeniedException'));
  }
  sts
    .on(GetCallerIdentityCommand)
    .resolves({ Account: '123456789012', Arn: 'arn:aws:iam::123456789012:user/a' });
  const read = await snapshot();
  expect(read.regional).toEqual({});
  // The configuration has no alias, so it is not read.
  expect(read.accountAlias).toEqual({ value: undefined });
  const parts = [...Object.values(read), ...Object.values(read.mfaDevices)].filter(
    (part) =>
      part !== read.accountAlias && typeof part === 'object' && ('value' in part || 'unknown' in part),
  );
  expect(parts.length).toBeGreaterThan(20);
  for (const part of parts) expect(part).toMatchObject({ unknown: expect.any(String) });
});

test('without credentials there is nothing to read', async () => {
  sts.on(GetCallerIdentityCommand).rejects(failure('CredentialsProviderError', 'no credentials'));
  await expect(snapshot()).rejects.toThrow('no credentials');
});

test('what is not there is none, not unknown', async () => {
  iam.on(GetAccountPasswordPolicyCommand).rejects(failure('NoSuchEntityException'));
  sns.on(GetTopicAttributesCommand).rejects(failure('NotFoundException'));
  iam.on(GetAccountAuthorizationDetailsCommand).resolves({});
  const { passwordPolicy, topic, supportRole } = await snapshot();
  expect(passwordPolicy).toEqual({ value: undefined });
  expect(topic).toEqual({ value: undefined });
  expect(supportRole).toEqual({ value: undefined });
});

test.each([
  [
    { ConfirmationWasAuthenticated: 'true' },
    { endsBySignedCallsOnly: { value: true }, filters: { value: false }, changes: { value: [] } },
  ],
  [
    { FilterPolicy: '' },
    { endsBySignedCallsOnly: { value: false }, filters: { value: false }, changes: { value: [] } },
  ],
  [
    { FilterPolicy: '{}' },
    { endsBySignedCallsOnly: { value: false }, filters: { value: false }, changes: { value: [] } },
  ],
  [
    { FilterPolicy: '{"severity":["none"]}' },
    { endsBySignedCallsOnly: { value: false }, filters: { value: true }, changes: { value: [] } },
  ],
  [
    { RawMessageDelivery: 'true', DeliveryPolicy: '{"throttlePolicy":{}}', RedrivePolicy: '{}' },
    {
      endsBySignedCallsOnly: { value: false },
      filters: { value: false },
      changes: { value: ['DeliveryPolicy', 'RawMessageDelivery'] },
    },
  ],
])('a subscription with %j is read as %j', async (Attributes, expected) => {
  const subscription = { SubscriptionArn: 'arn:mine', Protocol: 'email' };
  sns.on(ListSubscriptionsByTopicCommand).resolves({ Subscriptions: [subscription] });
  sns.on(GetSubscriptionAttributesCommand).resolves({ Attributes });
  const { topic } = await snapshot();
  expect(valueOf(topic)?.subscriptions).toEqual([{ ...subscription, ...expected }]);
});

test('the alternate contacts are read by kind, those that are not there left out', async () => {
  const contact = { AlternateContactType: 'SECURITY' as const, EmailAddress: 'security@example.com' };
  account
    .on(GetAlternateContactCommand)
    .rejects(failure('ResourceNotFoundException'))
    .on(GetAlternateContactCommand, { AlternateContactType: 'SECURITY' })
    .resolves({ AlternateContact: contact });
  expect((await snapshot()).contacts).toEqual({ value: { SECURITY: contact } });
});

test('of the primary contact it is known what is filled in, and nothing of what', async () => {
  account.on(GetContactInformationCommand).resolves({
    ContactInformation: {
      FullName: 'Ann Lee',
      AddressLine1: '1 Main Street',
      AddressLine2: '',
      City: 'Springfield',
      PostalCode: '12345',
      CountryCode: 'US',
      PhoneNumber: '+1 555 0100',
    },
  });
  const { primaryContact } = await snapshot();
  expect(primaryContact).toEqual({
    value: ['FullName', 'AddressLine1', 'City', 'PostalCode', 'CountryCode', 'PhoneNumber'],
  });
});

test('a subscription without its state makes its topic unknown', async () => {
  sns
    .on(ListSubscriptionsByTopicCommand)
    .resolves({ Subscriptions: [{ Protocol: 'sqs', Endpoint: 'other' }] });
  const { topic } = await snapshot();
  expect(topic).toEqual({ unknown: 'AWS did not return whether a subscription is confirmed' });
});

test('a stack that is not there makes its parts unknown', async () => {
  cloudFormation.on(DescribeStacksCommand).resolves({ Stacks: [] });
  const { suite, topic } = await snapshot();
  expect(suite).toEqual({ value: [] });
  expect(topic).toEqual({ unknown: 'the baseline is not deployed' });
});

const CREDENTIAL = {
  UserName: 'bob',
  Status: 'Active' as const,
  CreateDate: new Date(0),
  ServiceName: 'bedrock.amazonaws.com',
  ServiceSpecificCredentialId: 'ACCA',
};

test('all pages are read', async () => {
  sns
    .on(ListSubscriptionsByTopicCommand)
    .resolvesOnce({ Subscriptions: [], NextToken: 'next' })
    .resolves({ Subscriptions: [{ SubscriptionArn: 'PendingConfirmation' }] });
  cloudWatch
    .on(DescribeAlarmsCommand, { NextToken: undefined })
    .resolves({ MetricAlarms: [{ AlarmName: 'one' }], NextToken: 'next' })
    .on(DescribeAlarmsCommand, { NextToken: 'next' })
    .resolves({ MetricAlarms: [{ AlarmName: 'two' }] });
  secrets
    .on(ListSecretsCommand, { NextToken: undefined })
    .resolves({
      SecretList: [{ ARN: 'one', Name: '1', SecretVersionsToStages: { a: ['AWSCURRENT'] } }],
      NextToken: 'next',
    })
    .on(ListSecretsCommand, { NextToken: 'next' })
    .resolves({ SecretList: [{ ARN: 'two', Name: '2', DeletedDate: new Date() }] });
  const [, , support] = valueOf(WELL.people).roles;
  iam
    .on(GetAccountAuthorizationDetailsCommand, { Marker: undefined })
    .resolves({ RoleDetailList: [], Marker: 'next', IsTruncated: true })
    .on(GetAccountAuthorizationDetailsCommand, { Marker: 'next' })
    .resolves({ RoleDetailList: support && [support] });
  iam
    .on(ListServiceSpecificCredentialsCommand, { Marker: undefined })
    .resolves({ ServiceSpecificCredentials: [], IsTruncated: true, Marker: 'next' })
    .on(ListServiceSpecificCredentialsCommand, { Marker: 'next' })
    .resolves({ ServiceSpecificCredentials: [CREDENTIAL] });
  const read = await snapshot();
  expect(read.supportRole).toEqual(WELL.supportRole);
  expect(read.serviceCredentials).toEqual({ value: [CREDENTIAL] });
  expect(read.alarms).toEqual({ value: [{ AlarmName: 'one' }, { AlarmName: 'two' }] });
  expect(read.secrets).toEqual({ value: [{ arn: 'one', name: '1', versions: 1 }] });
});

describe('a function of the stacks', () => {
  const CODE = 'exports.handler = 1;\n'.repeat(9);
  const archive = zipOf({ 'index.js': CODE, 'package.json': '{}' });
  const NAME = 'AccountBaseline-Settings-Settings-1A2B3C';
  const server = createServer((request, response) => {
    if (request.url === '/code') response.end(archive);
    else response.writeHead(403).end();
  });

  beforeAll(() => once(server.listen(0, '127.0.0.1'), 'listening'));
  afterAll(() => {
    server.close();
    // The client keeps its connections, and with them the process.
    server.closeAllConnections();
  });

  beforeEach(() => {
    const template = {
      Resources: {
        Settings: {
          Type: 'AWS::Lambda::Function',
          Properties: {
            Code: { ZipFile: CODE },
            Handler: 'index.handler',
            Timeout: 60,
            Environment: { Variables: { B: '', A: '' } },
          },
        },
      },
    };
    const StackName = 'AccountBaseline-Settings';
    cloudFormation
      .on(GetTemplateCommand, { StackName })
      .resolves({ TemplateBody: JSON.stringify(template) })
      .on(ListStackResourcesCommand, { StackName })
      .resolves({
        StackResourceSummaries: [
          {
            LogicalResourceId: 'Settings',
            PhysicalResourceId: NAME,
            ResourceType: 'AWS::Lambda::Function',
            ResourceStatus: 'CREATE_COMPLETE',
            LastUpdatedTimestamp: new Date(),
          },
        ],
      });
  });

  const locate = (path: string) =>
    lambda.on(GetFunctionCommand).resolves({
      Code: { Location: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}` },
      Configuration: {
        FunctionArn: 'arn:function',
        State: 'Active',
        Handler: 'index.handler',
        Role: 'arn:role',
        Timeout: 60,
        Layers: [{ Arn: 'arn:layer' }],
        Environment: { Variables: { B: 'b', A: 'a' } },
      },
    });

  const kind = 'Settings';
  const settings = { Timeout: 60 };
  const template = { name: NAME, code: CODE, handler: 'index.handler', variables: ['A', 'B'], settings };

  test('is read with the code that runs, which is downloaded', async () => {
    locate('/code');
    expect((await snapshot()).functions).toEqual({
      value: [
        {
          kind,
          template,
          state: {
            value: {
              arn: 'arn:function',
              state: 'Active',
              settings: { Timeout: 60, Role: 'arn:role' },
              files: { 'index.js': CODE, 'package.json': '{}' },
              handler: 'index.handler',
              variables: ['A', 'B'],
              layers: ['arn:layer'],
              reservedConcurrency: undefined,
            },
          },
        },
      ],
    });
  });

  test.each([
    ['is unknown if its code can’t be downloaded', '/denied', `the code of ${NAME} could not be downloaded`],
  ])('%s', async (_, path, reason) => {
    locate(path);
    expect((await snapshot()).functions).toEqual({ value: [{ kind, template, state: { unknown: reason } }] });
  });

  test('is none if it was deleted', async () => {
    lambda.on(GetFunctionCommand).rejects(failure('ResourceNotFoundException'));
    expect((await snapshot()).functions).toEqual({
      value: [{ kind, template, state: { value: undefined } }],
    });
  });
});

/** A stack with these resources; the physical ID of each is its logical ID with "-1". */
function deploy(kind: StackKind, Resources: Readonly<Record<string, object>>): void {
  const StackName = `AccountBaseline-${kind}`;
  cloudFormation
    .on(GetTemplateCommand, { StackName })
    .resolves({ TemplateBody: JSON.stringify({ Resources }) })
    .on(ListStackResourcesCommand, { StackName })
    .resolves({
      StackResourceSummaries: Object.keys(Resources).map((LogicalResourceId) => ({
        LogicalResourceId,
        PhysicalResourceId: `${LogicalResourceId}-1`,
        ResourceType: 'AWS::Any::Type',
        ResourceStatus: 'CREATE_COMPLETE',
        LastUpdatedTimestamp: new Date(),
      })),
    });
}

describe('the resources of the stacks', () => {
  const resources = async () =>
    valueOf((await snapshot()).resources).map(({ resource, wanted, actual }) => ({
      resource,
      wanted,
      actual,
    }));

  test('a bucket is read as the template writes it; of its lifecycle, the shortest time', async () => {
    deploy('Audit', {
      Bucket: {
        Type: 'AWS::S3::Bucket',
        Properties: {
          BucketEncryption: {
            ServerSideEncryptionConfiguration: [
              { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'key' } },
            ],
          },
          LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays: 365 }] },
          LoggingConfiguration: { DestinationBucketName: 'logs' },
          PublicAccessBlockConfiguration: { BlockPublicAcls: true },
          VersioningConfiguration: { Status: 'Enabled' },
        },
      },
    });
    s3.on(GetBucketEncryptionCommand).resolves({
      ServerSideEncryptionConfiguration: {
        Rules: [
          {
            ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'key' },
            BucketKeyEnabled: false,
          },
        ],
      },
    });
    s3.on(GetBucketLifecycleConfigurationCommand).resolves({
      Rules: [
        { Status: 'Enabled', Filter: {}, Expiration: { Days: 365 } },
        { Status: 'Enabled', Filter: { Prefix: 'AWSLogs' }, Expiration: { Days: 1 } },
        { Status: 'Disabled', Filter: {}, Expiration: { Date: new Date() } },
      ],
    });
    s3.on(GetBucketLoggingCommand).resolves({ LoggingEnabled: { TargetBucket: 'logs', TargetPrefix: '' } });
    s3.on(GetBucketVersioningCommand).resolves({ Status: 'Enabled' });
    s3.on(GetPublicAccessBlockCommand).rejects(failure('NoSuchPublicAccessBlockConfiguration'));
    const same = {
      BucketEncryption: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'key' },
      LoggingConfiguration: { DestinationBucketName: 'logs' },
      VersioningConfiguration: { Status: 'Enabled' },
    };
    expect(await resources()).toEqual([
      {
        resource: 'Bucket-1',
        wanted: {
          ...same,
          PublicAccessBlockConfiguration: { BlockPublicAcls: true },
          LifecycleConfiguration: { ExpirationInDays: 365 },
        },
        actual: { value: { ...same, LifecycleConfiguration: { ExpirationInDays: 1 } } },
      },
    ]);
    s3.on(GetBucketVersioningCommand).rejects(failure('NoSuchBucket'));
    expect(await resources()).toMatchObject([{ actual: { value: undefined } }]);
    s3.on(GetBucketVersioningCommand).rejects(failure('AccessDenied'));
    expect(await resources()).toMatchObject([{ actual: { permission: 's3:GetBucketVersioning' } }]);
  });

  test('event rules are listed once, with the targets of each', async () => {
    const rule = { Type: 'AWS::Events::Rule', Properties: { EventPattern: { source: ['aws.sns'] } } };
    deploy('Watchdog', { One: rule, Two: rule });
    events
      .on(ListRulesCommand, { NextToken: undefined })
      .resolves({ Rules: [], NextToken: 'next' })
      .on(ListRulesCommand, { NextToken: 'next' })
      .resolves({ Rules: [{ Name: 'One-1', State: 'DISABLED', EventPattern: '{"source": ["aws.sns"]}' }] });
    events
      .on(ListTargetsByRuleCommand)
      .resolves({ Targets: [{ Id: 'People', Arn: 'arn:topic', RetryPolicy: { MaximumRetryAttempts: 1 } }] });
    const wanted = { State: 'ENABLED', EventPattern: { source: ['aws.sns'] }, Targets: [] };
    expect(await resources()).toEqual([
      {
        resource: 'One-1',
        wanted,
        actual: { value: { ...wanted, State: 'DISABLED', Targets: [{ Id: 'People', Arn: 'arn:topic' }] } },
      },
      { resource: 'Two-1', wanted, actual: { value: undefined } },
    ]);
    expect(calls.filter((call) => call === 'eventbridge.ListRules')).toHaveLength(2);
  });

  test('settings of invocations are those of the function, with the defaults of Lambda', async () => {
    deploy('Summary', {
      Function: {
        Type: 'AWS::Lambda::Function',
        Properties: { Code: { ZipFile: '' }, Handler: 'index.handler' },
      },
      Config: {
        Type: 'AWS::Lambda::EventInvokeConfig',
        Properties: {
          FunctionName: { Ref: 'Function' },
          MaximumRetryAttempts: 0,
          DestinationConfig: { OnFailure: { Destination: { Ref: 'Topic' } } },
        },
      },
      Allow: {
        Type: 'AWS::Lambda::Permission',
        Properties: {
          Action: 'lambda:InvokeFunction',
          FunctionName: { 'Fn::GetAtt': ['Function', 'Arn'] },
          Principal: 'events.amazonaws.com',
        },
      },
    });
    lambda
      .on(GetFunctionEventInvokeConfigCommand)
      .resolves({ MaximumRetryAttempts: 0, DestinationConfig: { OnSuccess: {}, OnFailure: {} } });
    lambda.on(GetPolicyCommand).rejects(failure('ResourceNotFoundException'));
    lambda
      .on(ListEventSourceMappingsCommand)
      .resolves({ EventSourceMappings: [{ UUID: '1', FunctionArn: 'arn:f', EventSourceArn: 'arn:q' }] });
    expect(await resources()).toEqual([
      {
        resource: 'Function-1',
        wanted: { MaximumEventAgeInSeconds: 21_600, MaximumRetryAttempts: 0, OnFailure: { Ref: 'Topic' } },
        actual: { value: { MaximumEventAgeInSeconds: 21_600, MaximumRetryAttempts: 0 } },
      },
    ]);
    const { resourcePolicies, eventSources } = await snapshot();
    expect(resourcePolicies).toMatchObject({
      value: [
        {
          resource: 'Function-1',
          wanted: { Statement: [{ Principal: { Service: 'events.amazonaws.com' } }] },
          // It has no policy, which is not the same as a policy that could not be read.
          actual: { value: undefined },
        },
      ],
    });
    expect(eventSources).toEqual({ value: [{ id: '1', functionArn: 'arn:f', source: 'arn:q' }] });
  });

  test('the policy of a function that was deleted is not missed, which would be said twice', async () => {
    deploy('Summary', {
      Function: {
        Type: 'AWS::Lambda::Function',
        Properties: { Code: { ZipFile: '' }, Handler: 'index.handler' },
      },
    });
    lambda.on(GetPolicyCommand).rejects(failure('ResourceNotFoundException'));
    const policiesIf = async (name: string) => {
      lambda.on(GetFunctionCommand).rejects(failure(name));
      return valueOf((await snapshot()).resourcePolicies).map(({ resource }) => resource);
    };
    expect(await policiesIf('ResourceNotFoundException')).toEqual([]);
    expect(await policiesIf('AccessDeniedException')).toEqual(['Function-1']);
  });

  test('RootNotice is read by Cloud Control, in us-east-1', async () => {
    sts
      .on(GetCallerIdentityCommand)
      .resolves({ Account: '123456789012', Arn: 'arn:aws:iam::123456789012:user/a' });
    deploy('RootNotice', {
      Rule: {
        Type: 'AWS::Notifications::EventRule',
        Properties: { EventPattern: '{"a":["b"]}', Source: 'aws.iam', NotificationConfigurationArn: 'arn' },
      },
      Contact: { Type: 'AWS::NotificationsContacts::EmailContact', Properties: { EmailAddress: 'a@b.c' } },
      Hub: { Type: 'AWS::Notifications::NotificationHub', Properties: { Region: 'us-east-1' } },
    });
    const answer = (Identifier: string, properties: object) =>
      cloudControl.on(GetResourceCommand, { Identifier }).resolves({
        ResourceDescription: { Identifier, Properties: JSON.stringify(properties) },
      });
    answer('Rule-1', { EventPattern: '{ "a": ["b"] }', Source: 'aws.iam', CreationTime: '2026' });
    answer('Contact-1', { EmailAddress: 'a@b.c', EmailContact: { Status: 'inactive' } });
    cloudControl
      .on(GetResourceCommand, { Identifier: 'Hub-1' })
      .rejects(failure('ResourceNotFoundException'));
    const rule = { EventPattern: { a: ['b'] }, Source: 'aws.iam' };
    expect(await resources()).toEqual([
      { resource: 'Rule-1', wanted: rule, actual: { value: rule } },
      {
        resource: 'Contact-1',
        wanted: { EmailAddress: 'a@b.c' },
        actual: { value: { EmailAddress: 'a@b.c', Status: 'inactive' } },
      },
      { resource: 'Hub-1', wanted: { Region: 'us-east-1' }, actual: { value: undefined } },
    ]);
    const [call] = cloudControl.commandCalls(GetResourceCommand);
    expect(await (call?.thisValue as CloudControlClient).config.region()).toBe('us-east-1');
  });
});

test('an archive that is none, or damaged, is an error, not a file', () => {
  expect(() => filesIn(Buffer.from('<html>'))).toThrow('the code is not a ZIP archive');
  const archive = zipOf({ 'index.js': 'code' });
  archive.writeUInt32LE(0, archive.lastIndexOf(Buffer.from('PK\x01\x02', 'latin1')));
  expect(() => filesIn(archive)).toThrow('the code’s ZIP archive is damaged');
});

test('mute rules are read with the alarms that they mute, those that are over left out', async () => {
  const arn = 'arn:aws:cloudwatch:eu-central-1:123456789012:alarm-mute-rule:quiet';
  cloudWatch
    .on(ListAlarmMuteRulesCommand, { Statuses: ['SCHEDULED', 'ACTIVE'] })
    .resolves({ AlarmMuteRuleSummaries: [{ AlarmMuteRuleArn: arn, Status: 'ACTIVE' }] })
    .on(GetAlarmMuteRuleCommand, { AlarmMuteRuleName: 'quiet' })
    .resolves({ MuteTargets: { AlarmNames: ['one'] } });
  expect((await snapshot()).muteRules).toEqual({ value: [{ arn, alarms: ['one'] }] });
});

test('the MFA devices of members are read beside those of the configuration', async () => {
  await snapshot();
  const users = iam.commandCalls(ListMFADevicesCommand).map(({ args: [{ input }] }) => input.UserName);
  expect(users).toEqual(['alice', 'bob']);
});

test('an answer that does not say is unknown, not off', async () => {
  ec2.on(GetEbsEncryptionByDefaultCommand).resolves({});
  analyzers.on(ListFindingsCommand).resolves({ findings: undefined });
  const [, , support] = valueOf(WELL.people).roles;
  iam.on(GetAccountAuthorizationDetailsCommand).resolves({
    RoleDetailList: [{ ...support, AssumeRolePolicyDocument: undefined }],
  });
  const { regional, supportRole } = await snapshot();
  expect(supportRole).toMatchObject({
    unknown: expect.stringContaining('IAM did not return the trust policy of'),
  });
  expect(regional['region-1']).toMatchObject({
    ebsEncryption: { unknown: 'AWS did not return whether EBS encryption is enabled' },
    analyzer: { unknown: 'AWS did not return the findings' },
  });
});

describe('the analyzer of a Region', () => {
  const arn = 'arn:aws:access-analyzer:region-1:1:analyzer/other';
  const found = { id: '1', resourceType: 'AWS::S3::Bucket' as const } as FindingSummary;
  const withAnalyzer = (change: object) => {
    analyzers.on(ListFindingsCommand).rejects(failure('ResourceNotFoundException'));
    analyzers.on(ListFindingsCommand, { analyzerArn: arn }).resolves({ findings: [found] });
    const one = {
      arn,
      name: 'other',
      type: 'ACCOUNT' as const,
      status: 'ACTIVE' as const,
      createdAt: new Date(0),
    };
    analyzers.on(ListAnalyzersCommand).resolves({ analyzers: [{ ...one, ...change }] });
  };

  test('is that of the baseline, read in one call with what is not resolved', async () => {
    const { regional } = await snapshot();
    const ours = 'arn:aws-cn:access-analyzer:region-1:123456789012:analyzer/account-baseline';
    expect(regional['region-1']?.analyzer).toEqual({ value: { arn: ours, findings: [] } });
    expect(analyzers.commandCalls(ListAnalyzersCommand)).toEqual([]);
    expect(
      analyzers.commandCalls(ListFindingsCommand, { analyzerArn: ours })[0]?.args[0].input.filter,
    ).toEqual({
      status: { eq: ['ACTIVE', 'ARCHIVED'] },
      resourceOwnerAccount: { eq: ['123456789012'] },
    });
  });

  test.each<[string, object, object | undefined]>([
    ['another one', {}, { arn, findings: [found] }],
    ['one of the organization', { type: 'ORGANIZATION' }, { arn, findings: [found] }],
    ['none, if it looks for unused access', { type: 'ACCOUNT_UNUSED_ACCESS' }, undefined],
    ['none, if it was switched off', { status: 'DISABLED' }, undefined],
  ])('is %s', async (_, change, value) => {
    withAnalyzer(change);
    expect((await snapshot()).regional['region-1']?.analyzer).toEqual({ value });
  });

  test('is unknown if it can’t be asked', async () => {
    analyzers.on(ListFindingsCommand).rejects(failure('AccessDeniedException'));
    expect((await snapshot()).regional['region-1']?.analyzer).toEqual({
      unknown: 'access-analyzer:ListFindings is not allowed',
      permission: 'access-analyzer:ListFindings',
    });
  });
});

test('of the OpenID Connect providers, audiences are read where pipelines use one that exists', async () => {
  const used = 'arn:aws:iam::123456789012:oidc-provider/gitlab.com';
  iam
    .on(ListOpenIDConnectProvidersCommand)
    .resolves({ OpenIDConnectProviderList: [{ Arn: used }, { Arn: `${used}/acme` }] })
    .on(GetOpenIDConnectProviderCommand)
    .resolves({ ClientIDList: ['https://gitlab.com'] });
  const pipelines = { gitlab: [{ project: 'acme/site' }], existingProviders: ['https://gitlab.com'] };
  const audiences = async () =>
    (await snapshot(defineBaseline({ ...SMALLEST, federation: { pipelines } }))).oidcAudiences;
  expect(await audiences()).toEqual({ [used]: { value: ['https://gitlab.com'] } });
  iam.on(GetOpenIDConnectProviderCommand).resolves({});
  expect(await audiences()).toEqual({
    [used]: { unknown: 'AWS did not return the audiences of an identity provider' },
  });
});

test('trust anchors are read in the home Region, and everywhere if a role trusts the service', async () => {
  cloudControl.on(ListResourcesCommand).resolves({ ResourceDescriptions: [{ Identifier: 'ta-1' }] });
  expect((await snapshot()).trustAnchors).toEqual({ [REGION]: { value: ['ta-1'] } });
  iam.on(GetAccountAuthorizationDetailsCommand).resolves({
    RoleDetailList: [role('machines', { Service: 'rolesanywhere.amazonaws.com' })],
  });
  expect(Object.keys((await snapshot()).trustAnchors)).toEqual([REGION, ...REGIONS]);
});

test('a Region without IAM Roles Anywhere has no trust anchors, and a denied call is not an answer', async () => {
  cloudControl.on(ListResourcesCommand).rejects(failure('TypeNotFoundException'));
  expect((await snapshot()).trustAnchors).toEqual({ [REGION]: { value: [] } });
  cloudControl.on(ListResourcesCommand).rejects(failure('AccessDeniedException'));
  expect((await snapshot()).trustAnchors).toEqual({
    [REGION]: {
      unknown: 'cloudformation:ListResources is not allowed',
      permission: 'cloudformation:ListResources',
    },
  });
});

describe('the key', () => {
  const ALIAS = 'alias/account-baseline';
  const named = (KeyId: string) => kms.on(DescribeKeyCommand, { KeyId });
  const key = async () => {
    const audit = valueOf(WELL.suite).find(({ kind }) => kind === 'Audit');
    cloudFormation.on(ListStackResourcesCommand, { StackName: 'AccountBaseline-Audit' }).resolves({
      StackResourceSummaries: [
        ...(audit?.resources ?? []),
        {
          LogicalResourceId: 'KeyAlias',
          PhysicalResourceId: ALIAS,
          ResourceType: 'AWS::KMS::Alias',
          ResourceStatus: 'CREATE_COMPLETE',
          LastUpdatedTimestamp: new Date(),
        },
      ],
    });
    return (await snapshot()).key;
  };
  const described = () => kms.commandCalls(DescribeKeyCommand).map(({ args: [{ input }] }) => input.KeyId);

  beforeEach(() => {
    named(KEY).resolves({ KeyMetadata: { KeyId: '1', Arn: KEY, KeyState: 'Enabled' } });
    kms.on(GetKeyRotationStatusCommand).resolves({ KeyRotationEnabled: true });
  });

  test('and its name are read in one call', async () => {
    named(ALIAS).resolves({ KeyMetadata: { KeyId: '1', Arn: KEY, KeyState: 'Enabled' } });
    expect(await key()).toEqual({
      value: { arn: KEY, state: 'Enabled', rotates: true, alias: { name: ALIAS, leadsTo: { value: KEY } } },
    });
    expect(described()).toEqual([ALIAS]);
  });

  test.each<[string, () => unknown, object]>([
    [
      'leads to another key',
      () => named(ALIAS).resolves({ KeyMetadata: { KeyId: '2', Arn: 'arn:other' } }),
      { value: 'arn:other' },
    ],
    ['was deleted', () => named(ALIAS).rejects(failure('NotFoundException')), { value: undefined }],
    [
      'leads to a key that nobody may read',
      () => named(ALIAS).rejects(failure('AccessDeniedException')),
      { unknown: 'kms:DescribeKey is not allowed', permission: 'kms:DescribeKey' },
    ],
    ['is not told', () => named(ALIAS).resolves({}), { unknown: `AWS did not return the key ${ALIAS}` }],
  ])('is read by its ID if its name %s', async (_, answer, leadsTo) => {
    answer();
    expect(await key()).toMatchObject({
      value: { arn: KEY, rotates: true, alias: { name: ALIAS, leadsTo } },
    });
    expect(described()).toEqual([ALIAS, KEY]);
  });
});

describe('AMIs', () => {
  test('are read in every Region, with whom they are shared', async () => {
    ec2
      .on(DescribeImagesCommand)
      .resolves({ Images: ['ami-1', 'ami-2', 'ami-3'].map((ImageId) => ({ ImageId })) })
      .on(DescribeImageAttributeCommand, { ImageId: 'ami-1' })
      .resolves({ LaunchPermissions: [] })
      .on(DescribeImageAttributeCommand, { ImageId: 'ami-2' })
      .resolves({ LaunchPermissions: [{ Group: 'all' }] })
      .on(DescribeImageAttributeCommand, { ImageId: 'ami-3' })
      .resolves({ LaunchPermissions: [{ UserId: '210987654321' }, { OrganizationArn: 'arn:o' }] });
    const { images } = await snapshot();
    expect(Object.keys(images)).toEqual([REGION, ...REGIONS]);
    expect(images[REGION]).toEqual({
      value: [
        { id: 'ami-2', isPublic: true, sharedWith: [] },
        { id: 'ami-3', isPublic: false, sharedWith: ['210987654321', 'arn:o'] },
      ],
    });
  });

  test('that are too many to ask for each are unknown', async () => {
    ec2.on(DescribeImagesCommand).resolves({ Images: Array.from({ length: 51 }, () => ({})) });
    expect((await snapshot()).images[REGION]).toEqual({
      unknown: `there are 51 AMIs in ${REGION}, and the launch permissions of at most 50 are read`,
    });
  });
});

test('the management account is that of the organization', async () => {
  expect((await snapshot()).managementAccount).toEqual({ value: undefined });
  organizations
    .on(DescribeOrganizationCommand)
    .resolves({ Organization: { MasterAccountId: '210987654321' } });
  expect((await snapshot()).managementAccount).toEqual({ value: '210987654321' });
});

describe('of roles that only services assume', () => {
  const policy = (statement: object) => encodeURIComponent(JSON.stringify({ Statement: [statement] }));
  const role = (RoleName: string, Principal: object | string, Action: string, more: object = {}) => ({
    RoleName,
    AssumeRolePolicyDocument: policy({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }),
    RolePolicyList: [
      { PolicyName: 'Own', PolicyDocument: policy({ Effect: 'Allow', Action, Resource: '*' }) },
    ],
    ...more,
  });
  const SERVICE = { Service: 'lambda.amazonaws.com' };
  const worker = role('worker', SERVICE, 's3:GetObject');
  const kept = [
    role('administrator', SERVICE, 'iam:*'),
    role('person', { AWS: '123456789012' }, 's3:GetObject'),
    role('both', { AWS: '123456789012', ...SERVICE }, 's3:GetObject'),
    role('anyone', '*', 's3:GetObject'),
    role('machine', { Service: 'rolesanywhere.amazonaws.com' }, 's3:GetObject'),
    role('AccountBaseline-Alarms-Explainer1A2B', SERVICE, 's3:GetObject'),
    { ...worker, RoleName: 'unread', AssumeRolePolicyDocument: undefined },
  ];
  const managed = (name: string, Action: string) => ({
    Arn: `arn:aws:iam::123456789012:policy/${name}`,
    PolicyVersionList: [
      { IsDefaultVersion: true, Document: policy({ Effect: 'Allow', Action, Resource: '*' }) },
    ],
  });
  const attached = (name: string) => ({
    AttachedManagedPolicies: [{ PolicyArn: `arn:aws:iam::123456789012:policy/${name}` }],
  });
  const Policies = [managed('small', 's3:*'), managed('large', '*')];
  const small = role('small', SERVICE, 's3:GetObject', attached('small'));
  const large = role('large', SERVICE, 's3:GetObject', attached('large'));
  const all = [worker, ...kept, small, large];

  beforeEach(() => {
    // The policies come first, and then the roles in pages.
    iam
      .on(GetAccountAuthorizationDetailsCommand, { Filter: ['LocalManagedPolicy'] })
      .resolves({ Policies })
      .on(GetAccountAuthorizationDetailsCommand, { Filter: ['User', 'Group', 'Role'] })
      .resolves({ RoleDetailList: all, IsTruncated: true, Marker: 'next' })
      .on(GetAccountAuthorizationDetailsCommand, { Filter: ['User', 'Group', 'Role'], Marker: 'next' })
      .resolves({ RoleDetailList: [worker] })
      .on(GetAccountAuthorizationDetailsCommand, { Filter: ['User', 'Group', 'Role', 'LocalManagedPolicy'] })
      .resolves({ RoleDetailList: all, Policies });
  });

  test('verify keeps those that administer or are ours, also by a policy of the account', async () => {
    const { roles, policies } = valueOf((await snapshot()).people);
    expect(roles).toEqual([...kept, large]);
    expect(policies).toEqual(Policies);
  });

  test('preflight keeps all, and the policies of those only', async () => {
    const { people } = await readAccount(new Clients({ region: REGION }), WELL.caller, CONFIG);
    const [first, ...others] = valueOf(people).roles;
    expect(first).toEqual({ ...worker, RolePolicyList: [{ PolicyName: 'Own' }] });
    expect(others.map(({ RoleName }) => RoleName)).toEqual(
      [...kept, small, large].map(({ RoleName }) => RoleName),
    );
    expect(others.slice(0, kept.length)).toEqual(kept);
  });
});

test('a credential report without a column is not an answer', () => {
  expect(() => parseCredentialReport(REPORT.replace('access_key_2_active', 'renamed'))).toThrow(
    'the credential report has no column access_key_2_active',
  );
});

test('a trail of an organization whose status is denied is known all the same', async () => {
  cloudTrail.on(GetTrailStatusCommand).rejects(failure('AccessDeniedException'));
  const [trail] = valueOf((await snapshot()).trails);
  expect(trail).toMatchObject({
    trail: { Name: 'account-baseline' },
    status: { unknown: 'cloudtrail:GetTrailStatus is not allowed' },
  });
});

test('the credential report may hold names with commas', () => {
  expect(parseCredentialReport(REPORT)).toEqual([
    {
      user: '<root_account>',
      hasPassword: false,
      passwordLastUsed: new Date('2026-11-20T08:00:00Z'),
      hasMfa: true,
      accessKeys: [],
      certificates: [],
    },
    {
      user: 'smith, j',
      hasPassword: true,
      hasMfa: false,
      accessKeys: [
        { created: new Date('2026-01-02T00:00:00Z'), lastUsed: new Date('2026-11-03T00:00:00Z') },
        { created: new Date('2026-01-04T00:00:00Z') },
      ],
      certificates: [new Date('2026-02-01T00:00:00Z')],
    },
  ]);
});

test('a service that never answers ends in a time-out', async () => {
  for (const mock of mocks) mock.restore();
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const variables = {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_MAX_ATTEMPTS: '1',
  };
  const before = { ...process.env };
  Object.assign(process.env, variables);
  const clients = new Clients({ region: REGION, timeoutMs: 50 });
  try {
    await expect(readCaller(clients)).rejects.toMatchObject({
      code: 'TimeoutError',
      call: 'sts.GetCallerIdentity',
    });
  } finally {
    process.env = before;
    clients.destroy();
    server.closeAllConnections();
    server.close();
  }
}, 20_000);
