import { fullDiff, ResourceImpact } from '@aws-cdk/cloudformation-diff';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { AuditTrail, type AuditTrailProps } from '../../lib/audit/audit-trail';
import { organizationTrailOf } from '../../lib/organization/organization-trail';
import { LogArchiveStack } from '../../lib/stacks/log-archive-stack';
import { accept, check, define, SMALLEST } from '../config/rows';
import { SMALLEST_ORGANIZATION as ORGANIZATION } from './smallest-organization';
import { rolePolicies, statements, templateOf, testApp } from '../synth';

const LOG_GROUP = { existingLogGroup: 'aws-controltower/CloudTrailLogs' };
const ARCHIVE = {
  bucket: 'example-co-log-archive',
  key: 'arn:aws:kms:eu-central-1:222222222222:key/1234abcd-12ab-34cd-56ef-1234567890ab',
};

const trail = (props: AuditTrailProps, withKey = true): Template =>
  templateOf(
    (scope) =>
      new AuditTrail(scope, 'Trail', {
        ...props,
        encryptionKey: withKey ? new Key(scope, 'Key') : undefined,
      }),
  );

const OWN = trail({});
const ORGANIZATIONS = trail({ organizationId: ORGANIZATION.id });
const ARCHIVED = trail({ organizationId: ORGANIZATION.id, logArchive: ARCHIVE });

test('the trail records the members, by the same properties as before', () => {
  ORGANIZATIONS.hasResourceProperties('AWS::CloudTrail::Trail', {
    IsOrganizationTrail: true,
    IsMultiRegionTrail: true,
    KMSKeyId: Match.anyValue(),
  });
  OWN.hasResourceProperties('AWS::CloudTrail::Trail', { IsOrganizationTrail: Match.absent() });
});

test('the bucket admits the trail to the folders of the organization and of its account, and to no other', () => {
  const [written, ...others] = statements(ORGANIZATIONS, 'AWS::S3::BucketPolicy').filter(
    ({ Sid }) => Sid === 'CloudTrailWritesLogFiles',
  );
  expect(others).toEqual([]);
  const folders = (written?.Resource as { 'Fn::Join': [string, unknown[]] }[]).map(
    ({ 'Fn::Join': [, [, ...path]] }) => path,
  );
  expect(folders).toEqual([
    ['/AWSLogs/', { Ref: 'AWS::AccountId' }, '/*'],
    [`/AWSLogs/${ORGANIZATION.id}/*`],
  ]);
  expect(JSON.stringify(written?.Condition)).toContain(':trail/account-baseline');
});

test('CloudTrail may write the streams of every member, which begin with the organization', () => {
  const [statement] = rolePolicies(ORGANIZATIONS);
  expect(statement?.Resource).toHaveLength(2);
  expect(JSON.stringify(statement?.Resource)).toMatch(
    /:log-stream:o-a1b2c3d4e5_\*_CloudTrail_",\{"Ref":"AWS::Region"\},"\*"/,
  );
});

test('with a log archive, the trail delivers there, and needs no key of its own account', () => {
  ARCHIVED.hasResourceProperties('AWS::CloudTrail::Trail', {
    S3BucketName: ARCHIVE.bucket,
    KMSKeyId: ARCHIVE.key,
    CloudWatchLogsLogGroupArn: Match.anyValue(),
  });
  trail({ organizationId: ORGANIZATION.id, logArchive: { bucket: ARCHIVE.bucket } }).hasResourceProperties(
    'AWS::CloudTrail::Trail',
    { S3BucketName: ARCHIVE.bucket, KMSKeyId: Match.absent() },
  );
});

const LOST = [
  ResourceImpact.MAY_REPLACE,
  ResourceImpact.WILL_REPLACE,
  ResourceImpact.WILL_DESTROY,
  ResourceImpact.WILL_ORPHAN,
];

test.each([
  ['the trail becomes the organization’s', OWN, ORGANIZATIONS],
  ['it becomes one of its account again', ORGANIZATIONS, OWN],
  ['it delivers to the log archive', ORGANIZATIONS, ARCHIVED],
  ['it delivers to its own bucket again', ARCHIVED, ORGANIZATIONS],
])('nothing is replaced or removed when %s', (_, before, after) => {
  const lost: string[] = [];
  const changed: string[] = [];
  fullDiff(before.toJSON(), after.toJSON()).resources.forEachDifference(
    (id, { changeImpact, newResourceType = '' }) => {
      changed.push(newResourceType);
      if (LOST.includes(changeImpact)) lost.push(id);
    },
  );
  expect(lost).toEqual([]);
  expect(changed).toContain('AWS::CloudTrail::Trail');
});

describe('the template of the log archive', () => {
  const archive = (options: object = {}): Template => {
    const config = define({ ...SMALLEST, organization: ORGANIZATION, ...options });
    return Template.fromStack(new LogArchiveStack(testApp(), 'Archive', { config }));
  };
  const template = archive();

  test('admits one trail of the management account, and its key no other either', () => {
    const admitted = [
      ...statements(template, 'AWS::S3::BucketPolicy'),
      ...statements(template, 'AWS::KMS::Key', 'KeyPolicy'),
    ].filter(({ Principal }) => JSON.stringify(Principal).includes('cloudtrail.amazonaws.com'));
    expect(admitted).toHaveLength(3);
    for (const { Condition } of admitted) {
      expect(JSON.stringify(Condition)).toMatch(/"aws:SourceArn":.*:trail\/\$\{Name\}.*ManagementAccount/);
    }
  });

  test('keeps bucket, policy and key when the stack is deleted', () => {
    for (const type of ['AWS::S3::Bucket', 'AWS::S3::BucketPolicy', 'AWS::KMS::Key']) {
      template.allResources(type, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    }
  });

  test('has no key where the configuration has none, and asks for the Region only if that has none', () => {
    const free = archive({ customerKey: false, region: 'eu-central-1' });
    free.resourceCountIs('AWS::KMS::Key', 0);
    free.hasParameter('TrailRegion', { Default: 'eu-central-1' });
    template.hasParameter('TrailRegion', { Default: Match.absent() });
  });
});

describe('the options', () => {
  const organizationOf = (options: object) => organizationTrailOf(define({ ...SMALLEST, ...options }));

  test('make the trail the organization’s, unless they say otherwise or another trail is used', () => {
    expect(organizationOf({ organization: ORGANIZATION })).toMatchObject(ORGANIZATION);
    expect(organizationOf({})).toBeUndefined();
    expect(organizationOf({ organization: { ...ORGANIZATION, trail: false } })).toBeUndefined();
    expect(organizationOf({ organization: ORGANIZATION, auditTrail: LOG_GROUP })).toBeUndefined();
  });

  accept([['a log archive with a key', { organization: { ...ORGANIZATION, logArchive: ARCHIVE } }]]);

  check([
    [
      'a trail that is wanted beside an existing one',
      { organization: { ...ORGANIZATION, trail: true }, auditTrail: LOG_GROUP },
      "organization.trail: needs the baseline's own trail; remove it, because auditTrail.existingLogGroup names an existing one; received true",
    ],
    [
      'a log archive for an existing trail',
      { organization: { ...ORGANIZATION, logArchive: ARCHIVE }, auditTrail: LOG_GROUP },
      'organization.logArchive: needs the baseline\'s own trail; remove it, or remove auditTrail.existingLogGroup; received "example-co-log-archive"',
    ],
    [
      'a log archive without a trail of the organization',
      { organization: { ...ORGANIZATION, trail: false, logArchive: ARCHIVE } },
      'organization.logArchive: needs the trail of the organization; remove it, or remove organization.trail; received "example-co-log-archive"',
    ],
    [
      'a bucket and a key that are none',
      { organization: { ...ORGANIZATION, logArchive: { bucket: 'Example_Co', key: 'alias/logs' } } },
      'organization.logArchive.bucket: must be a bucket name: 3 to 63 lower-case letters and digits, with . and - between them; not an IP address; received "Example_Co"',
      'organization.logArchive.key: must be the ARN of a KMS key, such as arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab; received "alias/logs"',
    ],
  ]);
});
