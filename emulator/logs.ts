import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { Emulator } from './emulator';

/**
 * All log events: those of functions, and the events of the trail, if any.
 *
 * @throws {Error} if no function has run
 */
export async function readLogs({ clientConfig }: Emulator): Promise<string[]> {
  const logs = new CloudWatchLogs(clientConfig);
  const { logGroups = [] } = await logs.describeLogGroups({});
  const events = await Promise.all(
    logGroups.map(async ({ logGroupName }) => (await logs.filterLogEvents({ logGroupName })).events ?? []),
  );
  const messages = events.flat().map(({ message = '' }) => message);
  if (!messages.some((message) => message.startsWith('REPORT RequestId')))
    throw new Error('no function has run');
  return messages;
}
