import type { Permission } from '../../settings/setting';
import { allPages } from './all-pages';
import type { ServiceSetting } from './service-setting';

/**
 * The accounts that administer a service for the organization, sorted. Others than ours are not changed.
 * @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_RegisterDelegatedAdministrator.html
 */
export function delegation(name: string, ServicePrincipal: string) {
  return {
    name,
    scope: 'account',
    async read({ organizations }) {
      const found = await allPages(
        (NextToken) => organizations.listDelegatedAdministrators({ ServicePrincipal, NextToken }),
        (page) => page.DelegatedAdministrators,
      );
      return found.flatMap(({ Id = [] }) => Id).sort();
    },
    async write({ organizations }, value, { skip }, now) {
      const added = value.filter((id) => !now.includes(id));
      const removed = now.filter((id) => !value.includes(id));
      if (removed.length > 1) {
        //! Nobody can tell which of them somebody else registered.
        skip(`${ServicePrincipal} keeps its administrators ${removed.join(' and ')}`);
        return value;
      }
      for (const AccountId of removed) {
        await organizations.deregisterDelegatedAdministrator({ AccountId, ServicePrincipal });
      }
      for (const AccountId of added) {
        await organizations.registerDelegatedAdministrator({ AccountId, ServicePrincipal });
      }
      return undefined;
    },
    desired(now, previous, asked, set) {
      const ours = (set as readonly string[] | undefined)?.filter((id) => !previous.includes(id)) ?? [];
      const others = now.filter((id) => !ours.includes(id));
      return [...new Set([...(set ? others : previous), asked as string])].sort();
    },
  } as const satisfies ServiceSetting<readonly string[]>;
}

/** Permissions for delegated administrators of a service. */
export function delegationPermissions(name: string, ServicePrincipal: string) {
  return [
    { sid: `Read${name}`, actions: ['organizations:ListDelegatedAdministrators'] },
    {
      sid: name,
      actions: [
        'organizations:DeregisterDelegatedAdministrator',
        'organizations:RegisterDelegatedAdministrator',
      ],
      resources: [{ service: 'organizations', region: '', path: 'account/o-*/*' }],
      conditions: { StringEquals: { 'organizations:ServicePrincipal': ServicePrincipal } },
    },
  ] as const satisfies readonly Permission[];
}

export const file = __filename;
