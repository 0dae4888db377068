import { Aws } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type Bucket, CfnBucket, type IBucket } from 'aws-cdk-lib/aws-s3';

const CLOUDTRAIL = new ServicePrincipal('cloudtrail.amazonaws.com');

/** The resource of a key policy is the key itself. */
const THIS_KEY = ['*'];

const of = (trailArn: string) => ({ StringEquals: { 'aws:SourceArn': trailArn } });

/**
 * Admits CloudTrail to the bucket, for one trail.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
 */
export function admitTrailToBucket(bucket: IBucket, trailArn: string): void {
  bucket.addToResourcePolicy(
    new PolicyStatement({
      sid: 'CloudTrailReadsAcl',
      principals: [CLOUDTRAIL],
      actions: ['s3:GetBucketAcl'],
      resources: [bucket.bucketArn],
      conditions: of(trailArn),
    }),
  );
  bucket.addToResourcePolicy(
    new PolicyStatement({
      sid: 'CloudTrailWritesLogFiles',
      principals: [CLOUDTRAIL],
      actions: ['s3:PutObject'],
      resources: [bucket.arnForObjects(`AWSLogs/${Aws.ACCOUNT_ID}/*`)],
      conditions: {
        StringEquals: { ...of(trailArn).StringEquals, 's3:x-amz-acl': 'bucket-owner-full-control' },
      },
    }),
  );
}

/**
 * Admits CloudTrail to the key, for one trail, with the actions of AWS's documentation: `GenerateDataKey*`
 * are those with and without the plain text, for a key or a pair. No condition on the encryption context: log
 * files have the trail's, but what S3 encrypts by the bucket's default has its own.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
 */
export function admitTrailToKey(key: IKey, trailArn: string): void {
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: 'CloudTrailEncrypts',
      principals: [CLOUDTRAIL],
      actions: ['kms:DescribeKey', 'kms:GenerateDataKey*'],
      resources: THIS_KEY,
      conditions: of(trailArn),
    }),
  );
}

/**
 * Admits CloudWatch Logs of this account and Region to the key. A log group needs its key first, so that its
 * name is not known here.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export function admitLogsToKey(key: IKey): void {
  const logGroups = `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:*`;
  key.addToResourcePolicy(
    new PolicyStatement({
      sid: 'CloudWatchLogsEncrypts',
      principals: [new ServicePrincipal(`logs.${Aws.REGION}.${Aws.URL_SUFFIX}`)],
      actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
      resources: THIS_KEY,
      conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': logGroups } },
    }),
  );
}

/**
 * Logs access to one bucket in another. By hand: the L2's way depends on a feature flag and uses ACLs without
 * it.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
export function logAccess(bucket: Bucket, target: IBucket): void {
  const { defaultChild } = bucket.node;
  if (defaultChild instanceof CfnBucket) {
    defaultChild.loggingConfiguration = { destinationBucketName: target.bucketName };
  }
}

/**
 * Admits the access logs of buckets of this account to a bucket.
 *
 * @param source ARN of a bucket, or a pattern of ARNs
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
export function admitAccessLogs(target: IBucket, source: string): void {
  target.addToResourcePolicy(
    new PolicyStatement({
      // One for each bucket that logs here.
      sid: 'S3WritesAccessLogs',
      principals: [new ServicePrincipal('logging.s3.amazonaws.com')],
      actions: ['s3:PutObject'],
      resources: [target.arnForObjects('*')],
      conditions: {
        ArnLike: { 'aws:SourceArn': source },
        StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
      },
    }),
  );
}
