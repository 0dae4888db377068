import { type Fault, faultsOf, replaced, set, without, withStatement } from './fault';

const TRAIL = 'AuditTrailTrail';
const BUCKET_REFUSED = 'Incorrect S3 bucket policy is detected for bucket';
const KEY_REFUSED = 'Insufficient permissions to access S3 bucket';
const GROUP_REFUSED = "is not allowed to be used with Arn 'arn:aws:logs:us-east-1:123456789012:log-group:";
const ROLE_REFUSED = 'Check the trust relationships for your role';
const EVERYONE = {
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:PutObject',
  Resource: { 'Fn::Sub': '${AuditTrailBucket.Arn}/*' },
};

export const AUDIT: readonly Fault[] = faultsOf('Audit', [
  [
    'a retention of 42 days',
    'AuditTrailLogGroup',
    set('RetentionInDays', 42),
    '#/RetentionInDays: 42 is not a valid',
  ],
  [
    'a log group with an alias as its key',
    'AuditTrailLogGroup',
    set('KmsKeyId', 'alias/logs'),
    '#/KmsKeyId: string [alias/logs] does not match',
  ],
  [
    'a key that CloudWatch Logs cannot use',
    'Key',
    without('CloudWatchLogsEncrypts'),
    GROUP_REFUSED,
    'AuditTrailLogGroup',
  ],
  [
    'a key for log groups of another account',
    'Key',
    replaced('logs:${AWS::Region}:${AWS::AccountId}', 'logs:${AWS::Region}:999999999999'),
    GROUP_REFUSED,
    'AuditTrailLogGroup',
  ],
  [
    'a key for log groups of another Region',
    'Key',
    replaced('logs.${AWS::Region}.', 'logs.eu-west-1.'),
    GROUP_REFUSED,
    'AuditTrailLogGroup',
  ],
  ['a key that CloudTrail cannot use', 'Key', without('CloudTrailEncrypts'), KEY_REFUSED, TRAIL],
  ['a key for another trail', 'Key', replaced('trail/account-baseline', 'trail/other'), KEY_REFUSED, TRAIL],
  [
    'a key that nobody can administer',
    'Key',
    (properties) =>
      without('AccountAdministersKey')(set('BypassPolicyLockoutSafetyCheck', false)(properties)),
    'The new key policy will not allow you to update the key policy',
  ],
  [
    'a key that waits for 3 days before its deletion',
    'Key',
    set('PendingWindowInDays', 3),
    '#/PendingWindowInDays: 3 is not greater or equal to 7',
  ],
  [
    'a key policy with an unknown condition operator',
    'Key',
    set('KeyPolicy.Statement.1.Condition', { StringIs: { 'aws:userid': 'x' } }),
    'Invalid Condition type : StringIs',
  ],
  [
    'an alias that AWS reserves',
    'KeyAlias',
    set('AliasName', 'alias/aws/baseline'),
    '#/AliasName: string [alias/aws/baseline] does not match',
  ],
  [
    'a bucket whose ACL CloudTrail cannot read',
    'AuditTrailBucketPolicy',
    without('CloudTrailReadsAcl'),
    BUCKET_REFUSED,
    TRAIL,
  ],
  [
    'a bucket that CloudTrail cannot write to',
    'AuditTrailBucketPolicy',
    without('CloudTrailWritesLogFiles'),
    BUCKET_REFUSED,
    TRAIL,
  ],
  [
    'a bucket for log files of another account',
    'AuditTrailBucketPolicy',
    replaced('AWSLogs/${AWS::AccountId}', 'AWSLogs/999999999999'),
    BUCKET_REFUSED,
    TRAIL,
  ],
  [
    'a bucket for another trail',
    'AuditTrailBucketPolicy',
    replaced('trail/account-baseline', 'trail/other'),
    BUCKET_REFUSED,
    TRAIL,
  ],
  [
    'a bucket that denies everyone to write',
    'AuditTrailBucketPolicy',
    withStatement('PolicyDocument', EVERYONE),
    BUCKET_REFUSED,
    TRAIL,
  ],
  [
    'a bucket policy about another bucket',
    'AuditTrailBucketPolicy',
    set('PolicyDocument.Statement.1.Resource', 'arn:aws:s3:::other'),
    'Policy has invalid resource: arn:aws:s3:::other',
  ],
  [
    'a bucket policy with an action of SNS',
    'AuditTrailBucketPolicy',
    set('PolicyDocument.Statement.1.Action', 'sns:Publish'),
    'Policy has invalid action: sns:Publish',
  ],
  [
    'a bucket policy with a misspelled effect',
    'AuditTrailBucketPolicy',
    set('PolicyDocument.Statement.1.Effect', 'Alow'),
    'Effect Alow',
  ],
  [
    'a bucket policy of another version',
    'AuditTrailBucketPolicy',
    set('PolicyDocument.Version', '2012-10-18'),
    'valid version string, not 2012-10-18',
  ],
  [
    'a bucket policy of over 20,480 characters',
    'AuditTrailBucketPolicy',
    withStatement('PolicyDocument', { ...EVERYONE, Sid: 'x'.repeat(20_480) }),
    'more than 20480',
  ],
  [
    'a bucket with a misspelled versioning status',
    'AuditTrailBucket',
    set('VersioningConfiguration.Status', 'On'),
    '#/VersioningConfiguration/Status: On is not a valid enum value',
  ],
  [
    'a bucket with an unknown encryption',
    'AuditTrailBucket',
    set(
      'BucketEncryption.ServerSideEncryptionConfiguration.0.ServerSideEncryptionByDefault.SSEAlgorithm',
      'AES-256',
    ),
    'AES-256 is not a valid enum value',
  ],
  [
    'a bucket with an unknown property',
    'AuditTrailBucket',
    set('Versioning', true),
    '#: extraneous key [Versioning] is not permitted',
  ],
  [
    'a bucket with upper-case letters in its name',
    'AuditTrailBucket',
    set('BucketName', 'AuditTrail'),
    '#/BucketName: string [AuditTrail] does not match',
  ],
  [
    'a bucket with a lifecycle rule without a status',
    'AuditTrailBucket',
    set('LifecycleConfiguration.Rules.0.Status', undefined),
    'required key [Status] not found',
  ],
  [
    'access logs that S3 cannot deliver',
    'AuditTrailAccessLogsPolicy',
    without('S3WritesAccessLogs'),
    'does not allow logging.s3.amazonaws.com to write logs',
    'AuditTrailBucket',
  ],
  [
    'a role that CloudTrail cannot assume',
    'AuditTrailDeliveryRole',
    replaced('cloudtrail.amazonaws.com', 'ec2.amazonaws.com'),
    ROLE_REFUSED,
    TRAIL,
  ],
  [
    'a role that cannot write log events',
    'AuditTrailDeliveryRole',
    set('Policies.0.PolicyDocument.Statement.0.Action', 'logs:CreateLogStream'),
    ROLE_REFUSED,
    TRAIL,
  ],
  [
    'a role that writes to streams of another account',
    'AuditTrailDeliveryRole',
    replaced('log-stream:${AWS::AccountId}', 'log-stream:999999999999'),
    ROLE_REFUSED,
    TRAIL,
  ],
  [
    'a trust policy with a resource',
    'AuditTrailDeliveryRole',
    set('AssumeRolePolicyDocument.Statement.0.Resource', '*'),
    'Has prohibited field Resource',
  ],
  [
    'a trust policy with an action of another service',
    'AuditTrailDeliveryRole',
    set('AssumeRolePolicyDocument.Statement.0.Action', 'iam:PassRole'),
    'AssumeRole actions, not iam:PassRole',
  ],
  [
    'a trail name with a space',
    TRAIL,
    set('TrailName', 'account baseline'),
    '#/TrailName: string [account baseline] does not match',
  ],
  [
    'a trail that does not say whether it logs',
    TRAIL,
    set('IsLogging', undefined),
    'required key [IsLogging] not found',
  ],
  ['a trail without its bucket', TRAIL, set('S3BucketName', 'missing'), 'S3 bucket missing does not exist'],
  [
    'an event selector without fields',
    TRAIL,
    set('AdvancedEventSelectors.0.FieldSelectors', []),
    'FieldSelectors: expected minimum item count: 1, found: 0',
  ],
]);
