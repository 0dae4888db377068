import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineBaseline } from '../../../lib/config/config';
import { orgVerifyCommand } from '../../../lib/posture/commands/org-verify';
import type { Options } from '../../../lib/posture/commands/options';
import type { MemberPosture } from '../../../lib/posture/organization/verify-member';
import type { OrganizationPosture, Run } from '../../../lib/posture/organization/verify-organization';
import { SMALLEST_ORGANIZATION as ORGANIZATION } from '../../organization/smallest-organization';
import { SMALLEST } from '../../smallest';
import { POSTURE } from '../posture';
import { WELL } from '../snapshot';

const caller = { ...WELL.caller };
const file = { remove: jest.fn() };
let accounts: readonly MemberPosture[];
let during: (run: Run) => void;

jest.mock('../../../lib/posture/collect/account', () => ({ readCaller: () => Promise.resolve(caller) }));
jest.mock('../../../lib/posture/organization/members', () => ({
  readMembers: () => Promise.resolve({ organization: 'o-a1b2c3d4e5', members: [], skipped: [] }),
}));
jest.mock('../../../lib/posture/organization/run-file', () => ({ RunFile: jest.fn(() => file) }));
jest.mock('../../../lib/posture/organization/verify-organization', () => ({
  verifyOrganization: (_: unknown, run: Run): Promise<OrganizationPosture> => {
    during(run);
    return Promise.resolve({
      organization: 'o-a1b2c3d4e5',
      managementAccount: '123456789012',
      at: POSTURE.at,
      accounts,
      skipped: [],
    });
  },
}));

const CONFIG = defineBaseline({ ...SMALLEST, organization: ORGANIZATION });
const PASSED = { ...POSTURE, calls: 1, findings: POSTURE.findings.filter(({ status }) => status === 'pass') };
const FAILED = { ...PASSED, account: '222222222222', findings: POSTURE.findings };
const UNREAD = { ...PASSED, account: '333333333333', findings: [], unreadable: 'It was refused.' };

let folder: string;
const printed = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
const said = jest.spyOn(console, 'error').mockImplementation();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'org-verify-'));
  caller.arn = WELL.caller.arn;
  accounts = [PASSED];
  during = () => undefined;
  for (const mock of [printed, said, file.remove]) mock.mockClear();
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

afterAll(() => {
  jest.restoreAllMocks();
});

async function run(more: Partial<Options> = {}) {
  const options: Options = { config: '', color: false, quiet: true, region: 'eu-central-1', ...more };
  const code = await orgVerifyCommand(options, CONFIG);
  return { code, text: printed.mock.calls.join('') };
}

test.each<[string, readonly MemberPosture[], number]>([
  ['passed', [PASSED, PASSED], 0],
  ['failed', [PASSED, FAILED], 1],
  ['could not be read, whatever else failed', [UNREAD, FAILED, PASSED], 3],
])('accounts of which one %s give the exit code', async (_, found, expected) => {
  accounts = found;
  const { code, text } = await run();
  expect(code).toBe(expected);
  expect(text).toContain(`Organization o-a1b2c3d4e5: ${found.length} accounts\n`);
  expect(file.remove).toHaveBeenCalledTimes(1);
});

test('one account that is named is shown with its findings, unless it could not be read', async () => {
  accounts = [FAILED];
  expect((await run({ account: [FAILED.account] })).text).toMatch(/^pass +root-mfa /m);
  printed.mockClear();
  expect((await run()).text).not.toMatch(/^pass +root-mfa /m);
  printed.mockClear();
  accounts = [UNREAD];
  expect((await run({ account: [UNREAD.account] })).text).toContain('What could not be read');
});

test('a report is a file of its format, and JSON is printed', async () => {
  const output = join(folder, 'organization.html');
  await run({ format: 'html', output });
  expect(readFileSync(output, 'utf8')).toMatch(/^<!doctype html>/i);
  expect(said.mock.calls).toEqual([[`Written to ${output}`]]);
  expect(JSON.parse((await run({ json: true })).text)).toMatchObject({ organization: 'o-a1b2c3d4e5' });
});

test('root is refused, which can assume no role', async () => {
  caller.arn = 'arn:aws:iam::123456789012:root';
  await expect(run()).rejects.toThrow(
    /^org verify assumes a role in each account, which AWS does not allow root/,
  );
});

test('Ctrl-C says how to continue, as long as accounts are read, and the file of the run stays', async () => {
  const exit = jest.spyOn(process, 'exit').mockImplementation(() => {
    throw new Error('exited');
  });
  const listeners = process.listenerCount('SIGINT');
  during = ({ onProgress }) => {
    onProgress(2, 5);
    process.emit('SIGINT');
  };
  await expect(run()).rejects.toThrow('exited');
  expect(exit).toHaveBeenCalledWith(130);
  expect(said.mock.lastCall).toEqual([
    '\nInterrupted after 2 of 5 accounts. To read the others, repeat the command with --resume.',
  ]);
  expect(file.remove).not.toHaveBeenCalled();
  expect(process.listenerCount('SIGINT')).toBe(listeners);
  exit.mockRestore();
});
