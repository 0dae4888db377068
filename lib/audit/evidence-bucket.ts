import { Duration, type RemovalPolicy } from 'aws-cdk-lib';
import { Effect, PolicyStatement, StarPrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge } from '../functions/nag-suppressions';
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
  versioned: true,
};

/**
 * Refuses requests without TLS. No rule on its version: AWS's endpoints take nothing older than 1.2 any more.
 *
 * Not `enforceSSL`: it gives the statement no name and writes the condition as the text 'false', which
 * Guard's rules do not accept. IAM accepts both.
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
      conditions: { Bool: { 'aws:SecureTransport': false } },
    }),
  );
}

/** Why no bucket of the baseline is replicated. */
export const NOT_REPLICATED = {
  reason: 'Versioned and retained; a copy belongs in another account, which a first account does not have.',
  cdkNag: ['NIST.800.53.R5-S3BucketReplicationEnabled'],
  guard: ['S3_BUCKET_REPLICATION_ENABLED'],
};

/** What a rule says of every bucket whose properties don't speak of ACLs. */
export const NO_ACL = {
  reason: 'It has no ACL: its owner owns every object, and public access is blocked.',
  guard: ['S3_BUCKET_NO_PUBLIC_RW_ACL'],
};

/** Why something is not encrypted with a key of the customer. */
export const NO_CUSTOMER_KEY =
  'The customer key is switched off to save its price; the service encrypts with a key of its own.';

/** What scanners say of a bucket without access logs. */
export const NO_ACCESS_LOGS = {
  cdkNag: ['AwsSolutions-S1', 'NIST.800.53.R5-S3BucketLoggingEnabled'],
  checkov: ['CKV_AWS_18'],
  guard: ['S3_BUCKET_LOGGING_ENABLED'],
  cfnNag: ['W35'],
};

/**
 * A private, versioned bucket that refuses requests without TLS and keeps what was overwritten or deleted as
 * long again.
 */
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
  denyInsecureTransport(bucket);
  // A bucket that stays keeps refusing requests without TLS.
  bucket.policy?.applyRemovalPolicy(removalPolicy);
  acknowledge(bucket, NOT_REPLICATED, NO_ACL);
  if (!encryptionKey) {
    acknowledge(bucket, { reason: NO_CUSTOMER_KEY, cdkNag: ['NIST.800.53.R5-S3DefaultEncryptionKMS'] });
  }
  if (accessLogBucket) {
    logAccess(bucket, accessLogBucket);
  } else {
    acknowledge(bucket, {
      reason: 'Where the account’s own trail is used, the baseline has no bucket for access logs.',
      ...NO_ACCESS_LOGS,
    });
  }
  return bucket;
}
