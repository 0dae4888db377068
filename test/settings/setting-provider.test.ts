import { Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { inflateRawSync } from 'node:zlib';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SQS } from '@aws-sdk/client-sqs';
import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { type Check, CLIENT, type Setting, settings, type Value } from '../../lib/settings/setting-provider';
import { CloudFormation, IDS } from '../functions/cloudformation';
import { Resources } from './resources';

jest.mock('node:timers/promises', () => ({ setTimeout: jest.fn(() => Promise.resolve()) }));

/** An error of this name, as the SDK throws it. */
function refusal(name: string, message = 'no'): Error {
  return Object.assign(new Error(message), { name });
}

const THROTTLED = refusal('ThrottlingException', 'Rate exceeded');
const DENIED = refusal('AccessDenied', 'not authorized');
const TIMED_OUT = refusal('TimeoutError', 'Connection timed out after 3000 ms');

/** A made-up account whose Regions have doors and windows, and which has a name. */
class World {
  regions = ['eu-central-1', 'us-east-1', 'ap-south-1'];
  /** State by Region and setting; that of the account is under an empty Region. */
  readonly state: Record<string, Record<string, Value>> = {};
  /** Calls so far: read or write, setting, Region. */
  readonly calls: string[] = [];
  /** How often a write is not seen by those who read. */
  unseen = 0;
  private readonly hidden = new Map<string, { readonly value: Value; times: number }>();
  private readonly faults: { readonly call: string; readonly error?: Error; times: number }[] = [];

  /** Lets calls that begin so fail, or never end where there is no error. */
  fail(call: string, error?: Error, times = Infinity): void {
    this.faults.push({ call, error, times });
  }

  /** Lets a setting read as this, whatever it is. */
  hide(name: string, region: string, value: Value): void {
    this.hidden.set(name + region, { value, times: Infinity });
  }

  /** Everything works again. */
  heal(): void {
    this.faults.length = 0;
  }

  /** The state of one setting, by Region. */
  all(name: string): Record<string, Value | undefined> {
    return Object.fromEntries(this.regions.map((region) => [region, this.state[region]?.[name]]));
  }

  get writes(): string[] {
    return this.calls.filter((call) => call.startsWith('write'));
  }

  setting(name: string, initially: Value): Setting {
    return {
      read: async (region) => {
        await this.called(`read ${name} ${region}`.trim());
        const hidden = this.hidden.get(name + region);
        if (hidden && hidden.times-- > 0) return hidden.value;
        return this.state[region]?.[name] ?? initially;
      },
      write: async (value, region) => {
        await this.called(`write ${name} ${region}`.trim());
        const before = this.state[region]?.[name] ?? initially;
        const hidden = this.hidden.get(name + region);
        if (!hidden?.times) this.hidden.set(name + region, { value: before, times: this.unseen });
        this.state[region] = { ...this.state[region], [name]: value };
      },
    };
  }

  private async called(call: string): Promise<void> {
    this.calls.push(call);
    const fault = this.faults.find((one) => call.startsWith(one.call) && one.times > 0);
    if (!fault) return;
    fault.times -= 1;
    if (fault.error) throw fault.error;
    await new Promise(() => undefined);
  }
}

let world = new World();

/** Lets settings be those of the world of the test. */
function inWorld(name: string, initially: Value): Setting {
  return {
    read: (...args) => world.setting(name, initially).read(...args),
    write: (...args) => world.setting(name, initially).write(...args),
  };
}

const window = inWorld('Window', 'open');

/** The account's name, which is what is asked for; doors, which are shut unless they are bricked up. */
const TABLE = {
  Name: { ...inWorld('Name', null), global: true },
  Door: { ...inWorld('Door', 'open'), goal: (now: Value) => (now === 'bricked up' ? now : 'shut') },
  /** Of which a write says what it will be. */
  Window: {
    ...window,
    write: async (...args: Parameters<Setting['write']>) => {
      await window.write(...args);
      return args[0];
    },
    goal: () => 'shut',
  },
  /** Which may read as open although it was shut a moment ago. */
  Gate: {
    ...inWorld('Gate', 'open'),
    write: async (...args: Parameters<Setting['write']>) => {
      await inWorld('Gate', 'open').write(...args);
      return args[0];
    },
    goal: () => 'shut',
    late: 'open',
  },
  /** At least as many as there were. */
  Locks: {
    ...inWorld('Locks', 1),
    goal: (now: Value, former: Value, wanted: Value, set?: Value) =>
      Math.max(Number(former), Number(wanted), set === undefined || now === set ? 0 : Number(now)),
  },
} satisfies Record<string, Setting>;

const enabledRegions = async () => {
  await world.setting('Regions', null).read('', '');
  return world.regions;
};

const cloudFormation = new CloudFormation();
const resources = new Resources(settings(TABLE, enabledRegions), cloudFormation);
const pause = jest.mocked(setTimeout);

beforeAll(() => cloudFormation.start());
afterAll(() => cloudFormation.stop());

beforeEach(() => {
  cloudFormation.reset();
  pause.mockClear();
  world = new World();
  jest.spyOn(console, 'error').mockReturnValue(undefined);
});

/** What a physical id says, by Region. */
function saidBy(id: string): Record<string, unknown> {
  return JSON.parse(inflateRawSync(Buffer.from(id, 'base64url')).toString()) as Record<string, unknown>;
}

const succeeded = (PhysicalResourceId: string) => ({ ...IDS, Status: 'SUCCESS', PhysicalResourceId });
const failed = (PhysicalResourceId: string, Reason: string) => ({
  ...IDS,
  Status: 'FAILED',
  Reason,
  PhysicalResourceId,
});

describe('what was there before', () => {
  beforeEach(() => {
    world.state['us-east-1'] = { Door: 'shut' };
  });

  test('is the physical id: the account’s settings and those of every Region', async () => {
    const id = await resources.remember('Name Door Window');
    expect(saidBy(id)).toEqual({
      '': { Name: null },
      'eu-central-1': { Door: 'open', Window: 'open' },
      'us-east-1': { Door: 'shut', Window: 'open' },
      'ap-south-1': { Door: 'open', Window: 'open' },
    });
  });

  test('is only read', async () => {
    await resources.remember('Name Door');
    expect(world.calls.sort()).toEqual([
      'read Door ap-south-1',
      'read Door eu-central-1',
      'read Door us-east-1',
      'read Name',
      'read Regions',
    ]);
  });

  test('is read in the Regions that are named, and nobody asks which are enabled', async () => {
    await resources.remember('Door', { Regions: 'us-east-1 eu-west-3' });
    expect(world.calls.sort()).toEqual(['read Door eu-west-3', 'read Door us-east-1']);
  });

  test('needs no Regions when it is all of the account', async () => {
    await resources.remember('Name');
    expect(world.calls).toEqual(['read Name']);
  });

  test('is read again after a failure', async () => {
    world.fail('read Door us-east-1', THROTTLED, 3);
    expect(saidBy(await resources.remember('Door'))).toMatchObject({ 'us-east-1': { Door: 'shut' } });
  });

  test('that can’t be read in one Region fails, and names it', async () => {
    world.fail('read Door us-east-1', DENIED);
    expect(await resources.former('Door')).toEqual(
      failed(IDS.LogicalResourceId, 'Error: us-east-1: AccessDenied: not authorized'),
    );
  });

  test('fits into a physical id for 34 Regions of which each was different', async () => {
    world.regions = REGIONS_34;
    world.regions.forEach((region, index) => {
      world.state[region] = {
        Door: index & 1 ? 'open' : 'shut',
        Window: index & 2 ? 'open' : 'block-all-sharing',
        Locks: index >> 2,
      };
    });
    const id = await resources.remember('Name Door Window Locks');
    expect(new Set(Object.values(saidBy(id)).map((values) => JSON.stringify(values))).size).toBe(35);
    expect(id.length).toBeLessThanOrEqual(1024);
  });

  test('that does not fit fails before anything is changed, and can be removed', async () => {
    world.regions = REGIONS_34;
    // What nothing makes shorter.
    for (const [index, region] of world.regions.entries()) {
      world.state[region] = { Door: Buffer.from(`${Math.sin(index)}${Math.cos(index)}`).toString('base64') };
    }
    const told = await resources.former('Door');
    expect(told).toEqual(
      failed(IDS.LogicalResourceId, 'Error: the Regions differ too much to be remembered'),
    );
    expect(await remove(told.PhysicalResourceId)).toEqual(succeeded(IDS.LogicalResourceId));
    expect(world.writes).toEqual([]);
  });

  test('stays so when a setting joins, of which nothing was changed yet', async () => {
    const id = await resources.remember('Door');
    world.state['us-east-1'] = { Door: 'changed since', Window: 'ajar' };
    world.calls.length = 0;
    const joined = await resources.remember('Door Window', { id });
    expect(saidBy(joined)).toMatchObject({ 'us-east-1': { Door: 'shut', Window: 'ajar' } });
    expect(world.calls.filter((call) => call.includes('Door'))).toEqual([]);
  });

  test('stays so when a setting leaves, and when it comes back', async () => {
    const id = await resources.remember('Door Window');
    world.state['us-east-1'] = { Door: 'changed since', Window: 'changed since' };
    expect(await resources.remember('Door', { id })).toBe(id);
    expect(await resources.remember('Door Window', { id })).toBe(id);
  });

  test('stays so when the setting that joined is rolled back, and joins again', async () => {
    const joined = await resources.remember('Door Window', { id: await resources.remember('Door') });
    const rolledBack = await resources.remember('Door', { id: joined });
    expect(rolledBack).toBe(joined);
    world.state['us-east-1'] = { Window: 'changed since' };
    expect(await resources.remember('Door Window', { id: rolledBack })).toBe(joined);
  });

  test('stays so in a Region that is left out or disabled for a time', async () => {
    const id = await resources.remember('Door', { Regions: 'us-east-1 eu-west-3' });
    const without = await resources.remember('Door', { id, Regions: 'eu-west-3' });
    world.state['us-east-1'] = { Door: 'changed since' };
    expect(await resources.remember('Door', { id: without, Regions: 'us-east-1 eu-west-3' })).toBe(id);
  });

  test('is read in a Region that was enabled since', async () => {
    const id = await resources.remember('Door');
    world.regions = [...world.regions, 'eu-south-2'];
    world.state['eu-south-2'] = { Door: 'ajar' };
    expect(saidBy(await resources.remember('Door', { id }))).toMatchObject({
      'us-east-1': { Door: 'shut' },
      'eu-south-2': { Door: 'ajar' },
    });
  });

  test('is the same when the event comes twice', async () => {
    expect(await resources.remember('Name Door')).toBe(await resources.remember('Name Door'));
  });

  test('is removed without a call', async () => {
    const id = await resources.remember('Name Door');
    world.calls.length = 0;
    expect(await remove(id)).toEqual(succeeded(id));
    expect(world.calls).toEqual([]);
  });

  function remove(physicalId: string) {
    return resources.call({ type: 'Delete', resourceType: 'Custom::Former', physicalId });
  }
});

describe.each(['Create', 'Update'] as const)('%s', (type) => {
  test('sets it in every Region and reads it back', async () => {
    world.regions = ['us-east-1', 'eu-central-1'];
    const Former = await resources.remember('Door');
    world.calls.length = 0;
    expect(await resources.set(type, 'Door', { Former })).toEqual(succeeded('Door'));
    expect(world.all('Door')).toEqual({ 'us-east-1': 'shut', 'eu-central-1': 'shut' });
    expect(world.calls.filter((call) => call.endsWith('us-east-1'))).toEqual([
      'read Door us-east-1',
      'write Door us-east-1',
      'read Door us-east-1',
    ]);
  });

  test('sets what the resource asks for where there is no more to say', async () => {
    expect(await resources.set(type, 'Name', { Value: { first: 'A', age: 1 } })).toEqual(succeeded('Name'));
    expect(world.state['']).toEqual({ Name: { first: 'A', age: 1 } });
  });

  test('writes nothing where it is right or stricter already', async () => {
    world.state['us-east-1'] = { Door: 'shut' };
    world.state['eu-central-1'] = { Door: 'bricked up' };
    await resources.set(type, 'Door', { Former: await resources.remember('Door') });
    expect(world.writes).toEqual(['write Door ap-south-1']);
  });

  test('compares with what was there before, not with what an earlier version of it made', async () => {
    const Former = await resources.remember('Locks');
    await resources.set('Create', 'Locks', { Former, Value: 5 });
    await resources.set(type, 'Locks', { Former, Value: 3 });
    expect(world.all('Locks')).toEqual({ 'eu-central-1': 3, 'us-east-1': 3, 'ap-south-1': 3 });
  });

  test('is never weaker than what was there before', async () => {
    world.state['us-east-1'] = { Locks: 7 };
    await resources.set(type, 'Locks', { Former: await resources.remember('Locks'), Value: 3 });
    expect(world.all('Locks')).toEqual({ 'eu-central-1': 3, 'us-east-1': 7, 'ap-south-1': 3 });
  });

  test('is exactly what is asked for when it says so', async () => {
    world.state['us-east-1'] = { Locks: 7 };
    const Former = await resources.remember('Locks');
    await resources.set(type, 'Locks', { Former, Value: 3, Exactly: 'true' });
    expect(world.all('Locks')).toEqual({ 'eu-central-1': 3, 'us-east-1': 3, 'ap-south-1': 3 });
  });

  test('touches only the Regions that are named', async () => {
    await resources.set(type, 'Door', { Regions: 'us-east-1 eu-west-3' });
    expect(world.writes.sort()).toEqual(['write Door eu-west-3', 'write Door us-east-1']);
    expect(world.calls).not.toContain('read Regions');
  });

  test('does not wait for a value that reads late when the answer says what it will be', async () => {
    world.unseen = Infinity;
    world.regions = ['us-east-1'];
    expect(await resources.set(type, 'Window')).toEqual(succeeded('Window'));
    expect(world.writes).toEqual(['write Window us-east-1']);
  });

  test('waits for a value that reads late and that no answer says', async () => {
    world.unseen = 2;
    expect(await resources.set(type, 'Door')).toEqual(succeeded('Door'));
  });

  test('fails when it still reads otherwise after half a minute', async () => {
    world.unseen = Infinity;
    world.regions = ['us-east-1'];
    world.state['us-east-1'] = { Door: 'ajar' };
    const told = await resources.set(type, 'Door');
    expect(told.Reason).toBe('Error: us-east-1: Error: "ajar" instead of "shut"');
    expect(pauses()).toEqual([0, 1000, 2000, 4000, 8000, 16_000]);
  });

  test('a Region that fails is named, and the others are done', async () => {
    world.fail('write Door us-east-1', DENIED);
    expect(await resources.set(type, 'Door')).toMatchObject({
      Status: 'FAILED',
      Reason: 'Error: us-east-1: AccessDenied: not authorized',
    });
    expect(world.all('Door')).toEqual({ 'eu-central-1': 'shut', 'ap-south-1': 'shut' });
  });

  test('all Regions that fail are named, with what the first of them said', async () => {
    world.fail('read Door us-east-1', TIMED_OUT);
    world.fail('read Door eu-central-1', TIMED_OUT);
    const { Reason } = await resources.set(type, 'Door');
    expect(Reason).toBe('Error: eu-central-1 us-east-1: TimeoutError: Connection timed out after 3000 ms');
  });

  test('an account’s setting that fails is named as such', async () => {
    world.fail('write Name', DENIED);
    const { Reason } = await resources.set(type, 'Name', { Value: 'a' });
    expect(Reason).toBe('Error: the account: AccessDenied: not authorized');
  });

  test('the log says what failed in each Region', async () => {
    world.fail('write Door us-east-1', DENIED);
    await resources.set(type, 'Door');
    expect(jest.mocked(console.error).mock.calls).toContainEqual(['us-east-1', DENIED]);
  });

  test('twice gives the same answer and leaves the same', async () => {
    const Former = await resources.remember('Locks');
    const once = [await resources.set(type, 'Locks', { Former, Value: 3 }), world.all('Locks')];
    const twice = [await resources.set(type, 'Locks', { Former, Value: 3 }), world.all('Locks')];
    expect(twice).toEqual(once);
  });

  test('fails for a setting that there is not', async () => {
    world.regions = ['us-east-1'];
    const { Reason } = await resources.set(type, 'Roof');
    expect(Reason).toBe('Error: the account us-east-1: Error: there is no setting Roof');
  });

  test.each([
    ['what is no JSON', 'bm8', /^Error: /],
    ['the empty text', '', /^Error: /],
    ['the id of a resource that was not made', IDS.LogicalResourceId, /^Error: /],
  ])('changes nothing when what was there before is %s', async (_shows, Former, reason) => {
    const told = await resources.set(type, 'Door', { Former });
    expect(told).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(reason) as string });
    expect(world.calls).toEqual([]);
  });
});

describe('a failure that may pass', () => {
  test.each([
    ['throttling', THROTTLED],
    ['a time-out', TIMED_OUT],
    ['the absent permission of a role that was made a moment ago', DENIED],
  ])('%s is tried again', async (_shows, error) => {
    world.fail('read Regions', error, 2);
    world.fail('read Door us-east-1', error, 2);
    world.fail('write Door eu-central-1', error, 4);
    expect(await resources.set('Create', 'Door')).toEqual(succeeded('Door'));
    expect(world.all('Door')).toEqual({ 'eu-central-1': 'shut', 'us-east-1': 'shut', 'ap-south-1': 'shut' });
  });

  test('is tried again at once first, then after pauses that double, half a minute in all', async () => {
    world.fail('write Name', DENIED);
    const { Reason } = await resources.set('Create', 'Name', { Value: 'a' });
    expect(Reason).toBe('Error: the account: AccessDenied: not authorized');
    expect(pauses()).toEqual([0, 1000, 2000, 4000, 8000, 16_000]);
    expect(world.writes).toHaveLength(7);
  });

  test.each(['ValidationError', 'ValidationException'])(
    'is not %s: that will be refused again',
    async (name) => {
      world.fail('write Name', refusal(name, 'it can not be a'));
      const { Reason } = await resources.set('Create', 'Name', { Value: 'a' });
      expect(Reason).toBe(`Error: the account: ${name}: it can not be a`);
      expect(world.writes).toHaveLength(1);
      expect(pauses()).toEqual([]);
    },
  );

  test('fails the resource when nobody can say which Regions are enabled', async () => {
    world.fail('read Regions', DENIED);
    expect(await resources.set('Create', 'Door')).toMatchObject({ Reason: 'AccessDenied: not authorized' });
    expect(world.writes).toEqual([]);
  });
});

describe('a Region that never answers', () => {
  test.each(['Create', 'Update', 'Delete'] as const)('fails %s in time', async (type) => {
    const Former = await resources.remember('Door');
    await resources.set('Create', 'Door', { Former });
    world.fail('read Door us-east-1');
    expect(await resources.set(type, 'Door', { Former }, 6050)).toMatchObject({
      Status: 'FAILED',
      Reason: 'Error: not done after 0 seconds',
    });
  });

  test('fails what remembers in time', async () => {
    world.fail('read Door us-east-1');
    const change = {
      type: 'Create',
      resourceType: 'Custom::Former',
      properties: { Settings: 'Door' },
    } as const;
    expect(await resources.call(change, 6050)).toMatchObject({ Status: 'FAILED' });
  });
});

describe('a client', () => {
  test('gives a Region up that takes a call and never answers, in five seconds, and tries once more', async () => {
    // Called with its socket below.
    // eslint-disable-next-line @typescript-eslint/unbound-method
    const limit = Socket.prototype.setTimeout;
    // A hundredth of the time, so that nobody waits for it.
    const limits = jest.spyOn(Socket.prototype, 'setTimeout').mockImplementation(function (
      this: Socket,
      milliseconds,
      then,
    ) {
      return limit.call(this, milliseconds / 100, then);
    });
    cloudFormation.reset('ignored', 'ignored');
    const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
    const client = new SQS({ ...CLIENT, region: 'us-east-1', endpoint: cloudFormation.url, credentials });
    await expect(client.listQueues({})).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(limits).toHaveBeenCalledWith(5000, expect.any(Function));
    limits.mockRestore();
    expect(cloudFormation.sent).toBe(2);
  });
});

describe('Delete', () => {
  const BEFORE = { 'eu-central-1': 'open', 'us-east-1': 'ajar', 'ap-south-1': 'shut' };

  /** A stack with doors, and what was there before. */
  async function deployed(): Promise<string> {
    for (const [region, Door] of Object.entries(BEFORE)) world.state[region] = { Door };
    const Former = await resources.remember('Door');
    await resources.set('Create', 'Door', { Former });
    return Former;
  }

  test('restores what was there before, in every Region', async () => {
    const Former = await deployed();
    expect(await resources.set('Delete', 'Door', { Former })).toEqual(succeeded('Door'));
    expect(world.all('Door')).toEqual(BEFORE);
  });

  test('restores it when people changed it since, and when it was weaker', async () => {
    const Former = await deployed();
    world.state['us-east-1'] = { Door: 'bricked up' };
    await resources.set('Delete', 'Door', { Former });
    expect(world.all('Door')).toEqual(BEFORE);
  });

  test('writes nothing where it is as it was', async () => {
    const Former = await deployed();
    world.calls.length = 0;
    await resources.set('Delete', 'Door', { Former });
    await resources.set('Delete', 'Door', { Former });
    expect(world.writes.sort()).toEqual(['write Door eu-central-1', 'write Door us-east-1']);
  });

  test('restores what reads as if it were so already, since that may be late', async () => {
    world.regions = ['us-east-1'];
    const Former = await resources.remember('Gate');
    await resources.set('Create', 'Gate', { Former });
    world.hide('Gate', 'us-east-1', 'open');
    await resources.set('Delete', 'Gate', { Former });
    expect(world.all('Gate')).toEqual({ 'us-east-1': 'open' });
  });

  test('restores that there was nothing', async () => {
    const Former = await resources.remember('Name');
    await resources.set('Create', 'Name', { Former, Value: 'a' });
    await resources.set('Delete', 'Name', { Former });
    expect(world.state['']).toEqual({ Name: null });
  });

  test('leaves a Region as it is that was enabled later', async () => {
    const Former = await deployed();
    world.regions = [...world.regions, 'eu-south-2'];
    await resources.set('Update', 'Door', { Former });
    await resources.set('Delete', 'Door', { Former });
    expect(world.all('Door')).toEqual({ ...BEFORE, 'eu-south-2': 'shut' });
  });

  test('leaves a Region out that was disabled since', async () => {
    const Former = await deployed();
    world.regions = ['eu-central-1', 'ap-south-1'];
    world.fail('read Door us-east-1', refusal('AuthFailure'));
    expect(await resources.set('Delete', 'Door', { Former })).toEqual(succeeded('Door'));
    expect(world.all('Door')).toEqual({ 'eu-central-1': 'open', 'ap-south-1': 'shut' });
  });

  test('restores only the Regions that are named', async () => {
    const Former = await deployed();
    await resources.set('Delete', 'Door', { Former, Regions: 'us-east-1' });
    expect(world.all('Door')).toEqual({
      'eu-central-1': 'shut',
      'us-east-1': 'ajar',
      'ap-south-1': 'shut',
    });
  });

  test('restores all after a Create that failed in one Region', async () => {
    for (const [region, Door] of Object.entries(BEFORE)) world.state[region] = { Door };
    const Former = await resources.remember('Door');
    world.fail('write Door us-east-1', DENIED);
    const { PhysicalResourceId: id } = await resources.set('Create', 'Door', { Former });
    expect(id).toBe(IDS.LogicalResourceId);
    expect(world.all('Door')).not.toEqual(BEFORE);
    world.heal();
    expect(await resources.set('Delete', 'Door', { Former, id })).toEqual(succeeded(id));
    expect(world.all('Door')).toEqual(BEFORE);
  });

  test('needs no permission to write where Create could not: the rollback does not hang', async () => {
    for (const [region, Door] of Object.entries(BEFORE)) world.state[region] = { Door };
    const Former = await resources.remember('Door');
    world.fail('write Door us-east-1', DENIED);
    const { PhysicalResourceId: id } = await resources.set('Create', 'Door', { Former });
    expect(await resources.set('Delete', 'Door', { Former, id })).toEqual(succeeded(id));
    expect(world.all('Door')).toEqual(BEFORE);
  });

  test('restores all after a Create that died half-way, of which nobody heard', async () => {
    for (const [region, Door] of Object.entries(BEFORE)) world.state[region] = { Door };
    const Former = await resources.remember('Door');
    world.fail('read Door us-east-1');
    cloudFormation.reset('broken', 'broken', 'broken');
    await expect(resources.set('Create', 'Door', { Former }, 6050)).rejects.toThrow('fetch failed');
    expect(world.writes).not.toEqual([]);
    world.heal();
    expect(await resources.set('Delete', 'Door', { Former })).toEqual(succeeded('Door'));
    expect(world.all('Door')).toEqual(BEFORE);
  });

  test('names the Region that fails, and the others are restored', async () => {
    const Former = await deployed();
    world.fail('write Door us-east-1', DENIED);
    expect(await resources.set('Delete', 'Door', { Former })).toEqual(
      failed('Door', 'Error: us-east-1: AccessDenied: not authorized'),
    );
    expect(world.all('Door')).toEqual({ ...BEFORE, 'us-east-1': 'shut' });
  });

  test('changes nothing when nobody knows what was there before', async () => {
    await deployed();
    world.calls.length = 0;
    expect(await resources.set('Delete', 'Door')).toEqual(succeeded('Door'));
    expect(world.writes).toEqual([]);
  });

  test('keeps the physical id that it came with', async () => {
    const Former = await resources.remember('Door');
    expect(await resources.set('Delete', 'Door', { Former, id: 'another' })).toEqual(succeeded('another'));
  });
});

describe('an Update for another reason', () => {
  test('keeps what people made stricter since', async () => {
    const Former = await resources.remember('Locks');
    await resources.set('Create', 'Locks', { Former, Value: 3 });
    world.state['us-east-1'] = { Locks: 9 };
    await resources.set('Update', 'Locks', { Former, Value: 3 });
    expect(world.all('Locks')).toEqual({ 'eu-central-1': 3, 'us-east-1': 9, 'ap-south-1': 3 });
  });

  test('takes back what it asked for itself', async () => {
    const Former = await resources.remember('Locks');
    await resources.set('Create', 'Locks', { Former, Value: 5 });
    await resources.set('Update', 'Locks', { Former, Value: 3 });
    expect(world.all('Locks')).toEqual({ 'eu-central-1': 3, 'us-east-1': 3, 'ap-south-1': 3 });
  });

  test('brings back what was there before and people made weaker since', async () => {
    world.state['us-east-1'] = { Locks: 7 };
    const Former = await resources.remember('Locks');
    await resources.set('Create', 'Locks', { Former, Value: 3 });
    world.state['us-east-1'] = { Locks: 1 };
    await resources.set('Update', 'Locks', { Former, Value: 3 });
    expect(world.all('Locks')).toMatchObject({ 'us-east-1': 7 });
  });

  test('leaves the same when it comes twice', async () => {
    const Former = await resources.remember('Locks');
    await resources.set('Create', 'Locks', { Former, Value: 3 });
    for (let times = 0; times < 2; times++) {
      await resources.set('Update', 'Locks', { Former, Value: 5 });
      expect(world.all('Locks')).toMatchObject({ 'us-east-1': 5 });
    }
  });
});

describe('an Update that is rolled back', () => {
  test('leaves what the old properties say', async () => {
    const Former = await resources.remember('Locks');
    await resources.set('Create', 'Locks', { Former, Value: 3 });
    const before = world.all('Locks');
    await resources.set('Update', 'Locks', { Former, Value: 9 });
    await resources.set('Update', 'Locks', { Former, Value: 3 });
    expect(world.all('Locks')).toEqual(before);
  });
});

describe('the daily check', () => {
  const TOPIC = 'arn:aws:sns:eu-central-1:123456789012:people';
  const topic = mockClient(SNSClient);
  const checking = (() => {
    process.env['TOPIC'] = TOPIC;
    const handler = settings(TABLE, enabledRegions);
    delete process.env['TOPIC'];
    return handler;
  })();

  const DOORS = { ResourceType: 'Custom::Door', ResourceProperties: { ServiceToken: '' } };
  const NAME = { ResourceType: 'Custom::Name', ResourceProperties: { ServiceToken: '', Value: '"a"' } };
  const LOCKS = { ResourceType: 'Custom::Locks', ResourceProperties: { ServiceToken: '', Value: '3' } };

  const context = {
    invokedFunctionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:Settings',
    getRemainingTimeInMillis: () => 300_000,
  } as Context;

  beforeEach(() => {
    topic.reset();
    topic.on(PublishCommand).resolves({});
    process.env['TOPIC'] = TOPIC;
  });
  afterEach(() => delete process.env['TOPIC']);

  /** What people are told; undefined if nothing. */
  async function check(...Check: Check['Check']): Promise<string | undefined> {
    // The type of one that has no topic does not know of checks.
    await checking({ Check } as unknown as CloudFormationCustomResourceEvent, context);
    const [published, ...more] = topic.commandCalls(PublishCommand);
    expect(more).toEqual([]);
    return published?.args[0].input.Message;
  }

  /** The lines of a message that differ from one to the next. */
  const lines = (message?: string) => message?.split('\n').slice(5).sort();

  test('says nothing and writes nothing when all is right', async () => {
    for (const region of world.regions) world.state[region] = { Door: 'shut' };
    world.state[''] = { Name: 'a' };
    expect(await check(DOORS, NAME)).toBeUndefined();
    expect(world.writes).toEqual([]);
  });

  test('sets what was changed, and says where and what it was', async () => {
    for (const region of world.regions) world.state[region] = { Door: 'shut' };
    world.state['us-east-1'] = { Door: 'ajar' };
    const message = await check(DOORS, NAME);
    expect(world.all('Door')).toEqual({ 'eu-central-1': 'shut', 'us-east-1': 'shut', 'ap-south-1': 'shut' });
    expect(world.state['']).toEqual({ Name: 'a' });
    expect(lines(message)).toEqual(['account: Name was null', 'us-east-1: Door was "ajar"']);
  });

  test('says what it was at first, when it changes while it is set', async () => {
    for (const region of world.regions) world.state[region] = { Door: 'shut' };
    world.state['us-east-1'] = { Door: 'ajar' };
    world.fail('write Door us-east-1', DENIED, 1);
    pause.mockImplementationOnce(() => {
      world.state['us-east-1'] = { Door: 'open' };
      return Promise.resolve();
    });
    expect(lines(await check(DOORS))).toEqual(['us-east-1: Door was "ajar"']);
  });

  test('tells the topic, with severity and account', async () => {
    await check(NAME);
    expect(topic.commandCalls(PublishCommand)[0]?.args[0].input).toEqual({
      TopicArn: TOPIC,
      Subject: '[MEDIUM] 123456789012: Account settings need a look',
      Message: [
        'MEDIUM: Account settings need a look',
        'Account 123456789012',
        '',
        'They were set again, unless a line says otherwise. Ask who changed them: CloudTrail has the event.',
        '',
        'account: Name was null',
      ].join('\n'),
    });
  });

  test('says what could not be checked, and checks the rest', async () => {
    for (const region of world.regions) world.state[region] = { Door: 'shut' };
    world.state['ap-south-1'] = { Door: 'open' };
    world.fail('read Door us-east-1', DENIED);
    expect(lines(await check(DOORS, NAME))).toEqual([
      'Custom::Door could not be checked or set: Error: us-east-1: AccessDenied: not authorized',
      'account: Name was null',
      'ap-south-1: Door was "open"',
    ]);
  });

  test('leaves what people made stricter, and what is stricter than was asked for', async () => {
    for (const region of world.regions) world.state[region] = { Door: 'bricked up', Locks: 7 };
    expect(await check(DOORS, LOCKS)).toBeUndefined();
    expect(world.writes).toEqual([]);
  });

  test('does not wait for a setting that takes its time before it looks at the next', async () => {
    world.fail('read Door us-east-1');
    void check(DOORS, NAME);
    for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
    expect(world.state['']).toEqual({ Name: 'a' });
  });

  test('leaves custom resources to be served as before', async () => {
    const served = new Resources(checking, cloudFormation);
    expect(await served.set('Create', 'Name', { Value: 'b' })).toEqual(succeeded('Name'));
    expect(world.state['']).toEqual({ Name: 'b' });
    expect(topic.calls()).toEqual([]);
  });

  test('fails when people can’t be told, so that the metric of errors shows it', async () => {
    topic.on(PublishCommand).rejects(refusal('NotFound', 'Topic does not exist'));
    await expect(check(NAME)).rejects.toThrow('Topic does not exist');
  });
});

/** Pauses between tries so far, in milliseconds. */
function pauses(): unknown[] {
  return pause.mock.calls.map(([milliseconds]) => milliseconds);
}

/** The Regions of the commercial partition. */
const REGIONS_34 = [
  ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'ca-west-1', 'mx-central-1'],
  ...['sa-east-1', 'eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-central-1', 'eu-central-2', 'eu-north-1'],
  ...['eu-south-1', 'eu-south-2', 'af-south-1', 'me-south-1', 'me-central-1', 'il-central-1'],
  ...['ap-south-1', 'ap-south-2', 'ap-east-1', 'ap-east-2', 'ap-northeast-1', 'ap-northeast-2'],
  ...['ap-northeast-3', 'ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3', 'ap-southeast-4'],
  ...['ap-southeast-5', 'ap-southeast-6', 'ap-southeast-7'],
];
