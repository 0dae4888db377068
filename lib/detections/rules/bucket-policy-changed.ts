import { resourceChange } from '../standard-text';

export const bucketPolicyChanged = resourceChange({
  id: 'BucketPolicyChanged',
  cis: '5.8',
  securityHub: 8,
  service: 's3',
  eventNames: [
    'PutBucketAcl',
    'PutBucketPolicy',
    'PutBucketCors',
    'PutBucketLifecycle',
    'PutBucketReplication',
    'DeleteBucketPolicy',
    'DeleteBucketCors',
    'DeleteBucketLifecycle',
    'DeleteBucketReplication',
  ],
  why: 'A bucket may be open to the world, or its objects may expire.',
});
