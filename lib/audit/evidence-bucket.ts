import { Duration, type RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { logAccess } from './trail-policies';

export interface EvidenceBucketProps {
  /**
   * Key that encrypts the objects.
   * @default - S3 encrypts with keys of its own
   */
  readonly encryptionKey?: IKey;
  /**
   * Bucket that access to this one is logged in.
   * @default - access is not logged
   */
  readonly accessLogBucket?: IBucket;
  /** Age at which objects expire. */
  readonly expireAfter: Duration;
  /** What becomes of the bucket and its policy when the stack is deleted. */
  readonly removalPolicy: RemovalPolicy;
}

/** Every bucket of the baseline. */
export const PRIVATE_BUCKET = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  // No rule on the TLS version: AWS's endpoints take nothing older than 1.2 any more.
  // https://aws.amazon.com/blogs/security/tls-1-2-required-for-aws-endpoints/
  enforceSSL: true,
  versioned: true,
};

/** Why no bucket of the baseline is replicated. */
export const NOT_REPLICATED = {
  id: 'NIST.800.53.R5-S3BucketReplicationEnabled',
  reason: 'Versioned and retained; a copy belongs in another account, which a first account does not have.',
};

/** A private, versioned bucket that refuses requests without TLS and keeps what was overwritten or deleted as long again. */
export function evidenceBucket(scope: Construct, id: string, props: EvidenceBucketProps): Bucket {
  const { encryptionKey, accessLogBucket, expireAfter, removalPolicy } = props;
  const bucket = new Bucket(scope, id, {
    ...PRIVATE_BUCKET,
    removalPolicy,
    ...(encryptionKey
      ? { encryption: BucketEncryption.KMS, encryptionKey }
      : { encryption: BucketEncryption.S3_MANAGED }),
    lifecycleRules: [
      {
        // No cheaper storage class: S3 moves no file below 128 KB, and log files are smaller.
        expiration: expireAfter,
        // An overwritten or deleted object is evidence too.
        noncurrentVersionExpiration: expireAfter,
      },
    ],
  });
  // A bucket that stays keeps refusing requests without TLS.
  bucket.policy?.applyRemovalPolicy(removalPolicy);
  Validations.of(bucket).acknowledge(NOT_REPLICATED);
  if (!encryptionKey) {
    Validations.of(bucket).acknowledge({
      id: 'NIST.800.53.R5-S3DefaultEncryptionKMS',
      reason:
        'The customer key is switched off to save its price; the service encrypts with a key of its own.',
    });
  }
  if (accessLogBucket) {
    logAccess(bucket, accessLogBucket);
  } else {
    for (const rule of ['AwsSolutions-S1', 'NIST.800.53.R5-S3BucketLoggingEnabled']) {
      Validations.of(bucket).acknowledge({
        id: rule,
        reason: 'Where the account’s own trail is used, the baseline has no bucket for access logs.',
      });
    }
  }
  return bucket;
}
