import { Lambda } from '@aws-sdk/client-lambda';
import { SNS } from '@aws-sdk/client-sns';
import { Template } from 'aws-cdk-lib/assertions';
import type { BaselineOptions } from '../../lib/config/config';
import { type Change, CloudFormation, eventOf } from '../functions/cloudformation';
import { secretsIn } from '../secrets';
import { stackTemplate } from '../synth';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { readLogs } from '../../emulator/logs';
import { readSettings, settingClients } from './settings';
import { EmulatedStack } from '../../emulator/stack';

// One account and one stack: the order matters.
jest.setTimeout(60_000);

type Options = Partial<BaselineOptions>;

const MAILBOX = { name: 'Ann Lee', title: 'CISO', email: 'ann@example.com', phone: '+1 555 0100' };
const CONTACT: Options = { accountSettings: { contacts: { security: MAILBOX } } };
const LONGER: Options = { passwordPolicy: { minimumLength: 30 } };

let emulator: Emulator;
let stack: EmulatedStack;
let before: Awaited<ReturnType<typeof readSettings>>;

beforeAll(async () => {
  emulator = await startEmulator();
  stack = new EmulatedStack(emulator, 'AccountBaseline-Settings');
  const { ec2, iam } = settingClients(emulator);
  await iam.updateAccountPasswordPolicy({ MinimumPasswordLength: 20, RequireNumbers: true });
  await ec2('us-west-2').enableEbsEncryptionByDefault({});
  await ec2('ap-southeast-2').enableSerialConsoleAccess({});
  await new SNS(emulator.clientConfig).createTopic({ Name: 'taken' });
  before = await readSettings(emulator);
});

afterEach(() => {
  emulator.refuse();
});

afterAll(async () => {
  await emulator.stop();
});

interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
}

/** The template with another one made of each resource. */
function templateWith(options: Options, change: (resource: Resource) => Resource): Template {
  const template = stackTemplate('Settings', options).toJSON() as { Resources: Record<string, Resource> };
  const resources = Object.entries(template.Resources).map(([id, resource]) => [id, change(resource)]);
  return Template.fromJSON({ ...template, Resources: Object.fromEntries(resources) });
}

/** The template with one resource more, which fails when every setting was set. */
function failingTemplate(options: Options): Template {
  const template = stackTemplate('Settings', options).toJSON() as { Resources: Record<string, Resource> };
  const DependsOn = Object.keys(template.Resources).filter((id) =>
    template.Resources[id]?.Type.startsWith('Custom::'),
  );
  const Taken = { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'taken' }, DependsOn };
  return Template.fromJSON({ ...template, Resources: { ...template.Resources, Taken } });
}

/** The template with a password length that the configuration never lets through. */
const refusedTemplate = () =>
  templateWith({}, (resource) =>
    resource.Type === 'Custom::PasswordPolicy'
      ? withProperties(resource, { Value: JSON.stringify({ MinimumPasswordLength: 200 }) })
      : resource,
  );

const REFUSAL = "Value '200' at 'minimumPasswordLength' failed to satisfy constraint";

const withProperties = (resource: Resource, properties: object): Resource => ({
  ...resource,
  Properties: { ...resource.Properties, ...properties },
});

describe('a first deployment', () => {
  afterEach(async () => {
    expect(await readSettings(emulator)).toEqual(before);
    expect(await stack.destroy()).toBeUndefined();
  });

  test('that IAM refuses fails in its words', async () => {
    expect(await stack.deploy(refusedTemplate())).toBe('ROLLBACK_COMPLETE');
    expect((await stack.failures())['PasswordPolicy']).toContain(REFUSAL);
  });

  test('whose function dies half-way is given up after the time of the resource, and all is put back', async () => {
    emulator.refuse('us-east-1 EnableEbsEncryptionByDefault kill 1-1');
    const workSince = stack.watch();
    // Six minutes in the real template, a minute more than the function has.
    const template = templateWith({}, (resource) =>
      resource.Type.startsWith('Custom::') ? withProperties(resource, { ServiceTimeout: '1' }) : resource,
    );
    expect(await stack.deploy(template)).toBe('ROLLBACK_COMPLETE');
    expect(await stack.failures()).toEqual({
      AccountEbsEncryption: expect.stringContaining('timed out after 1s') as string,
    });
    expect(workSince().settings).toContain('us-east-1 DisableEbsEncryptionByDefault');
  });

  test('that fails for another reason when every setting was set puts all of them back', async () => {
    const workSince = stack.watch();
    expect(await stack.deploy(failingTemplate(CONTACT))).toBe('ROLLBACK_COMPLETE');
    expect(await stack.failures()).toEqual({ Taken: expect.stringContaining('already exists') as string });
    expect(workSince().settings).toEqual(
      expect.arrayContaining([
        'us-east-1 UpdateAccountPasswordPolicy',
        'us-east-1 PutAlternateContact',
        'us-east-1 DeleteAlternateContact',
        'us-east-1 DeletePublicAccessBlock',
        'ap-southeast-2 EnableSerialConsoleAccess',
        'eu-central-1 DeleteAnalyzer',
      ]),
    );
  });
});

describe('a deployment', () => {
  test('that is throttled for a while succeeds', async () => {
    emulator.refuse(
      'us-east-1 PutPublicAccessBlock throttle 1-3',
      'us-east-1 UpdateAccountPasswordPolicy throttle 1-3',
      'eu-central-1 EnableEbsEncryptionByDefault throttle 1-3',
      'eu-central-1 CreateAnalyzer throttle 1-3',
    );
    expect(await stack.deploy(stackTemplate('Settings'))).toBe('CREATE_COMPLETE');
    expect(await readSettings(emulator)).toMatchObject({
      passwordPolicy: { MinimumPasswordLength: 20, PasswordReusePrevention: 24 },
      s3PublicAccessBlock: { BlockPublicPolicy: true },
      regions: { 'eu-central-1': { ebsEncryption: true, analyzers: ['account-baseline'] } },
    });
  });
});

describe('an update', () => {
  let deployed: Awaited<ReturnType<typeof readSettings>>;

  beforeAll(async () => {
    deployed = await readSettings(emulator);
  });

  test.each([
    ['throttled for good', 'throttle', 'the account: Throttling: Rate exceeded by PutAlternateContact'],
    ['denied', 'deny', 'the account: AccessDenied: PutAlternateContact is denied'],
    ['never answered', 'hang', 'Error: timed out after 4 seconds'],
  ])('of which a call is %s fails in time, says so, and changes nothing', async (_, fate, reason) => {
    emulator.refuse(`us-east-1 PutAlternateContact ${fate}`);
    // Of five minutes, and six seconds of them are for the answer.
    const template = templateWith(CONTACT, (resource) =>
      fate === 'hang' && resource.Properties['Description'] === 'Account settings'
        ? withProperties(resource, { Timeout: 10 })
        : resource,
    );
    expect(await stack.deploy(template)).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect((await stack.failures())['AccountSecurityContact']).toContain(reason);
    expect(await readSettings(emulator)).toEqual(deployed);
  });

  test('that IAM refuses fails in its words, and is rolled back', async () => {
    expect(await stack.deploy(refusedTemplate())).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect((await stack.failures())['PasswordPolicy']).toContain(REFUSAL);
    expect(await readSettings(emulator)).toEqual(deployed);
  });

  test('that fails for another reason when settings were changed puts them back', async () => {
    const workSince = stack.watch();
    expect(await stack.deploy(failingTemplate({ ...CONTACT, ...LONGER }))).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(workSince().settings).toEqual([
      'us-east-1 DeleteAlternateContact',
      'us-east-1 PutAlternateContact',
      'us-east-1 UpdateAccountPasswordPolicy',
      'us-east-1 UpdateAccountPasswordPolicy',
    ]);
    expect(await readSettings(emulator)).toEqual(deployed);
  });

  test('whose rollback fails too says why, and is rolled back when it is asked for again', async () => {
    // Of the seven tries that each event has, the first is of the update.
    emulator.refuse('us-east-1 UpdateAccountPasswordPolicy deny 2-');
    expect(await stack.deploy(failingTemplate(LONGER))).toBe('UPDATE_ROLLBACK_FAILED');
    expect((await stack.failures())['PasswordPolicy']).toContain(
      'the account: AccessDenied: UpdateAccountPasswordPolicy is denied',
    );
    expect((await stack.describe())?.StackStatusReason).toContain('PasswordPolicy');

    emulator.refuse();
    await stack.client.continueUpdateRollback({ StackName: stack.name });
    expect(await stack.settled()).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await readSettings(emulator)).toEqual(deployed);
  });
});

describe('the deployed function', () => {
  const cloudFormation = new CloudFormation();

  beforeAll(() => cloudFormation.start());
  afterAll(() => cloudFormation.stop());

  /** Calls it as CloudFormation would, and returns its answer and the calls that wrote. */
  async function call(change: Change, without?: string) {
    const { Settings } = await stack.resources();
    const StackId = (await stack.describe())?.StackId;
    const LogicalResourceId = 'AccountSerialConsoleOff';
    const event = eventOf(cloudFormation.urlInAccount, { ids: { StackId, LogicalResourceId }, ...change });
    const given = Object.entries(event).filter(([key]) => key !== without);
    cloudFormation.reset();
    const workSince = stack.watch();
    const { FunctionError } = await new Lambda(emulator.clientConfig).invoke({
      FunctionName: Settings,
      Payload: Buffer.from(JSON.stringify(Object.fromEntries(given))),
    });
    expect(FunctionError).toBeUndefined();
    expect(cloudFormation.bodies).toHaveLength(1);
    return { answer: cloudFormation.bodies[0], writes: workSince().settings };
  }

  test.each(['ResourceType', 'ResourceProperties', 'StackId'])(
    'answers FAILED and writes nothing when the event has no %s',
    async (field) => {
      const { answer, writes } = await call(
        { type: 'Create', resourceType: 'Custom::SerialConsoleOff' },
        field,
      );
      expect(answer).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(/./) as string });
      expect(writes).toEqual([]);
    },
  );

  test('answers the same and writes nothing more when an event comes twice', async () => {
    await settingClients(emulator).ec2('us-east-1').enableSerialConsoleAccess({});
    const event: Change = { type: 'Create', resourceType: 'Custom::SerialConsoleOff' };
    const first = await call(event);
    expect(first.writes).toEqual(['us-east-1 DisableSerialConsoleAccess']);
    expect(await call(event)).toEqual({ ...first, writes: [] });
    expect(first.answer).toMatchObject({ Status: 'SUCCESS' });
  });

  test('answers SUCCESS and writes nothing to a Delete of what was never created', async () => {
    const resourceType = 'Custom::OperationsContact';
    const { answer, writes } = await call({ type: 'Delete', resourceType, physicalId: 'Stack-Id-1A2B' });
    expect(answer).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'Stack-Id-1A2B' });
    expect(writes).toEqual([]);
  });
});

describe('the removal', () => {
  test('in all that logs no credential, nor where CloudFormation is answered', async () => {
    const logs = await readLogs(emulator);
    expect(
      logs.filter((message) => secretsIn(message).length > 0 || /ResponseURL|https?:/.test(message)),
    ).toEqual([]);
  });

  test('after all that leaves the account as it was', async () => {
    expect(await stack.destroy()).toBeUndefined();
    expect(await readSettings(emulator)).toEqual(before);
  });
});
