import { readableTemplate } from '../../lib/stacks/readable-template';

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
])('%s become one text', (_, node, text) => {
  expect(readableTemplate({ Value: node })).toEqual({ Value: { 'Fn::Sub': text } });
});

test.each([
  ['an ARN alone', { 'Fn::GetAtt': ['Key', 'Arn'] }],
  ['a separator', { 'Fn::Join': [',', ['a', { Ref: 'B' }]] }],
  ['a look-up inside', join('https://', { 'Fn::FindInMap': ['M', 'a', 'b'] })],
  ['an output of another stack', join({ 'Fn::GetStackOutput': { StackName: 'A', OutputName: 'B' } }, '/*')],
  ['a list that is looked up', { 'Fn::Join': ['', { Ref: 'List' }] }],
  ['an attribute that may be a list', { 'Fn::GetAtt': ['Zone', 'NameServers'] }],
  ['an attribute inside that may be one', join('a', { 'Fn::GetAtt': ['Zone', 'NameServers'] })],
])('%s stays as it is', (_, node) => {
  expect(readableTemplate({ Value: [node] })).toEqual({ Value: [node] });
});

test('what surrounds a text stays', () => {
  const node = { A: { DeletionPolicy: 'Delete', DependsOn: ['B'], Properties: { Name: 'a', Count: 1 } } };
  expect(readableTemplate(node)).toEqual(node);
});

test('a dependency is left out only where a reference says the same', () => {
  const properties = {
    Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
    Bucket: { Ref: 'Bucket' },
    Text: join({ Ref: 'Topic' }),
  };
  const node = { Properties: properties, DependsOn: ['Role', 'Bucket', 'Topic', 'BucketPolicy', 'Rol'] };
  expect(readableTemplate({ A: node })).toMatchObject({ A: { DependsOn: ['BucketPolicy', 'Rol'] } });
});

test('an output for another stack is called by what it is, in both stacks', () => {
  const consumer = {
    Resources: {
      Topic: {
        Properties: {
          KmsMasterKeyId: {
            'Fn::GetStackOutput': {
              StackName: 'A',
              Region: { Ref: 'AWS::Region' },
              OutputName: 'PublishOutputFnGetAttKeyArn12413C16',
            },
          },
        },
      },
    },
  };
  expect(JSON.stringify(readableTemplate(consumer))).toContain(
    '{"Fn::GetStackOutput":{"StackName":"A","OutputName":"KeyArn"}}',
  );
  const Value = { 'Fn::GetAtt': ['Key', 'Arn'] };
  expect(readableTemplate({ Outputs: { PublishOutputFnGetAttKeyArn12413C16: { Value } } })).toEqual({
    Outputs: { KeyArn: { Value } },
  });
});

test('an output for another stack does not repeat the kind of its own, and is the one for people if both are the same', () => {
  const published = 'PublishOutputRefAuditTrailLogGroup12413C16';
  const consumer = { 'Fn::GetStackOutput': { StackName: 'Base-Audit', OutputName: published } };
  expect(readableTemplate({ Value: consumer }, { stackName: 'Base-Alarms' })).toEqual({
    Value: { 'Fn::GetStackOutput': { StackName: 'Base-Audit', OutputName: 'TrailLogGroup' } },
  });
  const Value = { Ref: 'AuditTrailLogGroup' };
  const TrailLogGroup = { Value, Description: 'Where to search' };
  const Outputs = { TrailLogGroup, [published]: { Value } };
  expect(readableTemplate({ Outputs }, { stackName: 'Base-Audit' })).toEqual({ Outputs: { TrailLogGroup } });
});

test('an output for another stack keeps a name that is the kind of its own', () => {
  const Value = { Ref: 'Audit' };
  expect(
    readableTemplate({ Outputs: { PublishOutputRefAudit12413C16: { Value } } }, { stackName: 'Base-Audit' }),
  ).toEqual({ Outputs: { Audit: { Value } } });
});

test('an output keeps the Region of another one, and none is lost to another with its name', () => {
  const abroad = { 'Fn::GetStackOutput': { StackName: 'A', Region: 'eu-west-1', OutputName: 'B' } };
  expect(readableTemplate({ Value: abroad }, { region: 'us-east-1' })).toEqual({ Value: abroad });
  expect(readableTemplate({ Value: abroad }, { region: 'eu-west-1' })).toEqual({
    Value: { 'Fn::GetStackOutput': { StackName: 'A', OutputName: 'B' } },
  });
  const twice = { Outputs: { KeyArn: { Value: 1 }, PublishOutputFnGetAttKeyArn12413C16: { Value: 2 } } };
  expect(() => readableTemplate(twice)).toThrow('outputs need names of their own, got two named KeyArn');
});
