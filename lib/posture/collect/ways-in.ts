import { CloudControlClient, paginateListResources } from '@aws-sdk/client-cloudcontrol';
import {
  IAMClient,
  ListSAMLProvidersCommand,
  ListServiceSpecificCredentialsCommand,
  paginateListSSHPublicKeys,
  type ServiceSpecificCredentialMetadata,
} from '@aws-sdk/client-iam';
import { DescribeOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import type { Clients } from '../clients';
import { all, noAnswer, read, readIfThere } from '../read';
import type { AccountSnapshot, Snapshot } from '../snapshot';
import { outsidersOf } from '../trust';
import { readOidcProviders } from './oidc-providers';

/** What can give access besides users and roles. */
type WaysIn = Pick<
  Snapshot,
  'samlProviders' | 'oidcProviders' | 'trustAnchors' | 'serviceCredentials' | 'sshKeys' | 'managementAccount'
>;

/**
 * Reads the identity providers, trust anchors, and credentials for single services.
 *
 * @param knownManagementAccount @default - it is read
 */
export async function readWaysIn(
  clients: Clients,
  account: Pick<AccountSnapshot, 'people' | 'regions' | 'region' | 'caller'>,
  knownManagementAccount?: string,
): Promise<WaysIn> {
  const iam = clients.get(IAMClient);
  const [samlProviders, oidcProviders, trustAnchors, serviceCredentials, sshKeys, managementAccount] =
    await Promise.all([
      read(async () =>
        arnsOf((await iam.send(new ListSAMLProvidersCommand({}))).SAMLProviderList, 'the SAML providers'),
      ),
      readOidcProviders(clients),
      readTrustAnchors(clients, account),
      read(() => readServiceCredentials(iam)),
      readSshKeys(iam, account),
      readIfThere(['AWSOrganizationsNotInUseException'], async () => {
        if (knownManagementAccount !== undefined) return knownManagementAccount;
        const { Organization } = await clients
          .get(OrganizationsClient)
          .send(new DescribeOrganizationCommand({}));
        return Organization?.MasterAccountId ?? noAnswer('the management account');
      }),
    ]);
  return { samlProviders, oidcProviders, trustAnchors, serviceCredentials, sshKeys, managementAccount };
}

/**
 * Reads the trust anchors of the home Region, and of every enabled Region if a role trusts the service. A
 * trust anchor lets nobody in without such a role, and a call for each Region is a lot.
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
 */
async function readTrustAnchors(
  clients: Clients,
  { people, regions, region, caller }: Pick<AccountSnapshot, 'people' | 'regions' | 'region' | 'caller'>,
): Promise<Snapshot['trustAnchors']> {
  const isUsed =
    'value' in people &&
    people.value.roles.some((role) =>
      outsidersOf(role, caller.account).some(({ kind }) => kind === 'certificates'),
    );
  const enabled =
    'value' in regions ? regions.value.flatMap(({ name, enabled }) => (enabled ? name : [])) : [];
  const meant = isUsed ? [...new Set([region, ...enabled])] : [region];
  const entries = meant.map(async (name) => {
    const client = clients.get(CloudControlClient, name);
    const TypeName = 'AWS::RolesAnywhere::TrustAnchor';
    const anchors = await readIfThere(['TypeNotFoundException', 'UnsupportedActionException'], () =>
      all(
        paginateListResources({ client }, { TypeName }),
        ({ ResourceDescriptions = noAnswer('the trust anchors') }) =>
          ResourceDescriptions.map(({ Identifier = '' }) => Identifier),
      ),
    );
    // A Region that does not know the type has no trust anchors.
    return [name, 'value' in anchors ? { value: anchors.value ?? [] } : anchors] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** Reads them for all users at once; the SDK has no paginator for this call. */
async function readServiceCredentials(iam: IAMClient): Promise<ServiceSpecificCredentialMetadata[]> {
  const found: ServiceSpecificCredentialMetadata[] = [];
  let Marker: string | undefined;
  do {
    const page = await iam.send(new ListServiceSpecificCredentialsCommand({ AllUsers: true, Marker }));
    found.push(...(page.ServiceSpecificCredentials ?? noAnswer('the credentials for single services')));
    Marker = page.IsTruncated === true ? page.Marker : undefined;
  } while (Marker !== undefined);
  return found;
}

/** Reads the SSH public keys of every user. */
async function readSshKeys(
  client: IAMClient,
  { people }: Pick<AccountSnapshot, 'people'>,
): Promise<Snapshot['sshKeys']> {
  const names = 'value' in people ? people.value.users.flatMap(({ UserName }) => UserName ?? []) : [];
  const entries = names.map(async (UserName) => {
    const keys = await read(() =>
      all(
        paginateListSSHPublicKeys({ client }, { UserName }),
        ({ SSHPublicKeys = noAnswer(`the SSH public keys of ${UserName}`) }) => SSHPublicKeys,
      ),
    );
    return [UserName, keys] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

function arnsOf(providers: readonly { readonly Arn?: string }[] | undefined, what: string): string[] {
  return (providers ?? noAnswer(what)).map(({ Arn }) => Arn ?? noAnswer(what));
}
