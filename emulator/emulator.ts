import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { pythonWithEmulator } from './python';

export const REPOSITORY = resolve(__dirname, '..');

/** Everything that the emulator and the runs against it write is below this folder; deleting it is always safe. */
export const EMULATOR_HOME = join(REPOSITORY, '.emulator');

const ACCOUNT_ID = '123456789012';
const REGION = 'us-east-1';
const START_LIMIT_MS = 30_000;

/** An AWS account on this machine that nothing else uses. */
export interface Emulator {
  readonly endpoint: string;
  readonly accountId: string;
  readonly region: string;
  /** A complete environment for child processes: it reaches the emulated account and holds nothing of the user's. */
  readonly env: Readonly<Record<string, string>>;
  /** For AWS SDK v3 clients: `new IAMClient(emulator.clientConfig)`. */
  readonly clientConfig: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  /** The emulator's log so far. */
  log(): string;
  /**
   * Calls that write a setting and that fail from now on, each as Region and action; those before are served again. A word
   * more says how: 'refuse', by default, 'deny', 'throttle', 'hang', or 'kill' for the end of the function that calls; and
   * then which of them: '1-3' are the first three, '2-' all but the first.
   */
  refuse(...calls: readonly string[]): void;
  /** Ends the emulator and the functions it runs. The account is gone; it may be called twice. */
  stop(): Promise<void>;
}

/**
 * Starts an empty account. The caller stops it; should the caller be killed, the account ends by itself.
 *
 * @throws when there is no suitable Python, or when the emulator does not serve within 30 seconds
 */
export async function startEmulator(): Promise<Emulator> {
  const python = pythonWithEmulator(EMULATOR_HOME);
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const folder = join(EMULATOR_HOME, 'accounts', String(port));
  const logFile = join(EMULATOR_HOME, 'logs', `${port}.log`);
  const env = { ...cleanEnvironment(), ...awsEnvironment(endpoint) };

  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'tmp'), { recursive: true });
  mkdirSync(join(EMULATOR_HOME, 'logs'), { recursive: true });

  const logDescriptor = openSync(logFile, 'w');
  const child = spawn(python, [join(__dirname, 'emulated_account.py')], {
    cwd: folder,
    env: { ...env, ...accountEnvironment(port, folder) },
    // Its own process group, so that the functions it runs can be ended with it.
    detached: true,
    stdio: ['ignore', logDescriptor, logDescriptor],
  });
  closeSync(logDescriptor);
  // A test that forgets to stop must not hang; the emulator notices that its parent is gone.
  child.unref();
  const forget = (): void => {
    killGroup(child);
    rmSync(folder, { recursive: true, force: true });
  };
  const releaseProcess = onEndOfProcess(forget);

  const stop = async (): Promise<void> => {
    releaseProcess();
    await end(child);
    forget();
  };
  const log = (): string => readFileSync(logFile, 'utf8');
  const refuse = (...calls: readonly string[]): void => {
    writeFileSync(join(folder, 'refused'), calls.join('\n'));
  };

  try {
    await untilServing(endpoint, child, log);
  } catch (error) {
    await stop();
    throw error;
  }
  const credentials = { accessKeyId: env.AWS_ACCESS_KEY_ID, secretAccessKey: env.AWS_SECRET_ACCESS_KEY };
  const clientConfig = { endpoint, region: REGION, credentials };
  return { endpoint, accountId: ACCOUNT_ID, region: REGION, env, clientConfig, log, refuse, stop };
}

/** What programs need to run at all. No AWS variable, no proxy, no NODE_OPTIONS of a test runner comes along. */
function cleanEnvironment(): Record<string, string> {
  const home = join(EMULATOR_HOME, 'home');
  mkdirSync(home, { recursive: true });
  const kept = ['PATH', 'LANG', 'LC_ALL', 'TZ', 'SystemRoot'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(kept), HOME: home, USERPROFILE: home };
}

function awsEnvironment(endpoint: string) {
  return {
    AWS_ENDPOINT_URL: endpoint,
    // It gets the account id as a prefix, and then can't be an address; see localhost.mjs.
    AWS_ENDPOINT_URL_S3_CONTROL: endpoint.replace('127.0.0.1', 's3-control.localhost'),
    NODE_OPTIONS: `--import ${pathToFileURL(join(__dirname, 'localhost.mjs')).href}`,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    // Nothing may be read from ~/.aws or from instance metadata of the machine that runs the tests.
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    // The CDK command line's SDK warns about Node 20 in the midst of what tests read.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}

function accountEnvironment(port: number, folder: string): Record<string, string> {
  return {
    EMULATOR_PARENT_PID: String(process.pid),
    // Where log_events.py finds the evaluator that emulator/filter-pattern.ts is.
    EMULATOR_FILTER_PATTERNS: require.resolve('./filter-patterns.ts'),
    GATEWAY_PORT: String(port),
    BIND_HOST: '127.0.0.1',
    // Appears in the URLs that MiniStack hands out; `localhost` may resolve to ::1, where nobody listens.
    MINISTACK_HOST: '127.0.0.1',
    MINISTACK_ACCOUNT_ID: ACCOUNT_ID,
    MINISTACK_REGION: REGION,
    // It knows a few dozen AWS managed policies; the others exist too, with a document that allows everything.
    MINISTACK_AUTOCREATE_AWS_MANAGED: '1',
    // Functions run as local processes; no Docker.
    LAMBDA_EXECUTOR: 'local',
    // Retries of a failing asynchronous invocation follow at once instead of after one and two minutes.
    LAMBDA_ASYNC_RETRY_BASE_SECONDS: '0.1',
    NODE_OPTIONS: ['localhost.mjs', 'pauses.mjs']
      .map((file) => `--import ${pathToFileURL(join(__dirname, file)).href}`)
      .join(' '),
    // Inline functions find the AWS SDK that the Lambda runtime would bring.
    NODE_PATH: join(REPOSITORY, 'node_modules'),
    TMPDIR: join(folder, 'tmp'),
    S3_DATA_DIR: join(folder, 's3'),
    STATE_DIR: join(folder, 'state'),
    PYTHONPYCACHEPREFIX: join(EMULATOR_HOME, 'pycache'),
    PYTHONUNBUFFERED: '1',
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port on 127.0.0.1');
  return address.port;
}

async function untilServing(endpoint: string, child: ChildProcess, log: () => string): Promise<void> {
  const deadline = Date.now() + START_LIMIT_MS;
  while (Date.now() < deadline && child.exitCode === null && child.signalCode === null) {
    const answer = await fetch(`${endpoint}/_ministack/health`).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(50);
  }
  const lines = log().trim().split('\n').slice(-15).join('\n');
  throw new Error(`the emulated AWS account did not start at ${endpoint}; its log ends with:\n${lines}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.ref();
  const exited = once(child, 'exit');
  killGroup(child);
  await exited;
}

/** The emulator and the functions that it runs. Nothing in them is worth an orderly end. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

/**
 * Calls `action` when this process ends, until the function that it returns is called.
 * Under jest, whose `process` hears no exit, and on SIGKILL the emulator's own watch does the same.
 */
function onEndOfProcess(action: () => void): () => void {
  const onSignal = (signal: NodeJS.Signals): void => {
    action();
    release();
    process.kill(process.pid, signal);
  };
  const release = (): void => {
    process.off('exit', action).off('SIGINT', onSignal).off('SIGTERM', onSignal);
  };
  process.on('exit', action).on('SIGINT', onSignal).on('SIGTERM', onSignal);
  return release;
}
