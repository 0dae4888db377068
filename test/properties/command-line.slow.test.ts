import fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { main } from '../../lib/posture/commands/main';
import { earlierReport } from '../../lib/posture/commands/earlier-report';
import { readConfirmations } from '../../lib/posture/confirmations';
import { UsageError } from '../../lib/posture/commands/exit-code';
import type { Options } from '../../lib/posture/commands/options';
import { render } from '../../lib/posture/report';
import { POSTURE } from '../posture/posture';
import { content } from './content';
import { runs } from './runs';

const PROGRAM = resolve('bin/aws-account-baseline.mjs');
const CONFIG = resolve('test/e2e/fixtures/baseline.config.ts');

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baseline-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Names, none of which leads out of the folder, and what a shell or a terminal interprets. */
const word = fc.oneof(
  fc.constantFrom(
    'verify',
    'report',
    'preflight',
    'adopt',
    'explain',
    'diff',
    'uninstall',
    'policy',
    'confirm',
    'drill',
    'init',
    'org',
    'completion',
    'help',
  ),
  fc.constantFrom(
    '--json',
    '--output',
    '--format',
    '--check',
    '--fail-on',
    '--yes',
    '--plan',
    '--since',
    '--from',
    '--as',
    '--can',
    '--on',
    '--template',
    '--config',
    '--region',
    '--profile',
    '--account',
    '--ou',
    '--days',
    '--policy',
    '--done',
    '--version',
    '--help',
    '-h',
    '--',
    '-',
    '--no-color',
    '--quiet=1',
  ),
  fc.constantFrom(
    'html',
    'root-mfa',
    'billing-access',
    'break-glass',
    'bash',
    'eu-central-1',
    '123456789012',
    'iam:CreateUser',
    'alice',
    'deployed',
    '.',
    '/dev/null',
    '0',
    '-1',
    '1e3',
    'NaN',
  ),
  fc.constantFrom(
    '$(touch executed)',
    '`touch executed`',
    '; touch executed',
    '| touch executed',
    '--eval=require("fs").writeFileSync("executed","")',
    '\u001b[2J',
    '\u202e',
    'a\nb',
    '',
    ' ',
    'é',
    '__proto__',
    'constructor',
    'a'.repeat(300),
  ),
  fc.string({ maxLength: 6 }).filter((text) => !/[/\0]/.test(text)),
);

/** A command with what it needs, so that it gets beyond the parser, and more. */
const command = fc
  .tuple(
    fc.constantFrom(
      ['policy', 'verify'],
      ['report', '--since', '/dev/null'],
      ['report', '--since', '.'],
      ['diff', '--from', '.'],
      ['diff', '--from', '/dev/null'],
      ['init', '--administrator', 'alice', '--administrator', 'bob', '--email', 'a@example.com', '--yes'],
      ['org', 'plan'],
      ['verify', '--check', 'root-mfa'],
      ['confirm', 'billing-access'],
      ['completion', 'bash'],
    ),
    fc.array(word, { maxLength: 2 }),
  )
  .map((parts) => parts.flat());

/** How a run ends, as `--help` says. 4 is a bug. */
const DOCUMENTED = [0, 1, 2, 3];

interface Ended {
  readonly args: readonly string[];
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command for each list of arguments on standard input, and prints how each ends. */
const RUNNER = `
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
const program = pathToFileURL(process.argv[1]).href;
const [node] = process.argv;
const print = process.stdout.write.bind(process.stdout);
process.stdout.setMaxListeners(0);
// With --eval, commander would look for the arguments elsewhere.
process.execArgv = [];
const ended = [];
for (const args of JSON.parse(readFileSync(0, 'utf8'))) {
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'])
    process[name].write = (text) => { written[name] += text; return true; };
  for (const name of ['log', 'error'])
    console[name] = (value) => { written[name === 'log' ? 'stdout' : 'stderr'] += (value?.stack ?? value) + '\\n'; };
  process.argv = [node, 'aws-account-baseline', ...args];
  process.exitCode = 0;
  await import(program + '?' + ended.length);
  ended.push({ args, status: process.exitCode, ...written });
}
process.exitCode = 0;
print(JSON.stringify(ended));
`;

describe('any arguments', () => {
  /** Nothing listens at the port of "discard". */
  const env = {
    PATH: process.env['PATH'],
    HOME: '/nonexistent',
    BASELINE_CONFIG: CONFIG,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ACCESS_KEY_ID: 'x',
    AWS_SECRET_ACCESS_KEY: 'x',
    AWS_MAX_ATTEMPTS: '1',
    AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
    AWS_REGION: 'eu-central-1',
  };

  /** How each of these runs ends. All are in one process: to start one takes a second. */
  function ended(all: readonly (readonly string[])[]): Ended[] {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--input-type=module', '--eval', RUNNER, PROGRAM],
      {
        encoding: 'utf8',
        env,
        cwd: folder,
        input: JSON.stringify(all),
        timeout: 120_000,
      },
    );
    expect(stderr).toBe('');
    return JSON.parse(stdout) as Ended[];
  }

  const checked = (all: readonly (readonly string[])[]) => {
    const found = ended(all);
    expect(found).toHaveLength(all.length);
    expect(found.filter(({ status }) => !DOCUMENTED.includes(status))).toEqual([]);
    // No stack trace, and nothing that moves the cursor.
    expect(found.filter(({ stderr }) => /^ {4}at |[^\P{C}\n]/mu.test(stderr))).toEqual([]);
    // What is wrong goes to stderr, and nothing else is printed.
    expect(
      found.filter(({ status, stdout, stderr }) => status === 2 && (stdout !== '' || !/\S/.test(stderr))),
    ).toEqual([]);
    expect(readdirSync(folder)).not.toContain('executed');
    return found.map(({ status }) => status);
  };

  test('end as documented, with a message instead of a stack trace, and run nothing', () => {
    const some = fc.array(fc.oneof(fc.array(word, { maxLength: 4 }), command), {
      minLength: 60,
      maxLength: 60,
    });
    const seen = new Set<number>();
    fc.assert(
      fc.property(some, (all) => {
        for (const status of checked([...all, ['confirm', 'billing-access']])) seen.add(status);
      }),
      { ...runs(2), endOnFailure: true },
    );
    // Otherwise, few came beyond the parser.
    expect([...seen]).toEqual(expect.arrayContaining([0, 2, 3]));
  });

  test('that a terminal or the file system refuses are usage errors', () => {
    const people = [
      '--administrator',
      'alice',
      '--administrator',
      'bob',
      '--email',
      'a@example.com',
      '--yes',
    ];
    const refused = [
      ['policy', 'verify', '--output', 'a'.repeat(300)],
      ['policy', 'verify', '--output', '/dev/full'],
      ['init', 'a'.repeat(300), ...people],
      ['init', '/dev/null', ...people],
      // Node.js tries this one forever if it is to create the folders above, too.
      ['init', '/proc/x', ...people],
      ['\u001b[2J'],
      ['verify', '--check', '\u001b[2J'],
    ];
    expect(checked(refused)).toEqual(refused.map(() => 2));
  });
});

describe('a file that a command reads', () => {
  const said = jest.spyOn(console, 'error').mockReturnValue(undefined);
  const options: Options = { config: CONFIG, color: false };

  afterAll(() => {
    said.mockRestore();
  });

  const REPORT = render({ ...POSTURE, findings: POSTURE.findings.slice(0, 3) }, 'json');

  test('with --since is an earlier report, or refused in a line', () => {
    const file = join(folder, 'report.json');
    fc.assert(
      fc.property(content(REPORT), (text) => {
        writeFileSync(file, text);
        try {
          const { findings, at } = earlierReport(file);
          expect(Number.isNaN(Date.parse(at))).toBe(false);
          expect(
            findings.every(({ check, controls }) => typeof check === 'string' && Array.isArray(controls)),
          ).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
        }
      }),
      runs(150),
    );
  });

  test('of confirmations has days, or is refused in a line', () => {
    const config = join(folder, 'baseline.config.ts');
    const file = join(folder, 'baseline.confirmed.json');
    const good = '{"123456789012":{"billing-access":"2026-11-24"}}';
    fc.assert(
      fc.property(
        fc.oneof(
          content(good),
          fc.string().map((day) => JSON.stringify({ 123456789012: { 'billing-access': day } })),
        ),
        (text) => {
          writeFileSync(file, text);
          try {
            const days = Object.values(readConfirmations(config, '123456789012'));
            expect(days.filter((day) => Number.isNaN(Date.parse(day)))).toEqual([]);
          } catch (error) {
            expect(error).toBeInstanceOf(UsageError);
          }
        },
      ),
      runs(150),
    );
  });

  test('is named in one message, without what a terminal interprets', async () => {
    const file = join(folder, 'report.json');
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1 }), async (text) => {
        writeFileSync(file, `${text}\u001b[2J`);
        said.mockClear();
        expect(await main('report', [], { ...options, since: file })).toBe(2);
        expect(said).toHaveBeenCalledTimes(1);
        expect(said.mock.calls[0]?.[0]).not.toMatch(/[^\P{C}\n\t]/u);
      }),
      runs(30),
    );
  });
});
