import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { IAM } from '@aws-sdk/client-iam';
import { type AwsCliResult, runAwsCli } from '../../emulator/aws-cli';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { subscribeInbox, waitForMessages } from '../../emulator/inbox';
import { EmulatedSuite } from '../../emulator/suite';
import { consumer, producer, stackOutput } from './templates';

jest.setTimeout(120_000);

let emulator: Emulator;
let suite: EmulatedSuite;

beforeAll(async () => {
  emulator = await startEmulator();
  suite = new EmulatedSuite(emulator);
});

afterAll(async () => {
  await emulator.stop();
});

afterEach(async () => {
  await suite.destroy(await suite.names());
});

const aws = (...args: string[]): Promise<AwsCliResult> => runAwsCli(emulator, args);

/** Resources of a stack that were deleted, in order. */
async function deletions(StackName: string | undefined): Promise<(string | undefined)[]> {
  const client = new CloudFormation(emulator.clientConfig);
  const { StackEvents = [] } = await client.describeStackEvents({ StackName });
  return StackEvents.filter(
    ({ ResourceStatus, ResourceType }) =>
      ResourceStatus === 'DELETE_COMPLETE' && ResourceType !== 'AWS::CloudFormation::Stack',
  )
    .reverse()
    .map(({ LogicalResourceId }) => LogicalResourceId);
}

describe('a suite', () => {
  const stacks = [
    { name: 'Suite-A', template: producer('a') },
    { name: 'Suite-B', template: consumer('b', stackOutput('Suite-A', 'TopicArn')) },
    { name: 'Suite-C', template: consumer('c', stackOutput('Suite-B', 'Value')) },
  ];

  test('is deployed in order, and a second time changes nothing', async () => {
    const created = {
      'Suite-A': 'CREATE_COMPLETE',
      'Suite-B': 'CREATE_COMPLETE',
      'Suite-C': 'CREATE_COMPLETE',
    };
    expect(await suite.deploy(stacks)).toEqual(created);
    const done = suite.watch();
    expect(await suite.deploy(stacks)).toEqual(created);

    expect(done().resources).toEqual([]);
    expect(await suite.statuses()).toEqual(created);
    expect(await suite.outputs('Suite-C')).toEqual({ Value: 'arn:aws:sns:us-east-1:123456789012:a' });
    expect(await suite.resources('Suite-B')).toEqual({ Parameter: '/b' });
    expect(await suite.find('AWS::SSM::Parameter')).toMatchObject([
      { stack: 'Suite-B', logicalId: 'Parameter', physicalId: '/b' },
      { stack: 'Suite-C', logicalId: 'Parameter', physicalId: '/c' },
    ]);
    expect(await suite.findOne(({ physicalId }) => physicalId.endsWith(':a'))).toMatchObject({
      stack: 'Suite-A',
      type: 'AWS::SNS::Topic',
    });
    await expect(suite.findOne('AWS::SSM::Parameter')).rejects.toThrow(
      'expected one resource, found 2: Suite-B/Parameter, Suite-C/Parameter (AWS::SSM::Parameter)',
    );
  });

  test('stops at the first stack that fails', async () => {
    const [first, second, third] = stacks;
    if (!first || !second || !third) throw new Error('three stacks');
    expect(await suite.deploy([second, third])).toEqual({ 'Suite-B': 'ROLLBACK_COMPLETE' });
    expect(await suite.names()).toEqual(['Suite-B']);
  });

  test.each([
    [['Suite-A', 'Suite-B', 'Suite-C']],
    [['Suite-C', 'Suite-B', 'Suite-A']],
    [['Suite-B', 'Suite-A', 'Suite-C']],
  ])('is removed in the order %s, and deployed again', async (order) => {
    await suite.deploy(stacks);
    expect(await suite.destroy(order)).toEqual({
      'Suite-A': undefined,
      'Suite-B': undefined,
      'Suite-C': undefined,
    });
    expect(await suite.names()).toEqual([]);
    expect(Object.values(await suite.deploy(stacks))).toEqual(Array(3).fill('CREATE_COMPLETE'));
  });
});

test('termination protection keeps a stack from deletion', async () => {
  const client = new CloudFormation(emulator.clientConfig);
  const StackName = 'Protected';
  await suite.deploy([{ name: StackName, template: producer('protected') }]);
  await client.updateTerminationProtection({ StackName, EnableTerminationProtection: true });
  expect((await suite.stack(StackName).describe())?.EnableTerminationProtection).toBe(true);

  await expect(suite.destroy([StackName])).rejects.toMatchObject({
    name: 'ValidationError',
    message: expect.stringMatching(/^Stack \[.+\] cannot be deleted while TerminationProtection is enabled$/),
  });
  expect(await suite.names()).toEqual([StackName]);

  await client.updateTerminationProtection({ StackName, EnableTerminationProtection: false });
  expect(await suite.destroy([StackName])).toEqual({ [StackName]: undefined });
});

describe('inline policies', () => {
  const iam = () => new IAM(emulator.clientConfig);
  const document = (Action: string) => ({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action, Resource: '*' }],
  });
  const lambda = {
    Effect: 'Allow',
    Principal: { Service: 'lambda.amazonaws.com' },
    Action: 'sts:AssumeRole',
  };
  const trust = { Version: '2012-10-17', Statement: [lambda] };
  const role = {
    Type: 'AWS::IAM::Role',
    Properties: { RoleName: 'worker', AssumeRolePolicyDocument: trust },
  };
  const template = (action: string, more: object = {}) => ({
    Resources: {
      Role: role,
      User: { Type: 'AWS::IAM::User', Properties: { UserName: 'worker' } },
      Group: { Type: 'AWS::IAM::Group', Properties: { GroupName: 'workers' } },
      Policy: {
        Type: 'AWS::IAM::Policy',
        Properties: {
          PolicyName: 'shared',
          PolicyDocument: document(action),
          Roles: [{ Ref: 'Role' }],
          Groups: [{ Ref: 'Group' }],
        },
      },
      ...more,
    },
  });
  const ofOne = (kind: string, action: string, name = 'own') => ({
    [`${kind}Policy`]: {
      Type: `AWS::IAM::${kind}Policy`,
      Properties: { [`${kind}Name`]: { Ref: kind }, PolicyName: name, PolicyDocument: document(action) },
    },
  });
  const all = (action: string, name?: string) =>
    template(action, {
      ...ofOne('Role', action, name),
      ...ofOne('User', action, name),
      ...ofOne('Group', action, name),
    });
  const deploy = (template: object) => suite.deploy([{ name: 'Policies', template }]);

  async function names(): Promise<object> {
    const client = iam();
    return {
      role: (await client.listRolePolicies({ RoleName: 'worker' })).PolicyNames?.sort(),
      user: (await client.listUserPolicies({ UserName: 'worker' })).PolicyNames?.sort(),
      group: (await client.listGroupPolicies({ GroupName: 'workers' })).PolicyNames?.sort(),
    };
  }

  test('of roles, users and groups are written, changed, renamed and removed', async () => {
    expect(await deploy(all('sns:Publish'))).toEqual({ Policies: 'CREATE_COMPLETE' });
    expect(await names()).toEqual({ role: ['own', 'shared'], user: ['own'], group: ['own', 'shared'] });

    await deploy(all('sns:Subscribe'));
    for (const PolicyName of ['own', 'shared']) {
      const { PolicyDocument = '' } = await iam().getRolePolicy({ RoleName: 'worker', PolicyName });
      expect(JSON.parse(decodeURIComponent(PolicyDocument))).toEqual(document('sns:Subscribe'));
    }

    expect(await deploy(all('sns:Subscribe', 'renamed'))).toEqual({ Policies: 'UPDATE_COMPLETE' });
    expect(await names()).toEqual({
      role: ['renamed', 'shared'],
      user: ['renamed'],
      group: ['renamed', 'shared'],
    });
    expect((await suite.resources('Policies'))['RolePolicy']).toBe('renamed|worker');

    expect(await deploy(template('sns:Subscribe'))).toEqual({ Policies: 'UPDATE_COMPLETE' });
    expect(await names()).toEqual({ role: ['shared'], user: [], group: ['shared'] });
    expect(await suite.destroy(['Policies'])).toEqual({ Policies: undefined });
  });

  test('that IAM refuses fail the deployment', async () => {
    const wrong = { Version: '2012-10-17', Statement: [{ Effect: 'Maybe' }] };
    const RolePolicy = {
      Type: 'AWS::IAM::RolePolicy',
      Properties: { RoleName: { Ref: 'Role' }, PolicyName: 'own', PolicyDocument: wrong },
    };
    expect(await deploy(template('sns:Publish', { RolePolicy }))).toEqual({ Policies: 'ROLLBACK_COMPLETE' });
  });
});

test('resources are deleted dependents first, with the stack and in the cleanup of an update', async () => {
  // Their names are in the other order, and what they depend on is said in three ways.
  const Topic = 'AWS::SNS::Topic';
  const resources = {
    Kept: { Type: Topic },
    A: { Type: Topic },
    B: { Type: Topic, DependsOn: 'A' },
    C: { Type: Topic, Properties: { DisplayName: { 'Fn::GetAtt': ['B', 'TopicName'] } } },
    D: { Type: Topic, Properties: { DisplayName: { 'Fn::Sub': '${C.TopicName}' } } },
  };
  const deploy = (Resources: object) => suite.deploy([{ name: 'Ordered', template: { Resources } }]);
  await deploy(resources);
  const id = (await suite.stack('Ordered').describe())?.StackId;
  await deploy({ Kept: resources.Kept });
  expect(await deletions(id)).toEqual(['D', 'C', 'B', 'A']);

  await deploy(resources);
  await suite.destroy(['Ordered']);
  expect((await deletions(id)).slice(4)).toEqual(['Kept', 'D', 'C', 'B', 'A']);
});

test('parameters are written, read and deleted, and one that is missing is not found', async () => {
  const name = ['--name', '/account-baseline/settings/test'];
  const missing = await aws('ssm', 'get-parameter', ...name);
  expect(missing).toMatchObject({ code: 255, stderr: expect.stringContaining('(ParameterNotFound)') });

  const put = ['ssm', 'put-parameter', ...name, '--type', 'String', '--value'];
  expect(await aws(...put, 'one')).toMatchObject({ code: 0 });
  expect((await aws(...put, 'two')).stderr).toContain('(ParameterAlreadyExists)');
  expect(await aws(...put, 'two', '--overwrite')).toMatchObject({ code: 0 });
  const { stdout } = await aws('ssm', 'get-parameter', ...name, '--query', 'Parameter.Value');
  expect(JSON.parse(stdout)).toBe('two');

  expect(await aws('ssm', 'delete-parameter', ...name)).toMatchObject({ code: 0 });
  expect((await aws('ssm', 'delete-parameter', ...name)).stderr).toContain('(ParameterNotFound)');
});

test('an event of our own goes through rule, input transformer and topic', async () => {
  const pattern = { source: ['account-baseline.settings'], detail: { changed: [{ exists: true }] } };
  const target = {
    Id: 'Topic',
    Arn: { Ref: 'Topic' },
    InputTransformer: {
      InputPathsMap: { account: '$.account', first: '$.detail.changed[0]', type: '$.detail-type' },
      InputTemplate: '"<type> in <account>: <first>"',
    },
  };
  const policy = {
    Type: 'AWS::SNS::TopicPolicy',
    Properties: {
      Topics: [{ Ref: 'Topic' }],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'events.amazonaws.com' },
            Action: 'sns:Publish',
            Resource: { Ref: 'Topic' },
          },
        ],
      },
    },
  };
  const Rule = { Type: 'AWS::Events::Rule', Properties: { EventPattern: pattern, Targets: [target] } };
  const Resources = { Topic: { Type: 'AWS::SNS::Topic' }, Policy: policy, Rule };
  const Outputs = { TopicArn: { Value: { Ref: 'Topic' } } };
  await suite.deploy([{ name: 'Events', template: { Resources, Outputs } }]);
  const inbox = await subscribeInbox(emulator, (await suite.outputs('Events'))['TopicArn'] ?? '');

  const entry = (Source: string, detail: object) => ({
    Source,
    DetailType: 'Settings Reapplied',
    Detail: JSON.stringify(detail),
  });
  const entries = [
    entry('account-baseline.settings', { changed: ['password policy', 'EBS encryption'] }),
    entry('account-baseline.settings', { unchanged: [] }),
    entry('somebody.else', { changed: ['other'] }),
  ];
  const { code, stdout } = await aws('events', 'put-events', '--entries', JSON.stringify(entries));
  expect({ code, ...JSON.parse(stdout) }).toMatchObject({ code: 0, FailedEntryCount: 0 });

  const messages = await waitForMessages(emulator, inbox, 1);
  expect(messages.map(({ text }) => text)).toEqual(['"Settings Reapplied in 123456789012: password policy"']);
});
