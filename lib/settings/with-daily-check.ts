import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import type { CheckDetail } from './daily-check';
import { putCheckEvents } from './put-check-events';
import { type Asked, askedBy, patiently, type Properties, type Provider } from './setting-provider';
import { readRecord } from './setting-record';

/** What a schedule asks for: properties of the resources, by the names of their settings. */
export interface CheckEvent {
  readonly Check: Readonly<Record<string, Properties>>;
}

/**
 * Serves events of a schedule too: reapplies settings that have changed, and puts an event for each of them.
 */
export function withDailyCheck({ handler, apply }: Provider) {
  return async (event: CloudFormationCustomResourceEvent | CheckEvent, context: Context): Promise<void> => {
    if (!('Check' in event)) return handler(event, context);
    const accountId = context.invokedFunctionArn.split(':')[4] ?? '';
    // At once: one that waits for a Region must not use up the time of the others.
    const details = await Promise.all(
      Object.entries(event.Check).map(([setting, properties]) =>
        check(setting, askedBy(properties), accountId, apply),
      ),
    );
    await putCheckEvents(details.flat());
  };
}

/** Reapplies a setting where it has changed, and returns what became of it; nothing where all was well. */
async function check(
  setting: string,
  asked: Asked,
  accountId: string,
  apply: Provider['apply'],
): Promise<CheckDetail[]> {
  const reapplied: string[] = [];
  const details: CheckDetail[] = [];
  try {
    const record = await patiently(() => readRecord(setting));
    // Without it the stack is about to go, or somebody deleted the parameter.
    if (!record) throw new Error('nothing is remembered of it; deploy the stack again');
    const { owners } = record;
    const job = { accountId, skip: () => undefined };
    await apply(setting, job, asked, record, owners, owners.at(-1), (region, was) => {
      console.log(`${region || 'account'}: ${setting} was ${JSON.stringify(was)}`);
      reapplied.push(region);
    });
  } catch (error) {
    console.error(`${setting} could not be checked or reapplied:`, error);
    // Those that the provider names.
    const { regions = [] } = error as { readonly regions?: readonly string[] };
    details.push({ setting, regions: regions.filter(Boolean).sort(), outcome: 'failed' });
  }
  if (reapplied.length === 0) return details;
  return [{ setting, regions: reapplied.filter(Boolean).sort(), outcome: 'reapplied' }, ...details];
}
