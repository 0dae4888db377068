import type { Template } from 'aws-cdk-lib/assertions';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { DetectionFilters } from '../../lib/detections/detection-filters';
import { SecurityAlarms } from '../../lib/detections/security-alarms';
import type { DeployedAlarm, DeployedFilter } from '../../scripts/docs/noise/alarm-timing';
import { templateOf } from '../synth';
import { BUCKET, LOG_GROUP, PREFIX } from './events/names';
import { ACCOUNT } from './events/record';

interface FilterProperties {
  readonly FilterPattern: string | { readonly 'Fn::Join': readonly [string, readonly unknown[]] };
  readonly MetricTransformations: readonly [{ readonly MetricName: string; readonly MetricValue: string }];
}

interface AlarmProperties {
  readonly MetricName: string;
  readonly Threshold: number;
  readonly Period: number;
}

/** Every detection, deployed with these names. */
function templateWith(prefix: string, logGroup: string): Template {
  return templateOf((scope) => {
    new DetectionFilters(scope, 'AlarmsOn', {
      prefix,
      logGroup: LogGroup.fromLogGroupName(scope, 'LogGroup', logGroup),
      bucket: Bucket.fromBucketName(scope, 'Bucket', BUCKET),
    });
    new SecurityAlarms(scope, 'Alarms', {
      topic: Topic.fromTopicArn(scope, 'Topic', 'arn:aws:sns:us-east-1:123456789012:alarms'),
    });
  });
}

/**
 * The filters of all detections.
 *
 * @param prefix prefix of the suite
 * @param logGroup name of the log group
 */
export function deployedFilters(prefix = PREFIX, logGroup = LOG_GROUP): DeployedFilter[] {
  const filters = properties<FilterProperties>(templateWith(prefix, logGroup), 'AWS::Logs::MetricFilter');
  return filters.map(([logicalId, filter]) => {
    const [{ MetricName: metric, MetricValue }] = filter.MetricTransformations;
    const [, detection = logicalId] = /^AlarmsOn(\w+?)[\dA-F]{8}$/.exec(logicalId) ?? [];
    return { detection, pattern: textOf(filter.FilterPattern), metric, value: Number(MetricValue) };
  });
}

/** The pattern in this account: its ID is all that a pattern refers to. */
function textOf(pattern: FilterProperties['FilterPattern']): string {
  if (typeof pattern === 'string') return pattern;
  return pattern['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : ACCOUNT)).join('');
}

/** The alarms on the metrics of these filters. */
export function deployedAlarms(): DeployedAlarm[] {
  const alarms = properties<AlarmProperties>(templateWith(PREFIX, LOG_GROUP), 'AWS::CloudWatch::Alarm');
  return alarms.map(([, alarm]) => ({
    metric: alarm.MetricName,
    threshold: alarm.Threshold,
    period: alarm.Period,
  }));
}

/** The properties of each resource of this type, by its logical id. */
function properties<T>(template: Template, type: string): [string, T][] {
  // findResources says no more than that they are objects.
  const resources = template.findResources(type) as Record<string, { Properties: T }>;
  return Object.entries(resources).map(([logicalId, { Properties }]) => [logicalId, Properties]);
}
