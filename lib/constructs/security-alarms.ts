import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IAlarm,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { FilterPattern, ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { Detection, DETECTIONS } from '../catalog/detections';
import type { Guarded } from './guard';

export interface SecurityAlarmsProps {
  /** Log group that a multi-Region trail delivers to. */
  readonly logGroup: ILogGroup;
  /** Topic that the alarms notify. */
  readonly topic: ITopic;
  /**
   * What to look for.
   * @default - every detection of the catalogue
   */
  readonly detections?: readonly Detection[];
}

/** Namespace of the metrics. */
const NAMESPACE = 'AccountBaseline';

/**
 * A metric filter and an alarm for each detection.
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudwatch-alarms-for-cloudtrail.html
 */
export class SecurityAlarms extends Construct {
  private readonly alarms: IAlarm[] = [];

  constructor(scope: Construct, id: string, props: SecurityAlarmsProps) {
    super(scope, id);
    for (const detection of props.detections ?? DETECTIONS) {
      new MetricFilter(this, `${detection.id}Filter`, {
        logGroup: props.logGroup,
        filterPattern: FilterPattern.literal(detection.pattern),
        metricNamespace: NAMESPACE,
        metricName: detection.id,
        metricValue: '1',
      });
      const alarm = new Alarm(this, detection.id, {
        // People read it in the console and in the mail's subject.
        alarmName: `${NAMESPACE}-${detection.id}`,
        alarmDescription: `${detection.title}. ${detection.firstStep}`,
        metric: new Metric({
          namespace: NAMESPACE,
          metricName: detection.id,
          statistic: Stats.SUM,
          period: Duration.seconds(detection.period),
        }),
        threshold: detection.threshold,
        evaluationPeriods: 1,
        comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
        // No event, no data: that is the normal state.
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
      alarm.addAlarmAction(new SnsAction(props.topic));
      this.alarms.push(alarm);
    }
  }

  /** What must not be taken away by accident. */
  get guarded(): Guarded[] {
    return [
      {
        actions: ['cloudwatch:DeleteAlarms', 'cloudwatch:DisableAlarmActions'],
        resources: this.alarms.map(({ alarmArn }) => alarmArn),
      },
    ];
  }
}
