import { Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SQS } from '@aws-sdk/client-sqs';
import type { Context } from 'aws-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { CLIENT } from '../../lib/settings/client-options';
import type { Setting, Value } from '../../lib/settings/setting';
import { putCheckEvents } from '../../lib/settings/put-check-events';
import { settings } from '../../lib/settings/setting-provider';
import { type CheckEvent, withDailyCheck } from '../../lib/settings/with-daily-check';
import { CloudFormation, IDS } from '../functions/cloudformation';
import { ParameterStore } from './parameter-store';
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

  setting(name: string, initially: Value): Setting<Value, undefined> {
    return {
      name,
      scope: 'Region',
      read: async (_, { region }) => {
        await this.called(`read ${name} ${region}`.trim());
        const hidden = this.hidden.get(name + region);
        if (hidden && hidden.times-- > 0) return hidden.value;
        return this.state[region]?.[name] ?? initially;
      },
      write: async (_, value, { region }) => {
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
function inWorld(name: string, initially: Value): Setting<Value, undefined> {
  return {
    name,
    scope: 'Region',
    read: (...args) => world.setting(name, initially).read(...args),
    write: (...args) => world.setting(name, initially).write(...args),
  };
}

const window = inWorld('Window', 'open');

/** The account's name, which is what is asked for; doors, which are shut unless they are bricked up. */
const TABLE: readonly Setting<Value, undefined>[] = [
  { ...inWorld('Name', null), scope: 'account' },
  { ...inWorld('Door', 'open'), desired: (now: Value) => (now === 'bricked up' ? now : 'shut') },
  /** Of which a write says what it will be. */
  {
    ...window,
    write: async (...args) => {
      await window.write(...args);
      return args[1];
    },
    desired: () => 'shut',
  },
  /** Which may read as open although it was shut a moment ago. */
  {
    ...inWorld('Gate', 'open'),
    write: async (...args) => {
      await inWorld('Gate', 'open').write(...args);
      return args[1];
    },
    desired: () => 'shut',
    staleValue: 'open',
  },
  /** At least as many as there were. */
  {
    ...inWorld('Locks', 1),
    desired: (now: Value, former: Value, wanted: Value, set?: Value) =>
      Math.max(Number(former), Number(wanted), set === undefined || now === set ? 0 : Number(now)),
  },
];

const enabledRegions = async () => {
  await world.setting('Regions', null).read(undefined, { region: '', accountId: '', skip: () => undefined });
  return world.regions;
};

const cloudFormation = new CloudFormation();
const handler = withDailyCheck(settings(TABLE, () => undefined, enabledRegions));
const resources = new Resources(handler, cloudFormation);
const store = new ParameterStore();
const pause = jest.mocked(setTimeout);

beforeAll(() => cloudFormation.start());
afterAll(() => cloudFormation.stop());

beforeEach(() => {
  cloudFormation.reset();
  store.reset();
  resources.reset();
  pause.mockClear();
  world = new World();
  jest.spyOn(console, 'error').mockReturnValue(undefined);
  jest.spyOn(console, 'log').mockReturnValue(undefined);
});

const succeeded = (PhysicalResourceId: string) => ({
  ...IDS,
  Status: 'SUCCESS',
  PhysicalResourceId,
  Data: { LeftAlone: 'nothing' },
});
const failed = (PhysicalResourceId: string, Reason: string) => ({
  ...IDS,
  Status: 'FAILED',
  Reason,
  PhysicalResourceId,
});

describe('the previous state', () => {
  beforeEach(() => {
    world.state['us-east-1'] = { Door: 'shut' };
  });

  test('is remembered in a parameter, before anything is changed', async () => {
    const writesBefore: number[] = [];
    store.onCall = (operation) => operation === 'PutParameter' && writesBefore.push(world.writes.length);
    await resources.set('Create', 'Door');
    expect(store.previous('Door')).toEqual({
      'eu-central-1': 'open',
      'us-east-1': 'shut',
      'ap-south-1': 'open',
    });
    expect(writesBefore).toEqual([0]);
    expect(world.writes).not.toEqual([]);
  });

  test('says which resource set it, in words that a person can read', async () => {
    await resources.set('Create', 'Name', { Value: 'a' });
    expect([...store.parameters]).toEqual([
      [
        '/account-baseline/settings/Name',
        JSON.stringify({
          owners: [{ stack: IDS.StackId, id: IDS.LogicalResourceId, value: 'a' }],
          previous: { '': null },
        }),
      ],
    ]);
  });

  test('is read in the Regions that are named, and nobody asks which are enabled', async () => {
    await resources.set('Create', 'Door', { Regions: 'us-east-1 eu-west-3' });
    expect(store.previous('Door')).toEqual({ 'us-east-1': 'shut', 'eu-west-3': 'open' });
    expect(world.calls).not.toContain('read Regions');
  });

  test('needs no Regions when it is of the account', async () => {
    await resources.set('Create', 'Name', { Value: 'a' });
    expect(world.calls).not.toContain('read Regions');
  });

  test('is forgotten when it is restored', async () => {
    await resources.set('Create', 'Door');
    await resources.set('Delete', 'Door');
    expect(store.parameters).toEqual(new Map());
  });

  test('is neither read nor written again when nothing is new', async () => {
    await resources.set('Create', 'Door');
    store.calls.length = 0;
    await resources.set('Update', 'Door');
    expect(store.calls).toEqual(['GetParameter /account-baseline/settings/Door']);
  });

  test('that can’t be read in one Region fails, names it, and changes nothing', async () => {
    world.fail('read Door us-east-1', DENIED);
    expect(await resources.set('Create', 'Door')).toEqual(
      failed(IDS.LogicalResourceId, 'Error: us-east-1: AccessDenied: not authorized'),
    );
    expect(world.writes).toEqual([]);
    expect(store.parameters).toEqual(new Map());
    expect(await resources.set('Delete', 'Door')).toEqual(succeeded('Door'));
  });

  test('that can’t be stored fails and changes nothing', async () => {
    store.onCall = (operation) => {
      if (operation === 'PutParameter') throw DENIED;
    };
    const { Reason } = await resources.set('Create', 'Door');
    expect(Reason).toBe('AccessDenied: not authorized');
    expect(world.writes).toEqual([]);
  });

  test.each(['GetParameter', 'PutParameter', 'DeleteParameter'])(
    'is handled in spite of throttling of %s',
    async (throttled) => {
      let times = 3;
      store.onCall = (operation) => {
        if (operation === throttled && times-- > 0) throw THROTTLED;
      };
      await resources.set('Create', 'Door');
      expect(await resources.set('Delete', 'Door')).toEqual(succeeded('Door'));
      expect(world.all('Door')).toEqual({
        'eu-central-1': 'open',
        'us-east-1': 'shut',
        'ap-south-1': 'open',
      });
      expect(times).toBeLessThan(0);
    },
  );

  test('is waited for until it reads back: the Delete of a rollback may come in a second', async () => {
    store.unseen = 2;
    await resources.set('Create', 'Name', { Value: 'a' });
    expect(store.calls.map((call) => call.split(' ')[0])).toEqual([
      'GetParameter',
      'PutParameter',
      'GetParameter',
      'GetParameter',
      'GetParameter',
    ]);
  });

  test('that is not JSON changes nothing', async () => {
    store.parameters.set('/account-baseline/settings/Door', 'lost');
    for (const type of ['Create', 'Update', 'Delete'] as const) {
      expect(await resources.set(type, 'Door')).toMatchObject({ Status: 'FAILED' });
    }
    expect(world.calls).toEqual([]);
  });

  test('holds no reference that Parameter Store would refuse', async () => {
    world.state[''] = { Name: 'Ann {{ssm:secret}} Lee {{{' };
    await resources.set('Create', 'Name', { Value: 'a' });
    expect(store.previous('Name')).toEqual({ '': 'Ann {{ssm:secret}} Lee {{{' });
    await resources.set('Delete', 'Name');
    expect(world.state['']).toEqual({ Name: 'Ann {{ssm:secret}} Lee {{{' });
  });

  test('of 34 Regions of which each was different can be read in the parameter', async () => {
    world.regions = REGIONS_34;
    const before = Object.fromEntries(
      world.regions.map((region, index) => [region, `${'block-all-sharing'.repeat(index % 2)}${index}`]),
    );
    for (const [region, Door] of Object.entries(before)) world.state[region] = { Door };
    await resources.set('Create', 'Door');
    expect(store.previous('Door')).toEqual(before);
  });

  test('that is long is deflated', async () => {
    const long = Array.from({ length: 200 }, (_, index) => `sg-${String(index).padStart(17, '0')} in`);
    world.state[''] = { Name: long };
    await resources.set('Create', 'Name', { Value: 'a' });
    expect(store.parameters.get('/account-baseline/settings/Name')).toMatch(/^deflated:/);
    await resources.set('Delete', 'Name');
    expect(world.state['']).toEqual({ Name: long });
  });

  test('that does not fit fails before anything is changed, and can be removed', async () => {
    world.regions = REGIONS_34;
    // What nothing makes shorter.
    const random = (seed: number) => Buffer.from(String(Math.sin(seed))).toString('base64');
    for (const [index, region] of world.regions.entries()) {
      world.state[region] = {
        Door: Array.from({ length: 9 }, (_, part) => random(index * 9 + part)).join(''),
      };
    }
    expect(await resources.set('Create', 'Door')).toEqual(
      failed(
        IDS.LogicalResourceId,
        'ValidationError: the previous values of the Regions do not fit into 4096 bytes',
      ),
    );
    expect(await resources.set('Delete', 'Door')).toEqual(succeeded('Door'));
    expect(world.writes).toEqual([]);
  });

  test('stays so in a Region that is left out for a time', async () => {
    await resources.set('Create', 'Door', { Regions: 'us-east-1 eu-west-3' });
    await resources.set('Update', 'Door', { Regions: 'eu-west-3' });
    world.state['us-east-1'] = { Door: 'changed since' };
    await resources.set('Update', 'Door', { Regions: 'us-east-1 eu-west-3' });
    expect(store.previous('Door')).toEqual({ 'us-east-1': 'shut', 'eu-west-3': 'open' });
  });

  test('stays so in a Region that is disabled for a time', async () => {
    await resources.set('Create', 'Door');
    world.regions = ['eu-central-1', 'ap-south-1'];
    await resources.set('Update', 'Door');
    world.regions = ['eu-central-1', 'us-east-1', 'ap-south-1'];
    await resources.set('Update', 'Door');
    expect(store.previous('Door')).toMatchObject({ 'us-east-1': 'shut' });
  });

  test('is remembered of a Region that was enabled since, and restored', async () => {
    await resources.set('Create', 'Door');
    world.regions = [...world.regions, 'eu-south-2'];
    world.state['eu-south-2'] = { Door: 'ajar' };
    await resources.set('Update', 'Door');
    expect(store.previous('Door')).toMatchObject({ 'us-east-1': 'shut', 'eu-south-2': 'ajar' });
    expect(world.all('Door')).toMatchObject({ 'eu-south-2': 'shut' });
    await resources.set('Delete', 'Door');
    expect(world.all('Door')).toMatchObject({ 'eu-south-2': 'ajar' });
  });

  test('is the same when the event comes twice', async () => {
    await resources.set('Create', 'Door');
    const once = new Map(store.parameters);
    await resources.set('Create', 'Door');
    expect(store.parameters).toEqual(once);
  });
});

describe('a setting that changes hands', () => {
  const BEFORE = { 'eu-central-1': 'open', 'us-east-1': 'ajar', 'ap-south-1': 'open' };
  const SHUT = { 'eu-central-1': 'shut', 'us-east-1': 'shut', 'ap-south-1': 'shut' };
  const resource = (stack: string, LogicalResourceId: string, uuid = '1c2e') => ({
    StackId: `arn:aws:cloudformation:eu-central-1:123456789012:stack/${stack}/${uuid}`,
    LogicalResourceId,
  });
  const OLD = resource('AccountBaseline', 'AccountDoor');
  const RENAMED = resource('AccountBaseline', 'SettingsDoor');
  const MOVED = resource('AccountBaseline-Settings', 'AccountDoor');
  type Type = 'Create' | 'Update' | 'Delete';

  beforeEach(() => {
    for (const [region, Door] of Object.entries(BEFORE)) world.state[region] = { Door };
  });

  const door = async (type: Type, ids: typeof OLD, asked = {}): Promise<void> => {
    expect(await resources.set(type, 'Door', { ids, ...asked })).toMatchObject({ Status: 'SUCCESS' });
  };

  test('is restored by the last stack of a StackSet, whose earlier stacks had other names', async () => {
    const ids = (uuid: string) => ({
      ...OLD,
      StackId: `arn:aws:cloudformation:eu-central-1:123456789012:stack/StackSet-Base-Members-${uuid}/1c2e`,
    });
    await door('Create', ids('11111111-2222-3333-4444-555555555555'));
    const again = ids('66666666-7777-8888-9999-000000000000');
    await door('Create', again);
    await door('Delete', again);
    expect(world.all('Door')).toEqual(BEFORE);
  });

  describe.each([
    ['is renamed', RENAMED],
    ['moves to another stack', MOVED],
  ])('because it %s', (_, next) => {
    test('stays set when the old resource is deleted after the new one is created', async () => {
      await door('Create', OLD);
      await door('Create', next);
      world.calls.length = 0;
      await door('Delete', OLD);
      expect(world.all('Door')).toEqual(SHUT);
      expect(world.calls.filter((call) => call.includes('Door'))).toEqual([]);
    });

    test('is set again when the old resource is deleted before the new one is created', async () => {
      await door('Create', OLD);
      await door('Delete', OLD);
      expect(world.all('Door')).toEqual(BEFORE);
      await door('Create', next);
      expect(world.all('Door')).toEqual(SHUT);
    });

    test.each<[order: string, types: [Type, typeof OLD][]]>([
      [
        'new before old',
        [
          ['Create', next],
          ['Delete', OLD],
        ],
      ],
      [
        'old before new',
        [
          ['Delete', OLD],
          ['Create', next],
        ],
      ],
    ])('is restored by the true last resource, there and back: %s', async (_order, events) => {
      await door('Create', OLD);
      for (const [type, ids] of events) await door(type, ids);
      for (const [type, ids] of events) await door(type, ids === OLD ? next : OLD);
      expect(world.all('Door')).toEqual(SHUT);
      await door('Delete', next);
      expect(world.all('Door')).toEqual(SHUT);
      await door('Delete', OLD);
      expect(world.all('Door')).toEqual(BEFORE);
      expect(store.parameters).toEqual(new Map());
    });

    test('stays set when the new resource is rolled back, and then changes hands after all', async () => {
      await door('Create', OLD);
      await door('Create', next);
      await door('Delete', next);
      expect(world.all('Door')).toEqual(SHUT);
      await door('Create', next);
      await door('Delete', OLD);
      expect(world.all('Door')).toEqual(SHUT);
      await door('Delete', next);
      expect(world.all('Door')).toEqual(BEFORE);
    });

    test('stays set when the new resource can’t be created', async () => {
      await door('Create', OLD);
      world.state['us-east-1'] = { Door: 'opened since' };
      world.fail('write Door us-east-1', DENIED);
      expect(await resources.set('Create', 'Door', { ids: next })).toMatchObject({ Status: 'FAILED' });
      world.heal();
      await door('Delete', next);
      expect(world.all('Door')).toEqual(SHUT);
      await door('Delete', OLD);
      expect(world.all('Door')).toEqual(BEFORE);
    });

    test('changes hands twice before anything is deleted', async () => {
      const third = resource('Third', 'Door');
      for (const ids of [OLD, next, third]) await door('Create', ids);
      for (const ids of [next, OLD]) await door('Delete', ids);
      expect(world.all('Door')).toEqual(SHUT);
      await door('Delete', third);
      expect(world.all('Door')).toEqual(BEFORE);
    });

    test('goes back to what the first resource asked for when the second is rolled back', async () => {
      const locks = (type: Type, ids: typeof OLD, Value: number) =>
        resources.set(type, 'Locks', { ids, Value, Regions: 'us-east-1' });
      await locks('Create', OLD, 3);
      await locks('Create', next, 7);
      expect(world.state['us-east-1']).toMatchObject({ Locks: 7 });
      await locks('Delete', next, 7);
      expect(world.state['us-east-1']).toMatchObject({ Locks: 3 });
      await locks('Delete', OLD, 3);
      expect(world.state['us-east-1']).toMatchObject({ Locks: 1 });
    });

    test('takes back what the first resource asked for, and keeps what people made stricter', async () => {
      const locks = (type: Type, ids: typeof OLD, Value: number) =>
        resources.set(type, 'Locks', { ids, Value });
      await locks('Create', OLD, 7);
      world.state['us-east-1'] = { Locks: 9 };
      await locks('Create', next, 3);
      expect(world.all('Locks')).toEqual({ 'eu-central-1': 3, 'us-east-1': 9, 'ap-south-1': 3 });
    });

    test('is restored where only the old resource set it', async () => {
      await door('Create', OLD);
      await door('Create', next, { Regions: 'us-east-1' });
      await door('Delete', OLD);
      expect(world.all('Door')).toEqual({ ...BEFORE, 'us-east-1': 'shut' });
      await door('Delete', next, { Regions: 'us-east-1' });
      expect(world.all('Door')).toEqual(BEFORE);
    });
  });

  test('belongs to the resource that was updated last', async () => {
    await door('Create', OLD);
    await door('Create', MOVED);
    await door('Update', OLD);
    await door('Delete', MOVED);
    expect(world.all('Door')).toEqual(SHUT);
    await door('Delete', OLD);
    expect(world.all('Door')).toEqual(BEFORE);
  });

  test('of a stack that was removed and left it as it is, the next one restores', async () => {
    await door('Create', OLD);
    const again = resource('AccountBaseline', 'AccountDoor', '9f8e');
    await door('Create', again);
    await door('Delete', again);
    expect(world.all('Door')).toEqual(BEFORE);
    expect(store.parameters).toEqual(new Map());
  });

  test('is not touched by a resource that never set it', async () => {
    await door('Create', OLD);
    world.calls.length = 0;
    await door('Delete', MOVED);
    expect(world.writes).toEqual([]);
    await door('Delete', OLD);
    expect(world.all('Door')).toEqual(BEFORE);
  });
});

describe.each(['Create', 'Update'] as const)('%s', (type) => {
  test('sets it in every Region and reads it back', async () => {
    world.regions = ['us-east-1', 'eu-central-1'];
    world.calls.length = 0;
    expect(await resources.set(type, 'Door')).toEqual(succeeded('Door'));
    expect(world.all('Door')).toEqual({ 'us-east-1': 'shut', 'eu-central-1': 'shut' });
    expect(world.calls.filter((call) => call.endsWith('us-east-1'))).toEqual([
      // What existed before, and then what exists now.
      'read Door us-east-1',
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
    await resources.set(type, 'Door', {});
    expect(world.writes).toEqual(['write Door ap-south-1']);
  });

  test('compares with what was there before, not with what an earlier version of it made', async () => {
    await resources.set('Create', 'Locks', { Value: 5 });
    await resources.set(type, 'Locks', { Value: 3 });
    expect(world.all('Locks')).toEqual({ 'eu-central-1': 3, 'us-east-1': 3, 'ap-south-1': 3 });
  });

  test('is never weaker than what was there before', async () => {
    world.state['us-east-1'] = { Locks: 7 };
    await resources.set(type, 'Locks', { Value: 3 });
    expect(world.all('Locks')).toEqual({ 'eu-central-1': 3, 'us-east-1': 7, 'ap-south-1': 3 });
  });

  test('is exactly what is asked for when it says so', async () => {
    world.state['us-east-1'] = { Locks: 7 };
    await resources.set(type, 'Locks', { Value: 3, AllowWeaker: 'true' });
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
    expect(told.Reason).toBe('Error: us-east-1: Error: value is "ajar" instead of "shut"');
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
    const once = [await resources.set(type, 'Locks', { Value: 3 }), world.all('Locks')];
    const twice = [await resources.set(type, 'Locks', { Value: 3 }), world.all('Locks')];
    expect(twice).toEqual(once);
  });

  test('fails for a setting that there is not', async () => {
    world.regions = ['us-east-1'];
    const { Reason } = await resources.set(type, 'Roof');
    expect(Reason).toBe('Error: unknown setting Roof');
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
    await resources.set('Create', 'Door');
    world.fail('read Door us-east-1');
    expect(await resources.set(type, 'Door', { Regions: 'us-east-1' }, 6050)).toMatchObject({
      Status: 'FAILED',
      Reason: 'Error: timed out after 0 seconds',
    });
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
    const client = new SQS({ ...CLIENT, region: 'us-east-1', endpoint: cloudFormation.local, credentials });
    await expect(client.listQueues({})).rejects.toMatchObject({
      name: 'TimeoutError',
      $metadata: { attempts: 2 },
    });
    expect(limits).toHaveBeenCalledWith(5000, expect.any(Function));
    limits.mockRestore();
  });
});

describe('Delete', () => {
  const BEFORE = { 'eu-central-1': 'open', 'us-east-1': 'ajar', 'ap-south-1': 'shut' };

  /** A stack with doors, and what was there before. */
  async function deployed(): Promise<void> {
    for (const [region, Door] of Object.entries(BEFORE)) world.state[region] = { Door };
    await resources.set('Create', 'Door');
  }

  test('restores what was there before, in every Region', async () => {
    await deployed();
    expect(await resources.set('Delete', 'Door')).toEqual(succeeded('Door'));
    expect(world.all('Door')).toEqual(BEFORE);
  });

  test('restores it when people changed it since, and when it was weaker', async () => {
    await deployed();
    world.state['us-east-1'] = { Door: 'bricked up' };
    await resources.set('Delete', 'Door');
    expect(world.all('Door')).toEqual(BEFORE);
  });

  test('writes nothing where it is as it was', async () => {
    await deployed();
    world.calls.length = 0;
    await resources.set('Delete', 'Door');
    await resources.set('Delete', 'Door');
    expect(world.writes.sort()).toEqual(['write Door eu-central-1', 'write Door us-east-1']);
  });

  test('restores what reads as if it were so already, since that may be late', async () => {
    world.regions = ['us-east-1'];
    await resources.set('Create', 'Gate');
    world.hide('Gate', 'us-east-1', 'open');
    await resources.set('Delete', 'Gate');
    expect(world.all('Gate')).toEqual({ 'us-east-1': 'open' });
  });

  test('restores that there was nothing', async () => {
    await resources.set('Create', 'Name', { Value: 'a' });
    await resources.set('Delete', 'Name');
    expect(world.state['']).toEqual({ Name: null });
  });

  test('leaves a Region as it is that was enabled later', async () => {
    await deployed();
    world.regions = [...world.regions, 'eu-south-2'];
    world.state['eu-south-2'] = { Door: 'shut' };
    await resources.set('Delete', 'Door');
    expect(world.all('Door')).toEqual({ ...BEFORE, 'eu-south-2': 'shut' });
  });

  test('leaves a Region out that was disabled since', async () => {
    await deployed();
    world.regions = ['eu-central-1', 'ap-south-1'];
    world.fail('read Door us-east-1', refusal('AuthFailure'));
    expect(await resources.set('Delete', 'Door')).toEqual(succeeded('Door'));
    expect(world.all('Door')).toEqual({ 'eu-central-1': 'open', 'ap-south-1': 'shut' });
  });

  test('restores the Regions that were named earlier, too', async () => {
    for (const [region, Door] of Object.entries(BEFORE)) world.state[region] = { Door };
    await resources.set('Create', 'Door', { Regions: 'us-east-1 eu-central-1' });
    await resources.set('Update', 'Door', { Regions: 'us-east-1' });
    expect(world.all('Door')).toMatchObject({ 'eu-central-1': 'shut' });
    expect(await resources.set('Delete', 'Door', { Regions: 'us-east-1' })).toEqual(succeeded('Door'));
    expect(world.all('Door')).toEqual(BEFORE);
  });

  test('is not stopped by a Region that was named earlier, and is closed now', async () => {
    for (const [region, Door] of Object.entries(BEFORE)) world.state[region] = { Door };
    await resources.set('Create', 'Door', { Regions: 'us-east-1 eu-central-1 ap-south-1' });
    await resources.set('Update', 'Door', { Regions: 'us-east-1' });
    world.fail('write Door eu-central-1', DENIED);
    expect(await resources.set('Delete', 'Door', { Regions: 'us-east-1' })).toEqual(succeeded('Door'));
    expect(world.all('Door')).toEqual({ ...BEFORE, 'eu-central-1': 'shut' });
    expect(store.previous('Door')).toEqual({});
    expect(jest.mocked(console.error).mock.calls).toContainEqual(['eu-central-1', DENIED]);
  });

  test('restores all after a Create that failed in one Region', async () => {
    for (const [region, Door] of Object.entries(BEFORE)) world.state[region] = { Door };
    world.fail('write Door us-east-1', DENIED);
    const { PhysicalResourceId: id } = await resources.set('Create', 'Door');
    expect(id).toBe(IDS.LogicalResourceId);
    expect(world.all('Door')).not.toEqual(BEFORE);
    world.heal();
    expect(await resources.set('Delete', 'Door', { id })).toEqual(succeeded(id));
    expect(world.all('Door')).toEqual(BEFORE);
  });

  test('needs no permission to write where Create could not: the rollback does not hang', async () => {
    for (const [region, Door] of Object.entries(BEFORE)) world.state[region] = { Door };
    world.fail('write Door us-east-1', DENIED);
    const { PhysicalResourceId: id } = await resources.set('Create', 'Door');
    expect(await resources.set('Delete', 'Door', { id })).toEqual(succeeded(id));
    expect(world.all('Door')).toEqual(BEFORE);
  });

  test('restores all after a Create that died half-way, of which nobody heard', async () => {
    for (const [region, Door] of Object.entries(BEFORE)) world.state[region] = { Door };
    world.fail('write Door us-east-1');
    cloudFormation.reset('broken', 'broken', 'broken');
    await expect(resources.set('Create', 'Door', {}, 6050)).rejects.toThrow('fetch failed');
    expect(world.writes).not.toEqual([]);
    world.heal();
    expect(await resources.set('Delete', 'Door')).toEqual(succeeded('Door'));
    expect(world.all('Door')).toEqual(BEFORE);
  });

  test('names the Region that fails, and the others are restored', async () => {
    await deployed();
    world.fail('write Door us-east-1', DENIED);
    expect(await resources.set('Delete', 'Door')).toEqual(
      failed('Door', 'Error: us-east-1: AccessDenied: not authorized'),
    );
    expect(world.all('Door')).toEqual({ ...BEFORE, 'us-east-1': 'shut' });
  });

  test('changes nothing when nobody knows what was there before', async () => {
    await deployed();
    world.calls.length = 0;
    store.reset();
    expect(await resources.set('Delete', 'Door')).toEqual(succeeded('Door'));
    expect(world.writes).toEqual([]);
  });

  test('keeps the physical id that it came with', async () => {
    expect(await resources.set('Delete', 'Door', { id: 'another' })).toEqual(succeeded('another'));
  });
});

describe('an Update for another reason', () => {
  test('keeps what people made stricter since', async () => {
    await resources.set('Create', 'Locks', { Value: 3 });
    world.state['us-east-1'] = { Locks: 9 };
    await resources.set('Update', 'Locks', { Value: 3 });
    expect(world.all('Locks')).toEqual({ 'eu-central-1': 3, 'us-east-1': 9, 'ap-south-1': 3 });
  });

  test('takes back what it asked for itself', async () => {
    await resources.set('Create', 'Locks', { Value: 5 });
    await resources.set('Update', 'Locks', { Value: 3 });
    expect(world.all('Locks')).toEqual({ 'eu-central-1': 3, 'us-east-1': 3, 'ap-south-1': 3 });
  });

  test('brings back what was there before and people made weaker since', async () => {
    world.state['us-east-1'] = { Locks: 7 };
    await resources.set('Create', 'Locks', { Value: 3 });
    world.state['us-east-1'] = { Locks: 1 };
    await resources.set('Update', 'Locks', { Value: 3 });
    expect(world.all('Locks')).toMatchObject({ 'us-east-1': 7 });
  });

  test('leaves the same when it comes twice', async () => {
    await resources.set('Create', 'Locks', { Value: 3 });
    for (let times = 0; times < 2; times++) {
      await resources.set('Update', 'Locks', { Value: 5 });
      expect(world.all('Locks')).toMatchObject({ 'us-east-1': 5 });
    }
  });
});

describe('an Update that is rolled back', () => {
  test('leaves what the old properties say', async () => {
    await resources.set('Create', 'Locks', { Value: 3 });
    const before = world.all('Locks');
    await resources.set('Update', 'Locks', { Value: 9 });
    await resources.set('Update', 'Locks', { Value: 3 });
    expect(world.all('Locks')).toEqual(before);
  });
});

describe('the daily check', () => {
  const bus = mockClient(EventBridgeClient);

  const DOORS = 'Door';
  const NAME = 'Name';
  const LOCKS = 'Locks';

  const context = {
    invokedFunctionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:Settings',
    getRemainingTimeInMillis: () => 300_000,
  } as Context;

  beforeEach(async () => {
    bus.reset();
    bus.on(PutEventsCommand).resolves({ FailedEntryCount: 0 });
    await resources.set('Create', 'Door');
    await resources.set('Create', 'Locks', { Value: 3 });
    await resources.set('Create', 'Name', { Value: 'a' });
    world.calls.length = 0;
    pause.mockClear();
  });

  const entries = () => bus.commandCalls(PutEventsCommand).flatMap(({ args }) => args[0].input.Entries ?? []);

  /** Details of the events that it puts. */
  async function check(Check: CheckEvent['Check']): Promise<unknown[]> {
    await handler({ Check }, context);
    return entries().map(({ Detail = '' }) => JSON.parse(Detail) as unknown);
  }

  describe('in an account that has moved to another OU', () => {
    const stackOf = (set: string, uuid = '11111111-2222-3333-4444-555555555555') => ({
      StackId: `arn:aws:cloudformation:eu-central-1:123456789012:stack/StackSet-Base-${set}-${uuid}/1c2e`,
      LogicalResourceId: 'Setting',
    });
    const [old, next] = [stackOf('Members'), stackOf('MembersSandbox')];
    const run = async ({ StackId }: { readonly StackId: string }) => {
      await handler({ Check: [DOORS, NAME], Stack: StackId }, context);
      return entries().map(({ Detail = '' }) => JSON.parse(Detail) as unknown);
    };

    beforeEach(async () => {
      for (const name of [DOORS, NAME]) await resources.set('Create', name, { ids: old, Value: 'b' });
      // The options of the other OU have no doors.
      await resources.set('Create', NAME, { ids: next, Value: 'c' });
      world.state['us-east-1'] = { Door: 'ajar' };
      world.state[''] = { Name: null };
    });

    test('the stack of the old OU checks nothing any more, not even what the new OU leaves alone', async () => {
      expect(await run(old)).toEqual([]);
      expect(world.state).toMatchObject({ 'us-east-1': { Door: 'ajar' }, '': { Name: null } });
    });

    test('the stack of the new OU checks its own', async () => {
      await handler({ Check: [NAME], Stack: next.StackId }, context);
      expect(world.state['']).toEqual({ Name: 'c' });
    });

    test('and back: the newest stack checks, the earlier one of the same StackSet does not', async () => {
      const again = stackOf('Members', '66666666-7777-8888-9999-000000000000');
      for (const name of [DOORS, NAME]) await resources.set('Create', name, { ids: again, Value: 'b' });
      world.state[''] = { Name: null };
      expect(await run(old)).toEqual([]);
      expect(await run(next)).toEqual([]);
      expect(await run(again)).toEqual([{ setting: 'Name', regions: [], outcome: 'reapplied' }]);
    });
  });

  test('continues in a stack without a StackSet, with the values that were set last', async () => {
    const StackId = 'arn:aws:cloudformation:eu-central-1:123456789012:stack/StackSet-Base-Members-1/1c2e';
    await resources.set('Create', NAME, { ids: { StackId, LogicalResourceId: 'Name' }, Value: 'c' });
    world.state['us-east-1'] = { Door: 'ajar' };
    world.state[''] = { Name: null };
    const own = 'arn:aws:cloudformation:eu-central-1:123456789012:stack/Base-Settings/1c2e';
    await handler({ Check: [DOORS, NAME], Stack: own }, context);
    expect([world.state['us-east-1'], world.state['']]).toEqual([{ Door: 'shut' }, { Name: 'c' }]);
  });

  test('puts and writes nothing when all is right', async () => {
    expect(await check([DOORS, NAME, LOCKS])).toEqual([]);
    expect(world.writes).toEqual([]);
  });

  test('reapplies what was changed, and puts an event for each setting; the log has the values', async () => {
    world.state['us-east-1'] = { Door: 'ajar' };
    world.state['ap-south-1'] = { Door: 'open' };
    world.state[''] = { Name: null };
    expect(await check([DOORS, NAME])).toEqual([
      { setting: 'Door', regions: ['ap-south-1', 'us-east-1'], outcome: 'reapplied' },
      { setting: 'Name', regions: [], outcome: 'reapplied' },
    ]);
    expect(world.all('Door')).toEqual({ 'eu-central-1': 'shut', 'us-east-1': 'shut', 'ap-south-1': 'shut' });
    expect(world.state['']).toEqual({ Name: 'a' });
    expect(console.log).toHaveBeenCalledWith('us-east-1: Door was "ajar"');
  });

  test('puts them on the default bus, as its rules expect them', async () => {
    world.state[''] = { Name: null };
    await check([NAME]);
    expect(entries()).toEqual([
      {
        Source: 'account-baseline.settings',
        DetailType: 'Name',
        Detail: '{"setting":"Name","regions":[],"outcome":"reapplied"}',
        EventBusName: 'default',
      },
    ]);
  });

  test('puts at most ten in one call', async () => {
    const detail = { setting: 'Door', regions: [], outcome: 'failed' } as const;
    const calls = async (length: number) => {
      bus.resetHistory();
      await putCheckEvents(Array.from({ length }, () => detail));
      return bus.commandCalls(PutEventsCommand).map(({ args }) => args[0].input.Entries?.length);
    };
    expect(await calls(11)).toEqual([10, 1]);
    expect(await calls(10)).toEqual([10]);
    expect(await calls(0)).toEqual([]);
  });

  test('does nothing for a forged event: no other settings, no values, and no other text', async () => {
    world.state[''] = { Name: 'a' };
    const forged = ['Forgotten', 'Door\n[CRITICAL] open https://example.com', '../other'];
    expect(await check(forged)).toEqual([]);
    const withValue = { Name: { Value: '"weak"', AllowWeaker: 'true' } };
    await expect(check(withValue as unknown as CheckEvent['Check'])).rejects.toThrow();
    expect(world.calls).toEqual([]);
    expect(entries()).toEqual([]);
  });

  test('checks a setting once, however often the event names it', async () => {
    world.state[''] = { Name: null };
    expect(await check([NAME, NAME])).toHaveLength(1);
  });

  test('logs what it was at first, when it changes while it is set', async () => {
    world.state['us-east-1'] = { Door: 'ajar' };
    world.fail('write Door us-east-1', DENIED, 1);
    pause.mockImplementationOnce(() => {
      world.state['us-east-1'] = { Door: 'open' };
      return Promise.resolve();
    });
    await check([DOORS]);
    expect(console.log).toHaveBeenCalledWith('us-east-1: Door was "ajar"');
  });

  test('names what could not be checked, and checks the rest', async () => {
    world.state['ap-south-1'] = { Door: 'open' };
    world.state[''] = { Name: null };
    world.fail('read Door us-east-1', DENIED);
    expect(await check([DOORS, NAME])).toEqual([
      { setting: 'Door', regions: ['ap-south-1'], outcome: 'reapplied' },
      { setting: 'Door', regions: ['us-east-1'], outcome: 'failed' },
      { setting: 'Name', regions: [], outcome: 'reapplied' },
    ]);
  });

  test('names the Regions that could not be checked in the order of their names', async () => {
    for (const region of world.regions) world.fail(`read Door ${region}`, DENIED);
    expect(await check([DOORS])).toEqual([
      { setting: 'Door', regions: ['ap-south-1', 'eu-central-1', 'us-east-1'], outcome: 'failed' },
    ]);
  });

  test('leaves what people made stricter, and what is stricter than was asked for', async () => {
    for (const region of world.regions) world.state[region] = { Door: 'bricked up', Locks: 7 };
    expect(await check([DOORS, LOCKS])).toEqual([]);
    expect(world.writes).toEqual([]);
  });

  test('sets a Region that was enabled since, and remembers what it had', async () => {
    world.regions = [...world.regions, 'eu-south-2'];
    world.state['eu-south-2'] = { Door: 'ajar' };
    expect(await check([DOORS])).toEqual([
      { setting: 'Door', regions: ['eu-south-2'], outcome: 'reapplied' },
    ]);
    await resources.set('Delete', 'Door');
    expect(world.all('Door')).toMatchObject({ 'eu-south-2': 'ajar' });
  });

  test('sets nothing of which nobody remembers what was there before', async () => {
    store.reset();
    world.state['us-east-1'] = { Door: 'ajar' };
    expect(await check([DOORS])).toEqual([{ setting: 'Door', regions: [], outcome: 'failed' }]);
    expect(world.writes).toEqual([]);
  });

  test('does not wait for a setting that takes its time before it looks at the next', async () => {
    world.state[''] = { Name: null };
    world.fail('read Door us-east-1');
    void check([DOORS, NAME]);
    for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
    expect(world.state['']).toEqual({ Name: 'a' });
  });

  test.each([
    ['refuses the call', () => bus.on(PutEventsCommand).rejects(refusal('InternalException', 'no bus'))],
    [
      'does not take the event',
      () => bus.on(PutEventsCommand).resolves({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'no bus' }] }),
    ],
  ])('fails when the bus %s, so that the metric of errors shows it', async (_, fail) => {
    fail();
    world.state[''] = { Name: null };
    await expect(check([NAME])).rejects.toThrow('no bus');
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
