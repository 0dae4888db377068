import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PRICES } from '../lib/catalog/prices';
import { quantity, unitPrice, units, usd } from '../scripts/cost/format';

describe('npm run cost', () => {
  // Started as npm does, since Jest can't import a TypeScript file that it did not transform.
  jest.setTimeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'cost-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  async function run(config: string, ...words: string[]) {
    const file = join(folder, 'own.config.ts');
    writeFileSync(file, `export default ${config};`);
    const options = { env: { ...process.env, BASELINE_CONFIG: file } };
    const child = promisify(execFile)('node', ['--import', 'tsx', 'scripts/cost.ts', ...words], options);
    // What execFile rejects with when the process fails.
    const failed = (error: unknown) => error as { code: number; stdout: string; stderr: string };
    return child.then((output) => ({ code: 0, ...output }), failed);
  }

  test('prints the bill of your own configuration', async () => {
    const { code, stdout } = await run(
      "{ administrators: ['a', 'b'], notifications: { emails: ['a@example.com'] }, profile: 'free' }",
    );
    expect(code).toBe(0);
    expect(stdout).toMatch(/own\.config\.ts, profile free: USD in the 12th month/);
    expect(stdout).toMatch(
      /first-time password, until you delete its secret +2 secrets +0\.80 +2 secrets +0\.80$/m,
    );
    expect(stdout).not.toContain('AWS KMS');
    expect(stdout).toMatch(/^Total +\d\.\d\d +\d\.\d\d$/m);
  });

  test('explains itself', async () => {
    const { code, stdout } = await run('{}', '--help');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Usage: npm run cost\n/);
  });

  test.each([
    ['a wrong configuration', '{}', [], 'own.config.ts has 2 errors; nothing was deployed:'],
    ['a wrong option', '{}', ['--frobnicate'], "Unknown option '--frobnicate'"],
  ])('answers %s with one message and code 2', async (_, config, words, message) => {
    const { code, stdout, stderr } = await run(config, ...words);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
  });
});

describe('a figure', () => {
  test('of less than half a cent is told from nothing', () => {
    expect([0, 0.0001, 0.4, 42.724].map(usd)).toEqual(['0', '< 0.01', '0.40', '42.72']);
  });

  test('is in full when whole, else in two digits', () => {
    expect([2_000_000, 3.0524].map(quantity)).toEqual(['2,000,000', '3.1']);
  });

  test('has its unit in the singular for one alone', () => {
    expect([0, 1, 2].map((value) => units(value, PRICES.key))).toEqual(['0 keys', '1 key', '2 keys']);
    expect(units(1, PRICES.snsHttps)).toBe('1 delivery');
  });

  test('of a price says for how much', () => {
    expect([PRICES.key, PRICES.keyRequests].map(unitPrice)).toEqual([
      '1.00 per key',
      '0.03 per 10,000 requests',
    ]);
  });
});
