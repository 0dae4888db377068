import { Aws, Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { FilterPattern, ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Detection, Signal } from './detection';
import { DETECTIONS } from './rules';
import { METRIC_NAMESPACE, metricOf, patternOf, signalOf, statisticOf } from './tuning';

/** Properties of `SecurityAlarms`. */
export interface SecurityAlarmsProps {
  /**
   * Prefix of the suite, such as `AccountBaseline`: `BaselineTamperedWith` watches every stack and resource
   * whose name begins with it and a hyphen. `AWS::StackName` would cover only the stack that holds the
   * alarms.
   */
  readonly prefix: string;
  /** Log group to which a multi-Region trail delivers. */
  readonly logGroup: ILogGroup;
  /** Topic that the alarms notify. */
  readonly topic: ITopic;
  /**
   * What to detect.
   * @default - every detection of the baseline
   */
  readonly detections?: readonly Detection[];
  /**
   * Bucket of the trail; `ChangedByHand` reports manual changes to it.
   * @default - not watched
   */
  readonly bucket?: IBucket;
  /**
   * Whether the alarms also notify the topic when they return to OK.
   * @default false
   */
  readonly notifyOnOk?: boolean;
}

/**
 * A metric filter for each detection, and a metric and an alarm for each signal. A detection with a
 * threshold, period or severity of its own gets its own metric and alarm.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudwatch-alarms-for-cloudtrail.html
 */
export class SecurityAlarms extends Construct {
  constructor(scope: Construct, id: string, props: SecurityAlarmsProps) {
    super(scope, id);
    const { prefix, logGroup, bucket, detections = DETECTIONS } = props;
    // The function that explains alarms finds the detection's ID after this word in the filter's generated
    // name.
    const filters = new Construct(this, 'On');
    const names = {
      prefix,
      logGroup: logGroup.logGroupName,
      bucket: bucket?.bucketName,
      account: Aws.ACCOUNT_ID,
    };
    for (const detection of detections) {
      new MetricFilter(filters, detection.id, {
        logGroup,
        filterPattern: FilterPattern.literal(patternOf(detection, names)),
        metricNamespace: METRIC_NAMESPACE,
        ...metricOf(detection),
      });
    }
    const signals = new Map(detections.map(signalOf).map((signal) => [signal.id, signal]));
    for (const signal of signals.values()) this.addAlarm(signal, props);
  }

  private addAlarm(signal: Signal, { topic, notifyOnOk }: SecurityAlarmsProps): void {
    const alarm = new Alarm(this, signal.id, {
      alarmDescription: describe(signal),
      metric: new Metric({
        namespace: METRIC_NAMESPACE,
        metricName: signal.id,
        statistic: statisticOf(signal),
        period: Duration.seconds(signal.period),
      }),
      threshold: signal.threshold,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      // Without events there is no data, which is the normal state.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(topic));
    if (notifyOnOk) alarm.addOkAction(new SnsAction(topic));
  }
}

/**
 * Severity and title, then a line for each step. The function that explains alarms builds its message from
 * this text.
 */
function describe({ severity, title, steps }: Signal): string {
  return [`${severity.toUpperCase()}: ${title}`, ...steps].join('\n');
}
