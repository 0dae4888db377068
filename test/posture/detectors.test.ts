import {
  ConfigServiceClient,
  type ConfigurationRecorder,
  type DeliveryChannel,
  DescribeConfigurationRecordersCommand,
  DescribeConfigurationRecorderStatusCommand,
  DescribeDeliveryChannelsCommand,
} from '@aws-sdk/client-config-service';
import { GetDetectorCommand, GuardDutyClient } from '@aws-sdk/client-guardduty';
import {
  DescribeHubCommand,
  SecurityHubClient,
  SecurityHubServiceException,
} from '@aws-sdk/client-securityhub';
import { mockClient } from 'aws-sdk-client-mock';
import { defineBaseline } from '../../lib/config/config';
import { Clients } from '../../lib/posture/clients';
import { readDeployedResources } from '../../lib/posture/collect/deployed-resources';
import { verify } from '../../lib/posture/verify';
import type { Finding } from '../../lib/posture/finding';
import type { DeployedStack } from '../../lib/posture/snapshot';
import { templatesOf } from '../../lib/stacks/templates';
import { SMALLEST } from '../smallest';
import { deployedStack, KEY, REGION, valueOf, WELL } from './snapshot';

const config = mockClient(ConfigServiceClient);
const guardDuty = mockClient(GuardDutyClient);
const securityHub = mockClient(SecurityHubClient);

const CONFIG = defineBaseline({ ...SMALLEST, profile: 'strict' });
const ACCOUNT = WELL.caller.account;
const ROLE = `arn:aws:iam::${ACCOUNT}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`;

/** The deployed stack, whose resources have their logical IDs as names. */
const template = templatesOf(CONFIG).find(({ stackName }) => stackName.endsWith('-Detectors'))?.template as {
  readonly Resources: Readonly<Record<string, { readonly Type: string }>>;
};
const TYPES = [
  'AWS::Config::ConfigurationRecorder',
  'AWS::Config::DeliveryChannel',
  'AWS::GuardDuty::Detector',
  'AWS::SecurityHub::Hub',
];
const own = Object.entries(template.Resources).filter(
  ([, { Type }]) => TYPES.includes(Type) || Type === 'AWS::S3::Bucket',
);
const DETECTORS: DeployedStack = {
  kind: 'Detectors',
  stack: { StackName: 'AccountBaseline-Detectors', CreationTime: WELL.at, StackStatus: 'CREATE_COMPLETE' },
  template: { Resources: Object.fromEntries(own.filter(([, { Type }]) => TYPES.includes(Type))) },
  resources: own.map(([id, { Type }]) => ({
    LogicalResourceId: id,
    PhysicalResourceId: id,
    ResourceType: Type,
    ResourceStatus: 'CREATE_COMPLETE',
    LastUpdatedTimestamp: WELL.at,
  })),
};
/** The stack with the key. */
const AUDIT: DeployedStack = {
  ...deployedStack('Audit'),
  stack: {
    ...deployedStack('Audit').stack,
    Outputs: [{ OutputKey: 'KeyArn', OutputValue: KEY }],
  },
};
const RECORDER = 'ConfigRecorderRecorder';
const CHANNEL = 'ConfigRecorderChannel';
const BUCKET = 'ConfigRecorderBucket';

const asDeployed = {
  recorder: {
    name: RECORDER,
    roleARN: ROLE,
    recordingGroup: {
      allSupported: true,
      includeGlobalResourceTypes: true,
      resourceTypes: [],
      exclusionByResourceTypes: { resourceTypes: [] },
    },
    recordingMode: { recordingFrequency: 'DAILY' as const, recordingModeOverrides: [] },
  },
  channel: { name: CHANNEL, s3BucketName: BUCKET, s3KmsKeyArn: KEY },
  hub: { HubArn: 'arn:hub', ControlFindingGenerator: 'SECURITY_CONTROL' as const, AutoEnableControls: true },
};

beforeEach(() => {
  for (const mock of [config, guardDuty, securityHub]) mock.reset();
  config
    .on(DescribeConfigurationRecordersCommand)
    .resolves({ ConfigurationRecorders: [asDeployed.recorder] })
    .on(DescribeConfigurationRecorderStatusCommand)
    .resolves({ ConfigurationRecordersStatus: [{ name: RECORDER, recording: true }] })
    .on(DescribeDeliveryChannelsCommand)
    .resolves({ DeliveryChannels: [asDeployed.channel] });
  guardDuty.on(GetDetectorCommand).resolves({ Status: 'ENABLED', ServiceRole: 'arn:role' });
  securityHub.on(DescribeHubCommand).resolves(asDeployed.hub);
});

const failure = (name: string): Error =>
  new SecurityHubServiceException({ name, message: '', $fault: 'client', $metadata: {} });

/** What the checks of detectors find. */
async function findings(baseline = CONFIG, detectors = DETECTORS): Promise<readonly Finding[]> {
  const snapshot = { ...WELL, suite: { value: [...valueOf(WELL.suite), detectors] } };
  // The other stacks have resources of other types, which this test does not read.
  const read = { ...snapshot, suite: { value: [AUDIT, detectors] } };
  const clients = new Clients({ region: REGION });
  const resources = await readDeployedResources(clients, () => Promise.resolve({}), read, baseline);
  return verify({ ...snapshot, resources }, baseline).findings.filter(({ check }) =>
    ['config-recorder', 'guard-duty', 'security-hub'].includes(check),
  );
}

/** What does not pass, and the commands that fix it. */
async function troubles(detectors?: DeployedStack): Promise<string[]> {
  const open = (await findings(CONFIG, detectors)).filter(({ status }) => status !== 'pass');
  return open.flatMap(({ check, status, detail, remedy }) => [
    `${check} ${status}: ${detail}`,
    ...(remedy?.command === undefined ? [] : [remedy.command]),
  ]);
}

test('detectors that are as deployed pass', async () => {
  expect((await findings()).map(({ check, status }) => `${check} ${status}`)).toEqual([
    'config-recorder pass',
    'config-recorder pass',
    'guard-duty pass',
    'security-hub pass',
  ]);
});

test('those that the configuration does not have are not findings, and are not read', async () => {
  const { detectors } = CONFIG;
  const others = { ...detectors, configRecorder: false, guardDuty: false, securityHub: false };
  expect(await findings({ ...CONFIG, detectors: others })).toEqual([]);
});

const START = `aws configservice start-configuration-recorder --region ${REGION} --configuration-recorder-name ${RECORDER}`;
const WRITE = `aws configservice put-configuration-recorder --region ${REGION} --configuration-recorder '${JSON.stringify(
  {
    name: RECORDER,
    roleARN: ROLE,
    recordingGroup: { allSupported: true, includeGlobalResourceTypes: true },
    recordingMode: { recordingFrequency: 'DAILY' },
  },
)}' && ${START}`;
const REDEPLOY = 'npx cdk deploy --all --revert-drift';

describe('the recorder', () => {
  test('that is stopped is started', async () => {
    config
      .on(DescribeConfigurationRecorderStatusCommand)
      .resolves({ ConfigurationRecordersStatus: [{ name: RECORDER, recording: false }] });
    expect(await troubles()).toEqual([
      `config-recorder fail: The recorder of AWS Config ${RECORDER} is stopped: AWS Config records no changes.`,
      START,
    ]);
  });

  test.each<[string, ConfigurationRecorder, string]>([
    ['reads with another role', { roleARN: 'arn:role' }, 'RoleARN'],
    ['leaves IAM out', { recordingGroup: { allSupported: true } }, 'IncludeGlobalResourceTypes'],
    [
      'records some types only',
      {
        recordingGroup: {
          allSupported: false,
          includeGlobalResourceTypes: true,
          exclusionByResourceTypes: { resourceTypes: ['AWS::IAM::User'] },
        },
      },
      'AllSupported, ExclusionByResourceTypes',
    ],
    [
      'leaves types out by another frequency',
      {
        recordingMode: {
          recordingFrequency: 'DAILY',
          recordingModeOverrides: [{ resourceTypes: ['AWS::IAM::User'], recordingFrequency: 'DAILY' }],
        },
      },
      'RecordingModeOverrides',
    ],
  ])('that %s is written again', async (_, change, names) => {
    config
      .on(DescribeConfigurationRecordersCommand)
      .resolves({ ConfigurationRecorders: [{ ...asDeployed.recorder, ...change }] });
    const [said, command] = await troubles();
    expect(said).toMatch(`config-recorder fail: ${names} of the recorder of AWS Config ${RECORDER} differ`);
    expect(command).toBe(WRITE);
  });

  test('that was deleted is created by a deployment', async () => {
    config.on(DescribeConfigurationRecordersCommand).rejects(failure('NoSuchConfigurationRecorderException'));
    expect(await troubles()).toEqual([
      `config-recorder fail: The recorder of AWS Config ${RECORDER} was deleted.`,
      REDEPLOY,
    ]);
  });

  test('whose state AWS does not tell is unknown', async () => {
    config.on(DescribeConfigurationRecorderStatusCommand).resolves({});
    expect(await troubles()).toEqual([
      'config-recorder unknown: AWS did not return whether the recorder is started.',
    ]);
    config.on(DescribeConfigurationRecordersCommand).rejects(failure('AccessDeniedException'));
    expect(await troubles()).toEqual([
      'config-recorder unknown: config:DescribeConfigurationRecorders is not allowed.',
      'npx aws-account-baseline policy verify',
    ]);
  });
});

describe('the delivery channel', () => {
  test.each<[string, DeliveryChannel, string]>([
    ['without the key', { name: CHANNEL, s3BucketName: BUCKET }, 'S3KmsKeyArn'],
    ['to another bucket', { ...asDeployed.channel, s3BucketName: 'mine' }, 'S3BucketName'],
    ['to another folder', { ...asDeployed.channel, s3KeyPrefix: 'mine' }, 'S3KeyPrefix'],
    ['also to a topic', { ...asDeployed.channel, snsTopicARN: 'arn:mine' }, 'SnsTopicARN'],
  ])('%s is written again', async (_, channel, name) => {
    config.on(DescribeDeliveryChannelsCommand).resolves({ DeliveryChannels: [channel] });
    expect(await troubles()).toEqual([
      `config-recorder fail: ${name} of the delivery channel of AWS Config ${CHANNEL} differs from the template.`,
      `aws configservice put-delivery-channel --region ${REGION} --delivery-channel '${JSON.stringify(asDeployed.channel)}'`,
    ]);
  });

  test('that was deleted is created by a deployment', async () => {
    config.on(DescribeDeliveryChannelsCommand).rejects(failure('NoSuchDeliveryChannelException'));
    expect(await troubles()).toEqual([
      `config-recorder fail: The delivery channel of AWS Config ${CHANNEL} was deleted.`,
      REDEPLOY,
    ]);
  });
});

describe('GuardDuty', () => {
  test('that is disabled is enabled', async () => {
    guardDuty.on(GetDetectorCommand).resolves({ Status: 'DISABLED', ServiceRole: 'arn:role' });
    expect(await troubles()).toEqual([
      'guard-duty fail: The detector of GuardDuty GuardDuty is disabled: GuardDuty finds nothing.',
      `aws guardduty update-detector --region ${REGION} --detector-id GuardDuty --enable`,
    ]);
  });

  test('that was deleted is created by a deployment, and without a status it is unknown', async () => {
    guardDuty.on(GetDetectorCommand).rejects(failure('BadRequestException'));
    expect(await troubles()).toEqual([
      'guard-duty fail: The detector of GuardDuty GuardDuty was deleted.',
      REDEPLOY,
    ]);
    guardDuty.on(GetDetectorCommand).resolves({});
    expect(await troubles()).toEqual([
      'guard-duty unknown: AWS did not return whether GuardDuty is enabled.',
    ]);
  });
});

describe('Security Hub', () => {
  test('that does not enable new controls, or finds in another way, is deployed again', async () => {
    securityHub.on(DescribeHubCommand).resolves({ ...asDeployed.hub, AutoEnableControls: false });
    expect(await troubles()).toEqual([
      'security-hub fail: AutoEnableControls of the Security Hub SecurityHub differs from the template.',
      REDEPLOY,
    ]);
    securityHub.on(DescribeHubCommand).resolves({ HubArn: 'arn:hub' });
    expect((await troubles())[0]).toBe(
      'security-hub fail: AutoEnableControls, ControlFindingGenerator of the Security Hub SecurityHub differ from the template.',
    );
  });

  test('that was disabled is enabled by a deployment', async () => {
    securityHub.on(DescribeHubCommand).rejects(failure('InvalidAccessException'));
    expect(await troubles()).toEqual([
      'security-hub fail: The Security Hub SecurityHub was deleted.',
      REDEPLOY,
    ]);
  });
});

test('values that are not known are restored by a deployment', async () => {
  config.on(DescribeConfigurationRecordersCommand).resolves({ ConfigurationRecorders: [{}] });
  config.on(DescribeDeliveryChannelsCommand).resolves({ DeliveryChannels: [{}] });
  const { Resources } = DETECTORS.template as { Resources: Record<string, object> };
  const unknown = { 'Fn::Select': [0, []] };
  const template = {
    Resources: {
      ...Resources,
      [RECORDER]: { Type: 'AWS::Config::ConfigurationRecorder', Properties: { RoleARN: unknown } },
      [CHANNEL]: { Type: 'AWS::Config::DeliveryChannel', Properties: { S3BucketName: unknown } },
    },
  };
  expect((await troubles({ ...DETECTORS, template })).filter((line) => line.startsWith('npx'))).toEqual([
    REDEPLOY,
    REDEPLOY,
  ]);
});
