import { statSync } from 'node:fs';
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
  const entry = statSync(path, { throwIfNoEntry: false });
  if (!entry) {
    const missing = 'The file does not exist: choose another with --config, or write one with init';
    throw new BaselineConfigError(file, [missing]);
  }
  if (entry.isDirectory()) {
    throw new BaselineConfigError(file, ['It is a folder: name a file with --config']);
  }
  try {
    return relativeTo(dirname(path), () => {
      const { default: options } = createRequire(path)(path) as { default?: unknown };
      if (options === undefined) throw new BaselineConfigError(file, ['The file has no default export']);
      return defineBaseline(options as BaselineOptions);
    });
  } catch (error) {
    if (error instanceof BaselineConfigError) throw new BaselineConfigError(file, error.errors);
    const message = error instanceof Error ? error.message : String(error);
    // Node lists the files that led to a module that is missing.
    throw new BaselineConfigError(file, [message.replace(/\nRequire stack:.*/s, '')]);
  }
}
