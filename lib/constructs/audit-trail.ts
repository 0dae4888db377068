import { ArnFormat, Aws, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { ILogGroup, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption, IBucket, StorageClass } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { guardLogGroup, type Guarded } from './guard';
import { serviceRole } from './service-role';
import { admitLogsToKey, admitTrailToBucket, admitTrailToKey, logAccess } from './trail-policies';
import { acknowledgeWildcard } from './wildcard';

export interface AuditTrailProps {
  /**
   * Name of the trail. A physical name, because the policies of bucket and key speak of the trail before it exists.
   * @default 'account-baseline'
   */
  readonly trailName?: string;
  /**
   * Key for log files and log group; its policy is extended for CloudTrail and CloudWatch Logs.
   * @default - S3 and CloudWatch Logs encrypt with keys of their own
   */
  readonly encryptionKey?: IKey;
  /**
   * Days that CloudWatch Logs keeps the events, one of the periods that it offers.
   * @default 365
   */
  readonly logGroupRetentionDays?: number;
  /**
   * Age at which log files move to Glacier Instant Retrieval, where they cost less and are read at once.
   * @default Duration.days(90)
   */
  readonly archiveAfter?: Duration;
  /**
   * Age at which log files expire.
   * @default Duration.days(2557)
   */
  readonly expireAfter?: Duration;
  /**
   * What becomes of buckets and log group when the stack is deleted. A bucket that holds objects can't be deleted.
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * One trail for all Regions and global services, with validated log files in a bucket that admits this trail alone,
 * and a copy in CloudWatch Logs for the alarms.
 *
 * @throws {Error} if log files would expire before they are archived
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html
 */
export class AuditTrail extends Construct {
  /** Log files of the trail. */
  readonly bucket: IBucket;
  /** Who asked for log files. */
  readonly accessLogBucket: IBucket;
  /** Events of the retention period, for filters and queries. */
  readonly logGroup: ILogGroup;
  /** ARN of the trail. */
  readonly trailArn: string;
  private readonly encryptionKey?: IKey;

  constructor(scope: Construct, id: string, props: AuditTrailProps = {}) {
    super(scope, id);
    const { encryptionKey, removalPolicy = RemovalPolicy.RETAIN, trailName = 'account-baseline' } = props;
    const archiveAfter = props.archiveAfter ?? Duration.days(90);
    const expireAfter = props.expireAfter ?? Duration.days(2557);
    if (expireAfter.toDays() <= archiveAfter.toDays()) {
      throw new Error(
        `expireAfter must be more than archiveAfter, got ${expireAfter.toDays()} and ${archiveAfter.toDays()} days`,
      );
    }
    this.encryptionKey = encryptionKey;
    this.trailArn = Stack.of(this).formatArn({
      service: 'cloudtrail',
      resource: 'trail',
      resourceName: trailName,
    });

    const common = {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      // No rule on the TLS version: AWS's endpoints take nothing older than 1.2 any more.
      // https://aws.amazon.com/blogs/security/tls-1-2-required-for-aws-endpoints/
      enforceSSL: true,
      versioned: true,
      removalPolicy,
    };
    this.accessLogBucket = new Bucket(this, 'AccessLogs', {
      ...common,
      // Server access logs can't be delivered to a bucket with a KMS key as its default.
      encryption: BucketEncryption.S3_MANAGED,
      lifecycleRules: [{ expiration: expireAfter, noncurrentVersionExpiration: Duration.days(30) }],
    });
    const bucket = new Bucket(this, 'Bucket', {
      ...common,
      ...(encryptionKey
        ? { encryption: BucketEncryption.KMS, encryptionKey }
        : { encryption: BucketEncryption.S3_MANAGED }),
      lifecycleRules: [
        {
          transitions: [
            { storageClass: StorageClass.GLACIER_INSTANT_RETRIEVAL, transitionAfter: archiveAfter },
          ],
          expiration: expireAfter,
          // An overwritten or deleted log file is evidence too.
          noncurrentVersionExpiration: expireAfter,
        },
      ],
    });
    this.bucket = bucket;
    logAccess(bucket, this.accessLogBucket);
    admitTrailToBucket(bucket, this.trailArn);
    if (encryptionKey) {
      admitTrailToKey(encryptionKey, this.trailArn);
      admitLogsToKey(encryptionKey);
    }
    this.logGroup = new LogGroup(this, 'LogGroup', {
      encryptionKey,
      // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- the enum is the days themselves
      retention: (props.logGroupRetentionDays ?? 365) as RetentionDays,
      removalPolicy,
    });

    const trail = new CfnTrail(this, 'Trail', {
      trailName,
      s3BucketName: this.bucket.bucketName,
      kmsKeyId: encryptionKey?.keyArn,
      cloudWatchLogsLogGroupArn: this.logGroup.logGroupArn,
      cloudWatchLogsRoleArn: this.deliveryRole().roleArn,
      isLogging: true,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
    });
    if (this.bucket.policy) trail.node.addDependency(this.bucket.policy);
    // A bucket that stays keeps refusing requests without TLS.
    for (const { policy } of [this.bucket, this.accessLogBucket]) policy?.applyRemovalPolicy(removalPolicy);
    this.acknowledge(trail);
  }

  /** What must not be taken away by accident. */
  get guarded(): Guarded[] {
    const buckets = [this.bucket, this.accessLogBucket];
    return [
      {
        actions: [
          'cloudtrail:DeleteTrail',
          'cloudtrail:Put*',
          'cloudtrail:StopLogging',
          'cloudtrail:UpdateTrail',
        ],
        resources: [this.trailArn],
      },
      {
        actions: ['s3:Delete*', 's3:Put*'],
        resources: buckets.flatMap((bucket) => [bucket.bucketArn, bucket.arnForObjects('*')]),
      },
      guardLogGroup(this.logGroup),
    ];
  }

  private deliveryRole(): Role {
    // The names that CloudTrail gives its streams. An ARN attribute of a log group ends in ":*", so it is written out.
    const streams = Stack.of(this).formatArn({
      service: 'logs',
      resource: 'log-group',
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      resourceName: `${this.logGroup.logGroupName}:log-stream:${Aws.ACCOUNT_ID}_CloudTrail_${Aws.REGION}*`,
    });
    // CloudTrail supports neither aws:SourceArn nor aws:SourceAccount here:
    // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html
    const role = serviceRole(this, 'DeliveryRole', 'cloudtrail.amazonaws.com', [
      new PolicyStatement({ actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [streams] }),
    ]);
    acknowledgeWildcard(
      role,
      streams,
      'CloudTrail numbers its streams; their account and Region are fixed, and so is the log group.',
    );
    return role;
  }

  private acknowledge(trail: CfnTrail): void {
    const replication = {
      id: 'NIST.800.53.R5-S3BucketReplicationEnabled',
      reason:
        'Versioned and retained; a copy belongs in another account, which a first account does not have.',
    };
    Validations.of(this.bucket).acknowledge(replication);
    if (!this.encryptionKey) {
      const reason =
        'The customer key is switched off to save its price; the service encrypts with a key of its own.';
      Validations.of(this.bucket).acknowledge({ id: 'NIST.800.53.R5-S3DefaultEncryptionKMS', reason });
      Validations.of(this.logGroup).acknowledge({ id: 'NIST.800.53.R5-CloudWatchLogGroupEncrypted', reason });
      Validations.of(trail).acknowledge({ id: 'NIST.800.53.R5-CloudTrailEncryptionEnabled', reason });
    }
    Validations.of(this.accessLogBucket).acknowledge(
      replication,
      {
        id: 'AwsSolutions-S1',
        reason: 'It receives the access logs; logging its own access would never end.',
      },
      {
        id: 'NIST.800.53.R5-S3BucketLoggingEnabled',
        reason: 'It receives the access logs; logging its own access would never end.',
      },
      {
        id: 'NIST.800.53.R5-S3DefaultEncryptionKMS',
        reason: 'S3 can’t deliver access logs to a bucket whose default encryption is a KMS key.',
      },
    );
  }
}
