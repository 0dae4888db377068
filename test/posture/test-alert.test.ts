import {
  CloudWatchClient,
  CloudWatchServiceException,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { mockClient } from 'aws-sdk-client-mock';
import { Clients } from '../../lib/posture/clients';
import { testAlert } from '../../lib/posture/test-alert';
import { REGION, valueOf, WELL } from './snapshot';

const cloudWatch = mockClient(CloudWatchClient);
const logs = mockClient(CloudWatchLogsClient);
const ACTIVITY = 'AccountBaseline-Alarms-AlarmsActivity-1A2B3C';

beforeEach(() => {
  cloudWatch.reset();
  logs.reset();
  cloudWatch.onAnyCommand().resolves({});
});

/** As Lambda writes it to a log group that functions share. */
const line = (id: string, word: string) => ({
  logStreamName: `2026/11/24/AccountBaseline-Alarms-${id}-1A2B3C[$LATEST]0a1b2c`,
  message: `${word} RequestId: 1`,
});

const run = (snapshot = WELL) =>
  testAlert(new Clients({ region: REGION }), snapshot, { limitMs: 500, pauseMs: 50 });

test('the least urgent alarm triggers once, labeled, with the start of a period as the function reads it', async () => {
  logs.on(FilterLogEventsCommand).resolves({ events: [line('NotificationsExplainer', 'REPORT')] });
  expect(await run()).toMatchObject({
    check: 'test-alert',
    status: 'pass',
    detail: `The alarm ${ACTIVITY} triggered as a test, and the function had run after 0 s. Subscribed recipients get a message that says TEST.`,
  });
  const [call, ...others] = cloudWatch.commandCalls(SetAlarmStateCommand);
  expect(others).toEqual([]);
  expect(call?.args[0].input).toEqual({
    AlarmName: ACTIVITY,
    StateValue: 'ALARM',
    StateReason: expect.stringMatching(
      /^TEST by aws-account-baseline verify --test-alert: nothing happened$/,
    ),
  });
});

test('a function that leaves no trace is a failure, whatever another one does', async () => {
  logs.on(FilterLogEventsCommand).resolves({
    events: [line('NotificationsExplainer', 'START'), line('SettingsFunction', 'REPORT')],
  });
  expect(await run()).toMatchObject({
    status: 'fail',
    detail: `The alarm ${ACTIVITY} triggered as a test, but the function left no trace.`,
    remedy: {
      command: `aws cloudwatch describe-alarm-history --region ${REGION} --history-item-type Action --alarm-name ${ACTIVITY}`,
    },
  });
});

test('an alarm with its actions switched off is not rung, and nobody waits for it', async () => {
  const alarms = valueOf(WELL.alarms).map((alarm) => ({ ...alarm, ActionsEnabled: false }));
  expect(await run({ ...WELL, alarms: { value: alarms } })).toMatchObject({
    status: 'fail',
    detail: `The alarm ${ACTIVITY} has its actions disabled, so it would notify nobody.`,
    remedy: {
      command: `aws cloudwatch enable-alarm-actions --region eu-central-1 --alarm-names ${ACTIVITY}`,
    },
  });
  expect([...cloudWatch.calls(), ...logs.calls()]).toEqual([]);
});

test('an alarm that is triggered already is not rung: CloudWatch would run no action', async () => {
  const alarms = valueOf(WELL.alarms).map((alarm) => ({ ...alarm, StateValue: 'ALARM' as const }));
  expect(await run({ ...WELL, alarms: { value: alarms } })).toMatchObject({
    status: 'unknown',
    detail: `The alarm ${ACTIVITY} is already triggered, and its actions run only when its state changes. Test it again when it is OK.`,
  });
  expect([...cloudWatch.calls(), ...logs.calls()]).toEqual([]);
});

test('a missing permission triggers nothing and is unknown', async () => {
  const denied = new CloudWatchServiceException({ name: 'AccessDenied', $fault: 'client', $metadata: {} });
  cloudWatch.on(SetAlarmStateCommand).rejects(denied);
  expect(await run()).toMatchObject({
    status: 'unknown',
    detail: 'cloudwatch:SetAlarmState is not allowed.',
  });
  expect(logs.calls()).toEqual([]);
});
