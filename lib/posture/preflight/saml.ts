import type { BaselineConfig } from '../../config/config';
import { resourcesOf } from '../baseline-parts';
import { shell } from '../shell';
import type { Surroundings } from '../snapshot';
import { type Entry, notRead } from './plan';

/** Plans the SAML provider. CloudFormation cannot take over one that exists: only its ARN identifies it. */
export function planSaml({ samlProviders, suite }: Surroundings, { federation }: BaselineConfig): Entry[] {
  if (!federation.saml) return [];
  const { name } = federation.saml;
  const what = `SAML provider ${name}`;
  if (!('value' in samlProviders)) return [notRead(what, samlProviders)];
  const isIt = (arn = '') => arn.endsWith(`:saml-provider/${name}`);
  const existing = samlProviders.value.find(isIt);
  const isOurs = resourcesOf(suite).some(({ PhysicalResourceId }) => isIt(PhysicalResourceId));
  // What was deleted has an entry of its own.
  if (existing === undefined)
    return isOurs ? [] : [{ what, action: 'create', why: 'The name is available.' }];
  if (isOurs) return [{ what, action: 'adopt', why: 'It is in the stack.' }];
  return [
    {
      what,
      action: 'stop',
      why: 'The account already has a SAML provider with this name.',
      remedy: {
        text: 'Choose another name in federation.saml.name. If no role still trusts the existing provider, delete it instead.',
        command: shell`aws iam delete-saml-provider --saml-provider-arn ${existing}`,
      },
    },
  ];
}
