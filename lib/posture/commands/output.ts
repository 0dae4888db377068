import { accessSync, constants, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isatty } from 'node:tty';
import { isNativeError } from 'node:util/types';
import { createColors } from 'picocolors';
import { printable } from '../shell';
import { UsageError } from './exit-code';
import type { Options } from './options';

/** Where a command writes, and with which colors. */
export interface Output {
  readonly colors: ReturnType<typeof createColors>;
  /** Characters per line. */
  readonly width: number;
  print(text: string): void;
}

/**
 * Writes to the terminal, a pipe, or the file of --output. Only a terminal gets colors, unless NO_COLOR or
 * --no-color is set.
 */
export function outputOf({ output, color }: Options): Output {
  // process.stdout.isTTY is undefined for a pipe, and picocolors would then enable colors in CI.
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

/** What a command shows: everything, or with --quiet only what is wrong; undefined if nothing is. */
export function shownOf<T>(
  { quiet }: Options,
  all: readonly T[],
  isWrong: (one: T) => boolean,
): readonly T[] | undefined {
  if (quiet !== true) return all;
  const wrong = all.filter(isWrong);
  return wrong.length > 0 ? wrong : undefined;
}

/**
 * Checks that the file of --output is writable before anything is read.
 *
 * @throws {UsageError} if it is not
 */
export function checkOutput({ output }: Options): void {
  if (output !== undefined) checkWritable('--output', output);
}

/**
 * Checks that the file of an option is writable.
 *
 * @throws {UsageError} if it is not
 */
export function checkWritable(option: string, file: string): void {
  try {
    accessSync(dirname(resolve(file)), constants.W_OK);
  } catch {
    throw new UsageError(`${option} must be in an existing folder that you can write to; received "${file}"`);
  }
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) {
    throw new UsageError(`${option} must be a file; received the folder "${file}"`);
  }
}

/** Why a file that the caller named could not be read, in one line: the error quotes its content. */
export function reasonOf(error: unknown): string {
  return printable(isNativeError(error) ? error.message : String(error));
}
