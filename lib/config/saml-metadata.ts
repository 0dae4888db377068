import { AsyncLocalStorage } from 'node:async_hooks';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** The folder of the configuration file while it is loaded: it cannot say itself where it is. */
const configFolder = new AsyncLocalStorage<string>();

/** Loads a configuration whose paths are relative to a folder. */
export function relativeTo<T>(folder: string, load: () => T): T {
  return configFolder.run(folder, load);
}

/** Absolute path of a file that a configuration names, which may be an object without a file. */
export function configuredFile(file: string): string {
  return resolve(configFolder.getStore() ?? '.', file);
}

/** Reads a metadata document. */
export function samlMetadata(file: string): string {
  return readFileSync(configuredFile(file), 'utf8');
}
