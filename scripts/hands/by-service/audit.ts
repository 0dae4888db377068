import { CloudTrail } from '@aws-sdk/client-cloudtrail';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { KMS } from '@aws-sdk/client-kms';
import { S3 } from '@aws-sdk/client-s3';
import { admit, hand, NO_RENAMING, OPEN, type Place, type Row, set, STRANGER, without } from '../hand';

const s3Of = ({ emulator }: Place) => new S3({ ...emulator.clientConfig, forcePathStyle: true });
const logsOf = ({ emulator }: Place) => new CloudWatchLogs(emulator.clientConfig);
const kmsOf = ({ emulator }: Place) => new KMS(emulator.clientConfig);
const trailOf = ({ emulator }: Place) => new CloudTrail(emulator.clientConfig);

const STATEMENT = {
  Sid: 'More',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:PutBucketWebsite',
  Resource: { 'Fn::GetAtt': ['AuditTrailBucket', 'Arn'] },
};

/** Deletes a bucket as the console does after emptying it. */
async function deleteBucket(s3: S3, Bucket: string): Promise<void> {
  const { Versions = [], DeleteMarkers = [] } = await s3.listObjectVersions({ Bucket });
  for (const { Key, VersionId } of [...Versions, ...DeleteMarkers]) {
    await s3.deleteObject({ Bucket, Key, VersionId, BypassGovernanceRetention: true });
  }
  await s3.deleteBucket({ Bucket });
}

/** The filter of a detection. */
async function filterOf(place: Place) {
  const { metricFilters = [] } = await logsOf(place).describeMetricFilters({});
  const filter = metricFilters.find((one) => one.filterName === place.id);
  if (!filter) throw new Error(`there is no filter ${place.id}`);
  const { logGroupName = '', filterName = '', filterPattern = '', metricTransformations = [] } = filter;
  return { logGroupName, filterName, filterPattern, metricTransformations };
}

async function putOtherFilter(place: Place, filter: Awaited<ReturnType<typeof filterOf>>): Promise<void> {
  await logsOf(place).putMetricFilter({ ...filter, filterPattern: '{ $.eventName = "Nothing" }' });
}

export const AUDIT_ROWS: readonly Row[] = [
  {
    type: 'AWS::CloudTrail::Trail',
    of: ['Audit', 'AuditTrailTrail'],
    change: set({ Tags: [{ Key: 'changed', Value: 'yes' }] }),
    hands: {
      deleted: hand('`cloudtrail:DeleteTrail`', (place) => trailOf(place).deleteTrail({ Name: place.id })),
      changed: hand('`cloudtrail:StopLogging`, `cloudtrail:UpdateTrail` to one Region', async (place) => {
        await trailOf(place).stopLogging({ Name: place.id });
        await trailOf(place).updateTrail({ Name: place.id, IsMultiRegionTrail: false });
      }),
      renamed: NO_RENAMING,
      replaced: hand(
        'deleted; another trail of the name, of one Region, without log group',
        async (place) => {
          await trailOf(place).deleteTrail({ Name: place.id });
          await trailOf(place).createTrail({ Name: place.id, S3BucketName: place.ids['AuditTrailBucket'] });
        },
      ),
    },
  },
  {
    type: 'AWS::S3::Bucket',
    of: ['Audit', 'AuditTrailBucket'],
    change: set({ Tags: [{ Key: 'changed', Value: 'yes' }] }),
    hands: {
      deleted: hand('emptied, `s3:DeleteBucket`', (place) => deleteBucket(s3Of(place), place.id)),
      changed: hand('`s3:PutBucketVersioning`, `s3:DeletePublicAccessBlock`', async (place) => {
        const s3 = s3Of(place);
        await s3.putBucketVersioning({ Bucket: place.id, VersioningConfiguration: { Status: 'Suspended' } });
        await s3.deletePublicAccessBlock({ Bucket: place.id });
      }),
      renamed: NO_RENAMING,
      replaced: hand('deleted; another bucket of the name, without policy', async (place) => {
        await deleteBucket(s3Of(place), place.id);
        await s3Of(place).createBucket({ Bucket: place.id });
      }),
    },
  },
  {
    type: 'AWS::S3::BucketPolicy',
    of: ['Audit', 'AuditTrailBucketPolicy'],
    change: admit('PolicyDocument', STATEMENT),
    hands: {
      deleted: hand('`s3:DeleteBucketPolicy`', (place) =>
        s3Of(place).deleteBucketPolicy({ Bucket: place.ids['AuditTrailBucket'] }),
      ),
      changed: hand('`s3:PutBucketPolicy`, for another account', (place) => {
        const Bucket = place.ids['AuditTrailBucket'];
        // S3 refuses a policy for everybody.
        const Policy = OPEN(`arn:aws:s3:::${Bucket ?? ''}/*`).replace('"*"', JSON.stringify(STRANGER));
        return s3Of(place).putBucketPolicy({ Bucket, Policy });
      }),
      renamed: without('It has no name.'),
      replaced: without('A bucket has one policy: the same as changed.'),
    },
  },
  {
    type: 'AWS::Logs::LogGroup',
    of: ['Audit', 'AuditTrailLogGroup'],
    change: set({ RetentionInDays: 400 }),
    hands: {
      deleted: hand('`logs:DeleteLogGroup`', (place) =>
        logsOf(place).deleteLogGroup({ logGroupName: place.id }),
      ),
      changed: hand('`logs:PutRetentionPolicy`: a day', (place) =>
        logsOf(place).putRetentionPolicy({ logGroupName: place.id, retentionInDays: 1 }),
      ),
      renamed: NO_RENAMING,
      replaced: hand('deleted; another log group of the name, without filters', async (place) => {
        await logsOf(place).deleteLogGroup({ logGroupName: place.id });
        await logsOf(place).createLogGroup({ logGroupName: place.id });
      }),
    },
  },
  {
    type: 'AWS::Logs::MetricFilter',
    of: ['Detections', 'AlarmsOnRootUsedDirectly'],
    change: set({ FilterPattern: '{ $.eventName = "Changed" }' }),
    hands: {
      deleted: hand('`logs:DeleteMetricFilter`', async (place) => {
        const { logGroupName, filterName } = await filterOf(place);
        await logsOf(place).deleteMetricFilter({ logGroupName, filterName });
      }),
      changed: hand('`logs:PutMetricFilter`', async (place) => putOtherFilter(place, await filterOf(place))),
      renamed: NO_RENAMING,
      replaced: hand('deleted; another filter of the name, which counts nothing', async (place) => {
        const filter = await filterOf(place);
        const { logGroupName, filterName } = filter;
        await logsOf(place).deleteMetricFilter({ logGroupName, filterName });
        await putOtherFilter(place, filter);
      }),
    },
  },
  {
    type: 'AWS::KMS::Key',
    of: ['Audit', 'Key'],
    change: set({ Description: 'Changed by a deployment' }),
    hands: {
      deleted: hand('`kms:ScheduleKeyDeletion`; AWS waits for a week at least', (place) =>
        kmsOf(place).scheduleKeyDeletion({ KeyId: place.id, PendingWindowInDays: 7 }),
      ),
      changed: hand('`kms:PutKeyPolicy`, `kms:DisableKeyRotation`', async (place) => {
        await kmsOf(place).putKeyPolicy({ KeyId: place.id, Policy: OPEN('*') });
        await kmsOf(place).disableKeyRotation({ KeyId: place.id });
      }),
      renamed: without('AWS chooses the ID.'),
      replaced: without('AWS chooses the ID: nobody can make a key of the same one.'),
    },
  },
  {
    type: 'AWS::KMS::Alias',
    of: ['Audit', 'KeyAlias'],
    change: without('The baseline never changes it.'),
    hands: {
      deleted: hand('`kms:DeleteAlias`', (place) => kmsOf(place).deleteAlias({ AliasName: place.id })),
      changed: hand('`kms:UpdateAlias`, to another key', async (place) => {
        const { KeyMetadata } = await kmsOf(place).createKey({});
        await kmsOf(place).updateAlias({ AliasName: place.id, TargetKeyId: KeyMetadata?.KeyId });
      }),
      renamed: NO_RENAMING,
      replaced: hand('deleted; the name given to another key', async (place) => {
        await kmsOf(place).deleteAlias({ AliasName: place.id });
        const { KeyMetadata } = await kmsOf(place).createKey({});
        await kmsOf(place).createAlias({ AliasName: place.id, TargetKeyId: KeyMetadata?.KeyId });
      }),
    },
  },
];
