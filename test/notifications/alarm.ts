import type { SNSEvent } from 'aws-lambda';
import { SIGNALS } from '../../lib/detections/signals';
import { ACCOUNT } from '../detections/events/record';

/** Start of the period that raised the alarms. */
export const START = Date.UTC(2026, 10, 24, 12);

/**
 * The alarm of a signal as CloudWatch tells it, but for these fields.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 */
export function alarmOf(signalId: string, fields: Readonly<Record<string, unknown>> = {}): string {
  const signal = SIGNALS.find(({ id }) => id === signalId);
  if (!signal) throw new Error(`no signal ${signalId}`);
  const { severity, title, steps, threshold, period } = signal;
  const name = `AccountBaseline-Alarms-Alarms${signalId}-AbCdEf123456`;
  return JSON.stringify({
    AlarmName: name,
    AlarmDescription: [`${severity.toUpperCase()}: ${title}`, ...steps].join('\n'),
    AWSAccountId: ACCOUNT,
    AlarmConfigurationUpdatedTimestamp: '2026-11-20T08:00:00.000+0000',
    NewStateValue: 'ALARM',
    NewStateReason: `Threshold Crossed: 1 out of the last 1 datapoints [${threshold}.0 (24/11/26 12:00:00)] was greater than or equal to the threshold (${threshold}.0) (minimum 1 datapoint for OK -> ALARM transition).`,
    // CloudWatch evaluates a period one to two minutes after its end.
    StateChangeTime: new Date(START + period * 1000 + 101_000).toISOString().replace('Z', '+0000'),
    Region: 'US East (N. Virginia)',
    AlarmArn: `arn:aws:cloudwatch:us-east-1:${ACCOUNT}:alarm:${name}`,
    OldStateValue: 'OK',
    OKActions: [],
    AlarmActions: [`arn:aws:sns:us-east-1:${ACCOUNT}:alarms`],
    InsufficientDataActions: [],
    Trigger: {
      MetricName: signalId,
      Namespace: 'Baseline',
      StatisticType: 'Statistic',
      Statistic: 'SUM',
      Unit: null,
      Dimensions: [],
      Period: period,
      EvaluationPeriods: 1,
      DatapointsToAlarm: null,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: threshold,
      TreatMissingData: 'notBreaching',
      EvaluateLowSampleCountPercentile: '',
    },
    ...fields,
  });
}

/** The event that SNS would call the function with; in it, a message without a subject has null. */
export function notified(Message: string, Subject: string | null): SNSEvent {
  // The rest of the interface is not needed here.
  return { Records: [{ Sns: { Message, Subject } }] } as SNSEvent;
}
