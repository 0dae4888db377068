import type { BaselineConfig } from '../../config/config';
import { groupsOf } from '../../federation/identity-center/groups';
import type { Surroundings } from '../snapshot';
import { type Entry, notRead } from './plan';

/** Checks that the instance is in the home Region, and shows the names of the groups. */
export function planIdentityCenter(
  { identityCenters, identityGroups }: Surroundings,
  { federation }: BaselineConfig,
): Entry[] {
  const { identityCenter } = federation;
  if (!identityCenter) return [];
  const what = 'IAM Identity Center';
  if (!('value' in identityCenters)) return [notRead(what, identityCenters)];
  if (identityCenters.value.includes(identityCenter.instanceArn)) {
    return [
      { what, action: 'info', why: 'The instance exists. The stack adds permission sets to it.' },
      ...planGroups(identityGroups, groupsOf(identityCenter)),
    ];
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

/** Shows the name of each group, because an ID does not tell whose rights it gives. */
function planGroups(
  groups: Surroundings['identityGroups'],
  kinds: Readonly<Record<string, readonly string[]>>,
): Entry[] {
  return Object.entries(kinds).map(([id, kindsOf]): Entry => {
    const what = `Group ${id}`;
    if (!('value' in groups)) return notRead(what, groups);
    const name = groups.value[id];
    if (name !== undefined) return { what, action: 'info', why: `It is "${name}": ${kindsOf.join(', ')}.` };
    return {
      what,
      action: 'stop',
      why: 'IAM Identity Center has no group with this ID.',
      remedy: {
        text: 'Find its ID with `aws identitystore list-groups`, and correct federation.identityCenter.',
      },
    };
  });
}
