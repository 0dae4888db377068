import {
  CloudFormationClient,
  CloudFormationServiceException,
  DescribeStacksCommand,
  GetTemplateCommand,
  ListStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { defineBaseline } from '../../lib/config/config';
import { Clients } from '../../lib/posture/clients';
import { readDeployedTemplates } from '../../lib/posture/collect/deployed-templates';
import { SMALLEST } from '../smallest';

const cloudFormation = mockClient(CloudFormationClient);
const sts = mockClient(STSClient);
const ACCOUNT = '123456789012';
const CONFIG = defineBaseline(SMALLEST);
const RESOURCES = { People: { Type: 'AWS::IAM::Group' } };

const failing = (message: string) =>
  new CloudFormationServiceException({ name: 'ValidationError', message, $fault: 'client', $metadata: {} });

beforeEach(() => {
  for (const mock of [cloudFormation, sts]) mock.reset();
  inPartition('aws');
  cloudFormation.onAnyCommand().rejects(failing('Stack with id x does not exist'));
});

function inPartition(partition: string): void {
  sts
    .on(GetCallerIdentityCommand)
    .resolves({ Account: ACCOUNT, Arn: `arn:${partition}:iam::${ACCOUNT}:user/a` });
}

function deployed(StackName: string, template: object, parameters: Record<string, string> = {}): void {
  const Parameters = Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({
    ParameterKey,
    ParameterValue,
  }));
  cloudFormation
    .on(DescribeStacksCommand, { StackName })
    .resolves({
      Stacks: [{ StackName, CreationTime: new Date(), StackStatus: 'CREATE_COMPLETE', Parameters }],
    })
    .on(GetTemplateCommand, { StackName })
    .resolves({ TemplateBody: JSON.stringify(template) })
    .on(ListStackResourcesCommand, { StackName })
    .resolves({
      StackResourceSummaries: Object.keys(RESOURCES).map((LogicalResourceId) => ({
        LogicalResourceId,
        PhysicalResourceId: `${LogicalResourceId}-1A2B`,
        ResourceType: 'AWS::IAM::Group',
        LastUpdatedTimestamp: new Date(),
        ResourceStatus: 'CREATE_COMPLETE',
      })),
    });
}

const read = (config = CONFIG) => readDeployedTemplates(new Clients({ region: 'eu-central-1' }), config);
const asked = () =>
  cloudFormation.commandCalls(DescribeStacksCommand).map(({ args: [{ input }] }) => input.StackName);

test('the stacks that exist are read, with the names of their resources and the values of parameters', async () => {
  deployed('AccountBaseline-Settings', { Resources: RESOURCES });
  deployed(
    'AccountBaseline-Access',
    { Parameters: { Administrator1: {} }, Resources: RESOURCES },
    { Administrator1: 'alice' },
  );
  expect(await read()).toEqual({
    templates: {
      'AccountBaseline-Settings': { Resources: RESOURCES },
      'AccountBaseline-Access': { Parameters: { Administrator1: {} }, Resources: RESOURCES },
    },
    parameters: { 'AccountBaseline-Settings': {}, 'AccountBaseline-Access': { Administrator1: 'alice' } },
    physicalIds: new Map([
      ['AccountBaseline-Settings/People', 'People-1A2B'],
      ['AccountBaseline-Access/People', 'People-1A2B'],
    ]),
    rolledBack: [],
    unprotected: ['AccountBaseline-Settings', 'AccountBaseline-Access'],
    place: { region: 'eu-central-1', account: ACCOUNT },
  });
});

test.each([
  ['aws', true],
  ['aws-cn', false],
])('in the partition %s, the second notification of root is a stack: %s', async (partition, isStack) => {
  inPartition(partition);
  deployed('AccountBaseline-Access', { Resources: RESOURCES });
  await read();
  expect(asked().includes('AccountBaseline-RootNotice')).toBe(isStack);
  expect(asked()).toContain('AccountBaseline-Audit');
});

test('a stack with termination protection is told from one without', async () => {
  deployed('AccountBaseline-Access', { Resources: RESOURCES });
  deployed('AccountBaseline-Audit', { Resources: RESOURCES });
  cloudFormation.on(DescribeStacksCommand, { StackName: 'AccountBaseline-Audit' }).resolves({
    Stacks: [
      {
        StackName: 'AccountBaseline-Audit',
        CreationTime: new Date(),
        StackStatus: 'CREATE_COMPLETE',
        EnableTerminationProtection: true,
      },
    ],
  });
  expect((await read()).unprotected).toEqual(['AccountBaseline-Access']);
});

test('a stack whose first change set did not run is not deployed', async () => {
  deployed('AccountBaseline-Access', { Resources: RESOURCES });
  cloudFormation.on(DescribeStacksCommand, { StackName: 'AccountBaseline-Audit' }).resolves({
    Stacks: [
      {
        StackName: 'AccountBaseline-Audit',
        CreationTime: new Date(),
        StackStatus: 'REVIEW_IN_PROGRESS',
      },
    ],
  });
  expect(Object.keys((await read()).templates)).toEqual(['AccountBaseline-Access']);
});

test('a resource that was deleted has no name any more', async () => {
  deployed('AccountBaseline-Access', { Resources: RESOURCES });
  const gone = {
    LogicalResourceId: 'People',
    PhysicalResourceId: 'People-1A2B',
    ResourceType: 'AWS::IAM::Group',
    LastUpdatedTimestamp: new Date(),
    ResourceStatus: 'DELETE_COMPLETE' as const,
  };
  cloudFormation
    .on(ListStackResourcesCommand, { StackName: 'AccountBaseline-Access' })
    .resolves({ StackResourceSummaries: [gone] });
  expect([...(await read()).physicalIds]).toEqual([]);
});

test('a stack whose first deployment failed is read, for its removal, and named', async () => {
  deployed('AccountBaseline-Access', { Resources: RESOURCES });
  deployed('AccountBaseline-Audit', { Resources: RESOURCES });
  const failed = {
    StackName: 'AccountBaseline-Audit',
    CreationTime: new Date(),
    StackStatus: 'ROLLBACK_COMPLETE' as const,
  };
  cloudFormation
    .on(DescribeStacksCommand, { StackName: 'AccountBaseline-Audit' })
    .resolves({ Stacks: [failed] });
  const { templates, rolledBack } = await read();
  expect(Object.keys(templates)).toEqual(['AccountBaseline-Access', 'AccountBaseline-Audit']);
  expect(rolledBack).toEqual(['AccountBaseline-Audit']);
});

test('a deleted stack, whose template CloudFormation still has, is not deployed', async () => {
  deployed('AccountBaseline-Access', { Resources: RESOURCES });
  deployed('AccountBaseline-Audit', { Resources: RESOURCES });
  cloudFormation
    .on(DescribeStacksCommand, { StackName: 'AccountBaseline-Audit' })
    .rejects(failing('Stack with id AccountBaseline-Audit does not exist'));
  expect(Object.keys((await read()).templates)).toEqual(['AccountBaseline-Access']);
});

test('without any stack, the error names the prefix', async () => {
  await expect(read(defineBaseline({ ...SMALLEST, stackName: 'Acme' }))).rejects.toThrow(
    /^No stack Acme-\* is deployed in eu-central-1 of the account 123456789012\. Check the Region and the profile; before the first deployment, use preflight\.$/,
  );
});

test('RootNotice alone, which every Region has in us-east-1, does not make a wrong Region the right one', async () => {
  deployed('AccountBaseline-RootNotice', { Resources: RESOURCES });
  await expect(read()).rejects.toThrow(
    /^No stack .* us-east-1 has AccountBaseline-RootNotice: if the others are deleted, delete it, too: aws cloudformation update-termination-protection .* --stack-name AccountBaseline-RootNotice --region us-east-1$/,
  );
});

test.each([DescribeStacksCommand, GetTemplateCommand])(
  'a stack that may not be read is not a missing one: %p',
  async (command) => {
    for (const name of ['AccountBaseline-Access', 'AccountBaseline-Audit'])
      deployed(name, { Resources: RESOURCES });
    cloudFormation.on(command, { StackName: 'AccountBaseline-Audit' }).rejects(failing('not authorized'));
    await expect(read()).rejects.toThrow('not authorized');
  },
);
