import { spawn } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { EMULATOR_HOME, type Emulator, REPOSITORY } from './emulator';

export interface CdkOptions {
  /** Configuration file, passed as BASELINE_CONFIG. @default - that of the app */
  readonly config?: string;
  /** Command that runs the app. @default - the `app` of cdk.json */
  readonly app?: string;
  /** Called with each output of the CDK CLI. @default - none */
  readonly onOutput?: (text: string) => void;
  /** Stops the CDK CLI and rejects. @default - it runs to its end, for at most three minutes */
  readonly signal?: AbortSignal;
}

export interface CdkResult {
  readonly code: number;
  /** Output of the CDK CLI, stdout and stderr in order. */
  readonly output: string;
  readonly durationMs: number;
}

/** Module that shortens the pauses of the CDK CLI. */
const SHORT_PAUSES = pathToFileURL(join(__dirname, 'cdk-pauses.mjs')).href;

const LIMIT_MS = 180_000;

/** Runs the real CDK CLI against the emulated account, in the root of the repository. */
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
        NODE_OPTIONS: `${emulator.env['NODE_OPTIONS'] ?? ''} --import ${SHORT_PAUSES}`,
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
      // Without an exit code, a signal stopped it, probably because of the time limit.
      child.once('close', (status) => {
        resolve(status ?? -1);
      });
    });
    return { code, output: text, durationMs: Date.now() - started };
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}
