import { CloudWatchClient, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { setTimeout as sleep } from 'node:timers/promises';
import { METRIC_NAMESPACE } from '../detections/tuning';
import { partOf } from './baseline-parts';
import { remedyOf } from './checks/alarms';
import { fail, findingOf, given, type Observation, pass, REDEPLOY, unknown } from './checks/check';
import type { Clients } from './clients';
import type { Finding } from './finding';
import { read } from './read';
import { shell } from './shell';
import type { Snapshot } from './snapshot';

/** The least disruptive alarm to test: while it is in ALARM, its own events send no notification. */
const LEAST_URGENT = 'Activity';

/** The message quotes this label. It can also list earlier events of the alarm. */
const REASON = 'TEST by aws-account-baseline verify --test-alert: nothing happened';

/** Time to wait for the function, and between two polls, in milliseconds. */
export interface Patience {
  /** @default 90000 */
  readonly limitMs?: number;
  /** @default 3000 */
  readonly pauseMs?: number;
}

/**
 * Triggers an alarm as a labeled test and waits until the function that explains alarms has run. This proves
 * the path from CloudWatch through the alarm topic to the function, but not that a filter matches events or
 * that anyone reads the mailbox. Only the state of the alarm changes, and CloudWatch resets it at its next
 * evaluation.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html
 */
export async function testAlert(
  clients: Clients,
  snapshot: Snapshot,
  patience: Patience = {},
): Promise<Finding> {
  const [observation] = await look(clients, snapshot, patience);
  return findingOf(
    {
      check: 'test-alert',
      title: 'A test alarm reaches the function',
      problem: 'The test alarm did not reach the function',
      area: 'notifications',
      severity: 'critical',
      controls: [],
    },
    observation ?? unknown('No test alarm was sent.'),
  );
}

async function look(
  clients: Clients,
  { alarms, suite, region }: Snapshot,
  patience: Patience,
): Promise<Observation[]> {
  const logGroup = partOf(suite, 'explainer-log-group');
  const explainer = partOf(suite, 'explainer');
  const ready = 'value' in alarms && 'value' in logGroup && 'value' in explainer;
  if (!ready) return given({ alarms, logGroup, explainer }, () => []);
  // The alarm for missing events notifies the recipients without the function.
  const explained = alarms.value.filter(({ Namespace }) => Namespace === METRIC_NAMESPACE);
  const alarm = explained.find(({ MetricName }) => MetricName === LEAST_URGENT) ?? explained[0];
  const name = alarm?.AlarmName;
  if (name === undefined) return [fail('There is no alarm to test.', REDEPLOY)];
  if (alarm?.ActionsEnabled === false) {
    return [fail(`The alarm ${name} has its actions disabled, so it would notify nobody.`, remedyOf(alarm))];
  }
  if (alarm?.StateValue === 'ALARM') {
    return [
      unknown(
        `The alarm ${name} is already triggered, and its actions run only when its state changes. Test it again when it is OK.`,
      ),
    ];
  }

  const started = new Date();
  const rung = await read(() =>
    clients
      .get(CloudWatchClient)
      .send(new SetAlarmStateCommand({ AlarmName: name, StateValue: 'ALARM', StateReason: REASON })),
  );
  if (!('value' in rung)) return given({ rung }, () => []);
  const trace = await read(() =>
    waitForTrace(clients, { logGroupName: logGroup.value, functionName: explainer.value }, started, patience),
  );
  return given({ trace }, ({ trace: seconds }) => {
    if (seconds !== undefined) {
      return pass(
        `The alarm ${name} triggered as a test, and the function had run after ${seconds} s. Subscribed recipients get a message that says TEST.`,
      );
    }
    return fail(`The alarm ${name} triggered as a test, but the function left no trace.`, {
      text: 'Check whether the alarm’s action succeeded. If it did, check the function and its log group.',
      command: shell`aws cloudwatch describe-alarm-history --region ${region} --history-item-type Action --alarm-name ${name}`,
    });
  });
}

/**
 * Lambda writes a REPORT line when an invocation ends. All functions of the stack share a log group, and the
 * name of a log stream contains the function name.
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
    for await (const { events = [] } of paginateFilterLogEvents({ client }, { logGroupName, startTime })) {
      const hasRun = events.some(
        ({ message, logStreamName }) =>
          message?.startsWith('REPORT') === true && logStreamName?.includes(`/${functionName}[`) === true,
      );
      if (hasRun) return Math.round((Date.now() - startTime) / 1000);
    }
    await sleep(pauseMs);
  }
  return undefined;
}
