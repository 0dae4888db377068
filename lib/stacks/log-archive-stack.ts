import { CfnParameter, Duration, Fn, RemovalPolicy } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { evidenceBucket } from '../audit/evidence-bucket';
import { admitTrailToBucket, admitTrailToKey } from '../audit/trail-policies';
import { customerKey } from '../audit/customer-key';
import { acknowledge } from '../functions/nag-suppressions';
import { BaselineStack, type ConfiguredStackProps } from './baseline-stack';

/** Alias of the key of the log archive. A physical name, because people pick it in the console. */
const KEY_ALIAS = 'alias/account-baseline-log-archive';

/**
 * The bucket of the log archive, in an account of its own: people deploy its template there first, and then
 * name the bucket in `organization.logArchive`. It admits one trail, and survives the stack.
 *
 * @throws {Error} if the configuration has no organization
 */
export class LogArchiveStack extends BaselineStack {
  constructor(scope: Construct, id: string, props: ConfiguredStackProps) {
    super(scope, id, props);
    const { auditTrail, customerKey: withKey, organization, region } = props.config;
    if (!organization) throw new Error('organization must be configured for a log archive, got none');
    const { valueAsString: account } = new CfnParameter(this, 'ManagementAccount', {
      description: 'ID of the management account of the organization, to which the trail belongs',
      allowedPattern: String.raw`\d{12}`,
      constraintDescription: 'must be an account ID: 12 digits',
    });
    const { valueAsString: home } = new CfnParameter(this, 'TrailRegion', {
      description: 'Home Region of the trail: that of the baseline in the management account',
      default: region,
      allowedPattern: '[a-z]+(-[a-z]+)+-[0-9]+',
      constraintDescription: 'must be a Region such as eu-central-1',
    });
    const trailArn = Fn.sub('arn:${AWS::Partition}:cloudtrail:${Region}:${Account}:trail/${Name}', {
      Region: home,
      Account: account,
      Name: auditTrail.trailName ?? 'account-baseline',
    });
    const encryptionKey = withKey
      ? customerKey(this, 'Key', { alias: KEY_ALIAS, removalPolicy: RemovalPolicy.RETAIN })
      : undefined;
    if (encryptionKey) {
      admitTrailToKey(encryptionKey, trailArn);
      this.output('ArchiveKey', encryptionKey.keyArn, 'For organization.logArchive.key');
    }
    const bucket = evidenceBucket(this, 'Bucket', {
      encryptionKey,
      expireAfter: Duration.days(auditTrail.expireAfterDays),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    admitTrailToBucket(bucket, trailArn, [account, organization.id]);
    acknowledge(bucket, {
      reason:
        'The archive has one bucket. Its readers are few, and their reads can be logged as data events.',
      cdkNag: ['AwsSolutions-S1', 'NIST.800.53.R5-S3BucketLoggingEnabled'],
    });
    this.output('ArchiveBucket', bucket.bucketName, 'For organization.logArchive.bucket');
  }
}
