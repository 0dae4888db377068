import { AccessAnalyzerClient, paginateListAnalyzers } from '@aws-sdk/client-accessanalyzer';
import {
  CloudFormationClient,
  paginateDescribeAccountLimits,
  paginateListStacks,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, paginateDescribeMetricFilters } from '@aws-sdk/client-cloudwatch-logs';
import { ConfigServiceClient, DescribeConfigurationRecordersCommand } from '@aws-sdk/client-config-service';
import { CostExplorerClient, GetAnomalyMonitorsCommand } from '@aws-sdk/client-cost-explorer';
import { GuardDutyClient, ListDetectorsCommand } from '@aws-sdk/client-guardduty';
import { IAMClient, ListAccountAliasesCommand, ListSAMLProvidersCommand } from '@aws-sdk/client-iam';
import { KMSClient, paginateListAliases } from '@aws-sdk/client-kms';
import { DescribeOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { DescribeHubCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import type { BaselineConfig } from '../../config/config';
import { issuersOf } from '../../federation/pipelines/issuers';
import type { Clients } from '../clients';
import { deploymentActions } from '../deployment-actions';
import { all, noAnswer, read, readIfThere } from '../read';
import { deliversTo, logGroupOf } from '../baseline-parts';
import type { AccountSnapshot, Caller, Part, Surroundings } from '../snapshot';
import { readAccount } from './account';
import { readAdoptedBucket } from './adopted-bucket';
import { readExisting } from './existing';
import { readIdentityCenter } from './identity-center';
import { readLogGroup, readSelectors } from './log-group';
import { readAudiences, readOidcProviders } from './oidc-providers';
import { readOpenRegions } from './open-regions';
import { readRefusals, rolesOf } from './permissions';

/**
 * Reads what `preflight` needs, concurrently. What cannot be read is unknown.
 *
 * @param templates what would be deployed
 */
export async function collectSurroundings(
  clients: Clients,
  caller: Caller,
  config: BaselineConfig,
  templates: readonly unknown[],
): Promise<Surroundings> {
  const [
    account,
    stacks,
    keyAliases,
    metricFilters,
    anomalyMonitors,
    analyzers,
    recorder,
    detector,
    securityHub,
    organization,
    samlProviders,
    providersOfPipelines,
    identityCenter,
    accountAlias,
  ] = await Promise.all([
    readAccount(clients, caller, config),
    readStacks(clients),
    readKeyAliases(clients),
    countMetricFilters(clients, config.auditTrail.existingLogGroup),
    read(async () => {
      const { AnomalyMonitors = [] } = await clients
        .get(CostExplorerClient)
        .send(new GetAnomalyMonitorsCommand({}));
      return AnomalyMonitors.filter(({ MonitorType }) => MonitorType === 'DIMENSIONAL').map(
        ({ MonitorName = '' }) => MonitorName,
      );
    }),
    readAnalyzers(clients),
    read(async () => {
      const { ConfigurationRecorders: [recorder] = [] } = await clients
        .get(ConfigServiceClient)
        .send(new DescribeConfigurationRecordersCommand({}));
      return recorder?.name;
    }),
    read(async () => {
      const { DetectorIds: [detector] = [] } = await clients
        .get(GuardDutyClient)
        .send(new ListDetectorsCommand({}));
      return detector;
    }),
    // Security Hub returns InvalidAccess if it is disabled.
    readIfThere(
      ['InvalidAccessException', 'ResourceNotFoundException'],
      async () => (await clients.get(SecurityHubClient).send(new DescribeHubCommand({}))).HubArn,
    ),
    readIfThere(['AWSOrganizationsNotInUseException'], async () => {
      const { Organization } = await clients
        .get(OrganizationsClient)
        .send(new DescribeOrganizationCommand({}));
      return { id: Organization?.Id ?? '', managementAccount: Organization?.MasterAccountId ?? '' };
    }),
    readSamlProviders(clients, config),
    readProvidersOfPipelines(clients, config),
    readIdentityCenter(clients, config),
    read(async () => {
      const { AccountAliases: [alias] = [] } = await clients
        .get(IAMClient)
        .send(new ListAccountAliasesCommand({}));
      return alias;
    }),
  ]);
  const roles = rolesOf(account.people);
  const [refusals, trailParts, existing, openRegions] = await Promise.all([
    // The list of roles shows which one the caller has assumed.
    readRefusals(clients, caller, roles, deploymentActions(templates)),
    readTrailParts(clients, account),
    readExisting(clients, caller.account, account.suite, config),
    readOpenRegions(clients, account.regions, config),
  ]);
  return {
    ...account,
    trailParts,
    existing,
    openRegions,
    accountAlias,
    roles,
    refusals,
    stacks,
    keyAliases,
    metricFilters,
    anomalyMonitors,
    analyzers,
    recorder,
    detector,
    securityHub,
    organization,
    samlProviders,
    ...providersOfPipelines,
    ...identityCenter,
  };
}

/** Reads the trails that could be adopted. */
async function readTrailParts(
  clients: Clients,
  { trails, region, caller }: AccountSnapshot,
): Promise<Surroundings['trailParts']> {
  const found = 'value' in trails ? trails.value : [];
  const parts = await Promise.all(
    found.flatMap((state) => {
      const group = logGroupOf(state);
      if (group === undefined || !deliversTo(state, region, caller.account)) return [];
      const { trail } = state;
      return Promise.all([
        readAdoptedBucket(clients, trail),
        readSelectors(clients, trail.TrailARN ?? ''),
        readLogGroup(clients, group),
      ]).then(
        ([adoptedBucket, selectors, logGroup]) => [group, { adoptedBucket, selectors, logGroup }] as const,
      );
    }),
  );
  return Object.fromEntries(parts);
}

function readStacks(clients: Clients): Promise<Surroundings['stacks']> {
  const client = clients.get(CloudFormationClient);
  return read(async () => {
    const stacks = await all(paginateListStacks({ client }, {}), (page) => page.StackSummaries);
    const limits = await all(paginateDescribeAccountLimits({ client }, {}), (page) => page.AccountLimits);
    return {
      // Deleted stacks are listed for 90 days.
      names: stacks.flatMap(({ StackStatus, StackName = '' }) =>
        StackStatus === 'DELETE_COMPLETE' ? [] : [StackName],
      ),
      quota: limits.find(({ Name }) => Name === 'StackLimit')?.Value ?? Infinity,
    };
  });
}

function readKeyAliases(clients: Clients): Promise<Part<string[]>> {
  const client = clients.get(KMSClient);
  return read(async () => {
    const aliases = await all(paginateListAliases({ client }, {}), (page) => page.Aliases);
    return aliases.map(({ AliasName = '' }) => AliasName);
  });
}

function readAnalyzers(clients: Clients) {
  const client = clients.get(AccessAnalyzerClient);
  return read(() => all(paginateListAnalyzers({ client }, {}), (page) => page.analyzers));
}

/** Counts the metric filters of an existing log group; a new one has none. */
async function countMetricFilters(clients: Clients, logGroupName: string | undefined): Promise<Part<number>> {
  if (logGroupName === undefined) return { value: 0 };
  const client = clients.get(CloudWatchLogsClient);
  return read(async () => {
    const filters = await all(
      paginateDescribeMetricFilters({ client }, { logGroupName }),
      (page) => page.metricFilters,
    );
    return filters.length;
  });
}

/** Lists them only if the configuration has one. */
async function readSamlProviders(clients: Clients, config: BaselineConfig): Promise<Part<string[]>> {
  if (!config.federation.saml) return { value: [] };
  return read(async () => {
    const { SAMLProviderList: list = noAnswer('the SAML providers') } = await clients
      .get(IAMClient)
      .send(new ListSAMLProvidersCommand({}));
    return list.map(({ Arn }) => Arn ?? noAnswer('the SAML providers'));
  });
}

/** Lists them only if the configuration has issuers of its own. */
async function readProvidersOfPipelines(
  clients: Clients,
  config: BaselineConfig,
): Promise<Pick<Surroundings, 'oidcProviders' | 'oidcAudiences'>> {
  const issuers = issuersOf(config);
  if (issuers.length === 0) return { oidcProviders: { value: [] }, oidcAudiences: {} };
  const oidcProviders = await readOidcProviders(clients);
  return { oidcProviders, oidcAudiences: await readAudiences(clients, oidcProviders, issuers) };
}
