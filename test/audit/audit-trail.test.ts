import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { AuditTrail, type AuditTrailProps } from '../../lib/audit/audit-trail';
import { customerKey } from '../../lib/audit/customer-key';
import { KEY_ALIAS } from '../../lib/audit/key-alias';
import { refused } from '../refused';
import { rolePolicies, type Statement, statements, templateOf } from '../synth';

const TRAIL_ARN = {
  'Fn::Join': [
    '',
    [
      'arn:',
      { Ref: 'AWS::Partition' },
      ':cloudtrail:',
      { Ref: 'AWS::Region' },
      ':',
      { Ref: 'AWS::AccountId' },
      ':trail/account-baseline',
    ],
  ],
};

function trail(props: AuditTrailProps = {}): Template {
  return templateOf((scope) => new AuditTrail(scope, 'Trail', props));
}

function withKey(): Template {
  return templateOf((scope) => new AuditTrail(scope, 'Trail', { encryptionKey: new Key(scope, 'Key') }));
}

test('an account has a trail only once, and synthesis refuses a second one', () => {
  const both = (trailName?: string) => () =>
    templateOf((scope) => [new AuditTrail(scope, 'One'), new AuditTrail(scope, 'Two', { trailName })]);
  expect(both()).toThrow(
    new Error('account-baseline is in Test/One and Test/Two: an account can have it only once'),
  );
  expect(both('other')).not.toThrow();
});

refused(trail, [
  ...[0, 100].map((days): [unknown, string] => [
    { logGroupRetentionDays: days },
    'logGroupRetentionDays must be a retention period that CloudWatch Logs offers: 1, 3, 5, 7, 14, 30, 60, 90, ' +
      `120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, got ${days}`,
  ]),
  [
    { trailName: 'my trail' },
    'trailName must be a trail name: 3 to 128 letters and digits, with single . _ - between them; ' +
      'not an IP address, got "my trail"',
  ],
  // An empty prefix is that of every bucket, and would leave out all data events.
  ...['', 'Acme-', '*'].map((bucketPrefix): [unknown, string] => [
    { bucketPrefix },
    `bucketPrefix must be the beginning of the name of a bucket, got "${bucketPrefix}"`,
  ]),
  [{ expireAfter: 90 }, 'expireAfter must be a Duration, such as Duration.days(90), got 90'],
  [{ expireAfter: Duration.days(0) }, 'expireAfter must be a whole number of days from 1 to 36500, got 0'],
  [
    { expireAfter: Duration.hours(36) },
    'expireAfter must be a whole number of days from 1 to 36500, got 1.5',
  ],
  [{ logArchive: 'archive' }, 'logArchive must be an object, got "archive"'],
  [
    { logArchive: {} },
    'logArchive.bucket must be a bucket name: 3 to 63 lower-case letters and digits, with . and - between them; not an IP address, got undefined',
  ],
  [
    { organizationId: 'org-1' },
    'organizationId must be the ID of an organization, such as o-a1b2c3d4e5, got "org-1"',
  ],
]);

test('the trail covers all Regions and global services, validates its files and delivers to CloudWatch Logs', () => {
  withKey().hasResourceProperties('AWS::CloudTrail::Trail', {
    TrailName: 'account-baseline',
    IsLogging: true,
    IsMultiRegionTrail: true,
    IncludeGlobalServiceEvents: true,
    EnableLogFileValidation: true,
    CloudWatchLogsLogGroupArn: Match.anyValue(),
    CloudWatchLogsRoleArn: Match.anyValue(),
    KMSKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('Key'), 'Arn'] },
  });
});

test('both buckets are private and versioned, and their objects belong to the account, as S3 does by default', () => {
  trail().allResourcesProperties('AWS::S3::Bucket', {
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
    VersioningConfiguration: { Status: 'Enabled' },
    OwnershipControls: Match.absent(),
    AccessControl: Match.absent(),
  });
});

test('both buckets refuse requests without TLS', () => {
  const denials = statements(trail(), 'AWS::S3::BucketPolicy').filter(
    ({ Effect, Condition }) => Effect === 'Deny' && JSON.stringify(Condition).includes('aws:SecureTransport'),
  );
  expect(denials).toHaveLength(2);
  for (const denial of denials)
    expect(denial).toMatchObject({
      Principal: '*',
      Action: 's3:*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
});

test('the log bucket admits CloudTrail for this trail alone', () => {
  const admitted = statements(trail(), 'AWS::S3::BucketPolicy').filter(
    ({ Principal }) => JSON.stringify(Principal) === '{"Service":"cloudtrail.amazonaws.com"}',
  );
  expect(admitted.map(({ Action, Condition }) => ({ Action, Condition }))).toEqual([
    { Action: 's3:GetBucketAcl', Condition: { StringEquals: { 'aws:SourceArn': TRAIL_ARN } } },
    {
      Action: 's3:PutObject',
      Condition: {
        StringEquals: { 'aws:SourceArn': TRAIL_ARN, 's3:x-amz-acl': 'bucket-owner-full-control' },
      },
    },
  ]);
});

test('access to the log bucket is logged in the second one, which admits S3 for that bucket alone', () => {
  const template = trail();
  template.hasResourceProperties('AWS::S3::Bucket', {
    LoggingConfiguration: { DestinationBucketName: { Ref: Match.stringLikeRegexp('AccessLogs') } },
  });
  expect(statements(template, 'AWS::S3::BucketPolicy')).toContainEqual(
    expect.objectContaining({
      Principal: { Service: 'logging.s3.amazonaws.com' },
      Action: 's3:PutObject',
      Condition: {
        ArnLike: { 'aws:SourceArn': { 'Fn::GetAtt': [expect.stringContaining('TrailBucket'), 'Arn'] } },
        StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
      },
    }),
  );
});

test('the second bucket admits S3 for all buckets of the suite, too, if their names begin the same', () => {
  const template = templateOf((scope) => new AuditTrail(scope, 'Trail', { bucketPrefix: 'test' }));
  const [admitted] = statements(template, 'AWS::S3::BucketPolicy').filter(
    ({ Principal }) => JSON.stringify(Principal) === '{"Service":"logging.s3.amazonaws.com"}',
  );
  expect(admitted?.Condition).toMatchObject({
    ArnLike: { 'aws:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::test*']] } },
  });
});

test('the second bucket admits S3 for the log bucket and for other buckets of a prefix', () => {
  const [admitted] = statements(trail({ bucketPrefix: 'baseline-' }), 'AWS::S3::BucketPolicy').filter(
    ({ Principal }) => JSON.stringify(Principal) === '{"Service":"logging.s3.amazonaws.com"}',
  );
  expect(admitted?.Condition).toMatchObject({
    ArnLike: {
      'aws:SourceArn': [
        { 'Fn::GetAtt': [expect.stringContaining('TrailBucket'), 'Arn'] },
        { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::baseline-*']] },
      ],
    },
  });
});

test('log files expire, and stay recoverable for as long again', () => {
  const template = trail({ expireAfter: Duration.days(400) });
  template.hasResourceProperties('AWS::S3::Bucket', {
    LifecycleConfiguration: {
      Rules: [
        {
          ExpirationInDays: 400,
          NoncurrentVersionExpiration: { NoncurrentDays: 400 },
        },
      ],
    },
  });
});

test('CloudTrail may write its own streams of the one log group and nothing else', () => {
  const template = trail();
  template.resourceCountIs('AWS::IAM::Role', 1);
  const [statement, ...others] = rolePolicies(template);
  expect(others).toEqual([]);
  expect(statement).toMatchObject({ Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'] });
  // The ARN attribute ends in ":*", with which the resource would match no stream.
  expect(JSON.stringify(statement?.Resource)).toMatch(
    /:log-group:",\{"Ref":"TrailLogGroup\w+"\},":log-stream:",\{"Ref":"AWS::AccountId"\},"_CloudTrail_",\{"Ref":"AWS::Region"\},"\*"/,
  );
});

describe('the key', () => {
  const keyStatements = (): Statement[] => statements(withKey(), 'AWS::KMS::Key', 'KeyPolicy');

  test('admits CloudTrail for this trail alone', () => {
    expect(keyStatements()).toContainEqual(
      expect.objectContaining({
        Principal: { Service: 'cloudtrail.amazonaws.com' },
        Action: ['kms:DescribeKey', 'kms:GenerateDataKey*'],
        Condition: { StringEquals: { 'aws:SourceArn': TRAIL_ARN } },
      }),
    );
  });

  test('admits CloudWatch Logs for log groups of this account and Region alone', () => {
    const logs = keyStatements().find(({ Principal }) => JSON.stringify(Principal).includes('logs.'));
    expect(JSON.stringify(logs?.Condition)).toBe(
      '{"ArnLike":{"kms:EncryptionContext:aws:logs:arn":{"Fn::Join":["",["arn:",{"Ref":"AWS::Partition"},":logs:",' +
        '{"Ref":"AWS::Region"},":",{"Ref":"AWS::AccountId"},":log-group:*"]]}}}',
    );
  });

  test('admits no service without a condition', () => {
    const services = keyStatements().filter(({ Principal }) => JSON.stringify(Principal).includes('Service'));
    expect(services).toHaveLength(2);
    expect(services.filter(({ Condition }) => Condition === undefined)).toEqual([]);
  });

  test('may deny its caller later changes, which KMS refuses unless asked not to check', () => {
    const template = templateOf((scope) =>
      customerKey(scope, 'Key', { alias: KEY_ALIAS, removalPolicy: RemovalPolicy.RETAIN }),
    );
    template.hasResourceProperties('AWS::KMS::Key', { BypassPolicyLockoutSafetyCheck: true });
    expect(statements(template, 'AWS::KMS::Key', 'KeyPolicy')).toContainEqual(
      expect.objectContaining({ Effect: 'Deny', Sid: 'DenyTampering' }),
    );
  });

  test('can be left out: S3 and CloudWatch Logs then encrypt by themselves', () => {
    const template = trail();
    template.hasResourceProperties('AWS::CloudTrail::Trail', { KMSKeyId: Match.absent() });
    template.hasResourceProperties('AWS::Logs::LogGroup', { KmsKeyId: Match.absent() });
    template.allResourcesProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
    });
  });
});

test.each(['AWS::S3::Bucket', 'AWS::S3::BucketPolicy', 'AWS::Logs::LogGroup'])(
  'evidence in %s survives the stack',
  (type) => {
    trail().allResources(type, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    trail({ removalPolicy: RemovalPolicy.DESTROY }).allResources(type, { DeletionPolicy: 'Delete' });
  },
);

describe('data events of S3', () => {
  const withDataEvents = (bucketPrefix?: string) => trail({ s3DataEvents: true, bucketPrefix });
  const objectsOf = (bucket: string) => ({
    'Fn::Join': ['', [{ 'Fn::GetAtt': [Match.stringLikeRegexp(bucket), 'Arn'] }, '/']],
  });
  const selectors = (...notStartsWith: unknown[]) => [
    {
      Name: 'Management events selector',
      FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }],
    },
    {
      Name: 'S3',
      FieldSelectors: [
        { Field: 'eventCategory', Equals: ['Data'] },
        { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
        { Field: 'resources.ARN', NotStartsWith: notStartsWith },
      ],
    },
  ];

  test('are reads and writes of every bucket but the trail’s own, beside all management events', () => {
    withDataEvents().hasResourceProperties('AWS::CloudTrail::Trail', {
      AdvancedEventSelectors: selectors(objectsOf('^TrailBucket'), objectsOf('^TrailAccessLogs')),
    });
  });

  test('leave out buckets whose names begin as those of the suite', () => {
    withDataEvents('suite-').hasResourceProperties('AWS::CloudTrail::Trail', {
      AdvancedEventSelectors: selectors(objectsOf('^TrailBucket'), objectsOf('^TrailAccessLogs'), {
        'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':s3:::suite-']],
      }),
    });
  });

  test('are off unless asked for, and nothing else is selected then', () => {
    trail().hasResourceProperties('AWS::CloudTrail::Trail', {
      AdvancedEventSelectors: Match.absent(),
      EventSelectors: Match.absent(),
    });
  });
});
