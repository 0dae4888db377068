import { appendFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import type { BaselineConfig } from '../../config/config';
import { readCaller } from '../collect/account';
import {
  type AuditedRoot,
  auditRoots,
  deleteRootCredentials,
  type DeletionRecord,
  recentlyUsed,
} from '../organization/audit-roots';
import { type Members, readMembers } from '../organization/members';
import { describeRoot, renderRoots } from '../organization/render-roots';
import { letsIn } from '../organization/root-credentials';
import { requireCentralRoot } from '../organization/root-session';
import { asJson } from '../json';
import { printable } from '../shell';
import { EXIT, UsageError } from './exit-code';
import type { Options } from './options';
import { outputOf } from './output';
import { reading } from './reading';

/** File next to the configuration, one line of JSON for each credential. */
const LOG = 'baseline.root-deletions.jsonl';

/** Reads the root users of the members, and deletes their credentials if asked to. */
export async function orgRootAuditCommand(options: Options, config: BaselineConfig): Promise<number> {
  const { deleteCredentials = false, yesDelete } = options;
  if (yesDelete && !deleteCredentials) {
    throw new UsageError('--yes-delete works only with --delete-credentials');
  }
  if (deleteCredentials && !yesDelete && !process.stdin.isTTY) {
    throw new UsageError(
      '--delete-credentials asks about each account, which needs a terminal. Without one, name the accounts: --yes-delete 111122223333',
    );
  }
  // With --yes-delete, no other account is read.
  const selection = { accounts: yesDelete ?? options.account, unit: options.ou };
  const before = await reading(options, config, async (clients, say) => {
    const caller = await readCaller(clients);
    await requireCentralRoot(clients);
    const members = await readMembers(clients, config, selection);
    refuseSkipped(yesDelete, members);
    const roots = await auditRoots(clients, caller, members, (done, of) => {
      say(`Read ${done} of ${of} accounts`);
    });
    return { roots, members };
  });
  const output = outputOf(options);
  const log = join(dirname(options.config), LOG);
  const deleted: DeletionRecord[] = [];
  if (deleteCredentials)
    console.error(renderRoots(before.roots, before.members, outputOf({ ...options, color: false })));
  const roots = deleteCredentials
    ? await reading(
        options,
        config,
        async (clients) =>
          deleteRootCredentials(before.roots, {
            clients,
            caller: await readCaller(clients),
            managementAccount: before.members.managementAccount,
            isWanted: yesDelete ? isNamed : isTyped,
            record: (one) => {
              deleted.push(one);
              appendFileSync(log, `${JSON.stringify(one)}\n`, { mode: 0o600 });
              console.error(printable(`${one.account}: ${one.what} ${one.result}`));
            },
          }),
        // A spinner would overwrite the question.
        true,
      )
    : before.roots;
  const { organization, skipped } = before.members;
  output.print(
    options.json === true
      ? asJson({ organization, roots, skipped, deleted })
      : renderRoots(roots, before.members, output),
  );
  if (deleted.length > 0) console.error(`Recorded in ${log}`);
  return exitCodeOf(roots);
}

function exitCodeOf(roots: readonly AuditedRoot[]): number {
  if (roots.some(({ credentials }) => credentials === undefined)) return EXIT.unreadable;
  return roots.some(({ credentials }) => credentials && letsIn(credentials)) ? EXIT.failed : EXIT.ok;
}

/** @throws {UsageError} if an account to delete from is the management account or cannot be used */
function refuseSkipped(named: readonly string[] | undefined, { skipped }: Members): void {
  const [first] = named ? skipped : [];
  if (first) throw new UsageError(`--yes-delete must name members; received "${first.id}": ${first.why}`);
}

/** A key that something uses is not deleted unattended. */
function isNamed({ id, credentials }: AuditedRoot): Promise<boolean> {
  const used = credentials ? recentlyUsed(credentials) : [];
  if (used.length > 0) {
    console.error(
      `${id}: nothing was deleted, because ${used.map((key) => key.id).join(', ')} was used in the last 90 days. Deactivate it first, or repeat the command in a terminal without --yes-delete.`,
    );
  }
  return Promise.resolve(used.length === 0);
}

/** Asks for the account ID, because people press Enter without thinking. */
async function isTyped(root: AuditedRoot): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(
      `\n${describeRoot(root)}\nTo delete all of these, type the account ID. Press Enter to keep them: `,
    );
    return answer.trim() === root.id;
  } finally {
    terminal.close();
  }
}
