import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { AuditTrail } from '../../lib/audit/audit-trail';
import { ConfigRecorder, type ConfigRecorderProps } from '../../lib/detectors/config-recorder';
import { ConfigServiceRole } from '../../lib/detectors/config-service-role';
import { statements, templateOf, testApp } from '../synth';

const recorder = (props: Omit<ConfigRecorderProps, 'role'> = {}): Template =>
  templateOf(
    (scope) => new ConfigRecorder(scope, 'Config', { role: new ConfigServiceRole(scope, 'Role'), ...props }),
  );

const encrypted = templateOf(
  (scope) =>
    new ConfigRecorder(scope, 'Config', {
      role: new ConfigServiceRole(scope, 'Role'),
      encryptionKey: new Key(scope, 'Key'),
      accessLogBucket: new Bucket(scope, 'AccessLogs'),
    }),
);

const CONFIG = { Service: 'config.amazonaws.com' };
const ACCOUNT = { Ref: 'AWS::AccountId' };

describe('access logs of its bucket', () => {
  const admitted = (template: Template) =>
    statements(template, 'AWS::S3::BucketPolicy').filter(({ Principal }) =>
      JSON.stringify(Principal).includes('logging.s3'),
    );

  test('are admitted by the policy of the bucket that gets them', () => {
    expect(admitted(encrypted)).toMatchObject([
      {
        Sid: 'S3WritesAccessLogsOfConfig',
        Action: 's3:PutObject',
        Condition: {
          ArnLike: { 'aws:SourceArn': { 'Fn::GetAtt': [expect.stringContaining('ConfigBucket'), 'Arn'] } },
        },
      },
    ]);
  });

  test('have a statement of their own beside those of a trail', () => {
    const template = templateOf((scope) => {
      const { accessLogBucket } = new AuditTrail(scope, 'Trail');
      new ConfigRecorder(scope, 'Config', { role: new ConfigServiceRole(scope, 'Role'), accessLogBucket });
    });
    expect(admitted(template).map(({ Sid }) => Sid)).toEqual([
      'S3WritesAccessLogs',
      'S3WritesAccessLogsOfConfig',
    ]);
  });

  test('of another stack make no circle', () => {
    const app = testApp();
    const { accessLogBucket } = new AuditTrail(new Stack(app, 'Audit'), 'Trail', { bucketPrefix: 'config' });
    const stack = new Stack(app, 'Config');
    new ConfigRecorder(stack, 'Config', { role: new ConfigServiceRole(stack, 'Role'), accessLogBucket });
    expect(() => app.synth()).not.toThrow();
  });
});

test('every type of resource and IAM are recorded, once a day', () => {
  recorder().hasResourceProperties('AWS::Config::ConfigurationRecorder', {
    RecordingGroup: { AllSupported: true, IncludeGlobalResourceTypes: true },
    RecordingMode: { RecordingFrequency: 'DAILY' },
  });
});

test('AWS Config’s service-linked role reads, which may be there already and is made only where it is absent', () => {
  const template = recorder();
  template.resourceCountIs('AWS::IAM::ServiceLinkedRole', 0);
  template.resourceCountIs('Custom::ConfigServiceRole', 1);
  template.hasResourceProperties('AWS::Config::ConfigurationRecorder', {
    RoleARN: {
      'Fn::Join': [
        '',
        [
          'arn:',
          { Ref: 'AWS::Partition' },
          ':iam::',
          ACCOUNT,
          ':role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig',
        ],
      ],
    },
  });
});

test('recorder and channel wait for the bucket’s policy and not for each other, or neither would ever be ready', () => {
  const template = recorder();
  const idsOf = (type: string) => Object.keys(template.findResources(type));
  const parts = ['AWS::Config::ConfigurationRecorder', 'AWS::Config::DeliveryChannel'];
  const ids = parts.flatMap(idsOf);
  for (const type of parts) {
    const [{ DependsOn } = { DependsOn: [] }] = Object.values(template.findResources(type)) as {
      DependsOn: string[];
    }[];
    expect(DependsOn).toEqual(expect.arrayContaining(idsOf('AWS::S3::BucketPolicy')));
    expect(DependsOn.filter((id) => ids.includes(id))).toEqual([]);
  }
});

test('a Region has a recorder only once, and synthesis refuses a second one', () => {
  const twice = () =>
    templateOf((scope) => {
      const role = new ConfigServiceRole(scope, 'Role');
      return ['One', 'Two'].map((id) => new ConfigRecorder(scope, id, { role }));
    });
  expect(twice).toThrow(
    new Error('The recorder is in Test/One and Test/Two: an account and Region can have it only once'),
  );
});

test('the recorder waits for its role', () => {
  const template = recorder();
  template.hasResource('AWS::Config::ConfigurationRecorder', {
    DependsOn: Match.arrayWith(Object.keys(template.findResources('Custom::ConfigServiceRole'))),
  });
});

describe('the bucket', () => {
  test('is private and versioned, and what it holds expires', () => {
    recorder({ expireAfter: Duration.days(400) }).hasResourceProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      VersioningConfiguration: { Status: 'Enabled' },
      LifecycleConfiguration: {
        Rules: [
          {
            ExpirationInDays: 400,
            NoncurrentVersionExpiration: { NoncurrentDays: 400 },
            Status: 'Enabled',
          },
        ],
      },
    });
  });

  test('refuses requests without TLS and admits AWS Config for this account alone, to its own folder', () => {
    const [tls, ...admitted] = statements(recorder(), 'AWS::S3::BucketPolicy');
    expect(tls).toMatchObject({
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
    const bucket = { 'Fn::GetAtt': [expect.stringMatching(/^ConfigBucket/), 'Arn'] };
    expect(admitted).toEqual([
      {
        Sid: 'ConfigReadsBucket',
        Effect: 'Allow',
        Principal: CONFIG,
        Action: ['s3:GetBucketAcl', 's3:ListBucket'],
        Resource: bucket,
        Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } },
      },
      {
        Sid: 'ConfigDelivers',
        Effect: 'Allow',
        Principal: CONFIG,
        Action: 's3:PutObject',
        Resource: { 'Fn::Join': ['', [bucket, '/AWSLogs/', ACCOUNT, '/Config/*']] },
        Condition: {
          StringEquals: {
            'aws:SourceAccount': ACCOUNT,
            's3:x-amz-acl': 'bucket-owner-full-control',
          },
        },
      },
    ]);
  });

  test('survives the stack with its policy, unlike recorder and channel', () => {
    for (const type of ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy']) {
      recorder().allResources(type, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
      recorder({ removalPolicy: RemovalPolicy.DESTROY }).allResources(type, { DeletionPolicy: 'Delete' });
    }
    for (const type of ['AWS::Config::ConfigurationRecorder', 'AWS::Config::DeliveryChannel']) {
      recorder().allResources(type, { DeletionPolicy: Match.absent() });
    }
  });

  test('has its access logged where there is a bucket for it', () => {
    encrypted.hasResourceProperties('AWS::S3::Bucket', {
      LoggingConfiguration: { DestinationBucketName: { Ref: Match.stringLikeRegexp('^AccessLogs') } },
    });
    recorder().allResourcesProperties('AWS::S3::Bucket', { LoggingConfiguration: Match.absent() });
  });
});

describe('the key', () => {
  test('encrypts what is delivered, and what anybody else would put there', () => {
    const key = { 'Fn::GetAtt': [Match.stringLikeRegexp('^Key'), 'Arn'] };
    encrypted.hasResourceProperties('AWS::Config::DeliveryChannel', { S3KmsKeyArn: key });
    encrypted.hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key } },
        ],
      },
    });
  });

  test('admits AWS Config for this account alone', () => {
    expect(statements(encrypted, 'AWS::KMS::Key', 'KeyPolicy')).toContainEqual({
      Sid: 'ConfigEncrypts',
      Effect: 'Allow',
      Principal: CONFIG,
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      Resource: '*',
      Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } },
    });
  });

  test('can be left out: S3 then encrypts by itself', () => {
    recorder().hasResourceProperties('AWS::Config::DeliveryChannel', { S3KmsKeyArn: Match.absent() });
    recorder().hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
    });
  });
});

test('each Region of an account can have its recorder, because the role they share is kept', () => {
  const app = testApp();
  const addTo = (region: string) => () => {
    const stack = new Stack(app, region, { env: { account: '111122223333', region } });
    new ConfigServiceRole(stack, 'Role');
  };
  addTo('eu-central-1')();
  expect(addTo('eu-west-1')).not.toThrow();
});
