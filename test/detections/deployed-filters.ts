import { baselineTemplate } from '../synth';

/** Names that CloudFormation could give; the fixtures in test/events use them. */
const PREFIX = 'AccountBaseline';
const LOG_GROUP = 'AccountBaseline-Audit-AuditTrailLogGroup-AbCdEf';
const BUCKET = 'accountbaseline-audit-audittrailbucket-abcdef';

/** A metric filter as CloudFormation deploys it. */
export interface DeployedFilter {
  /** Id of the detection. */
  readonly detection: string;
  readonly pattern: string;
  readonly metric: string;
  /** What one event adds to the metric. */
  readonly value: number;
}

/** An alarm as CloudFormation deploys it; it rings at a sum of `threshold` in one period or more. */
export interface DeployedAlarm {
  readonly metric: string;
  readonly threshold: number;
  /** Seconds. */
  readonly period: number;
}

interface FilterProperties {
  readonly FilterPattern: string | { readonly 'Fn::Sub': string };
  readonly MetricTransformations: readonly [{ readonly MetricName: string; readonly MetricValue: string }];
}

interface AlarmProperties {
  readonly MetricName: string;
  readonly Threshold: number;
  readonly Period: number;
}

const template = baselineTemplate();

/**
 * The filters of the default template.
 *
 * @param prefix of the names of the stacks
 * @param logGroup name of the log group
 */
export function deployedFilters(prefix = PREFIX, logGroup = LOG_GROUP): DeployedFilter[] {
  return properties<FilterProperties>('AWS::Logs::MetricFilter').map(([logicalId, filter]) => {
    const [{ MetricName: metric, MetricValue }] = filter.MetricTransformations;
    const text = filter.FilterPattern;
    const pattern = resolve(typeof text === 'string' ? text : text['Fn::Sub'], logGroup).replaceAll(
      PREFIX,
      prefix,
    );
    return { detection: logicalId.replace(/^AlarmsOn/, ''), pattern, metric, value: Number(MetricValue) };
  });
}

/** The alarms on the metrics of these filters. */
export function deployedAlarms(): DeployedAlarm[] {
  return properties<AlarmProperties>('AWS::CloudWatch::Alarm').map(([, alarm]) => ({
    metric: alarm.MetricName,
    threshold: alarm.Threshold,
    period: alarm.Period,
  }));
}

/** @throws {Error} for a reference to anything else than log group and bucket */
function resolve(text: string, logGroup: string): string {
  const names: Record<string, string> = {
    AuditTrailLogGroup: logGroup,
    AuditTrailBucket: BUCKET,
  };
  return text.replace(/\$\{([^}]*)\}/g, (reference, name: string) => {
    const value = names[name];
    if (value === undefined) throw new Error(`no value is known for ${reference}`);
    return value;
  });
}

/** The properties of each resource of this type, by its logical id. */
function properties<T>(type: string): [string, T][] {
  // findResources says no more than that they are objects.
  const resources = template.findResources(type) as Record<string, { Properties: T }>;
  return Object.entries(resources).map(([logicalId, { Properties }]) => [logicalId, Properties]);
}
