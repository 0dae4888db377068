import { Organizations } from '@aws-sdk/client-organizations';
import { clean, type CloudTrailRecord } from './cloudtrail-event';

/** Milliseconds for the names. Without them, a message has the IDs. */
const NAMING = 3000;

//! Names of members by ID: a warm function need not ask again.
const members = new Map<string, string>();

/**
 * Returns the account that a message is about, that of the heaviest event first, and what puts the names of
 * accounts into its lines. A name that cannot be read is left out.
 *
 * @param own name and ID of this account
 * @param id its ID
 */
export async function membersIn(
  events: readonly CloudTrailRecord[],
  own: string,
  id: string,
): Promise<[account: string, named: (text: string) => string]> {
  const recipients = new Set(events.map(({ recipientAccountId }) => clean(recipientAccountId) || id));
  const callers = events.map(({ userIdentity }) => clean(userIdentity?.accountId));
  await read([...new Set([...recipients, ...callers])].filter((one) => one !== id));
  const nameOf = (one: string) => [members.get(one), one].filter(Boolean).join(' ');
  const [heaviest = id, ...others] = recipients;
  const account = heaviest === id ? own : nameOf(heaviest);
  return [
    others.length ? `${account} and ${others.length} more` : account,
    (text) => text.replace(/(?<=\baccount )\d{12}\b/g, nameOf),
  ];
}

async function read(ids: readonly string[]): Promise<void> {
  const client = new Organizations({ maxAttempts: 2 });
  const abortSignal = AbortSignal.timeout(NAMING);
  const unknown = ids.filter((one) => /^\d{12}$/.test(one) && !members.has(one));
  await Promise.all(
    unknown.map(async (AccountId) => {
      try {
        const { Account } = await client.describeAccount({ AccountId }, { abortSignal });
        //! Short, because the title must fit the subject, too.
        members.set(AccountId, clean(Account?.Name, 30));
      } catch (error) {
        console.error(error);
      }
    }),
  );
}
