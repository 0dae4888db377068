import { setTimeout } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import { customResource } from '../functions/custom-resource';
import { LONGEST_OUTPUT, MANAGED, type Place, type Setting, type Value } from './setting';
import { deleteRecord, type Owner, readRecord, type SettingRecord, writeRecord } from './setting-record';

/** Properties of a resource, as CloudFormation passes them. */
interface Properties {
  /** ARN of the function. */
  readonly ServiceToken?: string;
  /** Desired value of the setting, as JSON. */
  readonly Value?: string;
  /** Sets exactly this value, even if it is weaker than the previous one. */
  readonly AllowWeaker?: string;
  /** Regions, separated by spaces. @default - all enabled Regions */
  readonly Regions?: string;
}

/** What a resource requests. */
type Asked = Pick<Owner, 'value' | 'allowWeaker' | 'regions'>;

/**
 * Longest pause between two attempts, in milliseconds; the pauses before it add up to almost the same.
 * Attempts can fail because the policy of a new role takes a while to propagate.
 */
const LONGEST_PAUSE = 16_000;

/** Applies settings. */
export interface Provider {
  /** Names of the settings. */
  readonly names: readonly string[];
  /** Handles the events of the resources. */
  readonly handler: (event: CloudFormationCustomResourceEvent, context: Context) => Promise<void>;
  /** Applies a setting, and stores the previous values of Regions that have none stored yet. */
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
 * Handles settings as custom resources, in all Regions in parallel. The most recent resource owns a setting.
 * The previous values are stored outside the resource before any change, and restored when the last resource
 * that sets the setting is deleted.
 *
 * @param all the settings
 * @param clientsFor clients of a Region; an empty name means the home Region
 * @param regionsOf names of the Regions; not needed if all settings are account-wide
 */
export function settings<C>(
  all: readonly Setting<Value, C>[],
  clientsFor: (region: string) => C,
  regionsOf: (clients: C) => Promise<string[]> = () => Promise.resolve([]),
): Provider {
  const find = (name: string): Setting<Value, C> => {
    const setting = all.find((one) => one.name === name);
    if (!setting) throw new Error(`unknown setting ${name}`);
    return setting;
  };
  const spotsOf = async (
    { scope }: Setting<Value, C>,
    { regions }: Pick<Asked, 'regions'>,
    job: Job,
  ): Promise<Spot<C>[]> => {
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
      // Nothing is stored if an organization manages the setting, because the account cannot change it.
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
    // A Delete follows a Create that failed, too.
    if (event.RequestType !== 'Delete') find(name);
    const asked = askedBy(event.ResourceProperties);
    const record = (await patiently(() => readRecord(name))) ?? NOTHING;
    const owners = record.owners.filter((one) => !isPredecessor(one, event));
    if (event.RequestType !== 'Delete') {
      const old = event.RequestType === 'Update' ? askedBy(event.OldResourceProperties) : undefined;
      await apply(name, job, asked, record, [...owners, { stack, id, ...asked }], old ?? owners.at(-1));
      return;
    }
    // A resource that set nothing has nothing to restore.
    const self = record.owners.find((one) => one.stack === stack && one.id === id);
    if (!self) return;
    const setting = find(name);
    // Also Regions that were on the list earlier, which the record has.
    const regions = asked.regions && Object.keys(record.previous).join(' ');
    await inEach(await spotsOf(setting, { regions }, job), async (region, spot) => {
      const before = record.previous[region];
      const owner = ownerOf(region, record.owners);
      // A Region without a stored value was enabled later. It is not changed, because its value may be
      // intentional.
      if (before === undefined || (owner ?? owners[0] ?? self) !== self) return;
      const heir = ownerOf(region, owners);
      const done = set(setting, spot, heir ? desired(setting, heir, asked, before) : () => before);
      // The organization may have closed a Region that is not on the list any more.
      await (owner ? done : done.catch(console.error.bind(console, region)));
    });
    if (owners[0]) await remember(name, record, { ...record, owners });
    else await patiently(() => deleteRecord(name));
  };

  const handler = customResource(async (event) => {
    const skipped = new Set<string>();
    const skip = (what: string): void => void skipped.add(what);
    await change(event, { accountId: event.StackId.split(':')[4] ?? '', skip });
    const LeftAlone = [...skipped].join('; ') || 'nothing';
    console.log(`not changed: ${LeftAlone}`);
    // The log has everything.
    return {
      PhysicalResourceId: 'PhysicalResourceId' in event ? event.PhysicalResourceId : nameOf(event),
      Data: { LeftAlone: LeftAlone.slice(0, LONGEST_OUTPUT) },
    };
  });
  return { names: all.map(({ name }) => name), handler, apply };
}

/** The parts of a place that are the same for all Regions of an event. */
type Job = Omit<Place, 'region'>;

/** A place with its clients. */
interface Spot<C> {
  readonly clients: C;
  readonly place: Place;
}

const NOTHING: SettingRecord = { owners: [], previous: {} };

/** Name of the resource's setting. */
function nameOf({ ResourceType }: CloudFormationCustomResourceEvent): string {
  return ResourceType.slice('Custom::'.length);
}

/** The request in the properties of a resource. */
function askedBy({ Value: json = 'null', AllowWeaker, Regions: regions }: Properties): Asked {
  return { value: JSON.parse(json) as Value, allowWeaker: AllowWeaker ? true : undefined, regions };
}

/** The most recent resource that set it in a Region. */
function ownerOf(region: string, owners: readonly Owner[]): Owner | undefined {
  return [...owners]
    .reverse()
    .find(({ regions }) => !region || (regions?.split(' ').includes(region) ?? true));
}

/** Whether the owner is the same resource, or one of a deleted stack that had the same name. */
function isPredecessor(owner: Owner, event: CloudFormationCustomResourceEvent): boolean {
  //! Those of StackSets: StackSet-<name>-<UUID>, each with a new UUID.
  const stackName = (stackId: string) =>
    stackId.split('/')[1]?.replace(/^(StackSet-.*)-\w{8}(-\w{4}){3}-\w{12}$/, '$1');
  return owner.id === event.LogicalResourceId && stackName(owner.stack) === stackName(event.StackId);
}

/** Stores a new record and reads it back: the next event must find it, and can follow within a second. */
async function remember(name: string, old: SettingRecord, next: SettingRecord): Promise<void> {
  // JSON drops undefined fields of AWS responses; without this, the record would never equal the stored one.
  const record = JSON.parse(JSON.stringify(next)) as SettingRecord;
  if (isDeepStrictEqual(old, record)) return;
  await patiently(() => writeRecord(name, record));
  await patiently(async () => {
    if (!isDeepStrictEqual(await readRecord(name), record))
      throw new Error(`the stored record of ${name} is not up to date yet`);
  });
}

/** Returns a function that computes the desired value from the current one. */
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
 * Does the work in all places. A failure in one place does not stop the others.
 *
 * @throws {Error} with the Regions that failed in `regions`, and the first error in its message
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

/** Sets the desired value, reads it back, and returns the old value; undefined if nothing had to change. */
async function set<C>(
  setting: Setting<Value, C>,
  { clients, place }: Spot<C>,
  desiredFrom: (now: Value) => Value,
): Promise<Value | undefined> {
  let was: Value | undefined;
  const skipped = new Set<string>();
  const skip = (what: string): void => {
    skipped.add(what);
    place.skip(what);
  };
  await patiently(async () => {
    const now = await setting.read(clients, place);
    if (now === undefined) {
      place.skip([place.region, MANAGED].filter(Boolean).join(': '));
      return;
    }
    const value = desiredFrom(now);
    if (value !== setting.staleValue && isDeepStrictEqual(now, value)) return;
    if (was === undefined) was = now;
    if ((await setting.write(clients, value, { ...place, skip }, now)) === value) return;
    throw new Error(`value is ${JSON.stringify(now)} instead of ${JSON.stringify(value)}`);
  });
  return skipped.size > 0 ? undefined : was;
}

/** Retries with increasing pauses, the first time immediately, unless the error is a validation error. */
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
