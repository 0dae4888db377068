import {
  CloudTrailClient,
  CreateTrailCommand,
  StartLoggingCommand,
  UpdateTrailCommand,
} from '@aws-sdk/client-cloudtrail';
import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateBucketCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import type { Emulator } from '../../emulator/emulator';

/** What CloudTrail asks of a bucket. */
const admitTrails = (bucket: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      ['s3:GetBucketAcl', ''],
      ['s3:PutObject', '/*'],
    ].map(([Action, path = '']) => ({
      Effect: 'Allow',
      Principal: { Service: 'cloudtrail.amazonaws.com' },
      Action,
      Resource: `arn:aws:s3:::${bucket}${path}`,
    })),
  });

/** A trail of every Region with a log group, as somebody may have made it by hand. */
export async function makeTrail(emulator: Emulator): Promise<void> {
  const trails = new CloudTrailClient(emulator.clientConfig);
  const s3 = new S3Client({ ...emulator.clientConfig, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: 'old-logs' }));
  await s3.send(new PutBucketPolicyCommand({ Bucket: 'old-logs', Policy: admitTrails('old-logs') }));
  await new CloudWatchLogsClient(emulator.clientConfig).send(
    new CreateLogGroupCommand({ logGroupName: 'old-trail' }),
  );
  await trails.send(
    new CreateTrailCommand({
      Name: 'old',
      S3BucketName: 'old-logs',
      IsMultiRegionTrail: true,
      EnableLogFileValidation: true,
    }),
  );
  // The emulator takes the log group with an update only.
  await trails.send(
    new UpdateTrailCommand({
      Name: 'old',
      CloudWatchLogsLogGroupArn: `arn:aws:logs:us-east-1:${emulator.accountId}:log-group:old-trail:*`,
      CloudWatchLogsRoleArn: `arn:aws:iam::${emulator.accountId}:role/old`,
    }),
  );
  await trails.send(new StartLoggingCommand({ Name: 'old' }));
}
