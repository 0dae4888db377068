import {
  CloudWatchLogsClient,
  CloudWatchLogsServiceException,
  type DescribeMetricFiltersCommandInput,
  DescribeMetricFiltersCommand,
  type FilteredLogEvent,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
  type MetricFilter,
} from '@aws-sdk/client-cloudwatch-logs';
import { mockClient } from 'aws-sdk-client-mock';
import { DETECTIONS } from '../../lib/detections/rules';
import { matches } from '../../emulator/filter-pattern';

/** Entries of a page. An empty one comes before each, as CloudWatch Logs may have it. */
const PAGE = 2;

/** A log group with its metric filters, as CloudWatch Logs describes them. */
export class LogGroup {
  readonly filters: MetricFilter[] = [];
  readonly events: FilteredLogEvent[] = [];
  /** Events of a page. */
  pageSize = PAGE;
  /** Called at each search. */
  onSearch = (): void => undefined;
  /** Replaces answers of the API where a test needs it. */
  readonly mock = mockClient(CloudWatchLogsClient);

  private readonly records = new Map<string, object>();

  constructor(private readonly name: string) {}

  /** Starts over, with the filters of these detections. */
  reset(...detections: readonly string[]): void {
    this.filters.length = this.events.length = 0;
    this.records.clear();
    this.onSearch = () => undefined;
    this.pageSize = PAGE;
    for (const id of detections) this.filters.push(filterOf(id));
    this.mock.reset();
    this.mock.on(DescribeMetricFiltersCommand).callsFake((input: DescribeMetricFiltersCommandInput) => {
      this.require(input.logGroupName === this.name, 'no such log group');
      const [metricFilters, nextToken] = page(this.filters, input.nextToken);
      return { metricFilters, nextToken };
    });
    this.mock.on(FilterLogEventsCommand).callsFake((input: FilterLogEventsCommandInput) => {
      this.onSearch();
      const { logGroupName, startTime = 0, filterPattern = '' } = input;
      this.require(logGroupName === this.name, 'no such log group');
      this.require(Number.isInteger(startTime), 'startTime is not a number');
      const found = this.events.filter(
        ({ timestamp = 0, message = '' }) =>
          timestamp >= startTime && (!filterPattern || matches(filterPattern, this.read(message))),
      );
      const [events, nextToken] = page(found, input.nextToken, this.pageSize);
      return { events, nextToken };
    });
  }

  /** The JSON of a line, which is read once: each page looks at all. */
  private read(message: string): object {
    const record = this.records.get(message) ?? (JSON.parse(message) as object);
    this.records.set(message, record);
    return record;
  }

  /**
   * Logs a record, or a line as it is. Lines are in the order of their time.
   *
   * @param ingestionTime when CloudTrail delivers it
   */
  put(record: object | string, timestamp: number, ingestionTime = timestamp): void {
    const message = typeof record === 'string' ? record : JSON.stringify(record);
    this.events.push({ eventId: String(this.events.length), timestamp, ingestionTime, message });
    this.events.sort((one, other) => Number(one.timestamp) - Number(other.timestamp));
  }

  /** Searches so far, page by page. */
  get searches(): number {
    return this.mock.commandCalls(FilterLogEventsCommand).length;
  }

  /** The patterns that were searched for so far, each once. */
  get searched(): (string | undefined)[] {
    const calls = this.mock.commandCalls(FilterLogEventsCommand);
    return [...new Set(calls.map(({ args: [{ input }] }) => input.filterPattern))];
  }

  private require(condition: boolean, message: string): void {
    if (!condition) throw refusal('InvalidParameterException', message);
  }
}

/** The metric filter of a detection, under the name that CloudFormation gives it. */
export function filterOf(id: string, metricName?: string): MetricFilter {
  const detection = DETECTIONS.find((one) => one.id === id);
  const metric = { metricName: metricName ?? detection?.signal.id, metricNamespace: 'Baseline' };
  return {
    filterName: `AccountBaseline-Alarms-AlarmsOn${id}-AbCdEf123456`,
    filterPattern: detection?.pattern ?? '',
    metricTransformations: [{ ...metric, metricValue: String(detection?.weight ?? 1) }],
  };
}

/** An error as the SDK throws it. */
export function refusal(name: string, message: string): CloudWatchLogsServiceException {
  return new CloudWatchLogsServiceException({ name, message, $fault: 'client', $metadata: {} });
}

function page<T>(all: readonly T[], token = '0', size = PAGE): [entries: T[], nextToken: string | undefined] {
  const number = Number(token);
  const start = ((number - 1) / 2) * size;
  const entries = number % 2 ? all.slice(start, start + size) : [];
  const end = number % 2 ? start + size : (number / 2) * size;
  return [entries, end < all.length ? String(number + 1) : undefined];
}
