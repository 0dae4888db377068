import { setTimeout } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import { customResource } from '../functions/custom-resource';
import type { CheckDetail } from './daily-check';
import { putCheckEvents } from './put-check-events';
import { MANAGED, type Place, type Setting, type Value } from './setting';
import { deleteRecord, type Owner, readRecord, type SettingRecord, writeRecord } from './setting-record';

/** What a resource asks for, as CloudFormation passes it on. */
interface Properties {
  /** The function. */
  readonly ServiceToken: string;
  /** What the setting shall be, as JSON. */
  readonly Value?: string;
  /** Sets exactly that, even if it is weaker than the previous value. */
  readonly AllowWeaker?: string;
  /** Regions, separated by blanks; all that are enabled where it is absent. */
  readonly Regions?: string;
}

/** What a resource asks for. */
type Asked = Pick<Owner, 'value' | 'allowWeaker' | 'regions'>;

/**
 * The longest pause before another try, in milliseconds; the pauses before it add up to as much again. The policy of a
 * role that was made a moment ago is not known everywhere yet.
 */
const LONGEST_PAUSE = 16_000;

/** What a schedule asks for: settings as their resources ask for them. */
export interface Check {
  readonly Check: readonly Pick<CloudFormationCustomResourceEvent, 'ResourceType' | 'ResourceProperties'>[];
}

/**
 * Serves settings as custom resources, in all Regions at once. A setting belongs to who set it last: what was there before
 * is remembered outside the resource, before anything is changed, and comes back when the last resource that set it goes.
 *
 * @param all the settings
 * @param clientsFor clients of a Region, or of the home Region where none is named
 * @param enabledRegions Regions for settings of each Region; may be left out where all are of the account
 */
export function settings<C>(
  all: readonly Setting<Value, C>[],
  clientsFor: (region?: string) => C,
  enabledRegions: (clients: C) => Promise<string[]> = () => Promise.resolve([]),
) {
  const find = (resourceType: string): Setting<Value, C> => {
    const name = resourceType.slice('Custom::'.length);
    const setting = all.find((one) => one.name === name);
    if (!setting) throw new Error(`there is no setting ${name}`);
    return setting;
  };
  const placesOf = async ({ scope }: Setting<Value, C>, { regions }: Asked): Promise<string[]> =>
    scope === 'account'
      ? ['']
      : (regions?.split(' ') ?? (await patiently(() => enabledRegions(clientsFor()))));
  /** Reads and writes of a setting in one place. */
  const at = (setting: Setting<Value, C>, { accountId, skip }: Job, region: string): SettingThere => {
    const clients = clientsFor(region || undefined);
    const place = { region, accountId, skip };
    return {
      region,
      skip,
      read: () => setting.read(clients, place),
      write: (value, now) => setting.write(clients, value, place, now),
      staleValue: setting.staleValue,
    };
  };

  /** Sets it, and remembers what was there before in Regions of which that is not known yet. */
  const apply = async (
    setting: Setting<Value, C>,
    job: Job,
    asked: Asked,
    record: SettingRecord,
    owners: readonly Owner[],
    last?: Asked,
    onDrift: (region: string, was: Value) => void = () => undefined,
  ): Promise<void> => {
    const places = await placesOf(setting, asked);
    const unknown = places.filter((region) => record.previous[region] === undefined);
    const read = await inEach(unknown, (region) => patiently(at(setting, job, region).read));
    const previous: Record<string, Value> = { ...record.previous };
    // Nothing is remembered where an organization manages it: the account can't change it.
    for (const [region, value] of read) if (value !== undefined) previous[region] = value;
    await remember(setting.name, record, { owners, previous });
    await inEach(places, async (region) => {
      const was = await set(at(setting, job, region), desired(setting, asked, last, previous[region]));
      if (was !== undefined) onDrift(region, was);
    });
  };

  const change = async (event: CloudFormationCustomResourceEvent, job: Job): Promise<void> => {
    const setting = find(event.ResourceType);
    const { name } = setting;
    const asked = askedBy(event.ResourceProperties);
    const record = (await patiently(() => readRecord(name))) ?? NOTHING;
    const owners = record.owners.filter((one) => !isPredecessor(one, event));
    if (event.RequestType !== 'Delete') {
      const old = event.RequestType === 'Update' ? askedBy(event.OldResourceProperties) : undefined;
      const self: Owner = { stack: event.StackId, id: event.LogicalResourceId, ...asked };
      await apply(setting, job, asked, record, [...owners, self], old ?? owners.at(-1));
      return;
    }
    // One that set nothing has nothing to take back.
    const self = record.owners.find(
      ({ stack, id }) => stack === event.StackId && id === event.LogicalResourceId,
    );
    if (!self) return;
    await inEach(await placesOf(setting, asked), async (region) => {
      const before = record.previous[region];
      // A Region of which nothing is remembered was enabled later: it stays as it is, which may be somebody's choice.
      if (before === undefined || ownerOf(region, record.owners) !== self) return;
      const heir = ownerOf(region, owners);
      await set(at(setting, job, region), heir ? desired(setting, heir, asked, before) : () => before);
    });
    if (owners.length > 0) await remember(name, record, { ...record, owners });
    else await patiently(() => deleteRecord(name));
  };

  const resource = customResource(async (event) => {
    const skipped = new Set<string>();
    const skip = (what: string): void => void skipped.add(what);
    await change(event, { accountId: event.StackId.split(':')[4] ?? '', skip });
    const LeftAlone = [...skipped].join('; ') || 'nothing';
    console.log(`left alone: ${LeftAlone}`);
    return {
      PhysicalResourceId:
        'PhysicalResourceId' in event ? event.PhysicalResourceId : find(event.ResourceType).name,
      // An answer has 4,096 bytes; the log has all of it.
      Data: { LeftAlone: LeftAlone.slice(0, 2000) },
    };
  });

  /** Reapplies a setting where it has changed, and returns what became of it; nothing where all was well. */
  const check = async (one: Check['Check'][number], job: Job): Promise<CheckDetail[]> => {
    const setting = one.ResourceType.slice('Custom::'.length);
    const reapplied: string[] = [];
    const details: CheckDetail[] = [];
    try {
      const record = await patiently(() => readRecord(setting));
      // Without it the stack is about to go, or somebody deleted the parameter.
      if (!record) throw new Error('nothing is remembered of it; deploy the stack again');
      const asked = askedBy(one.ResourceProperties);
      const { owners } = record;
      await apply(find(one.ResourceType), job, asked, record, owners, owners.at(-1), (region, was) => {
        console.log(`${region || 'account'}: ${setting} was ${JSON.stringify(was)}`);
        reapplied.push(region);
      });
    } catch (error) {
      console.error(`${setting} could not be checked or reapplied:`, error);
      const regions = error instanceof RegionsError ? error.regions : [];
      details.push({ setting, regions: regions.filter(Boolean).sort(), outcome: 'failed' });
    }
    if (reapplied.length === 0) return details;
    return [{ setting, regions: reapplied.filter(Boolean).sort(), outcome: 'reapplied' }, ...details];
  };

  return async (event: CloudFormationCustomResourceEvent | Check, context: Context): Promise<void> => {
    if (!('Check' in event)) return resource(event, context);
    const accountId = context.invokedFunctionArn.split(':')[4] ?? '';
    // At once: one that waits for a Region must not use up the time of the others.
    const details = await Promise.all(
      event.Check.map((one) => check(one, { accountId, skip: () => undefined })),
    );
    await putCheckEvents(details.flat());
  };
}

/** What is common to the work of one event. */
type Job = Omit<Place, 'region'>;

/** A setting in one place. */
interface SettingThere {
  readonly region: string;
  readonly skip: Place['skip'];
  readonly read: () => Promise<Value | undefined>;
  readonly write: (value: Value, now: Value) => Promise<unknown>;
  readonly staleValue: Value | undefined;
}

const NOTHING: SettingRecord = { owners: [], previous: {} };

function askedBy({ Value: json = 'null', AllowWeaker, Regions }: Properties): Asked {
  return {
    value: JSON.parse(json) as Value,
    ...(AllowWeaker ? { allowWeaker: true } : {}),
    ...(Regions === undefined ? {} : { regions: Regions }),
  };
}

/** The resource that set it last in a Region. */
function ownerOf(region: string, owners: readonly Owner[]): Owner | undefined {
  return [...owners]
    .reverse()
    .find(({ regions }) => !region || (regions?.split(' ').includes(region) ?? true));
}

/** Whether it is the same resource, or that of a stack that had the same name and so is gone. */
function isPredecessor(owner: Owner, event: CloudFormationCustomResourceEvent): boolean {
  const nameOf = (stackId: string) => stackId.split('/')[1];
  return owner.id === event.LogicalResourceId && nameOf(owner.stack) === nameOf(event.StackId);
}

/**
 * Remembers it where that is new, and reads it back: the next event must find it, and may come in a second.
 */
async function remember(name: string, old: SettingRecord, next: SettingRecord): Promise<void> {
  // As JSON has it, without what is undefined in an answer of AWS.
  const record = JSON.parse(JSON.stringify(next)) as SettingRecord;
  if (isDeepStrictEqual(old, record)) return;
  await patiently(() => writeRecord(name, record));
  await patiently(async () => {
    if (!isDeepStrictEqual(await readRecord(name), record)) throw new Error(`${name} is not remembered yet`);
  });
}

/** What a setting shall be, from what it is. */
function desired<C>(
  setting: Setting<Value, C>,
  asked: Asked,
  last: Asked | undefined,
  previous?: Value,
): (now: Value) => Value {
  return (now) => {
    if (!setting.desired || asked.allowWeaker) return asked.value;
    const before = previous === undefined ? now : previous;
    if (!last) return setting.desired(now, before, asked.value);
    const set = last.allowWeaker ? last.value : setting.desired(now, before, last.value);
    return setting.desired(now, before, asked.value, set);
  };
}

/** What failed in some places, with what the first of them said. */
class RegionsError extends Error {
  constructor(
    readonly regions: readonly string[],
    first: unknown,
  ) {
    super(`${regions.map((region) => region || 'the account').join(' ')}: ${String(first)}`);
  }
}

/** Does the work in all places; a failure in one stops no other, and all that failed are named. */
async function inEach<T>(
  regions: readonly string[],
  work: (region: string) => Promise<T>,
): Promise<[region: string, result: T][]> {
  const failed: string[] = [];
  const errors: unknown[] = [];
  const results = await Promise.all(
    regions.map(async (region): Promise<[string, T][]> => {
      try {
        return [[region, await work(region)]];
      } catch (error) {
        console.error(region, error);
        failed.push(region);
        errors.push(error);
        return [];
      }
    }),
  );
  if (failed.length > 0) throw new RegionsError(failed, errors[0]);
  return results.flat();
}

/** Sets what is not right, reads it back, and returns what it was; undefined where it was right. */
async function set(
  { region, skip, read, write, staleValue }: SettingThere,
  desiredFrom: (now: Value) => Value,
): Promise<Value | undefined> {
  let was: Value | undefined;
  await patiently(async () => {
    const now = await read();
    if (now === undefined) {
      skip([region, MANAGED].filter(Boolean).join(': '));
      return;
    }
    const value = desiredFrom(now);
    if (value !== staleValue && isDeepStrictEqual(now, value)) return;
    if (was === undefined) was = now;
    if ((await write(value, now)) === value) return;
    throw new Error(`${JSON.stringify(now)} instead of ${JSON.stringify(value)}`);
  });
  return was;
}

/** Tries again, at first at once, unless a value is refused. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let pause = 0; ; pause = pause * 2 || 1000) {
    try {
      return await work();
    } catch (error) {
      if (pause > LONGEST_PAUSE || String(error).startsWith('Validation')) throw error;
      await setTimeout(pause);
    }
  }
}
