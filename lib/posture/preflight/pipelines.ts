import type { BaselineConfig } from '../../config/config';
import { AUDIENCE, createdIssuers, hostOf, issuersOf } from '../../federation/pipelines/issuers';
import { resourcesOf } from '../baseline-parts';
import type { Surroundings } from '../snapshot';
import { type Entry, notRead } from './plan';

/** Plans the OpenID Connect providers. An account can have only one for each issuer. */
export function planPipelines({ oidcProviders, suite }: Surroundings, config: BaselineConfig): Entry[] {
  const created = createdIssuers(config);
  const ours = resourcesOf(suite).map(({ PhysicalResourceId }) => PhysicalResourceId);
  return issuersOf(config).flatMap((issuer): Entry | [] => {
    const what = `OpenID Connect provider ${hostOf(issuer)}`;
    if (!('value' in oidcProviders)) return notRead(what, oidcProviders);
    const isIt = (arn = '') => arn.endsWith(`:oidc-provider/${hostOf(issuer)}`);
    const existing = oidcProviders.value.find(isIt);
    if (!created.includes(issuer)) {
      return existing === undefined
        ? {
            what,
            action: 'stop',
            why: 'The configuration says that it exists, but the account has none.',
            remedy: { text: 'Remove the issuer from federation.pipelines.existingProviders.' },
          }
        : { what, action: 'skip', why: 'It exists and is not changed. Pipelines use it.' };
    }
    // What was deleted has an entry of its own.
    if (existing === undefined)
      return ours.some(isIt) ? [] : { what, action: 'create', why: 'The account has none of this issuer.' };
    if (ours.includes(existing)) return { what, action: 'adopt', why: 'It is in the stack.' };
    return {
      what,
      action: 'stop',
      why: 'The account already has one. An account can have only one for each issuer.',
      remedy: {
        text: `Add '${issuer}' to federation.pipelines.existingProviders. The provider must have the audience ${AUDIENCE}.`,
      },
      choices: [
        {
          id: 'use',
          text: `Let pipelines use it, unchanged. It must have the audience ${AUDIENCE}`,
          options: [
            {
              path: ['federation', 'pipelines', 'existingProviders'],
              value: [...config.federation.pipelines.existingProviders, issuer],
            },
          ],
        },
        { id: 'wait', text: 'Change it yourself first, and run this again', isOpen: true },
      ],
    };
  });
}
