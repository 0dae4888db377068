import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineBaseline } from '../../../lib/config/config';
import { orgRootAuditCommand } from '../../../lib/posture/commands/org-root-audit';
import type { Options } from '../../../lib/posture/commands/options';
import type { AuditedRoot, DeletionRecord } from '../../../lib/posture/organization/audit-roots';
import type { Members } from '../../../lib/posture/organization/members';
import { SMALLEST_ORGANIZATION as ORGANIZATION } from '../../organization/smallest-organization';
import { SMALLEST } from '../../smallest';
import { WELL } from '../snapshot';

let members: Members;
let roots: readonly AuditedRoot[];
const selections: unknown[] = [];

jest.mock('../../../lib/posture/collect/account', () => ({ readCaller: () => Promise.resolve(WELL.caller) }));
jest.mock('../../../lib/posture/organization/root-session', () => ({
  requireCentralRoot: () => Promise.resolve(),
}));
jest.mock('../../../lib/posture/organization/members', () => ({
  readMembers: (_clients: unknown, _config: unknown, selection: unknown) => {
    selections.push(selection);
    return Promise.resolve(members);
  },
}));
jest.mock('../../../lib/posture/organization/audit-roots', () => ({
  ...jest.requireActual<object>('../../../lib/posture/organization/audit-roots'),
  auditRoots: () => Promise.resolve(roots),
  deleteRootCredentials: async (found: readonly AuditedRoot[], { isWanted, record }: Deleting) => {
    const left: AuditedRoot[] = [];
    for (const root of found) {
      const isDeleted = await isWanted(root);
      if (isDeleted) record({ ...DELETED, account: root.id });
      left.push(isDeleted ? { ...root, credentials: NONE } : root);
    }
    return left;
  },
}));

interface Deleting {
  readonly isWanted: (root: AuditedRoot) => Promise<boolean>;
  readonly record: (one: DeletionRecord) => void;
}

const DELETED = { at: '2026-11-24T08:00:00Z', by: WELL.caller.arn, what: 'password', result: 'deleted' };
const NONE = { hasPassword: false, accessKeys: [], certificates: [], mfaDevices: [] };
const SAFE: AuditedRoot = { id: '111111111111', name: 'shop', credentials: NONE };
const OPEN: AuditedRoot = { id: '222222222222', name: 'lab', credentials: { ...NONE, hasPassword: true } };
const IN_USE: AuditedRoot = {
  id: '333333333333',
  name: 'old',
  credentials: { ...NONE, accessKeys: [{ id: 'AKIA1', status: 'Active', lastUsed: new Date() }] },
};
const UNREAD: AuditedRoot = { id: '444444444444', name: 'new', unreadable: 'refused' };
const CONFIG = defineBaseline({ ...SMALLEST, organization: ORGANIZATION });

let folder: string;
const printed = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
const said = jest.spyOn(console, 'error').mockImplementation();
const { isTTY } = process.stdin;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'org-root-audit-'));
  members = { organization: 'o-a1b2c3d4e5', managementAccount: '123456789012', members: [], skipped: [] };
  roots = [SAFE];
  process.stdin.isTTY = false;
  selections.length = 0;
  printed.mockClear();
  said.mockClear();
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

afterAll(() => {
  process.stdin.isTTY = isTTY;
  jest.restoreAllMocks();
});

async function run(more: Partial<Options> = {}) {
  const config = join(folder, 'baseline.config.ts');
  const options: Options = { config, color: false, quiet: true, region: 'eu-central-1', ...more };
  const code = await orgRootAuditCommand(options, CONFIG);
  return { code, text: printed.mock.calls.join(''), said: said.mock.calls.flat() };
}

test.each<[string, readonly AuditedRoot[], number]>([
  ['without credentials', [SAFE, SAFE], 0],
  ['with a password', [SAFE, OPEN], 1],
  ['that could not be read, whatever the others have', [UNREAD, OPEN, SAFE], 3],
])('a root user %s gives the exit code', async (_, found, expected) => {
  roots = found;
  const { code, text } = await run({ account: ['111111111111'], ou: 'ou-a1b2-11111111' });
  expect(code).toBe(expected);
  expect(text).toContain(`Root users of the organization o-a1b2c3d4e5: ${found.length} members\n`);
  expect(selections).toEqual([{ accounts: ['111111111111'], unit: 'ou-a1b2-11111111' }]);
});

test('--yes-delete deletes from these accounts alone what nothing uses, and records it', async () => {
  roots = [OPEN, IN_USE];
  const yesDelete = [OPEN.id, IN_USE.id];
  const { code, text, said: errors } = await run({ deleteCredentials: true, yesDelete, json: true });
  expect(code).toBe(1);
  expect(selections).toEqual([{ accounts: yesDelete, unit: undefined }]);
  const record = { ...DELETED, account: OPEN.id };
  expect(JSON.parse(text)).toMatchObject({
    organization: 'o-a1b2c3d4e5',
    roots: [{ id: OPEN.id, credentials: NONE }, { id: IN_USE.id }],
    skipped: [],
    deleted: [record],
  });
  const log = join(folder, 'baseline.root-deletions.jsonl');
  expect(readFileSync(log, 'utf8')).toBe(`${JSON.stringify(record)}\n`);
  expect(errors).toEqual([
    expect.stringContaining('2 root users with credentials'),
    `${OPEN.id}: password deleted`,
    `${IN_USE.id}: nothing was deleted, because AKIA1 was used in the last 90 days. Deactivate it first, or repeat the command in a terminal without --yes-delete.`,
    `Recorded in ${log}`,
  ]);
});

test('naming an account to delete from that is not a member is a usage error', async () => {
  members = {
    ...members,
    skipped: [{ id: '123456789012', name: 'management', why: 'the management account' }],
  };
  await expect(run({ deleteCredentials: true, yesDelete: ['123456789012'] })).rejects.toThrow(
    '--yes-delete must name members; received "123456789012": the management account',
  );
  expect((await run()).code).toBe(0);
});

test.each<[Partial<Options>, RegExp]>([
  [{ yesDelete: ['111111111111'] }, /^--yes-delete works only with --delete-credentials$/],
  [{ deleteCredentials: true }, /^--delete-credentials asks about each account, which needs a terminal/],
])('%j is a usage error, and nothing is read', async (options, message) => {
  await expect(run(options)).rejects.toThrow(message);
  expect(selections).toEqual([]);
});
