import type { BaselineConfig } from '../../config/config';
import { type ConfiguredGroup, groupsOf } from '../../federation/identity-center/groups';
import type { Surroundings } from '../snapshot';
import { type Entry, notRead } from './plan';

/** Checks that the instance is in the home Region, and that the groups have the configured names. */
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
        text: 'Only the management account of the organization can enable an organization instance, in the console of IAM Identity Center. Deploy from that account, or from the delegated administrator.',
      },
    },
  ];
}

/** The ID decides who gets the rights, and people read the name: both must mean the same group. */
function planGroups(groups: Surroundings['identityGroups'], configured: readonly ConfiguredGroup[]): Entry[] {
  return configured.map(({ name, id, kind }): Entry => {
    const what = `Group "${name}" (${kind})`;
    if (!('value' in groups)) return notRead(what, groups);
    const found = groups.value[id];
    if (found === name) return { what, action: 'info', why: `It has the ID ${id}.` };
    return {
      what,
      action: 'stop',
      why:
        found === undefined
          ? `IAM Identity Center has no group with the ID ${id}.`
          : `The group with the ID ${id} is "${found}".`,
      remedy: {
        text: `Find the name and the ID with \`aws identitystore list-groups\`, and correct federation.identityCenter.${kind}.`,
      },
    };
  });
}
