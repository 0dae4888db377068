import { eventMatcher } from '../../../emulator/event-pattern';
import { matcher } from '../../../emulator/filter-pattern';
import type { CloudTrailEvent } from '../../../emulator/metric-filters';
import { titleOf } from '../../../lib/detections/title';
import type { DeployedAccount, DeployedResource } from './deployed';

type Fields = Readonly<Record<string, unknown>>;

/** What happens in the account when somebody makes a call. */
export interface Happening {
  /** The record of CloudTrail. */
  readonly record: CloudTrailEvent;
  /**
   * Events that a service puts on the default bus by itself.
   * @default - none
   */
  readonly serviceEvents?: readonly Fields[];
  /**
   * IDs of the resources that no longer do their part afterwards.
   * @default - none
   */
  readonly breaks?: readonly string[];
}

/** How one way reports a call. */
export type Report =
  /** It reaches the recipients. */
  | { readonly outcome: 'told'; readonly by: readonly string[] }
  /** It would, but needs what the call breaks. */
  | { readonly outcome: 'cut'; readonly by: readonly string[] }
  /** Nothing watches the call, or one such call is too few for the alarm. */
  | { readonly outcome: 'silent' };

/** A path of a message: what reports it, and the resources that carry it. */
interface Route {
  readonly by: string;
  readonly parts: readonly string[];
}

/** Metric filter, alarm, and function. */
export function byAlarm(account: DeployedAccount, happening: Happening): Report {
  const alarms = account.ofType('AWS::CloudWatch::Alarm');
  const routes = account.ofType('AWS::Logs::MetricFilter').flatMap((filter): Route[] => {
    const { FilterPattern, MetricTransformations } = filter.properties as unknown as {
      FilterPattern: string;
      MetricTransformations: [{ MetricName: string; MetricValue: string }];
    };
    if (!matcher(FilterPattern)(happening.record)) return [];
    const [{ MetricName, MetricValue }] = MetricTransformations;
    const alarm = alarms.find(({ properties }) => properties['MetricName'] === MetricName);
    if (!alarm || Number(MetricValue) < Number(alarm.properties['Threshold'])) return [];
    const [topic] = alarm.properties['AlarmActions'] as string[];
    return [
      {
        by: titleOf(filter.id.replace(/^.*\/AlarmsOn/, '')),
        parts: [...trailParts(account), filter.id, alarm.id, ...deliveryParts(account, topic)],
      },
    ];
  });
  return reportOf(routes, happening);
}

/** Event rule. EventBridge gets a record when the call is made, so a stopped trail does not hold it back. */
export function byRule(account: DeployedAccount, { record, serviceEvents = [], breaks }: Happening): Report {
  const region = (record as { readonly awsRegion?: unknown }).awsRegion;
  // A bus gets the events of its Region only.
  const events = [...(region === account.region ? [onBus(record)] : []), ...serviceEvents];
  const routes = account.ofType('AWS::Events::Rule').flatMap((rule): Route[] => {
    const { EventPattern, Targets } = rule.properties as unknown as {
      EventPattern?: Fields;
      Targets: [{ Arn: string }];
    };
    if (!EventPattern || !events.some(eventMatcher(EventPattern))) return [];
    const [{ Arn }] = Targets;
    return [{ by: rule.id.replace(/^.*\/On/, ''), parts: [rule.id, ...deliveryParts(account, Arn)] }];
  });
  return reportOf(routes, { breaks });
}

/**
 * AWS User Notifications of the stack RootNotice, with its own addresses and nothing of the other stacks.
 * @see https://docs.aws.amazon.com/notifications/latest/userguide/what-is-service.html
 */
export function byNotice(account: DeployedAccount, happening: Happening): Report {
  const { record, serviceEvents = [] } = happening;
  const routes = account.ofType('AWS::Notifications::EventRule').flatMap((rule): Route[] => {
    const {
      EventPattern = '{}',
      EventType,
      Source,
      Regions,
    } = rule.properties as unknown as {
      EventPattern?: string;
      EventType: string;
      Source: string;
      Regions: string[];
    };
    const pattern = { ...(JSON.parse(EventPattern) as Fields), source: [Source], 'detail-type': [EventType] };
    const events = [onBus(record), ...serviceEvents].filter(({ region }) => Regions.includes(String(region)));
    return events.some(eventMatcher(pattern)) ? [{ by: rule.id.replace(/^.*\//, ''), parts: [rule.id] }] : [];
  });
  return reportOf(routes, happening);
}

/** Whether the weekly summary stays away after a call; undefined if the configuration has none. */
export function summaryIsAbsent(account: DeployedAccount, { breaks = [] }: Happening): boolean | undefined {
  const [rule] = account
    .ofType('AWS::Events::Rule')
    .filter(({ id, properties }) => id.startsWith('Summary/') && 'ScheduleExpression' in properties);
  if (!rule) return undefined;
  const own = account.resources.filter(
    ({ id, type }) => /^Summary\//.test(id) && /Function$|Role$|Permission$|Rule$/.test(type),
  );
  const topic = account.get('Alarms/NotificationsTopic');
  const parts = [rule.id, ...own.map(({ id }) => id), ...deliveryParts(account, topic.ref)];
  return breaks.some((part) => parts.includes(part));
}

/** What brings records to the filters. */
function trailParts(account: DeployedAccount): string[] {
  const logGroup = account.get('Audit/AuditTrailLogGroup');
  return [
    ...account.ofType('AWS::CloudTrail::Trail').map(({ id }) => id),
    'Audit/AuditTrailDeliveryRole',
    logGroup.id,
    ...('KmsKeyId' in logGroup.properties ? keyOf(account) : []),
  ];
}

/** What brings a message from a topic to people: through a function, if one is subscribed to it. */
function deliveryParts(account: DeployedAccount, topicArn: string | undefined): string[] {
  const topic = account.ofType('AWS::SNS::Topic').find(({ ref }) => ref === topicArn);
  if (!topic) return [];
  const subscriptions = account
    .ofType('AWS::SNS::Subscription')
    .filter(({ properties }) => properties['TopicArn'] === topicArn);
  const onward = subscriptions.flatMap(({ properties }) => functionParts(account, properties['Endpoint']));
  return [
    topic.id,
    ...('KmsMasterKeyId' in topic.properties ? keyOf(account) : []),
    ...subscriptions.map(({ id }) => id),
    ...onward,
  ];
}

function functionParts(account: DeployedAccount, arn: unknown): string[] {
  const found = account.ofType('AWS::Lambda::Function').find((one) => one.arn === arn);
  if (!found) return [];
  const { Role, Environment } = found.properties as unknown as {
    Role: string;
    Environment: { Variables: { TOPIC?: string } };
  };
  const { TOPIC } = Environment.Variables;
  if (TOPIC === undefined) throw new Error(`${found.id} names no topic of the recipients`);
  const about = (type: string, property: string): DeployedResource[] =>
    account
      .ofType(type)
      .filter(({ properties }) => [found.arn, found.ref].includes(String(properties[property])));
  return [
    found.id,
    ...account
      .ofType('AWS::IAM::Role')
      .filter((role) => role.arn === Role)
      .map(({ id }) => id),
    ...about('AWS::Lambda::Permission', 'FunctionName').map(({ id }) => id),
    ...deliveryParts(account, TOPIC),
  ];
}

const keyOf = (account: DeployedAccount) => account.ofType('AWS::KMS::Key').map(({ id }) => id);

function reportOf(routes: readonly Route[], { breaks = [] }: Pick<Happening, 'breaks'>): Report {
  if (routes.length === 0) return { outcome: 'silent' };
  const whole = routes.filter(({ parts }) => !parts.some((part) => breaks.includes(part)));
  return whole.length > 0
    ? { outcome: 'told', by: whole.map(({ by }) => by) }
    : { outcome: 'cut', by: routes.map(({ by }) => by) };
}

/**
 * A record of CloudTrail as EventBridge gets it.
 * @see https://docs.aws.amazon.com/eventbridge/latest/ref/events-structure.html
 */
export function onBus(record: CloudTrailEvent): Fields {
  const { eventID, eventSource, eventTime, awsRegion } = record as unknown as Readonly<
    Record<string, string>
  >;
  return {
    version: '0',
    id: eventID,
    'detail-type': 'AWS API Call via CloudTrail',
    source: `aws.${(eventSource ?? '').split('.')[0] ?? ''}`,
    account: '123456789012',
    time: eventTime,
    region: awsRegion,
    resources: [],
    detail: record,
  };
}
