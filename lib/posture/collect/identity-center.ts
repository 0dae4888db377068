import { CloudControlClient, GetResourceCommand, paginateListResources } from '@aws-sdk/client-cloudcontrol';
import { z } from 'zod';
import type { BaselineConfig } from '../../config/config';
import { groupsOf } from '../../federation/identity-center/groups';
import type { Clients } from '../clients';
import { all, ifThere, noAnswer, read } from '../read';
import type { Part, Surroundings } from '../snapshot';

const Instance = z.object({ IdentityStoreId: z.string() });
const Group = z.object({ DisplayName: z.string() });

/**
 * Reads the instances of IAM Identity Center, and the names of the configured groups, only if the
 * configuration names an instance. Cloud Control needs no client of its own.
 */
export async function readIdentityCenter(
  clients: Clients,
  config: BaselineConfig,
): Promise<Pick<Surroundings, 'identityCenters' | 'identityGroups'>> {
  const { identityCenter } = config.federation;
  if (!identityCenter) return { identityCenters: { value: [] }, identityGroups: { value: {} } };
  const client = clients.get(CloudControlClient);
  const [identityCenters, identityGroups] = await Promise.all([
    read(() =>
      all(
        paginateListResources({ client }, { TypeName: 'AWS::SSO::Instance' }),
        ({ ResourceDescriptions = noAnswer('the instances of IAM Identity Center') }) =>
          ResourceDescriptions.map(({ Identifier = '' }) => Identifier),
      ),
    ),
    readGroups(client, identityCenter.instanceArn, [
      ...new Set(groupsOf(identityCenter).map(({ id }) => id)),
    ]),
  ]);
  return { identityCenters, identityGroups };
}

/** Names of groups by ID; of an ID that no group has, undefined. */
function readGroups(
  client: CloudControlClient,
  instanceArn: string,
  ids: readonly string[],
): Promise<Part<Readonly<Record<string, string | undefined>>>> {
  return read(async () => {
    const { IdentityStoreId } = Instance.parse(await properties(client, 'AWS::SSO::Instance', instanceArn));
    const names = ids.map(async (GroupId) => {
      // The order of a compound identifier is that of the schema, unless it is JSON.
      // https://docs.aws.amazon.com/cloudcontrolapi/latest/userguide/resource-identifier.html
      const identifier = JSON.stringify({ GroupId, IdentityStoreId });
      const group = await ifThere(['ResourceNotFoundException'], () =>
        properties(client, 'AWS::IdentityStore::Group', identifier),
      );
      return [GroupId, group === undefined ? undefined : Group.parse(group).DisplayName] as const;
    });
    return Object.fromEntries(await Promise.all(names));
  });
}

async function properties(
  client: CloudControlClient,
  TypeName: string,
  Identifier: string,
): Promise<unknown> {
  const { ResourceDescription } = await client.send(new GetResourceCommand({ TypeName, Identifier }));
  return JSON.parse(ResourceDescription?.Properties ?? noAnswer(`the properties of ${Identifier}`));
}
