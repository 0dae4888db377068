import type { Permission } from '../../settings/setting';
import { allPages } from './all-pages';
import type { ServiceClients, ServiceSetting } from './service-setting';

/** Reason for leaving trusted access on. */
export type InUse = (clients: ServiceClients) => Promise<string | undefined>;

/**
 * Trusted access of a service, by which it works in all accounts of the organization. What was on before
 * stays on, and so does what somebody uses by now.
 *
 * @param ServicePrincipal the service, such as `iam.amazonaws.com`
 * @param inUse whether somebody else uses it
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_integrate_services_list.html
 */
export function trustedAccess(name: string, ServicePrincipal: string, inUse?: InUse) {
  return {
    name,
    scope: 'account',
    async read({ organizations }) {
      const enabled = await allPages(
        (NextToken) => organizations.listAWSServiceAccessForOrganization({ NextToken }),
        (page) => page.EnabledServicePrincipals,
      );
      return enabled.some((one) => one.ServicePrincipal === ServicePrincipal);
    },
    async write(clients, value, { skip }) {
      const { organizations } = clients;
      if (value) return organizations.enableAWSServiceAccess({ ServicePrincipal });
      //! Without trusted access, a delegated administrator is one in name only.
      const [administrator] = await allPages(
        (NextToken) => organizations.listDelegatedAdministrators({ ServicePrincipal, NextToken }),
        (page) => page.DelegatedAdministrators,
      );
      const reason = administrator ? `administered by ${administrator.Id}` : await inUse?.(clients);
      if (reason === undefined) return organizations.disableAWSServiceAccess({ ServicePrincipal });
      skip(`${ServicePrincipal} stays trusted: ${reason}`);
      return value;
    },
    desired: () => true,
  } as const satisfies ServiceSetting<boolean>;
}

/**
 * Permissions for the trusted access of a service. Calls are marked as pure, so that the function does not
 * contain them.
 *
 * @param more permissions to find out whether somebody uses it
 */
export function trustedAccessPermissions(
  name: string,
  ServicePrincipal: string,
  ...more: readonly Permission[]
): readonly Permission[] {
  return [
    {
      sid: `Read${name}`,
      actions: [
        'organizations:ListAWSServiceAccessForOrganization',
        'organizations:ListDelegatedAdministrators',
      ],
    },
    {
      sid: name,
      actions: ['organizations:DisableAWSServiceAccess', 'organizations:EnableAWSServiceAccess'],
      conditions: { StringEquals: { 'organizations:ServicePrincipal': ServicePrincipal } },
    },
    ...more,
  ];
}

export const file = __filename;
