import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
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
const SHORT_PAUSES = { PYTHONPATH: join(__dirname, 'short-pauses') };

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

/** The AWS CLI as a command for shells that run many commands against one emulated account. */
export interface QuickAwsCli {
  /** Folder with the program `aws`, for `PATH`. */
  readonly folder: string;
  stop(): void;
}

/**
 * Loads the AWS CLI once, which takes most of the time of a command. Its program `aws` passes arguments,
 * folder, and the variables of AWS to a fork of that process. Standard input does not reach it.
 */
export async function quickAwsCli(emulator: Emulator): Promise<QuickAwsCli> {
  const token = randomUUID();
  const server = spawn(join(awsCli(), '../python'), [join(__dirname, 'aws_cli_server.py'), token], {
    env: { ...emulator.env, ...SHORT_PAUSES },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(server, 'exit').then(() => {
    throw new Error('aws_cli_server.py ended before it printed its port');
  });
  const [port] = (await Promise.race([once(server.stdout, 'data'), ended])) as [Buffer];
  const folder = mkdtempSync(join(tmpdir(), 'aws-cli-'));
  const program = join(folder, 'aws');
  writeFileSync(
    program,
    `#!/bin/bash
exec 3<>/dev/tcp/127.0.0.1/${port.toString().trim()}
printf '%s\\0' ${token} "$PWD" >&3
for name in "\${!AWS_@}"; do printf '%s=%s\\0' "$name" "\${!name}"; done >&3
printf '%s\\0' -- "$@" '' >&3
for text in code stdout stderr; do IFS= read -r -d '' "$text" <&3; done
printf '%s' "$stdout"
printf '%s' "$stderr" >&2
exit "$code"
`,
  );
  chmodSync(program, 0o755);
  return {
    folder,
    stop: () => {
      server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
