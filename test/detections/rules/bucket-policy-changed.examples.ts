import { calls, type Calls, example, type Examples, parameters } from '../events/example';
import { ADMIN, BUCKET } from '../events/fixtures';
import { call } from '../events/record';

const BUCKET_CALLS: Calls = {
  PutBucketAcl: { ...BUCKET, 'x-amz-acl': 'public-read', acl: '' },
  PutBucketPolicy: { ...BUCKET, policy: '', bucketPolicy: { Version: '2012-10-17', Statement: [] } },
  DeleteBucketPolicy: { ...BUCKET, policy: '' },
  PutBucketCors: { ...BUCKET, cors: '' },
  DeleteBucketCors: { ...BUCKET, cors: '' },
  PutBucketLifecycle: { ...BUCKET, lifecycle: '' },
  DeleteBucketLifecycle: { ...BUCKET, lifecycle: '' },
  PutBucketReplication: { ...BUCKET, replication: '' },
  DeleteBucketReplication: { ...BUCKET, replication: '' },
};

export const examples: Examples = {
  matches: calls('s3', ADMIN, BUCKET_CALLS),
  nearMisses: [
    example('a bucket policy is read', call('s3', 'GetBucketPolicy', ADMIN, parameters(BUCKET))),
    example('a bucket is tagged', call('s3', 'PutBucketTagging', ADMIN, parameters(BUCKET))),
    example('a policy of a vault changes', call('backup', 'PutBackupVaultAccessPolicy', ADMIN)),
  ],
};
