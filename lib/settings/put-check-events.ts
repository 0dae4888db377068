import { EventBridge } from '@aws-sdk/client-eventbridge';
import { CLIENT } from './client-options';
import { CHECK_SOURCE, type CheckDetail } from './daily-check';

const eventBridge = new EventBridge(CLIENT);

/** Maximum number of entries in one call. */
const BATCH = 10;

/**
 * Puts an event for each setting that was reapplied or could not be checked or reapplied.
 *
 * @throws {Error} if EventBridge rejects any of them
 */
export async function putCheckEvents(details: readonly CheckDetail[]): Promise<void> {
  for (let start = 0; start < details.length; start += BATCH) {
    const { FailedEntryCount = 0, Entries = [] } = await eventBridge.putEvents({
      Entries: details.slice(start, start + BATCH).map((detail) => ({
        Source: CHECK_SOURCE,
        DetailType: detail.setting,
        Detail: JSON.stringify(detail),
        EventBusName: 'default',
      })),
    });
    if (FailedEntryCount > 0) {
      const reasons = Entries.flatMap(({ ErrorCode = [] }) => ErrorCode);
      throw new Error(`EventBridge rejected ${FailedEntryCount} events: ${reasons.join(', ')}`);
    }
  }
}
