import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import type { CheckDetail } from './daily-check';
import { putCheckEvents } from './put-check-events';
import { type Asked, askedBy, patiently, type Properties, type Provider } from './setting-provider';
import { readRecord } from './setting-record';

/** Event of the schedule: properties of the resources, by the name of the setting. */
export interface CheckEvent {
  readonly Check: Readonly<Record<string, Properties>>;
}

/** Also handles the schedule: reapplies settings that have changed, and puts an event for each of them. */
export function withDailyCheck({ handler, apply }: Provider) {
  return async (event: CloudFormationCustomResourceEvent | CheckEvent, context: Context): Promise<void> => {
    if (!('Check' in event)) return handler(event, context);
    const accountId = context.invokedFunctionArn.split(':')[4] ?? '';
    // In parallel, so that a setting that waits for a Region does not use up the time of the others.
    const details = await Promise.all(
      Object.entries(event.Check).map(([setting, properties]) =>
        check(setting, askedBy(properties), accountId, apply),
      ),
    );
    await putCheckEvents(details.flat());
  };
}

/** Reapplies a setting where it has changed, and returns the outcomes; none if nothing had changed. */
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
    // There is no record if the stack is being deleted or someone deleted the parameter.
    if (!record) throw new Error('no previous value is stored; redeploy the stack');
    const { owners } = record;
    const job = { accountId, skip: () => undefined };
    await apply(setting, job, asked, record, owners, owners.at(-1), (region, was) => {
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
