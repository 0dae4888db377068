import {
  CloudFormation,
  waitUntilChangeSetCreateComplete,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { GetRolePolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { EmulatedSuite } from '../../emulator/suite';
import { consumer, producer, stackOutput } from './templates';

jest.setTimeout(60_000);

let emulator: Emulator;
let suite: EmulatedSuite;
let cloudformation: CloudFormation;

beforeAll(async () => {
  emulator = await startEmulator();
  suite = new EmulatedSuite(emulator);
  cloudformation = new CloudFormation(emulator.clientConfig);
});

afterAll(async () => {
  await emulator.stop();
});

afterEach(async () => {
  // Consumers last: nothing holds the producer.
  await suite.destroy(await suite.names());
});

const arnOf = (topic: string): string => `arn:aws:sns:us-east-1:123456789012:${topic}`;
const reference = stackOutput('Producer', 'TopicArn');
const deployProducer = (topic: string): Promise<unknown> =>
  suite.deploy([{ name: 'Producer', template: producer(topic) }]);

describe('an output of another stack', () => {
  test('is read wherever a function may be', async () => {
    const name = { 'Fn::Select': [5, { 'Fn::Split': [':', reference] }] };
    const statement = { Effect: 'Allow', Action: 'sns:Publish', Resource: [reference, '*'] };
    const role = {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: 'publisher',
        AssumeRolePolicyDocument: {
          Statement: {
            Effect: 'Allow',
            Principal: { Service: 'lambda.amazonaws.com' },
            Action: 'sts:AssumeRole',
          },
        },
        Policies: [
          { PolicyName: 'publish', PolicyDocument: { Version: '2012-10-17', Statement: [statement] } },
        ],
      },
    };
    const value = {
      'Fn::Join': [
        '|',
        [reference, { 'Fn::Sub': ['${Topic}', { Topic: reference }] }, name, { 'Fn::Base64': reference }],
      ],
    };
    const template = {
      Conditions: { Always: { 'Fn::Equals': ['a', 'a'] } },
      ...consumer('everywhere', { 'Fn::If': ['Always', value, ''] }, { Role: role }),
    };
    await suite.deploy([
      { name: 'Producer', template: producer('one') },
      { name: 'Consumer', template },
    ]);

    const arn = arnOf('one');
    const base64 = Buffer.from(arn).toString('base64');
    expect(await suite.outputs('Consumer')).toEqual({ Value: `${arn}|${arn}|one|${base64}` });
    const request = new GetRolePolicyCommand({ RoleName: 'publisher', PolicyName: 'publish' });
    const { PolicyDocument = '' } = await new IAMClient(emulator.clientConfig).send(request);
    expect(decodeURIComponent(PolicyDocument)).toContain(arn);
  });

  test('is read in YAML, in both forms', async () => {
    await deployProducer('one');
    const TemplateBody = `
Resources:
  Topic:
    Type: AWS::SNS::Topic
Outputs:
  Short:
    Value: !GetStackOutput
      StackName: Producer
      OutputName: TopicArn
  Long:
    Value:
      Fn::GetStackOutput:
        StackName: !Join ['', [Prod, ucer]]
        OutputName: TopicArn
        Region: !Ref AWS::Region
`;
    await cloudformation.createStack({ StackName: 'Consumer', TemplateBody });
    await waitUntilStackCreateComplete(
      { client: cloudformation, maxWaitTime: 20, minDelay: 1, maxDelay: 1 },
      { StackName: 'Consumer' },
    );

    expect(await suite.outputs('Consumer')).toEqual({ Short: arnOf('one'), Long: arnOf('one') });
  });

  test('is read again by an update, not when it changes', async () => {
    await deployProducer('one');
    await suite.deploy([{ name: 'Consumer', template: consumer('p', reference) }]);
    await deployProducer('two');
    expect(await suite.outputs('Consumer')).toEqual({ Value: arnOf('one') });

    const done = suite.watch();
    const more = consumer('p', reference, { More: { Type: 'AWS::SNS::Topic' } });
    expect(await suite.deploy([{ name: 'Consumer', template: more }])).toEqual({
      Consumer: 'UPDATE_COMPLETE',
    });
    expect(await suite.outputs('Consumer')).toEqual({ Value: arnOf('two') });
    expect(done().resources).toEqual(['Consumer/More', 'Consumer/Parameter']);
  });

  test('that changed does not change the consumer', async () => {
    const template = consumer('p', reference);
    await deployProducer('one');
    await suite.deploy([{ name: 'Consumer', template }]);
    await deployProducer('two');

    await expect(suite.stack('Consumer').deploy(template)).rejects.toThrow('No updates are to be performed.');
    const change = { StackName: 'Consumer', ChangeSetName: 'same' };
    await cloudformation.createChangeSet({ ...change, TemplateBody: JSON.stringify(template) });
    expect(await cloudformation.describeChangeSet(change)).toMatchObject({
      Status: 'FAILED',
      StatusReason:
        "The submitted information didn't contain changes. Submit different information to create a change set.",
    });
  });

  test('is read when a change set is executed, not when it is created', async () => {
    await deployProducer('one');
    const change = { StackName: 'Consumer', ChangeSetName: 'first' };
    await cloudformation.createChangeSet({
      ...change,
      ChangeSetType: 'CREATE',
      TemplateBody: JSON.stringify(consumer('p', reference)),
    });
    await waitUntilChangeSetCreateComplete(
      { client: cloudformation, maxWaitTime: 20, minDelay: 1, maxDelay: 1 },
      change,
    );
    await deployProducer('two');
    await cloudformation.executeChangeSet(change);
    expect(await suite.stack('Consumer').settled()).toBe('CREATE_COMPLETE');
    expect(await suite.outputs('Consumer')).toEqual({ Value: arnOf('two') });
  });

  test('does not hold the stack that it is of', async () => {
    await deployProducer('one');
    await suite.deploy([{ name: 'Consumer', template: consumer('p', reference) }]);

    expect(await suite.destroy(['Producer'])).toEqual({ Producer: undefined });
    expect(await suite.outputs('Consumer')).toEqual({ Value: arnOf('one') });
    expect(await suite.destroy(['Consumer'])).toEqual({ Consumer: undefined });
  });
});

describe('a reference that cannot be read', () => {
  const rows: [string, object, string][] = [
    ['no such stack', stackOutput('Nobody', 'TopicArn'), 'stack Nobody does not exist in us-east-1'],
    ['no such output', stackOutput('Producer', 'Nothing'), 'stack Producer has no output Nothing'],
    [
      'another Region',
      stackOutput('Producer', 'TopicArn', { Region: 'eu-west-1' }),
      'cannot read from another Region in the emulator: eu-west-1',
    ],
    [
      'a role',
      stackOutput('Producer', 'TopicArn', { RoleArn: 'arn:aws:iam::210987654321:role/reader' }),
      'cannot assume a role in the emulator: arn:aws:iam::210987654321:role/reader',
    ],
    ['no output name', { 'Fn::GetStackOutput': { StackName: 'Producer' } }, 'requires OutputName'],
    ['an unknown member', stackOutput('Producer', 'TopicArn', { Account: '1' }), 'does not know Account'],
    ['a list', { 'Fn::GetStackOutput': ['Producer', 'TopicArn'] }, 'requires an object with StackName'],
  ];

  test.each(rows)('%s fails the creation', async (_name, wrong, message) => {
    await deployProducer('one');
    const template = consumer('p', wrong);

    expect(await suite.deploy([{ name: 'Consumer', template }])).toEqual({ Consumer: 'ROLLBACK_COMPLETE' });
    expect(await suite.failures()).toEqual({
      'Consumer/Parameter': expect.stringContaining(message),
    });
  });

  test('of a deleted stack fails an update, which goes back to the value from before', async () => {
    await deployProducer('one');
    await suite.deploy([{ name: 'Consumer', template: consumer('p', reference) }]);
    await suite.destroy(['Producer']);
    const template = consumer('p', { 'Fn::Join': ['', ['topic: ', reference]] });

    expect(await suite.deploy([{ name: 'Consumer', template }])).toEqual({
      Consumer: 'UPDATE_ROLLBACK_COMPLETE',
    });
    expect(await suite.failures()).toMatchObject({
      'Consumer/Parameter': expect.stringContaining('stack Producer does not exist'),
    });
    expect(await suite.outputs('Consumer')).toEqual({ Value: arnOf('one') });
  });

  test('in a name that is checked before a deployment fails the creation too', async () => {
    const BucketName = stackOutput('Nobody', 'BucketName');
    const template = { Resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName } } } };

    expect(await suite.deploy([{ name: 'Consumer', template }])).toEqual({ Consumer: 'ROLLBACK_COMPLETE' });
  });
});
