import { CloudTrail } from '@aws-sdk/client-cloudtrail';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { IAM } from '@aws-sdk/client-iam';
import { S3 } from '@aws-sdk/client-s3';
import type { Emulator } from '../../emulator/emulator';

const policy = (...statements: readonly object[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((statement) => ({ Effect: 'Allow', ...statement })),
  });

const CLOUDTRAIL = { Principal: { Service: 'cloudtrail.amazonaws.com' } };

/** Names of an existing trail and of what it needs. */
interface TrailNames {
  readonly trail: string;
  readonly bucket: string;
  /** @default - the trail writes to no log group */
  readonly logGroup?: string;
  /** Whether it records the organization, whose management account it is in. @default false */
  readonly isOfOrganization?: boolean;
}

/** Creates a trail that logs, as an account has it before the baseline. */
export async function createExistingTrail(account: Emulator, names: TrailNames): Promise<void> {
  const { accountId, clientConfig, region } = account;
  const { trail: Name, bucket: Bucket, logGroup, isOfOrganization: IsOrganizationTrail } = names;
  const s3 = new S3({ ...clientConfig, forcePathStyle: true });
  await s3.createBucket({ Bucket });
  const Policy = policy(
    { ...CLOUDTRAIL, Action: 's3:GetBucketAcl', Resource: `arn:aws:s3:::${Bucket}` },
    { ...CLOUDTRAIL, Action: 's3:PutObject', Resource: `arn:aws:s3:::${Bucket}/*` },
  );
  await s3.putBucketPolicy({ Bucket, Policy });
  await s3.putBucketVersioning({ Bucket, VersioningConfiguration: { Status: 'Enabled' } });
  const trails = new CloudTrail(clientConfig);
  await trails.createTrail({
    Name,
    S3BucketName: Bucket,
    IsMultiRegionTrail: true,
    IsOrganizationTrail,
    EnableLogFileValidation: true,
    ...(logGroup === undefined ? {} : await delivery()),
  });
  await trails.startLogging({ Name });

  async function delivery() {
    const arn = `arn:aws:logs:${region}:${accountId}:log-group:${logGroup ?? ''}:*`;
    await new CloudWatchLogs(clientConfig).createLogGroup({ logGroupName: logGroup });
    const iam = new IAM(clientConfig);
    const { Role } = await iam.createRole({
      RoleName: Name,
      AssumeRolePolicyDocument: policy({ ...CLOUDTRAIL, Action: 'sts:AssumeRole' }),
    });
    const PolicyDocument = policy({ Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: arn });
    await iam.putRolePolicy({ RoleName: Name, PolicyName: 'Deliver', PolicyDocument });
    return { CloudWatchLogsLogGroupArn: arn, CloudWatchLogsRoleArn: Role?.Arn };
  }
}
