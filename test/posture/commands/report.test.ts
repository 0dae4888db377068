import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineBaseline } from '../../../lib/config/config';
import type { Options } from '../../../lib/posture/commands/options';
import { reportCommand } from '../../../lib/posture/commands/report';
import { render } from '../../../lib/posture/report';
import { SMALLEST } from '../../smallest';
import { POSTURE } from '../posture';

jest.mock<object>('../../../lib/stacks/templates', () => jest.requireActual('./templates-once'));
jest.mock('../../../lib/posture/commands/verify', () => ({ postureOf: () => Promise.resolve(POSTURE) }));

const CONFIG = defineBaseline(SMALLEST);
const { notifications } = SMALLEST;
const said = jest.spyOn(console, 'error').mockImplementation();

let folder: string;
let output: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'report-'));
  output = join(folder, 'report');
  said.mockClear();
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function report(options: Partial<Options> = {}, config = CONFIG): Promise<string> {
  expect(await reportCommand({ config: '', color: false, output, ...options }, config)).toBe(0);
  return readFileSync(options.output ?? output, 'utf8');
}

test('the page has what the configuration costs, and how its policies evaluate requests', async () => {
  const page = await report();
  const [, idle, busy] =
    /<strong>([\d.]+) USD<\/strong> in an idle account, about <strong>([\d.]+) USD<\/strong>/.exec(page) ??
    [];
  expect(Number(idle)).toBeGreaterThan(1);
  expect(Number(busy)).toBeGreaterThan(Number(idle));
  const [, cost = ''] = /<section id="cost"(.*?)<\/section>/s.exec(page) ?? [];
  const lines = [...cost.matchAll(/<td[^>]*>(\d+\.\d\d)<\/td>/g)].map(([, usd]) => Number(usd));
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.every((usd) => usd > 0)).toBe(true);
  expect(lines.reduce((sum, usd) => sum + usd, 0)).toBeCloseTo(Number(idle), 1);
  expect(page).toContain('id="path-form"');
  expect(said.mock.calls).toEqual([[`Written to ${output}`]]);
});

test('the page is a file, unless another one is named, and --quiet says nothing of it', async () => {
  const before = process.cwd();
  process.chdir(folder);
  try {
    await reportCommand({ config: '', color: false, quiet: true }, CONFIG);
    expect(readFileSync('baseline-report.html', 'utf8')).toMatch(/^<!doctype html>/i);
  } finally {
    process.chdir(before);
  }
  expect(said.mock.calls).toEqual([]);
});

test.each([
  ['of a public repository are links', 'https://git.example.com/docs/runbooks/', true],
  ['elsewhere are names', 'https://git.example.com/alarms/', false],
  ['in the folder itself are names', 'docs/runbooks/', false],
])('pages of docs/ %s', async (_, runbooks, isLink) => {
  const page = await report(
    {},
    defineBaseline({ ...SMALLEST, notifications: { ...notifications, runbooks } }),
  );
  expect(page.includes('href="https://git.example.com/docs/billing-access.md"')).toBe(isLink);
});

test.each([
  [{ json: true }, 'json'],
  [{ format: 'csv' }, 'csv'],
  [{ format: 'sarif' }, 'sarif'],
] as const)('%j is what verify found, and nothing else', async (options, format) => {
  expect(await report(options)).toBe(`${render(POSTURE, format)}\n`);
});

test('--since compares with an earlier report of the same account', async () => {
  const since = join(folder, 'before.json');
  const findings = POSTURE.findings.map((finding) => ({ ...finding, status: 'fail' }) as const);
  const at = '2026-11-22T08:00:00.000Z';
  writeFileSync(since, render({ ...POSTURE, at, findings }, 'json'));
  expect(await report({ since })).toContain('<strong>Up from 0%</strong><br>since 2026-11-22 08:00 UTC');
  writeFileSync(since, render({ ...POSTURE, account: '999999999999' }, 'json'));
  await expect(report({ since })).rejects.toThrow(
    `--since ${since} is a report of account 999999999999, not ${POSTURE.account}`,
  );
});
