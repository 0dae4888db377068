import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { CfnConfigurationRecorder, CfnDeliveryChannel } from 'aws-cdk-lib/aws-config';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { ConfigServiceRole } from './config-service-role';
import { evidenceBucket } from '../audit/evidence-bucket';

export interface ConfigRecorderProps {
  /** What the recorder reads with; it is waited for. */
  readonly role: ConfigServiceRole;
  /**
   * Key for what is delivered; its policy is extended for AWS Config.
   * @default - S3 encrypts with keys of its own
   */
  readonly encryptionKey?: IKey;
  /**
   * Bucket that access to the recorder's bucket is logged in.
   * @default - access is not logged
   */
  readonly accessLogBucket?: IBucket;
  /**
   * Age at which what was delivered expires.
   * @default Duration.days(2557)
   */
  readonly expireAfter?: Duration;
  /**
   * What becomes of the bucket when the stack is deleted. Recorder and delivery channel go with the stack.
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

const CONFIG = new ServicePrincipal('config.amazonaws.com');

/**
 * For this account. The source ARN that AWS Config sends ends in `:*` and would add the Region only.
 * @see https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html
 */
const THIS_ACCOUNT = { 'aws:SourceAccount': Aws.ACCOUNT_ID };

/**
 * AWS Config's recorder of every resource of the Region and of IAM, with a bucket of its own. An account has one recorder
 * and one delivery channel a Region: where there are some, the deployment of these fails and is rolled back.
 *
 * It records once a day, at a price for each resource that changed on that day: what changes every minute costs no more than
 * what changed once. In an account where little changes, each change by itself would cost less, and a workload that makes
 * and deletes resources all day would make it cost without a limit.
 * @see https://docs.aws.amazon.com/config/latest/developerguide/select-resources.html
 */
export class ConfigRecorder extends Construct {
  /** Snapshots and history of the resources. */
  readonly bucket: IBucket;

  constructor(scope: Construct, id: string, props: ConfigRecorderProps) {
    super(scope, id);
    const { encryptionKey, removalPolicy = RemovalPolicy.RETAIN } = props;
    const bucket = evidenceBucket(this, 'Bucket', {
      encryptionKey,
      accessLogBucket: props.accessLogBucket,
      expireAfter: props.expireAfter ?? Duration.days(2557),
      removalPolicy,
    });
    this.bucket = bucket;
    admitConfigToBucket(bucket);
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
    // Neither depends on the other: the recorder is made before the channel can be, and is ready only when the channel is.
    // https://github.com/aws/aws-cdk/issues/3577
    for (const part of [recorder, channel]) if (bucket.policy) part.node.addDependency(bucket.policy);
  }
}

/** The service-linked role may not write to buckets: AWS Config delivers as itself. */
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
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: 'ConfigEncrypts',
      principals: [CONFIG],
      // As AWS's documentation has it: a data key, with and without its plain text.
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      // The key itself: a key policy speaks of no other.
      resources: ['*'],
      conditions: { StringEquals: THIS_ACCOUNT },
    }),
  );
}
