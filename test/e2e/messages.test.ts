import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { InvokeCommand, LambdaClient, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { EXAMPLES } from '../detections/examples';
import { alarmOf, notified } from '../notifications/alarm';
import { judgements } from '../../scripts/docs/recordings/judge';
import type { Detection } from '../../lib/detections/detection';
import { DETECTIONS } from '../../lib/detections/rules';
import { titleOf } from '../../lib/detections/title';
import { type Emulator, startEmulator } from '../../emulator/emulator';
import {
  type InboxMessage,
  startHttpInbox,
  subscribeInbox,
  until,
  waitForMessages,
} from '../../emulator/inbox';
import { matches } from '../../emulator/filter-pattern';
import { publishMetrics, quietAlarms } from '../../emulator/metric-filters';
import { rootSignIn } from '../../emulator/root-sign-in';
import { allIn, BaselineSuite } from './baseline-suite';

jest.setTimeout(120_000);

/** Every channel. */
const TALKATIVE = {
  accountName: 'acme-prod',
  notifications: {
    emails: ['security@example.com'],
    httpsEndpoints: ['https://alerts.example.com/aws'],
    slack: { workspaceId: 'T0123', channelId: 'C0123' },
    runbooks: 'https://git.example.com/runbooks/',
  },
};

let emulator: Emulator;
let ids: Readonly<Record<string, string | undefined>>;

beforeAll(async () => {
  emulator = await startEmulator();
  const suite = new BaselineSuite(emulator);
  expect(await suite.deployBaseline(TALKATIVE)).toEqual(allIn('CREATE_COMPLETE', TALKATIVE));
  ids = await suite.all();
});

afterAll(async () => {
  await emulator.stop();
});

afterEach(async () => {
  await quietAlarms(emulator);
});

/** The first message that this is true of; within one period, alarms of earlier tests may trigger again. */
async function messageThat(inbox: string, holds: (message: InboxMessage) => boolean): Promise<InboxMessage> {
  for (;;) {
    const [message] = (await waitForMessages(emulator, inbox, 1, 30_000)).filter(holds);
    if (message) return message;
  }
}

const id = (logicalId: string): string => ids[logicalId] ?? `no ${logicalId}`;

test('a root sign-in becomes a message that says what happened and what to do', async () => {
  const inbox = await subscribeInbox(emulator, id('NotificationsTopic'));
  const event = rootSignIn(emulator.accountId, new Date('2026-11-24T08:00:12Z'));
  await publishMetrics(emulator, id('AuditTrailLogGroup'), [event]);
  const [message, ...others] = await waitForMessages(emulator, inbox, 1);
  expect(others).toEqual([]);
  expect(message?.subject).toBe('[CRITICAL] acme-prod 123456789012: Root used directly');
  expect(message?.text).toBe(
    `CRITICAL: Root used directly
Account acme-prod 123456789012

1. Ask immediately who used root, and for which task.
2. If nobody did: change the root password, delete its access keys and unknown MFA devices.
Runbook: https://git.example.com/runbooks/alarms.md#root-used-directly

1 event

1. Root used directly
Who:  root user, console, with MFA
What: signin ConsoleLogin succeeded
When: 2026-11-24 08:00:12 UTC
From: 198.51.100.7, Firefox on Linux, us-east-1
Root: may need root: was it planned?
Link: https://us-east-1.console.aws.amazon.com/cloudtrailv2/home?region=us-east-1#/events/c2a5c2a0-6d2e-4b58-9c55-0f3d8e1f4a11

Now: Ask the holders of the root password whether this was planned. If not, change the root password.`,
  );
});

test('an alarm without events reaches people with its reason', async () => {
  const inbox = await subscribeInbox(emulator, id('NotificationsTopic'));
  await new CloudWatchClient(emulator.clientConfig).send(
    new PutMetricDataCommand({
      Namespace: 'Baseline',
      MetricData: [{ MetricName: 'RootCredentials', Value: 1, Timestamp: new Date() }],
    }),
  );
  const message = await messageThat(inbox, ({ subject }) => subject?.includes('credentials') ?? false);
  expect(message.subject).toBe('[CRITICAL] acme-prod 123456789012: Root credentials or account changed');
  expect(message.text).toContain('No event found. The alarm:\n{\n "AlarmName":');
});

test('tools get the events as JSON, chat channels a custom notification', async () => {
  const tool = await startHttpInbox(emulator, id('NotificationsTopic'));
  const chat = await subscribeInbox(emulator, id('NotificationsChatTopic'));
  await publishMetrics(emulator, id('AuditTrailLogGroup'), [rootSignIn(emulator.accountId)]);
  const rootMessage = () => tool.messages.find(({ subject }) => subject?.includes('Root used'));
  await until(() => rootMessage() !== undefined, 'nothing came by HTTPS');
  const report = JSON.parse(rootMessage()?.text ?? '') as { findings: { event: unknown }[] };
  expect(report).toMatchObject({
    severity: 'CRITICAL',
    account: '123456789012',
    findings: expect.arrayContaining([
      {
        detection: 'RootUsedDirectly',
        event: expect.objectContaining({ eventName: 'ConsoleLogin' }) as unknown,
      },
    ]) as unknown,
  });
  const notice = await messageThat(chat, ({ subject }) => subject?.includes('Root used') ?? false);
  expect(JSON.parse(notice.text)).toMatchObject({
    version: '1.0',
    source: 'custom',
    content: { title: '[CRITICAL] acme-prod 123456789012: Root used directly' },
  });
  await tool.close();
});

describe('a recorded attack is told in a message that needs nothing else:', () => {
  const recorded = judgements();

  test.each([
    [
      'credential-access.secretsmanager-retrieve-secrets',
      'GetSecretValue: secret:stratus-red-team-retrieve-',
    ],
    ['defense-evasion.cloudtrail-stop', 'cloudtrail StopLogging: name stratus-red-team-ct-stop-trail-'],
    ['defense-evasion.vpc-remove-flow-logs', 'ec2 DeleteFlowLogs: flow log fl-0e17aa62a21d4bbfe'],
    [
      'exfiltration.ec2-security-group-open-port-22-ingress',
      'group sg-003dc7f1f1c686164, tcp 22 for 0.0.0.0/0',
    ],
    ['exfiltration.ec2-share-ebs-snapshot', 'snapshot snap-041993b54a9b3af6f, add user 210987654321'],
    ['initial-access.console-login-without-mfa', 'signin ConsoleLogin succeeded'],
    [
      'persistence.iam-backdoor-role',
      'role stratus-red-team-backdoor-r-role, principal arn:aws:iam::210987654321:root',
    ],
    ['persistence.iam-backdoor-user', 'iam CreateAccessKey: user stratus-red-team-backdoor-u-user'],
    ['persistence.lambda-backdoor-function', 'function stratus-red-team-backdoor-f-func, principal * (any)'],
    ['persistence.sts-federation-token', 'sts GetFederationToken: name stratus_red_team, action * (any)'],
  ])('%s', async (technique, what) => {
    const { treatment, events } = recorded.find((one) => one.technique === technique) ?? {};
    const meant = treatment && 'detection' in treatment ? titleOf(treatment.detection) : undefined;
    const inbox = await subscribeInbox(emulator, id('NotificationsTopic'));
    await publishMetrics(emulator, id('AuditTrailLogGroup'), events ?? []);
    // Another alarm may trigger for the same event.
    const { text } = await messageThat(
      inbox,
      (message) => message.text.includes(what) && message.text.includes(`. ${meant ?? 'no detection'}\n`),
    );
    expect(text).toMatch(/\n\nNow: Ask the person behind (IAM user|role) .* If not, .*\.$/);
  });
});

test('100 events are read and told by one call of the function', async () => {
  const inbox = await subscribeInbox(emulator, id('NotificationsTopic'));
  const events = Array.from({ length: 100 }, (_, index) => ({
    ...rootSignIn(emulator.accountId),
    eventID: `hundred-${index}`,
  }));
  await publishMetrics(emulator, id('AuditTrailLogGroup'), events);
  const { text } = await messageThat(inbox, (message) => /^1\d\d event/m.test(message.text));
  expect(text).toContain('20. Root used directly');
  // The same alarm again, by hand: how long one call takes, start of the process included. A figure, not a
  // test.
  const alarm = alarmOf('RootUser', { StateChangeTime: new Date().toISOString() });
  const start = Date.now();
  await new LambdaClient(emulator.clientConfig).send(
    new InvokeCommand({
      FunctionName: id('NotificationsExplainer'),
      Payload: JSON.stringify(notified(alarm, 'by hand')),
    }),
  );
  console.log(`told 100 events in ${Date.now() - start} ms`);
});

test('5,000 events in one window still give one readable message', async () => {
  const inbox = await subscribeInbox(emulator, id('NotificationsTopic'));
  const events = Array.from({ length: 5000 }, (_, index) => ({
    ...rootSignIn(emulator.accountId),
    eventID: `root-${index}`,
  }));
  const start = Date.now();
  await publishMetrics(emulator, id('AuditTrailLogGroup'), events);
  const message = await messageThat(inbox, ({ text }) => /^5\d{3} event/m.test(text));
  console.log(`delivered, counted and told in ${Date.now() - start} ms`);
  expect(message.text).toContain('20. Root used directly');
  expect(message.text).toContain('more in log group');
  expect(message.text.length).toBeLessThan(12_000);
});

test('every detection triggers and is reported by its name', async () => {
  const detections = DETECTIONS.filter(({ needs }) => needs === undefined);
  const inbox = await subscribeInbox(emulator, id('NotificationsTopic'));
  // The title of an event is that of the heaviest detection.
  const isHeaviest = (detection: Detection, event: unknown) =>
    detections.every(
      ({ signal, weight = 1, pattern }) =>
        signal !== detection.signal || weight <= (detection.weight ?? 1) || !matches(pattern, event),
    );
  const events = detections.map((detection) => {
    const examples = EXAMPLES[detection.id]?.matches ?? [];
    return examples.find(({ event }) => isHeaviest(detection, event))?.event ?? {};
  });
  await publishMetrics(emulator, id('AuditTrailLogGroup'), events);
  const told = new Set<string>();
  await messageThat(inbox, ({ text }) => {
    for (const [, anchor = ''] of text.matchAll(/alarms\.md#(\S+)/g)) told.add(anchor);
    return told.size >= detections.length;
  });
  expect([...told].sort()).toEqual(
    detections.map(({ id }) => titleOf(id).toLowerCase().replaceAll(' ', '-')).sort(),
  );
});

test('a function that can’t run loses nothing: people get the alarm by the failure destination', async () => {
  const inbox = await subscribeInbox(emulator, id('NotificationsTopic'));
  await new LambdaClient(emulator.clientConfig).send(
    new UpdateFunctionConfigurationCommand({
      FunctionName: id('NotificationsExplainer'),
      Handler: 'index.gone',
    }),
  );
  await publishMetrics(emulator, id('AuditTrailLogGroup'), [rootSignIn(emulator.accountId)]);
  const message = await messageThat(inbox, ({ text }) => text.includes('CRITICAL: Root user used'));
  const { requestContext, requestPayload } = JSON.parse(message.text) as {
    requestContext: unknown;
    requestPayload: { Records: { Sns: { Message: string } }[] };
  };
  expect(requestContext).toMatchObject({ condition: 'RetriesExhausted', approximateInvokeCount: 1 });
  expect(JSON.parse(requestPayload.Records[0]?.Sns.Message ?? '')).toMatchObject({ NewStateValue: 'ALARM' });
});
