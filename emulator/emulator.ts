import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { pythonWithEmulator } from './python';

export const REPOSITORY = resolve(__dirname, '..');

/** Folder for everything that the emulator writes. It is always safe to delete. */
export const EMULATOR_HOME = join(REPOSITORY, '.emulator');

const ACCOUNT_ID = '123456789012';
const REGION = 'us-east-1';
const START_LIMIT_MS = 30_000;

/** An emulated AWS account on this machine, for exclusive use. */
export interface Emulator {
  readonly endpoint: string;
  readonly accountId: string;
  readonly region: string;
  /**
   * Complete environment for child processes. It points to the emulated account and contains nothing of the
   * user's environment.
   */
  readonly env: Readonly<Record<string, string>>;
  /** For AWS SDK v3 clients: `new IAMClient(emulator.clientConfig)`. */
  readonly clientConfig: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  /** Log of the emulator so far. */
  log(): string;
  /** File with the e-mails that AWS would have sent so far. It exists from the first one on. */
  readonly mailFile: string;
  /**
   * Sets which setting calls fail from now on, each as `Region action [how [which]]`. Earlier ones succeed
   * again. `how` is 'refuse' (default), 'deny', 'throttle', 'hang', or 'kill', which ends the calling
   * function; of a read of an EC2 setting, 'close', as in a Region that a policy of the organization closes.
   * `which` is a range: '1-3' are the first three calls, '2-' all but the first.
   */
  refuse(...calls: readonly string[]): void;
  /** Stops the emulator and the functions that it runs, and deletes the account. Can be called twice. */
  stop(): Promise<void>;
}

/** Few, because a deployment takes longer with each. */
const ENABLED = ['us-east-1', 'us-west-2', 'ap-southeast-2', 'eu-central-1'];

/**
 * Starts an empty account. The caller must stop it. If the caller is killed, the account stops on its own.
 *
 * @param regions Regions that are enabled
 * @throws without a suitable Python, or if the emulator does not respond within 30 seconds
 */
export async function startEmulator(regions: readonly string[] = ENABLED): Promise<Emulator> {
  const python = pythonWithEmulator(EMULATOR_HOME);
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const folder = join(EMULATOR_HOME, 'accounts', String(port));
  const logFile = join(EMULATOR_HOME, 'logs', `${port}.log`);
  const mailFile = join(folder, 'mail.txt');
  const env = { ...cleanEnvironment(), ...awsEnvironment(endpoint) };

  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'tmp'), { recursive: true });
  mkdirSync(join(EMULATOR_HOME, 'logs'), { recursive: true });

  const logDescriptor = openSync(logFile, 'w');
  const child = spawn(python, [join(__dirname, 'emulated_account.py')], {
    cwd: folder,
    env: { ...env, ...accountEnvironment(port, folder), EMULATOR_REGIONS: regions.join(' ') },
    // A separate process group, so that the functions that it runs can be stopped with it.
    detached: true,
    stdio: ['ignore', logDescriptor, logDescriptor],
  });
  closeSync(logDescriptor);
  // A test that does not stop the emulator must not hang. The emulator notices that its parent has ended.
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
  return { endpoint, accountId: ACCOUNT_ID, region: REGION, env, clientConfig, log, mailFile, refuse, stop };
}

/** The minimum that programs need: no AWS variables, no proxy, and no NODE_OPTIONS of a test runner. */
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
    // S3 Control adds the account ID as a prefix, so the host cannot be an IP address; see localhost.mjs.
    AWS_ENDPOINT_URL_S3_CONTROL: endpoint.replace('127.0.0.1', 's3-control.localhost'),
    NODE_OPTIONS: `--import ${pathToFileURL(join(__dirname, 'localhost.mjs')).href}`,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    // Prevents reading ~/.aws and the instance metadata of this machine.
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    // Hides the SDK warning about Node 20, which would mix with the output that tests read.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}

function accountEnvironment(port: number, folder: string): Record<string, string> {
  return {
    EMULATOR_PARENT_PID: String(process.pid),
    // The evaluator that log_events.py starts.
    EMULATOR_FILTER_PATTERNS: require.resolve('./filter-patterns.ts'),
    GATEWAY_PORT: String(port),
    BIND_HOST: '127.0.0.1',
    // Host name in the URLs that MiniStack returns. `localhost` may resolve to ::1, where nothing listens.
    MINISTACK_HOST: '127.0.0.1',
    MINISTACK_ACCOUNT_ID: ACCOUNT_ID,
    MINISTACK_REGION: REGION,
    // MiniStack knows a few dozen AWS managed policies. It creates the others with AWS's document, if this
    // copy has it, or else with one that allows everything.
    MINISTACK_AUTOCREATE_AWS_MANAGED: '1',
    EMULATOR_MANAGED_POLICIES: join(REPOSITORY, 'lib/explain/recorded-policies.json'),
    // Runs functions as local processes, without Docker.
    LAMBDA_EXECUTOR: 'local',
    // Retries failed asynchronous invocations immediately, instead of after one and two minutes.
    LAMBDA_ASYNC_RETRY_BASE_SECONDS: '0.1',
    NODE_OPTIONS: ['localhost.mjs', 'pauses.mjs', 'responses.mjs']
      .map((file) => `--import ${pathToFileURL(join(__dirname, file)).href}`)
      .join(' '),
    // Provides the AWS SDK, which the Lambda runtime contains, to inline functions.
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

/** Kills the emulator and its functions, which need no orderly shutdown. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has already ended.
  }
}

/**
 * Calls `action` when this process ends, unless the returned function was called before. Under Jest, whose
 * `process` has no exit event, and on SIGKILL, the emulator stops itself.
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
