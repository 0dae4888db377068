import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { z } from 'zod';
import type { Clients } from '../clients';

/** The parts of a call in the trail that policies look at. */
const Event = z.object({
  eventSource: z.string(),
  eventName: z.string(),
  eventTime: z.string(),
  awsRegion: z.string(),
  recipientAccountId: z.string(),
  sourceIPAddress: z.string().optional(),
  requestParameters: z.record(z.string(), z.unknown()).nullish(),
  resources: z.array(z.object({ ARN: z.string().optional(), accountId: z.string().optional() })).nullish(),
  userIdentity: z.object({
    type: z.string().optional(),
    arn: z.string().optional(),
    accountId: z.string().optional(),
    userName: z.string().optional(),
    invokedBy: z.string().optional(),
    sessionContext: z
      .object({
        sessionIssuer: z.object({ arn: z.string().optional() }).optional(),
        attributes: z.object({ mfaAuthenticated: z.string().optional() }).optional(),
        assumedRoot: z.union([z.string(), z.boolean()]).optional(),
      })
      .nullish(),
  }),
});

/** A call of the trail. */
export type TrailEvent = z.infer<typeof Event>;

/** What was read of the trail. */
export interface TrailEvents {
  readonly events: number;
  /** Events that are not calls, or that could not be parsed. */
  readonly ignored: number;
  /** Time of the last event that was read, if there are more. @default - all were read */
  readonly readUntil?: Date;
}

/** The most events that CloudWatch Logs returns in a page, besides the limit of 1 MB. */
const PAGE = 10_000;

/**
 * Calls of other accounts than the management account, which no policy limits, that succeeded.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
const patternFor = (managementAccount: string) =>
  `{ ($.recipientAccountId != "${managementAccount}") && ($.eventType = "AwsApiCall") && ($.errorCode NOT EXISTS) }`;

/** Which part of a trail to read. */
export interface TrailRange {
  readonly logGroup: string;
  readonly since: Date;
  readonly managementAccount: string;
  /** The most pages, each of at most 10,000 events or 1 MB. CloudWatch Logs makes no charge for them. */
  readonly mostPages: number;
}

/**
 * Reads the calls of a trail, the oldest first, a page at a time, so that memory does not grow with
 * it.
 *
 * @param take is called for each call
 */
export async function readTrailEvents(
  clients: Clients,
  { logGroup: logGroupName, since, managementAccount, mostPages }: TrailRange,
  take: (event: TrailEvent) => void,
  onPage: (pages: number, events: number) => void = () => undefined,
): Promise<TrailEvents> {
  const logs = clients.get(CloudWatchLogsClient);
  let nextToken: string | undefined;
  let events = 0;
  let ignored = 0;
  let last = since;
  for (let pages = 1; pages <= mostPages; pages += 1) {
    const answer = await logs.send(
      new FilterLogEventsCommand({
        logGroupName,
        startTime: since.valueOf(),
        filterPattern: patternFor(managementAccount),
        limit: PAGE,
        nextToken,
      }),
    );
    for (const { message = '', timestamp } of answer.events ?? []) {
      const event = parsed(message);
      if (event) take(event);
      else ignored += 1;
      events += 1;
      if (timestamp !== undefined) last = new Date(timestamp);
    }
    onPage(pages, events);
    ({ nextToken } = answer);
    if (nextToken === undefined) return { events, ignored };
  }
  return { events, ignored, readUntil: last };
}

function parsed(message: string): TrailEvent | undefined {
  try {
    return Event.parse(JSON.parse(message));
  } catch {
    return undefined;
  }
}
