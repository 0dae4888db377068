import { spawn } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { EMULATOR_HOME, type Emulator, REPOSITORY } from './emulator';

export interface CdkOptions {
  /** Config file of the baseline, passed on as BASELINE_CONFIG. @default - the app's own default */
  readonly config?: string;
  /** Command that runs the app. @default - the `app` of cdk.json */
  readonly app?: string;
  /** Called with what the CDK CLI writes, as it comes. @default - nobody is */
  readonly onOutput?: (text: string) => void;
  /** Ends the CDK CLI and rejects. @default - it runs to its end, for at most three minutes */
  readonly signal?: AbortSignal;
}

export interface CdkResult {
  readonly code: number;
  /** What the CDK CLI wrote to stdout and stderr, in order. */
  readonly output: string;
  readonly durationMs: number;
}

const LIMIT_MS = 180_000;

/** Runs the real CDK CLI, from the repository's root, against the emulated account. */
export async function runCdk(
  emulator: Emulator,
  args: string[],
  options: CdkOptions = {},
): Promise<CdkResult> {
  mkdirSync(EMULATOR_HOME, { recursive: true });
  const output = mkdtempSync(join(EMULATOR_HOME, 'cdk.out-'));
  const started = Date.now();
  const child = spawn(
    join(REPOSITORY, 'node_modules/.bin/cdk'),
    [
      ...args,
      '--output',
      output,
      '--no-notices',
      '--no-color',
      ...(options.app ? ['--app', options.app] : []),
    ],
    {
      cwd: REPOSITORY,
      env: {
        ...emulator.env,
        CI: 'true',
        CDK_DISABLE_CLI_TELEMETRY: 'true',
        CDK_HOME: join(EMULATOR_HOME, 'cdk-home'),
        ...(options.config === undefined ? {} : { BASELINE_CONFIG: options.config }),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: LIMIT_MS,
      killSignal: 'SIGKILL',
      signal: options.signal,
    },
  );
  let text = '';
  const collect = (chunk: Buffer): void => {
    text += chunk.toString();
    options.onOutput?.(chunk.toString());
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      // No code means that a signal ended it: the limit above, most likely.
      child.once('close', (status) => {
        resolve(status ?? -1);
      });
    });
    return { code, output: text, durationMs: Date.now() - started };
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}
