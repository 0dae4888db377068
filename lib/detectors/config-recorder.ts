import { Aws, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnConfigurationRecorder, CfnDeliveryChannel } from 'aws-cdk-lib/aws-config';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { ConfigServiceRole } from './config-service-role';
import { evidenceBucket } from '../audit/evidence-bucket';
import { onlyOnce } from '../functions/only-once';
import { checkProps, construct } from '../fields/check-props';
import { admitAccessLogs } from '../audit/trail-policies';
import { admitToKey } from '../functions/admit-to-key';

/** Props of {@link ConfigRecorder}. */
export interface ConfigRecorderProps {
  /** The role that the recorder uses to read resources. The recorder is created after it. */
  readonly role: ConfigServiceRole;
  /**
   * Key that encrypts the delivered files. Its policy is extended for AWS Config.
   * @default - S3 encrypts with its own keys
   */
  readonly encryptionKey?: IKey;
  /**
   * Bucket for the access logs of the recorder's bucket. In another stack, its policy must admit S3 for that
   * bucket, as `bucketPrefix` of `AuditTrail` does.
   * @default - access is not logged
   */
  readonly accessLogBucket?: IBucket;
  /**
   * Age at which delivered files expire.
   * @default Duration.days(2557)
   */
  readonly expireAfter?: Duration;
  /**
   * What happens to the bucket when the stack is deleted. The recorder and the delivery channel are deleted
   * with it.
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

const CONFIG = new ServicePrincipal('config.amazonaws.com');

/**
 * Limits AWS Config to this account. The source ARN that AWS Config sends ends in `:*`, so it would only add
 * the Region.
 * @see https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html
 */
const THIS_ACCOUNT = { 'aws:SourceAccount': Aws.ACCOUNT_ID };

/**
 * An AWS Config recorder for every resource of the Region and of IAM, with its own bucket. Each Region can
 * have only one recorder and one delivery channel. If it already has them, the deployment fails and is rolled
 * back.
 *
 * The recorder records once a day, billed for each resource that changed on that day. Recording each change
 * would cost less in an account where little changes, but a workload that creates and deletes resources all
 * day would make it cost without a limit.
 * @example
 * new ConfigRecorder(this, 'Config', { role: new ConfigServiceRole(this, 'ConfigRole') });
 * @see https://docs.aws.amazon.com/config/latest/developerguide/select-resources.html
 */
export class ConfigRecorder extends Construct {
  /** Bucket for the snapshots and the history of the resources. */
  readonly bucket: IBucket;

  constructor(scope: Construct, id: string, props: ConfigRecorderProps) {
    super(scope, id);
    checkProps({ role: construct() }, props);
    onlyOnce(this, ['The recorder'], (one) => one instanceof CfnConfigurationRecorder && 'The recorder');
    const { encryptionKey, accessLogBucket, removalPolicy = RemovalPolicy.RETAIN } = props;
    const bucket = evidenceBucket(this, 'Bucket', {
      encryptionKey,
      accessLogBucket,
      expireAfter: props.expireAfter ?? Duration.days(2557),
      removalPolicy,
    });
    this.bucket = bucket;
    admitConfigToBucket(bucket);
    // The policy of a bucket in another stack cannot refer to a bucket that refers to it.
    if (accessLogBucket && Stack.of(accessLogBucket) === Stack.of(this)) {
      admitAccessLogs(accessLogBucket, [bucket.bucketArn], 'S3WritesAccessLogsOfConfig');
    }
    if (encryptionKey) admitConfigToKey(encryptionKey);

    const recorder = new CfnConfigurationRecorder(this, 'Recorder', {
      roleArn: props.role.roleArn,
      recordingGroup: { allSupported: true, includeGlobalResourceTypes: true },
      recordingMode: { recordingFrequency: 'DAILY' },
    });
    const channel = new CfnDeliveryChannel(this, 'Channel', {
      s3BucketName: bucket.bucketName,
      s3KmsKeyArn: encryptionKey?.keyArn,
    });
    recorder.node.addDependency(props.role);
    // Recorder and channel must not depend on each other: AWS Config needs the recorder to create the
    // channel, and the recorder is stable only when the channel exists.
    // https://github.com/aws/aws-cdk/issues/3577
    for (const part of [recorder, channel]) if (bucket.policy) part.node.addDependency(bucket.policy);
  }
}

/** AWS Config delivers as a service principal, because its service-linked role cannot write to buckets. */
function admitConfigToBucket(bucket: IBucket): void {
  bucket.addToResourcePolicy(
    new PolicyStatement({
      sid: 'ConfigReadsBucket',
      principals: [CONFIG],
      actions: ['s3:GetBucketAcl', 's3:ListBucket'],
      resources: [bucket.bucketArn],
      conditions: { StringEquals: THIS_ACCOUNT },
    }),
  );
  bucket.addToResourcePolicy(
    new PolicyStatement({
      sid: 'ConfigDelivers',
      principals: [CONFIG],
      actions: ['s3:PutObject'],
      resources: [bucket.arnForObjects(`AWSLogs/${Aws.ACCOUNT_ID}/Config/*`)],
      conditions: { StringEquals: { ...THIS_ACCOUNT, 's3:x-amz-acl': 'bucket-owner-full-control' } },
    }),
  );
}

/** @see https://docs.aws.amazon.com/config/latest/developerguide/s3-kms-key-policy.html */
function admitConfigToKey(key: IKey): void {
  admitToKey(
    key,
    new PolicyStatement({
      sid: 'ConfigEncrypts',
      principals: [CONFIG],
      // As in the AWS documentation: a data key, with and without its plaintext.
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      // In a key policy, `*` means this key.
      resources: ['*'],
      conditions: { StringEquals: THIS_ACCOUNT },
    }),
  );
}
