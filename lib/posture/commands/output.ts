import { accessSync, constants, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isatty } from 'node:tty';
import { createColors } from 'picocolors';
import { UsageError } from './exit-code';
import type { Options } from './options';

/** Where a command writes, and in which colours. */
export interface Output {
  readonly colors: ReturnType<typeof createColors>;
  /** Characters of a line. */
  readonly width: number;
  print(text: string): void;
}

/** The terminal, a pipe, or the file of --output. Only a terminal gets colours, unless NO_COLOR or --no-color is set. */
export function outputOf({ output, color }: Options): Output {
  // Not process.stdout.isTTY: a pipe has none, and picocolors would then decide by itself, with colours where CI is set.
  const terminal = output === undefined && isatty(process.stdout.fd);
  const noColor = process.env['NO_COLOR'];
  return {
    colors: createColors(terminal && color && (noColor === undefined || noColor === '')),
    width: terminal ? Math.max(process.stdout.columns, 60) : 120,
    print: (text) => {
      if (output === undefined) process.stdout.write(`${text}\n`);
      else writeFileSync(output, `${text}\n`);
    },
  };
}

/**
 * Checks before anything is read whether the file of --output can be written.
 *
 * @throws {UsageError} if it can't
 */
export function checkOutput({ output }: Options): void {
  if (output === undefined) return;
  try {
    accessSync(dirname(resolve(output)), constants.W_OK);
  } catch {
    throw new UsageError(
      `--output must be in an existing folder that you can write to; received "${output}"`,
    );
  }
  if (statSync(output, { throwIfNoEntry: false })?.isDirectory() === true) {
    throw new UsageError(`--output must be a file; received the folder "${output}"`);
  }
}
