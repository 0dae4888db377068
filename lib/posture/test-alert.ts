import { CloudWatchClient, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { setTimeout as sleep } from 'node:timers/promises';
import { physicalId } from './baseline-parts';
import { remedyOf } from './checks/alarms';
import { fail, given, type Observation, pass, REDEPLOY, unknown } from './checks/check';
import type { Clients } from './clients';
import type { Finding } from './finding';
import { all, read } from './read';
import type { Snapshot } from './snapshot';

/** The alarm that a test disturbs least: while it rings, an event of its own sends no message. */
const LEAST_URGENT = 'Activity';

/** Milliseconds to wait for the trace, and between two looks. */
export interface Patience {
  /** @default 90000 */
  readonly limitMs?: number;
  /** @default 3000 */
  readonly pauseMs?: number;
}

/**
 * Rings an alarm as a labelled test and waits until the function that explains alarms has run. It proves the way from
 * CloudWatch through the topic of alarms and the function; that a filter finds events, and that a mailbox is read, it
 * does not. The state of the alarm is the only thing that changes, and CloudWatch sets it back at its next look.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html
 */
export async function testAlert(
  clients: Clients,
  snapshot: Snapshot,
  patience: Patience = {},
): Promise<Finding> {
  const [observation] = await look(clients, snapshot, patience);
  return {
    check: 'test-alert',
    title: 'A test alarm reaches the function that tells people',
    area: 'notifications',
    severity: 'critical',
    controls: [],
    ...(observation ?? unknown('No alarm was rung.')),
  };
}

async function look(
  clients: Clients,
  { alarms, stack }: Snapshot,
  patience: Patience,
): Promise<Observation[]> {
  const logGroup = physicalId(stack, 'FunctionLogs');
  const explainer = physicalId(stack, 'NotificationsExplainer');
  const ready = 'value' in alarms && 'value' in logGroup && 'value' in explainer;
  if (!ready) return given({ alarms, logGroup, explainer }, () => []);
  const alarm = alarms.value.find(({ MetricName }) => MetricName === LEAST_URGENT) ?? alarms.value[0];
  const name = alarm?.AlarmName;
  if (name === undefined) return [fail('There is no alarm to ring.', REDEPLOY)];
  if (alarm?.ActionsEnabled === false) {
    return [fail(`The alarm ${name} has its actions switched off: it would ring unheard.`, remedyOf(alarm))];
  }

  const started = new Date();
  const rung = await read(() =>
    clients
      .get(CloudWatchClient)
      .send(
        new SetAlarmStateCommand({ AlarmName: name, StateValue: 'ALARM', StateReason: reasonOf(started) }),
      ),
  );
  if (!('value' in rung)) return given({ rung }, () => []);
  const trace = await read(() =>
    waitForTrace(clients, { logGroupName: logGroup.value, functionName: explainer.value }, started, patience),
  );
  return given({ trace }, ({ trace: seconds }) => {
    if (seconds !== undefined) {
      return pass(
        `The alarm ${name} rang as a test, and after ${seconds} s the function had run; whoever is subscribed gets a message that says TEST.`,
      );
    }
    return fail(`The alarm ${name} rang as a test, and no trace of the function appeared.`, {
      text: 'See whether the alarm’s action succeeded; if so, look at the function and its log group.',
      command: `aws cloudwatch describe-alarm-history --history-item-type Action --alarm-name ${name}`,
    });
  });
}

/** The label; and the start of a period, as CloudWatch writes it, from which the function looks for events. */
function reasonOf(moment: Date): string {
  const [date = '', time = ''] = moment.toISOString().slice(2, 19).split('T');
  const [year = '', month = '', day = ''] = date.split('-');
  return `TEST by "aws-account-baseline verify --test-alert": nothing happened [0.0 (${day}/${month}/${year} ${time})]`;
}

/**
 * Lambda writes a REPORT line when a call is over. All functions of the stack share a log group, in which the name of a
 * stream holds that of its function.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html
 */
async function waitForTrace(
  clients: Clients,
  { logGroupName, functionName }: { readonly logGroupName: string; readonly functionName: string },
  since: Date,
  { limitMs = 90_000, pauseMs = 3000 }: Patience,
): Promise<number | undefined> {
  const client = clients.get(CloudWatchLogsClient);
  const startTime = since.valueOf();
  while (Date.now() < startTime + limitMs) {
    const events = await all(
      paginateFilterLogEvents({ client }, { logGroupName, startTime }),
      (page) => page.events,
    );
    const hasRun = events.some(
      ({ message, logStreamName }) =>
        message?.startsWith('REPORT') === true && logStreamName?.includes(`/${functionName}[`) === true,
    );
    if (hasRun) return Math.round((Date.now() - startTime) / 1000);
    await sleep(pauseMs);
  }
  return undefined;
}
