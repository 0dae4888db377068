import { isDeepStrictEqual } from 'node:util';
import { DETECTIONS } from '../../../lib/detections/rules';
import type { CloudTrailEvent } from '../../../emulator/metric-filters';
import { week } from '../../../scripts/docs/week';
import { eachOf } from '../../each-of';
import { EXAMPLES } from '../examples';

/** Fields that are not optional. https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html */
const MANDATORY = [
  'eventVersion',
  'userIdentity',
  'eventTime',
  'eventSource',
  'eventName',
  'awsRegion',
  'sourceIPAddress',
  'requestParameters',
  'responseElements',
  'eventID',
  'eventType',
  'eventCategory',
];

const everyday = week().map(({ event }) => event);
const examples = Object.values(EXAMPLES).flatMap(({ matches, nearMisses }) => [...matches, ...nearMisses]);
const records = [...examples.map(({ event }) => event), ...everyday];

test('there are examples for each detection', () => {
  expect(Object.keys(EXAMPLES).sort()).toEqual(DETECTIONS.map(({ id }) => id).sort());
});

eachOf(Object.entries(EXAMPLES), ([id]) => id)(
  'each detection has two matches and two near misses at least, each under a title of its own',
  ([, { matches, nearMisses }]) => {
    for (const list of [matches, nearMisses]) {
      expect(list.length).toBeGreaterThanOrEqual(2);
      expect(new Set(list.map(({ title }) => title)).size).toBe(list.length);
    }
  },
);

const isOfService = (event: CloudTrailEvent) => 'serviceEventDetails' in event;

describe('each record', () => {
  test('has the mandatory fields', () => {
    const missing = records.filter((event) => MANDATORY.some((field) => event[field] === undefined));
    expect(missing).toEqual([]);
  });

  test('carries the id of its request, unless it is of a sign-in page or a service', () => {
    const isRequest = (event: CloudTrailEvent) =>
      event.eventType !== 'AwsConsoleSignIn' && !isOfService(event);
    expect(records.filter((event) => isRequest(event) !== 'requestID' in event)).toEqual([]);
  });

  test('says who acted, when and by which kind of event', () => {
    const isWell = (event: CloudTrailEvent) => {
      const { type = '', invokedBy = '' } = event.userIdentity as { type?: string; invokedBy?: string };
      const who = isOfService(event)
        ? /\.amazonaws\.com$/.test(invokedBy)
        : /^(?:Root|IAMUser|AssumedRole|AWSAccount|AWSService|WebIdentityUser)$/.test(type);
      return (
        who &&
        /^2026-11-2[3-9]T\d\d:\d\d:\d\dZ$/.test(String(event.eventTime)) &&
        /^Aws(?:ApiCall|ConsoleAction|ConsoleSignIn|ServiceEvent)$/.test(String(event.eventType))
      );
    };
    expect(records.filter((event) => !isWell(event))).toEqual([]);
  });

  test('has a UUID of its own', () => {
    const ids = records.map(({ eventID }) => eventID);
    expect(new Set(ids).size).toBe(ids.length);
    const uuid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
    expect(ids.filter((id) => !uuid.test(String(id)))).toEqual([]);
  });

  test('holds nothing that JSON would drop', () => {
    expect(isDeepStrictEqual(JSON.parse(JSON.stringify(records)), records)).toBe(true);
  });

  // Larger ones reach neither CloudWatch Logs nor EventBridge.
  test('is under 256 KB', () => {
    const size = (event: CloudTrailEvent) => Buffer.byteLength(JSON.stringify(event));
    expect(Math.max(...records.map(size))).toBeLessThan(256 * 1024);
  });
});

describe('the week', () => {
  const times = everyday.map(({ eventTime }) => String(eventTime));
  const identities = everyday.map(({ userIdentity }) => userIdentity as Readonly<Record<string, unknown>>);

  test('is the same on each run', () => {
    expect(
      isDeepStrictEqual(
        week().map(({ event }) => event),
        everyday,
      ),
    ).toBe(true);
  });

  test('has thousands of records, in the order of their time', () => {
    expect(everyday.length).toBeGreaterThanOrEqual(3000);
    expect(times).toEqual([...times].sort());
  });

  test('spans each hour of seven days', () => {
    expect(new Set(times.map((time) => time.slice(0, 13))).size).toBe(7 * 24);
  });

  test('goes without root', () => {
    expect(identities.filter(({ type }) => type === 'Root')).toEqual([]);
  });

  test.each([
    ['of each kind', 'eventType', ['AwsApiCall', 'AwsConsoleSignIn', 'AwsServiceEvent']],
    [
      'that fail in several ways',
      'errorCode',
      ['AccessDenied', 'Client.UnauthorizedOperation', 'ExpiredTokenException'],
    ],
    ['of more than one Region', 'awsRegion', ['us-east-1', 'us-west-2']],
    [
      'of services and of people',
      'sourceIPAddress',
      ['config.amazonaws.com', 'AWS Internal', '198.51.100.7'],
    ],
  ])('has records %s', (_, field, values) => {
    expect(everyday.map((event) => event[field])).toEqual(expect.arrayContaining(values));
  });
});
