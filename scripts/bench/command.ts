import { spawnSync } from 'node:child_process';
import { delimiter } from 'node:path';

/** A command and its working directory. */
export interface Command {
  readonly words: readonly [string, ...string[]];
  readonly folder: string;
  /** @default - the user's own environment */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs a command and waits for it.
 *
 * @returns wall time, in seconds
 * @throws {Error} if it fails, with its output
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

  /** Median in seconds; for an even number of runs, the upper one of the middle two. */
  get median(): number {
    const sorted = [...this.seconds].sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? NaN;
  }

  /** Fastest and slowest run, in seconds. */
  get range(): readonly [number, number] {
    return [Math.min(...this.seconds), Math.max(...this.seconds)];
  }
}

/** Runs the commands in turn, round by round, so that changes in machine speed affect all of them alike. */
export function measureInTurn(rounds: number, timings: readonly Timings[]): void {
  for (let round = 1; round <= rounds; round += 1) {
    console.error(`round ${round} of ${rounds}`);
    for (const timing of timings) timing.measure();
  }
}

/** Variables that npm sets for our project, and that would affect another project. */
const FROM_NPM = /^(npm_(?!config_)|npm_config_local_prefix$|INIT_CWD$)/;

/** The user's environment, without anything that makes the CDK CLI use the network. */
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
