import { STOP_THE_CALLER } from '../containment';
import type { DocumentedDetection } from '../detection';
import { allOf, anyOf, DIRECTLY, eventNameLike, SUCCEEDED, WRITES } from '../patterns';
import { SAFEGUARDS } from '../signals';

export const logsDisabled: DocumentedDetection = {
  id: 'LogsDisabled',
  signal: SAFEGUARDS,
  controls: [],
  pattern: `{${allOf(
    SUCCEEDED,
    WRITES,
    DIRECTLY,
    anyOf(
      allOf(
        // Delete, Disassociate, Disable
        eventNameLike('D*'),
        eventNameLike(
          '*FlowLogs',
          '*QueryLogConfig',
          '*QueryLoggingConfig',
          '*LoggingConfiguration',
          '*EventDataStore',
        ),
      ),
      eventNameLike('StopActivityStream'),
      allOf(
        eventNameLike('PutBucketLogging'),
        '$.requestParameters.BucketLoggingStatus.LoggingEnabled NOT EXISTS',
      ),
      // EKS. Tools that enable logs list those first.
      '$.requestParameters.logging.clusterLogging[0].enabled IS FALSE',
    ),
  )}}`,
  why: 'Somebody deleted or disabled logs that show an intruder’s tracks: VPC flow logs, DNS query logs, logs of a web firewall, a bucket, a cluster, a database, AI models, or an event data store of CloudTrail.',
  noise:
    'Removing a network or an application manually or with Terraform. Deployments with CloudFormation do not count.',
  firstMinutes: ['Ask the caller.', 'Check what else the caller did: the log would probably have shown it.'],
  containment: [STOP_THE_CALLER, 'Enable the log again, by redeploying the stack that owns it.'],
};
