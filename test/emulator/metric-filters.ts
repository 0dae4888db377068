import { CloudWatchClient, PutMetricDataCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  CreateLogStreamCommand,
  type MetricFilter,
  paginateDescribeMetricFilters,
  PutLogEventsCommand,
  ResourceAlreadyExistsException,
} from '@aws-sdk/client-cloudwatch-logs';
import { matches } from '../filter-pattern';
import type { Emulator } from './emulator';

/** A CloudTrail record, as CloudTrail writes it into the log group. */
export type CloudTrailEvent = Readonly<Record<string, unknown>>;

/**
 * Delivers events as CloudTrail does and stands in for the one hop that MiniStack lacks: from metric filter to metric.
 * The filters are those that the stack deployed; what comes after the metric (alarm, topic, functions) is MiniStack's.
 *
 * @returns names of the filters that matched at least one event, in the order in which the log group lists them
 */
export async function publishMetrics(
  emulator: Emulator,
  logGroupName: string,
  events: readonly CloudTrailEvent[],
): Promise<string[]> {
  const logs = new CloudWatchLogsClient(emulator.clientConfig);
  const metrics = new CloudWatchClient(emulator.clientConfig);
  try {
    // Named as CloudTrail names its streams.
    const logStreamName = `${emulator.accountId}_CloudTrail_${emulator.region}`;
    await deliver(logs, { logGroupName, logStreamName }, events);
    const matched: string[] = [];
    for await (const page of paginateDescribeMetricFilters({ client: logs }, { logGroupName })) {
      for (const filter of page.metricFilters ?? []) {
        const hits = events.filter((event) => matches(filter.filterPattern ?? '', event)).length;
        if (hits === 0) continue;
        await publish(metrics, filter, hits);
        matched.push(filter.filterName ?? '');
      }
    }
    return matched;
  } finally {
    logs.destroy();
    metrics.destroy();
  }
}

/**
 * Brings every alarm back to OK, as quiet periods do on AWS. MiniStack leaves an alarm in ALARM until the next
 * datapoint, and an alarm that is in ALARM already sends no further message.
 */
export async function quietAlarms(emulator: Emulator): Promise<void> {
  const client = new CloudWatchClient(emulator.clientConfig);
  try {
    for await (const page of paginateDescribeAlarms({ client }, { StateValue: 'ALARM' })) {
      for (const alarm of page.MetricAlarms ?? []) {
        const command = {
          AlarmName: alarm.AlarmName,
          StateValue: 'OK',
          StateReason: 'no datapoint',
        } as const;
        await client.send(new SetAlarmStateCommand(command));
      }
    }
  } finally {
    client.destroy();
  }
}

async function deliver(
  logs: CloudWatchLogsClient,
  stream: { logGroupName: string; logStreamName: string },
  events: readonly CloudTrailEvent[],
): Promise<void> {
  try {
    await logs.send(new CreateLogStreamCommand(stream));
  } catch (error) {
    if (!(error instanceof ResourceAlreadyExistsException)) throw error;
  }
  const logEvents = events.map((event) => ({ timestamp: Date.now(), message: JSON.stringify(event) }));
  await logs.send(new PutLogEventsCommand({ ...stream, logEvents }));
}

async function publish(metrics: CloudWatchClient, filter: MetricFilter, hits: number): Promise<void> {
  for (const { metricNamespace, metricName, metricValue } of filter.metricTransformations ?? []) {
    const value = Number(metricValue);
    if (Number.isNaN(value)) {
      // A `$.field` value would need the event's own number; none of our filters has one.
      throw new Error(`filter ${filter.filterName ?? ''} publishes ${metricValue ?? ''}, not a number`);
    }
    const datum = { MetricName: metricName, Values: [value], Counts: [hits], Timestamp: new Date() };
    await metrics.send(new PutMetricDataCommand({ Namespace: metricNamespace, MetricData: [datum] }));
  }
}
