import { Duration, type RemovalPolicy } from 'aws-cdk-lib';
import { Effect, PolicyStatement, StarPrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { auditTrail } from '../config/sections/audit-trail';
import { checkProps, duration } from '../fields/check-props';
import { acknowledge } from '../functions/nag-suppressions';
import { logAccess } from './trail-policies';

/** Properties of `evidenceBucket`. */
export interface EvidenceBucketProps {
  /**
   * Key that encrypts the objects.
   * @default - S3 uses its own keys
   */
  readonly encryptionKey?: IKey;
  /**
   * Bucket that receives the access logs of this one.
   * @default - access is not logged
   */
  readonly accessLogBucket?: IBucket;
  /** Age at which objects expire. */
  readonly expireAfter: Duration;
  /** What happens to the bucket and its policy when you delete the stack. */
  readonly removalPolicy: RemovalPolicy;
}

/** Properties of every bucket of the baseline. */
export const PRIVATE_BUCKET = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  versioned: true,
};

/**
 * Denies requests without TLS. It does not check the version, because AWS endpoints require at least TLS 1.2.
 *
 * Not `enforceSSL`, whose statement has no Sid. IAM accepts the boolean, too, but scanners of accounts
 * compare with the text.
 * @see https://aws.amazon.com/blogs/security/tls-1-2-required-for-aws-endpoints/
 */
export function denyInsecureTransport(bucket: Bucket): void {
  bucket.addToResourcePolicy(
    new PolicyStatement({
      sid: 'DenyInsecureTransport',
      effect: Effect.DENY,
      principals: [new StarPrincipal()],
      actions: ['s3:*'],
      resources: [bucket.bucketArn, bucket.arnForObjects('*')],
      conditions: { Bool: { 'aws:SecureTransport': 'false' } },
    }),
  );
  if (bucket.policy === undefined) return;
  acknowledge(bucket.policy, {
    reason: 'The condition is the text "false", as AWS documents it; the rule only supports the boolean.',
    guard: ['S3_BUCKET_SSL_REQUESTS_ONLY'],
  });
}

/** Accepted finding: no bucket of the baseline is replicated. */
export const NOT_REPLICATED = {
  reason: 'Versioned and retained; a copy belongs in another account, which a first account does not have.',
  cdkNag: ['NIST.800.53.R5-S3BucketReplicationEnabled'],
  guard: ['S3_BUCKET_REPLICATION_ENABLED'],
};

/** Accepted finding: a rule reports every bucket without ACL properties. */
export const NO_ACL = {
  reason: 'The bucket has no ACL: its owner owns every object, and public access is blocked.',
  guard: ['S3_BUCKET_NO_PUBLIC_RW_ACL'],
};

/** Reason for resources that are not encrypted with a customer managed key. */
export const NO_CUSTOMER_KEY =
  'The customer key is disabled to save its cost; the service encrypts with its own key.';

/** Rules that report a bucket without access logs. */
export const NO_ACCESS_LOGS = {
  cdkNag: ['AwsSolutions-S1', 'NIST.800.53.R5-S3BucketLoggingEnabled'],
  checkov: ['CKV_AWS_18'],
  guard: ['S3_BUCKET_LOGGING_ENABLED'],
  cfnNag: ['W35'],
};

/**
 * Creates a private, versioned bucket that denies requests without TLS. Overwritten and deleted objects are
 * kept for another `expireAfter`.
 */
export function evidenceBucket(scope: Construct, id: string, props: EvidenceBucketProps): Bucket {
  const { encryptionKey, accessLogBucket, expireAfter, removalPolicy } = props;
  checkProps({ expireAfter: duration() }, { expireAfter });
  checkProps(
    { expireAfter: auditTrail.unwrap().shape.expireAfterDays },
    { expireAfter: expireAfter.toDays({ integral: false }) },
  );
  const bucket = new Bucket(scope, id, {
    ...PRIVATE_BUCKET,
    removalPolicy,
    ...(encryptionKey
      ? { encryption: BucketEncryption.KMS, encryptionKey }
      : { encryption: BucketEncryption.S3_MANAGED }),
    lifecycleRules: [
      {
        // No cheaper storage class: S3 does not move objects below 128 KB, and log files are smaller.
        expiration: expireAfter,
        // Overwritten and deleted objects are also evidence.
        noncurrentVersionExpiration: expireAfter,
      },
    ],
  });
  denyInsecureTransport(bucket);
  // A retained bucket continues to deny requests without TLS.
  bucket.policy?.applyRemovalPolicy(removalPolicy);
  acknowledge(bucket, NOT_REPLICATED, NO_ACL);
  if (!encryptionKey) {
    acknowledge(bucket, { reason: NO_CUSTOMER_KEY, cdkNag: ['NIST.800.53.R5-S3DefaultEncryptionKMS'] });
  }
  if (accessLogBucket) {
    logAccess(bucket, accessLogBucket);
  } else {
    acknowledge(bucket, {
      reason: 'With an existing trail, the baseline has no bucket for access logs.',
      ...NO_ACCESS_LOGS,
    });
  }
  return bucket;
}
