import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import type { CheckDetail } from './daily-check';
import { putCheckEvents } from './put-check-events';
import { patiently, type Provider } from './setting-provider';
import { readRecord } from './setting-record';

/**
 * Event of the schedule: names of settings. It has no values, because others may be able to invoke the
 * function: the check reapplies what the resource that set it last asked for.
 */
export interface CheckEvent {
  readonly Check: readonly string[];
}

/** Also handles the schedule: reapplies settings that have changed, and puts an event for each of them. */
export function withDailyCheck({ names, handler, apply }: Provider) {
  return async (event: CloudFormationCustomResourceEvent | CheckEvent, context: Context): Promise<void> => {
    if (!('Check' in event)) return handler(event, context);
    const accountId = context.invokedFunctionArn.split(':')[4] ?? '';
    // In parallel, so that a setting that waits for a Region does not use up the time of the others.
    const details = await Promise.all(
      [...new Set(event.Check)]
        .filter((name) => names.includes(name))
        .map((name) => check(name, accountId, apply)),
    );
    await putCheckEvents(details.flat());
  };
}

/** Reapplies a setting where it has changed, and returns the outcomes; none if nothing had changed. */
async function check(setting: string, accountId: string, apply: Provider['apply']): Promise<CheckDetail[]> {
  const reapplied: string[] = [];
  const details: CheckDetail[] = [];
  try {
    const record = await patiently(() => readRecord(setting));
    // There is no record if the stack is being deleted or someone deleted the parameter.
    const owner = record?.owners.at(-1);
    if (!record || !owner) throw new Error('no previous value is stored; redeploy the stack');
    const job = { accountId, skip: () => undefined };
    await apply(setting, job, owner, record, record.owners, owner, (region, was) => {
      console.log(`${region || 'account'}: ${setting} was ${JSON.stringify(was)}`);
      reapplied.push(region);
    });
  } catch (error) {
    console.error(`${setting} could not be checked or reapplied:`, error);
    // The provider adds the Regions that failed.
    const { regions = [] } = error as { readonly regions?: readonly string[] };
    details.push({ setting, regions: regions.filter(Boolean).sort(), outcome: 'failed' });
  }
  if (reapplied.length === 0) return details;
  return [{ setting, regions: reapplied.filter(Boolean).sort(), outcome: 'reapplied' }, ...details];
}
