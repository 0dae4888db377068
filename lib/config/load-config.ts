import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { BaselineConfigError, defineBaseline, type BaselineConfig } from './config';

/**
 * Loads the configuration that a file exports as its default.
 *
 * @param file path, relative to the working directory
 * @throws {BaselineConfigError} naming the file and everything that is wrong with it
 */
export function loadConfig(file: string): BaselineConfig {
  const path = resolve(file);
  if (!existsSync(path)) throw new BaselineConfigError(file, ['the file does not exist']);
  try {
    const module = createRequire(path)(path) as { default?: unknown };
    return defineBaseline(module.default as Parameters<typeof defineBaseline>[0]);
  } catch (error) {
    if (error instanceof BaselineConfigError) throw new BaselineConfigError(file, error.faults);
    throw new BaselineConfigError(file, [error instanceof Error ? error.message : String(error)]);
  }
}
