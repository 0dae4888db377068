import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type ILogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { AuditTrail } from '../audit/audit-trail';
import { customerKey as createKey } from '../audit/customer-key';
import { KEY_ALIAS } from '../audit/key-alias';
import { markPart } from '../functions/mark-part';
import { organizationTrailOf } from '../organization/organization-trail';
import { BaselineStack, type ConfiguredStackProps } from './baseline-stack';

/** Key, trail, buckets, and log group. This evidence changes rarely and is kept when the stack is deleted. */
export class AuditStack extends BaselineStack {
  /** Key for logs and topics; undefined if `customerKey` is false. */
  readonly encryptionKey?: IKey;
  /** The trail; undefined if an existing trail is used. */
  readonly trail?: AuditTrail;

  constructor(scope: Construct, id: string, props: ConfiguredStackProps) {
    super(scope, id, props);
    const { auditTrail, customerKey, stackName } = props.config;
    const removalPolicy = auditTrail.keepOnRemoval ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    if (customerKey) {
      this.encryptionKey = createKey(this, 'Key', { alias: KEY_ALIAS, removalPolicy });
      markPart(this.encryptionKey, 'key');
    }
    if (auditTrail.existingLogGroup !== undefined) return;
    const organization = organizationTrailOf(props.config);
    this.trail = new AuditTrail(this, 'AuditTrail', {
      encryptionKey: this.encryptionKey,
      organizationId: organization?.id,
      logArchive: organization?.logArchive,
      logGroupRetentionDays: auditTrail.logGroupRetentionDays,
      expireAfter: Duration.days(auditTrail.expireAfterDays),
      s3DataEvents: auditTrail.s3DataEvents,
      trailName: auditTrail.trailName,
      bucketPrefix: `${stackName.toLowerCase()}-`,
      removalPolicy,
    });
    const { logArchive } = organization ?? {};
    if (logArchive) this.output('LogArchiveBucket', logArchive.bucket);
    else this.output('TrailBucket', this.trail.bucket.bucketName);
    this.output('TrailLogGroup', this.trail.logGroup.logGroupName);
  }
}

/** The log group that the alarms read: that of the trail, or an existing one. */
export function logGroupOf(
  scope: Construct,
  audit: AuditStack | undefined,
  existing: string | undefined,
): ILogGroup {
  if (existing !== undefined) return LogGroup.fromLogGroupName(scope, 'LogGroup', existing);
  if (!audit?.trail) throw new Error('without auditTrail.existingLogGroup there must be a trail');
  return audit.trail.logGroup;
}
