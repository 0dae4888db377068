import type { BaselineConfig } from '../../config/config';

/** Issuer of the tokens of GitHub Actions. */
export const GITHUB = 'https://token.actions.githubusercontent.com';

/** Audience that the providers accept. A workflow must request it; AWS's action does by default. */
export const AUDIENCE = 'sts.amazonaws.com';

/** The URL of an issuer without its scheme, which is the name of the provider and of its condition keys. */
export const hostOf = (issuer: string) => issuer.replace(/^https:\/\//, '');

/** The issuers of the configured pipelines, without duplicates. */
export function issuersOf({ federation }: Pick<BaselineConfig, 'federation'>): string[] {
  const { github, gitlab, others } = federation.pipelines;
  return [
    ...new Set([
      ...(github.length > 0 ? [GITHUB] : []),
      ...gitlab.map(({ host }) => `https://${host}`),
      ...others.map(({ issuer }) => issuer),
    ]),
  ];
}

/** Whether this is the ARN of the provider of an issuer. */
export const isProviderOf = (arn: string, issuer: string) => arn.endsWith(`:oidc-provider/${hostOf(issuer)}`);

/** Those for which the suite creates a provider. */
export function createdIssuers(config: Pick<BaselineConfig, 'federation'>): string[] {
  const existing = existingIssuers(config);
  return issuersOf(config).filter((issuer) => !existing.includes(issuer));
}

/** Those for which the account already has a provider that pipelines use. */
export function existingIssuers(config: Pick<BaselineConfig, 'federation'>): string[] {
  const { existingProviders } = config.federation.pipelines;
  return issuersOf(config).filter((issuer) => existingProviders.includes(issuer));
}
