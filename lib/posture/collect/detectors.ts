import { createRequire } from 'node:module';
import { z } from 'zod';
import { noAnswer } from '../read';
import { type ComparedType, only } from './compared-type';

/** Loads large clients only for accounts that have such a detector. */
const load = createRequire(__filename);

const Recorder = z.object({
  RoleARN: z.unknown(),
  RecordingGroup: z.record(z.string(), z.unknown()).default({}),
  RecordingMode: z.object({ RecordingFrequency: z.string() }).default({ RecordingFrequency: 'CONTINUOUS' }),
});

/** Properties of a delivery channel, and what the API calls them. */
const CHANNEL = {
  S3BucketName: 's3BucketName',
  S3KeyPrefix: 's3KeyPrefix',
  S3KmsKeyArn: 's3KmsKeyArn',
  SnsTopicARN: 'snsTopicARN',
} as const;

/**
 * The detectors, by CloudFormation type. Not compared: which plans GuardDuty has, because it enables those of
 * the Region, and which standards Security Hub checks, because the template leaves the choice to AWS.
 */
export const DETECTOR_TYPES: Readonly<Record<string, ComparedType>> = {
  'AWS::Config::ConfigurationRecorder': {
    wanted: (properties) => {
      const { RoleARN, RecordingGroup, RecordingMode } = Recorder.parse(properties);
      return {
        Recording: true,
        RoleARN,
        ...only(RecordingGroup, ['AllSupported', 'IncludeGlobalResourceTypes']),
        ...RecordingMode,
      };
    },
    absent: ['NoSuchConfigurationRecorderException'],
    read: async ({ clients }, name) => {
      const {
        ConfigServiceClient,
        DescribeConfigurationRecordersCommand,
        DescribeConfigurationRecorderStatusCommand,
      } = load('@aws-sdk/client-config-service') as typeof import('@aws-sdk/client-config-service');
      const client = clients.get(ConfigServiceClient);
      const ConfigurationRecorderNames = [name];
      const { ConfigurationRecorders: [recorder] = [] } = await client.send(
        new DescribeConfigurationRecordersCommand({ ConfigurationRecorderNames }),
      );
      const { ConfigurationRecordersStatus: [status] = [] } = await client.send(
        new DescribeConfigurationRecorderStatusCommand({ ConfigurationRecorderNames }),
      );
      const { roleARN: RoleARN, recordingGroup, recordingMode } = recorder ?? noAnswer('the recorder');
      const excluded = recordingGroup?.exclusionByResourceTypes?.resourceTypes ?? [];
      const overrides = recordingMode?.recordingModeOverrides ?? [];
      return {
        Recording: status?.recording ?? noAnswer('whether the recorder is started'),
        RoleARN,
        AllSupported: recordingGroup?.allSupported,
        IncludeGlobalResourceTypes: recordingGroup?.includeGlobalResourceTypes,
        RecordingFrequency: recordingMode?.recordingFrequency,
        // The template has none.
        ExclusionByResourceTypes: excluded.length > 0 ? excluded : undefined,
        RecordingModeOverrides: overrides.length > 0 ? overrides : undefined,
      };
    },
  },
  'AWS::Config::DeliveryChannel': {
    wanted: (properties) => only(properties, Object.keys(CHANNEL)),
    absent: ['NoSuchDeliveryChannelException'],
    read: async ({ clients }, name) => {
      const { ConfigServiceClient, DescribeDeliveryChannelsCommand } = load(
        '@aws-sdk/client-config-service',
      ) as typeof import('@aws-sdk/client-config-service');
      const { DeliveryChannels: [channel] = [] } = await clients
        .get(ConfigServiceClient)
        .send(new DescribeDeliveryChannelsCommand({ DeliveryChannelNames: [name] }));
      const found = channel ?? noAnswer('the delivery channel');
      return Object.fromEntries(Object.entries(CHANNEL).map(([property, field]) => [property, found[field]]));
    },
  },
  'AWS::GuardDuty::Detector': {
    wanted: (properties) => only(properties, ['Enable']),
    absent: ['BadRequestException'],
    read: async ({ clients }, DetectorId) => {
      const { GetDetectorCommand, GuardDutyClient } = load(
        '@aws-sdk/client-guardduty',
      ) as typeof import('@aws-sdk/client-guardduty');
      const { Status = noAnswer('whether GuardDuty is enabled') } = await clients
        .get(GuardDutyClient)
        .send(new GetDetectorCommand({ DetectorId }));
      return { Enable: Status === 'ENABLED' };
    },
  },
  'AWS::SecurityHub::Hub': {
    wanted: ({ ControlFindingGenerator, AutoEnableControls = true }) => ({
      ControlFindingGenerator,
      AutoEnableControls,
    }),
    // Security Hub returns InvalidAccess if it is disabled.
    absent: ['InvalidAccessException', 'ResourceNotFoundException'],
    read: async ({ clients }) => {
      const { DescribeHubCommand, SecurityHubClient } = load(
        '@aws-sdk/client-securityhub',
      ) as typeof import('@aws-sdk/client-securityhub');
      const { ControlFindingGenerator, AutoEnableControls } = await clients
        .get(SecurityHubClient)
        .send(new DescribeHubCommand({}));
      return { ControlFindingGenerator, AutoEnableControls };
    },
  },
};
