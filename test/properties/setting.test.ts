import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { Account, accountState, weaker } from './account';
import { handler } from '../../lib/settings/account-settings.handler';
import { type Setting, settings, type Value } from '../../lib/settings/setting-provider';
import { type Change, contextWith, eventOf } from '../functions/cloudformation';
import { runs } from './runs';

jest.mock('node:timers/promises', () => ({ setTimeout: () => Promise.resolve() }));

interface Told {
  readonly Status: string;
  readonly Reason?: string;
  readonly PhysicalResourceId: string;
}

/** What CloudFormation is told. */
const told: Told[] = [];

beforeAll(() => {
  jest.spyOn(console, 'error').mockReturnValue(undefined);
  jest.spyOn(globalThis, 'fetch').mockImplementation((_, init) => {
    told.push(JSON.parse(init?.body as string) as Told);
    return Promise.resolve(new Response());
  });
});

type Handler = ReturnType<typeof settings>;

/** Calls the function, now and then twice, as Lambda may, and returns its last answer. */
async function answer(serve: Handler, change: Change, times = 1): Promise<Told> {
  for (let time = 0; time < times; time++) {
    await serve(eventOf('https://cloudformation.example', change), contextWith(300_000));
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
  /** What each asks for, as the constructs do. */
  const WANTED: Readonly<Record<string, object | undefined>> = {
    PasswordPolicy: PASSWORDS,
    SecurityContact: CONTACT,
    BillingContact: CONTACT,
    OperationsContact: CONTACT,
    S3PublicAccessBlock: undefined,
    EbsEncryption: undefined,
    ImdsV2: undefined,
    SnapshotPublicAccessBlock: undefined,
    AmiPublicAccessBlock: undefined,
    SerialConsoleOff: undefined,
    AccessAnalyzer: undefined,
  };
  const names = Object.keys(WANTED);
  const account = new Account();

  const remember = (resources: readonly string[], physicalId?: string) =>
    succeed(handler, {
      type: physicalId === undefined ? 'Create' : 'Update',
      resourceType: 'Custom::Former',
      physicalId,
      properties: { Settings: resources.join(' ') },
    });
  const eventFor = (type: Change['type'], name: string, Former: string): Change => {
    const Value = WANTED[name] && JSON.stringify(WANTED[name]);
    return {
      type,
      resourceType: `Custom::${name}`,
      physicalId: name,
      properties: { Former, Value },
      old: { Value },
    };
  };
  const change = (type: Change['type'], name: string, Former: string, times: number) =>
    succeed(handler, eventFor(type, name, Former), times);

  test('are all that there are', () => {
    const source = readFileSync('lib/settings/account-settings.handler.ts', 'utf8');
    const own = [...source.matchAll(/^ {4}([A-Z]\w+): (?:\{|contact\()/gm)].map(([, name]) => name);
    expect(own.sort()).toEqual([...names].sort());
  });

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
          const lost: string[] = [];
          account.onChange = () => lost.push(...weaker(before, account.state));

          // Some join with an update of the stack, when the others are set already.
          const first = chosen.slice(later);
          let former = await remember(first.length > 0 ? first : chosen);
          for (const name of first) await change('Create', name, former, times);
          former = await remember(chosen, former);
          for (const name of chosen)
            await change(first.includes(name) ? 'Update' : 'Create', name, former, times);
          expect(lost).toEqual([]);

          // Somebody changes the policy, or deletes it, and an update for another reason comes upon that.
          if (since && chosen.includes('PasswordPolicy')) {
            account.state.passwords = structuredClone(since.passwords);
            const theirs = structuredClone(account.state);
            await change('Update', 'PasswordPolicy', former, times);
            expect([...weaker(before, account.state), ...weaker(theirs, account.state)]).toEqual([]);
          }

          // Set a second time, nothing is written.
          let writes = 0;
          account.onChange = () => writes++;
          for (const name of chosen.filter((one) => one !== 'AmiPublicAccessBlock')) {
            await change('Update', name, former, 1);
          }
          expect(writes).toBe(0);

          for (const name of [...chosen].reverse()) await change('Delete', name, former, times);
          expect(account.state).toEqual(before);
        },
      ),
      runs(10),
    );
  });
});

describe('what was there before', () => {
  const REGIONS = ['us-east-1', 'eu-central-1', 'ap-south-1', 'sa-east-1', 'af-south-1'];
  let world: Record<string, Value> = {};
  let writes = 0;
  const thing: Setting = {
    read: (region) => Promise.resolve(world[region] ?? null),
    write: (value, region) => {
      writes += 1;
      world[region] = value;
      return Promise.resolve();
    },
  };
  const serve = settings({ Thing: thing }, () => Promise.resolve(Object.keys(world)));
  const properties = { Settings: 'Thing' };
  const resourceType = 'Custom::Former';

  test('comes back from a physical id as it was, whatever JSON it is, or is refused before anything changes', async () => {
    const value = fc.jsonValue({ maxDepth: 3 }).map((one) => JSON.parse(JSON.stringify(one)) as Value);
    const anyWorld = fc.dictionary(fc.constantFrom(...REGIONS), value, { minKeys: 1, noNullPrototype: true });
    await fc.assert(
      fc.asyncProperty(anyWorld, value, async (before, Value) => {
        world = structuredClone<Record<string, Value>>(before);
        writes = 0;
        const {
          Status,
          Reason,
          PhysicalResourceId: Former,
        } = await answer(serve, {
          type: 'Create',
          resourceType,
          properties,
        });
        expect(writes).toBe(0);
        if (Status === 'FAILED') {
          expect(Reason).toContain('the Regions differ too much to be remembered');
          return;
        }
        expect(Former.length).toBeLessThanOrEqual(1024);
        const set = (type: Change['type']): Change => ({
          type,
          resourceType: 'Custom::Thing',
          properties: { Former, Value: JSON.stringify(Value) },
        });
        await succeed(serve, set('Create'));
        expect(Object.values(world)).toEqual(Object.keys(before).map(() => Value));
        // Remembered once and for all, not read again.
        const update: Change = { type: 'Update', resourceType, physicalId: Former, properties };
        expect(await succeed(serve, update)).toBe(Former);
        await succeed(serve, set('Delete'));
        expect(world).toEqual(before);
      }),
      runs(100),
    );
  });
});
