import { compactTemplate } from '../../lib/stacks/compact-template';

const join = (...parts: unknown[]) => ({ 'Fn::Join': ['', parts] });

test.each([
  [
    'text, references and ARNs',
    join('arn:', { Ref: 'AWS::Partition' }, ':', { 'Fn::GetAtt': ['Key', 'Arn'] }),
    'arn:${AWS::Partition}:${Key.Arn}',
  ],
  [
    'text that looks like a reference',
    join('user/${aws:username}', { Ref: 'A' }),
    'user/${!aws:username}${A}',
  ],
  ['an ARN alone', { 'Fn::GetAtt': ['Key', 'Arn'] }, '${Key.Arn}'],
])('%s becomes one text', (_, node, text) => {
  expect(compactTemplate({ Value: node })).toEqual({ Value: { 'Fn::Sub': text } });
});

test.each([
  ['a separator', { 'Fn::Join': [',', ['a', { Ref: 'B' }]] }],
  ['a look-up inside', join('https://', { 'Fn::FindInMap': ['M', 'a', 'b'] })],
  ['a list that is looked up', { 'Fn::Join': ['', { Ref: 'List' }] }],
  ['an attribute that may be a list', { 'Fn::GetAtt': ['Zone', 'NameServers'] }],
  ['an attribute inside that may be one', join('a', { 'Fn::GetAtt': ['Zone', 'NameServers'] })],
])('%s stays as it is', (_, node) => {
  expect(compactTemplate({ Value: node })).toEqual({ Value: node });
});

test('what CloudFormation does by default is left out, what it does not stays', () => {
  expect(
    compactTemplate({ A: { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Retain', Properties: { a: 1 } } }),
  ).toEqual({ A: { UpdateReplacePolicy: 'Retain', Properties: { a: 1 } } });
  const kept = { A: { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Delete' } };
  expect(compactTemplate(kept)).toEqual(kept);
});

test('a dependency is left out only where a reference says the same', () => {
  const properties = {
    Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
    Bucket: { Ref: 'Bucket' },
    Text: join({ Ref: 'Topic' }),
  };
  const node = { Properties: properties, DependsOn: ['Role', 'Bucket', 'Topic', 'BucketPolicy', 'Rol'] };
  expect(compactTemplate({ A: node })).toMatchObject({ A: { DependsOn: ['BucketPolicy', 'Rol'] } });
});

test('anybody is spelled in one way', () => {
  expect(compactTemplate({ Principal: { AWS: '*' } })).toEqual({ Principal: '*' });
  expect(compactTemplate({ Principal: { AWS: '*', Service: 'a' } })).toEqual({
    Principal: { AWS: '*', Service: 'a' },
  });
});
