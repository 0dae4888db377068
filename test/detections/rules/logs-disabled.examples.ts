import { calls, example, type Examples, parameters } from '../events/example';
import { ADMIN, BUCKET, INTRUDER } from '../events/fixtures';
import { call, CLOUDFORMATION, denied } from '../events/record';

const FLOW_LOG = { DeleteFlowLogsRequest: { FlowLogId: { content: 'fl-0e17aa62a21d4bbfe', tag: 1 } } };
const cluster = (enabled: boolean) => ({
  name: 'orders',
  logging: { clusterLogging: [{ types: ['api', 'audit'], enabled }] },
});

export const examples: Examples = {
  matches: [
    ...calls('ec2', INTRUDER, { DeleteFlowLogs: FLOW_LOG }),
    ...calls('route53resolver', INTRUDER, {
      DeleteResolverQueryLogConfig: { resolverQueryLogConfigId: 'rqlc-1' },
      DisassociateResolverQueryLogConfig: { resolverQueryLogConfigId: 'rqlc-1' },
    }),
    ...calls('route53', INTRUDER, { DeleteQueryLoggingConfig: { id: '1' } }),
    ...calls('wafv2', INTRUDER, { DeleteLoggingConfiguration: { resourceArn: 'arn:aws:wafv2:::x' } }),
    ...calls('bedrock', INTRUDER, { DeleteModelInvocationLoggingConfiguration: {} }),
    ...calls('cloudtrail', INTRUDER, { DeleteEventDataStore: { eventDataStore: 'x' } }),
    ...calls('rds', INTRUDER, { StopActivityStream: { resourceArn: 'x' } }),
    ...calls('s3', INTRUDER, { PutBucketLogging: { ...BUCKET, BucketLoggingStatus: { xmlns: 's3' } } }),
    ...calls('eks', INTRUDER, { UpdateClusterConfig: cluster(false) }),
  ],
  nearMisses: [
    example('an intruder may not', denied('ec2', 'DeleteFlowLogs', INTRUDER, parameters(FLOW_LOG))),
    example('a stack is deleted', call('ec2', 'DeleteFlowLogs', CLOUDFORMATION, parameters(FLOW_LOG))),
    ...calls('ec2', ADMIN, { DescribeFlowLogs: {}, CreateFlowLogs: {}, DeleteVpcEndpoints: {} }),
    ...calls('route53resolver', ADMIN, { CreateResolverQueryLogConfig: {} }),
    ...calls('s3', ADMIN, {
      PutBucketLogging: { ...BUCKET, BucketLoggingStatus: { LoggingEnabled: { TargetBucket: 'logs' } } },
    }),
    ...calls('eks', ADMIN, { UpdateClusterConfig: cluster(true) }),
    ...calls('rds', ADMIN, { StartActivityStream: { resourceArn: 'x' } }),
  ],
};
