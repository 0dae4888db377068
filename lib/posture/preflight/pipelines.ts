import type { BaselineConfig } from '../../config/config';
import {
  AUDIENCE,
  createdIssuers,
  existingIssuers,
  hostOf,
  isProviderOf,
} from '../../federation/pipelines/issuers';
import { resourcesOf } from '../baseline-parts';
import { addAudience } from '../remedies';
import type { Part, Surroundings } from '../snapshot';
import { type Entry, notRead } from './plan';

/** Plans the OpenID Connect providers. An account can have only one for each issuer. */
export function planPipelines(surroundings: Surroundings, config: BaselineConfig): Entry[] {
  return [
    ...existingIssuers(config).map((issuer) => planExisting(surroundings, issuer)),
    ...createdIssuers(config).flatMap((issuer) => planCreated(surroundings, issuer, config)),
  ];
}

const entryOf = (issuer: string) => `OpenID Connect provider ${hostOf(issuer)}`;

/** Plans a provider that the configuration says the account has. */
function planExisting({ oidcProviders, oidcAudiences }: Surroundings, issuer: string): Entry {
  const what = entryOf(issuer);
  if (!('value' in oidcProviders)) return notRead(what, oidcProviders);
  const existing = oidcProviders.value.find((arn) => isProviderOf(arn, issuer));
  if (existing === undefined) {
    return {
      what,
      action: 'stop',
      why: 'The configuration says that it exists, but the account has none.',
      remedy: { text: 'Remove the issuer from federation.pipelines.existingProviders.' },
    };
  }
  const audiences = oidcAudiences[existing];
  if (audiences === undefined || !('value' in audiences)) {
    return notRead(what, audiences ?? { unknown: 'its audiences were not read' });
  }
  return audiences.value.includes(AUDIENCE)
    ? { what, action: 'skip', why: 'It exists and is not changed. Pipelines use it.' }
    : {
        what,
        action: 'stop',
        why: `It exists, but lacks the audience ${AUDIENCE}, so pipelines cannot sign in.`,
        remedy: addAudience(existing),
      };
}

/** Plans a provider that the suite creates. */
function planCreated(
  { oidcProviders, oidcAudiences, suite }: Surroundings,
  issuer: string,
  config: BaselineConfig,
): Entry[] {
  const what = entryOf(issuer);
  if (!('value' in oidcProviders)) return [notRead(what, oidcProviders)];
  const ours = resourcesOf(suite).map(({ PhysicalResourceId }) => PhysicalResourceId);
  const existing = oidcProviders.value.find((arn) => isProviderOf(arn, issuer));
  if (existing === undefined) {
    // What was deleted has an entry of its own.
    const wasDeleted = ours.some((arn = '') => isProviderOf(arn, issuer));
    return wasDeleted ? [] : [{ what, action: 'create', why: 'The account has none for this issuer.' }];
  }
  if (ours.includes(existing)) return [{ what, action: 'adopt', why: 'It is in the stack.' }];
  const fitness = fitnessOf(oidcAudiences[existing]);
  const { existingProviders } = config.federation.pipelines;
  return [
    {
      what,
      action: 'stop',
      why: `The account already has one. An account can have only one for each issuer.${fitness.why}`,
      remedy: { text: `Add '${issuer}' to federation.pipelines.existingProviders.` },
      choices: [
        {
          id: 'use',
          text: `Let pipelines use it, ${fitness.condition}`,
          options: [
            { path: ['federation', 'pipelines', 'existingProviders'], value: [...existingProviders, issuer] },
          ],
        },
        { id: 'wait', text: 'Change it yourself first, and run this again', isOpen: true },
      ],
    },
  ];
}

/** Whether pipelines can use somebody else's provider, in words. */
function fitnessOf(audiences: Part<readonly string[]> | undefined): { why: string; condition: string } {
  if (audiences === undefined || !('value' in audiences)) {
    return { why: ' Its audiences could not be read.', condition: `if it has the audience ${AUDIENCE}` };
  }
  return audiences.value.includes(AUDIENCE)
    ? { why: '', condition: 'unchanged' }
    : {
        why: ` It lacks the audience ${AUDIENCE}, which pipelines need.`,
        condition: `after you add the audience ${AUDIENCE}`,
      };
}
