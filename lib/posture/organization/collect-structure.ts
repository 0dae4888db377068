import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import {
  type OrganizationsClient,
  paginateListOrganizationalUnitsForParent,
  paginateListParents,
} from '@aws-sdk/client-organizations';
import type { BaselineConfig } from '../../config/config';
import { stackNameOf } from '../../stacks/stack-kinds';
import type { Clients } from '../clients';
import { all, ifThere, noAnswer } from '../read';
import type { Structure, Unit } from './surroundings';

const NOTHING: Structure = { units: [], parents: {}, ours: [] };

/** Reads the OUs, and where the adopted accounts are, if the configuration has any of them. */
export async function readStructure(
  clients: Clients,
  client: OrganizationsClient,
  { organization, stackName }: BaselineConfig,
): Promise<Structure> {
  const { rootId = '', units = {}, accounts = {} } = organization ?? {};
  if (Object.keys(units).length + Object.keys(accounts).length === 0) return NOTHING;
  const StackName = stackNameOf(stackName, 'Organization');
  const cloudFormation = clients.get(CloudFormationClient);
  const resources = await ifThere(['ValidationError'], () =>
    all(
      paginateListStackResources({ client: cloudFormation }, { StackName }),
      (page) => page.StackResourceSummaries,
    ),
  );
  const parents: Record<string, string> = {};
  // One after another: Organizations allows few calls a second.
  for (const { id, unit } of Object.values(accounts)) {
    if (id === undefined || unit === undefined) continue;
    // An account that does not exist is reported by the list of accounts.
    const found = await ifThere(['ChildNotFoundException'], () =>
      all(paginateListParents({ client }, { ChildId: id }), (page) => page.Parents),
    );
    const [parent] = found ?? [];
    if (parent) parents[id] = parent.Id ?? noAnswer('the OU of an account');
  }
  return {
    units: await unitsBelow(client, rootId),
    parents,
    ours: (resources ?? []).flatMap(({ PhysicalResourceId = [] }) => PhysicalResourceId),
  };
}

/** Reads what is above each covered OU, if some have options of their own. */
export async function readAbove(
  client: OrganizationsClient,
  { organization }: BaselineConfig,
): Promise<Record<string, readonly string[]>> {
  const above: Record<string, readonly string[]> = {};
  if (Object.keys(organization?.members.groups ?? {}).length === 0) return above;
  // One after another: Organizations allows few calls a second.
  for (const unit of organization?.ous ?? []) above[unit] = await parentsOf(client, unit);
  return above;
}

async function parentsOf(client: OrganizationsClient, ChildId: string): Promise<string[]> {
  // An OU that does not exist is reported by itself.
  const found = await ifThere(['ChildNotFoundException'], () =>
    all(paginateListParents({ client }, { ChildId }), (page) => page.Parents),
  );
  const [parent] = found ?? [];
  if (!parent) return [];
  const { Id = noAnswer('the OU above an OU'), Type } = parent;
  return [Id, ...(Type === 'ROOT' ? [] : await parentsOf(client, Id))];
}

async function unitsBelow(client: OrganizationsClient, ParentId: string, above = ''): Promise<Unit[]> {
  const units = await all(
    paginateListOrganizationalUnitsForParent({ client }, { ParentId }),
    (page) => page.OrganizationalUnits,
  );
  const found: Unit[] = [];
  for (const { Id: id = noAnswer('the ID of an OU'), Name = noAnswer('the name of an OU') } of units) {
    const path = `${above}${Name}`;
    found.push({ id, path }, ...(await unitsBelow(client, id, `${path}/`)));
  }
  return found;
}
