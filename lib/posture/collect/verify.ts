import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { parse } from 'yaml';
import type { BaselineConfig } from '../../config/config';
import type { Clients } from '../clients';
import { auditTrail, logGroupName, physicalId } from '../baseline-parts';
import type { AccountSnapshot, Caller, DriftDetection, Part, Snapshot, TrailState } from '../snapshot';
import { read } from '../read';
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
 * Reads everything that `verify` looks at, at the same time where it can. What can't be read is unknown.
 *
 * @param confirmed what a person has confirmed: ids of checks, with the day
 * @param driftDetection how the comparison went, when one was asked for
 */
export async function collect(
  clients: Clients,
  caller: Caller,
  config: BaselineConfig,
  confirmed: Readonly<Record<string, string>>,
  driftDetection?: Part<DriftDetection>,
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
    readAccount(clients, caller, config.stackName),
    readCredentials(clients),
    readSecrets(clients),
    readAlarms(clients, config.stackName),
    readAccountPublicAccessBlock(clients, caller.account),
    readContacts(clients),
    readPrimaryContact(clients),
    readBudgets(clients, caller.account),
    readBillingAccessSet(clients, caller.partition),
  ]);
  const [parts, template, mfaDevices, regional] = await Promise.all([
    readParts(clients, account, config),
    readTemplate(clients, account, config),
    readMfaDevices(clients, peopleOf(account, config)),
    readRegional(clients, account, config),
  ]);
  return {
    ...account,
    ...parts,
    template,
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

/** The parts of the stack that are known by the ids that CloudFormation gave them. */
async function readParts(clients: Clients, account: AccountSnapshot, config: BaselineConfig) {
  const { stack } = account;
  const of = <T>(logicalId: string, reader: (clients: Clients, id: string) => Promise<Part<T>>) => {
    const id = physicalId(stack, logicalId);
    return 'value' in id ? reader(clients, id.value) : Promise.resolve(id);
  };
  const group = logGroupName(stack, config);
  const trail = auditTrail(account, config);
  const ofLogGroup = <T>(reader: (clients: Clients, id: string) => Promise<Part<T>>) =>
    'value' in group ? reader(clients, group.value) : Promise.resolve(group);
  const [supportRole, topic, alarmTopic, explainer, bucket, key, selectors, logGroup, filters] =
    await Promise.all([
      of('SupportRole', readRole),
      of('NotificationsTopic', readTopic),
      of('NotificationsAlarmTopic', readTopic),
      of('NotificationsExplainer', readFunction),
      of('AuditTrailBucket', readBucket),
      of('Key', readKey),
      readSelectorsOf(clients, trail),
      ofLogGroup(readLogGroup),
      ofLogGroup(readMetricFilters),
    ]);
  const metricFilters = 'value' in filters ? { value: filters.value ?? [] } : filters;
  return { supportRole, topic, alarmTopic, explainer, bucket, key, selectors, logGroup, metricFilters };
}

/** As it was sent: in JSON, or in YAML by the CDK's command line. */
function readTemplate(
  clients: Clients,
  { stack }: AccountSnapshot,
  { stackName: StackName }: BaselineConfig,
): Promise<Part<unknown>> {
  if ('value' in stack && !stack.value) return Promise.resolve({ unknown: 'the stack is not deployed' });
  const client = clients.get(CloudFormationClient);
  return read(async () => {
    const { TemplateBody = '' } = await client.send(new GetTemplateCommand({ StackName }));
    return parse(TemplateBody) as unknown;
  });
}

async function readSelectorsOf(clients: Clients, trail: Part<TrailState | undefined>) {
  if (!('value' in trail)) return trail;
  const arn = trail.value?.trail.TrailARN;
  return arn === undefined ? { unknown: 'there is no trail' } : readSelectors(clients, arn);
}

/** Administrators and billing viewers, of the configuration and of the group. */
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

/** Of the Regions that are enabled and that the configuration means. */
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
