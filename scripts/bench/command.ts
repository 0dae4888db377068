import { spawnSync } from 'node:child_process';
import { delimiter } from 'node:path';

/** A command as a person types it, and the folder they are in. */
export interface Command {
  readonly words: readonly [string, ...string[]];
  readonly folder: string;
  /** @default - the user's own environment */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs a command to its end.
 *
 * @returns wall time, in seconds
 * @throws {Error} if it fails, with what it wrote
 */
export function run({ words, folder, env }: Command): number {
  const [program, ...args] = words;
  const started = performance.now();
  const { status, error, stdout, stderr } = spawnSync(program, args, {
    cwd: folder,
    env: env ?? environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    maxBuffer: Infinity,
  });
  const seconds = (performance.now() - started) / 1000;
  if (status === 0) return seconds;
  throw new Error(`${words.join(' ')} failed in ${folder}: ${error?.message ?? `${stdout}${stderr}`}`);
}

/** Wall times of one command, run several times. */
export class Timings {
  private readonly seconds: number[] = [];

  constructor(private readonly command: Command) {}

  /** Runs the command once more. */
  measure(): void {
    this.seconds.push(run(this.command));
  }

  /** In seconds; of an even number of runs the upper one of the middle two. */
  get median(): number {
    const sorted = [...this.seconds].sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? NaN;
  }

  /** Fastest and slowest run, in seconds. */
  get range(): readonly [number, number] {
    return [Math.min(...this.seconds), Math.max(...this.seconds)];
  }
}

/** Runs the commands in turn, round by round, so that a drift of the machine hits all of them alike. */
export function measureInTurn(rounds: number, timings: readonly Timings[]): void {
  for (let round = 1; round <= rounds; round += 1) {
    console.error(`round ${round} of ${rounds}`);
    for (const timing of timings) timing.measure();
  }
}

/** What the npm that started us passes on, and would pass on to a project that is not ours. */
const FROM_NPM = /^(npm_(?!config_)|npm_config_local_prefix$|INIT_CWD$)/;

/** The user's own environment, with nothing in it that sends the CDK command line to the network. */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !FROM_NPM.test(name) && name !== 'BASELINE_CONFIG',
  );
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  return {
    ...Object.fromEntries(kept),
    PATH: path.join(delimiter),
    CDK_DISABLE_CLI_TELEMETRY: 'true',
    CDK_NOTICES: 'false',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}
