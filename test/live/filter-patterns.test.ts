/**
 * Asks CloudWatch Logs itself whether it takes the patterns and decides as the fixtures say. It needs
 * credentials with
 * `logs:TestMetricFilter`, makes nothing, and costs nothing.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TestMetricFilter.html
 */
import { CloudWatchLogsClient, TestMetricFilterCommand } from '@aws-sdk/client-cloudwatch-logs';
import { deployedFilters } from '../detections/deployed-filters';
import type { Example } from '../detections/events/example';
import { EXAMPLES } from '../detections/examples';
import { SKIPPED } from './setup';

/** Messages that one call takes. */
const BATCH = 50;

jest.setTimeout(60_000);

const reason = process.env[SKIPPED];

if (reason !== undefined) {
  console.warn(`SKIPPED, nothing was checked against AWS: ${reason}`);
  test.skip(`CloudWatch Logs decides as the fixtures say (skipped: ${reason})`, () => undefined);
} else {
  // Every Region answers the same; throttled calls are repeated.
  const logs = new CloudWatchLogsClient({
    region: process.env['AWS_REGION'] ?? 'us-east-1',
    maxAttempts: 10,
  });

  /** Titles of the examples that CloudWatch Logs counts. */
  const counted = async (filterPattern: string, examples: readonly Example[]): Promise<string[]> => {
    const { matches = [] } = await logs.send(
      new TestMetricFilterCommand({
        filterPattern,
        logEventMessages: examples.map(({ event }) => JSON.stringify(event)),
      }),
    );
    const messages = matches.map(({ eventMessage = '' }) => eventMessage);
    // AWS does not say whether its numbers of the events begin at 0 or 1; the ids are unique.
    return examples
      .filter(({ event }) => messages.some((message) => message.includes(String(event.eventID))))
      .map(({ title }) => title);
  };

  describe.each(deployedFilters())('$detection', ({ detection, pattern }) => {
    test.each([
      ['counts every match', EXAMPLES[detection]?.matches ?? [], true],
      ['counts no near miss', EXAMPLES[detection]?.nearMisses ?? [], false],
    ])('%s', async (_, examples, expected) => {
      const titles: string[] = [];
      for (let start = 0; start < examples.length; start += BATCH) {
        titles.push(...(await counted(pattern, examples.slice(start, start + BATCH))));
      }
      expect(titles).toEqual(expected ? examples.map(({ title }) => title) : []);
    });
  });
}
