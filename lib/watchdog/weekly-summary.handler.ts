import { SNS } from '@aws-sdk/client-sns';
import type { Context } from 'aws-lambda';
import { clean } from '../notifications/cloudtrail-event';
import { manualChanges, rootEvents, signIns } from './summary/events';
import { credentials, findings, firstPasswords } from './summary/people';
import { type Found, utc, type Week } from './summary/read';
import { alarms, subscriptions, trail } from './summary/safeguards';

//! Milliseconds before the function's timeout at which searches end, and at which every read ends.
const SEARCHES_END = 40_000;
const READS_END = 20_000;

const DAY = 86_400_000;

const READS: Readonly<Record<string, (week: Week) => Promise<Found>>> = {
  'Console sign-ins': signIns,
  'Events of root': rootEvents,
  'Alarms triggered': alarms,
  'Manual changes': manualChanges,
  'Findings of IAM Access Analyzer': findings,
  'Audit trail': trail,
  Subscriptions: subscriptions,
  Credentials: credentials,
  'First-time passwords': firstPasswords,
};

const sns = new SNS({});

//! Publishes what happened in the last seven days, which safeguards work, and what to do.
export async function handler(_event: unknown, context: Context): Promise<void> {
  const end = new Date();
  const start = new Date(Number(end) - 7 * DAY);
  const remaining = context.getRemainingTimeInMillis();
  const week = { start, end, deadline: Number(end) + remaining - SEARCHES_END };
  const late = new Promise<never>((_, reject) => {
    setTimeout(reject, remaining - READS_END, new Error('the time is up')).unref();
  });
  const found = await Promise.all(
    Object.entries(READS).map(async ([name, read]): Promise<Found> => {
      try {
        const { text, todo } = await Promise.race([read(week), late]);
        return { text: `${name}: ${text}`, todo };
      } catch (error) {
        console.error(name, error);
        const text = `${name}: could not be read: ${clean(error instanceof Error ? error.message : error)}`;
        return { text, todo: [`HIGH: Could not be read: ${name}`] };
      }
    }),
  );
  //! CRITICAL, HIGH, MEDIUM: the order of severity is that of the alphabet.
  const todo = found.flatMap((one) => one.todo ?? []).sort();
  const steps = todo.map((step, index) => `${index + 1}. ${step}`);
  const facts = found.map(({ text }) => text);
  const [, , , region, id] = context.invokedFunctionArn.split(':');
  const accountName = process.env['ACCOUNT_NAME'];
  const chatTopic = process.env['CHAT_TOPIC'];
  const account = accountName ? `${accountName} ${id}` : id;
  const Subject = `[WEEKLY] ${account}: ${steps.length} to do`;
  const next = `Next summary: ${utc(nextMonday(end))}. If it does not come, something is broken or was silenced: run "npx aws-account-baseline verify".`;
  const now = `Now: ${steps.length ? 'Start with step 1.' : 'Nothing to do.'}`;
  const Message = [
    `Weekly summary: ${steps.length ? 'to do, the most severe first' : 'nothing to do'}`,
    `Account ${account}, home Region ${region}, ${utc(start)} to ${utc(end)}`,
    ...(process.env['ORGANIZATION'] ? ['Events are those of every account of the organization.'] : []),
    ...['', ...steps, '', ...facts, '', next, '', now],
  ].join('\n');
  await sns.publish({ TopicArn: process.env['TOPIC'], Subject, Message });
  if (!chatTopic) return;
  //! https://docs.aws.amazon.com/chatbot/latest/adminguide/custom-notifs.html
  const content = {
    textType: 'client-markdown',
    title: Subject,
    //! A code block: nothing in it is a link or a mention.
    description: `\`\`\`${[...steps, '', ...facts].join('\n').slice(0, 2500)}\`\`\``,
    nextSteps: [next, now],
  };
  const notice = JSON.stringify({ version: '1.0', source: 'custom', content });
  await sns.publish({ TopicArn: chatTopic, Subject, Message: notice });
}

//! When the schedule is due next: Monday at 07:00 UTC.
function nextMonday(now: Date): Date {
  const due = new Date(now);
  due.setUTCHours(7, 0, 0, 0);
  while (due.getUTCDay() !== 1 || due <= now) due.setUTCDate(due.getUTCDate() + 1);
  return due;
}
