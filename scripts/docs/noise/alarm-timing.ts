import { matcher } from '../../../emulator/filter-pattern';
import type { CloudTrailEvent } from '../../../emulator/metric-filters';
import type { DeployedAccount } from '../silencing/deployed';

/** A metric filter as CloudFormation deploys it. */
export interface DeployedFilter {
  /** ID of the detection. */
  readonly detection: string;
  readonly pattern: string;
  readonly metric: string;
  /** What one event adds to the metric. */
  readonly value: number;
}

/** An alarm as CloudFormation deploys it; it triggers at a sum of `threshold` or more in one period. */
export interface DeployedAlarm {
  readonly metric: string;
  readonly threshold: number;
  /** Seconds. */
  readonly period: number;
}

/** What an event adds to each metric, by the metric's name. */
export type Counts = Readonly<Record<string, number>>;

/** An event that reaches the log group. */
export interface Arrival {
  /** Seconds since the start. */
  readonly at: number;
  readonly counts: Counts;
}

/** A notification that an alarm sends. */
export interface Message {
  readonly metric: string;
  /** Seconds since the start. */
  readonly at: number;
}

/** Filters and alarms, and when CloudWatch sends notifications for them. */
export class AlarmTiming {
  private readonly filters: readonly (DeployedFilter & { readonly matches: (event: unknown) => boolean })[];

  constructor(
    filters: readonly DeployedFilter[],
    readonly alarms: readonly DeployedAlarm[],
  ) {
    this.filters = filters.map((filter) => ({ ...filter, matches: matcher(filter.pattern) }));
  }

  /** The filters and alarms of a configuration. */
  static of(account: DeployedAccount): AlarmTiming {
    const filters = account.ofType('AWS::Logs::MetricFilter').map(({ id, properties }) => {
      const { FilterPattern, MetricTransformations } = properties as unknown as {
        FilterPattern: string;
        MetricTransformations: [{ MetricName: string; MetricValue: string }];
      };
      const [{ MetricName, MetricValue }] = MetricTransformations;
      const detection = id.replace(/^.*\/AlarmsOn/, '');
      return { detection, pattern: FilterPattern, metric: MetricName, value: Number(MetricValue) };
    });
    const alarms = account.ofType('AWS::CloudWatch::Alarm').map(({ properties }) => ({
      metric: String(properties['MetricName']),
      threshold: Number(properties['Threshold']),
      period: Number(properties['Period']),
    }));
    return new AlarmTiming(
      filters,
      // The heartbeat's metric belongs to the log group, and no filter adds to it.
      alarms.filter((alarm) => filters.some(({ metric }) => metric === alarm.metric)),
    );
  }

  /** The filters that count the event. */
  matching(event: CloudTrailEvent): readonly DeployedFilter[] {
    return this.filters.filter(({ matches }) => matches(event));
  }

  /** What the metric filters publish for the event. */
  counts(event: CloudTrailEvent): Counts {
    return countsOf(this.matching(event));
  }

  /** The notifications of all alarms, in the order of their time. */
  messages(arrivals: readonly Arrival[]): Message[] {
    return this.alarms
      .flatMap((alarm) => messagesOf(alarm, arrivals))
      .sort((one, other) => one.at - other.at);
  }
}

/** What these filters publish for one event. */
export function countsOf(filters: readonly DeployedFilter[]): Counts {
  const sums: Record<string, number> = {};
  for (const { metric, value } of filters) sums[metric] = (sums[metric] ?? 0) + value;
  return sums;
}

/**
 * CloudWatch evaluates an alarm each minute, over one period that ends there and may begin at any full
 * minute. Without data the alarm is OK. Only a change from OK to ALARM sends a notification.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 */
export function messagesOf(alarm: DeployedAlarm, arrivals: readonly Arrival[]): Message[] {
  const { metric, period, threshold } = alarm;
  const points = arrivals
    .map(({ at, counts }) => ({ at, value: counts[metric] ?? 0 }))
    .filter(({ value }) => value > 0)
    .sort((one, other) => one.at - other.at);
  const messages: Message[] = [];
  const end = (points.at(-1)?.at ?? 0) + period + 60;
  let isInAlarm = false;
  // Sliding window: `first` is its oldest point, `next` the oldest point after it.
  let [first, next, sum] = [0, 0, 0];
  for (let now = 60; now <= end; now += 60) {
    for (let point; (point = points[next]) !== undefined && point.at < now; next++) sum += point.value;
    for (let point; (point = points[first]) !== undefined && point.at < now - period; first++)
      sum -= point.value;
    // With a threshold of 1, the maximum of whole numbers reaches it whenever their sum does.
    const isBreaching = sum >= threshold;
    if (isBreaching && !isInAlarm) messages.push({ metric, at: now });
    isInAlarm = isBreaching;
  }
  return messages;
}

/** The highest sum of the alarm's metric in any window of its period, wherever CloudWatch lets one begin. */
export function peakOf({ metric, period }: DeployedAlarm, arrivals: readonly Arrival[]): number {
  const points = arrivals.filter(({ counts }) => counts[metric] !== undefined);
  const sums = points.map(({ at: start }) =>
    points
      .filter(({ at }) => at >= start && at < start + period)
      .reduce((sum, { counts }) => sum + (counts[metric] ?? 0), 0),
  );
  return Math.max(0, ...sums);
}
