import {
  GetOpenIDConnectProviderCommand,
  IAMClient,
  ListOpenIDConnectProvidersCommand,
} from '@aws-sdk/client-iam';
import { isProviderOf } from '../../federation/pipelines/issuers';
import type { Clients } from '../clients';
import { noAnswer, read } from '../read';
import type { Part } from '../snapshot';

/** Lists the OpenID Connect providers of the account. */
export function readOidcProviders(clients: Clients): Promise<Part<string[]>> {
  return read(async () => {
    const { OpenIDConnectProviderList: list = noAnswer('the OpenID Connect providers') } = await clients
      .get(IAMClient)
      .send(new ListOpenIDConnectProvidersCommand({}));
    return list.map(({ Arn }) => Arn ?? noAnswer('the OpenID Connect providers'));
  });
}

/** Reads the audiences of the providers of these issuers, by ARN. */
export async function readAudiences(
  clients: Clients,
  oidcProviders: Part<readonly string[]>,
  issuers: readonly string[],
): Promise<Record<string, Part<string[]>>> {
  const arns = 'value' in oidcProviders ? oidcProviders.value : [];
  const meant = arns.filter((arn) => issuers.some((issuer) => isProviderOf(arn, issuer)));
  const entries = meant.map(async (arn) => [arn, await read(() => audiencesOf(clients, arn))] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** Audiences of one provider. */
export async function audiencesOf(clients: Clients, arn: string | undefined): Promise<string[]> {
  const { ClientIDList: list = noAnswer('the audiences of an identity provider') } = await clients
    .get(IAMClient)
    .send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn }));
  return list;
}
