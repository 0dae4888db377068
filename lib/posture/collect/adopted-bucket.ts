import type { Trail } from '@aws-sdk/client-cloudtrail';
import {
  GetBucketLifecycleConfigurationCommand,
  GetBucketVersioningCommand,
  type LifecycleRule,
  ListBucketsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { Clients } from '../clients';
import { ifThere, noAnswer, read } from '../read';
import type { AdoptedBucket, Part } from '../snapshot';

/** Reads how the bucket of a trail outside the stacks keeps its log files. */
export function readAdoptedBucket(clients: Clients, trail: Trail): Promise<Part<AdoptedBucket>> {
  return read(async () => {
    const { S3BucketName: Bucket = noAnswer('the bucket of the trail'), S3KeyPrefix } = trail;
    // With a maximum, S3 tells the Region, too.
    const { Buckets = noAnswer('the buckets') } = await clients
      .get(S3Client)
      .send(new ListBucketsCommand({ Prefix: Bucket, MaxBuckets: 1000 }));
    const listed = Buckets.find(({ Name }) => Name === Bucket);
    if (!listed) return { name: Bucket, inAccount: false };
    const s3 = clients.get(S3Client, listed.BucketRegion);
    const [versioning, lifecycle] = await Promise.all([
      s3.send(new GetBucketVersioningCommand({ Bucket })),
      ifThere(['NoSuchLifecycleConfiguration'], () =>
        s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket })),
      ),
    ]);
    const files = `${S3KeyPrefix === undefined ? '' : `${S3KeyPrefix}/`}AWSLogs/`;
    return {
      name: Bucket,
      inAccount: true,
      isVersioned: versioning.Status === 'Enabled',
      expireAfterDays: Math.min(
        ...(lifecycle?.Rules ?? []).filter((rule) => appliesTo(rule, files)).map(expiryOf),
      ),
    };
  });
}

/** Whether a rule is enabled for some of the log files, which have no tags. */
function appliesTo({ Status, Filter, ...old }: LifecycleRule, files: string): boolean {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- rules of old buckets have it
  const prefix = Filter?.And?.Prefix ?? Filter?.Prefix ?? old.Prefix ?? '';
  const isTagged = Filter?.Tag !== undefined || (Filter?.And?.Tags ?? []).length > 0;
  return Status === 'Enabled' && !isTagged && (files.startsWith(prefix) || prefix.startsWith(files));
}

/** Days after which a rule deletes files; `Infinity` if it does not. A date deletes all that are older. */
function expiryOf({ Expiration }: LifecycleRule): number {
  return Expiration?.Date === undefined ? (Expiration?.Days ?? Infinity) : 0;
}
