import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { readDocument } from './commands/read-document';
import { own } from './own';

/** For each account: IDs of checks, with the day on which someone confirmed them. */
const Confirmations = z.record(
  z.string(),
  z.record(z.string(), z.iso.date('must be a day such as 2026-11-24'), 'must be an object'),
  'must be an object',
);
type Confirmations = z.infer<typeof Confirmations>;

/** The file next to the configuration, to be committed with it. */
function fileOf(configFile: string): string {
  return join(dirname(configFile), 'baseline.confirmed.json');
}

/** @throws {UsageError} if somebody damaged the file: an invalid day would confirm forever */
function readAll(configFile: string): Confirmations {
  const file = fileOf(configFile);
  if (!existsSync(file)) return {};
  return readDocument(file, 'confirmed', Confirmations, `${file} could not be read`);
}

/** The confirmed checks of an account: IDs, with the day. */
export function readConfirmations(configFile: string, account: string): Readonly<Record<string, string>> {
  return own(readAll(configFile), account) ?? {};
}

/**
 * Records that someone confirmed a check.
 *
 * @param day such as 2026-11-24
 * @returns the file with the record
 */
export function confirm(configFile: string, account: string, check: string, day: string): string {
  const all = readAll(configFile);
  const updated: Confirmations = { ...all, [account]: { ...all[account], [check]: day } };
  writeFileSync(fileOf(configFile), `${JSON.stringify(updated, undefined, 2)}\n`);
  return fileOf(configFile);
}
