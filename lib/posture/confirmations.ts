import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** For each account: IDs of checks, with the day on which someone confirmed them. */
type Confirmations = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The file next to the configuration, to be committed with it. */
function fileOf(configFile: string): string {
  return join(dirname(configFile), 'baseline.confirmed.json');
}

function readAll(configFile: string): Confirmations {
  const file = fileOf(configFile);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Confirmations) : {};
}

/** The confirmed checks of an account: IDs, with the day. */
export function readConfirmations(configFile: string, account: string): Readonly<Record<string, string>> {
  return readAll(configFile)[account] ?? {};
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
