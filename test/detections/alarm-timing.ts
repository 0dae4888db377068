import { matcher } from '../../emulator/filter-pattern';
import type { CloudTrailEvent } from '../../emulator/metric-filters';
import { type DeployedAlarm, deployedAlarms, type DeployedFilter, deployedFilters } from './deployed-filters';

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

/** The deployed filters and alarms, and when CloudWatch sends notifications for them. */
export class AlarmTiming {
  readonly alarms: readonly DeployedAlarm[] = deployedAlarms();
  private readonly filters = deployedFilters().map(
    (
      filter,
    ): DeployedFilter & {
      readonly counts: (event: unknown) => boolean;
    } => ({ ...filter, counts: matcher(filter.pattern) }),
  );

  /** What a metric filter publishes for the event. */
  counts(event: CloudTrailEvent): Counts {
    const sums: Record<string, number> = {};
    for (const { metric, value, counts } of this.filters) {
      if (counts(event)) sums[metric] = (sums[metric] ?? 0) + value;
    }
    return sums;
  }

  /** The notifications of all alarms, in the order of their time. */
  messages(arrivals: readonly Arrival[]): Message[] {
    return this.alarms
      .flatMap((alarm) => messagesOf(alarm, arrivals))
      .sort((one, other) => one.at - other.at);
  }
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
