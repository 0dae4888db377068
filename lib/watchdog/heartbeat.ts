import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { markPart } from '../functions/mark-part';

/** Properties of `Heartbeat`. */
export interface HeartbeatProps {
  /** Log group to which the trail delivers. */
  readonly logGroup: ILogGroup;
  /** Topic of the recipients. Its policy must allow the alarm to publish. */
  readonly topic: ITopic;
}

/** Recipients read this text unmodified: the function that explains alarms reads the same log group. */
const DESCRIPTION = [
  'CRITICAL: The log group of the audit trail received no event for 24 hours',
  '1. Without events, no detection works. Run "npx aws-account-baseline verify" to find the part that is broken: the trail, its delivery role, the key, or the log group.',
  '2. In the CloudTrail console, look in Event history for StopLogging, UpdateTrail, DeleteTrail, PutRolePolicy, DisableKey, and DeleteLogGroup. Find out who called them.',
  '3. Redeploy the Audit stack to restore it, and read what happened meanwhile in Event history.',
  'Right after the first deployment, this can come once: CloudTrail delivers its first events about 5 minutes later.',
].join('\n');

/**
 * The events that a log group receives in an hour. The CDK's own method names another metric.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CloudWatch-Logs-Monitoring-CloudWatch-Metrics.html
 */
export function incomingEvents({ logGroupName }: ILogGroup): Metric {
  return new Metric({
    namespace: 'AWS/Logs',
    metricName: 'IncomingLogEvents',
    dimensionsMap: { LogGroupName: logGroupName },
    statistic: 'Sum',
    period: Duration.hours(1),
  });
}

/**
 * An alarm that notifies the recipients when the log group of the trail received no event for a day. An
 * account in which the baseline is deployed has events every hour: at least those of AWS services.
 */
export class Heartbeat extends Construct {
  constructor(scope: Construct, id: string, { logGroup, topic }: HeartbeatProps) {
    super(scope, id);
    const alarm = new Alarm(this, 'Resource', {
      alarmDescription: DESCRIPTION,
      metric: incomingEvents(logGroup),
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      threshold: 1,
      // Not one period of a day: CloudWatch also reads some periods before those evaluated, and prefers old
      // data to missing data.
      // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
      evaluationPeriods: 24,
      // A log group without events has no data points, and neither has a deleted one.
      treatMissingData: TreatMissingData.BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(topic));
    markPart(alarm, 'heartbeat');
  }
}
