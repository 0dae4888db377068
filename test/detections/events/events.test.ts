import { DETECTIONS } from '../../../lib/detections/rules';
import type { CloudTrailEvent } from '../../../emulator/metric-filters';
import { everydayAccount } from './everyday';
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

const day = everydayAccount();
const examples = Object.values(EXAMPLES).flatMap(({ matches, nearMisses }) => [...matches, ...nearMisses]);
const records = [...examples.map(({ event }) => event), ...day];

test('there are examples for each detection', () => {
  expect(Object.keys(EXAMPLES).sort()).toEqual(DETECTIONS.map(({ id }) => id).sort());
});

describe.each(Object.entries(EXAMPLES))('%s', (_, { matches, nearMisses }) => {
  test('has two matches and two near misses at least, each under a title of its own', () => {
    for (const list of [matches, nearMisses]) {
      expect(list.length).toBeGreaterThanOrEqual(2);
      expect(new Set(list.map(({ title }) => title)).size).toBe(list.length);
    }
  });
});

describe('each record', () => {
  test('has the mandatory fields', () => {
    const missing = records.filter((event) => MANDATORY.some((field) => event[field] === undefined));
    expect(missing).toEqual([]);
  });

  test('carries the id of its request, unless it is of a sign-in page', () => {
    const isRequest = (event: CloudTrailEvent) => event.eventType !== 'AwsConsoleSignIn';
    expect(records.filter((event) => isRequest(event) !== 'requestID' in event)).toEqual([]);
  });

  test('says who acted, when and by which kind of event', () => {
    for (const event of records) {
      expect(event).toMatchObject({
        eventTime: expect.stringMatching(/^2026-11-24T\d\d:\d\d:\d\dZ$/),
        eventType: expect.stringMatching(/^Aws(?:ApiCall|ConsoleAction|ConsoleSignIn|ServiceEvent)$/),
        userIdentity: { type: expect.stringMatching(/^(?:Root|IAMUser|AssumedRole|AWSService)$/) },
      });
    }
  });

  test('has a UUID of its own', () => {
    const ids = records.map(({ eventID }) => eventID);
    expect(new Set(ids).size).toBe(ids.length);
    const uuid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
    expect(ids.filter((id) => !uuid.test(String(id)))).toEqual([]);
  });

  test('holds nothing that JSON would drop', () => {
    expect(JSON.parse(JSON.stringify(records))).toStrictEqual(records);
  });

  // Larger ones reach neither CloudWatch Logs nor EventBridge.
  test('is under 256 KB', () => {
    const size = (event: CloudTrailEvent) => Buffer.byteLength(JSON.stringify(event));
    expect(Math.max(...records.map(size))).toBeLessThan(256 * 1024);
  });
});

describe('the everyday account', () => {
  const times = day.map(({ eventTime }) => String(eventTime));

  test('is the same on each run', () => {
    expect(everydayAccount()).toEqual(day);
  });

  test('has a few hundred records, in the order of their time', () => {
    expect(day.length).toBeGreaterThanOrEqual(150);
    expect(day.length).toBeLessThanOrEqual(300);
    expect(times).toEqual([...times].sort());
  });

  test('spans 24 hours', () => {
    expect(new Set(times.map((time) => time.slice(0, 13))).size).toBe(24);
  });

  test('goes without root', () => {
    expect(day.filter((event) => JSON.stringify(event.userIdentity).includes('"Root"'))).toEqual([]);
  });
});
