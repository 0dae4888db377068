import { example, type Examples, parameters } from '../events/example';
import { ADMIN, BUCKET, INTRUDER } from '../events/fixtures';
import { ACCOUNT, call, CLOUDFORMATION, denied } from '../events/record';

const policy = (...Statement: readonly object[]) =>
  parameters({ ...BUCKET, bucketPolicy: { Version: '2012-10-17', Statement } });
const read = (Principal: unknown, others: object = {}) => ({
  Effect: 'Allow',
  Principal,
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::orders-archive/*',
  ...others,
});

/** What the CDK adds to each bucket with `enforceSSL`. */
const DENY_WITHOUT_TLS = {
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action: 's3:*',
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};
const OWN = read({ AWS: `arn:aws:iam::${ACCOUNT}:root` });
const GRANT = (URI: string) => ({
  ...BUCKET,
  AccessControlPolicy: { AccessControlList: { Grant: [{ Grantee: { URI }, Permission: 'READ' }] } },
});

const put = (title: string, fields: object, by = INTRUDER) =>
  example(title, call('s3', 'PutBucketPolicy', by, { ...fields }));
const acl = (title: string, requestParameters: object, name = 'PutBucketAcl') =>
  example(title, call('s3', name, INTRUDER, { requestParameters }));

export const examples: Examples = {
  matches: [
    put('everyone', policy(read('*'))),
    put('everyone, in the other form', policy(read({ AWS: '*' }))),
    put('another account by its ID', policy(read({ AWS: '210987654321' }))),
    put('a stack opens it, too', policy(DENY_WITHOUT_TLS, read({ AWS: '*' })), CLOUDFORMATION),
    put('the second statement', policy(OWN, read('*'))),
    acl('an ACL, as text', { ...BUCKET, 'x-amz-acl': 'public-read' }),
    acl('an ACL, as a list', { ...BUCKET, 'x-amz-acl': ['public-read-write'] }),
    acl('a new bucket', { ...BUCKET, 'x-amz-acl': 'public-read' }, 'CreateBucket'),
    acl('a grant', GRANT('http://acs.amazonaws.com/groups/global/AllUsers')),
  ],
  nearMisses: [
    example('an intruder may not', denied('s3', 'PutBucketPolicy', INTRUDER, policy(read('*')))),
    put('everyone is denied', policy(DENY_WITHOUT_TLS), CLOUDFORMATION),
    put('everyone is denied, without a condition', policy({ ...read('*'), Effect: 'Deny' })),
    put(
      'everyone is denied by both statements',
      policy({ ...read({ AWS: '*' }), Effect: 'Deny' }, { ...read({ AWS: '*' }), Effect: 'Deny' }),
    ),
    put(
      'everyone of a network',
      policy(read('*', { Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-1' } } })),
    ),
    put(
      'everyone of an organization',
      policy(OWN, read({ AWS: '*' }, { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } })),
    ),
    put('this account', policy(OWN, OWN), ADMIN),
    put('this account by its ID', policy(read({ AWS: ACCOUNT }), read({ AWS: ACCOUNT })), ADMIN),
    put('a service', policy(read({ Service: 'cloudfront.amazonaws.com' })), CLOUDFORMATION),
    acl('a private ACL', { ...BUCKET, 'x-amz-acl': ['private'] }),
    acl('a grant for the delivery of logs', GRANT('http://acs.amazonaws.com/groups/s3/LogDelivery')),
  ],
};
