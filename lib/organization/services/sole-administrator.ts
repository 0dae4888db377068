import { isNamed, type Permission } from '../../settings/setting';
import { delegation } from './delegation';
import type { ServiceClients, ServiceSetting } from './service-setting';

/**
 * Refuses to replace the administrator of a service that has only one. Members are known to it, and so are
 * their findings.
 *
 * @throws {Error} named ValidationError, which is not retried
 */
function refuseToReplace(service: string, now: string): never {
  const message =
    `${now} administers ${service} for the organization, and only one account can. Set ` +
    `organization.delegatedAdministrator.account to ${now}, or remove it as administrator first`;
  throw Object.assign(new Error(message), { name: 'ValidationError' });
}

/** The delegated administrator of a service that only one account can administer. */
export function soleDelegation(name: string, ServicePrincipal: string) {
  const shared = delegation(name, ServicePrincipal);
  return {
    ...shared,
    async write(clients, value, place, now) {
      const other = now.find((id) => !value.includes(id));
      if (value.length > 0 && other !== undefined) refuseToReplace(ServicePrincipal, other);
      return shared.write(clients, value, place, now);
    },
    desired: (_, __, asked) => [asked],
  } as const satisfies ServiceSetting<readonly string[]>;
}

/** The calls by which a service has an administrator for the organization. */
interface AdministratorCalls {
  /** ID of the administrator; null if there is none. */
  readonly read: (clients: ServiceClients) => Promise<string | null>;
  readonly enable: (clients: ServiceClients, AdminAccountId: string) => Promise<unknown>;
  readonly disable: (clients: ServiceClients, AdminAccountId: string) => Promise<unknown>;
  /** Name of the error by which the service refuses to remove an administrator. */
  readonly refusal: string;
}

/**
 * The administrator that the service itself knows, besides Organizations.
 *
 * @param service name of the service, for people
 */
export function soleAdministrator(
  name: string,
  service: string,
  scope: 'account' | 'Region',
  { read, enable, disable, refusal }: AdministratorCalls,
) {
  return {
    name,
    scope,
    read,
    async write(clients, value, { region, skip }, now) {
      if (value !== null) return now === null ? enable(clients, value) : refuseToReplace(service, now);
      try {
        return await disable(clients, now ?? '');
      } catch (error) {
        if (!isNamed(error, refusal)) throw error;
        skip(`${region ? `${region}: ` : ''}${service} keeps its administrator ${now}: ${String(error)}`);
        return value;
      }
    },
    desired: (_, __, asked) => asked,
  } as const satisfies ServiceSetting<string | null>;
}

/**
 * Permissions for the administrator that a service itself knows. With them, the service looks at the
 * organization and registers the administrator in the name of the caller.
 *
 * @param prefix prefix of the service's actions, such as `guardduty`
 * @see https://docs.aws.amazon.com/guardduty/latest/ug/organizations_permissions.html
 */
export function soleAdministratorPermissions(name: string, prefix: string) {
  return [
    {
      sid: name,
      actions: [
        `${prefix}:DisableOrganizationAdminAccount`,
        `${prefix}:EnableOrganizationAdminAccount`,
        `${prefix}:ListOrganizationAdminAccounts`,
        'organizations:DescribeOrganization',
        'organizations:ListAccounts',
      ],
    },
    {
      sid: 'LookAtMembers',
      actions: ['organizations:DescribeAccount', 'organizations:DescribeOrganizationalUnit'],
      resources: [
        { service: 'organizations', region: '', path: 'account/o-*/*' },
        { service: 'organizations', region: '', path: 'ou/o-*/ou-*' },
      ],
    },
  ] as const satisfies readonly Permission[];
}

export const file = __filename;
