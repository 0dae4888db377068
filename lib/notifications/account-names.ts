import { Organizations } from '@aws-sdk/client-organizations';
import { clean, type CloudTrailRecord } from './cloudtrail-event';

/**
 * Returns the account that a message is about, that of the heaviest event first, and what puts the names of
 * accounts into its lines. A name that cannot be read is left out.
 *
 * @param own name and ID of this account
 * @param id its ID
 */
export async function membersIn(
  findings: readonly { readonly event: CloudTrailRecord }[],
  own: string,
  id: string,
): Promise<[account: string, named: (text: string) => string]> {
  const client = new Organizations({ maxAttempts: 2 });
  const recipients = new Set(findings.map(({ event }) => clean(event.recipientAccountId) || id));
  const callers = findings.map(({ event }) => clean(event.userIdentity?.accountId));
  const names = new Map<string, string>();
  const nameOf = (one: string) => names.get(one) ?? one;
  const read = async (AccountId: string) => {
    // After three seconds, a message has the ID instead.
    const options = { abortSignal: AbortSignal.timeout(3000) };
    const answer = await client.describeAccount({ AccountId }, options).catch(console.error);
    // Short, because the title must fit the subject, too.
    const name = clean(answer?.Account?.Name, 30);
    if (name) names.set(AccountId, `${name} ${AccountId}`);
  };
  const others = new Set([...recipients, ...callers].filter((one) => one !== id && /^\d{12}$/.test(one)));
  await Promise.all([...others].map(read));
  const [heaviest = id, ...more] = recipients;
  const account = heaviest === id ? own : nameOf(heaviest);
  return [
    more.length ? `${account} and ${more.length} more` : account,
    (text) => text.replace(/(?<=\baccount )\d{12}\b/g, nameOf),
  ];
}
