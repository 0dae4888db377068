import { defineBaseline } from '../../../lib/config/config';
import type { Options } from '../../../lib/posture/commands/options';
import { verifyCommand } from '../../../lib/posture/commands/verify';
import type { Snapshot } from '../../../lib/posture/snapshot';
import { verify } from '../../../lib/posture/verify';
import { CONFIG, valueOf, WELL } from '../snapshot';

let snapshot: Snapshot;
const collect = jest.fn<unknown, unknown[]>();

jest.mock('../../../lib/posture/collect/account', () => ({ readCaller: () => WELL.caller }));
jest.mock('../../../lib/posture/collect/verify', () => ({
  collect: (...given: unknown[]) => {
    collect(...given);
    return snapshot;
  },
}));
jest.mock('../../../lib/posture/detect-drift', () => ({
  detectDrift: (_clients: unknown, stack: string, _: object, region?: string) =>
    Promise.resolve({ value: `${stack} ${region ?? 'here'}` }),
}));
jest.mock('../../../lib/posture/test-alert', () => ({
  testAlert: () => Promise.resolve(ALERT),
}));

const ALERT = {
  check: 'test-alert',
  title: 'A test alarm arrives',
  area: 'notifications',
  severity: 'high',
  status: 'manual',
  detail: 'It was sent.',
  controls: [],
} as const;
const WITHOUT_MFA = { ...WELL, summary: { value: { ...valueOf(WELL.summary), AccountMFAEnabled: 0 } } };

const printed = jest.spyOn(process.stdout, 'write').mockReturnValue(true);

beforeEach(() => {
  snapshot = WELL;
  printed.mockClear();
  collect.mockClear();
});

afterAll(() => {
  printed.mockRestore();
});

async function run(more: Partial<Options> = {}, config = CONFIG) {
  const options: Options = {
    config: 'nowhere/baseline.config.ts',
    color: false,
    region: 'eu-central-1',
    ...more,
  };
  const code = await verifyCommand(options, config);
  return { code, text: printed.mock.calls.join('') };
}

test('an account in which all is well passes, and --quiet prints nothing', async () => {
  const { code, text } = await run();
  expect(code).toBe(0);
  expect(text).toMatch(/^pass +root-mfa +Root has an MFA device\.$/m);
  printed.mockClear();
  expect(await run({ quiet: true })).toEqual({ code: 0, text: '' });
});

test('the last line counts all findings, whatever is selected', async () => {
  const last = (text: string) => text.trimEnd().split('\n').at(-1);
  const all = last((await run()).text);
  expect(all).toMatch(/^[1-9]\d* passed, /);
  printed.mockClear();
  expect(last((await run({ status: ['fail'] })).text)).toBe(all);
});

test('a failed check fails the command, and --quiet shows it alone', async () => {
  snapshot = WITHOUT_MFA;
  const { code, text } = await run({ quiet: true });
  expect(code).toBe(1);
  expect(text).toMatch(/^fail .*Root has no MFA device/m);
  expect(text).not.toMatch(/^pass /m);
});

test('what is not selected does not count, and JSON has what is selected, also with --quiet', async () => {
  snapshot = WITHOUT_MFA;
  const { code, text } = await run({ json: true, quiet: true, check: ['root-access-keys'] });
  expect(code).toBe(0);
  const posture = verify(snapshot, CONFIG);
  const findings = posture.findings.filter(({ check }) => check === 'root-access-keys');
  expect(JSON.parse(text)).toMatchObject({ account: posture.account, findings });
  expect(findings).toHaveLength(1);
});

test('--test-alert adds its result, which fails the command only if asked to', async () => {
  const selection = { check: ['test-alert'], json: true, testAlert: true };
  const { code, text } = await run(selection);
  expect(code).toBe(0);
  expect(JSON.parse(text)).toMatchObject({ findings: [ALERT] });
  expect(await run({ ...selection, failOn: ['manual'] })).toMatchObject({ code: 1 });
});

test('--detect-drift looks at each stack, in its Region', async () => {
  await run();
  expect(collect.mock.lastCall).toEqual([expect.anything(), WELL.caller, CONFIG, {}, undefined]);
  await run(
    { detectDrift: true },
    defineBaseline({ administrators: ['alice'], notifications: { emails: ['security@example.com'] } }),
  );
  expect(collect.mock.lastCall?.[4]).toMatchObject({
    Access: { value: 'AccountBaseline-Access here' },
    RootNotice: { value: 'AccountBaseline-RootNotice us-east-1' },
  });
});
