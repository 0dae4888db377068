import { CloudControlClient, paginateListResources } from '@aws-sdk/client-cloudcontrol';
import { CloudFormationClient, paginateListStackSets } from '@aws-sdk/client-cloudformation';
import { ConfigServiceClient, DescribeConfigurationRecordersCommand } from '@aws-sdk/client-config-service';
import { IAMClient, ListOrganizationsFeaturesCommand } from '@aws-sdk/client-iam';
import {
  DescribeOrganizationalUnitCommand,
  DescribeOrganizationCommand,
  OrganizationsClient,
  paginateListAccounts,
  paginateListAWSServiceAccessForOrganization,
  paginateListDelegatedAdministrators,
  paginateListDelegatedServicesForAccount,
  paginateListPolicies,
  paginateListPoliciesForTarget,
  paginateListRoots,
  type PolicyType,
} from '@aws-sdk/client-organizations';
import type { BaselineConfig } from '../../config/config';
import type { Clients } from '../clients';
import type { Organization, OrganizationSurroundings, PolicyKind, Root, Structure } from './surroundings';
import { readAbove, readStructure } from './collect-structure';
import { all, ifThere, noAnswer, read, readIfThere } from '../read';
import type { Caller, Part } from '../snapshot';
import { readTrails } from '../collect/trails';

/**
 * Reads what `org preflight` needs. Only the management account, and partly a delegated administrator, may
 * read an organization; what cannot be read is unknown.
 */
export async function collectOrganization(
  clients: Clients,
  caller: Caller,
  config: BaselineConfig,
): Promise<OrganizationSurroundings> {
  const client = clients.get(OrganizationsClient);
  const organization = await readOrganization(client);
  const exists = 'value' in organization && organization.value !== undefined;
  /** Reads a part of the organization, if there is one. */
  const part = <T>(none: T, action: () => Promise<T>): Promise<Part<T>> =>
    exists ? read(action) : Promise.resolve({ value: none });
  const root = await part<Root | undefined>(undefined, () => readRoot(client));
  const known = 'value' in root ? root.value : undefined;
  const [
    region,
    accounts,
    structure,
    missingUnits,
    above,
    trusted,
    administrators,
    rootFeatures,
    policies,
    ...account
  ] = await Promise.all([
    client.config.region(),
    part([], async () => {
      const found = await all(paginateListAccounts({ client }, {}), (page) => page.Accounts);
      // State replaces Status, which AWS removes in September 2026.
      return found.map(({ Id: id = '', Name: name = '', Email, State, Status }) => ({
        id,
        name,
        ...(Email === undefined ? {} : { email: Email }),
        state: State ?? Status ?? noAnswer('the state of an account'),
      }));
    }),
    part<Structure>({ units: [], parents: {}, ours: [] }, () => readStructure(clients, client, config)),
    part([], () => readMissingUnits(client, config)),
    part({}, () => readAbove(client, config)),
    part([], async () => {
      const pages = paginateListAWSServiceAccessForOrganization({ client }, {});
      const services = await all(pages, (page) => page.EnabledServicePrincipals);
      return services.map(({ ServicePrincipal = '' }) => ServicePrincipal);
    }),
    part([], () => readAdministrators(client)),
    part<readonly string[]>([], () => readRootFeatures(clients)),
    part([], () => readPolicies(client, known)),
    readStackSets(clients),
    read(() => readTrails(clients)),
    read(async () => {
      const { ConfigurationRecorders: [recorder] = [] } = await clients
        .get(ConfigServiceClient)
        .send(new DescribeConfigurationRecordersCommand({}));
      return recorder?.name;
    }),
    readInstances(clients),
  ]);
  const [stackSets, trails, recorder, identityCenters] = account;
  return {
    caller,
    region,
    organization,
    root,
    accounts,
    structure,
    missingUnits,
    above,
    trusted,
    administrators,
    rootFeatures,
    policies,
    stackSets,
    trails,
    recorder,
    identityCenters,
  };
}

function readOrganization(client: OrganizationsClient): Promise<Part<Organization | undefined>> {
  return readIfThere(['AWSOrganizationsNotInUseException'], async () => {
    const { Organization = noAnswer('the organization') } = await client.send(
      new DescribeOrganizationCommand({}),
    );
    return {
      id: Organization.Id ?? noAnswer('the ID of the organization'),
      managementAccount: Organization.MasterAccountId ?? noAnswer('the management account'),
      allFeatures: Organization.FeatureSet === 'ALL',
    };
  });
}

async function readRoot(client: OrganizationsClient): Promise<Root | undefined> {
  const [root] = await all(paginateListRoots({ client }, {}), (page) => page.Roots);
  return (
    root && {
      id: root.Id ?? noAnswer('the ID of the root'),
      policyTypes: (root.PolicyTypes ?? []).flatMap(({ Type = '', Status }) =>
        Status === 'ENABLED' ? [Type] : [],
      ),
    }
  );
}

async function readMissingUnits(
  client: OrganizationsClient,
  { organization }: BaselineConfig,
): Promise<string[]> {
  const units = await Promise.all(
    (organization?.ous ?? []).map(async (OrganizationalUnitId) => {
      const found = await ifThere(['OrganizationalUnitNotFoundException'], () =>
        client.send(new DescribeOrganizationalUnitCommand({ OrganizationalUnitId })),
      );
      return found ? [] : [OrganizationalUnitId];
    }),
  );
  return units.flat();
}

async function readAdministrators(client: OrganizationsClient) {
  const found = await all(
    paginateListDelegatedAdministrators({ client }, {}),
    (page) => page.DelegatedAdministrators,
  );
  return Promise.all(
    found.map(async ({ Id: account = '' }) => {
      const services = await all(
        paginateListDelegatedServicesForAccount({ client }, { AccountId: account }),
        (page) => page.DelegatedServices,
      );
      return { account, services: services.map(({ ServicePrincipal = '' }) => ServicePrincipal) };
    }),
  );
}

/** Without trusted access for IAM, no feature of central root access can be enabled. */
async function readRootFeatures(clients: Clients): Promise<readonly string[]> {
  const answer = await ifThere(['ServiceAccessNotEnabledException'], () =>
    clients.get(IAMClient).send(new ListOrganizationsFeaturesCommand({})),
  );
  return answer?.EnabledFeatures ?? [];
}

/** Types of policies that the baseline can attach. */
const POLICY_TYPES: readonly PolicyType[] = [
  'SERVICE_CONTROL_POLICY',
  'RESOURCE_CONTROL_POLICY',
  'DECLARATIVE_POLICY_EC2',
  'GUARDDUTY_POLICY',
  'SECURITYHUB_POLICY',
];

function readPolicies(client: OrganizationsClient, root: Root | undefined): Promise<PolicyKind[]> {
  return Promise.all(
    POLICY_TYPES.filter((type) => root?.policyTypes.includes(type)).map(async (type) => {
      const [policies, attached] = await Promise.all([
        all(paginateListPolicies({ client }, { Filter: type }), (page) => page.Policies),
        all(
          paginateListPoliciesForTarget({ client }, { Filter: type, TargetId: root?.id }),
          (page) => page.Policies,
        ),
      ]);
      return {
        type,
        names: policies.flatMap(({ Name = '', AwsManaged }) => (AwsManaged === true ? [] : [Name])),
        onRoot: attached.length,
      };
    }),
  );
}

function readStackSets(clients: Clients) {
  const client = clients.get(CloudFormationClient);
  return read(async () => {
    const found = await all(
      paginateListStackSets({ client }, { Status: 'ACTIVE' }),
      (page) => page.Summaries,
    );
    return found.map(({ StackSetName: name = '', PermissionModel }) => ({
      name,
      serviceManaged: PermissionModel === 'SERVICE_MANAGED',
    }));
  });
}

/** Cloud Control needs no client of its own. */
function readInstances(clients: Clients): Promise<Part<string[]>> {
  const client = clients.get(CloudControlClient);
  return read(() =>
    all(
      paginateListResources({ client }, { TypeName: 'AWS::SSO::Instance' }),
      ({ ResourceDescriptions = noAnswer('the instances of IAM Identity Center') }) =>
        ResourceDescriptions.map(({ Identifier = '' }) => Identifier),
    ),
  );
}
