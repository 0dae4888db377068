import {
  CloudFormationClient,
  CreateStackCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { GetGroupCommand, IAMClient } from '@aws-sdk/client-iam';
import { Template } from 'aws-cdk-lib/assertions';
import { StandaloneStack } from '../../lib/stacks/standalone-stack';
import { baselineTemplate, testApp } from '../synth';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { EmulatedStack } from '../../emulator/stack';

jest.setTimeout(120_000);

let emulator: Emulator;
let cloudFormation: CloudFormationClient;

beforeAll(async () => {
  emulator = await startEmulator();
  cloudFormation = new CloudFormationClient(emulator.clientConfig);
});

afterAll(async () => {
  await emulator.stop();
});

const StackName = 'AccountBaseline';

/** Physical ids of what must survive the change of doors. */
async function survivors(): Promise<Record<string, string | undefined>> {
  const resources = Object.entries(await new EmulatedStack(emulator).resources());
  return Object.fromEntries(resources.filter(([id]) => !id.includes('bob')));
}

test('the standalone template is deployed by one call, with parameters and without a bucket', async () => {
  const template = Template.fromStack(new StandaloneStack(testApp(), StackName)).toJSON();
  await cloudFormation.send(
    new CreateStackCommand({
      StackName,
      TemplateBody: JSON.stringify(template),
      Capabilities: ['CAPABILITY_NAMED_IAM'],
      Parameters: [
        { ParameterKey: 'AdministratorName', ParameterValue: 'root-made' },
        { ParameterKey: 'Email', ParameterValue: 'first@example.com' },
      ],
    }),
  );
  await waitUntilStackCreateComplete({ client: cloudFormation, maxWaitTime: 60, minDelay: 1 }, { StackName });
  const { Users = [] } = await new IAMClient(emulator.clientConfig).send(
    new GetGroupCommand({ GroupName: 'Administrators' }),
  );
  expect(Users.map(({ UserName }) => UserName)).toEqual(['root-made']);
});

test('the app takes its stack over, adds to it and replaces nothing that holds evidence or a person', async () => {
  const before = await survivors();
  const template = baselineTemplate({
    administrators: ['root-made', 'bob'],
    notifications: { emails: ['first@example.com', 'second@example.com'] },
    dayZero: { administrator: 'root-made', email: 'first@example.com' },
  });
  expect(await new EmulatedStack(emulator).deploy(template)).toBe('UPDATE_COMPLETE');
  const after = await survivors();
  // A budget has no notice for the second address before, and its notices can't be updated in place.
  const changed = Object.keys(before).filter((id) => before[id] !== after[id]);
  expect(changed).toEqual([expect.stringContaining('Budget')]);
  const { Users = [] } = await new IAMClient(emulator.clientConfig).send(
    new GetGroupCommand({ GroupName: 'Administrators' }),
  );
  expect(Users.map(({ UserName }) => UserName).sort()).toEqual(['bob', 'root-made']);
});
