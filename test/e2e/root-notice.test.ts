import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormation, waitUntilStackCreateComplete } from '@aws-sdk/client-cloudformation';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { type QuickAwsCli, quickAwsCli } from '../../emulator/aws-cli';
import { runCdk } from '../../emulator/cdk';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import { rootSignIn } from '../../emulator/root-sign-in';
import { EmulatedStack } from '../../emulator/stack';
import type { BaselineOptions } from '../../lib/config/config';
import { noticeRules } from '../../lib/root-notice/rules';
import { stackTemplate } from '../synth';

jest.setTimeout(180_000);

const CONFIG = 'test/e2e/fixtures/two-regions.config.ts';
const NAME = 'AccountBaseline-RootNotice';
const EMAILS = ['security@example.com', 'ops@example.com'];

let emulator: Emulator;
let stack: EmulatedStack;
let cli: QuickAwsCli;

beforeAll(async () => {
  emulator = await startEmulator();
  stack = new EmulatedStack(emulator, NAME);
  cli = await quickAwsCli(emulator);
});

afterAll(async () => {
  cli.stop();
  await emulator.stop();
});

async function stackNames(region: string): Promise<string[]> {
  const { Stacks = [] } = await new CloudFormation({ ...emulator.clientConfig, region }).describeStacks({});
  return Stacks.filter(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE')
    .map(({ StackName = '' }) => StackName.replace('AccountBaseline-', ''))
    .sort();
}

/** What the AWS CLI answers, as JSON. */
function aws(...args: string[]): unknown {
  const { stdout, stderr, status } = spawnSync(join(cli.folder, 'aws'), args, {
    env: emulator.env,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return stdout === '' ? undefined : JSON.parse(stdout);
}

interface Contact {
  readonly arn: string;
  readonly address: string;
  readonly status: string;
}

/** The contacts, in the order of EMAILS. */
function contacts(): Contact[] {
  const { emailContacts } = aws('notificationscontacts', 'list-email-contacts') as {
    emailContacts: Contact[];
  };
  return emailContacts.sort((one, other) => EMAILS.indexOf(one.address) - EMAILS.indexOf(other.address));
}

/** Texts of the e-mails that an address has received. */
const mails = (address: string): string[] =>
  readFileSync(emulator.mailFile, 'utf8')
    .split(/-{72}\n/)
    .flatMap((mail) => new RegExp(`^To: ${address}\nSubject: .*\n\n([^]*)\n\n$`).exec(mail)?.[1] ?? []);

/** Sends an event as CloudTrail does. Returns what an address receives. */
async function receivedOf(Source: string, DetailType: string, detail: object, region = 'us-east-1') {
  const before = mails('security@example.com').length;
  const { FailedEntryCount } = await new EventBridge({ ...emulator.clientConfig, region }).putEvents({
    Entries: [{ Source, DetailType, Detail: JSON.stringify(detail) }],
  });
  expect(FailedEntryCount).toBe(0);
  return mails('security@example.com').slice(before);
}

const SIGN_IN = 'AWS Console Sign In via CloudTrail';
const signIn = rootSignIn('123456789012');
const template = (rootNotice: boolean | 'existing-hub' = true, more: Partial<BaselineOptions> = {}) =>
  stackTemplate('RootNotice', {
    notifications: { emails: EMAILS, rootNotice },
    terminationProtection: false,
    ...more,
  });

test('cdk deploy --all deploys it to us-east-1, and the other stacks to the home Region', async () => {
  const { code, output } = await runCdk(emulator, ['deploy', '--all', '--require-approval', 'never'], {
    config: CONFIG,
  });
  expect({ code, output }).toMatchObject({ code: 0 });
  expect(await stackNames('us-east-1')).toEqual(['RootNotice']);
  expect(await stackNames('eu-central-1')).toEqual([
    'Access',
    'Alarms',
    'Attempts',
    'Audit',
    'Detections',
    'Settings',
    'Spend',
    'Summary',
    'Watchdog',
  ]);
});

test('an address receives nothing until it is activated with the code that AWS sent to it', async () => {
  expect(contacts().map(({ address, status }) => [address, status])).toEqual(
    EMAILS.map((address) => [address, 'inactive']),
  );
  expect(await receivedOf('aws.signin', SIGN_IN, signIn)).toEqual([]);
  const command = /^aws notificationscontacts activate-email-contact .* --arn (\S+) --code (\w{7})$/m;
  const [, arn = '', code = ''] = command.exec(mails('security@example.com').join('\n')) ?? [];
  aws('notificationscontacts', 'activate-email-contact', '--arn', arn, '--code', code);
  expect(contacts().map(({ status }) => status)).toEqual(['active', 'inactive']);
});

test.each<[what: string, source: string, type: string, detail: object, region: string, received: string[]]>([
  [
    'a root sign-in',
    'aws.signin',
    SIGN_IN,
    signIn,
    'us-east-1',
    [`${NAME}: ${SIGN_IN}, ConsoleLogin in us-east-1`],
  ],
  [
    'a root sign-in that another Region records',
    'aws.signin',
    SIGN_IN,
    signIn,
    'us-west-2',
    [`${NAME}: ${SIGN_IN}, ConsoleLogin in us-west-2`],
  ],
  [
    'a failed root sign-in',
    'aws.signin',
    SIGN_IN,
    { ...signIn, errorMessage: 'Failed authentication' },
    'us-east-1',
    [],
  ],
  [
    'a root access key',
    'aws.iam',
    'AWS API Call via CloudTrail',
    { eventName: 'CreateAccessKey', userIdentity: { type: 'Root' } },
    'us-east-1',
    [`${NAME}: AWS API Call via CloudTrail, CreateAccessKey in us-east-1`],
  ],
])('of %s, an active address receives what AWS writes', async (_, source, type, detail, region, received) => {
  expect(await receivedOf(source, type, detail, region)).toEqual(received);
});

test('an update keeps the contacts, also with other tags', async () => {
  const before = contacts();
  expect(await stack.deploy(template(true, { tags: { team: 'platform' } }))).toBe('UPDATE_COMPLETE');
  expect(contacts()).toEqual(before);
});

test('removal keeps only the hub, which the next deployment uses', async () => {
  expect(await stack.destroy()).toBeUndefined();
  expect(contacts()).toEqual([]);
  expect(aws('notifications', 'list-notification-hubs')).toMatchObject({
    notificationHubs: [{ notificationHubRegion: 'us-east-1' }],
  });

  expect(await stack.deploy(template())).toBe('ROLLBACK_COMPLETE');
  expect((await stack.failures())['NoticeHub']).toContain('already exists');
  await stack.destroy();
  expect(await stack.deploy(template('existing-hub'))).toBe('CREATE_COMPLETE');
});

describe('the emulated service refuses what AWS refuses:', () => {
  const [first, ...others] = noticeRules('AccountBaseline-');
  /** The template with one resource changed, or more rules. */
  const changed = (id: string, properties: object) => {
    const json = template('existing-hub').toJSON() as {
      Resources: Record<string, { Properties: object } | undefined>;
    };
    const resource = json.Resources[id] ?? json.Resources['NoticeSignIn'];
    return {
      ...json,
      Resources: {
        ...json.Resources,
        [id]: { ...resource, Properties: { ...resource?.Properties, ...properties } },
      },
    };
  };

  test.each<[what: string, template: () => object, error: string]>([
    ['an unknown Region', () => changed('NoticeSignIn', { Regions: ['us-east-9'] }), 'us-east-9'],
    [
      'two sources',
      () => changed('NoticeNew', { Source: ['aws.iam', 'aws.sts'] }),
      '#/Source: expected type: String',
    ],
    [
      'two types',
      () => changed('NoticeNew', { EventType: ['a', 'b'] }),
      '#/EventType: expected type: String',
    ],
    ['a pattern that is not JSON', () => changed('NoticeSignIn', { EventPattern: '{' }), 'Event pattern'],
    [
      'eleven rules',
      () => {
        const rules = [...Array(11 - others.length - (first ? 1 : 0)).keys()];
        return rules.reduce<object>((json, index) => {
          const { Resources } = changed(`NoticeNew${index}`, {});
          return { ...json, Resources: { ...(json as { Resources: object }).Resources, ...Resources } };
        }, template('existing-hub').toJSON());
      },
      'The maximum number of event rules',
    ],
  ])('%s', async (_, wrong, error) => {
    expect(await stack.deploy(wrong())).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(Object.values(await stack.failures()).join('\n')).toContain(error);
  });

  test('a stack in another Region', async () => {
    const client = new CloudFormation({ ...emulator.clientConfig, region: 'eu-central-1' });
    const StackName = 'Elsewhere';
    await client.createStack({ StackName, TemplateBody: JSON.stringify(template().toJSON()) });
    const done = { client, maxWaitTime: 30, minDelay: 1, maxDelay: 1 };
    await expect(waitUntilStackCreateComplete(done, { StackName })).rejects.toThrow();
    const { StackEvents = [] } = await client.describeStackEvents({ StackName });
    expect(StackEvents.map(({ ResourceStatusReason = '' }) => ResourceStatusReason).join('\n')).toContain(
      'Unrecognized resource types: [AWS::Notifications::',
    );
  });
});
