import {
  CloudFormationClient,
  CloudFormationServiceException,
  DescribeStackDriftDetectionStatusCommand,
  DetectStackDriftCommand,
} from '@aws-sdk/client-cloudformation';
import { mockClient } from 'aws-sdk-client-mock';
import { Clients } from '../../lib/posture/clients';
import { detectDrift } from '../../lib/posture/detect-drift';
import { REGION } from './snapshot';

const cloudFormation = mockClient(CloudFormationClient);

beforeEach(() => {
  cloudFormation.reset();
  cloudFormation.on(DetectStackDriftCommand).resolves({ StackDriftDetectionId: 'one' });
});

const run = () =>
  detectDrift(new Clients({ region: REGION }), 'AccountBaseline', { limitMs: 50, pauseMs: 5 });

/** As CloudFormation answers. */
const answer = (
  DetectionStatus: 'DETECTION_IN_PROGRESS' | 'DETECTION_COMPLETE' | 'DETECTION_FAILED',
  DetectionStatusReason?: string,
) => ({
  StackId: 'arn',
  StackDriftDetectionId: 'one',
  DetectionStatus,
  DetectionStatusReason,
  Timestamp: new Date(),
});

test('waits until CloudFormation is done', async () => {
  cloudFormation
    .on(DescribeStackDriftDetectionStatusCommand, { StackDriftDetectionId: 'one' })
    .resolvesOnce(answer('DETECTION_IN_PROGRESS'))
    .resolves(answer('DETECTION_COMPLETE'));
  expect(await run()).toEqual({ value: { isComplete: true, reason: undefined } });
  expect(cloudFormation.commandCalls(DescribeStackDriftDetectionStatusCommand)).toHaveLength(2);
});

test('says when not every resource could be compared', async () => {
  const reason = 'Failed to detect drift on resource [Key]';
  cloudFormation.on(DescribeStackDriftDetectionStatusCommand).resolves(answer('DETECTION_FAILED', reason));
  expect(await run()).toEqual({ value: { isComplete: false, reason } });
});

test('does not wait for ever', async () => {
  cloudFormation.on(DescribeStackDriftDetectionStatusCommand).resolves(answer('DETECTION_IN_PROGRESS'));
  expect(await run()).toEqual({
    unknown: 'Drift detection did not finish after 0 s; a later verify shows its result',
  });
});

test('a missing permission is unknown, by its name', async () => {
  cloudFormation
    .on(DetectStackDriftCommand)
    .rejects(new CloudFormationServiceException({ name: 'AccessDenied', $fault: 'client', $metadata: {} }));
  expect(await run()).toEqual({
    unknown: 'cloudformation:DetectStackDrift is not allowed',
    permission: 'cloudformation:DetectStackDrift',
  });
});

test('runs in the Region of the stack', async () => {
  cloudFormation.on(DescribeStackDriftDetectionStatusCommand).resolves(answer('DETECTION_COMPLETE'));
  await detectDrift(new Clients({ region: REGION }), 'AccountBaseline-RootNotice', {}, 'us-east-1');
  const [call] = cloudFormation.commandCalls(DetectStackDriftCommand);
  expect(await (call?.thisValue as CloudFormationClient).config.region()).toBe('us-east-1');
});
