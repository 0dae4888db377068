import {
  CloudWatchLogs,
  paginateDescribeMetricFilters,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';
import { clean, type CloudTrailRecord } from '../../notifications/cloudtrail-event';
import { all, few, type Found, type Week } from './read';

const logGroupName = process.env['LOG_GROUP'];

const logs = new CloudWatchLogs({});

const SIGN_IN = '$.eventName="ConsoleLogin"&&$.responseElements.ConsoleLogin=';

//! Without what anyone who knows the e-mail address can cause: failed sign-ins and recovery requests.
const ROOT =
  '{$.userIdentity.type="Root"&&$.userIdentity.invokedBy NOT EXISTS&&$.eventType!="AwsServiceEvent"&&' +
  '$.eventName!="PasswordRecoveryRequested"&&($.eventName!="ConsoleLogin"||$.errorMessage NOT EXISTS)}';

/** Sign-ins to the console, and the users and role sessions behind them. */
export async function signIns(week: Week): Promise<Found> {
  const who = new Set<string>();
  const [succeeded, failed] = await Promise.all([
    search(`{${SIGN_IN}"Success"}`, week, ({ userIdentity }) => who.add(clean(userIdentity?.arn, 300))),
    search(`{${SIGN_IN}"Failure"}`, week),
  ]);
  return { text: `${succeeded} (users and role sessions: ${who.size}); failed: ${failed}` };
}

/** Calls and sign-ins of root, by account if the log group has those of an organization. */
export async function rootEvents(week: Week): Promise<Found> {
  const times = new Map<string, number>();
  const count = await search(ROOT, week, ({ recipientAccountId }) => {
    const account = clean(recipientAccountId);
    times.set(account, (times.get(account) ?? 0) + 1);
  });
  if (!process.env['ORGANIZATION'] || !times.size) return { text: count };
  return {
    text: [count, ...few([...times].map(([account, calls]) => `account ${account}: ${calls}`))].join('; '),
  };
}

/** Changes that the detection ChangedByHand counts, with its deployed filter. */
export async function manualChanges(week: Week): Promise<Found> {
  const pages = paginateDescribeMetricFilters({ client: logs }, { logGroupName });
  const filters = await all(pages, (page) => page.metricFilters);
  //! CloudFormation names a filter by its logical ID, with or without the stack's name, and a suffix.
  const filter = filters.find(({ filterName = '' }) => /OnChangedByHand-\w+$/.test(filterName));
  const pattern = filter?.filterPattern;
  return { text: pattern ? await search(pattern, week) : 'not counted: no filter ChangedByHand' };
}

//! Counts the events of the week that match, until the time is up.
async function search(
  filterPattern: string,
  { start, end, deadline }: Week,
  visit?: (event: CloudTrailRecord) => unknown,
): Promise<string> {
  let count = 0;
  const query = { logGroupName, filterPattern, startTime: Number(start), endTime: Number(end) };
  for await (const { events = [], nextToken } of paginateFilterLogEvents({ client: logs }, query)) {
    count += events.length;
    for (const { message = '' } of visit ? events : []) visit?.(JSON.parse(message) as CloudTrailRecord);
    if (nextToken && Date.now() > deadline) return `at least ${count}`;
  }
  return String(count);
}
