import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** By account, ids of checks with the day on which a person confirmed them. */
type Confirmations = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The file beside the configuration, to be committed with it. */
function fileOf(configFile: string): string {
  return join(dirname(configFile), 'baseline.confirmed.json');
}

function readAll(configFile: string): Confirmations {
  const file = fileOf(configFile);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Confirmations) : {};
}

/** What a person has confirmed of an account: ids of checks, with the day. */
export function readConfirmations(configFile: string, account: string): Readonly<Record<string, string>> {
  return readAll(configFile)[account] ?? {};
}

/**
 * Remembers that a person has confirmed a check.
 *
 * @param day such as 2026-11-24
 * @returns the file that remembers it
 */
export function confirm(configFile: string, account: string, check: string, day: string): string {
  const all = readAll(configFile);
  const updated: Confirmations = { ...all, [account]: { ...all[account], [check]: day } };
  writeFileSync(fileOf(configFile), `${JSON.stringify(updated, undefined, 2)}\n`);
  return fileOf(configFile);
}
