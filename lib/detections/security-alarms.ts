import { Duration, Stack, Token } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IAlarm, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { flag } from '../fields/basics';
import { checkProps, construct } from '../fields/check-props';
import { Notifications } from '../notifications/notifications';
import { refusedByTopic } from '../notifications/refused-by-topic';
import { checkedDetections } from './check-detections';
import type { Detection, Signal } from './detection';
import { descriptionOf, METRIC_NAMESPACE, signalOf, statisticOf } from './tuning';

/** Properties of `SecurityAlarms`. */
export interface SecurityAlarmsProps {
  /**
   * Topic that the alarms notify, such as `alarmTopic` of `Notifications`. The policies of the topic and of
   * its key must allow `cloudwatch.amazonaws.com` to publish, or nobody receives the alarms, and CloudWatch
   * shows no error. Synthesis checks the policies that are in the app. A new topic without a key and without
   * `enforceSSL` has none, and allows it.
   */
  readonly topic: ITopic;
  /**
   * What to detect. Give `DetectionFilters` the same list.
   * @default - every detection of the baseline
   */
  readonly detections?: readonly Detection[];
  /**
   * Whether the alarms also notify the topic when they return to OK.
   * @default false
   */
  readonly notifyOnOk?: boolean;
}

/** The alarm of a signal, or of a detection with its own. */
export interface SignalAlarm {
  /** The signal, as it is tuned. */
  readonly signal: Signal;
  /** The signal of the detections that it counts, before any tuning. */
  readonly group: Signal;
  /** The metric that the alarm watches. */
  readonly metric: Metric;
  readonly alarm: IAlarm;
}

/**
 * An alarm for each signal. A detection with a threshold, period or severity of its own gets its own metric
 * and alarm. The filters of `DetectionFilters` count the events.
 * @example
 * const topic = new Topic(this, 'Topic', { enforceSSL: true });
 * topic.grantPublish(new ServicePrincipal('cloudwatch.amazonaws.com'));
 * new SecurityAlarms(this, 'Alarms', { topic });
 */
export class SecurityAlarms extends Construct {
  /** The alarms, in the order of the detections. */
  readonly signalAlarms: readonly SignalAlarm[];

  constructor(scope: Construct, id: string, props: SecurityAlarmsProps) {
    super(scope, id);
    checkProps({ topic: construct(), notifyOnOk: flag().optional() }, props);
    this.checkPrefix(props.topic);
    this.node.addValidation({
      validate: () =>
        refusedByTopic(props.topic, ['cloudwatch.amazonaws.com'], 'give alarmTopic of Notifications'),
    });
    const signals = new Map(
      checkedDetections(props.detections).map((detection) => {
        const signal = signalOf(detection);
        return [signal.id, { signal, group: detection.signal }];
      }),
    );
    this.signalAlarms = [...signals.values()].map(({ signal, group }) => {
      const metric = metricOf(signal);
      return { signal, group, metric, alarm: this.addAlarm(signal, metric, props) };
    });
  }

  /** The policy of the topic of `Notifications` allows alarms by their names. */
  private checkPrefix({ node: { scope } }: ITopic): void {
    const begin = `${Stack.of(this).stackName}-`;
    if (!(scope instanceof Notifications) || Token.isUnresolved(begin + scope.alarmPrefix)) return;
    if (!begin.startsWith(scope.alarmPrefix)) {
      throw new Error(
        `alarmPrefix of ${scope.node.path} must be the beginning of "${begin}", got "${scope.alarmPrefix}"`,
      );
    }
  }

  private addAlarm(signal: Signal, metric: Metric, { topic, notifyOnOk }: SecurityAlarmsProps): Alarm {
    const alarm = new Alarm(this, signal.id, {
      alarmDescription: descriptionOf(signal),
      metric,
      threshold: signal.threshold,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      // Without events there is no data, which is the normal state.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(topic));
    if (notifyOnOk) alarm.addOkAction(new SnsAction(topic));
    return alarm;
  }
}

function metricOf(signal: Signal): Metric {
  return new Metric({
    namespace: METRIC_NAMESPACE,
    metricName: signal.id,
    statistic: statisticOf(signal),
    period: Duration.seconds(signal.period),
  });
}
