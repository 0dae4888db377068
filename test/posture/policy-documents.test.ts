import { isAsDeployed, policiesOfGroups } from '../../lib/posture/policy-documents';
import { PROFILES } from '../../lib/config/profiles';
import { baselineTemplate } from '../synth';
import { eachOf } from '../each-of';

const VALUES: Readonly<Record<string, string>> = {
  'AWS::AccountId': '123456789012',
  'AWS::Region': 'eu-central-1',
  Bucket: 'logs-1a2b',
  Topic: 'arn:aws:sns:eu-central-1:123456789012:topic',
};
const same = (wanted: unknown, actual: unknown) => isAsDeployed(wanted, actual, (name) => VALUES[name]);

eachOf<[unknown, unknown]>(
  [
    [{ Ref: 'Topic' }, 'arn:aws:sns:eu-central-1:123456789012:topic'],
    [{ 'Fn::Sub': '${Bucket.Arn}/*' }, 'arn:aws:s3:::logs-1a2b/*'],
    [{ 'Fn::Sub': '${Bucket.Arn}' }, 'arn:aws:logs:eu-central-1:123456789012:log-group:logs-1a2b:*'],
    [
      { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:user/${!aws:username}' },
      'arn:aws:iam::123456789012:user/${aws:username}',
    ],
    [{ 'Fn::Sub': '${Other.Arn}' }, 'arn:aws:s3:::other'],
    [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, 'arn:aws:s3:::logs-1a2b'],
    [{ Bool: { 'aws:SecureTransport': false } }, { Bool: { 'aws:SecureTransport': 'false' } }],
    [
      { Action: ['a:B', 'c:D'], Sid: 'One' },
      { Sid: 'One', Action: ['c:D', 'a:B'] },
    ],
  ],
  ([wanted]) => JSON.stringify(wanted),
)('a value as it was deployed is that of the template', ([wanted, actual]) => {
  expect(same(wanted, actual)).toBe(true);
});

eachOf<[unknown, unknown]>(
  [
    [{ Ref: 'Topic' }, '*'],
    [{ 'Fn::Sub': '${Bucket.Arn}/*' }, 'arn:aws:s3:::*/*'],
    [{ 'Fn::Sub': '${Bucket.Arn}' }, 'arn:aws:s3:::other-logs-1a2b'],
    [{ 'Fn::Sub': '${Other.Arn}' }, 'arn:aws:s3:::*'],
    [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, 'arn:aws:s3:::other'],
    [
      ['a:B', 'c:D'],
      ['a:B', 'a:B', 'c:D'],
    ],
    [
      [{ 'Fn::Sub': '${Bucket.Arn}' }, { 'Fn::Sub': '${Other.Arn}' }],
      ['arn:aws:s3:::logs-1a2b', '*'],
    ],
    [{ Effect: 'Deny' }, { Effect: 'Deny', Condition: {} }],
    [{ Effect: 'Deny', Sid: 'One' }, { Effect: 'Deny' }],
    ['a:B', undefined],
  ],
  ([wanted]) => JSON.stringify(wanted),
)('another value is not that of the template', ([wanted, actual]) => {
  expect(same(wanted, actual)).toBe(false);
});

test.each(PROFILES)(
  'the policies of %s hold no function of CloudFormation that is not understood',
  (profile) => {
    const policies = policiesOfGroups(
      baselineTemplate({ profile, billing: { viewers: ['carol'] } }).toJSON(),
    );
    expect(policies.length).toBeGreaterThan(2);
    const functions = [...JSON.stringify(policies).matchAll(/"(Fn::\w+)"/g)].map(([, name]) => name);
    expect(new Set(functions)).toEqual(new Set(['Fn::GetAtt', 'Fn::Sub']));
  },
);
