import { createRequire } from 'node:module';
import { isNativeError } from 'node:util/types';
import type { BaselineConfig } from '../../config/config';
import { BaselineConfigError } from '../../config/errors';
import { CallFailed } from '../clients';
import { printable, printableLines } from '../shell';
import { refuseContradictions } from './contradictions';
import { EXIT, UsageError } from './exit-code';
import type { Options } from './options';
import { checkOutput } from './output';
import { policyCommand } from './policy';

type Command = (options: Options, config: BaselineConfig, argument: string) => Promise<number>;

const load = createRequire(__filename);

/** Loads the code of a command only after all usage checks, because the SDK takes a second to load. */
const COMMANDS: Readonly<Record<string, () => Command>> = {
  verify: () => (load('./verify') as typeof import('./verify')).verifyCommand,
  report: () => (load('./report') as typeof import('./report')).reportCommand,
  preflight: () => (load('./preflight') as typeof import('./preflight')).preflightCommand,
  adopt: () => (load('./adopt') as typeof import('./adopt')).adoptCommand,
  explain: () => (load('./explain') as typeof import('./explain')).explainCommand,
  diff: () => (load('./diff') as typeof import('./diff')).diffCommand,
  uninstall: () => (load('./uninstall') as typeof import('./uninstall')).uninstallCommand,
  confirm: () => (load('./confirm') as typeof import('./confirm')).confirmCommand,
  drill: () => (load('./drill') as typeof import('./drill')).drillCommand,
  org: () => (load('./org') as typeof import('./org')).orgCommand,
};

/**
 * Runs a command.
 *
 * @returns its exit code
 */
export async function main(
  name: string,
  [argument = '']: readonly string[],
  options: Options,
): Promise<number> {
  try {
    refuseContradictions(name, argument, options);
    checkOutput(options);
    if (options.check !== undefined) {
      (load('./selection') as typeof import('./selection')).refuseUnknownChecks(options);
    }
    if (name === 'policy') return policyCommand(options, argument as Parameters<typeof policyCommand>[1]);
    if (name === 'init') {
      return await (load('./init') as typeof import('./init')).initCommand(options, argument);
    }
    const { loadConfig } = load('../../config/load-config') as typeof import('../../config/load-config');
    const config = loadConfig(options.config);
    const commandOf = COMMANDS[name];
    if (!commandOf)
      throw new Error(`command must be one of ${Object.keys(COMMANDS).join(', ')}, got ${name}`);
    return await commandOf()(options, config, argument);
  } catch (error) {
    if (error instanceof BaselineConfigError || error instanceof UsageError) {
      console.error(printableLines(error.message));
      return EXIT.usage;
    }
    if (isNativeError(error) && error.name === 'AbortError') {
      console.error('\nStopped at a question. What would have come after it was not done.');
      return EXIT.stopped;
    }
    if (isAboutFile(error)) {
      console.error(`A file could not be read or written: ${printable(error.message)}`);
      return EXIT.usage;
    }
    if (error instanceof CallFailed) {
      console.error(
        `The account could not be read: ${error.call}: ${printable(error.message)}\n${hintAt(error, options)}`,
      );
      return EXIT.unreadable;
    }
    throw error;
  }
}

/**
 * Whether the system refuses a file, such as with a full disk, or a name that is too long. Node.js begins the
 * message with the code, and that of a failed connection or program with the call.
 */
function isAboutFile(error: unknown): error is NodeJS.ErrnoException {
  return isNativeError(error) && 'code' in error && error.message.startsWith(`${String(error.code)}: `);
}

/** Network errors of Node.js and the SDK. */
const NO_CONNECTION = /ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|TimeoutError/;

function hintAt({ code, message }: CallFailed, { profile }: Options): string {
  if (message.includes('Region is missing')) {
    const without =
      profile === undefined ? '' : `The profile ${printable(profile)} does not exist, or has no Region. `;
    return `${without}Set a Region with --region, AWS_REGION, or \`region\` in the configuration.`;
  }
  if (NO_CONNECTION.test(`${code} ${message}`)) {
    return 'There is no connection to AWS: check the network, the proxy, the Region of the profile, and AWS_ENDPOINT_URL if it is set.';
  }
  const named =
    profile === undefined ? 'choose a profile with --profile' : `check the profile ${printable(profile)}`;
  return `Sign in with \`aws login\` or \`aws sso login\`, or ${named}; \`aws sts get-caller-identity\` shows who you are.`;
}
