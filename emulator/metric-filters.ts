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
import { matcher } from './filter-pattern';
import type { Emulator } from './emulator';

/** A CloudTrail record in the log group. */
export type CloudTrailEvent = Readonly<Record<string, unknown>>;

interface LogEvent {
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly message: string;
}

/**
 * Quotas of a batch.
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
 */
const BATCH = { events: 10_000, bytes: 1_048_576, bytesPerEvent: 26, spanMs: 24 * 60 * 60 * 1000 };

/**
 * Delivers events like CloudTrail, and emulates the step that MiniStack lacks: from metric filter to metric.
 * The filters are those that the stack deployed. MiniStack does the rest: alarms, topics, functions.
 *
 * @param timestampOf milliseconds, for events in the past. @default - the time of delivery
 * @returns names of the filters that matched at least one event, in the order of the log group
 */
export async function publishMetrics(
  emulator: Emulator,
  logGroupName: string,
  events: readonly CloudTrailEvent[],
  timestampOf: (event: CloudTrailEvent) => number = () => Date.now(),
): Promise<string[]> {
  const logs = new CloudWatchLogsClient(emulator.clientConfig);
  const metrics = new CloudWatchClient(emulator.clientConfig);
  try {
    const timed = events.map((event) => ({ event, timestamp: timestampOf(event) }));
    // The name that CloudTrail gives its streams.
    const logStreamName = `${emulator.accountId}_CloudTrail_${emulator.region}`;
    await deliver(
      logs,
      { logGroupName, logStreamName },
      timed.map(({ event, timestamp }) => ({ timestamp, message: JSON.stringify(event) })),
    );
    const matched: string[] = [];
    for (const filter of await metricFiltersOf(logs, logGroupName)) {
      const counts = matcher(filter.filterPattern ?? '');
      const hits = timed.filter(({ event }) => counts(event));
      if (hits.length === 0) continue;
      await publish(
        metrics,
        filter,
        hits.map(({ timestamp }) => timestamp),
      );
      matched.push(filter.filterName ?? '');
    }
    return matched;
  } finally {
    logs.destroy();
    metrics.destroy();
  }
}

/** The metric filters of a log group, which AWS returns in pages of 50. */
export async function metricFiltersOf(
  client: CloudWatchLogsClient,
  logGroupName: string,
): Promise<MetricFilter[]> {
  const filters: MetricFilter[] = [];
  for await (const page of paginateDescribeMetricFilters({ client }, { logGroupName })) {
    filters.push(...(page.metricFilters ?? []));
  }
  return filters;
}

/**
 * Returns every alarm to OK, as quiet periods do on AWS. MiniStack keeps an alarm in ALARM until the next
 * data point, and an alarm in ALARM sends no further notification.
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
  events: readonly LogEvent[],
): Promise<void> {
  try {
    await logs.send(new CreateLogStreamCommand(stream));
  } catch (error) {
    if (!(error instanceof ResourceAlreadyExistsException)) throw error;
  }
  for (const logEvents of batches(events)) {
    await logs.send(new PutLogEventsCommand({ ...stream, logEvents }));
  }
}

/** Splits events into batches, sorted by time and within the quotas. */
function batches(events: readonly LogEvent[]): LogEvent[][] {
  const result: LogEvent[][] = [];
  let batch: LogEvent[] = [];
  let bytes = 0;
  for (const event of [...events].sort((one, other) => one.timestamp - other.timestamp)) {
    const size = Buffer.byteLength(event.message) + BATCH.bytesPerEvent;
    const span = event.timestamp - (batch[0]?.timestamp ?? event.timestamp);
    const full = batch.length === BATCH.events || bytes + size > BATCH.bytes || span > BATCH.spanMs;
    if (batch.length === 0 || full) {
      batch = [];
      bytes = 0;
      result.push(batch);
    }
    batch.push(event);
    bytes += size;
  }
  return result;
}

async function publish(
  metrics: CloudWatchClient,
  filter: MetricFilter,
  timestamps: readonly number[],
): Promise<void> {
  for (const { metricNamespace, metricName, metricValue } of filter.metricTransformations ?? []) {
    const value = Number(metricValue);
    if (Number.isNaN(value)) {
      // A `$.field` value would need the number in the event, but none of our filters has one.
      throw new Error(`filter ${filter.filterName ?? ''} publishes ${metricValue ?? ''}, not a number`);
    }
    const MetricData = byMinute(timestamps).map(({ first, count }) => ({
      MetricName: metricName,
      Values: [value],
      Counts: [count],
      Timestamp: new Date(first),
    }));
    await metrics.send(new PutMetricDataCommand({ Namespace: metricNamespace, MetricData }));
  }
}

/** A metric filter publishes one data point per minute. */
function byMinute(timestamps: readonly number[]): { first: number; count: number }[] {
  const minutes = new Map<number, { first: number; count: number }>();
  for (const timestamp of timestamps) {
    const minute = Math.floor(timestamp / 60_000);
    const { first, count } = minutes.get(minute) ?? { first: timestamp, count: 0 };
    minutes.set(minute, { first: Math.min(first, timestamp), count: count + 1 });
  }
  return [...minutes.values()];
}
