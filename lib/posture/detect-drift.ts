import {
  CloudFormationClient,
  DescribeStackDriftDetectionStatusCommand,
  DetectStackDriftCommand,
} from '@aws-sdk/client-cloudformation';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clients } from './clients';
import { read } from './read';
import type { DriftDetection, Part } from './snapshot';

/** Time to wait for the result, and between two polls, in milliseconds. */
export interface Patience {
  /** @default 300000 */
  readonly limitMs?: number;
  /** @default 5000 */
  readonly pauseMs?: number;
}

/**
 * Runs CloudFormation drift detection on the stack and waits for it. This changes only the result that
 * CloudFormation stores with the stack, and ReadOnlyAccess allows it. CloudFormation reads each resource with
 * the caller's credentials.
 *
 * @param region @default - the connection's
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DetectStackDrift.html
 */
export function detectDrift(
  clients: Clients,
  StackName: string,
  { limitMs = 300_000, pauseMs = 5000 }: Patience = {},
  region?: string,
): Promise<Part<DriftDetection>> {
  const client = clients.get(CloudFormationClient, region);
  return read(async () => {
    const { StackDriftDetectionId } = await client.send(new DetectStackDriftCommand({ StackName }));
    const deadline = Date.now() + limitMs;
    for (;;) {
      const { DetectionStatus, DetectionStatusReason } = await client.send(
        new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId }),
      );
      if (DetectionStatus !== 'DETECTION_IN_PROGRESS') {
        return { isComplete: DetectionStatus === 'DETECTION_COMPLETE', reason: DetectionStatusReason };
      }
      if (Date.now() + pauseMs > deadline) {
        throw new Error(
          `Drift detection did not finish after ${Math.round(limitMs / 1000)} s; a later verify shows its result`,
        );
      }
      await sleep(pauseMs);
    }
  });
}
