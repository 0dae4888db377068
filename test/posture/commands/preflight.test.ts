import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineBaseline } from '../../../lib/config/config';
import type { Options } from '../../../lib/posture/commands/options';
import { preflightCommand } from '../../../lib/posture/commands/preflight';
import type { Surroundings } from '../../../lib/posture/snapshot';
import { SMALLEST } from '../../smallest';
import { WELL } from '../snapshot';
import { NEW } from '../surroundings';

let surroundings: Surroundings;

jest.mock<object>('../../../lib/stacks/templates', () => jest.requireActual('./templates-once'));
jest.mock('../../../lib/posture/collect/account', () => ({ readCaller: () => WELL.caller }));
jest.mock('../../../lib/posture/collect/preflight', () => ({ collectSurroundings: () => surroundings }));

const CONFIGURATION = `export default defineBaseline({
  administrators: ['alice'],
});
`;
const ADOPTED = CONFIGURATION.replace(
  "['alice'],\n",
  "['alice'],\n  auditTrail: { existingLogGroup: 'old-trail' },\n",
);
const TRAIL: Surroundings['trails'] = {
  value: [
    {
      trail: {
        Name: 'old-trail',
        TrailARN: 'arn:aws:cloudtrail:eu-central-1:123456789012:trail/old-trail',
        HomeRegion: 'eu-central-1',
        IsMultiRegionTrail: true,
        IncludeGlobalServiceEvents: true,
        LogFileValidationEnabled: true,
        CloudWatchLogsLogGroupArn: 'arn:aws:logs:eu-central-1:123456789012:log-group:old-trail:*',
      },
      status: { value: { IsLogging: true } },
    },
  ],
};
const FULL = { AccountAccessKeysPresent: 0, Users: 5000, UsersQuota: 5000, Groups: 0, GroupsQuota: 300 };

let folder: string;
let config: string;
const printed = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
const said = jest.spyOn(console, 'error').mockImplementation();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'preflight-'));
  config = join(folder, 'baseline.config.ts');
  writeFileSync(config, CONFIGURATION);
  surroundings = NEW;
  printed.mockClear();
  said.mockClear();
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

afterAll(() => {
  jest.restoreAllMocks();
});

async function run(more: Partial<Options> = {}) {
  const options: Options = { config, color: false, quiet: true, region: 'eu-central-1', ...more };
  const code = await preflightCommand(options, defineBaseline(SMALLEST));
  return { code, text: printed.mock.calls.join('') };
}

test('a new account passes, of which --quiet shows nothing, and JSON shows everything', async () => {
  expect(await run()).toEqual({ code: 0, text: '' });
  const { text } = await run({ json: true });
  const { account, entries } = JSON.parse(text) as { account: string; entries: { what: string }[] };
  expect(account).toBe(WELL.caller.account);
  expect(entries.map(({ what }) => what)).toContain('Audit trail');
  printed.mockClear();
  expect((await run({ quiet: false })).text).toContain('Audit trail');
});

test('what stops a deployment fails the command, and so does what is unknown, if asked to', async () => {
  surroundings = { ...NEW, summary: { value: FULL } };
  const stopped = await run();
  expect(stopped.code).toBe(1);
  expect(stopped.text).toContain('Quota for users');
  expect(stopped.text).not.toContain('Audit trail');
  surroundings = { ...NEW, keyAliases: { unknown: 'kms:ListAliases is not allowed' } };
  printed.mockClear();
  expect(await run()).toEqual({ code: 0, text: '' });
  const { code, text } = await run({ failOn: ['unknown'] });
  expect(code).toBe(1);
  expect(text).toMatch(/^unknown +Key alias\/account-baseline /m);
});

test('--write adopts what can be adopted, after an answer or with --yes', async () => {
  surroundings = { ...NEW, trails: TRAIL };
  const before = process.stdin.isTTY;
  process.stdin.isTTY = false;
  try {
    await run({ write: true });
  } finally {
    process.stdin.isTTY = before;
  }
  expect(said.mock.calls.flat()).toEqual([
    expect.stringContaining("\n+  auditTrail: { existingLogGroup: 'old-trail' },\n"),
    `${config} was not changed. Use --yes to write it without asking.`,
  ]);
  expect(readFileSync(config, 'utf8')).toBe(CONFIGURATION);
  said.mockClear();
  await run({ write: true, yes: true });
  expect(said.mock.lastCall).toEqual([`${config} was written.`]);
  expect(readFileSync(config, 'utf8')).toBe(ADOPTED);
});

test('with nothing to adopt, --write says so', async () => {
  await run({ write: true, yes: true });
  expect(said.mock.calls).toEqual([[`There is nothing to adopt. ${config} was not changed.`]]);
  expect(readFileSync(config, 'utf8')).toBe(CONFIGURATION);
});
