import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { Command, CommanderError } from 'commander';
import { runCdk } from '../emulator/cdk';
import { type Emulator, startEmulator } from '../emulator/emulator';
import { environmentFile } from '../emulator/environment-file';
import { BaselineConfigError } from '../lib/config/config';
import { loadConfig } from '../lib/config/load-config';

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

interface Options {
  readonly deploy?: true;
  readonly config?: string;
  readonly envFile: string;
}

const EXIT = { failed: 1, usage: 2 };

const program: Command = new Command('npm run emulator --')
  .description(
    'Starts an AWS account on this machine and keeps it until you press Ctrl-C. No AWS account is used.\n' +
      'The variables that the AWS CLI, SDKs, and scanners need are written to a file.',
  )
  .option('--deploy', 'deploy the baseline into the account (cdk deploy --all)')
  .option('--config <file>', 'configuration to deploy, with --deploy (default: "baseline.config.ts")')
  .option('--env-file <file>', 'file for the variables', '.emulator/env')
  .exitOverride()
  .showHelpAfterError('Run npm run emulator -- --help to see the options.')
  .action(run);

async function run({ deploy, config, envFile }: Options): Promise<void> {
  if (config !== undefined && !deploy)
    usageError('--config needs --deploy: nothing else reads a configuration');
  const configFile = resolve(config ?? process.env['BASELINE_CONFIG'] ?? 'baseline.config.ts');
  if (deploy) checkConfig(configFile);
  const file = resolve(envFile);
  checkWritable(envFile, file);

  const ended = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      ended.abort();
    });
  }
  console.log('Starting an AWS account on this machine (the first time, this installs the emulator) ...');
  const emulator = await startEmulator();
  const contents = environmentFile(emulator);
  try {
    if (deploy && !ended.signal.aborted) await deployBaseline(emulator, configFile, ended.signal);
    writeFileSync(file, contents);
    if (!ended.signal.aborted) console.log(usage(emulator, relative(process.cwd(), file), deploy));
    await abortOf(ended.signal);
  } finally {
    await emulator.stop();
    // Another emulator may have overwritten the file.
    if (existsSync(file) && ['', contents].includes(readFileSync(file, 'utf8'))) rmSync(file);
  }
}

function checkConfig(file: string): void {
  try {
    loadConfig(file);
  } catch (error) {
    if (error instanceof BaselineConfigError) usageError(error.message);
    throw error;
  }
}

function checkWritable(given: string, file: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    closeSync(openSync(file, 'a'));
  } catch (error) {
    usageError(
      `--env-file ${given} cannot be written: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function usageError(message: string): never {
  program.error(`error: ${message}`, { exitCode: EXIT.usage });
}

async function deployBaseline(emulator: Emulator, config: string, signal: AbortSignal): Promise<void> {
  console.log(`Deploying ${relative(process.cwd(), config)}: cdk deploy --all ...`);
  const args = ['deploy', '--all', '--require-approval', 'never', '--progress', 'events'];
  const write = (text: string): void => {
    process.stdout.write(text);
  };
  try {
    const { code } = await runCdk(emulator, args, { config, signal, onOutput: write });
    if (code !== 0) throw new Failure(`cdk deploy failed with exit code ${code}; the account is deleted.`);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** An error that is shown without a stack trace; all others are bugs. */
class Failure extends Error {}

function usage({ accountId, endpoint, region }: Emulator, envFile: string, isDeployed = false): string {
  return `
The AWS account ${accountId} is ready at ${endpoint} (Region ${region}).

In another terminal:

  source ${envFile}
  aws sts get-caller-identity
  ${isDeployed ? 'npm run baseline -- verify' : 'npx cdk deploy --all'}

Press Ctrl-C to stop. The account and ${envFile} are then deleted.`;
}

function abortOf(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    // Keeps this process alive, which the process of the account does not do.
    const alive = setInterval(() => undefined, 60_000);
    const end = (): void => {
      clearInterval(alive);
      done();
    };
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}

program.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : EXIT.usage;
    return;
  }
  console.error(error instanceof Failure ? error.message : error);
  process.exitCode = EXIT.failed;
});
