import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { join } from 'node:path';
import { EMULATOR_HOME, type Emulator } from './emulator';
import { programsOf } from './virtual-environment';

/**
 * Path of the AWS CLI (`aws`, version 1 from PyPI), in a virtual environment below `home`. CloudShell has
 * version 2, which is not on PyPI. Their commands differ only in a few defaults, such as the pager.
 *
 * @throws {Error} with one line that says what is missing and how to get it
 */
export function awsCli(home = EMULATOR_HOME): string {
  const environment = {
    folder: join(home, 'aws-cli'),
    requirements: join(__dirname, 'aws-cli.requirements.txt'),
    contents: 'the AWS CLI (awscli)',
  };
  return join(programsOf(environment), 'aws');
}

/** Environment in which the AWS CLI asks ten times a second whether CloudFormation is ready. */
export const SHORT_PAUSES = { PYTHONPATH: join(__dirname, 'short-pauses') };

export interface AwsCliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs one command of the AWS CLI against the emulated account.
 *
 * @example `await runAwsCli(emulator, ['sts', 'get-caller-identity'])`
 */
export async function runAwsCli(emulator: Emulator, args: readonly string[]): Promise<AwsCliResult> {
  const child = spawn(awsCli(), args, {
    env: { ...emulator.env, ...SHORT_PAUSES },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (status) => {
        resolve(status ?? -1);
      });
    }),
  ]);
  return { code, stdout, stderr };
}
