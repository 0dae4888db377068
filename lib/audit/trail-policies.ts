import { Aws } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type Bucket, CfnBucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { admitToKey } from '../functions/admit-to-key';

const CLOUDTRAIL = new ServicePrincipal('cloudtrail.amazonaws.com');

/** In a key policy, * is the key itself. */
const THIS_KEY = ['*'];

const of = (trailArn: string) => ({ StringEquals: { 'aws:SourceArn': trailArn } });

/**
 * Allows CloudTrail to write to the bucket, for one trail.
 *
 * @param owners first folders of the log files: the ID of the trail's account, and that of the organization
 * whose trail it is. Such a trail needs both, so that it can become a trail of its account again.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
 */
export function admitTrailToBucket(
  bucket: IBucket,
  trailArn: string,
  owners: readonly string[] = [Aws.ACCOUNT_ID],
): void {
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
      resources: owners.map((owner) => bucket.arnForObjects(`AWSLogs/${owner}/*`)),
      conditions: {
        StringEquals: { ...of(trailArn).StringEquals, 's3:x-amz-acl': 'bucket-owner-full-control' },
      },
    }),
  );
}

/**
 * Allows CloudTrail to use the key, for one trail, with the actions in the AWS documentation. There is no
 * condition on the encryption context: log files have the trail's, but objects that S3 encrypts by the
 * bucket's default have another.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
 */
export function admitTrailToKey(key: IKey, trailArn: string): void {
  admitToKey(
    key,
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
 * Allows CloudWatch Logs of this account and Region to use the key. The key is created before the log group,
 * so its name is not known here.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export function admitLogsToKey(key: IKey): void {
  const logGroups = `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:*`;
  admitToKey(
    key,
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
 * Delivers the access logs of one bucket to another. It sets the L1 property, because the L2 construct uses
 * ACLs unless a feature flag is set.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
export function logAccess(bucket: Bucket, target: IBucket): void {
  const { defaultChild } = bucket.node;
  if (defaultChild instanceof CfnBucket) {
    defaultChild.loggingConfiguration = { destinationBucketName: target.bucketName };
  }
}

/**
 * Allows buckets of this account to deliver access logs to a bucket.
 *
 * @param sources ARNs of buckets, or patterns of ARNs
 * @param sid ID of the statement, once in a policy
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
export function admitAccessLogs(
  target: IBucket,
  sources: readonly string[],
  sid = 'S3WritesAccessLogs',
): void {
  target.addToResourcePolicy(
    new PolicyStatement({
      sid,
      principals: [new ServicePrincipal('logging.s3.amazonaws.com')],
      actions: ['s3:PutObject'],
      resources: [target.arnForObjects('*')],
      conditions: {
        ArnLike: { 'aws:SourceArn': sources.length === 1 ? sources[0] : sources },
        StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
      },
    }),
  );
}
