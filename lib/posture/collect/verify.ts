import { userNamesOf } from '../../access/assumable-roles';
import type { BaselineConfig } from '../../config/config';
import { existingIssuers } from '../../federation/pipelines/issuers';
import type { Clients } from '../clients';
import type { PartName } from '../../catalog/parts';
import { auditTrail, logGroupName, partOf, resourcesOf } from '../baseline-parts';
import type { AccountSnapshot, Caller, Part, Snapshot, TopicState, TrailState } from '../snapshot';
import { readAccount } from './account';
import { readAdoptedBucket } from './adopted-bucket';
import { readDeployedResources } from './deployed-resources';
import { readImages } from './exposure';
import { readEventSources, readFunctions } from './functions';
import { readLogGroup, readSelectors } from './log-group';
import { readTopic, type ReadTopicAttributes, topicAttributes } from './notifications';
import { readCredentials, readMfaDevices, readSecrets, roleOf } from './people';
import { readNetworks } from './networks';
import { readAudiences } from './oidc-providers';
import { readRegionalSettings, regionsMeant } from './regional';
import { readResourcePolicies } from './resource-policies';
import {
  readAccountAlias,
  readAccountPublicAccessBlock,
  readBillingAccessSet,
  readContacts,
  readPrimaryContact,
} from './settings';
import { readAlarms, readKey, readMetricFilters, readMuteRules, readSubscriptionFilters } from './trail';
import { readWaysIn } from './ways-in';

/**
 * Reads everything that `verify` needs, concurrently where possible. What cannot be read is unknown.
 *
 * @param confirmed IDs of confirmed checks, with the day
 * @param driftDetection result of drift detection, if requested
 */
export async function collect(
  clients: Clients,
  caller: Caller,
  config: BaselineConfig,
  confirmed: Readonly<Record<string, string>>,
  driftDetection?: Snapshot['driftDetection'],
): Promise<Snapshot> {
  const [
    account,
    credentials,
    secrets,
    alarms,
    muteRules,
    accountPublicAccessBlock,
    contacts,
    primaryContact,
    billingAccessSet,
    accountAlias,
    eventSources,
  ] = await Promise.all([
    readAccount(clients, caller, config, 'judged'),
    readCredentials(clients),
    readSecrets(clients),
    readAlarms(clients, config.stackName),
    readMuteRules(clients),
    readAccountPublicAccessBlock(clients, caller.account),
    readContacts(clients),
    readPrimaryContact(clients),
    readBillingAccessSet(clients, caller.partition),
    readAccountAlias(clients, config),
    readEventSources(clients),
  ]);
  const topics = topicAttributes(clients);
  const [parts, waysIn, functions, resourcePolicies, resources, otherTopics, mfaDevices, regional, networks] =
    await Promise.all([
      readParts(clients, topics, account, config),
      readWaysIn(clients, account),
      readFunctions(clients, account.suite),
      readResourcePolicies(clients, topics, account.suite),
      readDeployedResources(clients, topics, account, config),
      readOtherTopics(clients, topics, account.suite),
      readMfaDevices(clients, peopleOf(account, config)),
      readRegional(clients, account, config),
      readNetworks(clients, account, config),
    ]);
  const { region } = account;
  return {
    ...account,
    ...parts,
    ...waysIn,
    oidcAudiences: await readAudiences(clients, waysIn.oidcProviders, existingIssuers(config)),
    images: await readImagesOf(clients, [region, ...Object.keys(regional)]),
    functions,
    resourcePolicies: withoutDeleted(resourcePolicies, functions),
    resources,
    eventSources,
    otherTopics,
    credentials,
    secrets,
    alarms,
    muteRules,
    accountPublicAccessBlock,
    contacts,
    primaryContact,
    billingAccessSet,
    accountAlias,
    mfaDevices,
    regional,
    networks,
    confirmed,
    driftDetection,
  };
}

/** Reads the parts of the stacks by their physical IDs. */
async function readParts(
  clients: Clients,
  topics: ReadTopicAttributes,
  account: AccountSnapshot,
  config: BaselineConfig,
) {
  const { suite } = account;
  const of = <T>(part: PartName, reader: (clients: Clients, id: string) => Promise<Part<T>>) => {
    const id = partOf(suite, part);
    return 'value' in id ? reader(clients, id.value) : Promise.resolve(id);
  };
  const topicOf = (clients: Clients, arn: string) => readTopic(clients, topics, arn);
  const group = logGroupName(suite, config);
  const trail = auditTrail(account, config);
  const ofLogGroup = <T>(reader: (clients: Clients, id: string) => Promise<Part<T>>) =>
    'value' in group ? reader(clients, group.value) : Promise.resolve(group);
  const role = partOf(suite, 'support-role');
  const [topic, alarmTopic, key, selectors, adoptedBucket, logGroup, filters, subscriptions] =
    await Promise.all([
      of('notification-topic', topicOf),
      of('alarm-topic', topicOf),
      of('key', (_, id) => readKey(clients, id, aliasOf(suite))),
      readSelectorsOf(clients, trail),
      readAdoptedBucketOf(clients, trail, config),
      ofLogGroup(readLogGroup),
      ofLogGroup(readMetricFilters),
      ofLogGroup(readSubscriptionFilters),
    ]);
  const supportRole = 'value' in role ? roleOf(account.people, role.value) : role;
  const metricFilters = 'value' in filters ? { value: filters.value ?? [] } : filters;
  const subscriptionFilters = 'value' in subscriptions ? { value: subscriptions.value ?? [] } : subscriptions;
  return {
    supportRole,
    topic,
    alarmTopic,
    key,
    selectors,
    adoptedBucket,
    logGroup,
    metricFilters,
    subscriptionFilters,
  };
}

/** The name that a stack gives its key. */
function aliasOf(suite: AccountSnapshot['suite']): string | undefined {
  return resourcesOf(suite).find(({ ResourceType }) => ResourceType === 'AWS::KMS::Alias')
    ?.PhysicalResourceId;
}

/** Without those of functions that were deleted: Lambda answers as for a function without a policy. */
function withoutDeleted(
  policies: Snapshot['resourcePolicies'],
  functions: Snapshot['functions'],
): Snapshot['resourcePolicies'] {
  if (!('value' in policies)) return policies;
  const deleted = ('value' in functions ? functions.value : []).flatMap(({ template, state }) =>
    'value' in state && state.value === undefined ? [template.name] : [],
  );
  return { value: policies.value.filter(({ resource }) => !deleted.includes(resource)) };
}

/** Reads the topics of the stacks that are not parts of the baseline, such as that of chat channels. */
async function readOtherTopics(
  clients: Clients,
  topics: ReadTopicAttributes,
  suite: AccountSnapshot['suite'],
): Promise<Part<readonly TopicState[]>> {
  if (!('value' in suite)) return suite;
  const parts = (['notification-topic', 'alarm-topic'] as const).map((part) => partOf(suite, part));
  const known = parts.flatMap((part) => ('value' in part ? part.value : []));
  const others = resourcesOf(suite).flatMap(({ ResourceType, PhysicalResourceId: id }) =>
    ResourceType === 'AWS::SNS::Topic' && id !== undefined && !known.includes(id) ? id : [],
  );
  const found: TopicState[] = [];
  for (const topic of await Promise.all(others.map((id) => readTopic(clients, topics, id)))) {
    if (!('value' in topic)) return topic;
    if (topic.value) found.push(topic.value);
  }
  return { value: found };
}

async function readSelectorsOf(clients: Clients, trail: Part<TrailState | undefined>) {
  if (!('value' in trail)) return trail;
  const arn = trail.value?.trail.TrailARN;
  return arn === undefined ? { unknown: 'there is no trail' } : readSelectors(clients, arn);
}

async function readAdoptedBucketOf(
  clients: Clients,
  trail: Part<TrailState | undefined>,
  { auditTrail: { existingLogGroup } }: BaselineConfig,
) {
  if (!('value' in trail)) return trail;
  if (existingLogGroup === undefined || trail.value === undefined) return { value: undefined };
  return readAdoptedBucket(clients, trail.value.trail);
}

/** People of the configuration, and members of the administrators' group. */
function peopleOf({ people }: AccountSnapshot, config: BaselineConfig): string[] {
  const { access } = config;
  const members =
    'value' in people
      ? people.value.users.filter(({ GroupList = [] }) => GroupList.includes(access.groupName))
      : [];
  return [...new Set([...userNamesOf(config), ...members.flatMap(({ UserName }) => UserName ?? [])])];
}

/** Reads the settings of the enabled Regions that the configuration includes. */
export async function readRegional(
  clients: Clients,
  { regions, caller }: Pick<AccountSnapshot, 'regions' | 'caller'>,
  { accountSettings }: BaselineConfig,
): Promise<Snapshot['regional']> {
  const entries = regionsMeant(regions, accountSettings).map(
    async (region) =>
      [region, await readRegionalSettings(clients, caller, region, accountSettings.accessAnalyzer)] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

/** Reads the AMIs of these Regions that others can use. */
export async function readImagesOf(
  clients: Clients,
  regions: readonly string[],
): Promise<Snapshot['images']> {
  const entries = [...new Set(regions)].map(
    async (region) => [region, await readImages(clients, region)] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}
