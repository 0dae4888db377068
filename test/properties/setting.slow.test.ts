import { basename } from 'node:path';
import fc from 'fast-check';
import { Account, accountState, APIS, weaker } from './account';
import type { Setting, Value } from '../../lib/settings/setting';
import { settings } from '../../lib/settings/setting-provider';
import { SETTINGS, SWITCHES } from '../../lib/settings/settings';
import { BUCKET, type Change, contextWith, eventOf } from '../functions/cloudformation';
import { ParameterStore } from '../settings/parameter-store';
import { handler } from '../settings/serving';
import { runs } from './runs';
import { eachOf } from '../each-of';

jest.mock('node:timers/promises', () => ({ setTimeout: () => Promise.resolve() }));

interface Told {
  readonly Status: string;
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
}

/** What CloudFormation is told. */
const told: Told[] = [];

beforeAll(() => {
  process.env['AWS_REGION'] = 'eu-central-1';
  jest.spyOn(console, 'error').mockReturnValue(undefined);
  jest.spyOn(console, 'log').mockReturnValue(undefined);
  jest.spyOn(globalThis, 'fetch').mockImplementation((_, init) => {
    told.push(JSON.parse(init?.body as string) as Told);
    return Promise.resolve(new Response());
  });
});

type Handler = typeof handler;

/** Calls the function, sometimes twice, as Lambda may, and returns its last answer. */
async function answer(serve: Handler, change: Change, times = 1): Promise<Told> {
  for (let time = 0; time < times; time++) {
    await serve(eventOf(`${BUCKET}/answer`, change), contextWith(300_000));
  }
  const last = told.at(-1);
  if (!last) throw new Error('CloudFormation was told nothing');
  told.length = 0;
  return last;
}

async function succeed(serve: Handler, change: Change, times?: number): Promise<string> {
  const { Status, Reason, PhysicalResourceId } = await answer(serve, change, times);
  if (Status !== 'SUCCESS') throw new Error(Reason);
  return PhysicalResourceId;
}

describe('the settings of an account', () => {
  const CONTACT = { Name: 'Ann', Title: 'CISO', EmailAddress: 'ann@example.com', PhoneNumber: '+1 555' };
  const PASSWORDS = {
    MinimumPasswordLength: 15,
    RequireSymbols: true,
    RequireNumbers: true,
    RequireUppercaseCharacters: true,
    RequireLowercaseCharacters: true,
    AllowUsersToChangePassword: true,
    PasswordReusePrevention: 24,
  };
  /** What each asks for that is not on or off, as the constructs do. */
  const VALUES: Readonly<Record<string, object>> = {
    PasswordPolicy: PASSWORDS,
    SecurityContact: CONTACT,
    BillingContact: CONTACT,
    OperationsContact: CONTACT,
  };
  const switches = SWITCHES.map(({ setting }) => setting.name);
  const names = [...Object.keys(VALUES), ...switches];
  /** Those that write a second time, since reading may not show the change yet. */
  const stale = SETTINGS.filter(({ setting }) => setting.staleValue !== undefined).map(
    ({ setting }) => setting.name,
  );
  const account = new Account();
  const store = new ParameterStore();

  const change = (type: Change['type'], name: string, times: number) => {
    const Value = VALUES[name] && JSON.stringify(VALUES[name]);
    const properties = { Value };
    return succeed(
      handler,
      { type, resourceType: `Custom::${name}`, physicalId: name, properties, old: properties },
      times,
    );
  };

  test('are all that there are', () => {
    // The alias has tests of its own.
    const others = ['AccountAlias'];
    const own = SETTINGS.map(({ setting }) => setting.name).filter((name) => !others.includes(name));
    expect(own.sort()).toEqual([...names].sort());
  });

  eachOf(SWITCHES, ({ setting }) => setting.name)(
    'have files that tell how their APIs behave',
    ({ file }) => {
      expect(Object.keys(APIS)).toContain(basename(file, '.ts'));
    },
  );

  test('are never weaker while they are set, and end where they began, whatever that was', async () => {
    await fc.assert(
      fc.asyncProperty(
        accountState,
        fc.uniqueArray(fc.constantFrom(...names), { minLength: 1 }),
        fc.nat(names.length),
        fc.integer({ min: 1, max: 2 }),
        fc.option(accountState),
        async (state, chosen, later, times, since) => {
          const before = structuredClone(state);
          account.begin(state);
          store.reset();
          const lost: string[] = [];
          account.onChange = () => lost.push(...weaker(before, account.state));

          // Some join with an update of the stack, when the others are set already.
          const first = chosen.slice(later);
          for (const name of first) await change('Create', name, times);
          for (const name of chosen) await change(first.includes(name) ? 'Update' : 'Create', name, times);
          expect(lost).toEqual([]);

          // Somebody changes the policy, or deletes it, and an update for another reason comes upon that.
          if (since && chosen.includes('PasswordPolicy')) {
            Object.assign(account.state[''] ?? {}, {
              'password-policy-setting': structuredClone(since['']?.['password-policy-setting']),
            });
            const theirs = structuredClone(account.state);
            await change('Update', 'PasswordPolicy', times);
            expect([...weaker(before, account.state), ...weaker(theirs, account.state)]).toEqual([]);
          }

          // Set a second time, nothing is written.
          let writes = 0;
          account.onChange = () => writes++;
          for (const name of chosen.filter((one) => !stale.includes(one))) {
            await change('Update', name, 1);
          }
          expect(writes).toBe(0);

          for (const name of [...chosen].reverse()) await change('Delete', name, times);
          expect(account.state).toEqual(before);
        },
      ),
      runs(10),
    );
  });
});

describe('a setting', () => {
  const REGIONS = ['us-east-1', 'eu-central-1', 'ap-south-1', 'sa-east-1', 'af-south-1'];
  const store = new ParameterStore();
  let world: Record<string, Value> = {};
  /** A Region that refuses to be written, for a time. */
  let refuses: string | undefined;
  const thing: Setting<Value, undefined> = {
    name: 'Thing',
    scope: 'Region',
    read: (_, { region }) => Promise.resolve(world[region] ?? null),
    write: (_, value, { region }) => {
      if (region === refuses) return Promise.reject(new Error('refused'));
      world[region] = value;
      return Promise.resolve();
    },
  };
  const { handler: serve } = settings(
    [thing],
    () => undefined,
    () => Promise.resolve(Object.keys(world)),
  );
  const value = fc.jsonValue({ maxDepth: 3 }).map((one) => JSON.parse(JSON.stringify(one)) as Value);
  const anyWorld = fc.dictionary(fc.constantFrom(...REGIONS), value, { minKeys: 1, noNullPrototype: true });

  beforeEach(() => {
    store.reset();
    refuses = undefined;
  });

  test('comes back as it was, whatever JSON it is, or is refused before anything changes', async () => {
    await fc.assert(
      fc.asyncProperty(anyWorld, value, async (before, Value) => {
        world = structuredClone<Record<string, Value>>(before);
        const set = (type: Change['type']): Change => ({
          type,
          resourceType: 'Custom::Thing',
          properties: { Value: JSON.stringify(Value) },
        });
        const { Status, Reason } = await answer(serve, set('Create'));
        if (Status === 'FAILED') {
          expect(Reason).toContain('do not fit into 4096 bytes');
          expect(world).toEqual(before);
          return;
        }
        expect(Object.values(world)).toEqual(Object.keys(before).map(() => Value));
        await succeed(serve, set('Delete'));
        expect(world).toEqual(before);
        expect(store.parameters).toEqual(new Map());
      }),
      runs(100),
    );
  });

  /** A resource of one of two stacks; each asks for a value of its own. */
  const RESOURCES = ['Settings/Old', 'Settings/New', 'Baseline/Old', 'Baseline/New'] as const;
  type Resource = (typeof RESOURCES)[number];
  const event = (type: Change['type'], resource: Resource): Change => {
    const [stack = '', id = ''] = resource.split('/');
    return {
      type,
      resourceType: 'Custom::Thing',
      properties: { Value: JSON.stringify(resource) },
      old: { Value: JSON.stringify(resource) },
      ids: {
        StackId: `arn:aws:cloudformation:us-east-1:123456789012:stack/${stack}/1`,
        LogicalResourceId: id,
      },
    };
  };
  /**
   * What a deployment does: sets it by another resource, which may fail and is rolled back then, or removes
   * one.
   */
  const step = fc.record({
    resource: fc.constantFrom(...RESOURCES),
    fate: fc.constantFrom('works', 'fails', 'fails later', 'removes'),
    times: fc.integer({ min: 1, max: 2 }),
  });

  test('belongs to who set it last, and the last of all restores it, whatever fails between', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const before = { 'us-east-1': 'weak', 'eu-central-1': 'strong', 'ap-south-1': null };
        world = structuredClone<Record<string, Value>>(before);
        store.reset();
        let owners: Resource[] = [];
        const check = () => {
          const owner = owners.at(-1);
          expect(world).toEqual(
            owner ? Object.fromEntries(Object.keys(before).map((key) => [key, owner])) : before,
          );
        };
        for (const { resource, fate, times } of steps) {
          const others = owners.filter((one) => one !== resource);
          const exists = others.length < owners.length;
          if (fate === 'removes') {
            if (exists) await succeed(serve, event('Delete', resource), times);
            owners = others;
          } else if (fate === 'works' || exists) {
            await succeed(serve, event(exists ? 'Update' : 'Create', resource), times);
            owners = [...others, resource];
          } else {
            if (fate === 'fails') refuses = 'eu-central-1';
            await answer(serve, event('Create', resource), times);
            refuses = undefined;
            await succeed(serve, event('Delete', resource), times);
          }
          check();
        }
        for (const resource of owners) await succeed(serve, event('Delete', resource));
        expect(world).toEqual(before);
        expect(store.parameters).toEqual(new Map());
      }),
      runs(60),
    );
  });
});
