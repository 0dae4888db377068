import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { BREAK_GLASS_DRILL } from '../../../lib/access/break-glass';
import type { BaselineConfig } from '../../../lib/config/config';
import type { Clients } from '../../../lib/posture/clients';
import { main } from '../../../lib/posture/commands/main';
import type { Options } from '../../../lib/posture/commands/options';
import { readConfirmations } from '../../../lib/posture/confirmations';

// Its spinner is an ES module, which Jest cannot import.
jest.mock('../../../lib/posture/commands/reading', () => ({
  reading: (_options: Options, { region }: BaselineConfig, read: (clients: Clients) => unknown) =>
    read(
      new (jest.requireActual<typeof import('../../../lib/posture/clients')>(
        '../../../lib/posture/clients',
      ).Clients)({ region }),
    ),
}));

const ACCOUNT = '210987654321';
const NAMES = ['glass-1', 'glass-2'];

const sts = mockClient(STSClient);
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drill-'));
  const Arn = `arn:aws:iam::${ACCOUNT}:user/alice`;
  sts.reset();
  sts.on(GetCallerIdentityCommand).resolves({ Account: ACCOUNT, Arn });
});

afterEach(() => {
  jest.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the command with a configuration that has these users. */
async function drill(breakGlass: readonly string[] | undefined, options: Partial<Options> = {}) {
  const config = join(folder, 'baseline.config.cjs');
  const output = join(folder, 'page');
  const given = {
    administrators: ['alice'],
    notifications: { emails: ['security@example.com'] },
    region: 'eu-central-1',
    ...(breakGlass ? { access: { breakGlass } } : {}),
  };
  writeFileSync(config, `exports.default = ${JSON.stringify(given)};`);
  writeFileSync(output, '');
  const code = await main('drill', ['break-glass'], { config, color: false, output, ...options });
  return { code, text: readFileSync(output, 'utf8'), recorded: readConfirmations(config, ACCOUNT) };
}

test('a drill prints an envelope for each user, and records nothing', async () => {
  const { code, text, recorded } = await drill(NAMES);
  expect(code).toBe(0);
  expect(text).toMatch(new RegExp(`^Break-glass users of the AWS account ${ACCOUNT}\n`));
  expect([...text.matchAll(/^Envelope \d: (.*)$/gm)].map(([, name]) => name)).toEqual(NAMES);
  expect(recorded).toEqual({});
});

test('--done records the drill of this account with the day of today', async () => {
  jest.useFakeTimers({ now: Date.UTC(2026, 10, 28, 12), advanceTimers: true });
  const { code, text, recorded } = await drill(NAMES, { done: true });
  expect(code).toBe(0);
  expect(text).toContain(`a drill in account ${ACCOUNT} was done today`);
  expect(recorded).toEqual({ [BREAK_GLASS_DRILL]: '2026-11-28' });
});

test('without break-glass users, a drill is a usage error, and AWS is not asked', async () => {
  const said = jest.spyOn(console, 'error').mockImplementation();
  expect(await drill(undefined)).toEqual({ code: 2, text: '', recorded: {} });
  expect(said.mock.calls).toEqual([['access.breakGlass: is missing; a drill needs the names of two users']]);
  expect(sts.calls()).toHaveLength(0);
});
