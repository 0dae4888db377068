import { CloudTrail } from '@aws-sdk/client-cloudtrail';
import { CloudWatch, paginateDescribeAlarmHistory, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import { Lambda } from '@aws-sdk/client-lambda';
import { paginateListSubscriptionsByTopic, SNS, type Subscription } from '@aws-sdk/client-sns';
import { clean } from '../../notifications/cloudtrail-event';
import { all, few, type Found, utc, type Week } from './read';

const cloudTrail = new CloudTrail({});
const cloudWatch = new CloudWatch({});
const lambda = new Lambda({});
const sns = new SNS({});

/** Alarms that triggered, and those that cannot notify. */
export async function alarms({ start, end }: Week): Promise<Found> {
  const pages = paginateDescribeAlarms(
    { client: cloudWatch },
    { AlarmNamePrefix: `${process.env['PREFIX']}-` },
  );
  const found = await all(pages, (page) => page.MetricAlarms);
  const triggered: string[] = [];
  const todo: string[] = [];
  for (const { AlarmName, AlarmDescription, ActionsEnabled, StateValue } of found) {
    const week = { AlarmName, HistoryItemType: 'StateUpdate', StartDate: start, EndDate: end } as const;
    const history = await all(
      paginateDescribeAlarmHistory({ client: cloudWatch }, week),
      (page) => page.AlarmHistoryItems,
    );
    const times = history.filter(({ HistorySummary }) => HistorySummary?.endsWith(' to ALARM')).length;
    //! "CRITICAL: title", then a line for each step.
    const title = clean(AlarmDescription?.split('\n')[0]) || clean(AlarmName);
    if (times) triggered.push(`${title} (times: ${times})`);
    if (!ActionsEnabled) todo.push(`CRITICAL: Alarm without actions: ${title}`);
    if (StateValue !== 'OK') todo.push(`HIGH: Alarm in state ${StateValue}: ${title}`);
  }
  const missing = Number(process.env['ALARMS']) - found.length;
  if (missing > 0) todo.push(`CRITICAL: Alarms missing: ${missing}`);
  return { text: [`${triggered.length} of ${found.length}`, ...few(triggered)].join('; '), todo: few(todo) };
}

/** Whether a trail is logging and delivers to the log group. */
export async function trail({ end }: Week): Promise<Found> {
  const { trailList = [] } = await cloudTrail.describeTrails({});
  const found = trailList.find(({ CloudWatchLogsLogGroupArn }) =>
    CloudWatchLogsLogGroupArn?.includes(`:log-group:${process.env['LOG_GROUP']}:`),
  );
  if (!found) return { text: 'none', todo: ['CRITICAL: No trail delivers to the log group'] };
  const status = await cloudTrail.getTrailStatus({ Name: found.TrailARN });
  const last = status.LatestCloudWatchLogsDeliveryTime;
  const error = status.LatestCloudWatchLogsDeliveryError || status.LatestDeliveryError;
  const todo: string[] = [];
  if (!status.IsLogging) todo.push('CRITICAL: The trail is not logging');
  if (process.env['ORGANIZATION'] && !found.IsOrganizationTrail)
    todo.push('CRITICAL: The trail records only this account, not the organization');
  if (error) todo.push(`CRITICAL: The trail cannot deliver: ${clean(error)}`);
  //! AWS services alone cause events every day.
  if (!last || Number(end) - Number(last) > 86_400_000) todo.push('CRITICAL: The log group gets no events');
  return { text: `last delivery to the log group: ${utc(last)}`, todo };
}

/** Whether messages reach the recipients, and alarms the function that explains them. */
export async function subscriptions(): Promise<Found> {
  const topics = ['TOPIC', 'ALARM_TOPIC', 'CHAT_TOPIC'].flatMap((name) => process.env[name] ?? []);
  const lists = topics.map((TopicArn) =>
    all(paginateListSubscriptionsByTopic({ client: sns }, { TopicArn }), (page) => page.Subscriptions),
  );
  const found = (await Promise.all(lists)).flat();
  const todo = (await Promise.all(found.map(faultsOf))).flat();
  const protocols = found.map(({ Protocol }) => clean(Protocol)).sort();
  if (!protocols.includes('lambda')) todo.push('CRITICAL: No function receives the alarms');
  return { text: `${protocols.length} (${protocols.join(', ')})`, todo: few(todo) };
}

async function faultsOf({ SubscriptionArn = '', Endpoint = '', Protocol }: Subscription): Promise<string[]> {
  const name = clean(Endpoint.replace(/^arn:.*:/, ''));
  //! "PendingConfirmation" instead of an ARN.
  if (!SubscriptionArn.startsWith('arn:')) return [`HIGH: Subscription not confirmed: ${name}`];
  const { Attributes: { FilterPolicy = '{}' } = {} } = await sns.getSubscriptionAttributes({
    SubscriptionArn,
  });
  const faults = ['', '{}'].includes(FilterPolicy)
    ? []
    : [`CRITICAL: A filter policy keeps messages from ${name}`];
  if (Protocol !== 'lambda') return faults;
  const { ReservedConcurrentExecutions } = await lambda.getFunctionConcurrency({ FunctionName: Endpoint });
  return ReservedConcurrentExecutions === 0 ? [...faults, `CRITICAL: Concurrency 0: ${name}`] : faults;
}
