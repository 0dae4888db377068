import { setTimeout } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import { customResource } from '../functions/custom-resource';
import { tellOfDrift } from './drift';

/** What a setting is, as JSON; null where there is nothing. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

/** A setting of the account, or of each Region, as its API has it. The Region is empty for one of the account. */
export interface Setting {
  /** Whether it is one of the account rather than one of each Region. */
  readonly global?: boolean;
  readonly read: (region: string, account: string) => Promise<Value>;
  /**
   * Sets it. To answer with the value says that it is set although reading may not show it yet; no other answer is
   * looked at.
   */
  readonly write: (value: Value, region: string, account: string, now: Value) => Promise<unknown>;
  /**
   * What it shall be, never weaker than it was before, nor than somebody made it since it was set; undefined where it was not.
   * @default - what the resource asks for
   */
  readonly goal?: (now: Value, former: Value, wanted: Value, set?: Value) => Value;
  /** What may still be read minutes after it was changed: it is set even where it is read, if it is what it shall be. */
  readonly late?: Value;
}

/** Settings, named as the types of their resources are, without `Custom::`. */
export type Settings = Readonly<Record<string, Setting>>;

/** What a resource asks for. */
interface Properties {
  /** The function. */
  readonly ServiceToken: string;
  /** Physical id of the resource that remembers what was there before. */
  readonly Former?: string;
  /** Of that resource: the settings to remember, separated by blanks. */
  readonly Settings?: string;
  /** What a setting shall be, as JSON. */
  readonly Value?: string;
  /** Sets exactly that, even if it is weaker than what was there before. */
  readonly Exactly?: string;
  /** Regions, separated by blanks; all that are enabled where it is absent. */
  readonly Regions?: string;
}

/** Values of settings, by Region and name. */
type States = Readonly<Record<string, Readonly<Record<string, Value>> | undefined>>;

/** Only reads: what there was is its physical id. */
const FORMER = 'Former';

/** Characters of a physical id. */
const LIMIT = 1024;

/**
 * The longest pause before another try, in milliseconds; the pauses before it add up to as much again. The policy of a
 * role that was made a moment ago is not known everywhere yet.
 */
const LONGEST_PAUSE = 16_000;

/** Options of a client: a Region that does not answer is given up before the function's time is over. */
export const CLIENT = { maxAttempts: 2, requestHandler: { connectionTimeout: 3000, socketTimeout: 5000 } };

/** What a schedule asks for: settings as their resources ask for them, but for what was there before. */
export interface Check {
  readonly Check: readonly Pick<Event, 'ResourceType' | 'ResourceProperties'>[];
}

type Event = Pick<
  CloudFormationCustomResourceEvent,
  'RequestType' | 'ResourceType' | 'ResourceProperties'
> & {
  readonly PhysicalResourceId?: string;
  /** Of an Update. */
  readonly OldResourceProperties?: Properties;
};

/**
 * Serves settings as custom resources, in all Regions at once. What was there before is known at every event, even when
 * an earlier call died half-way or came twice, since another resource read it before anything was changed.
 *
 * @param all the settings
 * @param enabledRegions Regions for those that are not of the account; may be left out where all are
 * @param attributes what the resources tell, asked for when the work of one is done
 */
export function settings(
  all: Settings,
  enabledRegions: () => Promise<string[]> = () => Promise.resolve([]),
  attributes?: () => Readonly<Record<string, string>>,
) {
  const work = async (event: Event, account: string, drift: string[]): Promise<string> => {
    const { RequestType, ResourceType, PhysicalResourceId: id } = event;
    const properties: Properties = event.ResourceProperties;
    const { Settings, Value: json = 'null', Exactly } = properties;
    const old = event.OldResourceProperties;
    const type = ResourceType.slice('Custom::'.length);
    const remembers = type === FORMER;
    const removes = RequestType === 'Delete';
    if (id !== undefined && remembers && removes) return id;
    const names = remembers ? (Settings ?? '').split(' ') : [type];
    const former = decode(remembers ? id : properties.Former);
    const regions = names.every((name) => all[name]?.global)
      ? []
      : (properties.Regions?.split(' ') ?? (await patiently(enabledRegions)));
    const wanted = JSON.parse(json) as Value;

    const states = await inEach(['', ...regions], async (region) => {
      // What was remembered stays so when other settings join or leave, and when that is rolled back.
      const values: Record<string, Value> = { ...former[region] };
      for (const name of names) {
        const setting = all[name];
        if (!setting) throw new Error(`there is no setting ${name}`);
        const { global, read, goal } = setting;
        if (!global === !region) continue;
        const before = former[region]?.[name];
        const settle = async (value: (now: Value) => Value): Promise<void> => {
          const was = await set(setting, region, account, value);
          if (was !== undefined) drift.push(`${region || 'account'}: ${name} was ${JSON.stringify(was)}`);
        };
        if (remembers) {
          if (before === undefined) values[name] = await patiently(() => read(region, account));
        } else if (!removes) {
          await settle((now) => {
            if (!goal || Exactly) return wanted;
            const was = before === undefined ? now : before;
            if (!old) return goal(now, was, wanted);
            const former = JSON.parse(old.Value ?? 'null') as Value;
            return goal(now, was, wanted, old.Exactly ? former : goal(now, was, former));
          });
        } else if (before !== undefined) {
          // Where nothing was remembered, in a Region that was enabled later, it stays: it may be somebody's choice.
          await settle(() => before);
        }
      }
      return values;
    });
    // With those of Regions that are left out or disabled for a time.
    return remembers ? encode({ ...former, ...Object.fromEntries(states) }) : (id ?? type);
  };
  const resource = customResource(async (event) => ({
    PhysicalResourceId: await work(event, event.StackId.split(':')[4] ?? '', []),
    Data: attributes?.(),
  }));
  // One expression, of which nothing is left without a topic.
  return process.env['TOPIC']
    ? async (event: CloudFormationCustomResourceEvent | Check, context: Context): Promise<void> => {
        if (!('Check' in event)) return resource(event, context);
        const account = context.invokedFunctionArn.split(':')[4] ?? '';
        const drift: string[] = [];
        // At once: one that waits for a Region must not use up the time of the others.
        const checks = event.Check.map((one) =>
          work({ RequestType: 'Update', ...one }, account, drift).catch((error: unknown) => {
            drift.push(`${one.ResourceType} could not be checked or set: ${String(error)}`);
          }),
        );
        await Promise.all(checks);
        if (drift.length > 0) await tellOfDrift(account, drift);
      }
    : resource;
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
        failed.push(region || 'the account');
        errors.push(error);
        return [];
      }
    }),
  );
  if (failed.length > 0) throw new Error(`${failed.join(' ')}: ${String(errors[0])}`);
  return results.flat();
}

/** Sets what is not right, reads it back, and returns what it was; undefined where it was right. */
async function set(
  { read, write, late }: Setting,
  region: string,
  account: string,
  goal: (now: Value) => Value,
): Promise<Value | undefined> {
  let was: Value | undefined;
  await patiently(async () => {
    const now = await read(region, account);
    const value = goal(now);
    if (value !== late && isDeepStrictEqual(now, value)) return;
    if (was === undefined) was = now;
    if ((await write(value, region, account, now)) === value) return;
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

/** As a physical id: what is the same in many Regions takes little. */
function encode(states: States): string {
  const id = deflateRawSync(JSON.stringify(states)).toString('base64url');
  if (id.length > LIMIT) throw new Error('the Regions differ too much to be remembered');
  return id;
}

function decode(id?: string): States {
  if (id === undefined) return {};
  return JSON.parse(inflateRawSync(Buffer.from(id, 'base64url')).toString()) as States;
}
