import { ArnFormat, Aws, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { ILogGroup, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket, BucketEncryption, IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { s3DataEvents } from './event-selectors';
import {
  denyInsecureTransport,
  evidenceBucket,
  NO_ACCESS_LOGS,
  NO_ACL,
  NO_CUSTOMER_KEY,
  NOT_REPLICATED,
  PRIVATE_BUCKET,
} from './evidence-bucket';
import { markPart } from '../functions/mark-part';
import { onlyOnce } from '../functions/only-once';
import { serviceRole } from '../functions/service-role';
import { auditTrail } from '../config/sections/audit-trail';
import { organization } from '../config/sections/organization';
import { checkProps } from '../fields/check-props';
import { organizationId as organizationIdField } from '../fields/names';
import { matching } from '../fields/text';
import { admitAccessLogs, admitLogsToKey, admitTrailToBucket, admitTrailToKey } from './trail-policies';
import { acknowledge, acknowledgeWildcard } from '../functions/nag-suppressions';

/** A bucket for log files in another account. */
export interface LogArchive {
  /** Name of the bucket. Its policy must admit the trail. */
  readonly bucket: string;
  /**
   * ARN of the key for the log files, in the Region of the bucket. Its policy must admit the trail.
   * @default - the bucket's own encryption
   */
  readonly key?: string;
}

/** Properties of `AuditTrail`. */
export interface AuditTrailProps {
  /**
   * Name of the trail. A physical name, because the policies of the bucket and key refer to the trail before
   * it exists.
   * @default 'account-baseline'
   */
  readonly trailName?: string;
  /**
   * Key for the log files and the log group; its policy is extended for CloudTrail and CloudWatch Logs. For
   * an imported key, synthesis warns with the statements that its policy must have.
   * @default - S3 and CloudWatch Logs use their own keys
   */
  readonly encryptionKey?: IKey;
  /**
   * Retention of the events in CloudWatch Logs, in days: one of the periods that it offers.
   * @default 365
   */
  readonly logGroupRetentionDays?: number;
  /**
   * Age at which log files expire.
   * @default Duration.days(2557)
   */
  readonly expireAfter?: Duration;
  /**
   * Whether the trail also logs reads and writes of objects, except in its own buckets and those that match
   * `bucketPrefix`. Each event and its copy in CloudWatch Logs are billed. Denied calls count for the
   * detection `CallDenied`.
   * @default false
   */
  readonly s3DataEvents?: boolean;
  /**
   * Name prefix of other buckets of the baseline. They can deliver access logs to the trail's access-log
   * bucket, and their objects cause no data events.
   * @default - only the trail's own buckets
   */
  readonly bucketPrefix?: string;
  /**
   * ID of the organization whose members the trail also records. This account must be the management account,
   * and CloudTrail must have trusted access.
   * @default - the trail records this account only
   */
  readonly organizationId?: string;
  /**
   * Bucket of another account to which the trail delivers, instead of its own. The trail's own bucket stays,
   * with what it holds.
   * @default - the trail's own bucket
   */
  readonly logArchive?: LogArchive;
  /**
   * What happens to the buckets and the log group when you delete the stack. A bucket that contains objects
   * cannot be deleted.
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}

/**
 * A trail for all Regions and global services, with validated log files in a bucket to which only this trail
 * can write, and a copy in CloudWatch Logs for the alarms.
 *
 * @example
 * const trail = new AuditTrail(this, 'Trail', { logGroupRetentionDays: 90 });
 * trail.bucket.grantRead(new AccountRootPrincipal());
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html
 */
export class AuditTrail extends Construct {
  /** Bucket of the trail's log files. */
  readonly bucket: IBucket;
  /** Bucket of the access logs of the log files. */
  readonly accessLogBucket: IBucket;
  /** Log group with the events of the retention period, for filters and queries. */
  readonly logGroup: ILogGroup;
  /** ARN of the trail. */
  readonly trailArn: string;
  private readonly encryptionKey?: IKey;

  constructor(scope: Construct, id: string, props: AuditTrailProps = {}) {
    super(scope, id);
    checkProps(
      {
        ...auditTrail.unwrap().shape,
        organizationId: organizationIdField().optional(),
        logArchive: organization.unwrap().shape.logArchive,
        bucketPrefix: matching(
          /^[a-z\d][a-z\d.-]*$/,
          'must be the beginning of the name of a bucket',
        ).optional(),
      },
      props,
    );
    const { encryptionKey, organizationId, logArchive, bucketPrefix } = props;
    const { removalPolicy = RemovalPolicy.RETAIN, trailName = 'account-baseline' } = props;
    onlyOnce(this, [trailName], (one) => one instanceof CfnTrail && one.trailName, 'account');
    const expireAfter = props.expireAfter ?? Duration.days(2557);
    this.encryptionKey = encryptionKey;
    this.trailArn = Stack.of(this).formatArn({
      service: 'cloudtrail',
      resource: 'trail',
      resourceName: trailName,
    });

    const accessLogBucket = new Bucket(this, 'AccessLogs', {
      ...PRIVATE_BUCKET,
      removalPolicy,
      // S3 cannot deliver access logs to a bucket whose default encryption is a KMS key.
      encryption: BucketEncryption.S3_MANAGED,
      lifecycleRules: [{ expiration: expireAfter, noncurrentVersionExpiration: Duration.days(30) }],
    });
    denyInsecureTransport(accessLogBucket);
    accessLogBucket.policy?.applyRemovalPolicy(removalPolicy);
    this.accessLogBucket = accessLogBucket;
    this.bucket = evidenceBucket(this, 'Bucket', {
      encryptionKey,
      accessLogBucket,
      expireAfter,
      removalPolicy,
    });
    const { bucketArn } = this.bucket;
    const siblings = bucketPrefix === undefined ? undefined : `arn:${Aws.PARTITION}:s3:::${bucketPrefix}`;
    // CloudFormation begins the name of a bucket with that of the stack.
    const { stackName } = Stack.of(this);
    const isSibling = bucketPrefix !== undefined && stackName.toLowerCase().startsWith(bucketPrefix);
    const sources = [...(isSibling ? [] : [bucketArn]), ...(siblings === undefined ? [] : [`${siblings}*`])];
    admitAccessLogs(accessLogBucket, sources);
    admitTrailToBucket(this.bucket, this.trailArn, [
      Aws.ACCOUNT_ID,
      ...(organizationId === undefined ? [] : [organizationId]),
    ]);
    if (encryptionKey) {
      admitTrailToKey(encryptionKey, this.trailArn);
      admitLogsToKey(encryptionKey);
    }
    this.logGroup = new LogGroup(this, 'LogGroup', {
      encryptionKey,
      // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- the enum is days
      retention: (props.logGroupRetentionDays ?? 365) as RetentionDays,
      removalPolicy,
    });

    const trail = new CfnTrail(this, 'Trail', {
      trailName,
      s3BucketName: logArchive?.bucket ?? this.bucket.bucketName,
      // Readers of the archive must not depend on a key of this account.
      kmsKeyId: logArchive ? logArchive.key : encryptionKey?.keyArn,
      cloudWatchLogsLogGroupArn: this.logGroup.logGroupArn,
      cloudWatchLogsRoleArn: this.deliveryRole(organizationId).roleArn,
      // CloudFormation updates the trail in place. Undefined, to keep the templates of single accounts.
      isOrganizationTrail: organizationId === undefined ? undefined : true,
      isLogging: true,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      enableLogFileValidation: true,
      advancedEventSelectors: props.s3DataEvents
        ? s3DataEvents([
            // With the slash, to include buckets whose names only begin with the same characters.
            ...[this.bucket, this.accessLogBucket].map((bucket) => bucket.arnForObjects('')),
            ...(siblings === undefined ? [] : [siblings]),
          ])
        : undefined,
    });
    if (this.bucket.policy) trail.node.addDependency(this.bucket.policy);
    markPart(trail, 'trail');
    markPart(this.bucket, 'log-bucket');
    markPart(this.logGroup, 'log-group');
    this.acknowledge(trail, props.s3DataEvents ?? false, trail.kmsKeyId !== undefined);
  }

  private deliveryRole(organizationId: string | undefined): Role {
    // CloudTrail's naming of its streams. The ARN is built from parts, because the ARN attribute of a log
    // group ends in ":*".
    const streamsOf = (owner: string) =>
      Stack.of(this).formatArn({
        service: 'logs',
        resource: 'log-group',
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        resourceName: `${this.logGroup.logGroupName}:log-stream:${owner}_CloudTrail_${Aws.REGION}*`,
      });
    const ofAccount = streamsOf(Aws.ACCOUNT_ID);
    // One for each account of the organization: o-a1b2c3d4e5_111122223333_CloudTrail_eu-central-1
    const ofMembers = organizationId === undefined ? undefined : streamsOf(`${organizationId}_*`);
    // CloudTrail supports neither aws:SourceArn nor aws:SourceAccount here:
    // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html
    const role = serviceRole(this, 'DeliveryRole', {
      service: 'cloudtrail.amazonaws.com',
      description: 'Delivers the events of the trail to its log group.',
      statements: [
        new PolicyStatement({
          sid: 'DeliverEvents',
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [ofAccount, ...(ofMembers === undefined ? [] : [ofMembers])],
        }),
      ],
    });
    for (const [stream, fixed] of [
      [ofAccount, 'account'],
      [ofMembers, 'organization'],
    ] as const) {
      if (stream === undefined) continue;
      acknowledgeWildcard(
        role,
        stream,
        `CloudTrail numbers its streams; the ${fixed}, Region and log group are fixed.`,
      );
    }
    return role;
  }

  private acknowledge(trail: CfnTrail, s3DataEvents: boolean, encrypted: boolean): void {
    acknowledge(trail, {
      reason: s3DataEvents
        ? 'Advanced event selectors log the data events of every other bucket; the rule only supports basic ones.'
        : 'Data events are billed for each request; the strict profile or auditTrail.s3DataEvents logs them.',
      guard: ['CLOUDTRAIL_S3_DATAEVENTS_ENABLED'],
    });
    if (encrypted) {
      acknowledge(trail, {
        reason:
          'The log files are encrypted with the key that KMSKeyId refers to; the rule only supports literal text.',
        guard: ['CLOUD_TRAIL_ENCRYPTION_ENABLED'],
      });
    }
    if (!this.encryptionKey) {
      acknowledge(this.logGroup, {
        reason: NO_CUSTOMER_KEY,
        cdkNag: ['NIST.800.53.R5-CloudWatchLogGroupEncrypted'],
        checkov: ['CKV_AWS_158'],
        guard: ['CLOUDWATCH_LOG_GROUP_ENCRYPTED'],
        cfnNag: ['W84'],
      });
    }
    if (!encrypted) {
      acknowledge(trail, {
        reason: NO_CUSTOMER_KEY,
        cdkNag: ['NIST.800.53.R5-CloudTrailEncryptionEnabled'],
        checkov: ['CKV_AWS_35'],
        guard: ['CLOUD_TRAIL_ENCRYPTION_ENABLED'],
      });
    }
    acknowledge(
      this.accessLogBucket,
      NOT_REPLICATED,
      NO_ACL,
      {
        reason: 'The bucket receives the access logs. Logging its own access would create an endless loop.',
        ...NO_ACCESS_LOGS,
      },
      {
        reason: 'S3 cannot deliver access logs to a bucket whose default encryption is a KMS key.',
        cdkNag: ['NIST.800.53.R5-S3DefaultEncryptionKMS'],
      },
    );
  }
}
