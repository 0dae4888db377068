import fc from 'fast-check';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runInNewContext } from 'node:vm';
import { type BaselineOptions, defineBaseline } from '../../lib/config/config';
import { CallFailed } from '../../lib/posture/clients';
import { adopt, type Ask } from '../../lib/posture/commands/adopt';
import { main } from '../../lib/posture/commands/main';
import type { Options } from '../../lib/posture/commands/options';
import type { Plan } from '../../lib/posture/preflight/plan';
import { preflight } from '../../lib/posture/preflight/preflight';
import type { Surroundings } from '../../lib/posture/snapshot';
import { templatesOf } from '../../lib/stacks/templates';
import { REGION, WELL } from '../posture/snapshot';
import { NEW, NO_ROLES, trailParts } from '../posture/surroundings';
import { content } from './content';
import { FORGES, hostile } from './forging';
import { runs } from './runs';

const reading = jest.fn<Promise<Plan>, []>();
// Its spinner is an ES module, which Jest cannot import.
jest.mock('../../lib/posture/commands/reading', () => ({ reading: () => reading() }));

const OPTIONS: BaselineOptions = {
  administrators: ['alice', 'bob'],
  notifications: { emails: ['security@example.com'] },
  accountSettings: { alias: 'acme' },
  detectors: { guardDuty: true, securityHub: true, configRecorder: true },
};
const SOURCE = `export default defineBaseline(${JSON.stringify(OPTIONS, undefined, 2)});\n`;
const config = defineBaseline(OPTIONS);
const STACKS = templatesOf(config);

const ACCOUNT = WELL.caller.account;

/** An account in which people have named everything with this text. */
function accountOf(text: string): Surroundings {
  const arn = (service: string, name: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${name}`;
  return {
    ...NEW,
    people: {
      value: {
        ...NO_ROLES,
        users: [{ UserName: text, GroupList: ['Administrators'] }],
        groups: [{ GroupName: 'Administrators', AttachedManagedPolicies: [{ PolicyName: text }] }],
      },
    },
    passwordPolicy: { value: { MinimumPasswordLength: 8, MaxPasswordAge: 90, ExpirePasswords: true } },
    trails: {
      value: [
        {
          trail: {
            Name: text,
            TrailARN: arn('cloudtrail', `trail/${text}`),
            HomeRegion: REGION,
            IsMultiRegionTrail: true,
            IncludeGlobalServiceEvents: true,
            LogFileValidationEnabled: true,
            CloudWatchLogsLogGroupArn: arn('logs', `log-group:${text}:*`),
          },
          status: { value: { IsLogging: true } },
        },
      ],
    },
    trailParts: { [text]: trailParts(undefined, { logGroupName: text }) },
    accountAlias: { value: text },
    recorder: { value: text },
    detector: { value: text },
    securityHub: { value: text },
    stacks: { value: { names: [text], quota: 2000 } },
  };
}

const home = process.cwd();
let folder: string;
const printed: string[] = [];
const said = jest.spyOn(console, 'error').mockImplementation((text) => void printed.push(String(text)));

beforeAll(() => {
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'adopt-'));
  // The resources to import are written where the command runs.
  process.chdir(folder);
});

afterEach(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true, force: true });
});

afterAll(() => {
  jest.restoreAllMocks();
});

/** Every text in a value. */
const textsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsIn)
      : [];

describe('names that others chose', () => {
  const options: Options = { config: 'baseline.config.ts', plan: 'adopt.json', color: false };

  /** Answers each question with one of the choices, and confirms; returns the files that are written. */
  async function adopted(text: string, choice: number): Promise<Record<string, string>> {
    for (const file of readdirSync('.')) rmSync(file);
    writeFileSync(options.config, SOURCE);
    reading.mockResolvedValue(preflight(accountOf(text), config, STACKS));
    printed.length = 0;
    const ask: Ask = (question) => {
      printed.push(question);
      const count = question.match(/^ {2}\d+\. /gm)?.length ?? 0;
      return Promise.resolve(count === 0 ? 'y' : String((choice % count) + 1));
    };
    await adopt(options, config, ask);
    return Object.fromEntries(readdirSync('.').map((file) => [file, readFileSync(file, 'utf8')]));
  }

  const answered = fc.tuple(hostile, fc.nat(5));

  test('reach the terminal and the files without what forges a line, or moves, hides or reverses text', async () => {
    const asked = new Set<string>();
    await fc.assert(
      fc.asyncProperty(answered, async ([text, choice]) => {
        const files = await adopted(text, choice);
        for (const one of printed) asked.add(one.trim().split(' ')[0] ?? '');
        const found = [...printed, ...Object.values(files)].flatMap(
          (one) => FORGES.exec(one.replaceAll('\t', ''))?.[0] ?? [],
        );
        expect(found).toEqual([]);
      }),
      runs(40),
    );
    // Otherwise, few names were asked about.
    expect([...asked]).toEqual(
      expect.arrayContaining(['Trail', 'Group', 'Account', 'AWS', 'GuardDuty:', 'Security', 'Write']),
    );
  });

  test('are in the configuration and the import as they are, and nothing else is', async () => {
    let imports = 0;
    await fc.assert(
      fc.asyncProperty(answered, async ([text, choice]) => {
        const {
          'baseline.config.ts': source = '',
          'adopt.json': plan = '',
          ...others
        } = await adopted(text, choice);
        const literal = source.replace('export default defineBaseline', '').replace(/;\n$/, '');
        const written = textsIn(runInNewContext(literal));
        // The name of a log group ends where its ARN goes on.
        const ours = [...textsIn(OPTIONS), 'BaselineAdministrators', text.split(':')[0]];
        expect(written.filter((one) => one !== text && !ours.includes(one))).toEqual([]);
        expect(JSON.parse(plan)).toMatchObject({ version: 1, account: ACCOUNT });
        for (const file of Object.values(others)) {
          imports += 1;
          expect(textsIn(JSON.parse(file)).filter((one) => one !== text)).toEqual([]);
        }
      }),
      runs(40),
    );
    expect(imports).toBeGreaterThan(0);
  });
});

describe('the file of --plan', () => {
  const options: Options = { config: resolve('test/e2e/fixtures/baseline.config.ts'), color: false };
  const good = { version: 1, account: ACCOUNT, decisions: { 'Trail old': 'adopt', 'Account alias': 'keep' } };
  const other = fc.jsonValue({ maxDepth: 1 });
  /** Plans of which a part is something else. */
  const wrong = fc
    .record({ version: other, account: other, decisions: other, more: other }, { requiredKeys: [] })
    .map((parts) => JSON.stringify({ ...good, ...parts }));

  const isPlan = (text: string): boolean => {
    try {
      const { version, account, decisions, ...more } = JSON.parse(text) as Record<string, unknown>;
      return (
        version === 1 &&
        /^\d{12}$/.test(String(account)) &&
        Object.values(decisions as object).every((one) => typeof one === 'string') &&
        Object.keys(more).length === 0
      );
    } catch {
      return false;
    }
  };

  test('is used, or refused in one message with path and value, before any call', async () => {
    const seen = new Set<number>();
    await fc.assert(
      fc.asyncProperty(fc.oneof(content(JSON.stringify(good)), wrong), async (text) => {
        writeFileSync('adopt.json', text);
        said.mockClear();
        reading
          .mockClear()
          .mockRejectedValue(new CallFailed('sts.GetCallerIdentity', new Error('it was denied')));
        const status = await main('adopt', [], { ...options, plan: 'adopt.json' });
        seen.add(status);
        expect(said).toHaveBeenCalledTimes(1);
        const [[message]] = said.mock.calls as [[string]];
        expect(message).not.toMatch(FORGES);
        expect([status, reading.mock.calls.length]).toEqual(isPlan(text) ? [3, 1] : [2, 0]);
        if (status !== 2) return;
        expect(message).toMatch(
          /^--plan could not be read from adopt\.json:(?: \S.*|(?:\n {2}- plan.*: (?:is not an option(?:; did you mean \w+\?)?|must .*; received .*|is missing; it must .*))+)$/,
        );
      }),
      runs(200),
    );
    expect([...seen].sort()).toEqual([2, 3]);
  });

  test.each([
    [{ ...good, version: 2 }, 'plan.version: must be 1; received 2'],
    [{ ...good, account: '12' }, 'plan.account: must be an account ID of 12 digits; received "12"'],
    [
      { ...good, decisions: { 'Trail old': 7 } },
      'plan.decisions.Trail old: must be the ID of a choice; received 7',
    ],
    [[], 'plan: must be an object; received []'],
  ])('such as %j is refused', async (plan, message) => {
    writeFileSync('adopt.json', JSON.stringify(plan));
    said.mockClear();
    expect(await main('adopt', [], { ...options, plan: 'adopt.json' })).toBe(2);
    expect(said.mock.calls).toEqual([[`--plan could not be read from adopt.json:\n  - ${message}`]]);
  });

  test.each([
    [
      'nowhere/adopt.json',
      '--plan must be in an existing folder that you can write to; received "nowhere/adopt.json"',
    ],
    ['.', '--plan must be a file; received the folder "."'],
  ])('is not %s', async (plan, message) => {
    said.mockClear();
    reading.mockClear();
    expect(await main('adopt', [], { ...options, plan })).toBe(2);
    expect(said.mock.calls).toEqual([[message]]);
    expect(reading).not.toHaveBeenCalled();
  });
});
