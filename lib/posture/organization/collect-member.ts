import { CloudTrailClient, DescribeTrailsCommand } from '@aws-sdk/client-cloudtrail';
import type { BaselineConfig } from '../../config/config';
import type { Clients } from '../clients';
import { readPlainAccount } from '../collect/account';
import { readCredentials } from '../collect/people';
import { readAccountPublicAccessBlock, readContacts, readPrimaryContact } from '../collect/settings';
import { readImagesOf, readRegional } from '../collect/verify';
import { readWaysIn } from '../collect/ways-in';
import { noAnswer, read } from '../read';
import type { Caller, Part, Snapshot, TrailState, Unknown } from '../snapshot';

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
  const plain = await readPlainAccount(clients, caller, config.stackName, 'judged');
  const [waysIn, regional, credentials, accountPublicAccessBlock, contacts, primaryContact, trails] =
    await Promise.all([
      readWaysIn(clients, plain, managementAccount),
      readRegional(clients, plain, config),
      readCredentials(clients),
      readAccountPublicAccessBlock(clients, caller.account),
      readContacts(clients),
      readPrimaryContact(clients),
      readTrailsOf(clients),
    ]);
  return {
    ...plain,
    ...waysIn,
    regional,
    credentials,
    accountPublicAccessBlock,
    contacts,
    primaryContact,
    images: await readImagesOf(clients, [plain.region, ...withPublicImages(regional)]),
    // A member has no stack of the suite by name: StackSets choose the names.
    suite: { value: [] },
    trails,
    oidcAudiences: {},
    mfaDevices: {},
    supportRole: NOT_READ,
    secrets: NOT_READ,
    adoptedBucket: NOT_READ,
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
    billingAccessSet: NOT_READ,
    accountAlias: NOT_READ,
    networks: {},
    confirmed: {},
  };
}

/** The trails that record events of the home Region, without their states. */
function readTrailsOf(clients: Clients): Promise<Part<TrailState[]>> {
  return read(async () => {
    const { trailList = noAnswer('the trails') } = await clients
      .get(CloudTrailClient)
      .send(new DescribeTrailsCommand({ includeShadowTrails: true }));
    return trailList.map((trail) => ({ trail, status: NOT_READ }));
  });
}

/**
 * Regions that allow public AMIs. A call for each Region of each member would take long, and most Regions
 * have no AMIs.
 */
function withPublicImages(regional: Snapshot['regional']): string[] {
  return Object.entries(regional).flatMap(([region, { imageBlock }]) =>
    'value' in imageBlock && imageBlock.value === 'unblocked' ? region : [],
  );
}
