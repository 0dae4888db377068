import type { BaselineConfig } from '../../config/config';
import type { Surroundings } from '../snapshot';
import { type Entry, notRead } from './plan';

/** Checks that the instance of IAM Identity Center exists, in the home Region. */
export function planIdentityCenter(
  { identityCenters }: Surroundings,
  { federation }: BaselineConfig,
): Entry[] {
  const { identityCenter } = federation;
  if (!identityCenter) return [];
  const what = 'IAM Identity Center';
  if (!('value' in identityCenters)) return [notRead(what, identityCenters)];
  if (identityCenters.value.includes(identityCenter.instanceArn)) {
    return [{ what, action: 'info', why: 'The instance exists. The stack adds permission sets to it.' }];
  }
  const others = identityCenters.value.join(', ');
  return [
    {
      what,
      action: 'stop',
      why:
        others === ''
          ? 'The home Region has no instance that this account can see.'
          : `The configured instance is not in the home Region, or belongs to somebody else. There is ${others}.`,
      remedy: {
        text: 'Only the management account of the organization can enable an organization instance, in the console of IAM Identity Center. Deploy from that account, or from the one that it delegated the administration to.',
      },
    },
  ];
}
