import {
  GetBucketLifecycleConfigurationCommand,
  GetBucketVersioningCommand,
  type LifecycleRule,
  ListBucketsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { Clients } from '../../lib/posture/clients';
import { readAdoptedBucket } from '../../lib/posture/collect/adopted-bucket';

const s3 = mockClient(S3Client);

beforeEach(() => {
  s3.reset();
  s3.on(ListBucketsCommand).resolves({
    Buckets: [
      { Name: 'logs-of-others', BucketRegion: 'us-east-1' },
      { Name: 'logs', BucketRegion: 'eu-west-3' },
    ],
  });
  s3.on(GetBucketVersioningCommand).resolves({ Status: 'Enabled' });
});

const readBucket = (trail = {}) =>
  readAdoptedBucket(new Clients({ region: 'us-east-1' }), { S3BucketName: 'logs', ...trail });
/** Days after which log files expire by the rules. */
async function expiryBy(Rules: LifecycleRule[], trail = {}): Promise<number | undefined> {
  s3.on(GetBucketLifecycleConfigurationCommand).resolves({ Rules });
  const bucket = await readBucket(trail);
  return 'value' in bucket && bucket.value.inAccount ? bucket.value.expireAfterDays : undefined;
}

test('a bucket without lifecycle keeps log files for ever, and is read in its Region', async () => {
  s3.on(GetBucketLifecycleConfigurationCommand).rejects(
    Object.assign(new Error('none'), { name: 'NoSuchLifecycleConfiguration' }),
  );
  expect(await readBucket()).toEqual({
    value: { name: 'logs', inAccount: true, isVersioned: true, expireAfterDays: Infinity },
  });
  const [call] = s3.commandCalls(GetBucketVersioningCommand);
  expect(await (call?.thisValue as S3Client).config.region()).toBe('eu-west-3');
});

test.each([[undefined], ['Suspended' as const]])(
  'a bucket whose versioning is %s keeps none',
  async (Status) => {
    s3.on(GetBucketVersioningCommand).resolves({ Status });
    s3.on(GetBucketLifecycleConfigurationCommand).resolves({ Rules: [] });
    expect(await readBucket()).toMatchObject({ value: { isVersioned: false } });
  },
);

test('a bucket that the account does not own is not read', async () => {
  expect(await readBucket({ S3BucketName: 'log' })).toEqual({ value: { name: 'log', inAccount: false } });
  expect(s3.commandCalls(GetBucketVersioningCommand)).toEqual([]);
});

test('a bucket that cannot be read is unknown, never kept', async () => {
  s3.on(GetBucketLifecycleConfigurationCommand).rejects(Object.assign(new Error(), { name: 'AccessDenied' }));
  expect(await readBucket()).toMatchObject({ unknown: 's3:GetLifecycleConfiguration is not allowed' });
  s3.on(ListBucketsCommand).resolves({});
  expect(await readBucket()).toEqual({ unknown: 'AWS did not return the buckets' });
  expect(await readBucket({ S3BucketName: undefined })).toEqual({
    unknown: 'AWS did not return the bucket of the trail',
  });
});

describe('of the rules of a bucket,', () => {
  const rule = (change: Partial<LifecycleRule>): LifecycleRule => ({
    Status: 'Enabled',
    Expiration: { Days: 7 },
    Filter: {},
    ...change,
  });

  test('the one that deletes log files first counts', async () => {
    expect(await expiryBy([rule({ Expiration: { Days: 400 } }), rule({}), rule({ Expiration: {} })])).toBe(7);
    expect(await expiryBy([rule({ Expiration: { Date: new Date() } })])).toBe(0);
  });

  test.each<[string, Partial<LifecycleRule>, object]>([
    ['a disabled one', { Status: 'Disabled' }, {}],
    ['one for tagged files', { Filter: { Tag: { Key: 'keep', Value: 'no' } } }, {}],
    [
      'one for tagged files of a folder',
      { Filter: { And: { Prefix: '', Tags: [{ Key: 'k', Value: 'v' }] } } },
      {},
    ],
    ['one for another folder', { Filter: { Prefix: 'tmp/' } }, {}],
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- rules of old buckets have it
    ['one for another folder, as in old rules', { Filter: undefined, Prefix: 'tmp/' }, {}],
    ['one for the folder of another trail', { Filter: { Prefix: 'AWSLogs/' } }, { S3KeyPrefix: 'central' }],
  ])('%s does not count', async (_, change, trail) => {
    expect(await expiryBy([rule(change)], trail)).toBe(Infinity);
  });

  test.each<[string, Partial<LifecycleRule>, object]>([
    ['the folder of the trail', { Filter: { Prefix: 'AWSLogs/' } }, {}],
    ['a part of it', { Filter: { Prefix: 'AWSLogs/123456789012/' } }, {}],
    [
      'a folder above it',
      { Filter: { And: { Prefix: 'cen', ObjectSizeGreaterThan: 1 } } },
      { S3KeyPrefix: 'central' },
    ],
  ])('one for %s counts', async (_, change, trail) => {
    expect(await expiryBy([rule(change)], trail)).toBe(7);
  });
});
