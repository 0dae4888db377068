import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import type { CheckDetail } from './daily-check';
import { putCheckEvents } from './put-check-events';
import { patiently, type Provider } from './setting-provider';
import { readRecord, type SettingRecord } from './setting-record';

/**
 * Event of the schedule: names of settings. It has no values, because others may be able to invoke the
 * function: the check reapplies what the resource that set it last asked for.
 */
export interface CheckEvent {
  readonly Check: readonly string[];
  /** ARN of the stack that the function belongs to. */
  readonly Stack?: string;
}

/** Also handles the schedule: reapplies settings that have changed, and puts an event for each of them. */
export function withDailyCheck({ names, handler, apply }: Provider) {
  return async (event: CloudFormationCustomResourceEvent | CheckEvent, context: Context): Promise<void> => {
    if (!('Check' in event)) return handler(event, context);
    const accountId = context.invokedFunctionArn.split(':')[4] ?? '';
    const found = [...new Set(event.Check)]
      .filter((name) => names.includes(name))
      .map((setting) => ({ setting, record: patiently(() => readRecord(setting)) }));
    const records = await Promise.allSettled(found.map(({ record }) => record));
    const successor = records
      .map((one) => (one.status === 'fulfilled' ? one.value?.owners.at(-1)?.stack : undefined))
      .find((stack) => replaces(stack, event.Stack));
    if (successor !== undefined) {
      console.log(`not checked: the settings are those of ${successor}`);
      return;
    }
    // In parallel, so that a setting that waits for a Region does not use up the time of the others.
    const details = await Promise.all(found.map((one) => check(one, accountId, apply)));
    await putCheckEvents(details.flat());
  };
}

/** A setting, and its record while it is read. */
interface Found {
  readonly setting: string;
  readonly record: Promise<SettingRecord | undefined>;
}

/**
 * Whether a stack replaces this one, which an account keeps when it moves to another OU. Settings that the
 * new one does not have are then not checked either. Only stacks of StackSets can be kept so.
 */
function replaces(stack: string | undefined, own: string | undefined): boolean {
  const isOfStackSet = (id: string | undefined) => id?.includes(':stack/StackSet-') === true;
  return stack !== own && isOfStackSet(stack) && isOfStackSet(own);
}

/** Reapplies a setting where it has changed, and returns the outcomes; none if nothing had changed. */
async function check(
  { setting, record: reading }: Found,
  accountId: string,
  apply: Provider['apply'],
): Promise<CheckDetail[]> {
  const reapplied: string[] = [];
  const details: CheckDetail[] = [];
  try {
    const record = await reading;
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
