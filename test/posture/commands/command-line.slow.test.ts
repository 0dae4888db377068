import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../../../lib/posture/commands/main';
import { shownOf } from '../../../lib/posture/commands/output';
import { fails, refuseUnknownChecks, selected } from '../../../lib/posture/commands/selection';
import type { Options } from '../../../lib/posture/commands/options';
import { confirm, readConfirmations } from '../../../lib/posture/confirmations';
import { renderPosture } from '../../../lib/posture/render-posture';
import { createColors } from 'picocolors';
import { FORMATS } from '../../../lib/posture/report';
import { verify } from '../../../lib/posture/verify';
import { CONFIG, valueOf, WELL } from '../snapshot';

const baseline = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/aws-account-baseline.mjs', ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};

test('--help lists the exit codes', () => {
  expect(baseline('--help')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('  3    the account could not be read'),
  });
});

test('--version prints that of package.json', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(baseline('--version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
});

describe('completion', () => {
  const bash = baseline('completion', 'bash').stdout;

  /** What a Tab offers in bash after these words, the last of which is typed in part. */
  const offers = (...words: string[]): string[] => {
    const tab = [
      bash,
      `COMP_WORDS=(aws-account-baseline ${words.map((word) => `'${word}'`).join(' ')})`,
      `COMP_CWORD=${words.length}`,
      '_aws_account_baseline',
      'echo "${COMPREPLY[@]}"',
    ].join('\n');
    return spawnSync('bash', ['-c', tab], { encoding: 'utf8' }).stdout.trim().split(' ').filter(Boolean);
  };

  test.each([
    [['ver'], ['verify']],
    [['org', 'ver'], ['verify']],
    [
      ['org', ''],
      expect.arrayContaining(['preflight', 'verify', 'root-audit', 'plan', '--region', '--help']) as string[],
    ],
    [['verify', '--re'], ['--region']],
    [['--quiet', 'verify', '--det'], ['--detect-drift']],
    [
      ['policy', 'org-p'],
      ['org-preflight', 'org-plan'],
    ],
    [['report', '--format', 's'], ['sarif']],
    [
      ['verify', '--fail-on', ''],
      ['manual', 'unknown'],
    ],
    [
      ['org', 'plan', '--policy', ''],
      ['protect', 'root', 'leave', 'regions', 'users', 'outsiders'],
    ],
    // Left to the shell, which knows files.
    [['verify', '--output', 'v'], []],
  ])('of %j in bash', (words, expected) => {
    expect(offers(...words)).toEqual(expected);
  });

  test('of zsh is that of bash, behind its compatibility layer', () => {
    expect(baseline('completion', 'zsh').stdout).toBe(`autoload -U +X bashcompinit && bashcompinit\n${bash}`);
  });

  test('of fish has each command below its group, with its description', () => {
    const lines = baseline('completion', 'fish').stdout.split('\n');
    expect(lines).toContainEqual(
      expect.stringMatching(
        /^complete -c aws-account-baseline -n '__fish_seen_subcommand_from org; and not __fish_seen_subcommand_from preflight verify root-audit plan' -f -a verify -d 'check /,
      ),
    );
    expect(lines).toContain(
      "complete -c aws-account-baseline -n '__fish_seen_subcommand_from report' -l format -x -a 'html json csv sarif ocsf' -d 'default: html, or json with --json'",
    );
  });
});

describe('--quiet', () => {
  const isWrong = (text: string) => text === 'wrong';

  test('shows only what is wrong, and nothing if nothing is', () => {
    const options = { config: '', color: false, quiet: true };
    expect(shownOf(options, ['fine', 'wrong'], isWrong)).toEqual(['wrong']);
    expect(shownOf(options, ['fine'], isWrong)).toBeUndefined();
  });

  test('is an option: without it, everything is shown', () => {
    expect(shownOf({ config: '', color: false }, ['fine'], isWrong)).toEqual(['fine']);
  });
});

describe('what verify shows and judges', () => {
  const { findings } = verify(
    { ...WELL, summary: { value: { ...valueOf(WELL.summary), AccountMFAEnabled: 0 } } },
    CONFIG,
  );
  const BASE = { config: '', color: false };
  const ids = (more: Partial<Options>) => selected({ ...BASE, ...more }, findings).map(({ check }) => check);

  test('is everything, or what is selected', () => {
    expect(ids({})).toHaveLength(findings.length);
    expect(ids({ status: ['fail'] })).toEqual(['root-mfa']);
    expect(ids({ severity: ['critical'], status: ['pass', 'fail'] })).toContain('root-mfa');
    expect(ids({ severity: ['low'], status: ['fail'] })).toEqual([]);
    expect(ids({ check: ['root-mfa', 'root-access-keys'] })).toEqual(['root-mfa', 'root-access-keys']);
  });

  test('fails the command if it failed, and for what --fail-on names', () => {
    const failOn = ['unknown'] as const;
    expect((['fail', 'manual', 'unknown', 'pass'] as const).map((status) => fails(BASE, status))).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(fails({ ...BASE, failOn }, 'unknown')).toBe(true);
    expect(fails({ ...BASE, failOn }, 'manual')).toBe(false);
  });

  test('is no check that does not exist', () => {
    expect(() => {
      refuseUnknownChecks({ ...BASE, check: ['root-mfa', 'root-acces-keys'] });
    }).toThrow('--check root-acces-keys is not a check; did you mean root-access-keys?');
    refuseUnknownChecks({ ...BASE, check: ['test-alert'] });
  });
});

const SEE_HELP = 'Add --help to see the arguments and options.\n';

test.each([
  ['an unknown command', ['verfy'], "error: unknown command 'verfy'\n(Did you mean verify?)\n"],
  [
    'the help of a misspelled command',
    ['help', 'verfy'],
    "error: command-argument value 'verfy' is invalid for argument 'command'. Allowed choices are init, preflight, adopt, diff, verify, report, explain, uninstall, policy, confirm, drill, completion, org, help.\n(Did you mean verify?)\n",
  ],
  [
    'a policy of nothing',
    ['policy', 'deploy'],
    "error: command-argument value 'deploy' is invalid for argument 'command'. Allowed choices are verify, preflight, diff, explain, org-preflight, org-verify, org-root-audit, org-plan.\n",
  ],
  [
    'a policy of a misspelled command',
    ['policy', 'verfy'],
    "error: command-argument value 'verfy' is invalid for argument 'command'. Allowed choices are verify, preflight, diff, explain, org-preflight, org-verify, org-root-audit, org-plan.\n(Did you mean verify?)\n",
  ],
  [
    'a report in a format that is none',
    ['report', '--format', 'pdf'],
    `error: option '--format <format>' argument 'pdf' is invalid. Allowed choices are ${FORMATS.join(', ')}.\n`,
  ],
  [
    'a check that nobody can confirm',
    ['confirm', 'root-mfa'],
    "error: command-argument value 'root-mfa' is invalid for argument 'check'. Allowed choices are billing-access, root-notice.\n",
  ],
  [
    'a severity that is none',
    ['verify', '--severity', 'high', 'criticl'],
    "error: option '--severity <severity...>' argument 'criticl' is invalid. Allowed choices are critical, high, medium, low.\n(Did you mean critical?)\n",
  ],
  [
    'a status that fails anyway',
    ['verify', '--fail-on', 'fail'],
    "error: option '--fail-on <status...>' argument 'fail' is invalid. Allowed choices are manual, unknown.\n",
  ],
  [
    'an empty Region',
    ['verify', '--region', ''],
    "error: option '--region <name>' argument '' is invalid. It must be a Region, such as eu-central-1.\n",
  ],
  [
    'a Region that is none',
    ['verify', '--region', 'Frankfurt'],
    "error: option '--region <name>' argument 'Frankfurt' is invalid. It must be a Region, such as eu-central-1.\n",
  ],
  [
    'an empty output',
    ['verify', '--output', ''],
    "error: option '--output <file>' argument '' is invalid. It must not be empty.\n",
  ],
  [
    'an empty profile',
    ['verify', '--profile', ' '],
    "error: option '--profile <name>' argument ' ' is invalid. It must not be empty.\n",
  ],
  [
    'an option without its value',
    ['verify', '--config'],
    `error: option '--config <file>' argument missing\n${SEE_HELP}`,
  ],
  ['nothing to confirm', ['confirm'], `error: missing required argument 'check'\n${SEE_HELP}`],
  ['an option that is none', ['verify', '--xyzzy'], `error: unknown option '--xyzzy'\n${SEE_HELP}`],
])('%s is a usage error', (_, args, message) => {
  expect(baseline(...args)).toMatchObject({ status: 2, stdout: '', stderr: message });
});

test.each([
  ['', []],
  ['The profile nope does not exist, or has no Region. ', ['--profile', 'nope']],
])('a Region that is missing is answered with the ways to name one: %s', (profile, more) => {
  const env = { PATH: process.env['PATH'], AWS_CONFIG_FILE: '/dev/null', AWS_EC2_METADATA_DISABLED: 'true' };
  const words = ['verify', ...more, '--config', 'test/e2e/fixtures/baseline.config.ts'];
  const { status, stderr } = spawnSync(process.execPath, ['bin/aws-account-baseline.mjs', ...words], {
    encoding: 'utf8',
    env,
  });
  expect({ status, stderr }).toEqual({
    status: 3,
    stderr:
      'The account could not be read: sts.GetCallerIdentity: Region is missing\n' +
      `${profile}Set a Region with --region, AWS_REGION, or \`region\` in the configuration.\n`,
  });
});

test.each<[string, string[], Record<string, string>]>([
  ['an option', ['--region', 'us-esat-1'], {}],
  ['the environment', [], { AWS_REGION: 'us-esat-1' }],
])('a Region that is mistyped in %s is answered with the one that is meant', (_, more, variables) => {
  const env = { PATH: process.env['PATH'], AWS_CONFIG_FILE: '/dev/null', ...variables };
  const words = ['verify', ...more, '--config', 'test/e2e/fixtures/baseline.config.ts'];
  const { status, stderr } = spawnSync(process.execPath, ['bin/aws-account-baseline.mjs', ...words], {
    encoding: 'utf8',
    env,
  });
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: 'us-esat-1 is not a known Region; did you mean us-east-1?\n',
  });
});

test('an AWS that can’t be reached is answered with the network, not with signing in', () => {
  const env = {
    PATH: process.env['PATH'],
    AWS_CONFIG_FILE: '/dev/null',
    AWS_ACCESS_KEY_ID: 'x',
    AWS_SECRET_ACCESS_KEY: 'x',
    AWS_MAX_ATTEMPTS: '1',
    // Nothing listens at the port of "discard".
    AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  };
  const words = ['verify', '--region', 'eu-central-1', '--config', 'test/e2e/fixtures/baseline.config.ts'];
  const { status, stderr } = spawnSync(process.execPath, ['bin/aws-account-baseline.mjs', ...words], {
    encoding: 'utf8',
    env,
  });
  expect({ status, stderr }).toEqual({
    status: 3,
    stderr: expect.stringMatching(/ECONNREFUSED.*\nThere is no connection to AWS: check the network/),
  });
});

test('a reader that stops early, such as head, is not an error', () => {
  const piped = 'node bin/aws-account-baseline.mjs policy verify | true; echo "${PIPESTATUS[0]}"';
  expect(spawnSync('bash', ['-c', piped], { encoding: 'utf8' })).toMatchObject({ stdout: '0\n', stderr: '' });
});

test('a pipe gets no colours, not even from a pipeline that sets CI', () => {
  const script =
    "console.log(require('./lib/posture/commands/output').outputOf({ color: true }).colors.isColorSupported)";
  const { stdout } = spawnSync(process.execPath, ['--require', 'tsx/cjs', '--eval', script], {
    encoding: 'utf8',
    env: { ...process.env, CI: 'true', NO_COLOR: '' },
  });
  expect(stdout).toBe('false\n');
});

describe('before anything is read', () => {
  const options = { config: 'nowhere.ts', color: true };
  const said = jest.spyOn(console, 'error').mockImplementation();

  beforeEach(() => {
    said.mockClear();
  });

  test.each<[string, Partial<Options>, string]>([
    [
      'an output that can’t be written',
      { output: 'nowhere/policy.json' },
      '--output must be in an existing folder that you can write to; received "nowhere/policy.json"',
    ],
    ['a folder as output', { output: 'docs' }, '--output must be a file; received the folder "docs"'],
    // Before the configuration, which takes longer to load.
    [
      'a check that does not exist',
      { check: ['root-acces-keys'] },
      '--check root-acces-keys is not a check; did you mean root-access-keys?',
    ],
    [
      'a mistyped Region',
      { region: 'us-esat-1' },
      'us-esat-1 is not a known Region; did you mean us-east-1?',
    ],
    [
      'a configuration that is not there',
      {},
      'nowhere.ts has 1 error; nothing was deployed:\n  - The file does not exist: choose another with --config, or write one with init',
    ],
  ])('%s is a usage error', async (_, given, message) => {
    expect(await main('verify', [], { ...options, ...given })).toBe(2);
    expect(said.mock.calls).toEqual([[message]]);
  });

  test.each<[string, string, string[], Partial<Options>, string]>([
    [
      '--yes without --write',
      'preflight',
      [],
      { yes: true },
      '--yes works only with --write: preflight --write --yes',
    ],
    [
      '--json with another format',
      'report',
      [],
      { json: true, format: 'csv' },
      '--json and --format cannot be used together; use one of them',
    ],
    [
      'a comparison in another format than HTML',
      'report',
      [],
      { since: 'before.json', format: 'csv' },
      '--since works only with the HTML report: report --since FILE',
    ],
    [
      'a test alarm of preflight',
      'policy',
      ['preflight'],
      { testAlert: true },
      '--test-alert is an option of verify: policy verify --test-alert',
    ],
  ])('%s is a usage error', async (_, command, words, given, message) => {
    expect(await main(command, words, { ...options, ...given })).toBe(2);
    expect(said.mock.calls).toEqual([[message]]);
  });
});

describe('files', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'baseline-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('--since takes an earlier report only', () => {
    const file = join(folder, 'before.json');
    const since = baseline('report', '--since', file);
    expect(since).toEqual({
      status: 2,
      stdout: '',
      stderr: `--since ${file} does not exist: write a report with \`report --format json --output FILE\`\n`,
    });
  });

  test('--output takes what would be printed', () => {
    const file = join(folder, 'policy.json');
    expect(baseline('policy', 'verify', '--output', file)).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ Version: '2012-10-17' });
  });

  test('a confirmation is remembered for its account', () => {
    const config = join(folder, 'baseline.config.ts');
    confirm(config, '111111111111', 'billing-access', '2026-11-24');
    confirm(config, '222222222222', 'billing-access', '2026-11-25');
    expect(readConfirmations(config, '111111111111')).toEqual({ 'billing-access': '2026-11-24' });
    expect(readConfirmations(config, '333333333333')).toEqual({});
  });

  test.each([
    [
      'has no day',
      '{"111111111111":{"billing-access":"soon"}}',
      /^.*baseline\.confirmed\.json could not be read:\n {2}- confirmed\.111111111111\.billing-access: must be a day such as 2026-11-24; received "soon"$/,
    ],
    ['is a list', '[]', /:\n {2}- confirmed: must be an object; received \[\]$/],
    ['is no JSON', '{', /could not be read: .*JSON/],
  ])(
    'a damaged record of confirmations that %s is refused with its path and value',
    (_, content, message) => {
      writeFileSync(join(folder, 'baseline.confirmed.json'), content);
      expect(() => readConfirmations(join(folder, 'baseline.config.ts'), '111111111111')).toThrow(message);
    },
  );
});

test('names from the account can’t command the terminal', () => {
  const mallory = { UserName: 'x', Arn: 'a', UserPolicyList: [{}], GroupList: [] };
  const people = valueOf(WELL.people);
  const users = [...people.users, { ...mallory, UserName: 'mal\u001b[2Jlory' }];
  const posture = verify({ ...WELL, people: { value: { ...people, users } } }, CONFIG);
  const text = renderPosture(posture, { colors: createColors(false), width: 100 });
  expect(text).toContain('mal?[2Jlory has policies of their own:');
  expect(text).not.toContain('\u001b');
});

test('the summary counts every finding, also those that --quiet does not show', () => {
  const posture = verify({ ...WELL, summary: { value: {} } }, CONFIG);
  const failed = posture.findings.filter(({ status }) => status === 'fail');
  const output = { colors: createColors(false), width: 100 };
  const [all, quiet] = [renderPosture(posture, output), renderPosture(posture, output, failed)];
  expect(quiet.split('\n').at(-1)).toBe(all.split('\n').at(-1));
  expect(quiet).not.toMatch(/^pass/m);
});

test('the most urgent comes first in what to do', () => {
  const posture = verify(
    { ...WELL, summary: { value: {} }, contacts: { value: {} }, accountPublicAccessBlock: { value: false } },
    CONFIG,
  );
  const text = renderPosture(posture, { colors: createColors(false), width: 100 });
  const order = [...text.matchAll(/^\d\. (.*)$/gm)].map(([, line]) => line);
  expect(order).toEqual([
    'critical, failed: Root has no MFA device',
    'critical, failed: Root has access keys',
    'high, failed: The account allows public buckets',
    'needs manual action: An alternate contact is missing or was changed',
  ]);
});

test('of what is equally urgent, an incomplete deployment comes first, because it explains the rest', () => {
  const [first, ...others] = valueOf(WELL.suite);
  if (!first) throw new Error('no stack');
  const broken = { ...first, stack: { ...first.stack, StackStatus: 'UPDATE_ROLLBACK_FAILED' as const } };
  const posture = verify({ ...WELL, summary: { value: {} }, suite: { value: [broken, ...others] } }, CONFIG);
  const text = renderPosture(posture, { colors: createColors(false), width: 100 });
  const [line, next] = [...text.matchAll(/^\d\. (.*)$/gm)].map(([, step]) => step);
  expect([line, next]).toEqual([
    'critical, failed: The baseline is not deployed completely',
    'critical, failed: Root has no MFA device',
  ]);
});

test('a remedy of several findings is one step, which names them all', () => {
  const [alarm, ...others] = valueOf(WELL.alarms);
  const posture = verify(
    {
      ...WELL,
      alarms: { value: [{ ...alarm, Threshold: 9 }, ...others] },
      metricFilters: { value: valueOf(WELL.metricFilters).slice(2) },
    },
    CONFIG,
  );
  const text = renderPosture(posture, { colors: createColors(false), width: 100 });
  expect(text.split('npx cdk deploy --all --revert-drift')).toHaveLength(2);
  const step = text.slice(text.indexOf('What to do'), text.indexOf('$ npx cdk deploy'));
  expect(step).toContain('The alarm “Root user used” triggers at 9 instead of 1.');
  expect(step.match(/The metric filter for .* is missing or was changed\./g)).toHaveLength(2);
});
