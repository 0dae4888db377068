import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { FilterPattern, ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { type Detection, DETECTIONS, type Signal } from './detections';
import { METRIC_NAMESPACE, metricOf, patternOf, signalOf, statisticOf } from './tuning';

export interface SecurityAlarmsProps {
  /** Log group that a multi-Region trail delivers to. */
  readonly logGroup: ILogGroup;
  /**
   * Prefix of the names of the suite's stacks: whatever CloudFormation names after any of them is watched. The name of
   * the stack that holds the alarms would be one of them only.
   */
  readonly prefix: string;
  /** Topic that the alarms notify. */
  readonly topic: ITopic;
  /**
   * What to look for.
   * @default - every detection of the catalogue
   */
  readonly detections?: readonly Detection[];
  /**
   * Bucket of the trail; who changes it by hand is told.
   * @default - none
   */
  readonly bucket?: IBucket;
  /**
   * Whether the topic is also told when an alarm is over.
   * @default false
   */
  readonly notifyOnOk?: boolean;
}

/**
 * A metric filter for each detection; a metric and an alarm for each signal, and for each detection with a threshold,
 * period or severity of its own.
 *
 * @throws {Error} if a detection names a signal that the catalogue lacks
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudwatch-alarms-for-cloudtrail.html
 */
export class SecurityAlarms extends Construct {
  constructor(scope: Construct, id: string, props: SecurityAlarmsProps) {
    super(scope, id);
    const signals = new Map<string, Signal>();
    // Messages find the detection's id behind this word in the name that CloudFormation gives to a filter.
    const filters = new Construct(this, 'On');
    for (const detection of props.detections ?? DETECTIONS) {
      const signal = signalOf(detection);
      signals.set(signal.id, signal);
      new MetricFilter(filters, detection.id, {
        logGroup: props.logGroup,
        filterPattern: FilterPattern.literal(
          patternOf(detection, {
            stack: props.prefix,
            logGroup: props.logGroup.logGroupName,
            bucket: props.bucket?.bucketName,
          }),
        ),
        metricNamespace: METRIC_NAMESPACE,
        ...metricOf(detection),
      });
    }
    for (const signal of signals.values()) {
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
        // No event, no data: that is the normal state.
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
      alarm.addAlarmAction(new SnsAction(props.topic));
      if (props.notifyOnOk) alarm.addOkAction(new SnsAction(props.topic));
    }
  }
}

/** Severity, title, and a line for each step: the message is made from it, and the raw alarm shows it. */
function describe({ severity, title, steps }: Signal): string {
  return [`${severity.toUpperCase()}: ${title}`, ...steps].join('\n');
}
