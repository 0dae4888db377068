import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { BaselineConfigError, type BaselineConfig, type BaselineOptions, defineBaseline } from './config';
import { relativeTo } from './saml-metadata';

/**
 * Loads the default export of a file as the configuration.
 *
 * @param file path, relative to the working directory
 * @throws {BaselineConfigError} with the file name and all errors
 */
export function loadConfig(file: string): BaselineConfig {
  const path = resolve(file);
  if (!existsSync(path)) throw new BaselineConfigError(file, ['The file does not exist']);
  try {
    return relativeTo(dirname(path), () => {
      const { default: options } = createRequire(path)(path) as { default?: unknown };
      if (options === undefined) throw new BaselineConfigError(file, ['The file has no default export']);
      return defineBaseline(options as BaselineOptions);
    });
  } catch (error) {
    if (error instanceof BaselineConfigError) throw new BaselineConfigError(file, error.errors);
    throw new BaselineConfigError(file, [error instanceof Error ? error.message : String(error)]);
  }
}
