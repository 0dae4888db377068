import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { mockClient } from 'aws-sdk-client-mock';
import { Clients } from '../../../lib/posture/clients';
import { readTrailEvents, type TrailEvent } from '../../../lib/posture/organization/trail-events';

const logs = mockClient(CloudWatchLogsClient);
const SINCE = new Date('2026-11-20T00:00:00Z');

/** What policies look at in a call of a role. */
const ROLE: TrailEvent = {
  eventSource: 's3.amazonaws.com',
  eventName: 'GetObject',
  eventTime: '2026-11-24T08:00:00Z',
  awsRegion: 'eu-central-1',
  recipientAccountId: '111111111111',
  sourceIPAddress: '203.0.113.7',
  requestParameters: { bucketName: 'logs', key: 'a' },
  resources: [{ ARN: 'arn:aws:s3:::logs/a', accountId: '111111111111' }],
  userIdentity: {
    type: 'AssumedRole',
    arn: 'arn:aws:sts::111111111111:assumed-role/Deployer/x',
    accountId: '111111111111',
    invokedBy: 'cloudformation.amazonaws.com',
    sessionContext: {
      sessionIssuer: { arn: 'arn:aws:iam::111111111111:role/Deployer' },
      attributes: { mfaAuthenticated: 'false' },
    },
  },
};
const USER: TrailEvent = {
  ...ROLE,
  requestParameters: null,
  resources: null,
  userIdentity: { type: 'IAMUser', userName: 'carol', sessionContext: null },
};
const ROOT: TrailEvent = {
  ...ROLE,
  userIdentity: { type: 'Root', sessionContext: { assumedRoot: true } },
};

async function read(mostPages: number, ...pages: readonly (readonly (object | string)[])[]) {
  logs.reset();
  pages.forEach((page, index) => {
    const NextToken = index === 0 ? undefined : String(index);
    logs.on(FilterLogEventsCommand, NextToken === undefined ? {} : { nextToken: NextToken }).resolves({
      events: page.map((one, second) => ({
        message: typeof one === 'string' ? one : JSON.stringify(one),
        timestamp: SINCE.valueOf() + 1000 * (60 * index + second),
      })),
      nextToken: index + 1 < pages.length ? String(index + 1) : undefined,
    });
  });
  const events: TrailEvent[] = [];
  const progress: number[][] = [];
  const found = await readTrailEvents(
    new Clients({ region: 'eu-central-1' }),
    { logGroup: 'trail', since: SINCE, managementAccount: '123456789012', mostPages },
    (event) => events.push(event),
    (...done) => progress.push(done),
  );
  return { ...found, taken: events, progress };
}

test('calls of users, roles and root have all that policies look at, and nothing else', async () => {
  const { taken } = await read(9, [{ ...ROLE, userAgent: 'aws-cli', eventID: 'x' }, USER, ROOT]);
  expect(taken).toEqual([ROLE, USER, ROOT]);
});

test('what is not a call, or is cut off, is ignored and counted', async () => {
  const { eventName, ...nameless } = ROLE;
  expect(eventName).toBeDefined();
  const { taken, events, ignored } = await read(9, ['{"eventSource":', ROLE, nameless, '']);
  expect({ taken, events, ignored }).toEqual({ taken: [ROLE], events: 4, ignored: 3 });
});

test('pages are read until the last one', async () => {
  const { events, readUntil, progress } = await read(9, [ROLE], [ROLE, ROLE], [ROLE]);
  expect({ events, readUntil, progress }).toEqual({
    events: 4,
    readUntil: undefined,
    progress: [
      [1, 1],
      [2, 3],
      [3, 4],
    ],
  });
  expect(logs.commandCalls(FilterLogEventsCommand)[0]?.args[0].input).toEqual({
    logGroupName: 'trail',
    startTime: SINCE.valueOf(),
    filterPattern:
      '{ ($.recipientAccountId != "123456789012") && ($.eventType = "AwsApiCall") && ($.errorCode NOT EXISTS) }',
    limit: 10_000,
    nextToken: undefined,
  });
});

test('with too many pages, the time of the last event that was read is known', async () => {
  const { events, readUntil } = await read(2, [ROLE], [ROLE, ROLE], [ROLE]);
  expect({ events, readUntil }).toEqual({ events: 3, readUntil: new Date('2026-11-20T00:01:01Z') });
});
