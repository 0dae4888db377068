import type { BaselineConfig } from '../../config/config';
import type { Clients } from '../clients';
import type { PartName } from '../../catalog/parts';
import { auditTrail, logGroupName, partOf } from '../baseline-parts';
import type { AccountSnapshot, Caller, Part, Snapshot, TrailState } from '../snapshot';
import { readAccount } from './account';
import { readFunction, readTopic } from './notifications';
import { readCredentials, readMfaDevices, readRole, readSecrets } from './people';
import { readRegionalSettings } from './regional';
import {
  readAccountPublicAccessBlock,
  readBillingAccessSet,
  readBudgets,
  readContacts,
  readPrimaryContact,
} from './settings';
import { readAlarms, readBucket, readKey, readLogGroup, readMetricFilters, readSelectors } from './trail';

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
    accountPublicAccessBlock,
    contacts,
    primaryContact,
    budgets,
    billingAccessSet,
  ] = await Promise.all([
    readAccount(clients, caller, config),
    readCredentials(clients),
    readSecrets(clients),
    readAlarms(clients, config.stackName),
    readAccountPublicAccessBlock(clients, caller.account),
    readContacts(clients),
    readPrimaryContact(clients),
    readBudgets(clients, caller.account),
    readBillingAccessSet(clients, caller.partition),
  ]);
  const [parts, mfaDevices, regional] = await Promise.all([
    readParts(clients, account, config),
    readMfaDevices(clients, peopleOf(account, config)),
    readRegional(clients, account, config),
  ]);
  return {
    ...account,
    ...parts,
    credentials,
    secrets,
    alarms,
    accountPublicAccessBlock,
    contacts,
    primaryContact,
    budgets,
    billingAccessSet,
    mfaDevices,
    regional,
    confirmed,
    driftDetection,
  };
}

/** Reads the parts of the stacks by their physical IDs. */
async function readParts(clients: Clients, account: AccountSnapshot, config: BaselineConfig) {
  const { suite } = account;
  const of = <T>(part: PartName, reader: (clients: Clients, id: string) => Promise<Part<T>>) => {
    const id = partOf(suite, part);
    return 'value' in id ? reader(clients, id.value) : Promise.resolve(id);
  };
  const group = logGroupName(suite, config);
  const trail = auditTrail(account, config);
  const ofLogGroup = <T>(reader: (clients: Clients, id: string) => Promise<Part<T>>) =>
    'value' in group ? reader(clients, group.value) : Promise.resolve(group);
  const [supportRole, topic, alarmTopic, explainer, bucket, key, selectors, logGroup, filters] =
    await Promise.all([
      of('support-role', readRole),
      of('notification-topic', readTopic),
      of('alarm-topic', readTopic),
      of('explainer', readFunction),
      of('log-bucket', readBucket),
      of('key', readKey),
      readSelectorsOf(clients, trail),
      ofLogGroup(readLogGroup),
      ofLogGroup(readMetricFilters),
    ]);
  const metricFilters = 'value' in filters ? { value: filters.value ?? [] } : filters;
  return { supportRole, topic, alarmTopic, explainer, bucket, key, selectors, logGroup, metricFilters };
}

async function readSelectorsOf(clients: Clients, trail: Part<TrailState | undefined>) {
  if (!('value' in trail)) return trail;
  const arn = trail.value?.trail.TrailARN;
  return arn === undefined ? { unknown: 'there is no trail' } : readSelectors(clients, arn);
}

/** Administrators and billing viewers of the configuration, and members of the group. */
function peopleOf(
  { people }: AccountSnapshot,
  { administrators, billing, access }: BaselineConfig,
): string[] {
  const members =
    'value' in people
      ? people.value.users.filter(({ GroupList = [] }) => GroupList.includes(access.groupName))
      : [];
  return [
    ...new Set([...administrators, ...billing.viewers, ...members.flatMap(({ UserName }) => UserName ?? [])]),
  ];
}

/** Reads the settings of the enabled Regions that the configuration includes. */
async function readRegional(
  clients: Clients,
  { regions }: AccountSnapshot,
  { accountSettings }: BaselineConfig,
) {
  const meant = ('value' in regions ? regions.value : []).filter(
    ({ name, enabled }) => enabled && (accountSettings.regions?.includes(name) ?? true),
  );
  const entries = meant.map(async ({ name }) => [name, await readRegionalSettings(clients, name)] as const);
  return Object.fromEntries(await Promise.all(entries));
}
