import type { BaselineConfig } from '../../config/config';
import type { Clients } from '../clients';
import { readPlainAccount } from '../collect/account';
import { readCredentials } from '../collect/people';
import { readAccountPublicAccessBlock, readContacts, readPrimaryContact } from '../collect/settings';
import { readImagesOf, readRegional } from '../collect/verify';
import { readWaysIn } from '../collect/ways-in';
import type { Caller, Snapshot, Unknown } from '../snapshot';

/** The management account has these parts for the whole organization. */
const NOT_READ: Unknown = { unknown: 'members do not have it' };

/**
 * Reads a member, concurrently where possible. What cannot be read is unknown.
 *
 * @param config that of the members
 */
export async function collectMember(
  clients: Clients,
  caller: Caller,
  config: BaselineConfig,
  managementAccount: string,
): Promise<Snapshot> {
  const plain = await readPlainAccount(clients, caller);
  const [waysIn, regional, credentials, accountPublicAccessBlock, contacts, primaryContact] =
    await Promise.all([
      readWaysIn(clients, plain, managementAccount),
      readRegional(clients, plain, config),
      readCredentials(clients),
      readAccountPublicAccessBlock(clients, caller.account),
      readContacts(clients),
      readPrimaryContact(clients),
    ]);
  return {
    ...plain,
    ...waysIn,
    regional,
    credentials,
    accountPublicAccessBlock,
    contacts,
    primaryContact,
    images: await readImagesOf(clients, plain.region, regional),
    // A member has no stack of the suite by name: StackSets choose the names.
    suite: { value: [] },
    trails: NOT_READ,
    mfaDevices: {},
    supportRole: NOT_READ,
    secrets: NOT_READ,
    selectors: NOT_READ,
    key: NOT_READ,
    logGroup: NOT_READ,
    metricFilters: NOT_READ,
    alarms: NOT_READ,
    topic: NOT_READ,
    alarmTopic: NOT_READ,
    otherTopics: NOT_READ,
    functions: NOT_READ,
    resourcePolicies: NOT_READ,
    resources: NOT_READ,
    eventSources: NOT_READ,
    subscriptionFilters: NOT_READ,
    muteRules: NOT_READ,
    budgets: NOT_READ,
    billingAccessSet: NOT_READ,
    confirmed: {},
  };
}
