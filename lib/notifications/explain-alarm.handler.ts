import {
  CloudWatchLogsClient,
  type MetricFilter,
  paginateDescribeMetricFilters,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';
import { SNS } from '@aws-sdk/client-sns';
import { hash } from 'node:crypto';
import type { Context, SNSEvent } from 'aws-lambda';
import { titleOf } from '../detections/title';
import { membersIn } from './account-names';
import { advise } from './caller';
import { clean, type CloudTrailRecord } from './cloudtrail-event';
import { explain } from './explain-event';

/** Events that a message shows in full. */
const SHOWN = 20;

/** Milliseconds for publishing: reading ends this long before the timeout of the function. */
const RESERVE = 15_000;

/** Milliseconds until a second search: an event can be counted some seconds before it can be found. */
const PATIENCE = 5000;

/** Milliseconds from the end of a period until CloudWatch has evaluated it. */
const SETTLING = 180_000;

/** Milliseconds from an event to its delivery: at most 15 minutes, except in an outage. */
const LATE = 3_600_000;

/** Bytes of a message for tools. SNS accepts 262,144. */
const LIMIT = 250_000;

/** What recipients get for an alarm whose events are unknown. */
const FIELDS = 'AlarmName AlarmArn AlarmDescription NewStateValue NewStateReason StateChangeTime'.split(' ');

const UNKNOWN =
  'It is not from an alarm of the baseline.\nNow: Read it in the log of the function, and find out who sent it.';

const topic = process.env['TOPIC'];
const logGroupName = process.env['LOG_GROUP'];

const client = new CloudWatchLogsClient({});
const sns = new SNS({});

/**
 * The message of a CloudWatch alarm.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 */
interface Alarm {
  readonly AlarmName: string;
  readonly AlarmArn: string;
  readonly AlarmDescription: string;
  readonly NewStateValue: string;
  readonly NewStateReason: string;
  readonly StateChangeTime: string;
  readonly Trigger: { readonly MetricName: string; readonly Namespace: string; readonly Period: number };
}

/** An event, and the id of the detection that found it. */
interface Finding {
  readonly detection: string;
  readonly event: CloudTrailRecord;
}

//! Explains an alarm by the events behind it. If anything fails, it publishes the alarm without them.
export async function handler({ Records }: SNSEvent, context: Context): Promise<void> {
  for (const { Sns } of Records) {
    const alarm = read(Sns.Message);
    if (!alarm) {
      // Logged, but not shown: its sender chose the text.
      console.error(JSON.stringify(Sns.Message));
      await publish(topic, '[UNKNOWN] Message to the alarm topic', UNKNOWN);
      continue;
    }
    try {
      await explainAlarm(alarm, Date.now() + context.getRemainingTimeInMillis() - RESERVE);
    } catch (error) {
      console.error(error);
      const now = `Read the events in log group ${logGroupName}, then follow AlarmDescription.`;
      await publish(topic, `ALARM: ${alarm.AlarmName}`, unmodified(alarm, now));
    }
  }
}

//! Returns the alarm if it is one of ours, with clean texts: who can set its state chooses the reason.
function read(message: string): Alarm | undefined {
  try {
    const alarm = JSON.parse(message, (key, value: unknown) => {
      if (typeof value !== 'string') return value;
      // A description has at most 1,024 characters.
      const lines = key === 'AlarmDescription' ? value.slice(0, 1024).split('\n') : [value];
      return lines.map((line) => clean(line, 300)).join('\n');
    }) as Alarm & Readonly<Record<string, unknown>>;
    return FIELDS.every((field) => typeof (alarm[field] ?? '') === 'string') &&
      alarm.AlarmArn.startsWith(String(process.env['ALARMS']))
      ? alarm
      : undefined;
  } catch {
    return undefined;
  }
}

// Returns the alarm as JSON, and what to do at once as the last field.
function unmodified(alarm: Alarm, Now?: string): string {
  return JSON.stringify({ ...alarm, Now }, [...FIELDS, 'Now'], 1);
}

async function explainAlarm(alarm: Alarm, deadline: number): Promise<void> {
  // "CRITICAL: title", then a line for each step.
  const [headline = '', ...lines] = alarm.AlarmDescription.split('\n');
  const [severity, signal] = headline.split(': ');
  // The only link that a step has.
  const steps = lines.map((step) => step.replace('https aws[.]amazon[.]com/', 'https://aws.amazon.com/'));
  const [, , , , id = ''] = alarm.AlarmArn.split(':');
  let account = [process.env['ACCOUNT_NAME'], id].filter(Boolean).join(' ');
  if (alarm.NewStateValue !== 'ALARM') {
    return publish(topic, `[OVER] ${account}: ${signal}`, unmodified(alarm, 'Check that someone responded.'));
  }
  const raw = unmodified(alarm);
  let found = await find(alarm, deadline);
  if (!found.count) {
    await new Promise((resolve) => setTimeout(resolve, PATIENCE));
    found = await find(alarm, deadline);
  }
  const { count, more, detections, findings } = found;
  let named = (text: string) => text;
  if (process.env['ORGANIZATION']) {
    [account, named] = await membersIn(findings, account, id);
  }
  const titles = detections.map(titleOf);
  const title = titles.length === 1 ? titles[0] : signal;
  const subject = `[${severity}] ${account}: ${title}`;
  const links = titles.map(
    (one) => `Runbook: ${process.env['RUNBOOKS']}alarms.md#${one.toLowerCase().replaceAll(' ', '-')}`,
  );
  const events = [
    ...(alarm.NewStateReason.startsWith('Threshold Crossed: ')
      ? []
      : [`Someone set the state of the alarm. Their reason: ${alarm.NewStateReason}`, '']),
    count
      ? `${more ? 'At least ' : ''}${count} event${count === 1 ? '' : 's, the newest of each kind first'}`
      : `No event found. The alarm:\n${raw}`,
    ...findings.flatMap(({ detection, event }, index) => [
      '',
      `${index + 1}. ${titleOf(detection)}`,
      ...explain(event, id, process.env['CONSOLE'], process.env['ROOT_TASKS']).map(named),
    ]),
    ...(count > SHOWN ? ['', `${count - SHOWN} more in log group ${logGroupName}`] : []),
  ].join('\n');
  const todo = steps.map((step, index) => `${index + 1}. ${step}`);
  // By the heaviest event, which is the first.
  const [first] = findings;
  const [step = 'Find out who did this, and whether it was planned.'] = steps;
  const now = first ? advise(first.event, id, step) : step;
  const head = [`${severity}: ${title}`, `Account ${account}`, '', ...todo, ...links];
  const text = [...head, '', events, '', `Now: ${now}`].join('\n');
  const report = { severity, title, account: id, count, findings, now };
  if (process.env['TOOLS']) await publish(topic, subject, forTools(text, raw, report), 'json');
  else await publish(topic, subject, text);
  const next = [...steps, ...links, `Now: ${now}`];
  if (process.env['CHAT_TOPIC'])
    await publish(process.env['CHAT_TOPIC'], subject, forChat(subject, events, next));
}

/** https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html */
function forChat(title: string, events: string, nextSteps: readonly string[]): string {
  const content = {
    textType: 'client-markdown',
    title,
    //! A code block: nothing in it is a link or a mention.
    description: `\`\`\`${events.slice(0, 2500)}\`\`\``,
    nextSteps,
  };
  return JSON.stringify({ version: '1.0', source: 'custom', content });
}

//! Reads the events delivered since the alarm's period began, with the deployed filters behind its metric.
async function find({ StateChangeTime, Trigger }: Alarm, deadline: number) {
  const since = Date.parse(StateChangeTime) - Trigger.Period * 1000 - SETTLING;
  const seen = new Set<string>();
  const detections: string[] = [];
  let shown: { rank: number; detection: string; message: string }[] = [];
  let more = false;
  for (const { filterName = '', filterPattern } of await filtersBehind(Trigger)) {
    // CloudFormation names a filter "PREFIX-Alarms-AlarmsOn", id, maybe a hash, and a suffix.
    // It never shortens the name: stack name and logical ID are shorter than the 512 characters that a filter
    // name can have.
    const detection = clean(/On([A-Z][A-Za-z]*?)([\dA-F]{8})?-\w+$/.exec(filterName)?.[1] ?? filterName);
    let newest: { time: number; message: string }[] = [];
    const query = { logGroupName, filterPattern, startTime: since - LATE };
    for await (const { events = [], nextToken } of paginateFilterLogEvents({ client }, query)) {
      for (const { timestamp = 0, ingestionTime = since, message = '' } of events) {
        if (ingestionTime < since) continue;
        // CloudTrail can deliver an event more than once. By its ID, a forged copy could hide it.
        const copy = hash('sha256', message);
        if (seen.has(copy)) continue;
        seen.add(copy);
        newest.unshift({ time: timestamp, message });
      }
      // Sorting is stable, so the last of a delivery comes first. The rest is only counted.
      newest = newest.sort((one, other) => other.time - one.time).slice(0, SHOWN);
      more ||= Boolean(nextToken) && Date.now() > deadline;
      if (more) break;
    }
    if (newest.length) detections.push(detection);
    // The newest of each detection, heaviest first, then the next of each: no flood hides another kind.
    shown = [...shown, ...newest.map(({ message }, rank) => ({ rank, detection, message }))]
      .sort((one, other) => one.rank - other.rank)
      .slice(0, SHOWN);
  }
  const findings = shown.map(({ detection, message }): Finding => ({ detection, event: parse(message) }));
  return { count: seen.size, more, detections, findings };
}

// CloudWatch Logs can list filters by metric or by log group; the role may only do the second.
async function filtersBehind({ MetricName, Namespace }: Alarm['Trigger']): Promise<MetricFilter[]> {
  const filters: MetricFilter[] = [];
  for await (const { metricFilters = [] } of paginateDescribeMetricFilters({ client }, { logGroupName })) {
    filters.push(...metricFilters);
  }
  // A detection with more weight is more specific, and the first one that finds an event gives it its title.
  return filters
    .map(({ metricTransformations: [metric] = [], ...filter }) => ({ ...filter, ...metric }))
    .filter(({ metricName, metricNamespace }) => metricName === MetricName && metricNamespace === Namespace)
    .sort((one, other) => Number(other.metricValue) - Number(one.metricValue));
}

function parse(message: string): CloudTrailRecord {
  try {
    return Object(JSON.parse(message)) as CloudTrailRecord;
  } catch {
    // Not a CloudTrail record.
    return { eventName: message };
  }
}

// Text for e-mail; for HTTPS endpoints, JSON with the events that fit, and the IDs of the others: 20 events
// can have 5 MB.
function forTools(
  text: string,
  raw: string,
  report: { readonly findings: Finding[] } & Record<string, unknown>,
): string {
  const alarm = JSON.parse(raw) as unknown;
  const findings = report.findings.map(({ detection, event }) => ({
    detection,
    event: { eventID: clean(event.eventID) },
  }));
  const message = () =>
    JSON.stringify({ default: text, https: JSON.stringify({ ...report, findings, alarm }) });
  report.findings.forEach((whole, index) => {
    const [part] = findings.splice(index, 1, whole as (typeof findings)[number]);
    if (part && Buffer.byteLength(message()) > LIMIT) findings[index] = part;
  });
  return message();
}

async function publish(
  TopicArn: string | undefined,
  subject: string,
  Message: string,
  MessageStructure?: 'json',
) {
  // SNS accepts 100 ASCII characters.
  const Subject = subject.replace(/[^ -~]/g, '?').slice(0, 100);
  await sns.publish({ TopicArn, Subject, Message, MessageStructure });
}
