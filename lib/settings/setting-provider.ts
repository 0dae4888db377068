import { setTimeout } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import { customResource } from '../functions/custom-resource';
import { MANAGED, type Place, type Setting, type Value } from './setting';
import { deleteRecord, type Owner, readRecord, type SettingRecord, writeRecord } from './setting-record';

/** What a resource asks for, as CloudFormation passes it on. */
export interface Properties {
  /** The function; there is none where a schedule asks. */
  readonly ServiceToken?: string;
  /** What the setting shall be, as JSON. */
  readonly Value?: string;
  /** Sets exactly that, even if it is weaker than the previous value. */
  readonly AllowWeaker?: string;
  /** Regions, separated by blanks; all that are enabled where it is absent. */
  readonly Regions?: string;
}

/** What a resource asks for. */
export type Asked = Pick<Owner, 'value' | 'allowWeaker' | 'regions'>;

/**
 * The longest pause before another try, in milliseconds; the pauses before it add up to as much again. The
 * policy of a role that was made a moment ago is not known everywhere yet.
 */
const LONGEST_PAUSE = 16_000;

/** What serves settings. */
export interface Provider {
  /** Serves the events of resources. */
  readonly handler: (event: CloudFormationCustomResourceEvent, context: Context) => Promise<void>;
  /** Sets one, and remembers what was there before in Regions of which that is not known yet. */
  readonly apply: (
    name: string,
    job: Job,
    asked: Asked,
    record: SettingRecord,
    owners: readonly Owner[],
    last?: Asked,
    onDrift?: (region: string, was: Value) => void,
  ) => Promise<void>;
}

/**
 * Serves settings as custom resources, in all Regions at once. A setting belongs to who set it last: what was
 * there before is remembered outside the resource, before anything is changed, and comes back when the last
 * resource that set it goes.
 *
 * @param all the settings
 * @param clientsFor clients of a Region, or of the home Region where it is empty
 * @param regionsOf Regions for settings of each Region; may be left out where all are of the account
 */
export function settings<C>(
  all: readonly Setting<Value, C>[],
  clientsFor: (region: string) => C,
  regionsOf: (clients: C) => Promise<string[]> = () => Promise.resolve([]),
): Provider {
  const find = (name: string): Setting<Value, C> => {
    const setting = all.find((one) => one.name === name);
    if (!setting) throw new Error(`there is no setting ${name}`);
    return setting;
  };
  const spotsOf = async ({ scope }: Setting<Value, C>, { regions }: Asked, job: Job): Promise<Spot<C>[]> => {
    const names =
      scope === 'account'
        ? ['']
        : (regions?.split(' ') ?? (await patiently(() => regionsOf(clientsFor('')))));
    return names.map((region) => ({ clients: clientsFor(region), place: { ...job, region } }));
  };

  const apply: Provider['apply'] = async (name, job, asked, record, owners, last, onDrift) => {
    const setting = find(name);
    const spots = await spotsOf(setting, asked, job);
    const previous: Record<string, Value> = { ...record.previous };
    await inEach(spots, async (region, { clients, place }) => {
      if (previous[region] !== undefined) return;
      const now = await patiently(() => setting.read(clients, place));
      // Nothing is remembered where an organization manages it: the account can't change it.
      if (now !== undefined) previous[region] = now;
    });
    await remember(name, record, { owners, previous });
    await inEach(spots, async (region, spot) => {
      const was = await set(setting, spot, desired(setting, asked, last, previous[region]));
      if (was !== undefined) onDrift?.(region, was);
    });
  };

  const change = async (event: CloudFormationCustomResourceEvent, job: Job): Promise<void> => {
    const { StackId: stack, LogicalResourceId: id } = event;
    const name = nameOf(event);
    const asked = askedBy(event.ResourceProperties);
    const record = (await patiently(() => readRecord(name))) ?? NOTHING;
    const owners = record.owners.filter((one) => !isPredecessor(one, event));
    if (event.RequestType !== 'Delete') {
      const old = event.RequestType === 'Update' ? askedBy(event.OldResourceProperties) : undefined;
      await apply(name, job, asked, record, [...owners, { stack, id, ...asked }], old ?? owners.at(-1));
      return;
    }
    // One that set nothing has nothing to take back.
    const self = record.owners.find((one) => one.stack === stack && one.id === id);
    if (!self) return;
    const setting = find(name);
    await inEach(await spotsOf(setting, asked, job), async (region, spot) => {
      const before = record.previous[region];
      // A Region of which nothing is remembered was enabled later: it stays as it is, which may be somebody's
      // choice.
      if (before === undefined || ownerOf(region, record.owners) !== self) return;
      const heir = ownerOf(region, owners);
      await set(setting, spot, heir ? desired(setting, heir, asked, before) : () => before);
    });
    if (owners.length > 0) await remember(name, record, { ...record, owners });
    else await patiently(() => deleteRecord(name));
  };

  const handler = customResource(async (event) => {
    const skipped = new Set<string>();
    const skip = (what: string): void => void skipped.add(what);
    await change(event, { accountId: event.StackId.split(':')[4] ?? '', skip });
    const LeftAlone = [...skipped].join('; ') || 'nothing';
    console.log(`left alone: ${LeftAlone}`);
    return {
      PhysicalResourceId: 'PhysicalResourceId' in event ? event.PhysicalResourceId : nameOf(event),
      // An answer has 4,096 bytes; the log has all of it.
      Data: { LeftAlone: LeftAlone.slice(0, 2000) },
    };
  });
  return { handler, apply };
}

/** What is common to the work of one event. */
type Job = Omit<Place, 'region'>;

/** Where a setting is, and what reaches it there. */
interface Spot<C> {
  readonly clients: C;
  readonly place: Place;
}

const NOTHING: SettingRecord = { owners: [], previous: {} };

/** Name of the setting that a resource is for. */
function nameOf({ ResourceType }: CloudFormationCustomResourceEvent): string {
  return ResourceType.slice('Custom::'.length);
}

/** What properties ask for. */
export function askedBy({ Value: json = 'null', AllowWeaker, Regions: regions }: Properties): Asked {
  return { value: JSON.parse(json) as Value, allowWeaker: AllowWeaker ? true : undefined, regions };
}

/** The resource that set it last in a Region. */
function ownerOf(region: string, owners: readonly Owner[]): Owner | undefined {
  return [...owners]
    .reverse()
    .find(({ regions }) => !region || (regions?.split(' ').includes(region) ?? true));
}

/** Whether it is the same resource, or that of a stack that had the same name and so is gone. */
function isPredecessor(owner: Owner, event: CloudFormationCustomResourceEvent): boolean {
  const stackName = (stackId: string) => stackId.split('/')[1];
  return owner.id === event.LogicalResourceId && stackName(owner.stack) === stackName(event.StackId);
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
    const goalOf = (by: Asked, set?: Value): Value =>
      !setting.desired || by.allowWeaker
        ? by.value
        : setting.desired(now, previous === undefined ? now : previous, by.value, set);
    return goalOf(asked, last && goalOf(last));
  };
}

/**
 * Does the work in all places; a failure in one stops no other.
 *
 * @throws {Error} with all that failed in `regions`, and what the first of them said
 */
async function inEach<C>(
  spots: readonly Spot<C>[],
  work: (region: string, spot: Spot<C>) => Promise<void>,
): Promise<void> {
  const failed: string[] = [];
  const errors: unknown[] = [];
  const attempt = async (spot: Spot<C>): Promise<void> => {
    const { region } = spot.place;
    try {
      await work(region, spot);
    } catch (error) {
      console.error(region, error);
      failed.push(region);
      errors.push(error);
    }
  };
  await Promise.all(spots.map(attempt));
  if (failed.length === 0) return;
  const names = failed.map((region) => region || 'the account');
  throw Object.assign(new Error(`${names.join(' ')}: ${String(errors[0])}`), { regions: failed });
}

/** Sets what is not right, reads it back, and returns what it was; undefined where it was right. */
async function set<C>(
  setting: Setting<Value, C>,
  { clients, place }: Spot<C>,
  desiredFrom: (now: Value) => Value,
): Promise<Value | undefined> {
  let was: Value | undefined;
  await patiently(async () => {
    const now = await setting.read(clients, place);
    if (now === undefined) {
      place.skip([place.region, MANAGED].filter(Boolean).join(': '));
      return;
    }
    const value = desiredFrom(now);
    if (value !== setting.staleValue && isDeepStrictEqual(now, value)) return;
    if (was === undefined) was = now;
    if ((await setting.write(clients, value, place, now)) === value) return;
    throw new Error(`${JSON.stringify(now)} instead of ${JSON.stringify(value)}`);
  });
  return was;
}

/** Tries again, at first at once, unless a value is refused. */
export async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let pause = 0; ; pause = pause * 2 || 1000) {
    try {
      return await work();
    } catch (error) {
      if (pause > LONGEST_PAUSE || String(error).startsWith('Validation')) throw error;
      await setTimeout(pause);
    }
  }
}
