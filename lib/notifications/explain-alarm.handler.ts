import { CloudWatchLogs, type MetricFilter } from '@aws-sdk/client-cloudwatch-logs';
import { SNS } from '@aws-sdk/client-sns';
import type { Context, SNSEvent } from 'aws-lambda';
import { titleOf } from '../detections/title';
import { clean, type CloudTrailRecord, explain } from './cloudtrail-event';

//! Events that a message shows in full.
const SHOWN = 20;

//! Time for publishing, in milliseconds: reading ends this long before the function's timeout.
const RESERVE = 15_000;

//! Milliseconds until a second search: an event can be counted some seconds before it can be found.
const PATIENCE = 5000;

//! Bytes of a message for tools; SNS accepts 262,144.
const LIMIT = 250_000;

const topic = process.env['TOPIC'];
const logGroupName = process.env['LOG_GROUP'];

const logs = new CloudWatchLogs({});
const sns = new SNS({});

/**
 * The message of a CloudWatch alarm.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 */
interface Alarm {
  readonly AlarmName: string;
  readonly AlarmDescription: string;
  readonly AWSAccountId: string;
  readonly NewStateValue: string;
  readonly NewStateReason: string;
  readonly Trigger: { readonly MetricName: string; readonly Namespace: string };
}

/** An event, and the id of the detection that found it. */
interface Finding {
  readonly detection: string;
  readonly event: CloudTrailRecord;
}

//! Explains an alarm by the events behind it. If anything fails, it publishes the unmodified alarm.
export async function handler({ Records }: SNSEvent, context: Context): Promise<void> {
  for (const { Sns } of Records) {
    try {
      await explainAlarm(Sns.Message, Date.now() + context.getRemainingTimeInMillis() - RESERVE);
    } catch (error) {
      console.error(error);
      await publish(topic, Sns.Subject, Sns.Message);
    }
  }
}

async function explainAlarm(raw: string, deadline: number): Promise<void> {
  const alarm = JSON.parse(raw) as Alarm;
  //! "CRITICAL: title", then a line for each step.
  const [headline = '', ...steps] = alarm.AlarmDescription.split('\n');
  const [severity, signal] = headline.split(': ');
  //! Undefined if not configured.
  const accountName = process.env['ACCOUNT_NAME'];
  const chatTopic = process.env['CHAT_TOPIC'];
  const tools = process.env['TOOLS'];
  const notifyOnOk = process.env['NOTIFY_ON_OK'];
  const account = accountName ? `${accountName} ${alarm.AWSAccountId}` : alarm.AWSAccountId;
  if (notifyOnOk && alarm.NewStateValue !== 'ALARM') {
    return publish(topic, `[OVER] ${account}: ${signal}`, raw);
  }
  let found = await find(alarm, deadline);
  if (!found.count) {
    await new Promise((resolve) => setTimeout(resolve, PATIENCE));
    found = await find(alarm, deadline);
  }
  const { count, more, detections, findings } = found;
  const titles = detections.map(titleOf);
  const title = titles.length === 1 ? titles[0] : signal;
  const subject = `[${severity}] ${account}: ${title}`;
  const links = titles.map(
    (one) => `Runbook: ${process.env['RUNBOOKS']}alarms.md#${one.toLowerCase().replaceAll(' ', '-')}`,
  );
  const events = [
    count
      ? `${more ? 'At least ' : ''}${count} event(s), newest first`
      : `No event found. The unmodified alarm:\n${raw}`,
    ...findings.flatMap(({ detection, event }, index) => [
      '',
      `${index + 1}. ${titleOf(detection)}`,
      ...explain(event, process.env['CONSOLE'], process.env['ROOT_TASKS']),
    ]),
    ...(count > SHOWN ? ['', `${count - SHOWN} more in log group ${logGroupName}`] : []),
  ].join('\n');
  const todo = steps.map((step, index) => `${index + 1}. ${step}`);
  const text = [`${severity}: ${title}`, `Account ${account}`, '', ...todo, ...links, '', events].join('\n');
  const report = { severity, title, account: alarm.AWSAccountId, alarm, count, findings };
  await (tools ? publish(topic, subject, forTools(text, report), 'json') : publish(topic, subject, text));
  if (chatTopic) {
    //! https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html
    const content = {
      textType: 'client-markdown',
      title: subject,
      //! A code block: nothing in it is a link or a mention.
      description: `\`\`\`${events.slice(0, 2500)}\`\`\``,
      nextSteps: [...steps, ...links],
    };
    await publish(chatTopic, subject, JSON.stringify({ version: '1.0', source: 'custom', content }));
  }
}

//! Reads the events since the alarm's period began, with the deployed filters behind its metric.
async function find({ NewStateReason, Trigger }: Alarm, deadline: number) {
  //! Start of the period that triggered the alarm, as in "[1.0 (24/11/26 08:00:00)]".
  const [, day, month, year, time] = /(\d\d)\/(\d\d)\/(\d\d) ([\d:]+)/.exec(NewStateReason) as string[];
  const startTime = Date.parse(`20${year}-${month}-${day}T${time}Z`);
  //! The last detection that found an event, by its ID.
  const seen = new Map<string, string>();
  let newest: { id: string; time: number; message: string }[] = [];
  let more = false;
  for (const { filterName = '', filterPattern } of await filtersBehind(Trigger)) {
    //! CloudFormation names a filter "PREFIX-Alarms-AlarmsOn", id, maybe a hash, and a suffix.
    // It never shortens the name: stack name and logical ID are shorter than the 512 characters that a filter
    // name can have.
    const detection = clean(/On([A-Z][A-Za-z]*?)([\dA-F]{8})?-\w+$/.exec(filterName)?.[1] ?? filterName);
    let nextToken: string | undefined;
    do {
      const page = await logs.filterLogEvents({ logGroupName, filterPattern, startTime, nextToken });
      for (const { eventId: id = '', timestamp = 0, message = '' } of page.events ?? []) {
        if (!seen.has(id)) newest.unshift({ id, time: timestamp, message });
        seen.set(id, detection);
      }
      //! Sorting is stable, so the last of a delivery comes first. The rest is only counted: an event can
      //! have 256 KB.
      newest = newest.sort((one, other) => other.time - one.time).slice(0, SHOWN);
      ({ nextToken } = page);
      more ||= Boolean(nextToken) && Date.now() > deadline;
    } while (nextToken && !more);
  }
  const findings = newest.map(({ id, message }): Finding => ({
    detection: String(seen.get(id)),
    event: parse(message),
  }));
  return { count: seen.size, more, detections: [...new Set(seen.values())], findings };
}

//! CloudWatch Logs can list filters by metric or by log group; the role may only do the second.
async function filtersBehind({ MetricName, Namespace }: Alarm['Trigger']): Promise<MetricFilter[]> {
  const filters: MetricFilter[] = [];
  let nextToken: string | undefined;
  do {
    const page = await logs.describeMetricFilters({ logGroupName, nextToken });
    filters.push(...(page.metricFilters ?? []));
    ({ nextToken } = page);
  } while (nextToken);
  const behind = filters.filter(
    ({ metricTransformations: [metric] = [] }) =>
      metric?.metricName === MetricName && metric.metricNamespace === Namespace,
  );
  //! A detection with more weight is more specific, and the last one that finds an event gives it its title.
  const weight = ({ metricTransformations: [metric] = [] }: MetricFilter) => Number(metric?.metricValue);
  return behind.sort((one, other) => weight(one) - weight(other));
}

function parse(message: string): CloudTrailRecord {
  try {
    return Object(JSON.parse(message)) as CloudTrailRecord;
  } catch {
    //! Not a CloudTrail record.
    return { eventName: message };
  }
}

//! Text for e-mail; for HTTPS endpoints, JSON with as many events as fit: 20 events can have 5 MB.
function forTools(text: string, report: { readonly findings: Finding[] } & Record<string, unknown>): string {
  let fitting = '';
  for (let shown = 0; shown <= report.findings.length; shown++) {
    const findings = report.findings.slice(0, shown);
    const message = JSON.stringify({ default: text, https: JSON.stringify({ ...report, findings }) });
    if (shown && Buffer.byteLength(message) > LIMIT) break;
    fitting = message;
  }
  return fitting;
}

async function publish(
  TopicArn: string | undefined,
  subject: string | null | undefined,
  Message: string,
  MessageStructure?: 'json',
) {
  //! SNS accepts 100 ASCII characters.
  const Subject = clean(subject?.replace(/[^ -~]/g, '?'), 100) || undefined;
  await sns.publish({ TopicArn, Subject, Message, MessageStructure });
}
