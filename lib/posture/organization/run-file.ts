import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { BaselineConfig } from '../../config/config';
import { UsageError } from '../commands/exit-code';
import { makeFolder } from '../make-folder';
import type { MemberPosture } from './verify-member';

/** How old an interrupted run may be, in milliseconds. What it read is then an hour old at most. */
const MOST_AGE_MS = 3_600_000;

/**
 * What an interrupted run of `org verify` has read, so that the next one can continue. It is a file in the
 * user's cache folder, which only the user can read: findings name resources and weaknesses, but no secrets.
 * Accounts that could not be read are not kept.
 */
export class RunFile {
  private readonly path: string;
  /** What the interrupted run read, by account ID. Empty for a new run. */
  readonly done: ReadonlyMap<string, MemberPosture>;

  /**
   * @param resume whether to continue the interrupted run
   * @throws {UsageError} if there is nothing to continue
   */
  constructor(organization: string, config: BaselineConfig, resume: boolean, folder = cacheFolder()) {
    // Another configuration or another Region would judge differently.
    const key = createHash('sha256').update(JSON.stringify(config)).digest('hex').slice(0, 12);
    this.path = join(folder, `org-verify-${organization}-${key}.jsonl`);
    this.done = resume ? this.read() : new Map();
    if (resume && this.done.size === 0) {
      throw new UsageError('--resume: there is no interrupted run of the last hour with this configuration');
    }
    makeFolder(folder, 0o700);
    if (!resume) {
      rmSync(this.path, { force: true });
      writeFileSync(this.path, '', { mode: 0o600, flag: 'wx' });
    }
  }

  add(posture: MemberPosture): void {
    if (posture.unreadable === undefined) appendFileSync(this.path, `${JSON.stringify(posture)}\n`);
  }

  /** Removes the file after a complete run. */
  remove(): void {
    rmSync(this.path, { force: true });
  }

  private read(): Map<string, MemberPosture> {
    const modified = statSync(this.path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (Date.now() - modified > MOST_AGE_MS) return new Map();
    const postures = readFileSync(this.path, 'utf8').split('\n').flatMap(parsed);
    return new Map(postures.map((posture) => [posture.account, posture]));
  }
}

/** The last line may be cut off. */
function parsed(line: string): MemberPosture[] {
  try {
    return [JSON.parse(line) as MemberPosture];
  } catch {
    return [];
  }
}

/** @see https://specifications.freedesktop.org/basedir-spec/latest/ */
function cacheFolder(): string {
  const { XDG_CACHE_HOME: cache } = process.env;
  return join(
    cache === undefined || cache === '' ? join(homedir(), '.cache') : cache,
    'aws-account-baseline',
  );
}
