import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { stringify } from 'yaml';
import { cdkInitProject } from './bench/cdk-init';
import { measureInTurn, run, Timings } from './bench/command';
import { fails, type Result, table } from './bench/table';
import { CONFIG, withDeployedAccount } from './deployed-account';

const REPOSITORY = resolve(__dirname, '..');
/** Ignored by Git, and always safe to delete. */
const HOME = join(REPOSITORY, '.emulator/bench');
const ASSEMBLY = join(HOME, 'synth');
const ROUNDS = 5;

/**
 * Maximum size of a template in bytes without a bucket. A fifth of it should stay free.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
 */
const TEMPLATE_LIMIT = { name: 'limit of CloudFormation', value: 51_200 };
const TEMPLATE_BUDGET = 0.8;

/** All three run through npm, like a user would. Separate outputs keep the user's cdk.out unchanged. */
function synthTimes(): Result[] {
  const project = cdkInitProject(REPOSITORY, HOME);
  rmSync(ASSEMBLY, { recursive: true, force: true });
  const script = (name: string, output: string) =>
    new Timings({ words: ['npm', 'run', name, '--', '--output', output], folder: REPOSITORY });
  const cdkInit = new Timings({ words: ['npm', 'exec', '--', 'cdk', 'synth', '--quiet'], folder: project });
  const ours = script('synth', ASSEMBLY);
  const fast = script('synth:fast', join(HOME, 'synth-fast'));
  measureInTurn(ROUNDS, [cdkInit, ours, fast]);

  const result = (what: string, timings: Timings, name: string, rival: Timings, budget: number): Result => ({
    what,
    unit: 's',
    measured: timings.median,
    range: timings.range,
    against: { name, value: rival.median },
    budget,
  });
  return [
    result('cdk synth, all validation on', ours, 'empty project of cdk init', cdkInit, 0.9),
    result('npm run synth:fast', fast, 'empty project of cdk init', cdkInit, 0.25),
  ];
}

/** Sizes of the templates of `synthTimes`, as the CDK CLI sends them. */
function sizes(): Result[] {
  return readdirSync(ASSEMBLY)
    .filter((name) => name.endsWith('.template.json'))
    .sort()
    .map((name) => ({
      what: `${name.replace('.template.json', '')}, YAML as it is sent`,
      unit: 'bytes',
      measured: Buffer.byteLength(
        stringify(JSON.parse(readFileSync(join(ASSEMBLY, name), 'utf8')), {
          schema: 'yaml-1.1',
          lineWidth: 0,
        }),
      ),
      against: TEMPLATE_LIMIT,
      budget: TEMPLATE_BUDGET,
    }));
}

/**
 * Times of the CLI, on an emulated account right after the deployment. `PROWLER` may name the program of
 * prowler, which has too many packages to install it here.
 */
function commandTimes(): Promise<Result[]> {
  return withDeployedAccount(({ env }) => {
    const command = (...words: [string, ...string[]]) => new Timings({ words, folder: REPOSITORY, env });
    // Each ends with another code if a check fails.
    const failing = (code: number, ...words: string[]) =>
      command('sh', '-c', `"$0" "$@" || [ $? = ${code} ]`, ...words);
    const baseline = [process.execPath, 'bin/aws-account-baseline.mjs'] as const;
    const help = command(...baseline, '--help');
    const verify = failing(1, ...baseline, 'verify', '--json', '--config', CONFIG);
    const program = process.env['PROWLER'];
    const prowler = program
      ? [failing(3, program, 'aws', '--compliance', 'cis_7.0_aws', '--output-directory', HOME)]
      : [];
    measureInTurn(ROUNDS, [help, verify, ...prowler]);
    const result = (
      what: string,
      { median, range }: Timings,
      against: Result['against'],
      budget = 1,
    ): Result => ({ what, unit: 's', measured: median, range, against, budget });
    const limit = (value: number) => ({ name: 'limit of ours', value });
    const verified = 'aws-account-baseline verify, emulated account';
    return [
      result('aws-account-baseline --help', help, limit(0.3)),
      result(verified, verify, limit(5)),
      ...prowler.map(({ median: value }) =>
        result(verified, verify, { name: 'CIS checks of prowler', value }, 0.06),
      ),
    ];
  });
}

/** Runs each once, because they take long and nothing is compared. */
function suiteTimes(): Result[] {
  const suite = (what: string, args: string[], limit: number): Result => ({
    what,
    unit: 's',
    measured: run({ words: ['npm', ...args], folder: REPOSITORY }),
    against: { name: 'limit of ours', value: limit },
    budget: 1,
    informative: true,
  });
  return [suite('npm test', ['test'], 60), suite('npm run e2e', ['run', 'e2e'], 150)];
}

async function bench(): Promise<void> {
  const results = [
    ...synthTimes(),
    ...sizes(),
    ...(await commandTimes()),
    ...(process.argv.includes('--all') ? suiteTimes() : []),
  ];
  console.log(
    `Node ${process.version}, ${availableParallelism()} CPUs; times are medians of ${ROUNDS} interleaved runs\n`,
  );
  console.log(table(results));
  if (results.some(fails)) process.exitCode = 1;
}

void bench();
