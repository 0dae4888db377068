import { CallFailed, type Clients } from '../clients';
import type { Caller } from '../snapshot';
import { inPool } from './in-pool';
import type { Member, Members } from './members';
import { deletionsOf, letsIn, readRootCredentials, type RootCredentials } from './root-credentials';
import { inRootSession } from './root-session';

/** The root user of a member. */
export interface AuditedRoot extends Member {
  /** @default - it could not be read */
  readonly credentials?: RootCredentials;
  /** Why it could not be read. @default - it was read */
  readonly unreadable?: string;
}

/** Accounts at a time. */
const AT_A_TIME = 8;

/** Days after its last use during which an access key is not deleted without asking. */
const RECENT_DAYS = 90;
const DAY_MS = 86_400_000;

/** Reads the root users of the members, those that can be used first. Reports what cannot be read. */
export async function auditRoots(
  clients: Clients,
  { partition }: Caller,
  { members }: Pick<Members, 'members'>,
  onProgress: (done: number, of: number) => void = () => undefined,
): Promise<AuditedRoot[]> {
  let done = 0;
  const audited = await inPool(members, AT_A_TIME, async ({ id, name }): Promise<AuditedRoot> => {
    const session = { account: id, partition, task: 'IAMAuditRootUserCredentials' } as const;
    try {
      return { id, name, credentials: await inRootSession(clients, session, readRootCredentials) };
    } catch (error) {
      return { id, name, unreadable: reasonOf(error) };
    } finally {
      done += 1;
      onProgress(done, members.length);
    }
  });
  return audited.sort((one, other) => urgency(other) - urgency(one) || one.id.localeCompare(other.id));
}

function reasonOf(error: unknown): string {
  if (error instanceof CallFailed) return `${error.call}: ${error.code}: ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}

function urgency({ credentials }: AuditedRoot): number {
  if (!credentials) return 3;
  if (letsIn(credentials)) return 2;
  return credentials.mfaDevices.length > 0 ? 1 : 0;
}

/** What happened to a credential. */
export interface DeletionRecord {
  /** Time, in ISO 8601. */
  readonly at: string;
  readonly account: string;
  /** ARN of the caller. */
  readonly by: string;
  /** Such as `access key AKIAIOSFODNN7EXAMPLE`. */
  readonly what: string;
  /** `deleted`, or why not. */
  readonly result: string;
}

/** How a run deletes. */
export interface DeletionRun {
  readonly clients: Clients;
  readonly caller: Caller;
  readonly managementAccount: string;
  /** Decides about an account after showing it. */
  readonly isWanted: (root: AuditedRoot) => Promise<boolean>;
  /** Is called after each deletion, and after each that failed. */
  readonly record: (one: DeletionRecord) => void;
}

/**
 * Deletes the credentials of root users, one account after another. It deletes nothing that was not shown,
 * stops in an account at the first failure, and never touches the management account.
 *
 * @returns the accounts as they are now
 */
export async function deleteRootCredentials(
  roots: readonly AuditedRoot[],
  run: DeletionRun,
): Promise<AuditedRoot[]> {
  const { managementAccount, isWanted } = run;
  const after: AuditedRoot[] = [];
  for (const root of roots) {
    if (root.id === managementAccount)
      throw new Error('the management account must not be among the members');
    const { credentials } = root;
    const isAsked = credentials !== undefined && deletionsOf(credentials).length > 0;
    after.push(isAsked && (await isWanted(root)) ? await deleteOf(root, credentials, run) : root);
  }
  return after;
}

async function deleteOf(
  root: AuditedRoot,
  shown: RootCredentials,
  { clients, caller: { arn: by, partition }, record }: DeletionRun,
): Promise<AuditedRoot> {
  const { id: account } = root;
  const note = (what: string, result: string) => {
    record({ at: new Date().toISOString(), account, by, what, result });
  };
  try {
    const session = { account, partition, task: 'IAMDeleteRootUserCredentials' } as const;
    const credentials = await inRootSession(clients, session, async (iam) => {
      const current = deletionsOf(await readRootCredentials(iam));
      const known = deletionsOf(shown).map(({ what }) => what);
      const added = current.filter(({ what }) => !known.includes(what));
      // Somebody is working there.
      if (added.length > 0)
        throw new Error(`new since it was shown: ${added.map(({ what }) => what).join(', ')}`);
      for (const { what, run } of current) {
        try {
          await run(iam);
        } catch (error) {
          note(what, `failed: ${reasonOf(error)}`);
          throw error;
        }
        note(what, 'deleted');
      }
      return readRootCredentials(iam);
    });
    return { ...root, credentials };
  } catch (error) {
    return { id: account, name: root.name, unreadable: `The deletion was stopped: ${reasonOf(error)}` };
  }
}

/** The access keys that somebody used recently, or still uses. */
export function recentlyUsed(
  { accessKeys }: RootCredentials,
  now = new Date(),
): RootCredentials['accessKeys'] {
  return accessKeys.filter(
    ({ lastUsed }) => lastUsed && now.valueOf() - lastUsed.valueOf() < RECENT_DAYS * DAY_MS,
  );
}
