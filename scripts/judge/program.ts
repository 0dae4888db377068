import { execFile } from 'node:child_process';
import { basename } from 'node:path';

/** Runs a program with these arguments, and returns what it prints. */
export type Program = (args: readonly string[]) => Promise<string>;

/** What a program prints. Judges end with an error if they object. */
export function output(
  program: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<NodeJS.ProcessEnv> = process.env,
): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { cwd, env, maxBuffer: 2 ** 28 }, (error, stdout, stderr) => {
      if (stdout.trim() !== '' || error === null) resolve(stdout);
      else reject(new Error(`${basename(program)}: ${stderr.trim().slice(-500)}`));
    });
  });
}
